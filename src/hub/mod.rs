//! The hub: the open streams, and who gets what.
//!
//! The hub wakes; it does not deliver. A woken stream looks for itself at what is new, in its session's channel
//! or in the log, so a wake-up that is lost or doubled costs at most a heartbeat.
//!
//! What passes and is in no log (who is typing, a notification) it does deliver: each stream has a bounded queue for it.

mod audience;
mod channel;
mod client;
mod delivery;
mod expiry;
mod lingering;
mod passing;
mod past;
pub mod presence;
mod slot;
mod subscription;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use jiff::Timestamp;
use smol_str::SmolStr;
use tokio::sync::Notify;

use crate::event::{Heartbeat, passing};
use crate::identity::Identity;
use crate::record::{Record, SessionId, UserId};

pub use audience::Audience;
use channel::Channel;
pub use channel::{News, piece};
pub use client::{Client, Traffic};
use delivery::Ticket;
pub use delivery::{Delivery, Fate, Tally};
use lingering::Left;
use passing::Parcel;
use past::Past;
use slot::Slot;
pub use slot::{Listener, Topics};
pub use subscription::Subscription;

/// How many streams may be open.
#[derive(Clone, Copy, Debug)]
pub struct HubLimits {
    /// In all.
    pub streams_max: usize,
    /// To one session.
    pub streams_per_session: usize,
}

/// The stream cannot be opened now, or not gone on with.
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
    /// The token that it was opened with is not good any more.
    #[error("the token that this stream was opened with is not good any more")]
    Expired,
    /// What comes next in the log cannot be read, now or later.
    #[error(
        "what comes next in this conversation is damaged; start a new one, and tell the operator"
    )]
    Damaged,
}

impl Refused {
    /// The reason in a word, for counting.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::SessionFull => "session_full",
            Self::Closing => "restarting",
            Self::Expired => "expired",
            Self::Damaged => "damaged",
        }
    }
}

/// Nobody chooses the ids of sessions, so their hashes need no defence.
type Channels = HashMap<SessionId, Arc<Channel>, RandomState>;

/// All open streams of this process.
pub struct Hub {
    // std Mutexes, and not tokio's: nothing waits while one is held. Where two are, the channels' comes first.
    channels: Mutex<Channels>,
    left: Mutex<Left>,
    /// In the order in which they were opened, but where one that ended made room for the last: what is told to all goes
    /// through sockets and memory as they lie: a tenth less CPU time a delivery than at random.
    slots: Mutex<IndexMap<SmolStr, Arc<Slot>>>,
    limits: HubLimits,
    beats: AtomicU64,
    beat: Mutex<Bytes>,
    closing: AtomicBool,
    /// When the next token of a stream ends, at the earliest; in milliseconds since 1970.
    next_expiry: AtomicI64,
    /// When an event was last sent to any stream, in milliseconds since 1970; [`i64::MIN`] if none was.
    last_event: AtomicI64,
    past: Mutex<Past>,
    emptied: Notify,
}

impl Hub {
    /// A hub without streams.
    #[must_use]
    pub fn new(limits: HubLimits) -> Arc<Self> {
        Arc::new(Self {
            channels: Mutex::default(),
            left: Mutex::default(),
            slots: Mutex::default(),
            limits,
            beats: AtomicU64::new(0),
            beat: Mutex::default(),
            closing: AtomicBool::new(false),
            next_expiry: AtomicI64::new(i64::MAX),
            last_event: AtomicI64::new(i64::MIN),
            past: Mutex::default(),
            emptied: Notify::new(),
        })
    }

    /// Registers the stream of `listener`, whose name must be new.
    ///
    /// # Errors
    /// [`Refused`], if a limit is reached or the server is about to stop.
    pub fn subscribe(
        self: &Arc<Self>,
        listener: Listener,
        now: Timestamp,
    ) -> Result<Subscription, Refused> {
        if self.closing.load(Ordering::Acquire) {
            return Err(Refused::Closing);
        }
        let mut channels = self.channels();
        let mut slots = self.slots();
        if slots.len() >= self.limits.streams_max {
            return Err(Refused::Full);
        }
        let session = listener.session.clone();
        let slot = Arc::new(Slot::new(listener, now));
        let channel = session.map(|session| Arc::clone(channels.entry(session).or_default()));
        if let Some(channel) = &channel
            && !channel.add(&slot, self.limits.streams_per_session)
        {
            return Err(Refused::SessionFull);
        }
        self.next_expiry.fetch_min(slot.expires(), Ordering::AcqRel);
        slots.insert(slot.listener.stream.clone(), Arc::clone(&slot));
        self.note_event(now);
        let beats = self.beats.load(Ordering::Relaxed);
        Ok(Subscription::new(Arc::clone(self), channel, slot, beats))
    }

