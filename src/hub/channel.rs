//! A session's channel: its streams, and its last few records as they go out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};

use super::slot::Slot;
use crate::event::{Cursor, durable_len, durable_up_to};
use crate::record::{Record, Seq, SessionId};

/// How many pieces a channel keeps for its streams. One that is further behind reads the log.
const RECENT_MAX: usize = 16;

/// With more streams than this, what all have is let go of with the next push: each would else look at all others.
const FEW: usize = 8;

/// How many bytes of several records, or of events that pass, leave as one piece; a longer one leaves alone. A slow reader
/// holds one piece at most that it has not taken yet, and what little leaves with it.
pub(super) const PIECE_BYTES_MAX: usize = 16 * 1024;

/// Exists as long as the session has streams, and [a little longer](super::lingering).
#[derive(Default)]
pub(super) struct Channel {
    recent: Mutex<Recent>,
    slots: Mutex<Vec<Arc<Slot>>>,
    /// How many slots there are, for who does not want to wait for them.
    streams: AtomicUsize,
    ended: AtomicBool,
}

#[derive(Default)]
struct Recent {
    head: Seq,
    pieces: VecDeque<Piece>,
    /// Where a client stands that has what was let go of last.
    gone: Option<Cursor>,
}

/// Records of one append as they go out, together.
struct Piece {
    first: Seq,
    last: Seq,
    events: Bytes,
    /// Where a client stands that has them.
    cursor: Option<Cursor>,
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

impl Channel {
    /// Adds a stream, unless there are `max` already.
    pub(super) fn add(&self, slot: &Arc<Slot>, max: usize) -> bool {
        let mut slots = self.slots();
        if slots.len() >= max {
            return false;
        }
        slots.push(Arc::clone(slot));
        self.streams.store(slots.len(), Ordering::Relaxed);
        true
    }

    /// Removes a stream and says how many are left.
    pub(super) fn remove(&self, slot: &Arc<Slot>) -> usize {
        let mut slots = self.slots();
        slots.retain(|other| !Arc::ptr_eq(other, slot));
        self.streams.store(slots.len(), Ordering::Relaxed);
        slots.len()
    }

    /// Encodes `records` once for all streams and wakes them.
    pub(super) fn push(&self, session: &SessionId, mut records: &[Record]) {
        let seen = self.seen();
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.forget(seen);
        while let [first, ..] = records {
            let (together, rest) = records.split_at(piece(records).len());
            let (events, cursor) = durable_up_to(session, together);
            recent.push(Piece {
                first: first.seq,
                last: first.seq + together.len() as Seq - 1,
                events,
                cursor,
            });
            records = rest;
        }
        drop(recent);
        self.wake();
    }

    pub(super) fn news(&self, cursor: Seq) -> News {
        if self.ended.load(Ordering::Acquire) {
            return News::Ended;
        }
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.head <= cursor {
            if !recent.pieces.is_empty() && self.streams.load(Ordering::Relaxed) <= FEW {
                recent.forget(self.seen());
            }
            return News::Nothing;
        }
        let fresh = recent
            .pieces
            .iter()
            .position(|piece| piece.first == cursor + 1);
        let Some(fresh) = fresh else {
            return News::Behind;
        };
        let mut bytes = 0;
        let together = recent.pieces.range(fresh..).take_while(|piece| {
            bytes += piece.events.len();
            bytes <= PIECE_BYTES_MAX
        });
        let end = fresh + together.count().max(1);
        let last = recent.pieces[end - 1].last;
        News::Events(last, joined(recent.pieces.range(fresh..end)))
    }

    /// Whether `cursor` is known to be where a client can stand: right after a piece that was pushed lately.
    pub(super) fn remembers(&self, cursor: Cursor) -> bool {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = recent.pieces.iter().map(|piece| piece.cursor);
        kept.chain([recent.gone]).any(|known| known == Some(cursor))
    }

    /// Whether all that comes after `cursor`, up to `head`, is here.
    pub(super) fn holds(&self, cursor: Seq, head: Seq) -> bool {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pieces = recent.pieces.iter();
        let follows = pieces.any(|piece| piece.first == cursor + 1);
        follows && recent.pieces.back().is_some_and(|piece| piece.last >= head)
    }

