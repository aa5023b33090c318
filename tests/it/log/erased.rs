//! What is erased, and the journal: a file that SQLite leaves as it is for a long time.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use statechat::log::Log;
use statechat::record::Kept;

use super::{Made, at, batch, open, record, session, sqlite};
use crate::folder::Folder;
use crate::server::{PATIENCE, patient};

fn folder_of(made: &Made) -> &Path {
    made.folder.as_ref().unwrap().path()
}

/// Whether a file in `folder` holds the secret.
fn told(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).unwrap();
    entries.any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap_or_default();
        bytes.windows(7).any(|part| part == b"secret!")
    })
}

/// A log with some sessions, one of them with the secret in many of its pages.
async fn with_secret() -> Made {
    let made = sqlite();
    for n in 0..20 {
        let batch = batch(&format!("s{n}"), "u1", 0, 1);
        made.append(batch).await.unwrap();
    }
    let mut private = batch("private", "u1", 0, 1);
    private.records = vec![record(1, &"secret!".repeat(2_000))];
    made.append(private).await.unwrap();
    made
}

async fn erase(log: &dyn Log) {
    assert_eq!(log.erase(&session("private")).await, Ok(true));
}

/// The log takes appends to the session `s1`, from this head on, as long as `going` says so.
async fn appends(log: &dyn Log, from: u64, going: impl Fn(u64) -> bool) {
    for head in (from..).take_while(|&head| going(head)) {
        log.append(batch("s1", "u1", head, 1)).await.unwrap();
    }
}

/// How long the slowest append to the session `s1`, from this head on, takes within a second and a half.
async fn slowest(log: &dyn Log, head: &mut u64) -> Duration {
    let begun = Instant::now();
    let mut slowest = Duration::ZERO;
    while begun.elapsed() < Duration::from_millis(1_500) {
        let asked = Instant::now();
        log.append(batch("s1", "u1", *head, 1)).await.unwrap();
        slowest = slowest.max(asked.elapsed());
        *head += 1;
    }
    slowest
}

/// Waits until no file in `folder` holds the secret.
async fn until_untold(folder: &Path) {
    let wait = async {
        while told(folder) {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, wait).await;
    waited.expect("what was erased stands in a file");
}

/// Who reads the database as it is now, until the connection is closed.
fn reader(folder: &Path) -> Connection {
    let reader = Connection::open(folder.join("log.db")).unwrap();
    let read = "BEGIN; SELECT count(*) FROM sessions;";
    reader.execute_batch(read).unwrap();
    reader
}

#[tokio::test]
async fn what_is_erased_leaves_the_journal_while_others_write_on() {
    let made = with_secret().await;
    assert!(told(folder_of(&made)));
    erase(&**made).await;
    let begun = Instant::now();
    let going = |_| told(folder_of(&made)) && begun.elapsed() < PATIENCE;
    appends(&**made, 1, going).await;
    assert!(!told(folder_of(&made)));
}

#[tokio::test]
async fn what_is_erased_leaves_the_journal_when_nothing_more_comes() {
    let made = with_secret().await;
    erase(&**made).await;
    until_untold(folder_of(&made)).await;
    // And the next one, when the first is long past.
    let mut private = batch("private", "u1", 0, 1);
    private.row.state = "\"secret!\"".into();
    made.append(private).await.unwrap();
    assert!(told(folder_of(&made)));
    erase(&**made).await;
    until_untold(folder_of(&made)).await;
}

#[tokio::test]
async fn a_notification_that_is_past_leaves_the_journal() {
    let made = sqlite();
    let kept = Kept {
        id: "n1".into(),
        to: "{}".into(),
        event: "secret!".into(),
        at: at(1),
        until: at(9),
    };
    assert_eq!(made.keep(kept).await, Ok(true));
    assert!(told(folder_of(&made)));
    made.forget_kept(at(9)).await.unwrap();
    until_untold(folder_of(&made)).await;
}

#[tokio::test]
async fn who_reads_for_long_puts_it_off_and_holds_up_nobody() {
    let made = with_secret().await;
    let reader = reader(folder_of(&made));
    erase(&**made).await;
    // It is tried each second. However slow the machine is now and then, there is a try that nobody notices.
    let mut head = 1;
    let unnoticed =
        async { while slowest(&**made, &mut head).await >= Duration::from_millis(500) {} };
    patient(unnoticed).await;
    assert!(told(folder_of(&made)));
    drop(reader);
    until_untold(folder_of(&made)).await;
}

#[tokio::test]
async fn what_a_killed_process_had_erased_is_gone_once_the_next_has_started() {
    let made = with_secret().await;
    let _reader = reader(folder_of(&made));
    erase(&**made).await;
    // What a process leaves that has no time to close anything.
    let left = Folder::new();
    for name in ["log.db-wal", "log.db"] {
        fs::copy(folder_of(&made).join(name), left.file(name)).unwrap();
    }
    assert!(told(left.path()));
    let log = open(left.path());
    until_untold(left.path()).await;
    assert_eq!(log.rows(0, 100).await.unwrap().len(), 20);
}
