//! Metrics: what is counted for operators, in Prometheus' text format.
//!
//! No label holds a session's or a user's id. The README lists every name here, and a test holds the two together.

mod journal;
mod process;

use std::path::PathBuf;

use prometheus::{
    Encoder, Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, Opts, Registry,
    TextEncoder,
};

use journal::Journal;
use process::Process;

/// Everything that is counted, each metric to be used where it happens.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    process: Process,
    /// Open streams.
    pub streams: IntGauge,
    /// Streams that ended, by reason.
    pub streams_ended: IntCounterVec,
    /// Streams that were refused, by reason.
    pub streams_refused: IntCounterVec,
    /// Connections cut because their reader took nothing for too long.
    pub connections_cut: IntCounter,
    /// Notifications that were sent, by whom they are for.
    pub notifications: IntCounterVec,
    /// Streams that a notification was for, by what became of it there.
    pub notification_deliveries: IntCounterVec,
    /// Notifications that are kept for those who are away.
    pub notifications_kept: IntGauge,
    /// Conversations in memory.
    pub sessions: IntGauge,
    /// Steps, by bot and outcome.
    pub steps: IntCounterVec,
    /// Seconds from a step's records to the log's answer.
    pub append_seconds: Histogram,
    /// Seconds to encode a step's records and wake its streams.
    pub fan_out_seconds: Histogram,
    /// Appends that shared one commit.
    pub commit_appends: Histogram,
    /// Seconds that a commit took.
    pub commit_seconds: Histogram,
    /// Commits that failed.
    pub commits_failed: IntCounter,
    journal: Journal,
    responses: IntCounterVec,
    /// Of the responses those that there are most of, to be counted without a look-up.
    accepted: IntCounter,
}

impl Metrics {
    /// All at nothing, with the process's own figures where the system gives them.
    #[must_use]
    pub fn new() -> Self {
        let registry = Registry::new();
        let new = Maker {
            registry: &registry,
        };
        let responses = new.counters("responses_total", "Answers to requests", &["status"]);
        let metrics = Self {
            streams: new.gauge("streams", "Open streams"),
            streams_ended: new.counters("streams_ended_total", "Streams that ended", &["reason"]),
            streams_refused: new.counters(
                "streams_refused_total",
                "Streams that were asked to come back later",
                &["reason"],
            ),
            connections_cut: new.counter(
                "connections_cut_total",
                "Connections cut because their reader took nothing for too long",
            ),
            notifications: new.counters("notifications_total", "Notifications sent", &["to"]),
            notification_deliveries: new.counters(
                "notification_deliveries_total",
                "Notifications by what became of them at each stream",
                &["outcome"],
            ),
            notifications_kept: new.gauge(
                "notifications_kept",
                "Notifications kept for those who are away",
            ),
            sessions: new.gauge("sessions", "Conversations in memory"),
            steps: new.counters(
                "steps_total",
                "Steps of machines, by what came of them",
                &["bot", "outcome"],
            ),
            append_seconds: new.seconds("append_seconds", "Time from a step to the log's answer"),
            fan_out_seconds: new.seconds(
                "fan_out_seconds",
                "Time to encode a step's records and wake its streams",
            ),
            commit_appends: new.histogram(
                "commit_appends",
                "Appends that shared one commit",
                (0..12).map(|power| f64::from(1 << power)).collect(),
            ),
            commit_seconds: new.seconds("commit_seconds", "Time that a commit took"),
            commits_failed: new.counter("commits_failed_total", "Commits that failed"),
            journal: Journal::new(new.gauge(
                "journal_bytes",
                "Size of the database's write-ahead journal, in bytes",
            )),
            accepted: responses.with_label_values(&["202"]),
            responses,
            process: Process::new(&registry),
            registry,
        };
        metrics.begin();
        metrics
    }

    /// Reasons that are known beforehand begin at nothing, so that the first one shows as a rise.
    fn begin(&self) {
        for reason in [
            "client",
            "damaged",
            "erased",
            "evicted",
            "expired",
            "restarting",
        ] {
            self.streams_ended.with_label_values(&[reason]);
        }
        for reason in ["full", "session_full", "restarting"] {
            self.streams_refused.with_label_values(&[reason]);
        }
        for to in ["all", "user", "session", "stream", "meta"] {
            self.notifications.with_label_values(&[to]);
        }
        for outcome in ["written", "dropped", "late"] {
            self.notification_deliveries.with_label_values(&[outcome]);
        }
    }

    /// Counts an answer with this HTTP status.
    pub fn answered(&self, status: &str) {
        match status {
            "202" => self.accepted.inc(),
            other => self.responses.with_label_values(&[other]).inc(),
        }
    }

    /// Has the size of the file at `path` told as the journal's. Of several, the first one's.
    pub fn watch_journal(&self, path: PathBuf) {
        self.journal.watch(path);
    }

    /// All of it as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.process.look();
        self.journal.look();
        let mut text = Vec::new();
        let families = self.registry.gather();
        if let Err(error) = TextEncoder::new().encode(&families, &mut text) {
            tracing::error!(%error, "the metrics could not be written down");
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

struct Maker<'a> {
    registry: &'a Registry,
}

impl Maker<'_> {
    fn gauge(&self, name: &str, help: &str) -> IntGauge {
        let gauge = IntGauge::with_opts(options(name, help));
        register(self.registry, gauge.expect("the name is sound"))
    }

    fn counter(&self, name: &str, help: &str) -> IntCounter {
        let counter = IntCounter::with_opts(options(name, help));
        register(self.registry, counter.expect("the name is sound"))
    }

    fn counters(&self, name: &str, help: &str, labels: &[&str]) -> IntCounterVec {
        let counters = IntCounterVec::new(options(name, help), labels);
        register(self.registry, counters.expect("the names are sound"))
    }

    /// From 10 µs to 10 s.
    fn seconds(&self, name: &str, help: &str) -> Histogram {
        let buckets = [
            0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01,
            0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
        ];
        self.histogram(name, help, buckets.to_vec())
    }

    fn histogram(&self, name: &str, help: &str, buckets: Vec<f64>) -> Histogram {
        let options = HistogramOpts::new(format!("statechat_{name}"), help).buckets(buckets);
        let histogram = Histogram::with_opts(options);
        register(self.registry, histogram.expect("the name is sound"))
    }
}

fn options(name: &str, help: &str) -> Opts {
    Opts::new(format!("statechat_{name}"), help)
}

fn register<C: prometheus::core::Collector + Clone + 'static>(registry: &Registry, metric: C) -> C {
    registry
        .register(Box::new(metric.clone()))
        .expect("no two metrics have one name");
    metric
}
