//! What operators look at: readiness, metrics, and the log's lines.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::server::Running;

/// The names of the metrics that `text` holds.
fn emitted(text: &str) -> BTreeSet<String> {
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let names = types.filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

/// The names of the metrics that the README's table lists.
fn documented() -> BTreeSet<String> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let rows = readme
        .lines()
        .skip_while(|line| !line.starts_with("| metric |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let names = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}

#[tokio::test]
async fn the_metrics_are_those_that_the_readme_lists() {
    let server = Running::start(&[]);
    let session = server.open().await;
    session.choose("LSE").await;
    let answer = server.get("/metrics").await;
    assert_eq!(answer.status, 200);
    let media_type = answer.headers["content-type"].to_str().unwrap();
    assert!(media_type.starts_with("text/plain; version=0.0.4"));
    assert_eq!(emitted(&answer.body), documented());
    let cpu_seconds = answer
        .body
        .lines()
        .find_map(|line| line.strip_prefix("process_cpu_seconds_total "))
        .unwrap();
    assert!(cpu_seconds.parse::<f64>().unwrap() > 0.0);
}

#[tokio::test]
async fn metrics_count_what_happened_and_name_nobody() {
    let server = Running::start(&[]);
    let session = server.open().await;
    session.choose("LSE").await;
    let refused = session.post(json!({ "choose": "nothing" })).await;
    refused.is_problem(409, "not_offered");
    let text = server.get("/metrics").await.body;
    for line in [
        "statechat_sessions 1",
        "statechat_steps_total{bot=\"stock\",outcome=\"message\"} 1",
        "statechat_steps_total{bot=\"stock\",outcome=\"not_offered\"} 1",
        "statechat_append_seconds_count 1",
        "statechat_responses_total{status=\"202\"} 1",
        "statechat_responses_total{status=\"409\"} 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert!(!text.contains(&session.id) && !text.contains("guest-"));
}

#[tokio::test]
async fn a_server_that_runs_is_ready() {
    let server = Running::start(&[]);
    let answer = server.get("/readyz").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ready\n"));
    assert_eq!(answer.headers["cache-control"], "no-store");
}
