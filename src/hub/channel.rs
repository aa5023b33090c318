//! A session's channel: its streams, and its last few records as they go out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_util::task::AtomicWaker;

use crate::event::durable;
use crate::record::{Record, Seq, SessionId};

/// How many encoded records a channel keeps. A stream that is further behind reads the log.
const RECENT_MAX: usize = 16;

/// How many bytes of several records leave as one piece; a longer record leaves alone. What a slow reader has not
/// taken yet waits in a buffer that takes whole pieces and never shrinks, so this bounds what it may hold.
pub const PIECE_BYTES_MAX: usize = 16 * 1024;

/// Exists as long as the session has streams.
#[derive(Default)]
pub(super) struct Channel {
    recent: Mutex<Recent>,
    slots: Mutex<Vec<Arc<Slot>>>,
    ended: AtomicBool,
}

#[derive(Default)]
struct Recent {
    head: Seq,
    events: VecDeque<(Seq, Bytes)>,
}

/// One stream, as far as the hub knows it.
pub(super) struct Slot {
    pub(super) session: SessionId,
    pub(super) waker: AtomicWaker,
}

/// What a stream finds after its cursor.
#[derive(Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    Nothing,
    /// These events, the last of which is the record at this place; there may be more after it.
    Events(Seq, Bytes),
    /// Records that are not kept here: read the log.
    Behind,
    /// The session is no more.
    Ended,
}

impl Slot {
    pub(super) fn new(session: SessionId) -> Self {
        Self {
            session,
            waker: AtomicWaker::new(),
        }
    }
}

impl Channel {
    /// Adds a stream, unless there are `max` already.
    pub(super) fn add(&self, slot: &Arc<Slot>, max: usize) -> bool {
        let mut slots = self.slots();
        if slots.len() >= max {
            return false;
        }
        slots.push(Arc::clone(slot));
        true
    }

    /// Removes a stream and says how many are left.
    pub(super) fn remove(&self, slot: &Arc<Slot>) -> usize {
        let mut slots = self.slots();
        slots.retain(|other| !Arc::ptr_eq(other, slot));
        slots.len()
    }

    /// Encodes `records` once for all streams and wakes them.
    pub(super) fn push(&self, session: &SessionId, records: &[Record]) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        for record in records {
            // Two appends may arrive here in either order; only a run without a gap is worth keeping.
            let last = recent.events.back();
            if last.is_some_and(|(seq, _)| seq + 1 != record.seq) {
                recent.events.clear();
            }
            if recent.events.len() == RECENT_MAX {
                recent.events.pop_front();
            }
            recent
                .events
                .push_back((record.seq, durable(session, record)));
            recent.head = recent.head.max(record.seq);
        }
        drop(recent);
        self.wake();
    }

    pub(super) fn news(&self, cursor: Seq) -> News {
        if self.ended.load(Ordering::Acquire) {
            return News::Ended;
        }
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.head <= cursor {
            return News::Nothing;
        }
        let mut fresh = recent
            .events
            .iter()
            .filter(|(seq, _)| *seq > cursor)
            .peekable();
        if fresh.peek().is_none_or(|(seq, _)| *seq != cursor + 1) {
            return News::Behind;
        }
        let (mut last, mut events, mut bytes) = (cursor, Vec::new(), 0);
        for (seq, event) in fresh {
            bytes += event.len();
            if bytes > PIECE_BYTES_MAX && !events.is_empty() {
                break;
            }
            last = *seq;
            events.push(event);
        }
        News::Events(last, joined(&events))
    }

    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Release);
        self.wake();
    }

    pub(super) fn wake(&self) {
        for slot in self.slots().iter() {
            slot.waker.wake();
        }
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One event as it is, shared; several as one piece, to leave in one write.
fn joined(events: &[&Bytes]) -> Bytes {
    if let [event] = events {
        return (*event).clone();
    }
    let mut all = BytesMut::with_capacity(events.iter().map(|event| event.len()).sum());
    for event in events {
        all.extend_from_slice(event);
    }
    all.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;

    fn record(seq: Seq) -> Record {
        Record {
            seq,
            kind: Kind::Message,
            public: format!("{{\"seq\":{seq}}}").into(),
            private: "{}".into(),
        }
    }

    fn pushed(seqs: &[Seq]) -> Channel {
        let channel = Channel::default();
        let session = "s".parse().unwrap();
        for &seq in seqs {
            channel.push(&session, &[record(seq)]);
        }
        channel
    }

    #[track_caller]
    fn check(channel: &Channel, cursor: Seq, last: Option<Seq>) {
        let found = match channel.news(cursor) {
            News::Events(last, bytes) => {
                let events = bytes.windows(2).filter(|w| w == b"\n\n").count();
                assert_eq!(events as u64, last - cursor);
                Some(last)
            }
            News::Behind => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, last);
    }

    #[test]
    fn news_are_what_follows_the_cursor_without_a_gap() {
        let channel = pushed(&[5, 6, 7]);
        check(&channel, 4, Some(7));
        check(&channel, 6, Some(7));
        check(&channel, 3, None);
        assert_eq!(channel.news(7), News::Nothing);
        assert_eq!(channel.news(9), News::Nothing);
    }

    #[test]
    fn a_gap_in_what_was_pushed_is_read_from_the_log() {
        let channel = pushed(&[1, 2, 4]);
        check(&channel, 1, None);
        check(&channel, 3, Some(4));
        let swapped = pushed(&[1, 3, 2]);
        assert_eq!(
            swapped.news(1),
            News::Events(2, joined(&[&durable(&"s".parse().unwrap(), &record(2))]))
        );
        check(&swapped, 2, None);
        let late = pushed(&[1, 3, 2, 4]);
        check(&late, 1, None);
        check(&late, 3, Some(4));
    }

    #[test]
    fn a_piece_is_only_so_long_and_the_next_goes_on() {
        let long = |seq| Record {
            public: format!("{{\"text\":\"{}\"}}", "x".repeat(PIECE_BYTES_MAX / 3)).into(),
            ..record(seq)
        };
        let channel = Channel::default();
        let session = "s".parse().unwrap();
        let longest = Record {
            public: "x".repeat(2 * PIECE_BYTES_MAX).into(),
            ..record(6)
        };
        let records = [long(1), long(2), long(3), long(4), record(5), longest];
        channel.push(&session, &records);
        check(&channel, 0, Some(2));
        check(&channel, 2, Some(5));
        check(&channel, 5, Some(6));
    }

    #[test]
    fn only_the_last_few_are_kept() {
        let channel = pushed(&(1..=40).collect::<Vec<_>>());
        check(&channel, 24, Some(40));
        check(&channel, 23, None);
    }
}
