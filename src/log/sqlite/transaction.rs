//! A transaction: one work after another is written, until the writer commits them together.

use lru::LruCache;
use rusqlite::{CachedStatement, Connection, OptionalExtension};

use super::super::lines::lines;
use super::super::{Batch, LogError, Number};
use super::reader::number;
use super::row::{CHAIN, HEADS, is_milestone, nanoseconds, waits};
use super::work::{Aside, Done, Work, Written};
use super::writer::execute;
use super::{notices, people, revocations};
use crate::record::{Receipt, Seq, SessionId};

/// Where a session's log stands.
#[derive(Clone, Copy)]
pub(super) struct Head {
    number: Number,
    append: i64,
    seq: Seq,
}

/// What is written between `BEGIN` and `COMMIT`. The statements of an append are looked up once for all that share a
/// commit.
pub(super) struct Transaction<'a> {
    connection: &'a Connection,
    heads: &'a mut LruCache<SessionId, Head>,
    insert_append: CachedStatement<'a>,
    replace_head: CachedStatement<'a>,
    has_erased: bool,
}

impl<'a> Transaction<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        heads: &'a mut LruCache<SessionId, Head>,
    ) -> rusqlite::Result<Self> {
        let insert_append = connection.prepare_cached(
            "INSERT INTO appends \
             (session, previous, milestone, first, head, at, client_id, used, waits, shape, state, records) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        let replace_head =
            connection.prepare_cached("REPLACE INTO heads (session, append) VALUES (?1, ?2)")?;
        Ok(Self {
            connection,
            heads,
            insert_append,
            replace_head,
            has_erased: false,
        })
    }

    /// Whether something was erased that was written before.
    pub(super) fn has_erased(&self) -> bool {
        self.has_erased
    }

    pub(super) fn write(&mut self, work: &Work) -> rusqlite::Result<Written> {
        match work {
            Work::Append(batch) => Ok(self.append(batch)?.map(|()| Done::Whether(true))),
            Work::Erase(session) => Ok(Ok(Done::Whether(self.erase(session)?))),
            Work::Aside(aside) => self.write_aside(aside),
            Work::Probe => {
                execute(self.connection, "UPDATE probes SET count = count + 1")?;
                Ok(Ok(Done::Whether(true)))
            }
        }
    }

    fn write_aside(&mut self, aside: &Aside) -> rusqlite::Result<Written> {
        let connection = self.connection;
        let done = match aside {
            Aside::Invite { session, user, max } => {
                let Some(Head { number, .. }) = self.head(session)? else {
                    return Ok(Err(LogError::NoSession));
                };
                Done::Invited(people::invite(connection, number, user, *max)?)
            }
            Aside::Receive {
                session,
                user,
                receipt,
            } => {
                let Some(Head { number, seq, .. }) = self.head(session)? else {
                    return Ok(Err(LogError::NoSession));
                };
                let raise = |held| Receipt::raised(held, *receipt, seq);
                Done::Received(people::receive(connection, number, user, raise)?)
            }
            Aside::Revoke { user, before } => {
                revocations::revoke(connection, user, *before)?;
                Done::Whether(true)
            }
            Aside::Keep(kept) => Done::Whether(notices::keep(connection, kept)?),
            Aside::Deliver { id, user } => Done::Whether(notices::deliver(connection, id, user)?),
            Aside::ForgetKept(now) => {
                let forgotten = notices::forget(connection, *now)?;
                self.has_erased |= forgotten;
                Done::Whether(forgotten)
            }
        };
        Ok(Ok(done))
    }

    fn append(&mut self, batch: &Batch) -> rusqlite::Result<Result<(), LogError>> {
        let (row, expected) = (&batch.row, batch.expected);
        let known = self.head(&row.session)?;
        let head = known.map_or(0, |head| head.seq);
        if head != expected {
            return Ok(Err(LogError::Conflict { head, expected }));
        }
        let number = match known {
            Some(head) => head.number,
            None => self.insert_session(batch)?,
        };
        let append = self.insert_append(number, known.map(|head| head.append), batch)?;
        self.replace_head.execute((number, append))?;
        for user in &batch.participants {
            people::invite(self.connection, number, user, usize::MAX)?;
        }
        let head = Head {
            number,
            append,
            seq: row.head,
        };
        self.heads.put(row.session.clone(), head);
        Ok(Ok(()))
    }

    fn insert_append(
        &mut self,
        number: Number,
        previous: Option<i64>,
        batch: &Batch,
    ) -> rusqlite::Result<i64> {
        let (row, first) = (&batch.row, batch.expected + 1);
        self.insert_append.insert((
            number,
            previous,
            is_milestone(first, row.head),
            first,
            row.head,
            nanoseconds(row.at),
            batch.client_id.as_ref().map(|id| id.as_str()),
            nanoseconds(row.used),
            waits(row.waits),
            row.shape.as_str(),
            &*row.state,
            lines(&batch.records),
        ))
    }

    fn insert_session(&self, batch: &Batch) -> rusqlite::Result<Number> {
        let row = &batch.row;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO sessions (id, bot, owner, opened_as, created) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let number = insert.insert((
            row.session.as_str(),
            row.bot.as_str(),
            row.owner.as_str(),
            row.opened_as.as_ref().map(|id| id.as_str()),
            nanoseconds(row.created),
        ))?;
        Ok(number.unsigned_abs())
    }

    /// Where the session's log stands; `None` if there is none.
    fn head(&mut self, session: &SessionId) -> rusqlite::Result<Option<Head>> {
        if let Some(head) = self.heads.get(session) {
            return Ok(Some(*head));
        }
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT s.number, a.id, a.head FROM {HEADS} WHERE s.id = ?1"
        ))?;
        let head = select.query_row([session.as_str()], |row| {
            Ok(Head {
                number: row.get(0)?,
                append: row.get(1)?,
                seq: row.get(2)?,
            })
        });
        head.optional()
    }

    fn erase(&mut self, session: &SessionId) -> rusqlite::Result<bool> {
        let Some(number) = number(self.connection, session)? else {
            return Ok(false);
        };
        self.heads.pop(session);
        self.has_erased = true;
        for sql in [
            &format!("{CHAIN} DELETE FROM appends WHERE id IN (SELECT id FROM chain)"),
            "DELETE FROM heads WHERE session = ?1",
            "DELETE FROM participants WHERE session = ?1",
            "DELETE FROM receipts WHERE session = ?1",
            "DELETE FROM sessions WHERE number = ?1",
        ] {
            self.connection.prepare_cached(sql)?.execute([number])?;
        }
        Ok(true)
    }
}
