//! SIGTERM with many open streams: each is told when to come back, at its own time, and the program ends well.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::folder::Folder;
use crate::process::{Process, STATECHAT, signal};
use crate::server::{Opened, PATIENCE, client};
use crate::streams::Listener;

/// How many streams; STATECHAT_STREAMS names another number, as far as open files allow.
fn streams() -> usize {
    let given = std::env::var("STATECHAT_STREAMS").ok();
    given.map_or(2_000, |streams| {
        streams.parse().expect("STATECHAT_STREAMS is a number")
    })
}

const STREAMS_A_SESSION: usize = 100;

/// A stream as plain bytes: HTTP/1.0 has no chunks.
async fn follow(session: &Opened) -> TcpStream {
    let mut stream = TcpStream::connect(session.address).await.unwrap();
    let request = format!(
        "GET /api/events?session={}&token={} HTTP/1.0\r\nhost: x\r\n\r\n",
        session.id, session.token
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Reads to the end, and answers when the stream is to come back.
async fn read_out(mut stream: TcpStream) -> u64 {
    let mut answer = String::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
    read.expect("the stream does not end").unwrap();
    assert!(answer.starts_with("HTTP/1.0 200 OK"), "{answer}");
    let events: Vec<&str> = answer.trim_end().split("\n\n").collect();
    let last = events.last().unwrap();
    let (retry, rest) = last
        .strip_prefix("retry: ")
        .unwrap()
        .split_once('\n')
        .unwrap();
    let data = rest
        .strip_prefix("event: restarting\ndata: ")
        .unwrap_or_else(|| panic!("{last}"));
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["retryMs"].to_string(), retry);
    retry.parse().unwrap()
}

/// Whether the times are spread over the whole of what is promised.
fn assert_jittered(retries: &[u64]) {
    let count = retries.len();
    for tenth in 0..10 {
        let span = 1_000 + tenth * 200..1_200_u64 + tenth * 200;
        let within = retries.iter().filter(|retry| span.contains(*retry)).count();
        assert!(
            within > count / 20 && within < count / 5,
            "{within} of {count} within {span:?}"
        );
    }
    assert!(retries.iter().collect::<BTreeSet<_>>().len() > count.min(2_000) / 3);
}

#[tokio::test]
async fn every_stream_is_told_to_come_back_and_the_program_ends_well() {
    let count = streams();
    let program =
        Process::start_in_memory(&["--drain", "10s", "--max-streams", &count.to_string()]);
    let mut sessions = Vec::new();
    for _ in 0..count.div_ceil(STREAMS_A_SESSION) {
        sessions.push(program.open().await);
    }
    let begun = Instant::now();
    let mut readers = JoinSet::new();
    for number in 0..count {
        readers.spawn(read_out(
            follow(&sessions[number / STREAMS_A_SESSION]).await,
        ));
    }
    program.until_streams(|open| open == count).await;
    eprintln!(
        "{count} streams in {:?}, {} kB of memory",
        begun.elapsed(),
        program.rss_anon() / 1024
    );

    let begun = Instant::now();
    program.terminate();
    let mut retries = vec![readers.join_next().await.unwrap().unwrap()];
    let told = begun.elapsed();
    let refused = TcpStream::connect(program.address).await;
    assert!(
        refused.is_err(),
        "it takes connections when it has told its streams to come back later"
    );
    while let Some(retry) = readers.join_next().await {
        retries.push(retry.unwrap());
    }
    let all_told = begun.elapsed();
    let status = program.ended().await;
    eprintln!(
        "told from {told:?} to {all_told:?}, ended after {:?}",
        begun.elapsed()
    );
    assert_eq!(status.code(), Some(0), "{status}");
    assert_eq!(retries.len(), count);
    assert_jittered(&retries);
}

#[tokio::test]
async fn who_comes_back_when_told_to_misses_nothing() {
    let folder = Folder::new();
    let program = Process::start(folder.path(), &[]);
    let (session, address) = (program.open().await, program.address);
    let mut stream = Listener::open(&session, "", None).await;
    session.say("help").await;
    let cursor = stream.until(3).await[2].id.clone();
    program.terminate();
    let told = stream.expect("restarting").await;
    assert_eq!(program.ended().await.code(), Some(0));

    let program = Process::start_at(address, folder.path());
    assert_eq!(session.say("help").await, 4, "while it waits");
    // What a client that obeys does; the record that it missed is written already.
    tokio::time::sleep(Duration::from_millis(told["retryMs"].as_u64().unwrap())).await;
    let mut stream = Listener::open(&session, "", cursor.as_deref()).await;
    assert_eq!(stream.expect("connected").await["head"], 5);
    for seq in [4, 5] {
        assert_eq!(stream.expect("message").await["seq"], seq);
    }
    drop(program);
}

/// A key set with the key of RFC 8037, appendix A.2.
const KEY_SET: &str = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k1",
    "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

/// A token that says it is signed with a key that is not in there.
const TOKEN_OF_K2: &str = "eyJhbGciOiJFZERTQSIsImtpZCI6ImsyIn0.e30.AAAA";

/// Makes a file that is never read to its end, as on a disk that hangs.
fn make_endless(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

/// As Linux has it: not to wait for whoever has the other end.
const O_NONBLOCK: i32 = 0o4000;

/// Waits until somebody reads that file, which has no end as long as what this answers is there.
async fn is_read(path: &Path) -> File {
    let opened = async {
        loop {
            let mut options = OpenOptions::new();
            let options = options.write(true).custom_flags(O_NONBLOCK);
            if let Ok(file) = options.open(path) {
                return file;
            }
            tokio::task::yield_now().await;
        }
    };
    let opened = tokio::time::timeout(PATIENCE, opened).await;
    opened.expect("nobody reads it")
}

/// A server whose runtime cannot end, because one of its threads reads a file without end.
async fn hanging(drain: &str) -> (Process, File) {
    let folder = Folder::new();
    let keys = folder.file("keys");
    std::fs::write(&keys, KEY_SET).unwrap();
    let flags = ["--auth", "jwt", "--jwks", keys.to_str().unwrap()];
    let flags = [&flags[..], &["--drain", drain]].concat();
    let program = Process::start_in_memory(&flags);
    std::fs::remove_file(&keys).unwrap();
    make_endless(&keys);
    let url = format!("http://{}/api/sessions", program.address);
    let asking = tokio::spawn(async move {
        // It looks for keys that it does not know once in a while.
        while client()
            .get(&url)
            .bearer_auth(TOKEN_OF_K2)
            .send()
            .await
            .is_ok()
        {}
    });
    let endless = is_read(&keys).await;
    asking.abort();
    (program, endless)
}

#[tokio::test]
async fn what_hangs_keeps_the_program_no_longer_than_it_has_to_end() {
    let (program, _endless) = hanging("100ms").await;
    program.terminate();
    assert_eq!(program.ended().await.code(), Some(1));
}

#[tokio::test]
async fn a_second_signal_ends_a_program_that_hangs() {
    let (program, _endless) = hanging("1h").await;
    program.terminate();
    let alone = async {
        // All that serves is gone: there is who began it, who hears signals, and who hangs.
        while program.threads() > 3 {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, alone).await;
    waited.expect("it does not stop");
    program.terminate();
    assert_eq!(program.ended().await.code(), Some(1));
}

#[tokio::test]
async fn who_does_not_read_what_is_logged_does_not_keep_the_program() {
    let folder = Folder::new();
    let (_unread, log) = std::io::pipe().unwrap();
    let flags = ["--log-format", "json", "--drain", "100ms"];
    let log = File::from(OwnedFd::from(log));
    let program = Process::start_logging(&folder.file("home"), &flags, log);
    let url = format!("http://{}/livez", program.address);
    // Each is a line, until there is no room for one.
    let answered = async || {
        let asking = client().get(&url).timeout(Duration::from_secs(3));
        asking.send().await.is_ok()
    };
    let filled = async { while answered().await {} };
    let filled = tokio::time::timeout(PATIENCE, filled).await;
    filled.expect("nothing is logged");
    program.terminate();
    assert_eq!(program.ended().await.code(), Some(1));
}

/// Kills it, if it is still there.
struct Starting(Child);

impl Drop for Starting {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_program_that_hangs_as_it_starts_is_ended_by_two_signals() {
    let folder = Folder::new();
    let keys = folder.file("keys");
    make_endless(&keys);
    let mut command = Command::new(STATECHAT);
    command.args(["serve", "--listen", "127.0.0.1:0", "--store", "memory"]);
    command.args(["--drain", "1h", "--auth", "jwt", "--jwks"]);
    let command = command.arg(&keys).stderr(Stdio::piped());
    let mut starting = Starting(command.spawn().unwrap());
    let _endless = is_read(&keys).await;
    let id = starting.0.id();
    assert!(signal("-TERM", id));
    let stderr = starting.0.stderr.take().unwrap();
    let heard = tokio::task::spawn_blocking(move || {
        let mut lines = BufReader::new(stderr).lines();
        lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("stopping;")))
    });
    let heard = tokio::time::timeout(PATIENCE, heard).await;
    heard.expect("it does not hear the signal").unwrap();
    assert!(signal("-INT", id));
    let ended = async {
        loop {
            if let Some(status) = starting.0.try_wait().unwrap() {
                return status;
            }
            tokio::task::yield_now().await;
        }
    };
    let ended = tokio::time::timeout(PATIENCE, ended).await;
    assert_eq!(ended.expect("it did not end").code(), Some(1));
}
