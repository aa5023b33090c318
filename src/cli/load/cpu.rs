//! The server's CPU time, as its metrics tell it.

use std::time::Duration;

use super::tally::Tally;
use crate::client::Client;

const METRIC: &str = "process_cpu_seconds_total";

/// Servers may count whole seconds: of less than this, they say too little.
const SPENT_MIN: Duration = Duration::from_secs(5);

/// How long the server may take to tell.
const ANSWER_MAX: Duration = Duration::from_secs(3);

/// What the server has used up to a time, for so many round trips.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// `None` if it does not tell.
    cpu: Option<Duration>,
    round_trips: u64,
}

impl Reading {
    /// Asks the server, and does not wait for it for long: users may have to.
    pub(super) async fn take(client: &Client, tally: &Tally) -> Self {
        let metrics = tokio::time::timeout(ANSWER_MAX, client.text("metrics")).await;
        Self {
            cpu: metrics.ok().and_then(|metrics| cpu_in(&metrics.ok()?)),
            round_trips: tally.counts().round_trips,
        }
    }

    /// Whether the server tells what it has used.
    pub(super) fn tells(&self) -> bool {
        self.cpu.is_some()
    }

    /// What each round trip since `before` has used, in microseconds; `None` if that is not to be known, or the server was
    /// started anew.
    pub(super) fn micros_since(self, before: Self) -> Option<f64> {
        let spent = self.cpu?.checked_sub(before.cpu?)?;
        let round_trips = self.round_trips.checked_sub(before.round_trips)?;
        let is_told = spent >= SPENT_MIN && round_trips > 0;
        is_told.then(|| spent.as_secs_f64() * 1e6 / round_trips as f64)
    }
}

/// The value in Prometheus' text.
fn cpu_in(metrics: &str) -> Option<Duration> {
    let mut lines = metrics.lines();
    let value = lines.find_map(|line| line.strip_prefix(METRIC)?.strip_prefix(' '))?;
    let seconds: f64 = value.split_whitespace().next()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metric_is_found_among_others() {
        let metrics = "# TYPE process_cpu_seconds_total counter\n\
                       process_cpu_seconds_totals 1\n\
                       process_cpu_seconds_total 12.5 1700000000\n";
        assert_eq!(cpu_in(metrics), Some(Duration::from_millis(12_500)));
        assert_eq!(
            cpu_in("process_cpu_seconds_total 7"),
            Some(Duration::from_secs(7))
        );
        assert_eq!(cpu_in("<!doctype html>"), None);
        assert_eq!(cpu_in("process_cpu_seconds_total -1"), None);
    }

    #[test]
    fn little_that_is_spent_is_not_told() {
        let reading = |seconds, round_trips| Reading {
            cpu: Some(Duration::from_secs(seconds)),
            round_trips,
        };
        let before = reading(10, 100);
        let micros = |after: Reading| after.micros_since(before);
        assert_eq!(micros(reading(18, 500)), Some(20_000.0));
        assert_eq!(micros(reading(11, 500)), None, "it may be next to nothing");
        assert_eq!(micros(reading(9, 500)), None, "it was started anew");
        assert_eq!(micros(reading(18, 100)), None, "for nothing");
        let untold = Reading {
            cpu: None,
            ..before
        };
        assert_eq!(reading(18, 500).micros_since(untold), None);
    }
}
