//! What operators look at: readiness, metrics, and the log's lines.

use std::collections::BTreeSet;
use std::fs;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

use reqwest::header::COOKIE;
use serde_json::{Value, json};
use statechat::bots::stock::Market;
use statechat::identity::Role;
use statechat::log::SqliteLog;
use statechat::metrics::Metrics;
use statechat::sources::quotes::FileQuotes;

use crate::folder::Folder;
use crate::process::Process;
use crate::server::{Answered, Opened, PATIENCE, Running, client, identity, send, stock, token};
use crate::streams::Listener;

/// The names of the metrics that `text` holds.
fn emitted(text: &str) -> BTreeSet<String> {
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let names = types.filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

/// What stands in backticks in the first two cells of each row of the README's table: the names of metrics, and those of
/// labels with what they may be.
fn table() -> Vec<[Vec<String>; 2]> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let rows = readme
        .lines()
        .skip_while(|line| !line.starts_with("| metric |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let rows = rows.map(|row| {
        [1, 2].map(|cell| {
            let cell = row.split('|').nth(cell).unwrap();
            let words = cell.split('`').skip(1).step_by(2);
            words.map(str::to_owned).collect()
        })
    });
    rows.collect()
}

/// The names of the metrics that the README's table lists.
fn documented() -> BTreeSet<String> {
    table().into_iter().flat_map(|[names, _]| names).collect()
}

#[test]
fn what_a_label_may_be_is_what_the_readme_lists_and_begins_at_nothing() {
    let text = Metrics::new().text();
    let mut known = 0;
    for [names, labels] in table() {
        let [name, [label, values @ ..]] = [names.as_slice(), labels.as_slice()] else {
            continue;
        };
        // Of bots and of statuses nobody knows beforehand.
        if label == "bot" || values.is_empty() {
            continue;
        }
        let begin = format!("{}{{{label}=\"", name[0]);
        let emitted = text.lines().filter_map(|line| line.strip_prefix(&begin));
        let emitted: BTreeSet<&str> = emitted
            .map(|rest| rest.strip_suffix("\"} 0").expect("it begins at nothing"))
            .collect();
        let documented = values.iter().map(String::as_str).collect();
        assert_eq!(emitted, documented, "{name:?}");
        known += 1;
    }
    assert_eq!(known, 4);
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
async fn health_names_the_topics_that_streams_can_listen_to() {
    let server = Running::start(&[]);
    let topics = server.get("/api/health").await.json()["streams"].clone();
    assert_eq!(topics, json!(["notifications", "inbox"]));
    let agent = token(&identity("alice", Role::Agent));
    for topic in topics.as_array().unwrap() {
        let url = server.url(&format!("/api/events?topics={}", topic.as_str().unwrap()));
        let request = client().get(url).bearer_auth(&agent);
        assert_eq!(request.send().await.unwrap().status(), 200, "{topic}");
    }
}

#[tokio::test]
async fn a_server_that_runs_is_ready() {
    let server = Running::start(&[]);
    let answer = server.get("/readyz").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ready\n"));
    assert_eq!(answer.headers["cache-control"], "no-store");
}

/// Asks until the answer is of this status. The server looks again after a while only.
async fn ready_as(server: &Running, status: u16) -> Answered {
    let ask = async {
        loop {
            let answer = server.get("/readyz").await;
            if answer.status == status {
                return answer;
            }
        }
    };
    let asked = tokio::time::timeout(PATIENCE, ask).await;
    asked.unwrap_or_else(|_| panic!("/readyz does not answer {status}"))
}

#[tokio::test]
async fn a_locked_database_is_not_ready_until_it_is_let_go() {
    let folder = Folder::new();
    let path = folder.file("chat.db");
    let log = Arc::new(SqliteLog::open(&path, Arc::default()).unwrap());
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let server = Running::start_over(&["--heartbeat", "50ms"], bots, log);
    let session = server.open().await;
    let mut listener = Listener::open(&session, "", None).await;
    listener.until(1).await;
    ready_as(&server, 200).await;

    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let problem = ready_as(&server, 503).await;
    let problem = problem.is_problem(503, "log_unavailable");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("locked by another program"), "{detail}");
    let live = server.get("/livez").await;
    assert_eq!((live.status, live.body.as_str()), (200, "ok\n"));
    listener.expect("heartbeat").await;
    ready_as(&server, 503).await;

    other.execute_batch("ROLLBACK").unwrap();
    ready_as(&server, 200).await;
    session.choose("LSE").await;
    assert_eq!(listener.until(3).await.len(), 2, "the stream stayed");
}

