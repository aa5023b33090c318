//! The server's CPU time, as its metrics tell it.

use std::time::Duration;

use crate::client::Client;

const METRIC: &str = "process_cpu_seconds_total";

/// What the server has used up to now; `None` if it does not tell.
pub(super) async fn server_cpu(client: &Client) -> Option<Duration> {
    cpu_in(&client.text("metrics").await.ok()?)
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
        assert_eq!(cpu_in("<!doctype html>"), None);
        assert_eq!(cpu_in("process_cpu_seconds_total -1"), None);
    }
}
