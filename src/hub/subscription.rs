//! A subscription: one stream's place in the hub.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use jiff::Timestamp;
use serde::Deserialize;

use super::channel::{Channel, News};
use super::slot::{Listener, Slot};
use super::{Hub, Refused};
use crate::event::{Cursor, all_durable};
use crate::record::{Record, Seq, Speaker, SpeakerKind, UserId};

/// One stream's place in the hub. Dropping it gives the place up.
pub struct Subscription {
    hub: Arc<Hub>,
    channel: Option<Arc<Channel>>,
    slot: Arc<Slot>,
    beats_seen: u64,
}

impl Subscription {
    pub(super) fn new(
        hub: Arc<Hub>,
        channel: Option<Arc<Channel>>,
        slot: Arc<Slot>,
        beats_seen: u64,
    ) -> Self {
        Self {
            hub,
            channel,
            slot,
            beats_seen,
        }
    }

    /// Who listens, and to what.
    #[must_use]
    pub fn listener(&self) -> &Listener {
        &self.slot.listener
    }

    /// Has `cx` woken when something is new. Register first, then look: what comes in between wakes again.
    pub fn register(&self, cx: &Context<'_>) {
        self.slot.waker.register(cx.waker());
    }

    /// What is new after `cursor`.
    #[must_use]
    pub fn news(&self, cursor: Seq) -> News {
        self.slot.see(cursor);
        let channel = self.channel.as_ref();
        channel.map_or(News::Nothing, |channel| channel.news(cursor))
    }

    /// Whether `cursor` is known to be where a client can stand, without a look at the log. If not, it may be all the same.
    /// What somebody else has written to the log meanwhile, a heartbeat brings.
    #[must_use]
    pub fn remembers(&self, cursor: Cursor) -> bool {
        let channel = self.channel.as_ref();
        channel.is_some_and(|channel| channel.remembers(cursor))
    }

    /// Whether all that comes after `cursor`, up to `head`, can be had without the log.
    #[must_use]
    pub fn holds(&self, cursor: Seq, head: Seq) -> bool {
        let channel = self.channel.as_ref();
        cursor >= head || channel.is_some_and(|channel| channel.holds(cursor, head))
    }

    /// What passed meanwhile, and is in no log. There may be more after it.
    #[must_use]
    pub fn passing(&self) -> Option<Bytes> {
        let (events, count) = self.slot.take()?;
        self.slot.count(count);
        Some(events)
    }

    /// Records of its session as events; without its user's own messages, if it does not want them.
    #[must_use]
    pub fn durable(&self, records: &[Record]) -> Bytes {
        let Listener {
            session: Some(session),
            identity,
            echo,
            ..
        } = self.listener()
        else {
            return Bytes::new();
        };
        if *echo {
            self.slot.count(records.len() as u64);
            return all_durable(session, records);
        }
        let others = records
            .iter()
            .filter(|record| !said_by(record, &identity.user));
        let others: Vec<Record> = others.cloned().collect();
        self.slot.count(others.len() as u64);
        all_durable(session, &others)
    }

    /// The stream begins at `cursor`, and the head of its conversation is at `head`.
    pub fn begin(&self, cursor: Seq, head: Seq) {
        self.slot.see(cursor);
        self.slot.head.store(head, Ordering::Relaxed);
    }

    /// The stream has the records up to `seq`.
    pub fn see(&self, seq: Seq) {
        self.slot.see(seq);
    }

    /// Counts `events` that the stream was sent.
    pub fn count(&self, events: u64) {
        self.slot.count(events);
    }

    /// A heartbeat that has not been sent on this stream yet.
    pub fn poll_beat(&mut self) -> Poll<Bytes> {
        let beats = self.hub.beats.load(Ordering::Acquire);
        if beats == self.beats_seen {
            return Poll::Pending;
        }
        self.beats_seen = beats;
        let beat = self.hub.beat.lock();
        Poll::Ready(beat.unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Why the stream is to end, if it is.
    #[must_use]
    pub fn ended(&self) -> Option<Refused> {
        if self.slot.has_expired() {
            return Some(Refused::Expired);
        }
        self.hub.is_closing().then_some(Refused::Closing)
    }

    /// Whether its user may not see the conversation any more.
    #[must_use]
    pub fn is_evicted(&self) -> bool {
        self.slot.is_evicted()
    }

    /// Whether its token is not good any more.
    #[must_use]
    pub fn has_expired(&self) -> bool {
        self.slot.has_expired()
    }
}

/// Whether `record` is something that `user` said.
fn said_by(record: &Record, user: &UserId) -> bool {
    #[derive(Deserialize)]
    struct Said {
        from: Speaker,
    }
    let said: Result<Said, _> = serde_json::from_str(&record.public);
    said.is_ok_and(|said| said.from.kind != SpeakerKind::Bot && said.from.id == user.as_str())
}

impl Drop for Subscription {
    fn drop(&mut self) {
        // With the channels locked: else this one could be let go of while a stream comes to it.
        let channels = self.hub.channels();
        if let (Some(channel), Some(session)) = (&self.channel, &self.slot.listener.session)
            && channel.remove(&self.slot) == 0
        {
            self.hub.note_left(session.clone(), Instant::now());
        }
        drop(channels);
        let mut slots = self.hub.slots();
        slots.swap_remove(&self.slot.listener.stream);
        self.hub.remember(&self.slot, Timestamp::now());
        if slots.is_empty() {
            self.hub.emptied.notify_waiters();
        }
    }
}
