//! The log: where records and head rows live.
//!
//! One append is atomic: all records of a batch, its head row and its client id, or nothing. It fails with
//! [`LogError::Conflict`] if the session's head is not where the writer believed, which is the only thing that
//! keeps two writers apart.

mod memory;

use std::pin::Pin;

use crate::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};

pub use memory::MemoryLog;

/// What a log answers, in time.
pub type LogFuture<T> = Pin<Box<dyn Future<Output = Result<T, LogError>> + Send>>;

/// Why the log did not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// Somebody else wrote first.
    #[error("the session's head is at {head}, not at {expected}")]
    Conflict {
        /// Where the head is; 0 if there is no such session.
        head: Seq,
        /// Where the writer believed it to be.
        expected: Seq,
    },
    /// There is no such session, or not any more.
    #[error("there is no such session")]
    NoSession,
}

/// What one append writes.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The head that the writer knows; 0 for a new session.
    pub expected: Seq,
    /// Consecutive records, the first at `expected + 1`.
    pub records: Vec<Record>,
    /// The head row that replaces the session's.
    pub row: HeadRow,
    /// A client's own name for a message, and the record it got.
    pub client_id: Option<(ClientId, Seq)>,
}

/// A store of sessions. Every implementation passes one contract suite.
pub trait Log: Send + Sync + 'static {
    /// Writes all of `batch`, or nothing.
    fn append(&self, batch: Batch) -> LogFuture<()>;

    /// Up to `limit` records after `after`, in order. Fails with [`LogError::NoSession`] if there is no such session.
    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>>;

    /// The session's head row.
    fn row(&self, session: &SessionId) -> LogFuture<Option<HeadRow>>;

    /// The record that the message with this client id got.
    fn by_client_id(&self, session: &SessionId, client_id: &ClientId) -> LogFuture<Option<Seq>>;

    /// Up to `limit` sessions of `owner`, the last used first.
    fn of_owner(&self, owner: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>>;

    /// Removes a session and all that belongs to it. Says whether it was there.
    fn erase(&self, session: &SessionId) -> LogFuture<bool>;
}
