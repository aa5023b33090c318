//! The hub: the open streams, and who gets what.
//!
//! The hub wakes; it does not deliver. A woken stream looks for itself at what is new, in its session's channel
//! or in the log, so a wake-up that is lost or doubled costs at most a heartbeat.

mod channel;
pub mod presence;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::Notify;

use crate::event::{Heartbeat, passing};
use crate::record::{Record, Seq, SessionId};

use channel::{Channel, Slot};
pub use channel::{News, piece};

/// How many streams may be open.
#[derive(Clone, Copy, Debug)]
pub struct HubLimits {
    /// In all.
    pub streams_max: usize,
    /// To one session.
    pub streams_per_session: usize,
}

/// The stream cannot be opened now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The server has as many streams as it takes.
    #[error("the server has as many open streams as it takes")]
    Full,
    /// The session has as many streams as it takes.
    #[error("this conversation is open in too many places; close one of them")]
    SessionFull,
    /// The server is about to stop.
    #[error("the server is restarting")]
    Closing,
}

impl Refused {
    /// The reason in a word, for counting.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::SessionFull => "session_full",
            Self::Closing => "restarting",
        }
    }
}

/// All open streams of this process.
pub struct Hub {
    // std Mutexes, and not tokio's: nothing waits while one is held.
    channels: Mutex<HashMap<SessionId, Arc<Channel>>>,
    open: AtomicUsize,
    limits: HubLimits,
    beats: AtomicU64,
    beat: Mutex<Bytes>,
    closing: AtomicBool,
    emptied: Notify,
}

/// One stream's place in the hub. Dropping it gives the place up.
pub struct Subscription {
    hub: Arc<Hub>,
    channel: Arc<Channel>,
    slot: Arc<Slot>,
    beats_seen: u64,
}

impl Hub {
    /// A hub without streams.
    #[must_use]
    pub fn new(limits: HubLimits) -> Arc<Self> {
        Arc::new(Self {
            channels: Mutex::default(),
            open: AtomicUsize::new(0),
            limits,
            beats: AtomicU64::new(0),
            beat: Mutex::default(),
            closing: AtomicBool::new(false),
            emptied: Notify::new(),
        })
    }

    /// Registers a stream to `session`.
    ///
    /// # Errors
    /// [`Refused`], if a limit is reached or the server is about to stop.
    pub fn subscribe(self: &Arc<Self>, session: &SessionId) -> Result<Subscription, Refused> {
        if self.closing.load(Ordering::Acquire) {
            return Err(Refused::Closing);
        }
        let mut channels = self.lock();
        if self.open.load(Ordering::Relaxed) >= self.limits.streams_max {
            return Err(Refused::Full);
        }
        let channel = match channels.get(session) {
            Some(channel) => Arc::clone(channel),
            None => {
                let channel = Arc::new(Channel::default());
                channels.insert(session.clone(), Arc::clone(&channel));
                channel
            }
        };
        let slot = Arc::new(Slot::new(session.clone()));
        if !channel.add(&slot, self.limits.streams_per_session) {
            return Err(Refused::SessionFull);
        }
        self.open.fetch_add(1, Ordering::Relaxed);
        Ok(Subscription {
            hub: Arc::clone(self),
            channel,
            slot,
            beats_seen: self.beats.load(Ordering::Relaxed),
        })
    }

    /// Tells the streams of `session` that `records` are in its log now.
    pub fn publish(&self, session: &SessionId, records: &[Record]) {
        let channel = self.lock().get(session).cloned();
        if let Some(channel) = channel {
            channel.push(session, records);
        }
    }

    /// Ends the streams of a session that is no more.
    pub fn end(&self, session: &SessionId) {
        let channel = self.lock().get(session).cloned();
        if let Some(channel) = channel {
            channel.end();
        }
    }

    /// Sends all streams a sign of life, and has them compare what they have with the log.
    pub fn beat(&self, at: Timestamp) {
        *self.beat.lock().unwrap_or_else(PoisonError::into_inner) =
            passing("heartbeat", &Heartbeat { at }, None);
        self.beats.fetch_add(1, Ordering::Release);
        self.wake_all();
    }

    /// Refuses new streams from now on and has the open ones say so and end.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Release);
        self.wake_all();
    }

    /// Whether [`Hub::close`] was called.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// Waits until no stream is open.
    pub async fn emptied(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.open() == 0 {
                return;
            }
            emptied.await;
        }
    }

    /// How many streams are open.
    #[must_use]
    pub fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    fn wake_all(&self) {
        let channels: Vec<Arc<Channel>> = self.lock().values().cloned().collect();
        for channel in channels {
            channel.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, Arc<Channel>>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscription {
    /// The session it follows.
    #[must_use]
    pub fn session(&self) -> &SessionId {
        &self.slot.session
    }

    /// Has `cx` woken when something is new. Register first, then look: what comes in between wakes again.
    pub fn register(&self, cx: &Context<'_>) {
        self.slot.waker.register(cx.waker());
    }

    /// What is new after `cursor`.
    #[must_use]
    pub fn news(&self, cursor: Seq) -> News {
        self.slot.seen.store(cursor, Ordering::Relaxed);
        self.channel.news(cursor)
    }

    /// A heartbeat that has not been sent on this stream yet.
    pub fn poll_beat(&mut self) -> Poll<Bytes> {
        let beats = self.hub.beats.load(Ordering::Acquire);
        if beats == self.beats_seen {
            return Poll::Pending;
        }
        self.beats_seen = beats;
        Poll::Ready(
            self.hub
                .beat
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        )
    }

    /// Whether the server is about to stop.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.hub.is_closing()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut channels = self.hub.lock();
        if self.channel.remove(&self.slot) == 0 {
            channels.remove(&self.slot.session);
        }
        if self.hub.open.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.hub.emptied.notify_waiters();
        }
    }
}
