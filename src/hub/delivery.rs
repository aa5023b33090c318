//! A delivery: one event to many streams, and what became of it at each.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use serde::Serialize;
use smol_str::SmolStr;

use crate::record::{SessionId, UserId};

/// What became of an event at one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It waits for the stream to take it.
    Queued,
    /// The stream took it and gave it to its connection.
    Flushed,
    /// The stream was too slow: too much waited for it already.
    Dropped,
}

/// A stream that an event was meant for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recipient {
    /// The stream's name.
    pub stream: SmolStr,
    /// Whose it is.
    pub user: UserId,
    /// The conversation that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
}

/// One event on its way to all streams that it is meant for.
pub struct Delivery {
    recipients: Vec<Recipient>,
    fates: Vec<AtomicU8>,
    flushed: AtomicUsize,
    dropped: AtomicUsize,
}

const QUEUED: u8 = 0;
const FLUSHED: u8 = 1;
const DROPPED: u8 = 2;

impl Delivery {
    pub(super) fn new(recipients: Vec<Recipient>) -> Self {
        Self {
            fates: recipients.iter().map(|_| AtomicU8::new(QUEUED)).collect(),
            recipients,
            flushed: AtomicUsize::new(0),
            dropped: AtomicUsize::new(0),
        }
    }

    pub(super) fn flush(&self, index: usize) {
        self.fates[index].store(FLUSHED, Ordering::Relaxed);
        self.flushed.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn drop_at(&self, index: usize) {
        self.fates[index].store(DROPPED, Ordering::Relaxed);
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }

    /// How many streams it was meant for.
    #[must_use]
    pub fn matched(&self) -> usize {
        self.recipients.len()
    }

    /// How many took it.
    #[must_use]
    pub fn flushed(&self) -> usize {
        self.flushed.load(Ordering::Relaxed)
    }

    /// How many were too slow for it.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.dropped.load(Ordering::Relaxed)
    }

    /// What became of it, stream by stream.
    pub fn fates(&self) -> impl Iterator<Item = (&Recipient, Fate)> {
        let fates = self
            .fates
            .iter()
            .map(|fate| match fate.load(Ordering::Relaxed) {
                QUEUED => Fate::Queued,
                FLUSHED => Fate::Flushed,
                _ => Fate::Dropped,
            });
        self.recipients.iter().zip(fates)
    }
}
