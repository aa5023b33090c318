//! A session of 10,000 records, followed from its first to its last.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rusqlite::Connection;
use statechat::chat::{Chat, Log, Position};
use statechat::log::{Batch, MemoryLog, SqliteLog};
use statechat::record::HeadRow;
use tokio_stream::StreamExt;

use crate::chats;
use crate::folder::Folder;
use crate::table::{Ratio, Table};
use crate::talk::{Script, Talk, body};

const FIGURES: &[&str] = &["ms", "MB/s"];

const RATIOS: &[Ratio] = &[
    Ratio::TIME_OF_PLAIN,
    Ratio {
        header: "time of memory",
        of: "MemoryLog",
        figure: 0,
    },
];

const GROUP: &str = "10,000 records";
const RECORDS: u64 = 10_000;
const RECORDS_AN_APPEND: u64 = 2;

/// Sessions that were written at the same time, so that the rows of one do not lie side by side.
const SESSIONS: usize = 4;

pub(crate) async fn measure(rounds: usize) -> anyhow::Result<Table> {
    let mut table = Table::new("resume", FIGURES, RATIOS);
    let (folder, script) = (Folder::new()?, Script::new()?);
    let log = SqliteLog::open(&folder.file("log.db"), Arc::default())?;
    let sqlite: Arc<dyn Log> = Arc::new(log);
    let row = fill(&*sqlite, &script).await?;
    let memory: Arc<dyn Log> = Arc::new(MemoryLog::new(SESSIONS));
    fill(&*memory, &script).await?;
    let plain = plain(&folder.file("plain.db"), &script)?;
    for _ in 0..rounds {
        // A new chat each time: it has to find the session as well.
        let figures = replayed(&chats::over(Arc::clone(&sqlite)), &row).await?;
        table.add(GROUP, "SqliteLog", figures);
        table.add(GROUP, "plain SQLite", selected(&plain)?);
        let figures = replayed(&chats::over(Arc::clone(&memory)), &row).await?;
        table.add(GROUP, "MemoryLog", figures);
    }
    Ok(table)
}

/// The appends of all sessions, as they come in turn.
fn appends(script: &Arc<Script>) -> anyhow::Result<impl Iterator<Item = (usize, Batch)>> {
    let talks = (0..SESSIONS).map(|number| Talk::new(script, number));
    let mut talks = talks.collect::<Result<Vec<_>, _>>()?;
    let turns = (0..RECORDS / RECORDS_AN_APPEND).flat_map(|_| 0..SESSIONS);
    Ok(turns.map(move |number| (number, talks[number].next(RECORDS_AN_APPEND))))
}

/// Answers the first session's last row.
async fn fill(log: &dyn Log, script: &Arc<Script>) -> anyhow::Result<HeadRow> {
    let (mut waiting, mut last) = (Vec::new(), None);
    for (number, batch) in appends(script)? {
        if number == 0 {
            last = Some(batch.row.clone());
        }
        waiting.push(log.append(batch));
        if waiting.len() == 1_000 {
            for written in waiting.drain(..) {
                written.await?;
            }
        }
    }
    for written in waiting {
        written.await?;
    }
    last.ok_or_else(|| anyhow::anyhow!("nothing was written"))
}

async fn replayed(chat: &Arc<Chat>, row: &HeadRow) -> anyhow::Result<Vec<f64>> {
    let begun = Instant::now();
    let from = Position::Start;
    let mut follow = chat.follow(chats::listener(row), from).await?;
    let (mut bytes, last) = (0, format!("\nid: {}.", row.head));
    while let Some(events) = follow.next().await {
        bytes += events.len();
        if memchr::memmem::rfind(&events, last.as_bytes()).is_some() {
            break;
        }
    }
    Ok(figures(begun, bytes))
}

fn figures(begun: Instant, bytes: usize) -> Vec<f64> {
    let seconds = begun.elapsed().as_secs_f64();
    vec![seconds * 1e3, bytes as f64 / 1e6 / seconds]
}

/// A plain table with the same rows, found by the session's number.
fn plain(path: &Path, script: &Arc<Script>) -> anyhow::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.execute_batch(
        "CREATE TABLE plain (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
         CREATE INDEX plain_by_session ON plain (session);",
    )?;
    let transaction = connection.transaction()?;
    for (number, batch) in appends(script)? {
        let mut insert =
            transaction.prepare_cached("INSERT INTO plain (session, body) VALUES (?1, ?2)")?;
        insert.execute((number, body(&batch)))?;
    }
    transaction.commit()?;
    Ok(connection)
}

fn selected(plain: &Connection) -> anyhow::Result<Vec<f64>> {
    let begun = Instant::now();
    let mut all = Vec::new();
    let mut select =
        plain.prepare_cached("SELECT body FROM plain WHERE session = 0 ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        all.extend_from_slice(row.get_ref(0)?.as_bytes()?);
    }
    Ok(figures(begun, all.len()))
}
