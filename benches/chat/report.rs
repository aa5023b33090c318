//! What was measured, as a table: medians, how far the runs lay apart, and ratios.

use std::fmt;
use std::time::Duration;

use crate::Subject;
use crate::load::Run;

pub(crate) struct Report {
    users: usize,
    time: Duration,
    runs: Vec<(Subject, Run)>,
}

impl Report {
    pub(crate) fn new(users: usize, time: Duration) -> Self {
        Self {
            users,
            time,
            runs: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, subject: Subject, run: Run) {
        self.runs.push((subject, run));
    }

    /// Whether there is anything to tell.
    pub(crate) fn any(&self) -> bool {
        !self.runs.is_empty()
    }

    /// How many replies were not as expected.
    pub(crate) fn errors(&self) -> usize {
        self.runs.iter().map(|(_, run)| run.errors.len()).sum()
    }

    /// One figure of each run of `subject`, the least first; `None` if it was not run.
    fn spread(&self, subject: Subject, figure: impl Fn(&Run) -> f64) -> Option<Spread> {
        let runs = self.runs.iter().filter(|(of, _)| *of == subject);
        let mut figures: Vec<f64> = runs.map(|(_, run)| figure(run)).collect();
        figures.sort_by(f64::total_cmp);
        Some(Spread {
            least: *figures.first()?,
            median: figures[figures.len() / 2],
            most: *figures.last()?,
        })
    }

    fn write_row(&self, f: &mut fmt::Formatter<'_>, subject: Subject, name: &str) -> fmt::Result {
        let Some(cpu) = self.spread(subject, Run::cpu_micros) else {
            return writeln!(f, "{name:<18} not run");
        };
        let beside = |other| {
            self.spread(other, Run::cpu_micros)
                .map(|o| cpu.median / o.median)
        };
        let median = |figure: fn(&Run) -> f64| {
            let spread = self.spread(subject, figure);
            spread.map_or(f64::NAN, |spread| spread.median)
        };
        writeln!(
            f,
            "{name:<18} {:>6.1} ({:.1} to {:.1}) {:>12} {:>13} {:>15.0} {:>7.2} {:>7.2} {:>13.1}",
            cpu.median,
            cpu.least,
            cpu.most,
            ratio(beside(Subject::Peer)),
            ratio(beside(Subject::Floor)),
            median(|run| run.latencies.len() as f64 / run.time.as_secs_f64()),
            median(|run| percentile_ms(run, 0.5)),
            median(|run| percentile_ms(run, 0.99)),
            median(|run| run.session_kb),
        )
    }
}

struct Spread {
    least: f64,
    median: f64,
    most: f64,
}

fn ratio(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.3}"))
}

fn percentile_ms(run: &Run, part: f64) -> f64 {
    let mut latencies = run.latencies.clone();
    latencies.sort_unstable();
    let index = (latencies.len() as f64 * part) as usize;
    let latency = latencies.get(index).or(latencies.last());
    latency.map_or(f64::NAN, |latency| latency.as_secs_f64() * 1e3)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (users, seconds) = (self.users, self.time.as_secs());
        writeln!(
            f,
            "{users} users, {seconds} s a run; medians of the runs (least to most)\n"
        )?;
        writeln!(
            f,
            "{:<18} CPU µs a round trip  of the peer  of the floor  round trips/s  p50 ms  p99 ms  kB a session",
            "server"
        )?;
        self.write_row(f, Subject::Floor, "floor")?;
        self.write_row(f, Subject::Statechat, "statechat, memory")?;
        self.write_row(f, Subject::Durable, "statechat, disk")?;
        self.write_row(f, Subject::Peer, "Express + XState")?;
        for (subject, run) in &self.runs {
            if let Some(error) = run.errors.first() {
                let count = run.errors.len();
                writeln!(
                    f,
                    "{subject}: {count} users went wrong, the first so: {error}"
                )?;
            }
        }
        Ok(())
    }
}
