//! Turns: what must not happen twice at once under one name happens one after another.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};

/// How many names have their turns at once, give or take those that share a lock.
const LOCKS: usize = 64;

/// Locks by name. Who waits for a turn and goes away gives up its place in the line.
pub(super) struct Turns {
    locks: [Arc<Mutex<()>>; LOCKS],
    hasher: RandomState,
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            locks: std::array::from_fn(|_| Arc::default()),
            hasher: RandomState::new(),
        }
    }
}

impl Turns {
    /// Waits for the turn of `name`, which ends when the guard is dropped.
    pub(super) async fn take(&self, name: &impl Hash) -> OwnedMutexGuard<()> {
        let hash = self.hasher.hash_one(name);
        let lock = &self.locks[hash as usize % LOCKS];
        Arc::clone(lock).lock_owned().await
    }
}
