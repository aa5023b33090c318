//! What passes: events that are not in any log, waiting for their stream. A stream that is too slow for them does
//! without, and is told how many it missed.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;

use super::delivery::Delivery;
use crate::event::{Skipped, passing};

/// How many events wait for one stream.
const WAITING_MAX: usize = 256;

/// How many bytes of them.
const WAITING_BYTES_MAX: usize = 256 * 1024;

/// An event on its way to one stream.
#[derive(Clone)]
pub(super) struct Parcel {
    /// As it goes out, shared by all streams that get it.
    pub(super) event: Bytes,
    /// Where it is noted that it left, if anybody wants to know.
    pub(super) delivery: Option<(Arc<Delivery>, usize)>,
}

/// The events that wait for one stream.
#[derive(Default)]
pub(super) struct Passing {
    waiting: VecDeque<Parcel>,
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
        if self.waiting.len() >= WAITING_MAX || bytes > WAITING_BYTES_MAX {
            self.missed += 1;
            self.missed_in_all += 1;
            self.since.get_or_insert(now);
            return false;
        }
        self.bytes = bytes;
        self.waiting.push_back(parcel);
        true
    }

    /// All that waits as one piece, and how many events it holds; after them, what was missed.
    pub(super) fn take(&mut self) -> Option<(Bytes, u64)> {
        // The memory goes with it: most streams have nothing waiting most of the time.
        let waiting = std::mem::take(&mut self.waiting);
        let bytes = std::mem::take(&mut self.bytes);
        let skipped = self.skipped();
        let events = (waiting.len() + skipped.iter().len()) as u64;
        for parcel in &waiting {
            if let Some((delivery, index)) = &parcel.delivery {
                delivery.flush(*index);
            }
        }
        if events == 1 {
            let only = waiting.into_iter().next().map(|parcel| parcel.event);
            return only.or(skipped).map(|event| (event, 1));
        }
        let mut all = BytesMut::with_capacity(bytes + skipped.as_ref().map_or(0, Bytes::len));
        for event in waiting
            .into_iter()
            .map(|parcel| parcel.event)
            .chain(skipped)
        {
            all.extend_from_slice(&event);
        }
        (events > 0).then(|| (all.freeze(), events))
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
    use super::*;

    fn parcel(text: &str) -> Parcel {
        Parcel {
            event: Bytes::copy_from_slice(text.as_bytes()),
            delivery: None,
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
}
