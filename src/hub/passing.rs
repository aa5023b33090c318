//! What passes: events that are not in any log, waiting for their stream. A stream that is too slow for them does
//! without, and is told how many it missed.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;

use super::channel::PIECE_BYTES_MAX;
use super::delivery::{Fate, Ticket};
use crate::event::{Skipped, passing};

/// How many events wait for one stream.
const WAITING_MAX: usize = 256;

/// How many bytes of them.
const WAITING_BYTES_MAX: usize = 256 * 1024;

/// An event on its way to one stream.
pub(super) struct Parcel {
    /// As it goes out, shared by all streams that get it.
    pub(super) event: Bytes,
    /// Where it is noted what became of it, if anybody wants to know.
    pub(super) ticket: Option<Ticket>,
}

impl Parcel {
    /// An event of which nobody wants to know what became.
    pub(super) fn new(event: &Bytes) -> Self {
        Self {
            event: event.clone(),
            ticket: None,
        }
    }

    fn settle(&self, fate: Fate) {
        if let Some(ticket) = &self.ticket {
            ticket.settle(fate);
        }
    }
}

/// The events that wait for one stream.
#[derive(Default)]
pub(super) struct Passing {
    /// Most of the time there is none, and else this one: it needs no memory of its own.
    first: Option<Parcel>,
    /// Those after it.
    rest: VecDeque<Parcel>,
    bytes: usize,
    missed: u64,
    /// When the first was missed of which the stream has not been told.
    since: Option<Timestamp>,
    missed_in_all: u64,
}

impl Passing {
    /// Has `parcel` wait, if there is room. Says whether there was.
    pub(super) fn push(&mut self, parcel: Parcel, now: Timestamp) -> bool {
        let bytes = self.bytes + parcel.event.len();
        if self.waiting() >= WAITING_MAX || bytes > WAITING_BYTES_MAX {
            parcel.settle(Fate::Dropped);
            self.missed += 1;
            self.missed_in_all += 1;
            self.since.get_or_insert(now);
            return false;
        }
        self.bytes = bytes;
        // Not into the first place whenever that is free: what waits behind it came before.
        match self.is_empty() {
            true => self.first = Some(parcel),
            false => self.rest.push_back(parcel),
        }
        true
    }

    /// What waits, as much as leaves together, and how many events that is; after the last of them, what was missed.
    pub(super) fn take(&mut self) -> Option<(Bytes, u64)> {
        let Some(first) = self.pop() else {
            return self.skipped().map(|skipped| (skipped, 1));
        };
        if self.rest.is_empty() && self.since.is_none() {
            return Some((first.event.clone(), 1));
        }
        let mut piece =
            BytesMut::with_capacity(PIECE_BYTES_MAX.min(self.bytes) + first.event.len());
        piece.extend_from_slice(&first.event);
        let mut events = 1;
        while let Some(next) = self.rest.front()
            && piece.len() + next.event.len() <= PIECE_BYTES_MAX
            && let Some(next) = self.pop()
        {
            piece.extend_from_slice(&next.event);
            events += 1;
        }
        if self.is_empty()
            && let Some(skipped) = self.skipped()
        {
            piece.extend_from_slice(&skipped);
            events += 1;
        }
        Some((piece.freeze(), events))
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting() == 0
    }

    fn waiting(&self) -> usize {
        usize::from(self.first.is_some()) + self.rest.len()
    }

    fn pop(&mut self) -> Option<Parcel> {
        let parcel = self.first.take().or_else(|| self.rest.pop_front())?;
        if self.rest.is_empty() {
            // The memory goes with the last one: most streams have nothing waiting most of the time.
            self.rest = VecDeque::new();
        }
        parcel.settle(Fate::Flushed);
        self.bytes -= parcel.event.len();
        Some(parcel)
    }

    /// How many events were missed, told or not.
    pub(super) fn skipped_in_all(&self) -> u64 {
        self.missed_in_all
    }

