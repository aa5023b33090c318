//! Revocations: what was given out to a user before some time is void.

use jiff::Timestamp;
use rusqlite::Connection;

use super::row::{id, nanoseconds, timestamp};
use crate::record::UserId;

/// See [`super::Log::revoke`].
pub(super) fn revoke(
    connection: &Connection,
    user: &UserId,
    before: Timestamp,
) -> rusqlite::Result<()> {
    let mut upsert = connection.prepare_cached(
        "INSERT INTO revocations (user, given_before) VALUES (?1, ?2) ON CONFLICT (user) DO UPDATE \
         SET given_before = excluded.given_before WHERE excluded.given_before > given_before",
    )?;
    let parameters = (user.as_str(), nanoseconds(before));
    upsert.execute(parameters).map(drop)
}

/// See [`super::Log::revocations`].
pub(super) fn revocations(connection: &Connection) -> rusqlite::Result<Vec<(UserId, Timestamp)>> {
    let mut select =
        connection.prepare_cached("SELECT user, given_before FROM revocations ORDER BY user")?;
    let revocations = select.query_map([], |row| Ok((id(row, 0)?, timestamp(row, 1)?)))?;
    revocations.collect()
}
