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

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::super::{HubLimits, Topics};
    use super::*;
    use crate::identity::Identity;

    #[test]
    fn what_all_are_told_counts_as_the_last_event() {
        let hub = Hub::new(HubLimits {
            streams_max: 9,
            streams_per_session: 9,
        });
        let at = |second| Timestamp::from_second(second).unwrap();
        let listener = Listener {
            stream: "s".into(),
            identity: Identity::new("u".parse().unwrap(), at(0), at(9)).into(),
            session: None,
            topics: Topics::default(),
            echo: true,
        };
        let _subscription = hub.subscribe(listener, at(1)).unwrap();
        let event = Bytes::from_static(b"event: e\n\n");
        hub.tell_all(&event, |_| false, at(2));
        assert_eq!(hub.traffic().last, Some(at(1)), "nobody was told");
        hub.tell_all(&event, |_| true, at(3));
        assert_eq!(hub.traffic().last, Some(at(3)));
    }
}
