//! Revocations: users whose tokens from before some moment are not good any more.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use jiff::Timestamp;

use crate::identity::Identity;
use crate::record::UserId;

/// By user, in memory; the log has them too.
#[derive(Default)]
pub(super) struct Revoked {
    /// Most servers never revoke anything: so most calls need not take the lock.
    any: AtomicBool,
    before: RwLock<HashMap<UserId, Timestamp>>,
}

impl Revoked {
    /// Tokens of `user` that were issued before `before` are not good any more.
    pub(super) fn revoke(&self, user: UserId, before: Timestamp) {
        let mut all = self.before.write().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(user).or_insert(before);
        *known = before.max(*known);
        self.any.store(true, Ordering::Release);
    }

    pub(super) fn holds(&self, identity: &Identity) -> bool {
        if !self.any.load(Ordering::Acquire) {
            return false;
        }
        let all = self.before.read().unwrap_or_else(PoisonError::into_inner);
        let before = all.get(&identity.user);
        before.is_some_and(|&before| identity.issued < before)
    }
}
