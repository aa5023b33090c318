//! Expiry: a stream ends when the token that it was opened with does.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::Hub;
use super::slot::Slot;
use crate::record::UserId;

impl Hub {
    /// Ends the streams whose tokens are not good any more. Costs nothing unless there may be one.
    pub fn expire(&self, now: Timestamp) {
        let now = now.as_millisecond();
        if self.next_expiry.load(Ordering::Acquire) > now {
            return;
        }
        // Reset first: a stream that opens meanwhile lowers it again.
        self.next_expiry.store(i64::MAX, Ordering::Release);
        let (past, future): (Vec<_>, Vec<_>) = self
            .all_slots()
            .into_iter()
            .filter(|slot| !slot.has_expired())
            .partition(|slot| slot.expires() <= now);
        if let Some(next) = future.iter().map(|slot| slot.expires()).min() {
            self.next_expiry.fetch_min(next, Ordering::AcqRel);
        }
        past.iter().for_each(|slot| slot.expire());
    }

    /// The streams of `user` may stay open until `expires` now.
    pub fn extend(&self, user: &UserId, expires: Timestamp) {
        for slot in self.all_slots() {
            if slot.listener.identity.user == *user {
                slot.extend(expires);
            }
        }
    }

    /// Ends the streams of `user` that were opened with tokens issued before `before`.
    pub fn revoke(&self, user: &UserId, before: Timestamp) {
        for slot in self.all_slots() {
            let identity = &slot.listener.identity;
            if identity.user == *user && identity.issued < before {
                slot.expire();
            }
        }
    }

    pub(super) fn all_slots(&self) -> Vec<Arc<Slot>> {
        self.slots().values().cloned().collect()
    }
}
