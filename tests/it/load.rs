//! `statechat load`: it finds nothing where there is nothing, and every fault where there is one.

use std::fs;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use statechat::bots::stock::{Market, Quote};
use statechat::sources::quotes::{FileQuotes, QuoteError, QuoteSource};

use crate::folder::Folder;
use crate::process::{Process, STATECHAT, unread};
use crate::proxy::{Proxy, Way};
use crate::server::{Running, stock};

/// What the load came to: its exit code, and its report.
async fn load(url: String, args: &str) -> (i32, Value) {
    let args: Vec<String> = args.split_whitespace().map(str::to_owned).collect();
    let run = tokio::task::spawn_blocking(move || loaded(&url, &args));
    let output = run.await.unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let report = serde_json::from_str(&stdout);
    let report = report.unwrap_or_else(|_| panic!("no report: {stdout}{stderr}"));
    (output.status.code().unwrap(), report)
}

fn loaded(url: &str, args: &[String]) -> Output {
    let mut command = Command::new(STATECHAT);
    command.args(["load", url, "--json"]).args(args);
    command.output().unwrap()
}

/// The same where the shell has set a limit of open files, with these flags of its `ulimit`.
fn loaded_with_files(limit: &str, url: &str, args: &str) -> Output {
    let script = format!("ulimit {limit} && exec \"$0\" load \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, STATECHAT, url, "--json"]);
    command.args(args.split_whitespace()).output().unwrap()
}

#[track_caller]
fn is_sound(code: i32, report: &Value) {
    assert_eq!(code, 0, "{report}");
    assert!(report["roundTrips"].as_u64().unwrap() > 0, "{report}");
    assert!(report["latencyMs"]["p50"].as_f64().unwrap() > 0.0);
    for none in ["lost", "doubled", "gaps", "wrong", "unchecked"] {
        assert_eq!(report[none], 0, "{report}");
    }
    assert_eq!(report["examples"], Value::Array(vec![]));
}

#[tokio::test]
async fn where_all_is_well_it_finds_nothing() {
    let server = Running::start(&["--rate-limit", "0"]);
    let (code, report) = load(server.url("/"), "--users 5 --seconds 2 --seed 1").await;
    is_sound(code, &report);
    assert_eq!(report["errors"], serde_json::json!({}));
    assert_eq!((&report["users"], &report["seed"]), (&5.into(), &1.into()));
    for some in ["acknowledged", "repeated", "resumed"] {
        assert!(report[some].as_u64().unwrap() > 0, "{some}: {report}");
    }
}

#[tokio::test]
async fn a_rate_limit_slows_it_down() {
    let server = Running::start(&["--rate-limit", "3"]);
    let (code, report) = load(server.url("/"), "--users 2 --seconds 2 --seed 1").await;
    is_sound(code, &report);
    assert!(report["slowed"].as_u64().unwrap() > 0, "{report}");
}

#[tokio::test]
async fn a_full_session_is_checked_and_another_one_started() {
    let server = Running::start(&["--rate-limit", "0", "--session-records-max", "20"]);
    let (code, report) = load(server.url("/"), "--users 2 --seconds 2 --seed 1").await;
    is_sound(code, &report);
    assert!(report["acknowledged"].as_u64().unwrap() > 40, "{report}");
}

#[tokio::test]
async fn the_servers_cpu_is_asked_for_before_any_transcript_is_read() {
    let folder = Folder::new();
    let file = folder.file("stderr");
    let flags = ["--log-format", "json", "--session-records-max", "20"];
    let log = fs::File::create(&file).unwrap();
    let server = Process::start_logging(&folder.file("home"), &flags, log);
    let url = format!("http://{}/", server.address);
    let (code, report) = load(url, "--users 3 --seconds 1 --seed 1").await;
    is_sound(code, &report);
    server.stop();
    let log = fs::read_to_string(&file).unwrap();
    let lines = log.lines().map(serde_json::from_str::<Value>);
    let asked = lines.filter_map(|line| Some(line.unwrap()["path"].as_str()?.to_owned()));
    let asked: Vec<String> = asked.collect();
    let first = asked.iter().position(|path| path.ends_with("/transcript"));
    let (before, after) = asked.split_at(first.expect("transcripts are read"));
    let count = |asked: &[String], path| asked.iter().filter(|asked| *asked == path).count();
    assert_eq!(
        count(before, "/metrics"),
        2,
        "at the start, and: {before:?}"
    );
    assert!(count(after, "/api/sessions") > 0, "a session became full");
}

#[tokio::test]
async fn a_full_session_and_the_next_one_take_no_more_connections_than_one() {
    let server = Running::start(&["--rate-limit", "0", "--session-records-max", "20"]);
    let url = server.url("/");
    // What is said to be enough for so many users.
    let run = move || loaded_with_files("-n 264", &url, "--users 100 --seconds 2 --seed 1");
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    is_sound(output.status.code().unwrap(), &report);
    assert_eq!(report["errors"], serde_json::json!({}));
}

#[tokio::test]
async fn a_server_without_room_for_a_stream_loses_nothing() {
    let server = Running::start(&["--rate-limit", "0", "--max-streams", "1"]);
    let args = "--users 2 --seconds 1 --seed 1 --wait 1s";
    let (code, report) = load(server.url("/"), args).await;
    is_sound(code, &report);
    for kind in ["overloaded", "no room for a stream"] {
        assert!(
            report["errors"][kind].as_u64().unwrap() > 0,
            "{kind}: {report}"
        );
    }
}

/// A source that fails every second time.
#[derive(Default)]
struct Moody(AtomicUsize);

impl QuoteSource for Moody {
    async fn quote(&self, exchange: &str, code: &str) -> Result<Quote, QuoteError> {
        if self.0.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            return Err(QuoteError::Unavailable("closed for lunch".into()));
        }
        let file = FileQuotes(Arc::new(Market::bundled()));
        file.quote(exchange, code).await
    }
}

