//! A key set that changes: read at the start, again and again, and whenever a token names a key that is not in it.
//!
//! A set that cannot be read leaves the last one in place. One that can be, though it holds nothing for us, takes its
//! place: whoever took the keys out meant it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use super::key::Expected;
use super::key_source::{KeySource, SourceError};
use super::keys::Keys;
use super::{BadToken, KeyError};
use crate::identity::Identity;

/// How long a request with a token of an unknown key waits for what the set says now.
const LEARNING_MAX: Duration = Duration::from_secs(3);

/// How often a key set is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Because of unknown keys, at most once in this time; after a failure, first after this time.
    pub pause: Duration,
    /// In any case, so that keys that were taken out are not good for longer.
    pub period: Duration,
}

impl Pace {
    /// For a file, which costs nothing to read.
    pub const FILE: Self = Self {
        pause: Duration::from_secs(1),
        period: Duration::from_secs(30),
    };
    /// For an address, which is somebody else's.
    pub const URL: Self = Self {
        pause: Duration::from_secs(5),
        period: Duration::from_secs(5 * 60),
    };
}

pub(super) struct KeySet {
    source: KeySource,
    expected: Expected,
    pace: Pace,
    // A std RwLock, and not tokio's: nothing waits while it is held.
    keys: RwLock<Arc<Keys>>,
    /// Counts up after the keys have changed, never before.
    generation: AtomicU64,
    /// Held while the source is read.
    reading: Mutex<Reading>,
}

/// How it went when the source was last read.
#[derive(Default)]
struct Reading {
    at: Option<Instant>,
    failures: u32,
    /// What it said.
    bytes: Vec<u8>,
}

impl KeySet {
    /// A set without keys, which knows nobody.
    pub(super) fn new(source: KeySource, expected: &Expected, pace: Pace) -> Self {
        Self {
            source,
            expected: expected.clone(),
            pace,
            keys: RwLock::default(),
            generation: AtomicU64::new(0),
            reading: Mutex::default(),
        }
    }

    /// Reads the set for the first time.
    pub(super) async fn begin(&self) -> Result<(), KeyError> {
        let mut reading = self.reading.lock().await;
        self.read(&mut reading).await?;
        if self.keys().len() == 0 {
            return Err(KeyError::NoKeys(self.source.shown()));
        }
        Ok(())
    }

    pub(super) fn identity(&self, token: &str, name: Option<&str>) -> Result<Identity, BadToken> {
        self.keys().identity(token, name)
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Whether the set has the key of this name, if need be after another look.
    pub(super) async fn learns_of(self: &Arc<Self>, name: &str) -> bool {
        if self.keys().has(name) {
            return true;
        }
        // In a task of its own: whoever waits no more is not to break off what others wait for too.
        let learning = tokio::spawn(Arc::clone(self).learn(name.to_owned()));
        let learnt = timeout(LEARNING_MAX, learning).await;
        learnt.is_ok_and(|learnt| learnt.unwrap_or(false))
    }

    /// Keeps the set fresh, for as long as it is polled.
    pub(super) async fn refresh(&self) {
        loop {
            let wait = self.wait(self.reading.lock().await.failures);
            sleep(wait).await;
            let mut reading = self.reading.lock().await;
            let is_new = reading.at.is_some_and(|at| at.elapsed() < wait);
            if !is_new {
                self.reread(&mut reading).await;
            }
        }
    }

    async fn learn(self: Arc<Self>, name: String) -> bool {
        let mut reading = self.reading.lock().await;
        let is_new = reading.at.is_some_and(|at| at.elapsed() < self.pace.pause);
        // Somebody else may have waited for the same key, and got it.
        if !is_new && !self.keys().has(&name) {
            self.reread(&mut reading).await;
        }
        self.keys().has(&name)
    }

    /// Until the next look: longer after each failure, but never longer than without one.
    fn wait(&self, failures: u32) -> Duration {
        match failures {
            0 => self.pace.period,
            _ => {
                let doublings = 1 << (failures - 1).min(16);
                (self.pace.pause * doublings).min(self.pace.period)
            }
        }
    }

    async fn reread(&self, reading: &mut Reading) {
        let place = self.source.shown();
        match (self.read(reading).await, self.keys().len()) {
            (Ok(true), 0) => {
                tracing::warn!(
                    place,
                    "the key set holds no key for signatures: nobody can come"
                );
            }
            (Ok(true), keys) => tracing::info!(place, keys, "the key set has changed"),
            (Ok(false), _) => {}
            (Err(error), _) => tracing::warn!(%error, "the key set stays as it was"),
        }
    }

    /// Says whether the set has changed.
    async fn read(&self, reading: &mut Reading) -> Result<bool, KeyError> {
        let result = self.source.read().await;
        let result = result
            .map_err(|error| self.unread(error))
            .and_then(|bytes| self.adopt(bytes, reading));
        reading.at = Some(Instant::now());
        reading.failures = match result {
            Ok(_) => 0,
            Err(_) => reading.failures.saturating_add(1),
        };
        result
    }

    fn unread(&self, error: SourceError) -> KeyError {
        KeyError::Set {
            place: self.source.shown(),
            error,
        }
    }

    fn adopt(&self, bytes: Vec<u8>, reading: &mut Reading) -> Result<bool, KeyError> {
        if bytes == reading.bytes {
            return Ok(false);
        }
        let keys = Keys::parse(&bytes, &self.expected).map_err(|error| KeyError::NoSet {
            place: self.source.shown(),
            error,
        })?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        self.generation.fetch_add(1, Ordering::AcqRel);
        reading.bytes = bytes;
        Ok(true)
    }

    fn keys(&self) -> Arc<Keys> {
        let keys = self.keys.read();
        Arc::clone(&keys.unwrap_or_else(PoisonError::into_inner))
    }
}
