//! Clients: the open streams, as an operator sees them.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;

use super::slot::Slot;
use super::{Hub, Listener};

/// One open stream.
#[derive(Clone, Debug)]
pub struct Client {
    /// Who listens, and to what.
    pub listener: Arc<Listener>,
    /// When it was opened.
    pub since: Timestamp,
    /// How many events it was sent.
    pub sent: u64,
    /// How many records of its conversation it has yet to take.
    pub behind: u64,
    /// How many events that passed it never got.
    pub skipped: u64,
}

/// What all streams were sent, those that have ended included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// How many events, since the server started.
    pub events: u64,
    /// When the last one was; `None` if none was.
    pub last: Option<Timestamp>,
}

impl Hub {
    /// The open streams that `matches`, the oldest first.
    pub fn clients(&self, matches: impl Fn(&Listener) -> bool) -> Vec<Client> {
        let mut slots = self.all_slots();
        slots.retain(|slot| matches(&slot.listener));
        slots.sort_by_key(|slot| slot.since);
        let channels = self.channels();
        let client = |slot: &Arc<Slot>| {
            let session = slot.listener.session.as_ref();
            let channel = session.and_then(|session| channels.get(session));
            let head = channel.map_or(0, |channel| channel.head());
            Client {
                listener: Arc::clone(&slot.listener),
                since: slot.since,
                sent: slot.sent.load(Ordering::Relaxed),
                behind: slot.behind(head),
                skipped: slot.skipped(),
            }
        };
        slots.iter().map(client).collect()
    }

    /// What all streams were sent.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        let slots = self.slots();
        let open = slots
            .values()
            .map(|slot| slot.sent.load(Ordering::Relaxed))
            .sum::<u64>();
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        let last = self.last_event.load(Ordering::Relaxed);
        Traffic {
            events: open + past.sent,
            last: Timestamp::from_millisecond(last).ok(),
        }
    }
}
