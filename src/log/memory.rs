//! A log in memory: gone with the process. Bounded by the number of its sessions and of their records, not by bytes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use super::{Batch, Log, LogError, LogFuture, Number, Stored};
use crate::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};

/// Sessions in memory. Past its limit it forgets the least recently used: a session that is written to, read or
/// followed is in use.
pub struct MemoryLog {
    // A std Mutex, and not tokio's: nothing waits while it is held.
    sessions: Mutex<Sessions>,
    sessions_max: usize,
}

struct Sessions {
    by_id: LruCache<SessionId, Kept>,
    by_owner: HashMap<UserId, HashSet<SessionId>>,
    by_number: BTreeMap<Number, SessionId>,
    last_number: Number,
}

struct Kept {
    number: Number,
    row: HeadRow,
    records: Vec<Record>,
    client_ids: Vec<(ClientId, Seq)>,
}

impl MemoryLog {
    /// An empty log that holds up to `sessions_max` sessions.
    #[must_use]
    pub fn new(sessions_max: usize) -> Self {
        Self {
            sessions: Mutex::new(Sessions {
                by_id: LruCache::unbounded(),
                by_owner: HashMap::new(),
                by_number: BTreeMap::new(),
                last_number: 0,
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
        let kept = sessions.by_id.get_mut(&batch.row.session);
        let head = kept.as_ref().map_or(0, |kept| kept.row.head);
        if head != batch.expected {
            let expected = batch.expected;
            return Err(LogError::Conflict { head, expected });
        }
        match kept {
            Some(kept) => kept.extend(batch),
            None => sessions.insert(batch),
        }
        while sessions.by_id.len() > self.sessions_max.max(1) {
            sessions.forget_oldest();
        }
        Ok(())
    }
}

impl Kept {
    fn extend(&mut self, batch: Batch) {
        let named = batch.client_id.map(|id| (id, batch.expected + 1));
        self.client_ids.extend(named);
        self.records.extend(batch.records);
        self.row = batch.row;
    }
}

impl Sessions {
    fn insert(&mut self, batch: Batch) {
        let (session, owner) = (batch.row.session.clone(), batch.row.owner.clone());
        self.last_number += 1;
        self.by_number.insert(self.last_number, session.clone());
        self.by_owner
            .entry(owner)
            .or_default()
            .insert(session.clone());
        let mut kept = Kept {
            number: self.last_number,
            row: batch.row.clone(),
            records: Vec::new(),
            client_ids: Vec::new(),
        };
        kept.extend(batch);
        self.by_id.put(session, kept);
    }

    fn forget_oldest(&mut self) {
        if let Some((session, kept)) = self.by_id.pop_lru() {
            self.unlist(&session, &kept);
        }
    }

    fn erase(&mut self, session: &SessionId) -> bool {
        let Some(kept) = self.by_id.pop(session) else {
            return false;
        };
        self.unlist(session, &kept);
        true
    }

    fn unlist(&mut self, session: &SessionId, kept: &Kept) {
        self.by_number.remove(&kept.number);
        if let Some(owned) = self.by_owner.get_mut(&kept.row.owner) {
            owned.remove(session);
            if owned.is_empty() {
                self.by_owner.remove(&kept.row.owner);
            }
        }
    }

    fn rows_of<'a>(&'a self, owner: &UserId) -> impl Iterator<Item = &'a HeadRow> {
        let owned = self.by_owner.get(owner).into_iter().flatten();
        owned.filter_map(|session| self.by_id.peek(session).map(|kept| &kept.row))
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
        let records = sessions.by_id.get(session).map(|kept| {
            let start = usize::try_from(after).unwrap_or(usize::MAX);
            let rest = kept.records.get(start..).unwrap_or_default();
            rest[..rest.len().min(limit)].to_vec()
        });
        answer(records.ok_or(LogError::NoSession))
    }

    fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>> {
        let mut sessions = self.lock();
        let stored = sessions.by_id.get(session).map(|kept| Stored {
            row: kept.row.clone(),
            client_ids: kept.client_ids.clone(),
        });
        answer(Ok(stored))
    }

    fn of_owner(&self, owner: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>> {
        let sessions = self.lock();
        let mut rows: Vec<&HeadRow> = sessions.rows_of(owner).collect();
        rows.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.session.cmp(&b.session)));
        answer(Ok(rows.into_iter().take(limit).cloned().collect()))
    }

    fn opened_as(&self, owner: &UserId, client_id: &ClientId) -> LogFuture<Option<HeadRow>> {
        let sessions = self.lock();
        let mut rows = sessions.rows_of(owner);
        let row = rows.find(|row| row.opened_as.as_ref() == Some(client_id));
        answer(Ok(row.cloned()))
    }

    fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>> {
        let sessions = self.lock();
        let later = sessions.by_number.range(after.saturating_add(1)..);
        let rows = later.filter_map(|(number, session)| {
            let kept = sessions.by_id.peek(session)?;
            Some((*number, kept.row.clone()))
        });
        answer(Ok(rows.take(limit).collect()))
    }

    fn erase(&self, session: &SessionId) -> LogFuture<bool> {
        answer(Ok(self.lock().erase(session)))
    }

    fn probe(&self) -> LogFuture<()> {
        answer(Ok(()))
    }
}
