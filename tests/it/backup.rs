//! A database that is put back from a backup: what a client saw since then is not there, and it is told so.

use std::fs;

use rusqlite::Connection;
use sse_stream::Sse;

use crate::folder::Folder;
use crate::process::Process;
use crate::server::Opened;
use crate::streams::Listener;

/// What a stream of `session` that resumes at `cursor` begins with, after `connected`.
async fn first_after(session: &Opened, cursor: &str) -> Sse {
    let mut listener = Listener::open(session, "", Some(cursor)).await;
    listener.expect("connected").await;
    listener.next().await.unwrap()
}

fn cursors(events: &[Sse]) -> Vec<String> {
    let ids = events.iter().map(|event| event.id.clone().unwrap());
    ids.collect()
}

#[tokio::test]
async fn after_a_backup_is_put_back_a_later_cursor_is_reset_and_an_earlier_one_goes_on() {
    let home = Folder::new();
    let (database, backup) = (home.file("statechat.db"), home.file("backup.db"));
    let server = Process::start(home.path(), &[]);
    let session = server.open().await;
    session.choose("LSE").await;
    // As the README says: while it runs.
    Connection::open(&database)
        .unwrap()
        .execute("VACUUM INTO ?1", [backup.to_str().unwrap()])
        .unwrap();
    session.say("go back").await;
    let seen = Listener::open(&session, "", None).await.until(5).await;
    let seen = cursors(&seen);
    server.kill();

    for journal in ["statechat.db-wal", "statechat.db-shm"] {
        let _ = fs::remove_file(home.file(journal));
    }
    fs::rename(&backup, &database).unwrap();
    let server = Process::start(home.path(), &[]);
    let session = server.found(&session);
    assert_eq!(session.records().await.len(), 3);
    // Past the end, and then, once other things were said, from another history.
    let reset = first_after(&session, &seen[4]).await;
    assert_eq!(reset.event.as_deref(), Some("reset"));
    session.say("help").await;
    let reset = first_after(&session, &seen[4]).await;
    assert_eq!(reset.event.as_deref(), Some("reset"));
    let next = first_after(&session, &seen[2]).await;
    assert!(next.id.unwrap().starts_with("4."));
    server.stop();
}
