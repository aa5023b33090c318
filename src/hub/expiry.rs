//! Expiry: a stream ends when the token that it was opened with does.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::Hub;
use super::slot::Slot;
use crate::identity::Identity;
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

    /// The streams of the same user may stay open for as long as `identity` is good. Not those that were opened with
    /// another role or other claims, for which it does not vouch.
    pub fn extend(&self, identity: &Identity) {
        for slot in self.all_slots() {
            let before = &slot.listener.identity;
            let vouches = before.user == identity.user
                && before.role == identity.role
                && before.meta == identity.meta;
            if vouches {
                slot.extend(identity.expires);
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
