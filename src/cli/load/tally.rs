//! The tally: what all users count together while the load runs.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hdrhistogram::Histogram;

use crate::client::ClientError;
use crate::record::{Seq, SessionId};

/// No round trip is counted as longer.
const LATENCY_MAX: Duration = Duration::from_secs(600);
/// Faults that are told in words; all are counted.
const EXAMPLES_MAX: usize = 10;
/// Kinds of errors that are told apart, whatever codes a server may invent.
const KINDS_MAX: usize = 30;

/// What must not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// An acknowledged message, or the reply to it, did not come.
    Lost,
    /// Something came twice.
    Doubled,
    /// A place in the log was left out.
    Gap,
    /// Something else came than the machine says.
    Wrong,
}

/// Counts, shared by all users.
pub(super) struct Tally(Mutex<Counts>);

/// What was counted so far.
#[derive(Clone)]
pub(super) struct Counts {
    /// Messages whose replies were heard to their end.
    pub(super) round_trips: u64,
    /// In microseconds; of the round trips that were not made over a stream that had to come back first.
    pub(super) latencies: Histogram<u64>,
    pub(super) acknowledged: u64,
    pub(super) lost: u64,
    pub(super) doubled: u64,
    pub(super) gaps: u64,
    pub(super) wrong: u64,
    /// Sessions whose transcript could not be read in the end.
    pub(super) unchecked: u64,
    pub(super) slowed: u64,
    pub(super) repeated: u64,
    pub(super) resumed: u64,
    pub(super) errors: BTreeMap<String, u64>,
    pub(super) examples: Vec<String>,
}

impl Tally {
    pub(super) fn new() -> Self {
        let longest = LATENCY_MAX.as_micros() as u64;
        Self(Mutex::new(Counts {
            round_trips: 0,
            latencies: Histogram::new_with_max(longest, 3).expect("the bounds are sound"),
            acknowledged: 0,
            lost: 0,
            doubled: 0,
            gaps: 0,
            wrong: 0,
            unchecked: 0,
            slowed: 0,
            repeated: 0,
            resumed: 0,
            errors: BTreeMap::new(),
            examples: Vec::new(),
        }))
    }

    pub(super) fn counts(&self) -> MutexGuard<'_, Counts> {
        // Counts are whole between any two statements.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn round_trip(&self, latency: Duration) {
        let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        let mut counts = self.counts();
        counts.round_trips += 1;
        counts.latencies.saturating_record(micros);
    }

    /// Counts one whose stream was dropped on the way: how long that took is nobody's latency.
    pub(super) fn broken_round_trip(&self) {
        self.counts().round_trips += 1;
    }

    pub(super) fn error(&self, kind: &str) {
        let errors = &mut self.counts().errors;
        let known = errors.len() < KINDS_MAX || errors.contains_key(kind);
        let kind = if known { kind } else { "other" };
        *errors.entry(kind.to_owned()).or_default() += 1;
    }

    pub(super) fn client_error(&self, error: &ClientError) {
        self.error(&kind_of(error));
    }

    /// Counts a fault of `session` at `seq`, and keeps it as an example while there are few.
    pub(super) fn fault(&self, fault: Fault, session: &SessionId, seq: Seq, what: &str) {
        let mut counts = self.counts();
        let (count, name) = match fault {
            Fault::Lost => (&mut counts.lost, "lost"),
            Fault::Doubled => (&mut counts.doubled, "doubled"),
            Fault::Gap => (&mut counts.gaps, "gap"),
            Fault::Wrong => (&mut counts.wrong, "wrong"),
        };
        *count += 1;
        if counts.examples.len() < EXAMPLES_MAX {
            let example = format!("{name}: session {session}, seq {seq}: {what}");
            counts.examples.push(example);
        }
    }
}

impl Counts {
    pub(super) fn faults(&self) -> u64 {
        self.lost + self.doubled + self.gaps + self.wrong
    }

    /// Whether something was measured, and everything is as it should be.
    pub(super) fn holds(&self) -> bool {
        self.round_trips > 0 && self.faults() == 0 && self.unchecked == 0
    }
}

/// What an error is counted as.
fn kind_of(error: &ClientError) -> String {
    match error {
        ClientError::Silent => "timeout".to_owned(),
        ClientError::Http(error) if error.is_timeout() => "timeout".to_owned(),
        ClientError::Http(error) if error.is_decode() => "answer".to_owned(),
        ClientError::Answer(_) => "answer".to_owned(),
        ClientError::Problem { status, code, .. } => format!("{} {code}", status.as_u16()),
        _ => "connection".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_examples_are_bounded() {
        let tally = Tally::new();
        let session = "s".parse().expect("an id");
        for n in 0..100 {
            tally.error(&format!("{n} strange"));
            tally.fault(Fault::Gap, &session, n, "n");
        }
        let counts = tally.counts();
        assert_eq!(counts.errors.len(), KINDS_MAX + 1);
        assert_eq!(counts.errors.values().sum::<u64>(), 100);
        assert_eq!((counts.gaps, counts.examples.len()), (100, EXAMPLES_MAX));
        assert_eq!(counts.examples[7], "gap: session s, seq 7: n");
    }

    #[test]
    fn it_holds_only_if_something_was_measured_and_nothing_is_amiss() {
        let tally = Tally::new();
        assert!(!tally.counts().holds(), "nothing was measured");
        tally.round_trip(Duration::from_secs(10_000));
        assert!(tally.counts().holds());
        let session = "s".parse().expect("an id");
        for fault in [Fault::Lost, Fault::Doubled, Fault::Gap, Fault::Wrong] {
            let tally = Tally::new();
            tally.round_trip(Duration::ZERO);
            tally.fault(fault, &session, 1, "");
            assert!(!tally.counts().holds(), "{fault:?}");
        }
        tally.counts().unchecked = 1;
        assert!(!tally.counts().holds());
    }
}