#[tokio::test]
async fn a_failed_effect_is_one_of_the_ways_that_the_machine_knows() {
    let server = Running::start_bots(&["--rate-limit", "0"], stock(Moody::default()));
    let (code, report) = load(server.url("/"), "--users 2 --seconds 2 --seed 1").await;
    is_sound(code, &report);
    assert!(
        report["errors"]["effect failed"].as_u64().unwrap() > 0,
        "{report}"
    );
}

#[tokio::test]
async fn broken_connections_and_lost_answers_lose_nothing() {
    let server = Running::start(&["--rate-limit", "0"]);
    let proxy = Proxy::start(server.address, Way::Breaks).await;
    let (code, report) = load(proxy.url(), "--users 3 --seconds 3 --seed 1").await;
    is_sound(code, &report);
    for kind in ["503 conflict", "connection", "stream broken"] {
        assert!(
            report["errors"][kind].as_u64().unwrap() > 0,
            "{kind}: {report}"
        );
    }
}

/// Asserts that a way of lying is found, as what, and in which words.
async fn check(way: Way, found: &str, words: &str) {
    let server = Running::start(&["--rate-limit", "0"]);
    let proxy = Proxy::start(server.address, way).await;
    let (code, report) = load(proxy.url(), "--users 2 --seconds 1 --seed 1 --wait 1s").await;
    assert_eq!(code, 1, "{way:?}: {report}");
    for fault in ["lost", "doubled", "gaps", "wrong"] {
        let count = report[fault].as_u64().unwrap();
        assert_eq!(count > 0, fault == found, "{way:?}: {report}");
    }
    let example = report["examples"][0].as_str().unwrap();
    assert!(example.contains(words), "{way:?}: {report}");
}

#[tokio::test]
async fn an_event_left_out_is_a_gap() {
    check(
        Way::LeavesOut,
        "gaps",
        "nothing came between seq 1 and this",
    )
    .await;
}

#[tokio::test]
async fn what_is_wrong_fails_it_though_nobody_reads_the_report() {
    let server = Running::start(&["--rate-limit", "0"]);
    let proxy = Proxy::start(server.address, Way::Changes).await;
    let args = ["--users", "1", "--seconds", "1", "--seed", "1"];
    let mut command = Command::new(STATECHAT);
    command.args(["load", &proxy.url()]).args(args);
    let run = tokio::task::spawn_blocking(move || unread(&mut command));
    assert_eq!(run.await.unwrap().status.code(), Some(1));
}

#[tokio::test]
async fn an_event_sent_twice_is_doubled() {
    check(Way::Doubles, "doubled", "seq 3: came for a second time").await;
}

#[tokio::test]
async fn a_repetition_that_enters_again_is_doubled() {
    check(Way::EntersAgain, "doubled", "the message is there already").await;
}

#[tokio::test]
async fn a_changed_reply_is_wrong() {
    check(Way::Changes, "wrong", "got \"Well, ").await;
}

#[tokio::test]
async fn a_message_that_is_acknowledged_and_never_comes_is_lost() {
    check(
        Way::Swallows,
        "lost",
        "it was acknowledged, and the message did not come",
    )
    .await;
}

#[tokio::test]
async fn a_reply_that_never_comes_is_lost() {
    check(
        Way::KeepsReplies,
        "lost",
        "it was acknowledged, and the message {",
    )
    .await;
}

#[tokio::test]
async fn a_transcript_without_what_was_acknowledged_has_lost_it() {
    check(Way::Forgets, "lost", "is not in the transcript").await;
}

#[tokio::test]
async fn without_a_server_or_a_bot_it_does_not_start() {
    let server = Running::start(&[]);
    for (url, args, said) in [
        ("http://127.0.0.1:1/", "", "the server cannot be reached"),
        ("nonsense", "", "is not a server's address"),
        (&server.url("/"), "--bot nobody", "here runs: stock"),
        (&server.url("/"), "--users 0", "--users"),
    ] {
        let args: Vec<String> = args.split_whitespace().map(str::to_owned).collect();
        let url = url.to_owned();
        let run = tokio::task::spawn_blocking(move || loaded(&url, &args));
        let output = run.await.unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
        assert!(output.stdout.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_takes_as_many_files_as_the_system_lets_it() {
    let server = Running::start(&["--rate-limit", "0"]);
    let url = server.url("/");
    let args = "--users 20 --seconds 1 --seed 1";
    let run = tokio::task::spawn_blocking(move || loaded_with_files("-Sn 32", &url, args));
    let output = run.await.unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    is_sound(output.status.code().unwrap(), &report);
    assert_eq!(report["errors"], serde_json::json!({}));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn more_users_than_the_system_lets_have_files_are_warned_of() {
    let output = loaded_with_files("-n 100", "http://127.0.0.1:1/", "--users 20");
    let stderr = String::from_utf8(output.stderr).unwrap();
    let said = "20 users open up to 104 files, and the system lets this process open 100";
    assert!(stderr.starts_with(said), "{stderr}");
}
