//! The log on disk: one SQLite database, with one thread that writes and a few that read.
//!
//! What was answered is on disk: the writer commits (`synchronous=FULL`) before it answers, and appends that wait
//! together share one commit. A session's rows are only ever added, until all of it is erased; its head row is
//! the last of them. Readers see the last commit and never wait for the writer.

mod failure;
mod file;
mod journal;
mod notices;
mod people;
mod reader;
mod revocations;
mod row;
mod schema;
mod transaction;
mod work;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{Batch, Invited, Log, LogFuture, Number, Stored};
use crate::metrics::Metrics;
use crate::record::{ClientId, HeadRow, Kept, Receipt, Record, Seq, SessionId, UserId};

pub use schema::OpenError;

use reader::Readers;
use work::{Aside, Done, Work};
use writer::Writer;

/// Sessions in a SQLite database.
pub struct SqliteLog {
    // Closed first: the last connection to be closed writes the journal back, and a reader cannot.
    readers: Readers,
    writer: Writer,
}

impl SqliteLog {
    /// Whether the file at `path`, if there is one, may be opened at all; answers the one path that it has by whatever
    /// name. Touches nothing.
    ///
    /// # Errors
    /// [`OpenError`]
    pub fn check(path: &Path) -> Result<PathBuf, OpenError> {
        let path = file::real(path)?;
        file::check(&path)?;
        Ok(path)
    }

    /// Opens the database at `path`, or makes a new one; counts its commits. Needs a tokio runtime. Nothing keeps two processes from
    /// opening one database; whoever does must see to it.
    ///
    /// # Errors
    /// [`OpenError`]; a file that is not ours is left as it was.
    pub fn open(path: &Path, metrics: Arc<Metrics>) -> Result<Self, OpenError> {
        let path = file::real(path)?;
        let connection = schema::open(&path)?;
        metrics.watch_journal(file::beside(&path, "-wal"));
        Ok(Self {
            readers: Readers::new(&path),
            writer: Writer::start(connection, path, metrics),
        })
    }

    /// Has `work` written; `answer` is the answer of its kind.
    fn write<T: 'static>(&self, work: Work, answer: fn(Done) -> Option<T>) -> LogFuture<T> {
        let (sender, answered) = oneshot::channel();
        let queued = self.writer.queue(work, sender);
        Box::pin(async move {
            queued?;
            // The work is let go of here: see there.
            let (_work, written) = answered.await.map_err(|_| writer::stopped())?;
            Ok(answer(written?).expect("the writer answers by the kind of work"))
        })
    }

    fn write_aside<T: 'static>(&self, aside: Aside, answer: fn(Done) -> Option<T>) -> LogFuture<T> {
        self.write(Work::Aside(Box::new(aside)), answer)
    }

    fn find<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> LogFuture<T> {
        Box::pin(self.readers.read(query))
    }
}

impl Log for SqliteLog {
    fn append(&self, batch: Batch) -> LogFuture<()> {
        self.write(Work::Append(Box::new(batch)), Done::nothing)
    }

    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>> {
        self.readers.records(session, after, limit)
    }

    fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>> {
        self.readers.stored(session)
    }

    fn of_user(&self, user: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>> {
        let user = user.clone();
        self.find(move |connection| reader::of_user(connection, &user, limit))
    }

    fn opened_as(&self, owner: &UserId, client_id: &ClientId) -> LogFuture<Option<HeadRow>> {
        let (owner, client_id) = (owner.clone(), client_id.clone());
        self.find(move |connection| reader::opened_as(connection, &owner, &client_id))
    }

    fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>> {
        self.readers.rows(after, limit)
    }

    fn erase(&self, session: &SessionId) -> LogFuture<bool> {
        self.write(Work::Erase(session.clone()), Done::whether)
    }

    fn invite(&self, session: &SessionId, user: &UserId, max: usize) -> LogFuture<Invited> {
        let (session, user) = (session.clone(), user.clone());
        self.write_aside(Aside::Invite { session, user, max }, Done::invited)
    }

    fn receive(&self, session: &SessionId, user: &UserId, receipt: Receipt) -> LogFuture<Receipt> {
        let reception = Aside::Receive {
            session: session.clone(),
            user: user.clone(),
            receipt,
        };
        self.write_aside(reception, Done::received)
    }

    fn revoke(&self, user: &UserId, before: Timestamp) -> LogFuture<()> {
        let user = user.clone();
        self.write_aside(Aside::Revoke { user, before }, Done::nothing)
    }

    fn revocations(&self) -> LogFuture<Vec<(UserId, Timestamp)>> {
        self.find(revocations::revocations)
    }

    fn keep(&self, kept: Kept) -> LogFuture<bool> {
        self.write_aside(Aside::Keep(kept), Done::whether)
    }

    fn kept(&self, now: Timestamp, limit: usize) -> LogFuture<Vec<(Kept, Vec<UserId>)>> {
        self.find(move |connection| notices::kept(connection, now, limit))
    }

    fn delivered(&self, id: &str, user: &UserId) -> LogFuture<bool> {
        let (id, user) = (id.into(), user.clone());
        self.write_aside(Aside::Deliver { id, user }, Done::whether)
    }

    fn forget_kept(&self, now: Timestamp) -> LogFuture<()> {
        self.write_aside(Aside::ForgetKept(now), Done::nothing)
    }

    fn probe(&self) -> LogFuture<()> {
        self.write(Work::Probe, Done::nothing)
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
        let path = file::real(path)?;
        schema::check_present(&path)?;
        Ok(Self {
            readers: Readers::new(&path),
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
