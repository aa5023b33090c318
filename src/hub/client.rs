//! Clients: the open streams, as an operator sees them.

use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::{Hub, Listener};

/// One open stream.
#[derive(Clone, Debug)]
pub struct Client {
    /// Who listens, and to what.
    pub listener: Listener,
    /// When it was opened.
    pub since: Timestamp,
    /// How many events it was sent.
    pub sent: u64,
    /// How many records of its conversation it has yet to take.
    pub behind: u64,
    /// How many events that passed it never got.
    pub skipped: u64,
}

impl Hub {
    /// The open streams that `matches`, the oldest first.
    pub fn clients(&self, matches: impl Fn(&Listener) -> bool) -> Vec<Client> {
        let mut slots = self.all_slots();
        slots.retain(|slot| matches(&slot.listener));
        slots.sort_by_key(|slot| slot.since);
        let channels = self.channels();
        let client = |slot: &std::sync::Arc<super::slot::Slot>| {
            let session = slot.listener.session.as_ref();
            let channel = session.and_then(|session| channels.get(session));
            let head = channel.map_or(0, |channel| channel.head());
            Client {
                listener: slot.listener.clone(),
                since: slot.since,
                sent: slot.sent.load(Ordering::Relaxed),
                behind: head.saturating_sub(slot.seen.load(Ordering::Relaxed)),
                skipped: slot.skipped(),
            }
        };
        slots.iter().map(client).collect()
    }
}
