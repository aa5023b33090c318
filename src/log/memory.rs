//! A log in memory: gone with the process. Bounded by the number of its sessions and of their records, not by bytes.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use super::{Batch, Log, LogError, LogFuture};
use crate::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};

/// Sessions in memory. Past its limit it forgets the least recently used: a session that is written to, read or
/// followed is in use.
pub struct MemoryLog {
    // A std Mutex, and not tokio's: nothing waits while it is held.
    sessions: Mutex<Sessions>,
    sessions_max: usize,
}

struct Sessions {
    by_id: LruCache<SessionId, Stored>,
    by_owner: HashMap<UserId, HashSet<SessionId>>,
}

struct Stored {
    row: HeadRow,
    records: Vec<Record>,
    client_ids: HashMap<ClientId, Seq>,
}

impl MemoryLog {
    /// An empty log that holds up to `sessions_max` sessions.
    #[must_use]
    pub fn new(sessions_max: usize) -> Self {
        Self {
            sessions: Mutex::new(Sessions {
                by_id: LruCache::unbounded(),
                by_owner: HashMap::new(),
            }),
            sessions_max,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Sessions> {
        // Nothing between two writes of one method can panic, so a poisoned lock still guards whole sessions.
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append_now(&self, batch: Batch) -> Result<(), LogError> {
        let mut sessions = self.lock();
        let stored = sessions.by_id.get_mut(&batch.row.session);
        let head = stored.as_ref().map_or(0, |stored| stored.row.head);
        if head != batch.expected {
            let expected = batch.expected;
            return Err(LogError::Conflict { head, expected });
        }
        match stored {
            Some(stored) => {
                stored.records.extend(batch.records);
                stored.client_ids.extend(batch.client_id);
                stored.row = batch.row;
            }
            None => sessions.insert(batch),
        }
        while sessions.by_id.len() > self.sessions_max.max(1) {
            sessions.forget_oldest();
        }
        Ok(())
    }
}

impl Sessions {
    fn insert(&mut self, batch: Batch) {
        let row = &batch.row;
        let owned = self.by_owner.entry(row.owner.clone()).or_default();
        owned.insert(row.session.clone());
        let stored = Stored {
            records: batch.records,
            client_ids: batch.client_id.into_iter().collect(),
            row: batch.row,
        };
        self.by_id.put(stored.row.session.clone(), stored);
    }

    fn forget_oldest(&mut self) {
        if let Some((session, stored)) = self.by_id.pop_lru() {
            self.disown(&stored.row.owner, &session);
        }
    }

    fn erase(&mut self, session: &SessionId) -> bool {
        let Some(stored) = self.by_id.pop(session) else {
            return false;
        };
        self.disown(&stored.row.owner, session);
        true
    }

    fn disown(&mut self, owner: &UserId, session: &SessionId) {
        if let Some(owned) = self.by_owner.get_mut(owner) {
            owned.remove(session);
            if owned.is_empty() {
                self.by_owner.remove(owner);
            }
        }
    }
}

fn answer<T: Send + 'static>(result: Result<T, LogError>) -> LogFuture<T> {
    Box::pin(std::future::ready(result))
}

impl Log for MemoryLog {
    fn append(&self, batch: Batch) -> LogFuture<()> {
        answer(self.append_now(batch))
    }

    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>> {
        let mut sessions = self.lock();
        let records = sessions.by_id.get(session).map(|stored| {
            let start = usize::try_from(after).unwrap_or(usize::MAX);
            let rest = stored.records.get(start..).unwrap_or_default();
            rest[..rest.len().min(limit)].to_vec()
        });
        answer(records.ok_or(LogError::NoSession))
    }

    fn row(&self, session: &SessionId) -> LogFuture<Option<HeadRow>> {
        let mut sessions = self.lock();
        answer(Ok(sessions
            .by_id
            .get(session)
            .map(|stored| stored.row.clone())))
    }

    fn by_client_id(&self, session: &SessionId, client_id: &ClientId) -> LogFuture<Option<Seq>> {
        let sessions = self.lock();
        let stored = sessions.by_id.peek(session);
        answer(Ok(
            stored.and_then(|stored| stored.client_ids.get(client_id).copied())
        ))
    }

    fn of_owner(&self, owner: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>> {
        let sessions = self.lock();
        let owned = sessions.by_owner.get(owner).into_iter().flatten();
        let mut rows: Vec<HeadRow> = owned
            .filter_map(|session| Some(sessions.by_id.peek(session)?.row.clone()))
            .collect();
        rows.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.session.cmp(&b.session)));
        rows.truncate(limit);
        answer(Ok(rows))
    }

    fn erase(&self, session: &SessionId) -> LogFuture<bool> {
        answer(Ok(self.lock().erase(session)))
    }
}
