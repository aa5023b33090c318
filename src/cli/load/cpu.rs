//! The server's CPU time, as its metrics tell it.

use std::time::Duration;

use crate::client::Client;

const METRIC: &str = "process_cpu_seconds_total";

/// Servers may count whole seconds: of less than this, they say too little.
const SPENT_MIN: Duration = Duration::from_secs(5);

/// What the server has used between two readings; `None` if that is not to be known, or it was started anew.
pub(super) fn spent(before: Option<Duration>, after: Option<Duration>) -> Option<Duration> {
    let spent = after?.checked_sub(before?)?;
    (spent >= SPENT_MIN).then_some(spent)
}

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
        assert_eq!(
            cpu_in("process_cpu_seconds_total 7"),
            Some(Duration::from_secs(7))
        );
        assert_eq!(cpu_in("<!doctype html>"), None);
        assert_eq!(cpu_in("process_cpu_seconds_total -1"), None);
    }

    #[test]
    fn little_that_is_spent_is_not_told() {
        let at = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(spent(at(10), at(18)), at(8));
        assert_eq!(spent(at(10), at(11)), None, "it may be next to nothing");
        assert_eq!(spent(at(10), at(9)), None, "it was started anew");
        assert_eq!(spent(None, at(9)), None);
    }
}
