//! Sessions in memory: by their ids, their users and their numbers.

use std::collections::{BTreeMap, HashMap, HashSet};

use bytes::Bytes;
use lru::LruCache;

use super::super::lines::{lines, records};
use super::super::{Batch, Invited, LogError, Number, Stored};
use crate::record::{ClientId, HeadRow, Receipt, Record, Seq, SessionId, UserId};

pub(super) struct Sessions {
    by_id: LruCache<SessionId, Session>,
    /// Of the owner and of who takes part.
    by_user: HashMap<UserId, HashSet<SessionId>>,
    by_number: BTreeMap<Number, SessionId>,
    last_number: Number,
}

pub(super) struct Session {
    number: Number,
    row: HeadRow,
    appends: Vec<Append>,
    client_ids: Vec<(ClientId, Seq)>,
    participants: Vec<UserId>,
    receipts: BTreeMap<UserId, Receipt>,
}

/// The records of one append, as the text that they are on disk: smaller than they are to whoever reads them, of whom
/// there are few.
#[derive(Clone)]
pub(super) struct Append {
    first: Seq,
    lines: Bytes,
}

impl Append {
    pub(super) fn records(&self) -> Vec<Record> {
        let lines = str::from_utf8(&self.lines).expect("they were text");
        records(lines, self.first).expect("they were written here")
    }
}

impl Session {
    fn extend(&mut self, batch: Batch) {
        let first = batch.expected + 1;
        let named = batch.client_id.map(|id| (id, first));
        self.client_ids.extend(named);
        let lines = lines(&batch.records).into();
        self.appends.push(Append { first, lines });
        self.row = batch.row;
    }

    fn has(&self, user: &UserId) -> bool {
        self.row.owner == *user || self.participants.contains(user)
    }

    /// The appends of the records after `after`, as many as it takes for `limit` of them.
    pub(super) fn appends(&self, after: Seq, limit: usize) -> Vec<Append> {
        if self.row.head <= after {
            return Vec::new();
        }
        let later = self.appends.partition_point(|append| append.first <= after);
        // Of the one before them there may be some left.
        let appends = self.appends[later.saturating_sub(1)..].iter();
        let last = after.saturating_add(limit as Seq);
        appends
            .take_while(|append| append.first <= last)
            .cloned()
            .collect()
    }

    pub(super) fn stored(&self) -> Stored {
        let receipts = self.receipts.iter();
        Stored {
            row: self.row.clone(),
            client_ids: self.client_ids.clone(),
            participants: self.participants.clone(),
            receipts: receipts
                .map(|(user, receipt)| (user.clone(), *receipt))
                .collect(),
        }
    }
}

impl Sessions {
    pub(super) fn new() -> Self {
        Self {
            by_id: LruCache::unbounded(),
            by_user: HashMap::new(),
            by_number: BTreeMap::new(),
            last_number: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// The session, which is in use now.
    pub(super) fn used(&mut self, session: &SessionId) -> Result<&mut Session, LogError> {
        self.by_id.get_mut(session).ok_or(LogError::NoSession)
    }

    pub(super) fn append(&mut self, mut batch: Batch) -> Result<(), LogError> {
        let held = self.by_id.get_mut(&batch.row.session);
        let head = held.as_ref().map_or(0, |held| held.row.head);
        if head != batch.expected {
            let expected = batch.expected;
            return Err(LogError::Conflict { head, expected });
        }
        let session = batch.row.session.clone();
        let participants = std::mem::take(&mut batch.participants);
        match held {
            Some(held) => held.extend(batch),
            None => self.insert(batch),
        }
        for user in participants {
            self.invite(&session, &user, usize::MAX)?;
        }
        Ok(())
    }

    fn insert(&mut self, batch: Batch) {
        let (session, owner) = (batch.row.session.clone(), batch.row.owner.clone());
        self.last_number += 1;
        self.by_number.insert(self.last_number, session.clone());
        self.list(&session, owner);
        let mut held = Session {
            number: self.last_number,
            row: batch.row.clone(),
            appends: Vec::new(),
            client_ids: Vec::new(),
            participants: Vec::new(),
            receipts: BTreeMap::new(),
        };
        held.extend(batch);
        self.by_id.put(session, held);
    }

    pub(super) fn invite(
        &mut self,
        session: &SessionId,
        user: &UserId,
        max: usize,
    ) -> Result<Invited, LogError> {
        let held = self.used(session)?;
        if held.has(user) {
            return Ok(Invited::Already);
        }
        if held.participants.len() >= max {
            return Ok(Invited::Full);
        }
        held.participants.push(user.clone());
        self.list(session, user.clone());
        Ok(Invited::Joined)
    }

    pub(super) fn receive(
        &mut self,
        session: &SessionId,
        user: &UserId,
        receipt: Receipt,
    ) -> Result<Receipt, LogError> {
        let held = self.used(session)?;
        let before = held.receipts.get(user).copied().unwrap_or_default();
        let raised = before.raised(receipt, held.row.head);
        if raised != before {
            held.receipts.insert(user.clone(), raised);
        }
        Ok(raised)
    }

    pub(super) fn forget_oldest(&mut self) {
        if let Some((session, held)) = self.by_id.pop_lru() {
            self.unlist(&session, &held);
        }
    }

    pub(super) fn erase(&mut self, session: &SessionId) -> bool {
        let Some(held) = self.by_id.pop(session) else {
            return false;
        };
        self.unlist(session, &held);
        true
    }

    fn list(&mut self, session: &SessionId, user: UserId) {
        let sessions = self.by_user.entry(user).or_default();
        sessions.insert(session.clone());
    }

    fn unlist(&mut self, session: &SessionId, held: &Session) {
        self.by_number.remove(&held.number);
        for user in held.participants.iter().chain([&held.row.owner]) {
            if let Some(sessions) = self.by_user.get_mut(user) {
                sessions.remove(session);
                if sessions.is_empty() {
                    self.by_user.remove(user);
                }
            }
        }
    }

    /// The rows of the sessions that `user` owns or takes part in.
    pub(super) fn rows_of<'a>(&'a self, user: &UserId) -> impl Iterator<Item = &'a HeadRow> {
        let sessions = self.by_user.get(user).into_iter().flatten();
        sessions.filter_map(|session| self.by_id.peek(session).map(|held| &held.row))
    }

    /// The rows of all sessions with numbers above `after`, in the order of their numbers.
    pub(super) fn rows_after(&self, after: Number) -> impl Iterator<Item = (Number, &HeadRow)> {
        let later = self.by_number.range(after.saturating_add(1)..);
        later.filter_map(|(number, session)| Some((*number, &self.by_id.peek(session)?.row)))
    }
}