    /// Tells the streams of `session` that `records`, which were written at `at`, are in its log.
    pub fn publish(&self, session: &SessionId, records: &[Record], at: Timestamp) {
        let channel = self.channels().get(session).cloned();
        if let Some(channel) = channel {
            channel.push(session, records);
            if channel.has_streams() {
                self.note_event(at);
            }
        }
    }

    /// Tells the streams of `session` something that passes; not those of the user `except`.
    pub fn tell(
        &self,
        session: &SessionId,
        event: &Bytes,
        except: Option<&UserId>,
        now: Timestamp,
    ) {
        for slot in self.slots_of(session) {
            if except != Some(&slot.listener.identity.user) {
                slot.tell(Parcel::new(event), now);
                self.note_event(now);
            }
        }
    }

    /// Tells all streams that `matches` something that passes.
    pub fn tell_all(&self, event: &Bytes, matches: impl Fn(&Listener) -> bool, now: Timestamp) {
        let slots = self.slots();
        let matching = slots.values().filter(|slot| matches(&slot.listener));
        let matching: Vec<Arc<Slot>> = matching.cloned().collect();
        drop(slots);
        for slot in &matching {
            slot.tell(Parcel::new(event), now);
        }
        if !matching.is_empty() {
            self.note_event(now);
        }
    }

    /// Ends the streams of `session` whose users may not see it any more.
    pub fn evict(&self, session: &SessionId, may_see: impl Fn(&Identity) -> bool) {
        for slot in self.slots_of(session) {
            if !may_see(&slot.listener.identity) {
                slot.evict();
            }
        }
    }

    /// Whether there is a stream that `matches`.
    pub fn any(&self, matches: impl Fn(&Listener) -> bool) -> bool {
        let slots = self.slots();
        slots.values().any(|slot| matches(&slot.listener))
    }

    /// Whether a stream follows `session`.
    #[must_use]
    pub fn is_followed(&self, session: &SessionId) -> bool {
        let channels = self.channels();
        let channel = channels.get(session);
        channel.is_some_and(|channel| channel.has_streams())
    }

    /// Sends `event` to all streams of the audience `to`, encoded once, and notes what becomes of it at each.
    pub fn deliver(&self, event: &Bytes, to: &Audience, now: Timestamp) -> Arc<Delivery> {
        let slots = self.reached(to, now);
        let listeners = slots.iter().map(|slot| Arc::clone(&slot.listener));
        let delivery = Arc::new(Delivery::new(listeners.collect()));
        for (index, slot) in slots.iter().enumerate() {
            let parcel = Parcel {
                event: event.clone(),
                ticket: Some(Ticket::new(&delivery, index)),
            };
            slot.tell(parcel, now);
        }
        if !slots.is_empty() {
            self.note_event(now);
        }
        delivery
    }

    /// The streams that an event for `to` reaches at `now`.
    fn reached(&self, to: &Audience, now: Timestamp) -> Vec<Arc<Slot>> {
        let candidates = match to {
            Audience::Session(session) => self.slots_of(session),
            Audience::Stream(stream) => self.slots().get(stream).cloned().into_iter().collect(),
            Audience::All | Audience::User(_) | Audience::Meta(_) => {
                let slots = self.slots();
                let reached = slots.values().filter(|slot| to.reaches(&slot.listener));
                reached.cloned().collect()
            }
        };
        let mut reached = candidates;
        reached.retain(|slot| slot.listens(now));
        reached
    }

    /// Ends the streams of a session that is no more.
    pub fn end(&self, session: &SessionId) {
        let channel = self.channels().get(session).cloned();
        if let Some(channel) = channel {
            channel.end();
        }
    }

    /// Sends all streams a sign of life, and has them compare what they have with the log.
    pub fn beat(&self, at: Timestamp) {
        *self.beat.lock().unwrap_or_else(PoisonError::into_inner) =
            passing("heartbeat", &Heartbeat { at }, None);
        self.beats.fetch_add(1, Ordering::Release);
        if self.open() > 0 {
            self.note_event(at);
        }
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
        self.slots().len()
    }

    fn wake_all(&self) {
        for slot in self.all_slots() {
            slot.waker.wake();
        }
    }

    fn slots_of(&self, session: &SessionId) -> Vec<Arc<Slot>> {
        let channel = self.channels().get(session).cloned();
        channel.map(|channel| channel.all()).unwrap_or_default()
    }

    fn note_event(&self, now: Timestamp) {
        self.last_event
            .fetch_max(now.as_millisecond(), Ordering::Relaxed);
    }

    fn channels(&self) -> MutexGuard<'_, Channels> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slots(&self) -> MutexGuard<'_, IndexMap<SmolStr, Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
