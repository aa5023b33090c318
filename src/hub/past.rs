//! The past: the streams that ended last, so that it can be said who listened when.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;

use super::slot::Slot;
use super::{Hub, Listener};

/// How many ended streams are remembered.
const PAST_MAX: usize = 10_000;

#[derive(Default)]
pub(super) struct Past {
    streams: VecDeque<Ended>,
    /// How many events all ended streams were sent, remembered or not.
    pub(super) sent: u64,
}

struct Ended {
    listener: Arc<Listener>,
    since: Timestamp,
    until: Timestamp,
}

impl Hub {
    /// Notes that a stream has ended. Called with the slots locked, so that no event of it is counted twice or not at all.
    pub(super) fn remember(&self, slot: &Slot, until: Timestamp) {
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.sent += slot.sent.load(Ordering::Relaxed);
        if past.streams.len() == PAST_MAX {
            past.streams.pop_front();
        }
        past.streams.push_back(Ended {
            listener: Arc::clone(&slot.listener),
            since: slot.since,
            until,
        });
    }

    /// Who listened at this time with a stream that `matches`, as far as it is remembered: of the streams that have
    /// ended since, the last 10,000.
    pub fn listened(
        &self,
        at: Timestamp,
        matches: impl Fn(&Listener) -> bool,
    ) -> Vec<Arc<Listener>> {
        let slots = self.slots();
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        let open = slots.values().filter(|slot| slot.since <= at);
        let ended = past.streams.iter();
        let ended = ended.filter(|ended| ended.since <= at && at < ended.until);
        open.map(|slot| &slot.listener)
            .chain(ended.map(|ended| &ended.listener))
            .filter(|listener| matches(listener))
            .cloned()
            .collect()
    }
}
