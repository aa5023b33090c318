//! A seat: a conversation in memory, with what its owner needs around it. One writer at a time.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use jiff::Timestamp;
use tokio::task::AbortHandle;

use super::bucket::{Bucket, Rate};
use super::{ChatError, WAITING_MAX};
use crate::bot::WorkId;
use crate::record::{HeadRow, SessionId, UserId};
use crate::registry::Live;

pub(super) struct Seat {
    pub(super) id: SessionId,
    pub(super) owner: UserId,
    /// The session's own lock: held across the append, so that steps follow one another.
    pub(super) current: tokio::sync::Mutex<Current>,
    waiting: AtomicUsize,
    bucket: Mutex<Bucket>,
}

/// What the last step left.
pub(super) struct Current {
    pub(super) live: Box<dyn Live>,
    pub(super) row: HeadRow,
    /// The last record's time, as far as it is known: the next one's is not before it.
    pub(super) at: Timestamp,
    pub(super) jobs: HashMap<WorkId, AbortHandle>,
    pub(super) erased: bool,
}

/// A place in the line before a seat's lock.
pub(super) struct Turn<'a>(&'a Seat);

impl Seat {
    pub(super) fn new(row: HeadRow, live: Box<dyn Live>, rate: Rate) -> Self {
        Self {
            id: row.session.clone(),
            owner: row.owner.clone(),
            current: tokio::sync::Mutex::new(Current {
                live,
                at: row.used,
                row,
                jobs: HashMap::new(),
                erased: false,
            }),
            waiting: AtomicUsize::new(0),
            bucket: Mutex::new(Bucket::full(rate, Instant::now())),
        }
    }

    /// Takes a permit of the session's rate.
    pub(super) fn take_permit(&self, rate: Rate) -> Result<(), ChatError> {
        let mut bucket = self
            .bucket
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let taken = bucket.take(rate, Instant::now());
        taken.map_err(|retry_after| ChatError::RateLimited { retry_after })
    }

    /// Takes a place in the line, unless it is full.
    pub(super) fn line_up(&self) -> Result<Turn<'_>, ChatError> {
        let turn = Turn(self);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING_MAX {
            return Err(ChatError::Busy);
        }
        Ok(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}
