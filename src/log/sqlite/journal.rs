//! The write-ahead journal: emptied when something was erased, and looked at while it grows.
//!
//! SQLite writes it back by itself when it is long enough, and then begins it anew from its start: what stands behind
//! that stays in the file until it is overwritten, also what was erased meanwhile. Where it cannot be written back SQLite
//! says nothing, and the file only grows.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::failure::unwritable;
use super::file::beside;
use super::schema::JOURNAL_BYTES_MAX;

/// How often the journal is emptied at most, and how long until it is tried again: each time is some writes to the disk
/// more, and appends wait for them.
const EMPTIED_EVERY: Duration = Duration::from_secs(1);

/// How often its size is looked at, at most.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(1);

/// How long to wait for those who read from the journal. Appends wait as well: enough for our own readers, and not for
/// a backup.
pub(super) const READERS_WAIT: Duration = Duration::from_millis(20);

/// A journal of this size is not written back. Twice what may stay: busy readers let it grow somewhat beyond that.
const GROWN_BYTES: u64 = 2 * JOURNAL_BYTES_MAX;

/// What is to be seen to of the journal.
pub(super) struct Journal {
    database: PathBuf,
    due: Option<Instant>,
    tried: Instant,
    failing: bool,
    looked: Instant,
    grown: bool,
}

impl Journal {
    /// Due at once: a process that was killed may have left what it had erased.
    pub(super) fn new(database: PathBuf) -> Self {
        let now = Instant::now();
        Self {
            database,
            due: Some(now),
            tried: now,
            failing: false,
            looked: now,
            grown: false,
        }
    }

    /// When to call [`Self::empty`] next, if at all.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Something was erased, and stands in the journal yet.
    pub(super) fn erased(&mut self) {
        self.due = self.due.or(Some(self.tried + EMPTIED_EVERY));
    }

    /// Writes all of it back and cuts the file to nothing, unless somebody reads from it for longer than the
    /// connection waits: then it is due again.
    pub(super) fn empty(&mut self, connection: &Connection) {
        let emptied = emptied(connection);
        // Only now: however long each try takes, appends have their turn in between.
        self.tried = Instant::now();
        self.due = match emptied {
            Ok(true) => {
                self.failing = false;
                None
            }
            Ok(false) => Some(self.tried + EMPTIED_EVERY),
            Err(error) => {
                self.cannot_be_emptied(&error);
                Some(self.tried + EMPTIED_EVERY)
            }
        };
    }

    fn cannot_be_emptied(&mut self, error: &rusqlite::Error) {
        if !std::mem::replace(&mut self.failing, true) {
            let reason = unwritable(error, &self.database);
            let code = error.sqlite_extended_error_code();
            let what = "the journal cannot be emptied; what was erased may stand in it yet";
            tracing::warn!(%error, code, %reason, "{what}");
        }
    }

    /// Now and then, says once that it is not written back, and once that it is again.
    pub(super) fn look(&mut self, connection: &Connection, now: Instant) {
        if now < self.looked + LOOKED_AT_EVERY {
            return;
        }
        self.looked = now;
        let bytes = fs::metadata(beside(&self.database, "-wal")).map_or(0, |file| file.len());
        if !self.grown && bytes > GROWN_BYTES {
            let Some((code, reason)) = self.held_up(connection) else {
                return;
            };
            tracing::warn!(
                bytes,
                code,
                reason,
                "the journal grows, and is not written back"
            );
            self.grown = true;
        } else if self.grown && bytes <= JOURNAL_BYTES_MAX {
            tracing::info!(bytes, "the journal is written back again");
            self.grown = false;
        }
    }

    /// Why it is not written back, and SQLite's code if it has one; `None` where it is, or somebody is at it. After much at
    /// once only the file is long, until who writes next begins it anew.
    fn held_up(&self, connection: &Connection) -> Option<(Option<i32>, String)> {
        match written_back(connection) {
            Ok(true) => None,
            Ok(false) => Some((None, "somebody reads the database for very long".to_owned())),
            Err(error) => {
                let reason = unwritable(&error, &self.database).to_string();
                Some((error.sqlite_extended_error_code(), reason))
            }
        }
    }
}

/// Writes back what can be; whether that was all. Where another program is at it, SQLite knows of nothing that is left.
fn written_back(connection: &Connection) -> rusqlite::Result<bool> {
    let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
    connection.query_row(checkpoint, [], |row| {
        let (pages, written): (i64, i64) = (row.get("log")?, row.get("checkpointed")?);
        Ok(pages == written)
    })
}

/// Whether the journal could be emptied.
fn emptied(connection: &Connection) -> rusqlite::Result<bool> {
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    let is_busy: bool = connection.query_row(checkpoint, [], |row| row.get(0))?;
    Ok(!is_busy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_long_it_takes_others_have_their_turn_before_it_is_tried_again() {
        let name = format!("statechat-journal-{}.db", std::process::id());
        let database = std::env::temp_dir().join(name);
        let open = || Connection::open(&database).unwrap();
        let (writer, reader) = (open(), open());
        let begin = "PRAGMA journal_mode = wal; CREATE TABLE rows (x);";
        writer.execute_batch(begin).unwrap();
        let read = "BEGIN; SELECT count(*) FROM rows;";
        reader.execute_batch(read).unwrap();
        writer.execute_batch("INSERT INTO rows VALUES (1)").unwrap();
        // As slow as a disk may be.
        writer.busy_timeout(2 * EMPTIED_EVERY).unwrap();
        let mut journal = Journal::new(database.clone());
        journal.empty(&writer);
        assert!(journal.due().unwrap() > Instant::now());
        drop((writer, reader));
        fs::remove_file(database).unwrap();
    }
}
