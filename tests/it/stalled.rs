//! Readers that do not read: each holds a bounded buffer and is cut, and the others do not notice.

use std::sync::Arc;

use serde_json::Value;
use statechat::identity::Role;
use statechat::log::SqliteLog;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::folder::Folder;
use crate::process::Process;
use crate::server::{
    Opened, PATIENCE, Running, client, identity, patient, send, stock_of_file, token,
};
use crate::streams::Listener;

const STALLED: usize = 1_000;
const BUSY: usize = 200;
/// Sessions with many readers who do not read.
const CROWDS: usize = 4;
/// What the system is told to hold for a connection.
const SEND_BUFFER: u64 = 16 * 1024;
/// What the server may hold for a reader who does not read, beside what it holds for any stream.
const BYTES_A_READER: u64 = 96 * 1024;

/// The longest text there is: each character takes six in JSON.
fn long() -> String {
    "x".to_owned() + &"\u{1}".repeat(1_999)
}

/// Somebody who asks for a stream, and does not read it.
async fn stalled(session: &Opened, more: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    // A small window, so that what is not read fills it soon.
    socket.set_recv_buffer_size(2_048).unwrap();
    let mut stream = socket.connect(session.address).await.unwrap();
    let request = format!(
        "GET /api/events?session={}&token={}{more} HTTP/1.1\r\nhost: x\r\n\r\n",
        session.id, session.token
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// As many as there are, each to a crowd and from where that crowd begins.
async fn stalled_all(crowds: &[Opened], begin: &[String]) -> Vec<TcpStream> {
    let mut readers = Vec::new();
    for (crowd, begin) in crowds.iter().zip(begin).cycle().take(STALLED) {
        readers.push(stalled(crowd, begin).await);
    }
    readers
}

/// What resumes a conversation after its first record.
async fn after_first(crowd: &Opened) -> String {
    let first = Listener::open(crowd, "", None).await.until(1).await;
    format!("&lastEventId={}", first[0].id.as_ref().unwrap())
}

/// Asserts of each that it had a stream, and has none now.
async fn all_cut(readers: Vec<TcpStream>) {
    for mut reader in readers {
        let mut got = Vec::new();
        let end = tokio::time::timeout(PATIENCE, reader.read_to_end(&mut got)).await;
        end.expect("a reader who does not read is kept").ok();
        assert!(
            got.starts_with(b"HTTP/1.1 200 OK"),
            "{}",
            String::from_utf8_lossy(&got)
        );
    }
}

/// A user in a session of their own, who says something and reads the answer.
struct Busy {
    session: Opened,
    stream: Listener,
    seq: u64,
}

impl Busy {
    async fn open(program: &Process) -> Self {
        let session = program.open().await;
        let mut stream = Listener::open(&session, "", None).await;
        stream.until(1).await;
        Self {
            session,
            stream,
            seq: 1,
        }
    }

    async fn round(&mut self) {
        assert_eq!(self.session.say("help").await, self.seq + 1);
        let events = self.stream.until(self.seq + 2).await;
        assert_eq!(events.len(), 2, "dense, and on the same stream as ever");
        self.seq += 2;
    }
}

async fn rounds(users: Vec<Busy>) -> Vec<Busy> {
    let rounds = users.into_iter().map(async |mut user| {
        user.round().await;
        user
    });
    let mut rounds: JoinSet<Busy> = rounds.collect();
    let mut users = Vec::new();
    while let Some(user) = rounds.join_next().await {
        users.push(user.unwrap());
    }
    users
}

/// What is measured of a server while some do not read.
struct Watch<'a> {
    program: &'a Process,
    /// Its memory when nobody had stalled yet.
    idle: u64,
    memory: u64,
    queued: u64,
}

impl<'a> Watch<'a> {
    fn new(program: &'a Process) -> Self {
        let idle = program.rss_anon();
        Self {
            program,
            idle,
            memory: idle,
            queued: 0,
        }
    }

    fn look(&mut self) {
        self.memory = self.memory.max(self.program.rss_anon());
        self.queued = self.queued.max(self.program.queued_bytes());
    }

    /// Users go on as long as somebody stalls: each stream of theirs carries on, densely.
    async fn until_all_are_cut(
        &mut self,
        mut users: Vec<Busy>,
        readers: Vec<TcpStream>,
    ) -> Vec<Busy> {
        let wait = async {
            while self.program.streams().await > BUSY {
                users = rounds(users).await;
                self.look();
            }
            all_cut(readers).await;
            users
        };
        let waited = tokio::time::timeout(2 * PATIENCE, wait).await;
        waited.expect("readers who do not read are kept")
    }

    fn assert_bounded(&self) {
        let a_reader = (self.memory - self.idle) / STALLED as u64;
        eprintln!(
            "a stalled reader: {a_reader} bytes of the server's, up to {} of the system's",
            self.queued
        );
        assert!(
            a_reader < BYTES_A_READER,
            "{a_reader} bytes a stalled reader"
        );
        assert!(
            self.queued <= 2 * SEND_BUFFER,
            "{} bytes wait in the system",
            self.queued
        );
        assert!(self.queued > SEND_BUFFER / 4, "nobody stalled");
    }
}

#[tokio::test]
async fn a_thousand_stalled_readers_are_cut_and_nobody_else_notices() {
    let buffer = SEND_BUFFER.to_string();
    let flags = ["--stall-timeout", "1s", "--send-buffer-bytes", &buffer];
    let program = Process::start_in_memory(&flags);
    let (mut users, mut crowds) = (Vec::new(), Vec::new());
    for _ in 0..BUSY {
        users.push(Busy::open(&program).await);
    }
    for _ in 0..CROWDS {
        crowds.push(program.open().await);
    }

    // They have read all there was, and stall at what comes then.
    let readers = stalled_all(&crowds, &vec!["&last=0".to_owned(); CROWDS]).await;
    program.until_streams(|open| open == BUSY + STALLED).await;
    let mut watch = Watch::new(&program);
    for _ in 0..20 {
        for crowd in &crowds {
            crowd.say(&long()).await;
        }
        watch.look();
    }
    let users = watch.until_all_are_cut(users, readers).await;

    // They stall at the beginning of a long conversation, or at what they missed of it.
    let mut begin = [const { String::new() }; CROWDS];
    for number in 0..CROWDS / 2 {
        begin[number] = after_first(&crowds[number]).await;
    }
    let readers = stalled_all(&crowds, &begin).await;
    let _users = watch.until_all_are_cut(users, readers).await;
    watch.assert_bounded();

    let halfway = watch.idle.midpoint(watch.memory);
    let falls = async {
        // The allocator gives back as it is asked for more; by calls that leave nothing in the log.
        while program.rss_anon() > halfway {
            program.streams().await;
        }
    };
    let waited = tokio::time::timeout(3 * PATIENCE, falls).await;
    waited.expect("what the stalled readers held is not given back");
    program.kill();
}

/// How many events each stream of the server was sent.
async fn sent(server: &Running) -> Vec<Value> {
    let admin = token(&identity("ops", Role::Admin));
    let request = client().get(server.url("/api/clients"));
    let body = send(request.bearer_auth(admin)).await.json();
    let clients = body["clients"].as_array().unwrap();
    clients
        .iter()
        .map(|client| client["sent"].clone())
        .collect()
}

#[tokio::test]
async fn who_does_not_read_keeps_nobody_from_the_log() {
    let folder = Folder::new();
    let log = SqliteLog::open(&folder.file("log.db"), Arc::default()).unwrap();
    let flags = [
        ["--heartbeat", "20ms"],
        ["--stall-timeout", "60s"],
        ["--send-buffer-bytes", "4096"],
    ];
    let server = Running::start_over(flags.as_flattened(), stock_of_file(), Arc::new(log));
    let session = server.open().await;
    // More than read the log at once. At each heartbeat they all ask it for what is new.
    let mut stalling = Vec::new();
    for _ in 0..40 {
        stalling.push(stalled(&session, "").await);
    }
    let mut reader = Listener::open(&session, "", None).await;
    reader.until(1).await;
    let all_stall = async {
        let mut before = Vec::new();
        loop {
            for _ in 0..20 {
                reader.expect("heartbeat").await;
            }
            let mut now = sent(&server).await;
            now.pop();
            if now == before {
                break;
            }
            before = now;
        }
    };
    patient(all_stall).await;
    assert_eq!(session.records().await.len(), 1);
    drop(stalling);
}
