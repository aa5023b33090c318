//! Who takes part in a session, and how far each has come.

use rusqlite::{Connection, OptionalExtension, Row};

use super::super::{Invited, Number};
use super::row::id;
use crate::record::{Receipt, UserId};

/// See [`super::Log::invite`].
pub(super) fn invite(
    connection: &Connection,
    session: Number,
    user: &UserId,
    max: usize,
) -> rusqlite::Result<Invited> {
    if takes_part(connection, session, user)? {
        return Ok(Invited::Already);
    }
    let mut count =
        connection.prepare_cached("SELECT count(*) FROM participants WHERE session = ?1")?;
    if count.query_row([session], |row| row.get::<_, usize>(0))? >= max {
        return Ok(Invited::Full);
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO participants (session, joined, user) \
         SELECT ?1, coalesce(max(joined), 0) + 1, ?2 FROM participants WHERE session = ?1",
    )?;
    insert.execute((session, user.as_str()))?;
    Ok(Invited::Joined)
}

fn takes_part(connection: &Connection, session: Number, user: &UserId) -> rusqlite::Result<bool> {
    let mut select = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM sessions WHERE number = ?1 AND owner = ?2) \
         OR EXISTS (SELECT 1 FROM participants WHERE session = ?1 AND user = ?2)",
    )?;
    select.query_row((session, user.as_str()), |row| row.get(0))
}

/// Replaces what holds for `user` by what `raise` makes of it, and answers that. What stays as it is, is not written:
/// most clients tell the same more than once.
pub(super) fn receive(
    connection: &Connection,
    session: Number,
    user: &UserId,
    raise: impl FnOnce(Receipt) -> Receipt,
) -> rusqlite::Result<Receipt> {
    let mut select = connection
        .prepare_cached("SELECT delivered, read FROM receipts WHERE session = ?1 AND user = ?2")?;
    let held = select.query_row((session, user.as_str()), |row| receipt(row, 0));
    let held = held.optional()?.unwrap_or_default();
    let raised = raise(held);
    if raised != held {
        let mut replace = connection.prepare_cached(
            "REPLACE INTO receipts (session, user, delivered, read) VALUES (?1, ?2, ?3, ?4)",
        )?;
        replace.execute((session, user.as_str(), raised.delivered, raised.read))?;
    }
    Ok(raised)
}

/// The session's participants, in the order of joining.
pub(super) fn participants(
    connection: &Connection,
    session: Number,
) -> rusqlite::Result<Vec<UserId>> {
    let mut select = connection
        .prepare_cached("SELECT user FROM participants WHERE session = ?1 ORDER BY joined")?;
    let users = select.query_map([session], |row| id(row, 0))?;
    users.collect()
}

/// The session's receipts, in the order of their users' names.
pub(super) fn receipts(
    connection: &Connection,
    session: Number,
) -> rusqlite::Result<Vec<(UserId, Receipt)>> {
    let mut select = connection.prepare_cached(
        "SELECT user, delivered, read FROM receipts WHERE session = ?1 ORDER BY user",
    )?;
    let receipts = select.query_map([session], |row| Ok((id(row, 0)?, receipt(row, 1)?)))?;
    receipts.collect()
}

fn receipt(row: &Row<'_>, first: usize) -> rusqlite::Result<Receipt> {
    Ok(Receipt {
        delivered: row.get(first)?,
        read: row.get(first + 1)?,
    })
}
