//! The log: where records and head rows live.
//!
//! One append is atomic: all records of a batch, its head row and its client id, or nothing. It fails with
//! [`LogError::Conflict`] if the session's head is not where the writer believed, which is the only thing that
//! keeps two writers apart. What was appended stays, whatever comes: [`SqliteLog`] answers after the disk has it.

mod memory;
mod sqlite;
mod sweep;

use std::pin::Pin;

use crate::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};

pub use memory::MemoryLog;
pub use sqlite::{OpenError, SqliteLog, SqliteReader};
pub use sweep::{Sweep, all_records};

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
    /// The log cannot do it now: the disk is full, say. Nothing was written; it may work again later.
    #[error("{0}")]
    Unavailable(String),
    /// What stands there cannot have been written by us: this one cannot be read, now or later.
    #[error("the database is damaged")]
    Damaged,
}

/// What one append writes.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The head that the writer knows; 0 for a new session.
    pub expected: Seq,
    /// Consecutive records, the first at `expected + 1`; at least one.
    pub records: Vec<Record>,
    /// The head row that replaces the session's.
    pub row: HeadRow,
    /// A client's own name for the first of the records.
    pub client_id: Option<ClientId>,
}

/// A session as it is brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its head row.
    pub row: HeadRow,
    /// Its users' messages that have a client id, and where they stand.
    pub client_ids: Vec<(ClientId, Seq)>,
}

/// A session's number: counts up as sessions are created, so that all of them can be gone through.
pub type Number = u64;

/// A store of sessions. Every implementation passes one contract suite.
pub trait Log: Send + Sync + 'static {
    /// Writes all of `batch`, or nothing.
    fn append(&self, batch: Batch) -> LogFuture<()>;

    /// Up to `limit` records after `after`, in order. Fails with [`LogError::NoSession`] if there is no such session.
    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>>;

    /// All that is needed to bring a session back.
    fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>>;

    /// Up to `limit` sessions of `owner`, the last used first.
    fn of_owner(&self, owner: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>>;

    /// The session that `owner` started under this client id.
    fn opened_as(&self, owner: &UserId, client_id: &ClientId) -> LogFuture<Option<HeadRow>>;

    /// Up to `limit` sessions with numbers above `after`, in the order of their numbers.
    fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>>;

    /// Removes a session and all that belongs to it. Says whether it was there.
    fn erase(&self, session: &SessionId) -> LogFuture<bool>;

    /// Writes something of no meaning, to see whether it works.
    fn probe(&self) -> LogFuture<()>;
}
