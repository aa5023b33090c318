//! A database of an older statechat: brought up when the server starts, and not before.

use std::path::Path;

use rusqlite::Connection;
use statechat::log::{Invited, Log, SqliteReader};
use statechat::record::Receipt;

use super::{batch, open, session, user};
use crate::folder::Folder;

/// A folder with a database as the first version left it.
fn older() -> Folder {
    let folder = Folder::new();
    let connection = Connection::open(folder.file("log.db")).unwrap();
    let text = include_str!("version1.sql");
    connection.execute_batch(text).unwrap();
    folder
}

/// All tables and indexes, in their own words.
fn schema(database: &Path) -> Vec<(String, Option<String>)> {
    let connection = Connection::open(database).unwrap();
    let mut select = connection
        .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
        .unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn version(database: &Path) -> u32 {
    let connection = Connection::open(database).unwrap();
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0));
    version.unwrap()
}

#[tokio::test]
async fn a_database_of_the_first_version_is_brought_up_with_all_that_is_in_it() {
    let folder = older();
    let log = open(folder.path());
    let (first, second) = (batch("s1", "u1", 0, 2), batch("s1", "u1", 2, 2));
    let records = [first.records, second.records].concat();
    assert_eq!(log.read(&session("s1"), 0, 9).await, Ok(records));
    let stored = log.load(&session("s1")).await.unwrap().unwrap();
    assert_eq!(stored.row, second.row);
    assert_eq!(stored.client_ids, [("c1".parse().unwrap(), 3)]);
    assert_eq!((stored.participants, stored.receipts), Default::default());
    let owned = log.of_user(&user("u2"), 9).await;
    assert_eq!(owned, Ok(vec![batch("s2", "u2", 0, 1).row]));

    // And goes on as one of today.
    log.append(batch("s1", "u1", 4, 1)).await.unwrap();
    let invited = log.invite(&session("s1"), &user("u2"), 9).await;
    assert_eq!(invited, Ok(Invited::Joined));
    let read = Receipt {
        delivered: 5,
        read: 5,
    };
    let received = log.receive(&session("s1"), &user("u2"), read).await;
    assert_eq!(received, Ok(read));
    drop(log);
    let log = open(folder.path());
    let stored = log.load(&session("s1")).await.unwrap().unwrap();
    assert_eq!(stored.participants, [user("u2")]);
    assert_eq!(stored.receipts, [(user("u2"), read)]);
}

#[tokio::test]
async fn a_database_that_was_brought_up_is_as_a_new_one() {
    let (older, new) = (older(), Folder::new());
    assert_eq!(version(&older.file("log.db")), 1);
    drop(open(older.path()));
    drop(open(new.path()));
    assert_eq!(version(&older.file("log.db")), 2);
    assert_eq!(version(&new.file("log.db")), 2);
    assert_eq!(schema(&older.file("log.db")), schema(&new.file("log.db")));
}

#[tokio::test]
async fn who_only_reads_brings_nothing_up() {
    let folder = older();
    let database = folder.file("log.db");
    let said = SqliteReader::open(&database).err().unwrap().to_string();
    assert!(said.contains("start the server with it once"), "{said}");
    assert_eq!(version(&database), 1);
    drop(open(folder.path()));
    let reader = SqliteReader::open(&database).unwrap();
    let stored = reader.load(&session("s1")).await.unwrap().unwrap();
    assert_eq!(stored.row.head, 4);
    assert_eq!(reader.rows(0, 9).await.unwrap().len(), 2);
}
