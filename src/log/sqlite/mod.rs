//! The log on disk: one SQLite database, with one thread that writes and a few that read.
//!
//! What was answered is on disk: the writer commits (`synchronous=FULL`) before it answers, and appends that wait
//! together share one commit. Rows are only ever added, until a whole session is erased; a session's head row is
//! the last of its rows. Readers see the last commit and never wait for the writer.

mod reader;
mod row;
mod schema;
mod writer;

use std::path::Path;
use std::sync::Arc;

use rusqlite::ErrorCode;
use tokio::sync::oneshot;

use super::{Batch, Log, LogError, LogFuture, Number, Stored};
use crate::metrics::Metrics;
use crate::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};

pub use schema::OpenError;

use reader::Readers;
use writer::{Work, Writer};

/// Sessions in a SQLite database.
pub struct SqliteLog {
    // Closed first: the last connection to be closed writes the journal back, and a reader cannot.
    readers: Readers,
    writer: Writer,
}

impl SqliteLog {
    /// Whether the file at `path`, if there is one, may be opened at all. Touches nothing.
    ///
    /// # Errors
    /// [`OpenError`]
    pub fn check(path: &Path) -> Result<(), OpenError> {
        schema::check_file(path)
    }

    /// Opens the database at `path`, or makes a new one; counts its commits. Needs a tokio runtime. Nothing keeps two processes from
    /// opening one database; whoever does must see to it.
    ///
    /// # Errors
    /// [`OpenError`]; a file that is not ours is left as it was.
    pub fn open(path: &Path, metrics: Arc<Metrics>) -> Result<Self, OpenError> {
        let connection = schema::open(path)?;
        Ok(Self {
            readers: Readers::new(path),
            writer: Writer::start(connection, metrics),
        })
    }

    fn write(&self, work: Work) -> LogFuture<bool> {
        let (answer, answered) = oneshot::channel();
        let queued = self.writer.queue(work, answer);
        Box::pin(async move {
            queued?;
            answered.await.unwrap_or_else(|_| Err(writer::stopped()))
        })
    }
}

impl Log for SqliteLog {
    fn append(&self, batch: Batch) -> LogFuture<()> {
        let (answer, answered) = oneshot::channel();
        let queued = self.writer.queue(Work::Append(Box::new(batch)), answer);
        // Written out rather than over `write`: an append is what there is most of, and a box less.
        Box::pin(async move {
            queued?;
            let done = answered.await.unwrap_or_else(|_| Err(writer::stopped()));
            done.map(drop)
        })
    }

    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>> {
        self.readers.records(session, after, limit)
    }

    fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>> {
        self.readers.stored(session)
    }

    fn of_owner(&self, owner: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>> {
        let owner = owner.clone();
        Box::pin(
            self.readers
                .read(move |connection| reader::of_owner(connection, &owner, limit)),
        )
    }

    fn opened_as(&self, owner: &UserId, client_id: &ClientId) -> LogFuture<Option<HeadRow>> {
        let (owner, client_id) = (owner.clone(), client_id.clone());
        Box::pin(
            self.readers
                .read(move |connection| reader::opened_as(connection, &owner, &client_id)),
        )
    }

    fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>> {
        self.readers.rows(after, limit)
    }

    fn erase(&self, session: &SessionId) -> LogFuture<bool> {
        self.write(Work::Erase(session.clone()))
    }

    fn probe(&self) -> LogFuture<()> {
        let probing = self.write(Work::Probe);
        Box::pin(async move { probing.await.map(drop) })
    }
}

/// The sessions of a database, to be looked at: nothing is written, and a server may be writing to it meanwhile.
pub struct SqliteReader {
    readers: Readers,
}

impl SqliteReader {
    /// Opens the database at `path`. Its methods need a tokio runtime.
    ///
    /// # Errors
    /// [`OpenError`]
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        schema::check_present(path)?;
        Ok(Self {
            readers: Readers::new(path),
        })
    }

    /// As [`Log::read`].
    pub fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>> {
        self.readers.records(session, after, limit)
    }

    /// As [`Log::load`].
    pub fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>> {
        self.readers.stored(session)
    }

    /// As [`Log::rows`].
    pub fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>> {
        self.readers.rows(after, limit)
    }
}

/// Whether an error is the disk's or another program's, and would meet whatever is written now.
fn is_everybodys(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
        )
    )
}

/// What to tell of an error: its kind, and neither path nor statement.
fn unavailable(error: &rusqlite::Error) -> LogError {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, QueryReturnedNoRows,
        Utf8Error,
    };
    let unlike_ours = matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | QueryReturnedNoRows
            | Utf8Error(..)
    );
    let reason = match error.sqlite_error_code() {
        // What was written is not there, or is read as something else.
        None if unlike_ours => return LogError::Damaged,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => return LogError::Damaged,
        Some(ErrorCode::DiskFull) => "the disk is full",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "the database is read-only",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "the database is locked by another program"
        }
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => "the disk fails",
        _ => "the database fails",
    };
    LogError::Unavailable(reason.to_owned())
}
