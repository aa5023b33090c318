//! Kept notifications, and who got them.

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::reader::countable;
use super::row::{id, nanoseconds, timestamp};
use crate::record::{Kept, UserId};

/// See [`super::Log::keep`].
pub(super) fn keep(connection: &Connection, kept: &Kept) -> rusqlite::Result<bool> {
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO notices (id, recipients, event, at, until) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let inserted = insert.execute((
        kept.id.as_str(),
        &*kept.to,
        &*kept.event,
        nanoseconds(kept.at),
        nanoseconds(kept.until),
    ))?;
    Ok(inserted == 1)
}

/// See [`super::Log::delivered`].
pub(super) fn deliver(connection: &Connection, id: &str, user: &UserId) -> rusqlite::Result<bool> {
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO deliveries (notice, user) SELECT number, ?2 FROM notices WHERE id = ?1",
    )?;
    Ok(insert.execute((id, user.as_str()))? == 1)
}

/// See [`super::Log::forget_kept`]. Says whether there was anything to drop.
pub(super) fn forget(connection: &Connection, now: Timestamp) -> rusqlite::Result<bool> {
    let mut dropped = 0;
    for sql in [
        "DELETE FROM deliveries WHERE notice IN (SELECT number FROM notices WHERE until <= ?1)",
        "DELETE FROM notices WHERE until <= ?1",
    ] {
        let mut delete = connection.prepare_cached(sql)?;
        dropped += delete.execute([nanoseconds(now)])?;
    }
    Ok(dropped > 0)
}

/// See [`super::Log::kept`].
pub(super) fn kept(
    connection: &Connection,
    now: Timestamp,
    limit: usize,
) -> rusqlite::Result<Vec<(Kept, Vec<UserId>)>> {
    // One transaction: meanwhile a notification may be forgotten, and another get its number.
    let transaction = connection.unchecked_transaction()?;
    let mut notices = transaction.prepare_cached(
        "SELECT number, id, recipients, event, at, until FROM notices \
         WHERE until > ?1 ORDER BY at, id LIMIT ?2",
    )?;
    let mut deliveries = transaction
        .prepare_cached("SELECT user FROM deliveries WHERE notice = ?1 ORDER BY user")?;
    let notices = notices.query_map((nanoseconds(now), countable(limit)), |row| {
        let number: i64 = row.get(0)?;
        let users = deliveries.query_map([number], |row| id(row, 0))?;
        Ok((notice(row)?, users.collect::<rusqlite::Result<_>>()?))
    })?;
    notices.collect()
}

fn notice(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: row.get_ref(1)?.as_str()?.into(),
        to: row.get_ref(2)?.as_str()?.into(),
        event: row.get_ref(3)?.as_str()?.into(),
        at: timestamp(row, 4)?,
        until: timestamp(row, 5)?,
    })
}
