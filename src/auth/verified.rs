//! Tokens that were found good, so that the next call with one need not check its signature again.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use crate::identity::Identity;

/// How many are kept, the least recently used first out: about half a kilobyte each.
const KEPT_MAX: NonZeroUsize = NonZeroUsize::new(2_048).expect("more than none");

/// By the whole token: nothing that is shorter would be as hard to make up.
pub(super) struct Verified {
    // A std Mutex, and not tokio's: nothing waits while it is held.
    kept: Mutex<Kept>,
}

struct Kept {
    generation: u64,
    identities: LruCache<Box<str>, Arc<Identity>>,
}

impl Default for Verified {
    fn default() -> Self {
        Self {
            kept: Mutex::new(Kept {
                generation: 0,
                identities: LruCache::unbounded(),
            }),
        }
    }
}

impl Verified {
    /// Whom `token` names, if that was found with the keys of this `generation`.
    pub(super) fn get(&self, token: &str, generation: u64) -> Option<Arc<Identity>> {
        let mut kept = self.lock();
        if !kept.is_of(generation) {
            return None;
        }
        kept.identities.get(token).cloned()
    }

    /// Keeps what was found with the keys that there were *before* the check began: newer ones may have come since.
    pub(super) fn put(&self, token: &str, generation: u64, identity: &Arc<Identity>) {
        let mut kept = self.lock();
        if !kept.is_of(generation) {
            return;
        }
        kept.identities.put(token.into(), Arc::clone(identity));
        if kept.identities.len() > KEPT_MAX.get() {
            kept.identities.pop_lru();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Whether what is kept is of this `generation`. All that is of an older one is forgotten; who comes with an older
    /// one is late.
    fn is_of(&mut self, generation: u64) -> bool {
        if self.generation < generation {
            self.generation = generation;
            self.identities.clear();
        }
        self.generation == generation
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn what_an_older_key_said_is_not_kept_with_newer_ones() {
        let verified = Verified::default();
        let now = Timestamp::now();
        let identity = Arc::new(Identity::new("u1".parse().unwrap(), now, now));
        verified.put("a", 0, &identity);
        assert!(verified.get("a", 0).is_some());
        assert!(verified.get("b", 1).is_none());
        // A check that began before the keys changed, and ends after it.
        verified.put("a", 0, &identity);
        assert!(verified.get("a", 1).is_none() && verified.get("a", 0).is_none());
        verified.put("a", 1, &identity);
        assert!(verified.get("a", 1).is_some());
    }
}
