//! The log: where records and head rows live.
//!
//! One append is atomic: all records of a batch, its head row, its client id and its participants, or nothing. It fails with
//! [`LogError::Conflict`] if the session's head is not where the writer believed, which is the only thing that
//! keeps two writers apart. What was appended stays, whatever comes: [`SqliteLog`] answers after the disk has it.
//!
//! Beside the sessions a log keeps whose tokens were voided, and the notifications that wait for somebody. Whatever it
//! answers that it wrote, is as durable as an append.

mod lines;
mod memory;
mod sqlite;
mod sweep;

use std::pin::Pin;

use jiff::Timestamp;

use crate::record::{ClientId, HeadRow, Kept, Receipt, Record, Seq, SessionId, UserId};

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
    /// Who takes part from now on, beside the owner and those who do already. Meant for a session's first append;
    /// where it is empty it costs nothing.
    pub participants: Vec<UserId>,
}

/// A session as it is brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its head row.
    pub row: HeadRow,
    /// Its users' messages that have a client id, and where they stand.
    pub client_ids: Vec<(ClientId, Seq)>,
    /// Who takes part beside the owner, in the order of joining.
    pub participants: Vec<UserId>,
    /// How far each user has come, in the order of their names; without those who have not come anywhere.
    pub receipts: Vec<(UserId, Receipt)>,
}

/// What came of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The user takes part from now on.
    Joined,
    /// The user took part already, or is the owner.
    Already,
    /// So many take part that nobody else may.
    Full,
}

/// A session's number: counts up as sessions are created, so that all of them can be gone through.
pub type Number = u64;

/// A store of sessions. Every implementation passes one contract suite.
pub trait Log: Send + Sync + 'static {
    /// Writes all of `batch`, or nothing.
    fn append(&self, batch: Batch) -> LogFuture<()>;

    /// Up to `limit` records after `after`, in order. Fails with [`LogError::NoSession`] if there is no such session, and
    /// with [`LogError::Damaged`] if one of these records is damaged; what comes after them may be.
    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>>;

    /// All that is needed to bring a session back.
    fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>>;

    /// Up to `limit` sessions that `user` owns or takes part in, the last used first.
    fn of_user(&self, user: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>>;

    /// The session that `owner` started under this client id.
    fn opened_as(&self, owner: &UserId, client_id: &ClientId) -> LogFuture<Option<HeadRow>>;

    /// Up to `limit` sessions with numbers above `after`, in the order of their numbers.
    fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>>;

    /// Removes a session and all that belongs to it. Says whether it was there.
    fn erase(&self, session: &SessionId) -> LogFuture<bool>;

    /// Has `user` take part in the session, unless `max` users beside the owner do. Fails with
    /// [`LogError::NoSession`] if there is no such session.
    fn invite(&self, session: &SessionId, user: &UserId, max: usize) -> LogFuture<Invited>;

    /// Writes how far `user` has come in the session, by [`Receipt::raised`], and answers what holds now. Whether the user
    /// takes part is not asked. Fails with [`LogError::NoSession`] if there is no such session.
    fn receive(&self, session: &SessionId, user: &UserId, receipt: Receipt) -> LogFuture<Receipt>;

    /// Voids what was given out to `user` before this time. An earlier time than one before changes nothing.
    fn revoke(&self, user: &UserId, before: Timestamp) -> LogFuture<()>;

    /// All users of whom something was voided, and what was given out before when; in the order of their names.
    fn revocations(&self) -> LogFuture<Vec<(UserId, Timestamp)>>;

    /// Keeps a notification. Says whether it is new: of two with one id the first stays as it is.
    fn keep(&self, kept: Kept) -> LogFuture<bool>;

    /// Up to `limit` kept notifications that are not past at `now`, the oldest first, each with the users who got it, in
    /// the order of their names.
    fn kept(&self, now: Timestamp, limit: usize) -> LogFuture<Vec<(Kept, Vec<UserId>)>>;

    /// Writes that `user` gets the kept notification now. Says whether that is the first time: once it was said to be
    /// so, it never is again. A notification that is not kept cannot be got.
    fn delivered(&self, id: &str, user: &UserId) -> LogFuture<bool>;

    /// Drops the notifications that are past at `now`, and who got them.
    fn forget_kept(&self, now: Timestamp) -> LogFuture<()>;

    /// Writes something of no meaning, to see whether it works.
    fn probe(&self) -> LogFuture<()>;
}