/// What a server wrote on standard error about one conversation.
struct Logged {
    session: Opened,
    /// Method, path and status of every request that it had.
    requests: Vec<(&'static str, String, u16)>,
    /// What is nobody's business.
    secrets: Vec<String>,
    stderr: String,
}

const BAD_TOKEN: &str = "a-token-of-nobody";

fn misplaced() -> String {
    format!("/api/events?session={BAD_TOKEN}")
}

/// A message, the transcript as asked for by all ways of sending a token, and a stream to the server's end; with all
/// that there is to log.
async fn logged(format: &str) -> Logged {
    let folder = Folder::new();
    let file = folder.file("stderr");
    let flags = ["--log", "trace", "--log-format", format];
    let log = fs::File::create(&file).unwrap();
    let server = Process::start_logging(&folder.file("home"), &flags, log);
    let session = server.open().await;
    let mut listener = Listener::open(&session, "", None).await;
    session.say("Has anybody seen my purple elephant?").await;
    let records = session.records().await;
    let path = format!("{}/transcript", session.path());
    let url = format!("http://{}{path}", session.address);
    let cookie = format!("statechat={}", session.token);
    for (request, status) in [
        (client().get(&url).header(COOKIE, cookie), 200),
        (client().get(format!("{url}?token={}", session.token)), 200),
        (client().get(format!("{url}?token={BAD_TOKEN}")), 401),
        (client().get(&url).bearer_auth(BAD_TOKEN), 401),
        // In the wrong place, where it could be a session's name.
        (session.request(reqwest::Method::GET, &misplaced()), 404),
    ] {
        assert_eq!(send(request).await.status, status);
    }
    let stopped = tokio::task::spawn_blocking(|| server.stop());
    while listener.next().await.is_some() {}
    stopped.await.unwrap();
    let texts = records.iter().filter_map(|record| record["text"].as_str());
    let secrets = texts.chain([&*session.token, BAD_TOKEN]);
    Logged {
        secrets: secrets.map(str::to_owned).collect(),
        requests: requests(&session, &path),
        stderr: fs::read_to_string(&file).unwrap(),
        session,
    }
}

fn requests(session: &Opened, transcript: &str) -> Vec<(&'static str, String, u16)> {
    let mut requests = vec![
        ("POST", "/api/sessions".to_owned(), 201),
        ("GET", "/api/events".to_owned(), 200),
        ("POST", format!("{}/messages", session.path()), 202),
    ];
    let reads = [200, 200, 200, 401, 401];
    requests.extend(reads.map(|status| ("GET", transcript.to_owned(), status)));
    requests.push(("GET", "/api/events".to_owned(), 404));
    requests
}

impl Logged {
    #[track_caller]
    fn tells_no_secrets(&self) {
        assert!(self.secrets.len() >= 5, "{:?}", self.secrets);
        for secret in &self.secrets {
            // As JSON has it: with its quotes and line ends escaped.
            let escaped = json!(secret).to_string();
            let escaped = escaped.trim_matches('"');
            for secret in [secret, escaped] {
                assert!(
                    !self.stderr.contains(secret),
                    "{secret} in\n{}",
                    self.stderr
                );
            }
        }
    }
}

#[tokio::test]
async fn the_log_for_programs_has_requests_steps_and_streams_and_no_secrets() {
    let logged = logged("json").await;
    logged.tells_no_secrets();
    let lines = logged.stderr.lines().map(serde_json::from_str::<Value>);
    let lines: Vec<Value> = lines.collect::<Result<_, _>>().unwrap();
    let about = |what: &'static str| lines.iter().filter(move |line| line["message"] == *what);
    let requests = about("request").map(|line| {
        assert!(line["micros"].is_u64(), "{line}");
        json!([line["method"], line["path"], line["status"]])
    });
    let expected = logged.requests.iter().map(|request| json!(request));
    assert_eq!(requests.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let ended: Vec<_> = about("stream ended").collect();
    assert_eq!(ended.len(), 1, "{ended:?}");
    assert!(ended[0]["stream"].as_str().is_some_and(|id| !id.is_empty()));
    assert_eq!(ended[0]["session"], *logged.session.id);
    assert_eq!(ended[0]["reason"], "restarting");
}

#[tokio::test]
async fn the_log_for_programs_lets_one_follow_a_message() {
    let logged = logged("json").await;
    let lines = logged.stderr.lines().map(serde_json::from_str::<Value>);
    let lines: Vec<Value> = lines.collect::<Result<_, _>>().unwrap();
    let about = |what: &'static str| lines.iter().filter(move |line| line["message"] == *what);
    let fields = |line: &Value, names: &[&str]| -> Vec<Value> {
        names.iter().map(|&name| line[name].clone()).collect()
    };
    let id = &logged.session.id;
    let stream = about("stream ended").next().unwrap()["stream"].clone();
    let requests = about("request").map(|line| fields(line, &["session", "stream", "seq"]));
    let requests: Vec<Vec<Value>> = requests.collect();
    let known = |stream: &Value, seq: Option<u64>| vec![json!(id), stream.clone(), json!(seq)];
    let none = Value::Null;
    let expected = [
        known(&none, None),
        known(&stream, None),
        known(&none, Some(2)),
        known(&none, None),
    ];
    assert_eq!(requests[..4], expected);
    assert_eq!(requests.last().unwrap(), &vec![none; 3]);
    let steps = about("step").map(|line| fields(line, &["session", "first", "seq", "cause"]));
    let step = vec![json!(id), json!(2), json!(3), json!("user")];
    assert_eq!(steps.collect::<Vec<_>>(), [step]);
}

#[tokio::test]
async fn a_log_that_nobody_reads_fails_nothing() {
    let folder = Folder::new();
    let (reader, writer) = std::io::pipe().unwrap();
    let log = fs::File::from(OwnedFd::from(writer));
    let server = Process::start_logging(&folder.file("home"), &["--log", "debug"], log);
    drop(reader);
    let session = server.open().await;
    session.choose("LSE").await;
    assert_eq!(session.records().await.len(), 3);
    server.stop();
}

#[tokio::test]
async fn the_log_for_people_has_a_line_a_request_and_no_secrets() {
    let logged = logged("text").await;
    logged.tells_no_secrets();
    let lines = logged
        .stderr
        .lines()
        .filter_map(|line| line.split_once(": request "));
    let lines: Vec<&str> = lines.map(|(_, fields)| fields).collect();
    assert_eq!(lines.len(), logged.requests.len(), "{}", logged.stderr);
    for (line, (method, path, status)) in lines.iter().zip(&logged.requests) {
        let fields = format!("method={method} path={path:?} status={status} micros=");
        assert!(line.starts_with(&fields), "{line}");
    }
}
