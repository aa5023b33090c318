//! The process's own figures, under the names that Prometheus' clients agree on.
//!
//! Ours rather than the client library's, which counts whole seconds of CPU time: too coarse to say what a round trip
//! costs.

use std::fs;
use std::sync::{Mutex, PoisonError};

use prometheus::{Counter, IntGauge, Opts, Registry};
use rustix::time::{ClockId, clock_gettime};

use super::register;

#[derive(Debug)]
pub(super) struct Process {
    cpu_seconds: Counter,
    resident_bytes: IntGauge,
    open_fds: IntGauge,
    looking: Mutex<()>,
}

impl Process {
    pub(super) fn new(registry: &Registry) -> Self {
        let gauge = |name, help| {
            let gauge = IntGauge::with_opts(Opts::new(name, help));
            register(registry, gauge.expect("the name is sound"))
        };
        let cpu = Opts::new(
            "process_cpu_seconds_total",
            "CPU time, of user and system, in seconds",
        );
        let cpu = Counter::with_opts(cpu).expect("the name is sound");
        Self {
            cpu_seconds: register(registry, cpu),
            resident_bytes: gauge("process_resident_memory_bytes", "Memory in use, in bytes"),
            open_fds: gauge("process_open_fds", "Open file descriptors"),
            looking: Mutex::default(),
        }
    }

    /// Takes the figures anew. Where the system does not give one, it stays at nothing.
    pub(super) fn look(&self) {
        // One at a time: what is counted is the difference to the last look.
        let _looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        let seconds = cpu.tv_sec as f64 + cpu.tv_nsec as f64 / 1e9;
        self.cpu_seconds
            .inc_by((seconds - self.cpu_seconds.get()).max(0.0));
        if let Some(bytes) = resident_bytes() {
            self.resident_bytes.set(bytes);
        }
        if let Ok(open) = fs::read_dir("/proc/self/fd") {
            self.open_fds
                .set(i64::try_from(open.count()).unwrap_or(i64::MAX));
        }
    }
}

fn resident_bytes() -> Option<i64> {
    let statm = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: i64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * i64::try_from(rustix::param::page_size()).ok()?)
}
