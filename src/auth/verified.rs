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
        if kept.generation != generation {
            kept.identities.clear();
            return None;
        }
        kept.identities.get(token).cloned()
    }

    pub(super) fn put(&self, token: &str, generation: u64, identity: &Arc<Identity>) {
        let mut kept = self.lock();
        kept.generation = generation;
        kept.identities.put(token.into(), Arc::clone(identity));
        if kept.identities.len() > KEPT_MAX.get() {
            kept.identities.pop_lru();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
