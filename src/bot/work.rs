//! Work: what a machine asked for, and how it is known until it comes back.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// Work that a machine asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Work<I, E> {
    /// Performed outside; what comes back is an input.
    Effect(E),
    /// An input that comes by itself, so many milliseconds later.
    Timer {
        /// How long after the step that asked.
        after_ms: u64,
        /// What the machine gets then.
        input: I,
    },
}

/// A piece of work by the step that asked for it: `<seq>.<n>`. Unique in a session; an effect's idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkId {
    /// The record of the step that asked.
    pub seq: u64,
    /// Which of the step's pieces of work, from 0.
    pub n: u32,
}

/// Work that has been asked for, and neither came back nor was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pending<I, E> {
    /// Its name in the session.
    pub id: WorkId,
    /// The depth of the level it belongs to; 1 is the outermost.
    pub scope: usize,
    /// When it was asked for.
    pub at: Timestamp,
    /// What was asked for.
    pub work: Work<I, E>,
}

impl<I, E> Pending<I, E> {
    /// When it rings, if it is a timer.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let Work::Timer { after_ms, .. } = &self.work else {
            return None;
        };
        let due = self.at.checked_add(Duration::from_millis(*after_ms));
        Some(due.unwrap_or(Timestamp::MAX))
    }
}

impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.seq, self.n)
    }
}

impl Serialize for WorkId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WorkId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = SmolStr::deserialize(deserializer)?;
        let id = text.split_once('.').and_then(|(seq, n)| {
            Some(Self {
                seq: seq.parse().ok()?,
                n: n.parse().ok()?,
            })
        });
        id.ok_or_else(|| serde::de::Error::custom("a work id is `<seq>.<n>`"))
    }
}
