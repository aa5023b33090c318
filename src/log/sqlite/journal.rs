//! The write-ahead journal: emptied when something was erased.
//!
//! SQLite writes it back by itself when it is long enough, and then begins it anew from its start: what stands behind
//! that stays in the file until it is overwritten, also what was erased meanwhile.

use std::time::{Duration, Instant};

use rusqlite::Connection;

/// How often the journal is emptied at most, and how long until it is tried again: each time is some writes to the disk
/// more, and appends wait for them.
const EMPTIED_EVERY: Duration = Duration::from_secs(1);

/// How long to wait for those who read from the journal. Appends wait as well: enough for our own readers, and not for
/// a backup.
pub(super) const READERS_WAIT: Duration = Duration::from_millis(20);

/// When the journal is to be emptied.
pub(super) struct Journal {
    due: Option<Instant>,
    tried: Instant,
    failing: bool,
}

impl Journal {
    /// Due at once: a process that was killed may have left what it had erased.
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self {
            due: Some(now),
            tried: now,
            failing: false,
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
        self.tried = Instant::now();
        self.due = match emptied(connection) {
            Ok(true) => {
                self.failing = false;
                None
            }
            Ok(false) => Some(self.tried + EMPTIED_EVERY),
            Err(error) => {
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::warn!(%error, "the journal cannot be emptied; what was erased may stand in it yet");
                }
                Some(self.tried + EMPTIED_EVERY)
            }
        };
    }
}

/// Whether the journal could be emptied.
fn emptied(connection: &Connection) -> rusqlite::Result<bool> {
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    let is_busy: bool = connection.query_row(checkpoint, [], |row| row.get(0))?;
    Ok(!is_busy)
}