    pub(super) fn has_streams(&self) -> bool {
        self.streams.load(Ordering::Relaxed) > 0
    }

    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Release);
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        *recent = Recent::default();
        drop(recent);
        self.wake();
    }

    pub(super) fn wake(&self) {
        for slot in self.slots().iter() {
            slot.waker.wake();
        }
    }

    /// Its streams, as they are now.
    pub(super) fn all(&self) -> Vec<Arc<Slot>> {
        self.slots().clone()
    }

    /// The place of the last record that was published; 0 if none was since this was made.
    pub(super) fn head(&self) -> Seq {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.head
    }

    /// Up to where all streams have the log.
    fn seen(&self) -> Seq {
        let slots = self.slots();
        let seen = slots.iter().map(|slot| slot.seen.load(Ordering::Relaxed));
        seen.min().unwrap_or(0)
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recent {
    /// Lets go of what all streams have, as soon as they have it: another piece then gets the memory while it is in the
    /// cache.
    fn forget(&mut self, seen: Seq) {
        while self.pieces.front().is_some_and(|piece| piece.last <= seen) {
            self.let_go();
        }
    }

    fn push(&mut self, piece: Piece) {
        // Two appends may arrive here in either order; only a run without a gap is worth keeping.
        let last = self.pieces.back();
        if last.is_some_and(|last| last.last + 1 != piece.first) {
            self.pieces.clear();
        }
        // A log that lost its end, and goes on, has another history.
        if self.gone.is_some_and(|gone| gone.seq >= piece.first) {
            self.gone = None;
        }
        if self.pieces.len() == RECENT_MAX {
            self.let_go();
        }
        self.head = self.head.max(piece.last);
        self.pieces.push_back(piece);
    }

    fn let_go(&mut self) {
        if let Some(piece) = self.pieces.pop_front() {
            self.gone = piece.cursor;
        }
    }
}

/// The first of `records`, as many as leave together.
pub fn piece(records: &[Record]) -> &[Record] {
    let mut bytes = 0;
    let fit = records.iter().take_while(|record| {
        bytes += durable_len(record);
        bytes <= PIECE_BYTES_MAX
    });
    let count = fit.count().max(1).min(records.len());
    &records[..count]
}

/// One piece as it is, shared; several as one, to leave in one write.
fn joined<'a>(mut pieces: impl ExactSizeIterator<Item = &'a Piece> + Clone) -> Bytes {
    if pieces.len() == 1
        && let Some(piece) = pieces.next()
    {
        return piece.events.clone();
    }
    let mut all = BytesMut::with_capacity(pieces.clone().map(|piece| piece.events.len()).sum());
    for piece in pieces {
        all.extend_from_slice(&piece.events);
    }
    all.freeze()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::super::Listener;
    use super::*;
    use crate::event::all_durable;
    use crate::identity::Identity;
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
            News::Events(2, all_durable(&"s".parse().unwrap(), &[record(2)]))
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
    fn records_of_one_append_leave_together_and_are_not_parted() {
        let channel = Channel::default();
        channel.push(&"s".parse().unwrap(), &[record(5), record(6)]);
        channel.push(&"s".parse().unwrap(), &[record(7)]);
        check(&channel, 4, Some(7));
        check(&channel, 5, None);
        check(&channel, 6, Some(7));
    }

    #[test]
    fn what_all_streams_have_is_let_go() {
        let channel = pushed(&[1, 2, 3]);
        let slot = |seen| {
            let at = Timestamp::UNIX_EPOCH;
            let identity = Arc::new(Identity::new("u".parse().unwrap(), at, at));
            let listener = Listener::of("s".parse().unwrap(), "x", identity);
            let slot = Arc::new(Slot::new(listener, at));
            slot.see(seen);
            assert!(channel.add(&slot, 2));
        };
        slot(2);
        slot(1);
        channel.push(&"s".parse().unwrap(), &[record(4)]);
        check(&channel, 0, None);
        check(&channel, 1, Some(4));
        // Not before the slower one has it too, and then without waiting for the next.
        let [faster, slower] = &*channel.all() else {
            panic!("two streams")
        };
        faster.see(4);
        assert_eq!(channel.news(4), News::Nothing);
        check(&channel, 1, Some(4));
        slower.see(4);
        assert_eq!(channel.news(4), News::Nothing);
        check(&channel, 3, None);
    }

    #[test]
    fn only_the_last_few_are_kept() {
        let channel = pushed(&(1..=40).collect::<Vec<_>>());
        check(&channel, 24, Some(40));
        check(&channel, 23, None);
    }
}
