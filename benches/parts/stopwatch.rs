//! A stopwatch: time by the clock, and CPU time of the whole process.

use std::time::{Duration, Instant};

use anyhow::Context;

pub(crate) struct Stopwatch {
    begun: Instant,
    cpu: Duration,
}

/// What something took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) time: Duration,
    pub(crate) cpu: Duration,
}

impl Stopwatch {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let cpu = cpu()?;
        Ok(Self {
            begun: Instant::now(),
            cpu,
        })
    }

    pub(crate) fn taken(&self) -> anyhow::Result<Taken> {
        Ok(Taken {
            time: self.begun.elapsed(),
            cpu: cpu()?.saturating_sub(self.cpu),
        })
    }
}

impl Taken {
    /// Microseconds for each of `count` by the clock, and of CPU time.
    pub(crate) fn micros_each(&self, count: usize) -> [f64; 2] {
        [self.time, self.cpu].map(|time| time.as_secs_f64() * 1e6 / count.max(1) as f64)
    }
}

/// CPU time of all threads that are alive, in nanoseconds, where `/proc/self/stat` counts hundredths of a second.
fn cpu() -> anyhow::Result<Duration> {
    let mut nanoseconds = 0;
    for thread in std::fs::read_dir("/proc/self/task")? {
        // A thread may end meanwhile.
        let Ok(stat) = std::fs::read_to_string(thread?.path().join("schedstat")) else {
            continue;
        };
        let run = stat.split(' ').next().and_then(|run| run.parse().ok());
        let run: u64 = run.context("schedstat does not begin with a time")?;
        nanoseconds += run;
    }
    Ok(Duration::from_nanos(nanoseconds))
}
