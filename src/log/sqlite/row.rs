//! Rows: how appends and head rows stand in the database.
//!
//! All records of one append share a row, and the rows of one session are a chain: each names the one before it.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::Type;

use crate::record::{ClientId, HeadRow, Seq, Waits};

/// The columns of a head row, over `sessions` as `s` and a session's last append as `a`.
pub(super) const HEAD_COLUMNS: &str = "s.id, s.bot, s.owner, s.opened_as, s.created, \
     a.shape, a.used, a.head, a.state, a.waits, s.number, a.at";

/// A session with its last append.
pub(super) const HEADS: &str =
    "sessions s JOIN heads h ON h.session = s.number JOIN appends a ON a.id = h.append";

/// All appends of the session with the number `?1`, the last one first. Even a damaged chain comes to an end: each
/// row was written after the one before it.
pub(super) const CHAIN: &str = "WITH RECURSIVE chain (id, previous, client_id, first) AS ( \
     SELECT a.id, a.previous, a.client_id, a.first FROM heads h JOIN appends a ON a.id = h.append \
     WHERE h.session = ?1 \
     UNION ALL \
     SELECT a.id, a.previous, a.client_id, a.first FROM chain JOIN appends a ON a.id = chain.previous \
     WHERE a.id < chain.id)";

/// Every so many records of a session there is a milestone.
const MILESTONE: Seq = 64;

/// Whether the append of the records from `first` to `head` is one of its session's milestones.
pub(super) fn is_milestone(first: Seq, head: Seq) -> bool {
    (first - 1) / MILESTONE != head / MILESTONE
}

const WAITS_FOR_WORK: i64 = 1;
const WAITS_FOR_SILENCE: i64 = 2;

/// What a session waits for, as a number.
pub(super) fn waits(waits: Waits) -> i64 {
    let work = if waits.work { WAITS_FOR_WORK } else { 0 };
    let silence = if waits.silence { WAITS_FOR_SILENCE } else { 0 };
    work | silence
}

/// A time in nanoseconds since 1970, which an integer of SQLite holds from 1677 to 2262: what is beyond becomes the end.
pub(super) fn nanoseconds(at: Timestamp) -> i64 {
    let (min, max) = (i64::MIN.into(), i64::MAX.into());
    i64::try_from(at.as_nanosecond().clamp(min, max)).expect("it is between those")
}

/// The head row in the columns of [`HEAD_COLUMNS`].
pub(super) fn head_row(row: &Row<'_>) -> rusqlite::Result<HeadRow> {
    let waits: i64 = row.get(9)?;
    let opened_as = row.get_ref(3)?.as_str_or_null()?;
    Ok(HeadRow {
        session: id(row, 0)?,
        bot: row.get_ref(1)?.as_str()?.into(),
        owner: id(row, 2)?,
        opened_as: opened_as
            .map(|text| text.parse::<ClientId>().map_err(|error| damaged(3, error)))
            .transpose()?,
        created: timestamp(row, 4)?,
        shape: row.get_ref(5)?.as_str()?.into(),
        used: timestamp(row, 6)?,
        head: row.get(7)?,
        at: timestamp(row, 11)?,
        state: row.get_ref(8)?.as_str()?.into(),
        waits: Waits {
            work: waits & WAITS_FOR_WORK != 0,
            silence: waits & WAITS_FOR_SILENCE != 0,
        },
    })
}

/// An id in column `index`.
pub(super) fn id<T>(row: &Row<'_>, index: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text = row.get_ref(index)?.as_str()?;
    text.parse().map_err(|error| damaged(index, error))
}

/// A time in column `index`, as [`nanoseconds`] wrote it.
pub(super) fn timestamp(row: &Row<'_>, index: usize) -> rusqlite::Result<Timestamp> {
    let nanoseconds: i64 = row.get(index)?;
    Timestamp::from_nanosecond(nanoseconds.into()).map_err(|error| damaged(index, error))
}

/// What stands in column `index` cannot be ours.
pub(super) fn damaged(
    index: usize,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, Type::Text, error.into())
}
