//! Seats: the conversations in memory, the least recently used first out.
//!
//! A session never has two seats. One that leaves while somebody has it in hand, a step under way or an effect being
//! performed, is remembered until it is let go, and comes back if it is asked for.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use lru::LruCache;

use super::seat::Seat;
use crate::record::SessionId;

pub(super) struct Seats {
    /// Grows as it is used: one with a capacity would have room for all of it at once.
    kept: LruCache<SessionId, Arc<Seat>>,
    kept_max: usize,
    in_hand: HashMap<SessionId, Weak<Seat>>,
    /// How many may be in hand before those that were let go are forgotten.
    in_hand_max: usize,
}

const IN_HAND_MIN: usize = 64;

impl Seats {
    pub(super) fn new(max: usize) -> Self {
        Self {
            kept: LruCache::unbounded(),
            kept_max: max.max(1),
            in_hand: HashMap::new(),
            in_hand_max: IN_HAND_MIN,
        }
    }

    pub(super) fn get(&mut self, session: &SessionId) -> Option<Arc<Seat>> {
        if let Some(seat) = self.kept.get(session) {
            return Some(Arc::clone(seat));
        }
        let seat = self.in_hand.remove(session)?.upgrade()?;
        self.put(Arc::clone(&seat));
        Some(seat)
    }

    pub(super) fn put(&mut self, seat: Arc<Seat>) {
        let mut left = self.kept.push(seat.id.clone(), seat);
        if self.kept.len() > self.kept_max {
            left = self.kept.pop_lru();
        }
        if let Some((session, left)) = left
            && Arc::strong_count(&left) > 1
        {
            self.in_hand.insert(session, Arc::downgrade(&left));
        }
        if self.in_hand.len() > self.in_hand_max {
            self.in_hand.retain(|_, seat| seat.strong_count() > 0);
            self.in_hand_max = IN_HAND_MIN.max(2 * self.in_hand.len());
        }
    }

    pub(super) fn remove(&mut self, session: &SessionId) {
        self.kept.pop(session);
        self.in_hand.remove(session);
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }
}
