//! A log in memory: gone with the process. Bounded by the number of its sessions and of their records, and of the
//! notifications that it keeps; not by bytes. Revocations are as many as users of whom something was voided.

mod notices;
mod sessions;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::{Batch, Invited, Log, LogError, LogFuture, Number, Stored};
use crate::record::{ClientId, HeadRow, Kept, Receipt, Record, Seq, SessionId, UserId};

use notices::Notices;
use sessions::{Append, Session, Sessions};

/// Sessions in memory. Past its limit it forgets the least recently used: a session that is written to, read or
/// followed is in use.
pub struct MemoryLog {
    // std Mutexes, and not tokio's: nothing waits while one is held, and no two are held at once.
    sessions: Mutex<Sessions>,
    notices: Mutex<Notices>,
    revocations: Mutex<BTreeMap<UserId, Timestamp>>,
    sessions_max: usize,
}

impl MemoryLog {
    /// An empty log that holds up to `sessions_max` sessions.
    #[must_use]
    pub fn new(sessions_max: usize) -> Self {
        Self {
            sessions: Mutex::new(Sessions::new()),
            notices: Mutex::new(Notices::new()),
            revocations: Mutex::default(),
            sessions_max,
        }
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        locked(&self.sessions)
    }

    fn append_now(&self, batch: Batch) -> Result<(), LogError> {
        let mut sessions = self.sessions();
        sessions.append(batch)?;
        while sessions.len() > self.sessions_max.max(1) {
            sessions.forget_oldest();
        }
        Ok(())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing between two writes of one method can panic, so a poisoned lock still guards what is whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer<T: Send + 'static>(result: Result<T, LogError>) -> LogFuture<T> {
    Box::pin(std::future::ready(result))
}

impl Log for MemoryLog {
    fn append(&self, batch: Batch) -> LogFuture<()> {
        answer(self.append_now(batch))
    }

    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>> {
        let used = |held: &mut Session| held.appends(after, limit);
        // Made records again only when the sessions are not locked any more.
        let appends = self.sessions().used(session).map(used);
        answer(appends.map(|appends| {
            let records = appends.iter().flat_map(Append::records);
            let records = records.skip_while(|record| record.seq <= after);
            records.take(limit).collect()
        }))
    }

    fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>> {
        let mut sessions = self.sessions();
        let stored = sessions.used(session).map(|held| held.stored());
        answer(Ok(stored.ok()))
    }

    fn of_user(&self, user: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>> {
        let sessions = self.sessions();
        let mut rows: Vec<&HeadRow> = sessions.rows_of(user).collect();
        rows.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.session.cmp(&b.session)));
        answer(Ok(rows.into_iter().take(limit).cloned().collect()))
    }

    fn opened_as(&self, owner: &UserId, client_id: &ClientId) -> LogFuture<Option<HeadRow>> {
        let sessions = self.sessions();
        let mut owned = sessions.rows_of(owner).filter(|row| row.owner == *owner);
        let row = owned.find(|row| row.opened_as.as_ref() == Some(client_id));
        answer(Ok(row.cloned()))
    }

    fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>> {
        let sessions = self.sessions();
        let rows = sessions.rows_after(after).take(limit);
        answer(Ok(rows
            .map(|(number, row)| (number, row.clone()))
            .collect()))
    }

    fn erase(&self, session: &SessionId) -> LogFuture<bool> {
        answer(Ok(self.sessions().erase(session)))
    }

    fn invite(&self, session: &SessionId, user: &UserId, max: usize) -> LogFuture<Invited> {
        answer(self.sessions().invite(session, user, max))
    }

    fn receive(&self, session: &SessionId, user: &UserId, receipt: Receipt) -> LogFuture<Receipt> {
        answer(self.sessions().receive(session, user, receipt))
    }

    fn revoke(&self, user: &UserId, before: Timestamp) -> LogFuture<()> {
        let mut revocations = locked(&self.revocations);
        let held = revocations.entry(user.clone()).or_insert(before);
        *held = before.max(*held);
        answer(Ok(()))
    }

    fn revocations(&self) -> LogFuture<Vec<(UserId, Timestamp)>> {
        let revocations = locked(&self.revocations);
        let revocations = revocations.iter();
        answer(Ok(revocations
            .map(|(user, before)| (user.clone(), *before))
            .collect()))
    }

    fn keep(&self, kept: Kept) -> LogFuture<bool> {
        answer(Ok(locked(&self.notices).keep(kept)))
    }

    fn kept(&self, now: Timestamp, limit: usize) -> LogFuture<Vec<(Kept, Vec<UserId>)>> {
        answer(Ok(locked(&self.notices).kept(now, limit)))
    }

    fn delivered(&self, id: &str, user: &UserId) -> LogFuture<bool> {
        answer(Ok(locked(&self.notices).delivered(id, user)))
    }

    fn forget_kept(&self, now: Timestamp) -> LogFuture<()> {
        locked(&self.notices).forget(now);
        answer(Ok(()))
    }

    fn probe(&self) -> LogFuture<()> {
        answer(Ok(()))
    }
}
