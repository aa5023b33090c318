//! What was answered is kept, whatever happens to the disk, to the database and to the process.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use futures_util::future::join_all;
use serde_json::{Value, json};
use sse_stream::Sse;
use statechat::bots::stock::Market;
use statechat::client::Client;
use statechat::log::SqliteLog;
use statechat::sources::quotes::FileQuotes;

use crate::folder::Folder;
use crate::process::{Process, STATECHAT, refused, said, serve};
use crate::rewrite::rewrite;
use crate::server::{Opened, Running, client, patient, send, stock, stock_of_file};
use crate::skip::skipped;
use crate::streams::Listener;

/// A session that has chosen its exchange, and a stream of it that has seen that.
async fn begun(session: &Opened) -> Listener {
    let mut listener = Listener::open(session, "", None).await;
    session.choose("LSE").await;
    listener.until(3).await;
    listener
}

fn message() -> Value {
    json!({ "choose": "GSK", "clientId": "m1" })
}

/// A message is refused for this cause, and so is a new session; what there is can be read.
async fn fails(session: &Opened, cause: &str) {
    for _ in 0..2 {
        let answer = session.post(message()).await;
        let problem = answer.is_problem(503, "log_unavailable");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(cause), "{detail}");
        assert_eq!(answer.headers["retry-after"], "1");
    }
    let url = format!("http://{}/api/sessions", session.address);
    let started = send(client().post(url).json(&json!({ "bot": "stock" }))).await;
    started.is_problem(503, "log_unavailable");
    assert_eq!(session.records().await.len(), 3);
}

