//! A journal that cannot be written back into its database: operators are told while it grows, and when it is well.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::durable::Immutable;
use crate::folder::Folder;
use crate::process::Process;
use crate::server::{Opened, client, patient, send};
use crate::skip::skipped;

/// A server, with what it says on standard error.
struct Watched {
    // Dropped first: it ends in its folder.
    server: Process,
    folder: Folder,
    session: Opened,
}

const GROWS: &str = "the journal grows";
const IS_WELL: &str = "the journal is written back again";

/// How often the server looks at its journal, at most; with what it writes.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(1);

impl Watched {
    async fn start() -> Self {
        let folder = Folder::new();
        let log = File::create(folder.file("stderr")).unwrap();
        let server = Process::start_logging(folder.path(), &[], log);
        let session = server.open().await;
        Self {
            server,
            folder,
            session,
        }
    }

    fn database(&self) -> PathBuf {
        self.folder.file("statechat.db")
    }

    /// The lines of its log that have these words.
    fn lines(&self, words: &str) -> Vec<String> {
        let log = fs::read_to_string(self.folder.file("stderr")).unwrap();
        let lines = log.lines().filter(|line| line.contains(words));
        lines.map(str::to_owned).collect()
    }

    /// Has it write until its log has a line with these words, and until it has looked once more.
    async fn until_said(&self, words: &str) {
        let wait = async {
            while self.lines(words).is_empty() {
                self.session.say("help").await;
            }
        };
        patient(wait).await;
        self.until_looked().await;
    }

    /// Has it write until it has looked at its journal.
    async fn until_looked(&self) {
        let begun = Instant::now();
        while begun.elapsed() <= LOOKED_AT_EVERY {
            self.session.say("help").await;
        }
        // What is written now has it look, at the latest.
        self.session.say("help").await;
    }

    /// What `/metrics` says of the journal's size.
    async fn journal_bytes(&self) -> u64 {
        let url = format!("http://{}/metrics", self.server.address);
        let text = send(client().get(url)).await.body;
        let mut lines = text.lines();
        let bytes = lines.find_map(|line| line.strip_prefix("statechat_journal_bytes "));
        bytes.unwrap().parse().unwrap()
    }
}

/// Another program, which leaves a long journal: faster than by conversations.
fn other(database: &Path) -> Connection {
    let other = Connection::open(database).unwrap();
    other.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
    other
}

fn lengthen(other: &Connection) {
    let long = "CREATE TABLE filler (x); INSERT INTO filler VALUES (zeroblob(150000000));";
    other.execute_batch(long).unwrap();
}

/// While it is held up the log says so once, with this reason; and once when it is not.
async fn is_told(watched: &Watched, reason: &str, held_up: impl Sized) {
    watched.until_said(GROWS).await;
    assert!(watched.journal_bytes().await > 150_000_000);
    let said = watched.lines(GROWS);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("WARN"), "{said:?}");
    assert!(said[0].contains(reason), "{said:?}");
    assert!(watched.lines(IS_WELL).is_empty());

    drop(held_up);
    watched.until_said(IS_WELL).await;
    assert!(watched.journal_bytes().await <= 64 << 20);
    assert_eq!(watched.lines(GROWS).len(), 1);
    assert_eq!(watched.lines(IS_WELL).len(), 1);
}

#[tokio::test]
async fn a_journal_that_somebody_reads_for_long_is_told() {
    let watched = Watched::start().await;
    let other = other(&watched.database());
    let reader = Connection::open(watched.database()).unwrap();
    let read = "BEGIN; SELECT count(*) FROM sessions;";
    reader.execute_batch(read).unwrap();
    lengthen(&other);
    is_told(&watched, "somebody reads", reader).await;
}

#[tokio::test]
async fn a_journal_that_is_long_and_written_back_is_nobodys_fault() {
    let watched = Watched::start().await;
    let other = other(&watched.database());
    watched.until_looked().await;
    lengthen(&other);
    // Nothing is to be written until it is time to look again: else what is written begins the file anew.
    tokio::time::sleep(LOOKED_AT_EVERY).await;
    // Looks, with all of it written back; the next one begins the file anew.
    watched.session.say("help").await;
    assert!(watched.journal_bytes().await > 150_000_000);
    watched.until_looked().await;
    assert!(watched.journal_bytes().await <= 64 << 20);
    for words in [GROWS, IS_WELL] {
        assert_eq!(watched.lines(words), [""; 0]);
    }
}

#[tokio::test]
async fn a_journal_whose_database_cannot_be_written_is_told() {
    let watched = Watched::start().await;
    let other = other(&watched.database());
    let Some(immutable) = Immutable::make(watched.database()) else {
        skipped("no file can be made immutable here");
        return;
    };
    lengthen(&other);
    is_told(&watched, "Operation not permitted", immutable).await;
}

#[tokio::test]
async fn what_was_erased_and_stands_in_a_journal_that_cannot_be_emptied_is_told() {
    let watched = Watched::start().await;
    let Some(immutable) = Immutable::make(watched.database()) else {
        skipped("no file can be made immutable here");
        return;
    };
    let erased = watched.server.open().await;
    let erase = erased.request(reqwest::Method::DELETE, &erased.path());
    assert_eq!(send(erase).await.status, 204);
    // Tried a second later, and then again, also while nothing is written.
    let told = "the journal cannot be emptied";
    let wait = async {
        while watched.lines(told).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    patient(wait).await;
    let said = watched.lines(told);
    assert!(said[0].contains("Operation not permitted"), "{said:?}");
    assert!(watched.journal_bytes().await > 0);
    drop(immutable);
    patient(async { while watched.journal_bytes().await > 0 {} }).await;
    assert_eq!(watched.lines(told).len(), 1);
}
