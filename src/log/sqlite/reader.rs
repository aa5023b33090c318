//! Readers: a few connections that only read, each on a thread that may block.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Params, Row};
use tokio::sync::Semaphore;

use super::super::{LogError, LogFuture, Number, Stored, lines};
use super::people;
use super::row::{CHAIN, HEAD_COLUMNS, HEADS, damaged, head_row, id};
use super::schema::{LOCK_WAIT, keep_plans};
use crate::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};

/// How many read at once. Who comes later waits.
const READERS: usize = 4;

pub(super) struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: Arc::new(path.to_owned()),
            idle: Arc::default(),
            permits: Arc::new(Semaphore::new(READERS)),
        }
    }

    /// What `query` finds, as of the last commit.
    pub(super) fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> impl Future<Output = Result<T, LogError>> + Send + 'static {
        let (path, idle) = (Arc::clone(&self.path), Arc::clone(&self.idle));
        let permit = Arc::clone(&self.permits).acquire_owned();
        async move {
            let permit = permit.await.expect("the readers' semaphore is not closed");
            let reading = tokio::task::spawn_blocking(move || {
                let result = with_connection(&path, &idle, query);
                drop(permit);
                result
            });
            match reading.await {
                Ok(Ok(found)) => Ok(found),
                Ok(Err(error)) => {
                    tracing::error!(%error, "the database could not be read");
                    Err(super::failure::unavailable(&error))
                }
                Err(_) => Err(LogError::Unavailable("a read was given up".to_owned())),
            }
        }
    }
}

impl Readers {
    /// See [`super::Log::read`].
    pub(super) fn records(
        &self,
        session: &SessionId,
        after: Seq,
        limit: usize,
    ) -> LogFuture<Vec<Record>> {
        let session = session.clone();
        let reading = self.read(move |connection| records(connection, &session, after, limit));
        Box::pin(async move { reading.await?.ok_or(LogError::NoSession) })
    }

    /// See [`super::Log::load`].
    pub(super) fn stored(&self, session: &SessionId) -> LogFuture<Option<Stored>> {
        let session = session.clone();
        Box::pin(self.read(move |connection| stored(connection, &session)))
    }

    /// See [`super::Log::rows`].
    pub(super) fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>> {
        Box::pin(self.read(move |connection| rows(connection, after, limit)))
    }
}

fn with_connection<T>(
    path: &Path,
    idle: &Mutex<Vec<Connection>>,
    query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let lock = || idle.lock().unwrap_or_else(PoisonError::into_inner);
    let connection = lock().pop();
    let connection = connection.map_or_else(|| opened(path), Ok)?;
    // A connection that fails is not used again.
    let found = query(&connection)?;
    lock().push(connection);
    Ok(found)
}

pub(super) fn opened(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LOCK_WAIT)?;
    keep_plans(&connection)?;
    Ok(connection)
}

/// Up to `limit` records after `after`; `None` if there is no such session.
///
/// A session's rows are a chain from the last one back, so they are read in stretches: from one milestone back to
/// the one before it, and at the end from the last row. What is not asked for may be damaged.
fn records(
    connection: &Connection,
    session: &SessionId,
    after: Seq,
    limit: usize,
) -> rusqlite::Result<Option<Vec<Record>>> {
    // One transaction: meanwhile the session may be erased, and another get its number.
    let transaction = connection.unchecked_transaction()?;
    let Some((number, last)) = last_append(&transaction, session)? else {
        return Ok(None);
    };
    let mut milestones = transaction.prepare_cached(
        "SELECT id FROM appends WHERE session = ?1 AND milestone = 1 AND head > ?2 ORDER BY head",
    )?;
    let mut milestones = milestones.query((number, countable(after)))?;
    let mut records: Vec<Record> = Vec::new();
    let until = after.saturating_add(limit as Seq);
    let mut is_last = false;
    while records.len() < limit && !is_last {
        let end = match milestones.next()? {
            Some(row) => row.get(0)?,
            None => last,
        };
        is_last = end == last;
        let read = records.last().map_or(after, |record| record.seq);
        records.extend(stretch(&transaction, end, read, until)?);
    }
    records.truncate(limit);
    Ok(Some(records))
}

