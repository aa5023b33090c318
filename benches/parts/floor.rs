//! The floors: the same bytes by SQLite and by `write(2)`, with nothing around them.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use rusqlite::Connection;

/// Somewhere to put bytes so that they stay.
pub(crate) trait Floor {
    /// Stores `bodies` in one go.
    fn store(&mut self, bodies: &mut dyn Iterator<Item = &[u8]>) -> anyhow::Result<()>;
}

/// A plain table: no index, no head rows, one thread.
pub(crate) struct Plain(Connection);

impl Plain {
    pub(crate) fn new(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let create = "CREATE TABLE plain (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT";
        connection.execute_batch(create)?;
        Ok(Self(connection))
    }

    fn execute(&self, sql: &str) -> rusqlite::Result<()> {
        self.0.prepare_cached(sql)?.execute([]).map(drop)
    }
}

impl Floor for Plain {
    fn store(&mut self, bodies: &mut dyn Iterator<Item = &[u8]>) -> anyhow::Result<()> {
        self.execute("BEGIN IMMEDIATE")?;
        let mut insert = self
            .0
            .prepare_cached("INSERT INTO plain (body) VALUES (?1)")?;
        for body in bodies {
            insert.execute([body])?;
        }
        drop(insert);
        Ok(self.execute("COMMIT")?)
    }
}

/// A file that only grows: one `write` for each, one `fdatasync` for all.
pub(crate) struct Lines(File);

impl Lines {
    pub(crate) fn new(path: &Path) -> std::io::Result<Self> {
        File::create_new(path).map(Self)
    }
}

impl Floor for Lines {
    fn store(&mut self, bodies: &mut dyn Iterator<Item = &[u8]>) -> anyhow::Result<()> {
        for body in bodies {
            self.0.write_all(body)?;
        }
        Ok(self.0.sync_data()?)
    }
}
