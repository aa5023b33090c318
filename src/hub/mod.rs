//! The hub: the open streams, and who gets what.
//!
//! The hub wakes; it does not deliver. A woken stream looks for itself at what is new, in its session's channel
//! or in the log, so a wake-up that is lost or doubled costs at most a heartbeat.
//!
//! What passes and is in no log (who is typing, a notification) it does deliver: each stream has a bounded queue for it.

mod channel;
mod client;
mod delivery;
mod expiry;
mod passing;
pub mod presence;
mod slot;
mod subscription;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;
use smol_str::SmolStr;
use tokio::sync::Notify;

use crate::event::{Heartbeat, passing};
use crate::record::{Record, SessionId, UserId};

use channel::Channel;
pub use channel::{News, piece};
pub use client::Client;
pub use delivery::{Delivery, Fate, Recipient};
use passing::Parcel;
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
    /// The token that it was opened with is not good any more.
    #[error("the token has expired")]
    Expired,
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
        }
    }
}

/// All open streams of this process.
pub struct Hub {
    // std Mutexes, and not tokio's: nothing waits while one is held. Where both are, the channels' comes first.
    channels: Mutex<HashMap<SessionId, Arc<Channel>>>,
    slots: Mutex<HashMap<SmolStr, Arc<Slot>>>,
    limits: HubLimits,
    beats: AtomicU64,
    beat: Mutex<Bytes>,
    closing: AtomicBool,
    /// When the next token of a stream ends, at the earliest; in milliseconds since 1970.
    next_expiry: AtomicI64,
    emptied: Notify,
}

impl Hub {
    /// A hub without streams.
    #[must_use]
    pub fn new(limits: HubLimits) -> Arc<Self> {
        Arc::new(Self {
            channels: Mutex::default(),
            slots: Mutex::default(),
            limits,
            beats: AtomicU64::new(0),
            beat: Mutex::default(),
            closing: AtomicBool::new(false),
            next_expiry: AtomicI64::new(i64::MAX),
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
        let beats = self.beats.load(Ordering::Relaxed);
        Ok(Subscription::new(Arc::clone(self), channel, slot, beats))
    }

    /// Tells the streams of `session` that `records` are in its log now.
    pub fn publish(&self, session: &SessionId, records: &[Record]) {
        let channel = self.channels().get(session).cloned();
        if let Some(channel) = channel {
            channel.push(session, records);
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
        let channel = self.channels().get(session).cloned();
        let slots = channel.map(|channel| channel.all()).unwrap_or_default();
        for slot in slots {
            if except != Some(&slot.listener.identity.user) {
                let event = event.clone();
                slot.tell(
                    Parcel {
                        event,
                        delivery: None,
                    },
                    now,
                );
            }
        }
    }

    /// Tells all streams that `matches` something that passes.
    pub fn tell_all(&self, event: &Bytes, matches: impl Fn(&Listener) -> bool, now: Timestamp) {
        let slots = self.matching(matches);
        for slot in slots {
            let event = event.clone();
            let delivery = None;
            slot.tell(Parcel { event, delivery }, now);
        }
    }

    /// Whether there is a stream that `matches`.
    pub fn any(&self, matches: impl Fn(&Listener) -> bool) -> bool {
        let slots = self.slots();
        slots.values().any(|slot| matches(&slot.listener))
    }

    fn matching(&self, matches: impl Fn(&Listener) -> bool) -> Vec<Arc<Slot>> {
        let slots = self.slots();
        let matching = slots.values().filter(|slot| matches(&slot.listener));
        matching.cloned().collect()
    }

    /// Whether a stream follows `session`.
    #[must_use]
    pub fn is_followed(&self, session: &SessionId) -> bool {
        self.channels().contains_key(session)
    }

    /// Sends `event` to all streams that `matches`, encoded once, and notes what becomes of it at each.
    pub fn deliver(
        &self,
        event: &Bytes,
        matches: impl Fn(&Listener) -> bool,
        now: Timestamp,
    ) -> Arc<Delivery> {
        let matching = self.matching(matches);
        let recipients = matching.iter().map(|slot| Recipient {
            stream: slot.listener.stream.clone(),
            user: slot.listener.identity.user.clone(),
            session: slot.listener.session.clone(),
        });
        let delivery = Arc::new(Delivery::new(recipients.collect()));
        for (index, slot) in matching.iter().enumerate() {
            let parcel = Parcel {
                event: event.clone(),
                delivery: Some((Arc::clone(&delivery), index)),
            };
            if !slot.tell(parcel, now) {
                delivery.drop_at(index);
            }
        }
        delivery
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
        let slots: Vec<Arc<Slot>> = self.slots().values().cloned().collect();
        for slot in slots {
            slot.waker.wake();
        }
    }

    fn channels(&self) -> MutexGuard<'_, HashMap<SessionId, Arc<Channel>>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<SmolStr, Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
