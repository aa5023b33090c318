//! What is SQLite's own: files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use futures_util::future::join_all;
use rusqlite::Connection;
use statechat::home::Home;
use statechat::log::{Invited, Log, LogError, SqliteLog};
use statechat::record::{Kept, Receipt};

use super::{Made, at, batch, open, session, sqlite, user};
use crate::folder::Folder;

type Files = BTreeMap<String, (Vec<u8>, SystemTime)>;

/// The files of a folder: their names, bytes and times.
fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let file = |entry: fs::DirEntry| {
        let bytes = fs::read(entry.path()).unwrap_or_default();
        let modified = entry.metadata().unwrap().modified().unwrap();
        let name = entry.file_name().into_string().unwrap();
        (name, (bytes, modified))
    };
    entries.map(file).collect()
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

fn folder_of(made: &Made) -> &Path {
    made.folder.as_ref().unwrap().path()
}

/// Some sessions, one with a client id, one erased.
async fn fill(log: &dyn Log) {
    for n in 0..20 {
        log.append(batch(&format!("s{n}"), "u1", 0, 2))
            .await
            .unwrap();
    }
    let mut named = batch("s3", "u1", 2, 2);
    named.client_id = Some("c1".parse().unwrap());
    log.append(named).await.unwrap();
    fill_people(log).await;
    log.erase(&session("s5")).await.unwrap();
}

/// Somebody who takes part and has read, a revocation, and a notification that somebody got.
async fn fill_people(log: &dyn Log) {
    let (s3, u2) = (session("s3"), user("u2"));
    assert_eq!(log.invite(&s3, &u2, 9).await, Ok(Invited::Joined));
    let read = Receipt {
        delivered: 4,
        read: 3,
    };
    assert_eq!(log.receive(&s3, &u2, read).await, Ok(read));
    log.revoke(&u2, at(7)).await.unwrap();
    let kept = Kept {
        id: "n1".into(),
        to: "{}".into(),
        event: "{}".into(),
        at: at(1),
        until: at(9),
    };
    assert_eq!(log.keep(kept).await, Ok(true));
    assert_eq!(log.delivered("n1", &u2).await, Ok(true));
}

/// What [`fill_people`] wrote.
async fn people(log: &dyn Log) -> impl PartialEq + std::fmt::Debug + use<> {
    let stored = log.load(&session("s3")).await.unwrap().unwrap();
    let people = (stored.participants, stored.receipts);
    let notices = log.kept(at(2), 9).await.unwrap();
    (people, log.revocations().await.unwrap(), notices)
}

#[tokio::test]
async fn everything_is_there_when_it_is_opened_again() {
    let made = sqlite();
    fill(&**made).await;
    let everything = async |made: &Made| {
        let rows = made.rows(0, 100).await.unwrap();
        let mut sessions = Vec::new();
        for (_, row) in &rows {
            let records = made.read(&row.session, 0, 100).await.unwrap();
            sessions.push((records, made.load(&row.session).await.unwrap()));
        }
        let owned = made.of_user(&user("u1"), 100).await.unwrap();
        (rows, sessions, owned, people(&***made).await)
    };
    let before = everything(&made).await;
    assert_eq!(before.0.len(), 19);
    let made = made.reopened();
    assert_eq!(everything(&made).await, before);
    made.append(batch("s3", "u1", 4, 1)).await.unwrap();
    let stale = made.append(batch("s3", "u1", 4, 1)).await;
    assert!(matches!(stale, Err(LogError::Conflict { head: 5, .. })));
}