/// The same message is taken now, once, and the stream that was open all the time shows it once.
async fn recovers(session: &Opened, listener: &mut Listener) {
    for _ in 0..2 {
        let answer = session.post(message()).await;
        assert_eq!((answer.status, answer.body.as_str()), (202, r#"{"seq":4}"#));
    }
    let events = listener.until(6).await;
    assert_eq!(events.len(), 3, "{events:?}");
    let records = session.records().await;
    let seqs: Vec<_> = records.iter().map(|r| r["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5, 6]);
    assert_eq!(records[5]["data"]["price"], "1574.80");
}

#[tokio::test]
async fn a_locked_database_is_said_and_gone_on_with_when_it_is_let_go() {
    let folder = Folder::new();
    let path = folder.file("chat.db");
    let log = Arc::new(SqliteLog::open(&path, Arc::default()).unwrap());
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let server = Running::start_over(&["--rate-limit", "0"], bots, log);
    let session = server.open().await;
    let mut listener = begun(&session).await;
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    fails(&session, "the database is locked by another program").await;
    other.execute_batch("ROLLBACK").unwrap();
    recovers(&session, &mut listener).await;
}

/// A server that the system may refuse to let files grow, rather than to end it for that.
fn limited(home: &Path) -> Process {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", STATECHAT]);
    command.args(serve(home, &[]));
    Process::run(command).expect("the server did not start")
}

fn limit_files(process: &Process, limit: &str) {
    let (id, limit) = (process.id().to_string(), format!("--fsize={limit}:"));
    let limited = Command::new("prlimit")
        .args(["--pid", &id, &limit])
        .status();
    assert!(limited.unwrap().success());
}

#[tokio::test]
async fn a_disk_that_takes_no_more_is_said_and_gone_on_with_when_it_does() {
    let folder = Folder::new();
    let server = limited(folder.path());
    let session = server.open().await;
    let mut listener = begun(&session).await;
    limit_files(&server, "0");
    fails(&session, "the disk fails").await;
    limit_files(&server, "unlimited");
    recovers(&session, &mut listener).await;
    let records = session.records().await;
    server.kill();
    let server = Process::start(folder.path(), &[]);
    assert_eq!(server.found(&session).records().await, records);
}

/// A file that cannot be written, whoever has it open, until this is dropped; `None` where that cannot be done.
pub(crate) struct Immutable(PathBuf);

impl Immutable {
    pub(crate) fn make(path: PathBuf) -> Option<Self> {
        let changed = Command::new("chattr").arg("+i").arg(&path).output();
        changed
            .is_ok_and(|changed| changed.status.success())
            .then_some(Self(path))
    }
}

impl Drop for Immutable {
    fn drop(&mut self) {
        let _ = Command::new("chattr").arg("-i").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_database_that_becomes_read_only_is_said_and_gone_on_with_when_it_is_not() {
    let folder = Folder::new();
    let log = File::create(folder.file("stderr")).unwrap();
    let server = Process::start_logging(folder.path(), &[], log);
    let session = server.open().await;
    let mut listener = begun(&session).await;
    let Some(immutable) = Immutable::make(folder.file("statechat.db-wal")) else {
        skipped("no file can be made immutable here");
        return;
    };
    let reason = "the database may not be written: Operation not permitted";
    fails(&session, reason).await;
    drop(immutable);
    recovers(&session, &mut listener).await;
    // For who has to find out, with SQLite's own code: SQLITE_IOERR_WRITE.
    let log = fs::read_to_string(folder.file("stderr")).unwrap();
    let mut lines = log.lines();
    let line = lines.find(|line| line.contains("ERROR")).unwrap();
    assert!(line.contains(reason) && line.contains("code=778"), "{line}");
}

/// Mounts a small disk at the folder `$0`, starts the server there, and fills the disk or frees it as it is told.
/// When it is told nothing more, it ends the server.
const SMALL_DISK: &str = r#"
    mount -t tmpfs -o size=4m none "$0" || exit
    trap : TERM
    "$@" &
    while read -r what; do
        case $what in
            fill) cat /dev/zero >"$0/filler" 2>/dev/null ;;
            free) rm "$0/filler" ;;
        esac
        echo "$what"
    done
    kill $!
    wait
"#;

/// A shell that may mount, seen by nobody else; needs no privileges where the system lets users have namespaces.
fn mounting(script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
    command
}

#[tokio::test]
async fn a_full_disk_is_said_and_gone_on_with_when_there_is_room() {
    let folder = Folder::new();
    let mut command = mounting(SMALL_DISK);
    command.args([folder.path().to_str().unwrap(), STATECHAT]);
    command.args(serve(&folder.file("home"), &[]));
    let Some(mut server) = Process::run(command) else {
        skipped("this system lets no user mount");
        return;
    };
    let session = server.open().await;
    let mut listener = begun(&session).await;
    server.tell("fill");
    fails(&session, "the disk is full").await;
    server.tell("free");
    recovers(&session, &mut listener).await;
}

#[test]
fn a_disk_that_cannot_be_written_is_said_at_the_start() {
    let folder = Folder::new();
    let home = folder.file("home");
    drop(Process::start(&home, &[]));
    let mut command = mounting(r#"mount --bind -o ro "$0" "$0" || exit 3; exec "$@""#);
    command.args([folder.path().to_str().unwrap(), STATECHAT]);
    let output = command.args(serve(&home, &[])).output().unwrap();
    if output.status.code() != Some(2) {
        skipped("this system lets no user mount");
        return;
    }
    let said = said(&output);
    assert!(said.contains("Read-only file system"), "{said}");
}

/// What became of messages, each with a client id of its own: those that were answered, with their places.
async fn sent(session: &Opened, ids: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut answered = BTreeMap::new();
    for id in ids {
        let path = format!("{}/messages", session.path());
        let request = session.request(reqwest::Method::POST, &path);
        let request = request.json(&json!({ "text": "help", "clientId": id }));
        // An answer counts when all of it is there; who gets none asks again, later.
        let Ok(response) = request.send().await else {
            return answered;
        };
        let Ok(body) = response.json::<Value>().await else {
            return answered;
        };
        answered.insert(id, body["seq"].as_u64().unwrap());
    }
    answered
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_answered_is_there_after_the_process_was_killed() {
    let folder = Folder::new();
    let server = Process::start(folder.path(), &[]);
    let sessions = join_all((0..8).map(|_| server.open())).await;
    let ids = || (0..100_000).map(|n| format!("m{n}"));
    let senders = sessions.iter().cloned();
    let senders = senders.map(|session| tokio::spawn(async move { sent(&session, ids()).await }));
    let senders: Vec<_> = senders.collect();
    // In the middle of it: when the first has some answers.
    sessions[0]
        .record(|record| record["clientId"] == "m20")
        .await;
    server.kill();
    let answered = join_all(senders).await;

    let server = Process::start(folder.path(), &[]);
    for (session, answered) in sessions.iter().zip(answered) {
        let (session, answered) = (server.found(session), answered.unwrap());
        let records = session.records().await;
        let seqs = records.iter().map(|record| record["seq"].as_u64().unwrap());
        assert!(seqs.eq(1..=records.len() as u64), "without a gap");
        for (id, seq) in &answered {
            assert_eq!(records[*seq as usize - 1]["clientId"], *id);
        }
        // The one that was not answered may be there or not; after it was sent again it is, and all are once.
        let all = ids().take(answered.len() + 1);
        let again = sent(&session, all.clone()).await;
        assert!(answered.iter().all(|(id, seq)| again[id] == *seq));
        let records = session.records().await;
        let stored = records
            .iter()
            .filter_map(|record| record["clientId"].as_str());
        assert!(stored.eq(all), "each once, in order");
    }
}

#[tokio::test]
async fn tokens_and_client_ids_hold_after_a_restart() {
    let folder = Folder::new();
    let server = Process::start(folder.path(), &[]);
    let session = server.open().await;
    let body = json!({ "choose": "LSE", "clientId": "m1" });
    let first = session.post(body.clone()).await;
    let records = session.records().await;
    server.stop();
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    let names = left.into_iter().map(|entry| entry.unwrap().file_name());
    assert!(
        !names
            .into_iter()
            .any(|name| name.to_str().unwrap().contains("-wal")),
        "a server that was stopped leaves no journal"
    );

    let server = Process::start(folder.path(), &[]);
    let session = server.found(&session);
    assert_eq!(session.records().await, records);
    let again = session.post(body).await;
    assert_eq!((again.status, again.body), (202, first.body));
    assert_eq!(session.records().await, records);
    let shown = session.get(&session.path()).await.json();
    assert_eq!(
        shown["state"],
        json!(["Conversation", "Exchange", "ChooseStock"])
    );
}

#[tokio::test]
async fn a_home_or_a_database_is_one_servers() {
    let folder = Folder::new();
    let (home, other) = (folder.file("home"), folder.file("other"));
    let store = format!("sqlite:{}", folder.file("chat.db").display());
    let server = Process::start(&home, &["--store", &store]);
    let holder = format!("process {}, at http://{}/", server.id(), server.address);
    let by_home = refused(&home, &[]);
    assert!(by_home.contains(&holder), "{by_home}");
    let by_store = refused(&other, &["--store", &store]);
    assert!(by_store.contains(&holder), "{by_store}");
    assert!(by_store.contains("--store"), "{by_store}");
    drop(server);

    // Nor can the database of a home be had from another one, by whatever path.
    let server = Process::start(&home, &[]);
    let holder = format!("process {}, at http://{}/", server.id(), server.address);
    let around = home.join("../home/statechat.db");
    let by_path = refused(
        &other,
        &["--store", &format!("sqlite:{}", around.display())],
    );
    assert!(by_path.contains(&holder), "{by_path}");
    // What nobody has any more, the next one has, however the last one ended.
    server.kill();
    drop(Process::start(&home, &["--store", &store]));
    drop(Process::start(&other, &["--store", &store]));
}

#[tokio::test]
async fn a_session_that_no_bot_here_can_read_is_a_problem_and_no_failure() {
    let folder = Folder::new();
    let server = Process::start(folder.path(), &[]);
    let session = server.open().await;
    server.stop();
    let log = SqliteLog::open(&folder.file("statechat.db"), Arc::default()).unwrap();
    let id = session.id.parse().unwrap();
    rewrite(&log, &id, |row, _| row.bot = "gone".into()).await;
    drop(log);

    let server = Process::start(folder.path(), &[]);
    let session = server.found(&session);
    let path = session.path();
    let get = async |path: &str| session.get(path).await.is_problem(409, "unreadable");
    get(&path).await;
    get(&format!("{path}/transcript")).await;
    get(&format!("/api/events?session={}", session.id)).await;
    let posted = session.post(json!({ "text": "help" })).await;
    posted.is_problem(409, "unreadable");
    let listed = session.get("/api/sessions").await;
    assert_eq!(listed.json()["sessions"][0]["id"], session.id);
    let erased = send(session.request(reqwest::Method::DELETE, &path)).await;
    assert_eq!(erased.status, 204, "{}", erased.body);
    session.get(&path).await.is_problem(404, "no_session");
}

/// Makes what was appended as far as `head` unreadable.
fn damage(database: &Path, head: u64) {
    let database = rusqlite::Connection::open(database).unwrap();
    let damage = "UPDATE appends SET records = 'zzz' WHERE head = ?1";
    assert_eq!(database.execute(damage, [head]), Ok(1));
}

/// All that a stream brings, but heartbeats, before it says that what comes next is damaged and ends.
async fn until_damaged(mut listener: Listener) -> Vec<Sse> {
    let mut events = Vec::new();
    loop {
        let event = patient(listener.next()).await.expect("it says why it ends");
        match event.event.as_deref() {
            Some("heartbeat" | "connected") => {}
            Some("damaged") => {
                assert!(event.retry.unwrap() >= 15_000);
                assert!(listener.next().await.is_none());
                return events;
            }
            _ => events.push(event),
        }
    }
}

#[tokio::test]
async fn a_stream_ends_at_a_record_that_is_damaged_and_says_so() {
    let folder = Folder::new();
    let path = folder.file("chat.db");
    let log = Arc::new(SqliteLog::open(&path, Arc::default()).unwrap());
    let flags = ["--rate-limit", "0", "--heartbeat", "50ms"];
    let server = Running::start_over(&flags, stock_of_file(), log);
    let session = server.open().await;
    for _ in 0..60 {
        session.say("help").await;
    }
    let all = Listener::open(&session, "", None).await.until(121).await;
    let cursor = |seq: usize| all[seq - 1].id.as_deref();
    damage(&path, 61);

    let ends = async |from: Option<&str>| {
        let listener = Listener::open(&session, "", from).await;
        until_damaged(listener).await
    };
    assert_eq!(ends(None).await, all[..59], "all that is sound before it");
    assert_eq!(ends(cursor(40)).await, all[40..59]);
    // An EventSource sees nothing of a problem: who comes back to where it ended is told on a stream as well.
    assert_eq!(ends(cursor(59)).await, []);
    // A cursor of another history is still one.
    let (_, check) = cursor(58).unwrap().split_once('.').unwrap();
    let events = ends(Some(&format!("59.{check}"))).await;
    assert_eq!(events[0].event.as_deref(), Some("reset"));
    assert_eq!(events[1..], all[..59]);
    // Where the cursor's own record is damaged there is nothing left to compare it with.
    assert_eq!(ends(cursor(61)).await, []);

    // Who asks for a record that is damaged is told by a problem.
    let path = format!("{}/transcript?before=62&limit=1", session.path());
    session.get(&path).await.is_problem(500, "damaged");
    // What comes after the damage goes on.
    let mut listener = Listener::open(&session, "&last=60", None).await;
    session.say("help").await;
    assert_eq!(listener.until(123).await.len(), 62);
    let metrics = server.get("/metrics").await.body;
    let ended = "statechat_streams_ended_total{reason=\"damaged\"} 4";
    assert!(metrics.lines().any(|line| line == ended), "{metrics}");
}

#[tokio::test]
async fn a_client_does_not_come_back_to_what_is_damaged() {
    let folder = Folder::new();
    let path = folder.file("chat.db");
    let log = Arc::new(SqliteLog::open(&path, Arc::default()).unwrap());
    let server = Running::start_over(&["--rate-limit", "0"], stock_of_file(), log);
    let _ = client();
    let session = Client::new(&server.url("/")).unwrap();
    let session = session.open("stock").await.unwrap();
    for id in ["m1", "m2"] {
        session.say("help", &id.parse().unwrap()).await.unwrap();
    }
    damage(&path, 5);
    let mut events = session.events().await.unwrap();
    for seq in 1..=3 {
        assert_eq!(patient(events.next()).await.unwrap().seq, seq);
    }
    // The reason is there at once, however late the server would have it come back; and again.
    for _ in 0..2 {
        let ended = patient(events.next()).await.unwrap_err();
        let ended = ended.to_string();
        let reason = "the server ends the stream: what comes next in this conversation is damaged; \
                      start a new one, and tell the operator";
        assert_eq!(ended, reason);
    }
}

#[test]
fn what_is_not_ours_stops_the_start_with_one_line() {
    let folder = Folder::new();
    let (home, text) = (folder.file("home"), folder.file("diary.txt"));
    fs::write(&text, "Dear diary").unwrap();
    let line = refused(&home, &["--store", &format!("sqlite:{}", text.display())]);
    let lock = format!("{}.lock", text.display());
    assert!(
        !Path::new(&lock).exists(),
        "a lock lies beside another's file"
    );
    assert!(line.contains("is not a database of statechat"), "{line}");
    assert_eq!(fs::read(&text).unwrap(), b"Dear diary");

    let key = home.join("key");
    fs::write(&key, "short").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let allow = |mode| fs::set_permissions(&key, PermissionsExt::from_mode(mode)).unwrap();
        allow(0o644);
        let line = refused(&home, &[]);
        assert!(line.contains("chmod 600"), "{line}");
        allow(0o600);
    }
    let line = refused(&home, &[]);
    assert!(line.contains("is not a key of statechat"), "{line}");
}