    fn skipped(&mut self) -> Option<Bytes> {
        let since = self.since.take()?;
        let count = std::mem::take(&mut self.missed);
        Some(passing("skipped", &Skipped { count, since }, None))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Listener;
    use super::super::delivery::Delivery;
    use super::*;
    use crate::identity::Identity;

    fn parcel(text: &str) -> Parcel {
        Parcel {
            event: Bytes::copy_from_slice(text.as_bytes()),
            ticket: None,
        }
    }

    #[test]
    fn what_waits_leaves_together_and_in_order() {
        let mut passing = Passing::default();
        assert_eq!(passing.take(), None);
        for text in ["a", "b", "c"] {
            assert!(passing.push(parcel(text), Timestamp::UNIX_EPOCH));
        }
        assert_eq!(passing.take(), Some((Bytes::from_static(b"abc"), 3)));
        assert_eq!(passing.take(), None);
    }

    #[test]
    fn what_comes_while_a_part_is_taken_leaves_after_what_waited() {
        let mut passing = Passing::default();
        let long = |text: &str| parcel(&text.repeat(PIECE_BYTES_MAX));
        for text in ["a", "b"] {
            assert!(passing.push(long(text), Timestamp::UNIX_EPOCH));
        }
        let mut taken = vec![passing.take().unwrap().0];
        assert!(passing.push(long("c"), Timestamp::UNIX_EPOCH));
        taken.extend(std::iter::from_fn(|| passing.take()).map(|(events, _)| events));
        let order: Vec<u8> = taken.iter().map(|events| events[0]).collect();
        assert_eq!(order, b"abc");
    }

    #[test]
    fn a_slow_stream_is_told_how_much_it_missed_and_since_when() {
        let mut passing = Passing::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        for second in 0..WAITING_MAX as i64 {
            assert!(passing.push(parcel("x"), at(second)));
        }
        for second in [1_000, 1_001] {
            assert!(!passing.push(parcel("y"), at(second)));
        }
        let (bytes, events) = passing.take().unwrap();
        assert_eq!(events, WAITING_MAX as u64 + 1);
        let skipped =
            "event: skipped\ndata: {\"count\":2,\"since\":\"1970-01-01T00:16:40.000Z\"}\n\n";
        assert_eq!(bytes, format!("{}{skipped}", "x".repeat(WAITING_MAX)));
        assert_eq!(passing.skipped_in_all(), 2);
        assert!(passing.push(parcel(&"x".repeat(WAITING_BYTES_MAX)), at(0)));
        assert!(!passing.push(parcel("x"), at(0)));
    }

    #[test]
    fn what_leaves_together_is_only_so_long_and_what_was_missed_is_told_last() {
        let mut passing = Passing::default();
        let long = "x".repeat(PIECE_BYTES_MAX / 2);
        let count = WAITING_BYTES_MAX / long.len();
        for _ in 0..count {
            assert!(passing.push(parcel(&long), Timestamp::UNIX_EPOCH));
        }
        assert!(!passing.push(parcel(&long), Timestamp::UNIX_EPOCH));
        for left in (0..count / 2).rev() {
            let (piece, events) = passing.take().unwrap();
            let is_last = left == 0;
            assert_eq!(events, 2 + u64::from(is_last));
            assert_eq!(piece.ends_with(b"\n\n"), is_last);
        }
        assert_eq!(passing.take(), None);
        // One that is longer leaves alone.
        for text in ["a", &"y".repeat(PIECE_BYTES_MAX + 1), "b"] {
            assert!(passing.push(parcel(text), Timestamp::UNIX_EPOCH));
        }
        let lens: Vec<usize> = std::iter::from_fn(|| passing.take())
            .map(|(piece, _)| piece.len())
            .collect();
        assert_eq!(lens, [1, PIECE_BYTES_MAX + 1, 1]);
    }

    #[test]
    fn what_became_of_an_event_is_known() {
        let listener = |stream: &str| {
            let at = Timestamp::UNIX_EPOCH;
            let identity = Arc::new(Identity::new("u".parse().unwrap(), at, at));
            Arc::new(Listener::of("s".parse().unwrap(), stream, identity))
        };
        let listeners = ["took", "left", "slow", "waits"].map(listener);
        let delivery = Arc::new(Delivery::new(listeners.to_vec()));
        let sent = |index| Parcel {
            event: Bytes::from_static(b"x"),
            ticket: Some(Ticket::new(&delivery, index)),
        };
        let [mut took, mut left, mut slow, mut waits] = [(); 4].map(|()| Passing::default());
        assert!(took.push(sent(0), Timestamp::UNIX_EPOCH));
        assert!(took.take().is_some());
        assert!(left.push(sent(1), Timestamp::UNIX_EPOCH));
        drop(left);
        let full = parcel(&"x".repeat(WAITING_BYTES_MAX));
        assert!(slow.push(full, Timestamp::UNIX_EPOCH));
        assert!(!slow.push(sent(2), Timestamp::UNIX_EPOCH));
        assert!(waits.push(sent(3), Timestamp::UNIX_EPOCH));
        let fates: Vec<Fate> = delivery.fates().map(|(_, fate)| fate).collect();
        assert_eq!(
            fates,
            [Fate::Flushed, Fate::Ended, Fate::Dropped, Fate::Queued]
        );
        let tally = delivery.tally();
        assert_eq!((tally.matched, tally.queued, tally.flushed), (4, 1, 1));
        assert_eq!((tally.dropped, tally.ended), (1, 1));
    }
}
