//! A seat: a conversation in memory, with what its owner needs around it. One writer at a time.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use smol_str::SmolStr;
use tokio::task::AbortHandle;
use xxhash_rust::xxh3::xxh3_128;

use super::bucket::{Bucket, Rate};
use super::members::Members;
use super::permits::Saying;
use super::{ChatError, WAITING_MAX};
use crate::bot::WorkId;
use crate::log::Stored;
use crate::record::{ClientId, HeadRow, Seq, SessionId, UserId, Waits};
use crate::registry::Live;

pub(super) struct Seat {
    pub(super) id: SessionId,
    pub(super) owner: UserId,
    /// The session's own lock: held across the append, so that steps follow one another.
    pub(super) current: tokio::sync::Mutex<Current>,
    /// The last record's place, for who does not want to wait for the lock.
    head: AtomicU64,
    // std Mutexes, and not tokio's: nothing waits while one is held.
    client_ids: Mutex<Option<ClientIds>>,
    /// Of the owner's messages: of these there are most, and a bucket a seat is enough for them.
    bucket: Mutex<Bucket>,
    members: Mutex<Members>,
    /// How many wait for the lock. An `AtomicU32`, so that it takes eight bytes together with what follows.
    waiting: AtomicU32,
    /// Whether the machine waits for an effect.
    bot_types: AtomicBool,
}

/// Where the messages stand that had client ids. In a box, because most seats have none. Whoever chose ids for their hashes
/// would slow down nobody but their own session.
type ClientIds = Box<HashMap<ClientId, Seq, RandomState>>;

/// What the last step left.
pub(super) struct Current {
    pub(super) live: Box<dyn Live>,
    pub(super) row: Kept,
    pub(super) jobs: BTreeMap<WorkId, AbortHandle>,
    pub(super) erased: bool,
    pub(super) watch: Watch,
}

/// What is known of the alarm for when nobody has said anything for long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Watch {
    /// Nothing: there may be none.
    #[default]
    Unknown,
    /// When it rings, there has been silence for long: nobody has said anything since it was set.
    Fresh,
    /// Somebody has.
    Stale,
}

/// A head row as a seat keeps it: without whose it is, which the seat has beside it, and without the state, which the
/// machine has.
pub(super) struct Kept {
    pub(super) bot: SmolStr,
    opened_as: Option<ClientId>,
    shape: SmolStr,
    created: Timestamp,
    pub(super) used: Timestamp,
    pub(super) head: Seq,
    pub(super) at: Timestamp,
    pub(super) waits: Waits,
}

impl Kept {
    pub(super) fn of(row: HeadRow) -> Self {
        Self {
            bot: row.bot,
            opened_as: row.opened_as,
            shape: row.shape,
            created: row.created,
            used: row.used,
            head: row.head,
            at: row.at,
            waits: row.waits,
        }
    }
}

/// A place in the line before a seat's lock.
pub(super) struct Turn<'a>(&'a Seat);

impl Seat {
    pub(super) fn new(stored: Stored, live: Box<dyn Live>, rate: Rate) -> Self {
        let members = Members::of(&stored);
        let row = stored.row;
        let named = stored.client_ids;
        let client_ids = (!named.is_empty()).then(|| Box::new(named.into_iter().collect()));
        Self {
            id: row.session.clone(),
            owner: row.owner.clone(),
            head: AtomicU64::new(row.head),
            client_ids: Mutex::new(client_ids),
            current: tokio::sync::Mutex::new(Current {
                live,
                row: Kept::of(row),
                jobs: BTreeMap::new(),
                erased: false,
                watch: Watch::Unknown,
            }),
            bucket: Mutex::new(Bucket::full(rate, Instant::now())),
            members: Mutex::new(members),
            waiting: AtomicU32::new(0),
            bot_types: AtomicBool::new(false),
        }
    }

    /// The head row of `current`, which is this seat's; without the state.
    pub(super) fn row(&self, current: &Current) -> HeadRow {
        let row = &current.row;
        HeadRow {
            session: self.id.clone(),
            bot: row.bot.clone(),
            owner: self.owner.clone(),
            opened_as: row.opened_as.clone(),
            shape: row.shape.clone(),
            created: row.created,
            used: row.used,
            head: row.head,
            at: row.at,
            state: Arc::default(),
            waits: row.waits,
        }
    }

    /// The last record's place.
    pub(super) fn head(&self) -> Seq {
        self.head.load(Ordering::Acquire)
    }

    /// By what `client_id` is known when it is `user`'s: two people may give the same name to messages of theirs. The
    /// owner's stand as they are, and others' as a hash of both.
    pub(super) fn name_of(&self, user: &UserId, client_id: &ClientId) -> ClientId {
        if *user == self.owner {
            return client_id.clone();
        }
        let both = format!("{user} {client_id}");
        let name = format!("~{:032x}", xxh3_128(both.as_bytes()));
        name.parse().expect("a hash in hexadecimal is an id")
    }

    /// Where the message that had this client id stands.
    pub(super) fn known(&self, client_id: &ClientId) -> Option<Seq> {
        self.client_ids().as_ref()?.get(client_id).copied()
    }

    /// The log has records up to `head` now, one of them perhaps a message with a client id.
    pub(super) fn advance(&self, head: Seq, client_id: Option<(ClientId, Seq)>) {
        if let Some((client_id, seq)) = client_id {
            let mut client_ids = self.client_ids();
            client_ids.get_or_insert_default().insert(client_id, seq);
        }
        self.head.store(head, Ordering::Release);
    }

    fn client_ids(&self) -> MutexGuard<'_, Option<ClientIds>> {
        self.client_ids
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Its people beside the owner.
    pub(super) fn members(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes whether the machine waits for an effect; says whether that is new.
    pub(super) fn note_bot_types(&self, types: bool) -> bool {
        self.bot_types.swap(types, Ordering::AcqRel) != types
    }

    /// Whether the machine waits for an effect.
    pub(super) fn bot_types(&self) -> bool {
        self.bot_types.load(Ordering::Acquire)
    }

    /// Takes a permit for a message of `user`.
    pub(super) fn take_permit(&self, user: &UserId, rate: Rate) -> Result<(), ChatError> {
        if *user != self.owner {
            return self.take_permit_for(user, Saying::Message, rate);
        }
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = bucket.take(rate, Instant::now());
        taken.map_err(|retry_after| ChatError::RateLimited { retry_after })
    }

    /// Takes a permit for what `user` says beside messages.
    pub(super) fn take_aside_permit(&self, user: &UserId, rate: Rate) -> Result<(), ChatError> {
        self.take_permit_for(user, Saying::Aside, rate)
    }

    fn take_permit_for(&self, user: &UserId, saying: Saying, rate: Rate) -> Result<(), ChatError> {
        let mut members = self.members();
        let taken = members.permits.take(user, saying, rate, Instant::now());
        taken.map_err(|retry_after| ChatError::RateLimited { retry_after })
    }

    /// Takes a place in the line, unless it is full.
    pub(super) fn line_up(&self) -> Result<Turn<'_>, ChatError> {
        let turn = Turn(self);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING_MAX {
            return Err(ChatError::Busy);
        }
        Ok(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// There is one for each conversation in memory, in an `Arc`, which adds two counters.
    #[test]
    fn a_seat_fits_a_class_of_the_allocator() {
        const COUNTERS: usize = 2 * size_of::<usize>();
        // jemalloc's classes around it are of 320, 384 and 448 bytes: one more byte would cost 64.
        assert!(size_of::<Seat>() + COUNTERS <= 384, "{}", size_of::<Seat>());
    }
}
