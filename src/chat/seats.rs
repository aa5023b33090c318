//! Seats: the conversations in memory, the least recently used first out.
//!
//! A session never has two seats. One that leaves while somebody has it in hand, a step under way or an effect being
//! performed, is remembered until it is let go, and comes back if it is asked for.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Weak};

use lru::LruCache;

use super::seat::Seat;
use crate::record::SessionId;

pub(super) struct Seats {
    kept: LruCache<SessionId, Arc<Seat>>,
    in_hand: HashMap<SessionId, Weak<Seat>>,
    /// How many may be in hand before those that were let go are forgotten.
    in_hand_max: usize,
}

const IN_HAND_MIN: usize = 64;

impl Seats {
    pub(super) fn new(max: usize) -> Self {
        Self {
            kept: LruCache::new(NonZeroUsize::new(max).unwrap_or(NonZeroUsize::MIN)),
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
        let left = self.kept.push(seat.id.clone(), seat);
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
