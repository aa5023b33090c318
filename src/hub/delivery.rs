//! A delivery: one event to many streams, and what became of it at each.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use serde::Serialize;

use super::Listener;

/// What became of an event at one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Fate {
    /// It waits for the stream to take it.
    Queued,
    /// The stream took it and gave it to its connection.
    Flushed,
    /// The stream was too slow: too much waited for it already.
    Dropped,
    /// The stream ended before it took it.
    Ended,
}

impl Fate {
    /// All, in the order of their numbers.
    const ALL: [Self; 4] = [Self::Queued, Self::Flushed, Self::Dropped, Self::Ended];
}

/// One event on its way to all streams that it is meant for.
pub struct Delivery {
    recipients: Vec<Arc<Listener>>,
    /// A [`Fate`] for each.
    fates: Vec<AtomicU8>,
}

/// How many streams had which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// All that it was meant for: the sum of the others.
    pub matched: usize,
    /// Of [`Fate::Queued`].
    pub queued: usize,
    /// Of [`Fate::Flushed`].
    pub flushed: usize,
    /// Of [`Fate::Dropped`].
    pub dropped: usize,
    /// Of [`Fate::Ended`].
    pub ended: usize,
}

impl Tally {
    /// How many streams it was written to: there was room for it in their queues.
    #[must_use]
    pub fn written(self) -> usize {
        self.matched - self.dropped
    }
}

impl Delivery {
    pub(super) fn new(recipients: Vec<Arc<Listener>>) -> Self {
        let queued = || AtomicU8::new(Fate::Queued as u8);
        Self {
            fates: recipients.iter().map(|_| queued()).collect(),
            recipients,
        }
    }

    fn settle(&self, index: usize, fate: Fate) {
        self.fates[index].store(fate as u8, Ordering::Relaxed);
    }

    fn fate(&self, index: usize) -> Fate {
        Fate::ALL[usize::from(self.fates[index].load(Ordering::Relaxed))]
    }

    /// How many streams it was meant for.
    #[must_use]
    pub fn matched(&self) -> usize {
        self.recipients.len()
    }

    /// What became of it so far, counted.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut counts = [0; Fate::ALL.len()];
        for fate in &self.fates {
            counts[usize::from(fate.load(Ordering::Relaxed))] += 1;
        }
        let [queued, flushed, dropped, ended] = counts;
        Tally {
            matched: self.matched(),
            queued,
            flushed,
            dropped,
            ended,
        }
    }

    /// What became of it so far, stream by stream.
    pub fn fates(&self) -> impl Iterator<Item = (&Arc<Listener>, Fate)> {
        let fates = (0..self.fates.len()).map(|index| self.fate(index));
        self.recipients.iter().zip(fates)
    }
}

/// What goes with an event to one stream, to note there what becomes of it. Dropped before that, the stream has ended.
pub(super) struct Ticket {
    delivery: Arc<Delivery>,
    index: usize,
}

impl Ticket {
    pub(super) fn new(delivery: &Arc<Delivery>, index: usize) -> Self {
        Self {
            delivery: Arc::clone(delivery),
            index,
        }
    }

    pub(super) fn settle(&self, fate: Fate) {
        self.delivery.settle(self.index, fate);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if self.delivery.fate(self.index) == Fate::Queued {
            self.settle(Fate::Ended);
        }
    }
}
