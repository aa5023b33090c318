//! The report: what the load came to, for people and for programs.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::tally::Counts;

/// What a run came to. As JSON, this is the shape that programs read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    pub(super) users: usize,
    pub(super) seconds: u64,
    pub(super) seed: u64,
    round_trips: u64,
    acknowledged: u64,
    latency_ms: Latency,
    lost: u64,
    doubled: u64,
    gaps: u64,
    wrong: u64,
    /// Sessions whose transcript could not be read.
    unchecked: u64,
    slowed: u64,
    repeated: u64,
    resumed: u64,
    errors: BTreeMap<String, u64>,
    /// The server's CPU for each round trip up to the first full session, where it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    server_cpu_micros: Option<f64>,
    /// The first faults, in words.
    examples: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Latency {
    p50: f64,
    p90: f64,
    p99: f64,
    p999: f64,
    max: f64,
}

impl Report {
    /// With what the server used for a round trip, in microseconds, where that is known.
    pub(super) fn new(
        users: usize,
        seconds: u64,
        seed: u64,
        counts: Counts,
        server_cpu_micros: Option<f64>,
    ) -> Self {
        let millis = |micros: u64| micros as f64 / 1_000.0;
        let at = |quantile| millis(counts.latencies.value_at_quantile(quantile));
        Self {
            users,
            seconds,
            seed,
            round_trips: counts.round_trips,
            acknowledged: counts.acknowledged,
            latency_ms: Latency {
                p50: at(0.5),
                p90: at(0.9),
                p99: at(0.99),
                p999: at(0.999),
                max: millis(counts.latencies.max()),
            },
            lost: counts.lost,
            doubled: counts.doubled,
            gaps: counts.gaps,
            wrong: counts.wrong,
            unchecked: counts.unchecked,
            slowed: counts.slowed,
            repeated: counts.repeated,
            resumed: counts.resumed,
            errors: counts.errors,
            server_cpu_micros: server_cpu_micros.map(|micros| (micros * 10.0).round() / 10.0),
            examples: counts.examples,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            users,
            seconds,
            seed,
            ..
        } = self;
        writeln!(f, "{users} users for {seconds} s, seed {seed}")?;
        let a_second = self.round_trips as f64 / (*seconds).max(1) as f64;
        writeln!(
            f,
            "round trips   {}, {a_second:.0} a second",
            self.round_trips
        )?;
        let Latency {
            p50,
            p90,
            p99,
            p999,
            max,
        } = &self.latency_ms;
        writeln!(
            f,
            "latency ms    p50 {p50:.2}, p90 {p90:.2}, p99 {p99:.2}, p99.9 {p999:.2}, max {max:.2}"
        )?;
        if let Some(micros) = self.server_cpu_micros {
            writeln!(f, "server CPU    {micros:.1} µs a round trip")?;
        }
        writeln!(
            f,
            "messages      {} acknowledged, {} repeated, {} slowed; {} streams resumed",
            self.acknowledged, self.repeated, self.slowed, self.resumed
        )?;
        writeln!(
            f,
            "faults        {} lost, {} doubled, {} gaps, {} wrong, {} sessions unchecked",
            self.lost, self.doubled, self.gaps, self.wrong, self.unchecked
        )?;
        let errors = self
            .errors
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"));
        let errors: Vec<_> = errors.collect();
        let none = errors.is_empty().then_some("none");
        write!(f, "errors        {}", none.unwrap_or(&errors.join(", ")))?;
        for example in &self.examples {
            write!(f, "\n  {example}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::tally::{Fault, Tally};
    use super::*;

    fn report() -> Report {
        let tally = Tally::new();
        for millis in 1..=1_000 {
            tally.round_trip(Duration::from_millis(millis));
        }
        tally.error("connection");
        tally.error("connection");
        tally.error("503 conflict");
        let session = "s1".parse().expect("an id");
        tally.fault(Fault::Wrong, &session, 7, "expected text \"a\", got \"b\"");
        let counts = tally.counts().clone();
        Report::new(3, 10, 42, counts, Some(20.96))
    }

    #[test]
    fn people_read_lines() {
        let expected = "\
3 users for 10 s, seed 42
round trips   1000, 100 a second
latency ms    p50 500.22, p90 900.10, p99 990.21, p99.9 999.42, max 1000.45
server CPU    21.0 µs a round trip
messages      0 acknowledged, 0 repeated, 0 slowed; 0 streams resumed
faults        0 lost, 0 doubled, 0 gaps, 1 wrong, 0 sessions unchecked
errors        1 503 conflict, 2 connection
  wrong: session s1, seq 7: expected text \"a\", got \"b\"";
        assert_eq!(report().to_string(), expected);
    }

    #[test]
    fn programs_read_json() {
        let json = serde_json::to_string(&report()).expect("a report is plain data");
        let expected = concat!(
            r#"{"users":3,"seconds":10,"seed":42,"roundTrips":1000,"acknowledged":0,"#,
            r#""latencyMs":{"p50":500.223,"p90":900.095,"p99":990.207,"p999":999.423,"max":1000.447},"#,
            r#""lost":0,"doubled":0,"gaps":0,"wrong":1,"unchecked":0,"#,
            r#""slowed":0,"repeated":0,"resumed":0,"#,
            r#""errors":{"503 conflict":1,"connection":2},"serverCpuMicros":21.0,"#,
            r#""examples":["wrong: session s1, seq 7: expected text \"a\", got \"b\""]}"#,
        );
        assert_eq!(json, expected);
    }
}
