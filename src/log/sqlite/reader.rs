//! Readers: a few connections that only read, each on a thread that may block.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Params, Row};
use tokio::sync::Semaphore;

use super::super::{LogError, Number, Stored};
use super::row::{HEAD_COLUMNS, damaged, head_row, id, records as records_of};
use super::schema::LOCK_WAIT;
use crate::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};

/// How many read at once. Who comes later waits.
const READERS: usize = 4;

/// A session's last append.
const LAST_APPEND: &str = "a.session = s.number \
     AND a.head = (SELECT max(head) FROM appends WHERE session = s.number)";

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
                    Err(super::unavailable(&error))
                }
                Err(_) => Err(LogError::Unavailable("a read was given up".to_owned())),
            }
        }
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

fn opened(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LOCK_WAIT)?;
    Ok(connection)
}

/// Up to `limit` records after `after`; `None` if there is no such session.
pub(super) fn records(
    connection: &Connection,
    session: &SessionId,
    after: Seq,
    limit: usize,
) -> rusqlite::Result<Option<Vec<Record>>> {
    // One transaction: meanwhile the session may be erased, and another get its number.
    let transaction = connection.unchecked_transaction()?;
    let Some(number) = number(&transaction, session)? else {
        return Ok(None);
    };
    let mut statement = transaction.prepare_cached(
        "SELECT first, records FROM appends WHERE session = ?1 AND head > ?2 ORDER BY head",
    )?;
    let mut rows = statement.query((number, countable(after)))?;
    let mut records = Vec::new();
    while records.len() < limit
        && let Some(row) = rows.next()?
    {
        let lines = row.get_ref(1)?.as_str()?;
        let appended = records_of(lines, row.get(0)?);
        let appended = appended.ok_or_else(|| damaged(1, "these are not records"))?;
        records.extend(appended.into_iter().filter(|record| record.seq > after));
    }
    records.truncate(limit);
    Ok(Some(records))
}

pub(super) fn stored(
    connection: &Connection,
    session: &SessionId,
) -> rusqlite::Result<Option<Stored>> {
    // One transaction, so that the row and the client ids are of the same moment.
    let transaction = connection.unchecked_transaction()?;
    let condition = "s.id = ?1";
    let Some(row) = one_row(&transaction, condition, [session.as_str()])? else {
        return Ok(None);
    };
    let mut statement = transaction.prepare_cached(
        "SELECT a.client_id, a.first FROM sessions s JOIN appends a ON a.session = s.number \
         WHERE s.id = ?1 AND a.client_id IS NOT NULL",
    )?;
    let named = statement.query_map([session.as_str()], |row| Ok((id(row, 0)?, row.get(1)?)))?;
    let client_ids: Vec<(ClientId, Seq)> = named.collect::<rusqlite::Result<_>>()?;
    Ok(Some(Stored { row, client_ids }))
}

pub(super) fn of_owner(
    connection: &Connection,
    owner: &UserId,
    limit: usize,
) -> rusqlite::Result<Vec<HeadRow>> {
    let condition = "s.owner = ?1 ORDER BY a.used DESC, s.id LIMIT ?2";
    let parameters = (owner.as_str(), countable(limit));
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

pub(super) fn rows(
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
fn countable(number: impl TryInto<i64>) -> i64 {
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
    format!(
        "SELECT {HEAD_COLUMNS} FROM sessions s JOIN appends a ON {LAST_APPEND} WHERE {condition}"
    )
}
