//! A slot: one stream, as far as the hub knows it.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use jiff::Timestamp;
use smol_str::SmolStr;

use super::passing::{Parcel, Passing};
use crate::identity::Identity;
use crate::record::{Seq, SessionId};

/// Who listens, and to what.
#[derive(Clone, Debug)]
pub struct Listener {
    /// The stream's own name.
    pub stream: SmolStr,
    /// Whose it is.
    pub identity: Arc<Identity>,
    /// The conversation that it follows.
    pub session: Option<SessionId>,
    /// What it listens to beside.
    pub topics: Topics,
    /// Whether its user's own messages come back on it.
    pub echo: bool,
}

impl Listener {
    /// A stream of `session` and of nothing else.
    pub fn of(session: SessionId, stream: impl Into<SmolStr>, identity: Arc<Identity>) -> Self {
        Self {
            stream: stream.into(),
            identity,
            session: Some(session),
            topics: Topics::default(),
            echo: true,
        }
    }
}

/// What a stream can listen to beside its conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    /// What administrators send.
    pub notifications: bool,
    /// Who waits for a person.
    pub inbox: bool,
}

impl Topics {
    const NOTIFICATIONS: &str = "notifications";
    const INBOX: &str = "inbox";

    /// All there are, as they are asked for.
    pub const NAMES: [&str; 2] = [Self::NOTIFICATIONS, Self::INBOX];

    /// Those that are listened to, as they are asked for.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let listened = Self::NAMES
            .into_iter()
            .zip([self.notifications, self.inbox]);
        let listened = listened.filter(|(_, listens)| *listens);
        listened.map(|(name, _)| name).collect()
    }

    /// Adds the topic of this name. Says whether there is one.
    #[must_use]
    pub fn add(&mut self, name: &str) -> bool {
        match name {
            Self::NOTIFICATIONS => self.notifications = true,
            Self::INBOX => self.inbox = true,
            _ => return false,
        }
        true
    }
}

/// One open stream.
pub(super) struct Slot {
    /// Shared with what is remembered of deliveries, which outlives the stream.
    pub(super) listener: Arc<Listener>,
    pub(super) since: Timestamp,
    pub(super) waker: AtomicWaker,
    /// Up to where the stream had the log when it last looked.
    pub(super) seen: AtomicU64,
    /// Where the head of its conversation was when it opened.
    pub(super) head: AtomicU64,
    /// How many events it was sent.
    pub(super) sent: AtomicU64,
    /// Until when its token is good, in milliseconds since 1970.
    expires: AtomicI64,
    expired: AtomicBool,
    evicted: AtomicBool,
    has_passing: AtomicBool,
    passing: Mutex<Passing>,
}

impl Slot {
    pub(super) fn new(listener: Listener, since: Timestamp) -> Self {
        Self {
            since,
            waker: AtomicWaker::new(),
            seen: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            head: AtomicU64::new(0),
            expires: AtomicI64::new(listener.identity.expires.as_millisecond()),
            expired: AtomicBool::new(false),
            evicted: AtomicBool::new(false),
            has_passing: AtomicBool::new(false),
            passing: Mutex::default(),
            listener: Arc::new(listener),
        }
    }

    pub(super) fn see(&self, seq: Seq) {
        self.seen.store(seq, Ordering::Relaxed);
    }

    pub(super) fn count(&self, events: u64) {
        self.sent.fetch_add(events, Ordering::Relaxed);
    }

    /// Has something that passes wait for the stream, if there is room, and wakes it.
    pub(super) fn tell(&self, parcel: Parcel, now: Timestamp) {
        self.passing().push(parcel, now);
        self.has_passing.store(true, Ordering::Release);
        self.waker.wake();
    }

    /// What waits, as one piece to send, and how many events it holds. There may be more after it.
    pub(super) fn take(&self) -> Option<(Bytes, u64)> {
        if !self.has_passing.load(Ordering::Acquire) {
            return None;
        }
        let mut passing = self.passing();
        let taken = passing.take();
        self.has_passing
            .store(!passing.is_empty(), Ordering::Release);
        taken
    }

    /// Whether an event that passes can still reach it at `now`.
    pub(super) fn listens(&self, now: Timestamp) -> bool {
        !self.has_expired() && self.expires() > now.as_millisecond()
    }

    /// How many records of its conversation it has yet to take, if the last one published is at `head`.
    pub(super) fn behind(&self, head: Seq) -> u64 {
        let head = head.max(self.head.load(Ordering::Relaxed));
        head.saturating_sub(self.seen.load(Ordering::Relaxed))
    }

    /// How many events that passed it never got.
    pub(super) fn skipped(&self) -> u64 {
        self.passing().skipped_in_all()
    }

    /// When its token ends, in milliseconds since 1970.
    pub(super) fn expires(&self) -> i64 {
        self.expires.load(Ordering::Relaxed)
    }

    /// Its token is good until `expires` now, if it was not for longer before.
    pub(super) fn extend(&self, expires: Timestamp) {
        self.expires
            .fetch_max(expires.as_millisecond(), Ordering::Relaxed);
    }

    /// Ends the stream because its token is not good any more.
    pub(super) fn expire(&self) {
        self.expired.store(true, Ordering::Release);
        self.waker.wake();
    }

    /// Ends the stream because its user may not see the conversation any more.
    pub(super) fn evict(&self) {
        self.evicted.store(true, Ordering::Release);
        self.waker.wake();
    }

    pub(super) fn is_evicted(&self) -> bool {
        self.evicted.load(Ordering::Acquire)
    }

    pub(super) fn has_expired(&self) -> bool {
        self.expired.load(Ordering::Acquire)
    }

    fn passing(&self) -> MutexGuard<'_, Passing> {
        self.passing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