/// The records after `read` up to the append `end`, in order; without the appends that begin after `until`.
fn stretch(
    connection: &Connection,
    end: i64,
    read: Seq,
    until: Seq,
) -> rusqlite::Result<Vec<Record>> {
    let mut append = connection
        .prepare_cached("SELECT first, head, records, previous FROM appends WHERE id = ?1")?;
    let mut appends = Vec::new();
    let mut newest = None;
    let mut next = Some(end);
    while let Some(id) = next {
        next = append.query_row([id], |row| {
            let (first, head): (Seq, Seq) = (row.get(0)?, row.get(1)?);
            newest.get_or_insert(head);
            if head > read && first <= until {
                let records = lines::records(row.get_ref(2)?.as_str()?, first);
                appends.push(records.ok_or_else(|| damaged(2, "these are not records"))?);
            }
            // Each row was written after the one before it: so no chain goes on for ever.
            let previous: Option<i64> = row.get(3)?;
            Ok(previous.filter(|&previous| first > read.saturating_add(1) && previous < id))
        })?;
    }
    let records = appends.into_iter().rev().flatten();
    let records: Vec<Record> = records.filter(|record| record.seq > read).collect();
    let mut places = records.iter().zip(read.saturating_add(1)..);
    let reached = records.last().map_or(read, |last| last.seq);
    if places.any(|(record, seq)| record.seq != seq) || reached < until.min(newest.unwrap_or(0)) {
        return Err(damaged(2, "records are missing"));
    }
    Ok(records)
}

/// A session's number, and the id of its last append.
fn last_append(
    connection: &Connection,
    session: &SessionId,
) -> rusqlite::Result<Option<(Number, i64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.number, h.append FROM sessions s JOIN heads h ON h.session = s.number WHERE s.id = ?1",
    )?;
    let last = statement.query_row([session.as_str()], |row| Ok((row.get(0)?, row.get(1)?)));
    last.optional()
}

fn stored(connection: &Connection, session: &SessionId) -> rusqlite::Result<Option<Stored>> {
    // One transaction, so that the row and all beside it are of the same moment.
    let transaction = connection.unchecked_transaction()?;
    let Some(row) = one_row(&transaction, "s.id = ?1", [session.as_str()])? else {
        return Ok(None);
    };
    let number = number(&transaction, session)?;
    let mut statement = transaction.prepare_cached(&format!(
        "{CHAIN} SELECT client_id, first FROM chain WHERE client_id IS NOT NULL"
    ))?;
    let named = statement.query_map([number], |row| Ok((id(row, 0)?, row.get(1)?)))?;
    let client_ids: Vec<(ClientId, Seq)> = named.collect::<rusqlite::Result<_>>()?;
    let number = number.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    Ok(Some(Stored {
        row,
        client_ids,
        participants: people::participants(&transaction, number)?,
        receipts: people::receipts(&transaction, number)?,
    }))
}

pub(super) fn of_user(
    connection: &Connection,
    user: &UserId,
    limit: usize,
) -> rusqlite::Result<Vec<HeadRow>> {
    let condition = "s.number IN (SELECT number FROM sessions WHERE owner = ?1 \
         UNION ALL SELECT session FROM participants WHERE user = ?1) \
         ORDER BY a.used DESC, s.id LIMIT ?2";
    let parameters = (user.as_str(), countable(limit));
    all_rows(connection, condition, parameters, head_row)
}

pub(super) fn opened_as(
    connection: &Connection,
    owner: &UserId,
    client_id: &ClientId,
) -> rusqlite::Result<Option<HeadRow>> {
    let condition = "s.owner = ?1 AND s.opened_as = ?2 LIMIT 1";
    one_row(connection, condition, (owner.as_str(), client_id.as_str()))
}

fn rows(
    connection: &Connection,
    after: Number,
    limit: usize,
) -> rusqlite::Result<Vec<(Number, HeadRow)>> {
    let condition = "s.number > ?1 ORDER BY s.number LIMIT ?2";
    let parameters = (countable(after), countable(limit));
    all_rows(connection, condition, parameters, |row| {
        Ok((row.get(10)?, head_row(row)?))
    })
}

/// A number, or the largest that SQLite can count to: there are not so many of anything.
pub(super) fn countable(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

pub(super) fn number(
    connection: &Connection,
    session: &SessionId,
) -> rusqlite::Result<Option<Number>> {
    let mut statement = connection.prepare_cached("SELECT number FROM sessions WHERE id = ?1")?;
    statement
        .query_row([session.as_str()], |row| row.get(0))
        .optional()
}

fn one_row(
    connection: &Connection,
    condition: &str,
    parameters: impl Params,
) -> rusqlite::Result<Option<HeadRow>> {
    let mut statement = connection.prepare_cached(&select(condition))?;
    statement.query_row(parameters, head_row).optional()
}

fn all_rows<T>(
    connection: &Connection,
    condition: &str,
    parameters: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare_cached(&select(condition))?;
    let rows = statement.query_map(parameters, read)?;
    rows.collect()
}

fn select(condition: &str) -> String {
    format!("SELECT {HEAD_COLUMNS} FROM {HEADS} WHERE {condition}")
}