#[tokio::test]
async fn a_process_that_is_killed_leaves_what_it_answered() {
    let made = sqlite();
    fill(&**made).await;
    // What a process leaves that has no time to close anything: its files as they stand. The journal first: meanwhile it
    // may be written back.
    let left = Folder::new();
    for name in ["log.db-wal", "log.db"] {
        fs::copy(folder_of(&made).join(name), left.file(name)).unwrap();
    }
    let log = open(left.path());
    assert_eq!(
        log.rows(0, 100).await.unwrap(),
        made.rows(0, 100).await.unwrap()
    );
    assert_eq!(people(&log).await, people(&**made).await);
    assert_eq!(log.delivered("n1", &user("u2")).await, Ok(false));
    assert_eq!(log.load(&session("s5")).await, Ok(None));
}

#[tokio::test]
async fn a_closed_log_is_one_file() {
    let mut made = sqlite();
    fill(&**made).await;
    made.load(&session("s1")).await.unwrap();
    assert_eq!(
        names(folder_of(&made)),
        ["log.db", "log.db-shm", "log.db-wal"]
    );
    made.log = None;
    assert_eq!(names(folder_of(&made)), ["log.db"]);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_conversations_or_the_key() {
    use std::os::unix::fs::PermissionsExt;
    let made = sqlite();
    fill(&**made).await;
    let home = Folder::new();
    Home::take(&home.file("home")).unwrap().key().unwrap();
    for path in [
        folder_of(&made).join("log.db"),
        folder_of(&made).join("log.db-wal"),
        folder_of(&made).join("log.db-shm"),
        home.file("home/key"),
    ] {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    let mode = fs::metadata(home.file("home"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn what_is_erased_stands_in_no_file_any_more() {
    let made = sqlite();
    fill(&**made).await;
    let told = |made: &Made| {
        let files = files(folder_of(made)).into_values();
        let told = |bytes: &[u8]| bytes.windows(7).any(|part| part == b"secret!");
        files.into_iter().any(|(bytes, _)| told(&bytes))
    };
    let mut batch = batch("private", "u1", 0, 1);
    batch.records = vec![super::record(1, &"secret!".repeat(2_000))];
    batch.row.state = "\"secret!\"".into();
    made.append(batch).await.unwrap();
    for head in 1..100 {
        let mut batch = super::batch("private", "u1", head, 1);
        batch.row.state = "\"secret!\"".into();
        made.append(batch).await.unwrap();
    }
    let mut made = made.reopened();
    assert!(told(&made));
    made.erase(&session("private")).await.unwrap();
    made.log = None;
    assert!(!told(&made));
}

/// Opening the log in `folder` fails with these words, and nothing there changes.
#[track_caller]
fn refused(folder: &Folder, said: &str) {
    let before = files(folder.path());
    let error = SqliteLog::open(&folder.file("log.db"), std::sync::Arc::default()).err();
    let error = error.expect("it was opened").to_string();
    assert!(error.contains(said), "{error}");
    let path = folder.path().canonicalize().unwrap().join("log.db");
    assert!(error.contains(path.to_str().unwrap()), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert_eq!(
        names(folder.path()),
        before.keys().cloned().collect::<Vec<_>>()
    );
    // The index of a journal holds nothing that is not in the journal.
    let files = files(folder.path()).into_iter();
    let kept: Files = files.filter(|(name, _)| !name.ends_with("-shm")).collect();
    for (name, file) in kept {
        assert!(before[&name] == file, "{name} was changed");
    }
}

const NOT_OURS: &str = "is not a database of statechat";

#[tokio::test]
async fn a_file_that_is_not_ours_is_refused_and_left_as_it_is() {
    let ours = Folder::new();
    drop(open(ours.path()));
    let ours = fs::read(ours.file("log.db")).unwrap();
    let text = b"Dear diary, today I was nearly a database. ".repeat(10);
    for bytes in [
        b"x".as_slice(),
        &text,
        &ours[..15],
        &ours[..99],
        &[0; 4096],
        &[ours.as_slice(), b""].concat()[1..],
    ] {
        let folder = Folder::new();
        fs::write(folder.file("log.db"), bytes).unwrap();
        refused(&folder, NOT_OURS);
    }
}

#[tokio::test]
async fn another_programs_database_is_refused_and_left_as_it_is() {
    for mode in ["DELETE", "WAL"] {
        let theirs = Folder::new();
        let connection = Connection::open(theirs.file("log.db")).unwrap();
        connection
            .pragma_update(None, "journal_mode", mode)
            .unwrap();
        connection
            .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
            .unwrap();
        // As it stands while they have it open: in a journal that is not written back yet.
        let folder = Folder::new();
        for name in names(theirs.path()) {
            fs::copy(theirs.file(&name), folder.file(&name)).unwrap();
        }
        assert_eq!(
            names(folder.path()).len(),
            if mode == "WAL" { 3 } else { 1 }
        );
        refused(&folder, NOT_OURS);
    }
}

#[tokio::test]
async fn another_programs_unfinished_write_is_not_undone() {
    let theirs = Folder::new();
    let connection = Connection::open(theirs.file("log.db")).unwrap();
    connection
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
        .unwrap();
    // More than fits into memory: it stands in the file already, and what was there in a journal.
    connection.pragma_update(None, "cache_size", 1).unwrap();
    let more = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000) \
                INSERT INTO t SELECT x FROM n";
    connection.execute_batch("BEGIN").unwrap();
    connection.execute_batch(more).unwrap();
    let folder = Folder::new();
    for name in names(theirs.path()) {
        fs::copy(theirs.file(&name), folder.file(&name)).unwrap();
    }
    assert_eq!(names(folder.path()), ["log.db", "log.db-journal"]);
    refused(&folder, NOT_OURS);
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_as_it_is() {
    let folder = Folder::new();
    drop(open(folder.path()));
    let connection = Connection::open(folder.file("log.db")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    connection.close().unwrap();
    assert_eq!(names(folder.path()), ["log.db"]);
    refused(&folder, "newer statechat (its version is 99");
}

#[tokio::test]
async fn a_database_that_is_newer_by_its_journal_is_refused_and_left_as_it_is() {
    let newer = Folder::new();
    drop(open(newer.path()));
    let connection = Connection::open(newer.file("log.db")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    let folder = Folder::new();
    for name in names(newer.path()) {
        fs::copy(newer.file(&name), folder.file(&name)).unwrap();
    }
    assert_eq!(names(folder.path()), ["log.db", "log.db-shm", "log.db-wal"]);
    refused(&folder, "newer statechat (its version is 99");
}

#[tokio::test]
async fn a_folder_is_refused() {
    let folder = Folder::new();
    fs::create_dir(folder.file("log.db")).unwrap();
    refused(&folder, "is not a file");
}

/// Sessions enough for some pages, and the file before any of them was written back; with its journal.
async fn lengthened() -> (Made, [Vec<u8>; 2]) {
    let made = sqlite();
    for n in 0..50 {
        let batch = batch(&format!("s{n}"), "u1", 0, 20);
        made.append(batch).await.unwrap();
    }
    let read = ["log.db", "log.db-wal"].map(|name| fs::read(folder_of(&made).join(name)).unwrap());
    (made, read)
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_refused_and_left_as_it_is() {
    let (mut made, [before, _]) = lengthened().await;
    made.log = None;
    let sound = fs::read(folder_of(&made).join("log.db")).unwrap();
    for length in [
        sound.len() - 1,
        sound.len() - 8_192,
        before.len(),
        8_192,
        100,
    ] {
        let folder = Folder::new();
        fs::write(folder.file("log.db"), &sound[..length]).unwrap();
        refused(&folder, "was cut off");
        // As a journal is that has been emptied.
        fs::write(folder.file("log.db-wal"), "").unwrap();
        refused(&folder, "was cut off");
    }
}

#[tokio::test]
async fn a_file_that_was_being_written_back_is_finished_from_its_journal() {
    let (mut made, [before, journal]) = lengthened().await;
    made.log = None;
    let sound = fs::read(folder_of(&made).join("log.db")).unwrap();
    assert!(before.len() < sound.len());
    let folder = Folder::new();
    // The first page came first, and with it how many there are.
    fs::write(folder.file("log.db"), &sound[..before.len()]).unwrap();
    fs::write(folder.file("log.db-wal"), journal).unwrap();
    let log = open(folder.path());
    assert_eq!(log.rows(0, 100).await.unwrap().len(), 50);
    assert!(errors(&log).await.is_empty());
}

#[tokio::test]
async fn a_missing_folder_is_said() {
    let folder = Folder::new();
    let error = SqliteLog::open(&folder.file("nowhere/log.db"), std::sync::Arc::default()).err();
    let error = error.unwrap().to_string();
    assert!(error.contains("nowhere/log.db"), "{error}");
}

#[tokio::test]
async fn an_empty_file_is_a_new_database() {
    let folder = Folder::new();
    fs::write(folder.file("log.db"), "").unwrap();
    let log = open(folder.path());
    fill(&log).await;
    assert_eq!(log.rows(0, 100).await.unwrap().len(), 19);
}

/// Asks for everything and writes a little; the errors that come, but for sessions that are not found.
async fn errors(log: &dyn Log) -> Vec<LogError> {
    let mut errors = Vec::new();
    for n in 0..300 {
        let name = session(&format!("s{n}"));
        errors.extend(log.read(&name, 0, 100).await.err());
        errors.extend(log.load(&name).await.err());
    }
    errors.extend(log.rows(0, 1_000).await.err());
    errors.extend(log.of_user(&user("u1"), 1_000).await.err());
    errors.extend(log.append(batch("s7", "u1", 20, 1)).await.err());
    errors.extend(log.erase(&session("s8")).await.err());
    errors.retain(|error| *error != LogError::NoSession);
    errors
}

#[tokio::test]
async fn a_damaged_database_is_an_error_and_no_panic() {
    let mut made = sqlite();
    for n in 0..300 {
        let batch = batch(&format!("s{n}"), "u1", 0, 20);
        made.append(batch).await.unwrap();
    }
    made.log = None;
    let path = folder_of(&made).join("log.db");
    let sound = fs::read(&path).unwrap();
    // All but the header and the schema, and then some places in the middle only.
    for damaged in [
        8_192..sound.len(),
        16_384..81_920,
        sound.len() / 2..sound.len(),
    ] {
        let mut bytes = sound.clone();
        bytes[damaged.clone()].fill(0xa5);
        fs::write(&path, &bytes).unwrap();
        match SqliteLog::open(&path, std::sync::Arc::default()) {
            Ok(log) => {
                let errors = errors(&log).await;
                assert!(!errors.is_empty(), "{damaged:?} went unnoticed");
                let said = LogError::Damaged;
                assert!(errors.iter().all(|error| *error == said), "{errors:?}");
            }
            Err(error) => assert!(error.to_string().contains("malformed"), "{error}"),
        }
    }
}

#[tokio::test]
async fn a_session_with_a_part_missing_is_damaged_and_not_a_shorter_one() {
    for damage in [
        "UPDATE appends SET previous = id WHERE head = 5",
        "UPDATE appends SET previous = NULL WHERE head = 5",
        "UPDATE appends SET first = 0 WHERE head = 5",
        "DELETE FROM appends WHERE head = 5",
    ] {
        let mut made = sqlite();
        for head in 0..8 {
            made.append(batch("s1", "u1", head, 1)).await.unwrap();
        }
        made.log = None;
        let connection = Connection::open(folder_of(&made).join("log.db")).unwrap();
        assert_eq!(connection.execute(damage, []), Ok(1));
        drop(connection);
        let made = made.reopened();
        for limit in [2, 100] {
            let read = made.read(&session("s1"), 0, limit).await;
            let said = LogError::Damaged;
            assert_eq!(read, Err(said), "{damage}, {limit}");
        }
        // What is whole can be read, and all of it can be erased.
        assert_eq!(made.read(&session("s1"), 5, 100).await.unwrap().len(), 3);
        assert!(made.load(&session("s1")).await.unwrap().is_some());
        assert_eq!(made.erase(&session("s1")).await, Ok(true));
    }
}

#[tokio::test]
async fn what_comes_before_a_damaged_record_can_be_read() {
    let mut made = sqlite();
    for head in (0..140).step_by(2) {
        made.append(batch("s1", "u1", head, 2)).await.unwrap();
    }
    made.log = None;
    let connection = Connection::open(folder_of(&made).join("log.db")).unwrap();
    let damage = "UPDATE appends SET records = 'zzz' WHERE head = 72";
    assert_eq!(connection.execute(damage, []), Ok(1));
    drop(connection);
    let made = made.reopened();
    let read = async |after, limit| {
        let read = made.read(&session("s1"), after, limit).await;
        read.map(|records| records.len())
    };
    for (after, limit) in [(0, 70), (60, 10), (69, 1), (72, 10)] {
        assert_eq!(read(after, limit).await, Ok(limit), "{after}, {limit}");
    }
    assert_eq!(read(72, 100).await, Ok(68));
    for (after, limit) in [(0, 71), (60, 11), (70, 1), (71, 1)] {
        let read = read(after, limit).await;
        assert_eq!(read, Err(LogError::Damaged), "{after}, {limit}");
    }
}

#[tokio::test]
async fn reads_do_not_wait_for_another_programs_write_and_writes_say_what_they_wait_for() {
    let made = sqlite();
    made.append(batch("s1", "u1", 0, 2)).await.unwrap();
    let other = Connection::open(folder_of(&made).join("log.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let stored = made.load(&session("s1")).await.unwrap().unwrap();
    assert_eq!(stored.row.head, 2);
    assert_eq!(made.read(&session("s1"), 0, 9).await.unwrap().len(), 2);
    assert_eq!(made.rows(0, 9).await.unwrap().len(), 1);
    let locked = "the database is locked by another program";
    let locked = Err(LogError::Unavailable(locked.to_owned()));
    assert_eq!(made.append(batch("s1", "u1", 2, 1)).await, locked);
    assert_eq!(made.probe().await, locked);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(made.append(batch("s1", "u1", 2, 1)).await, Ok(()));
    assert_eq!(made.probe().await, Ok(()));
    assert_eq!(made.read(&session("s1"), 0, 9).await.unwrap().len(), 3);
}

/// How many commits stand in the write-ahead journal (SQLite file format, section 4.1): frames that name the size
/// of the database, and belong to the journal as its header has it.
fn commits(journal: &Path) -> usize {
    let bytes = fs::read(journal).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let (page, salt) = (number(8), (number(16), number(20)));
    let frames = (32..bytes.len()).step_by(24 + page);
    let valid = frames.take_while(|&at| (number(at + 8), number(at + 12)) == salt);
    valid.filter(|&at| number(at + 4) != 0).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn appends_that_come_together_share_commits() {
    let made = sqlite();
    let journal = folder_of(&made).join("log.db-wal");
    for n in 0..5 {
        let alone = batch(&format!("alone-{n}"), "u1", 0, 1);
        made.append(alone).await.unwrap();
    }
    assert_eq!(commits(&journal), 5, "one after another they cannot");
    let appends = (0..100).map(|n| {
        let log = Arc::clone(&made);
        tokio::spawn(async move { log.append(batch(&format!("s{n}"), "u1", 0, 1)).await })
    });
    for append in join_all(appends).await {
        append.unwrap().unwrap();
    }
    // Few enough for the journal not to begin anew meanwhile.
    let shared = commits(&journal) - 5;
    assert!(shared < 50, "100 appends took {shared} commits");
    assert_eq!(made.rows(0, 1_000).await.unwrap().len(), 105);
}
