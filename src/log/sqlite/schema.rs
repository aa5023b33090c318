//! The schema, and what a database must be before anything is written to it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{file, reader};

/// Tells our databases from others': "stch" in SQLite's `application_id`.
const APPLICATION_ID: u32 = 0x7374_6368;

/// What brings a database from one version to the next, from an empty one on. Only ever added to.
const MIGRATIONS: [&str; 2] = [
    "
    CREATE TABLE sessions (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        bot TEXT NOT NULL,
        owner TEXT NOT NULL,
        opened_as TEXT,
        created INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sessions_by_owner ON sessions (owner, opened_as);

    -- One row an append, in the order in which they came, each with the id of its session's row before it. Rows of
    -- many sessions share a page, and no index has to take them all, so that one commit of many sessions touches few
    -- pages. Only about every 32nd row of a session, its milestones, stands in an index, for reading from the middle.
    CREATE TABLE appends (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        previous INTEGER,
        milestone INTEGER NOT NULL,
        first INTEGER NOT NULL,
        head INTEGER NOT NULL,
        at INTEGER NOT NULL,
        client_id TEXT,
        used INTEGER NOT NULL,
        waits INTEGER NOT NULL,
        shape TEXT NOT NULL,
        state TEXT NOT NULL,
        records TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX milestones ON appends (session, head) WHERE milestone = 1;

    -- A session's last row, which is its head row. Small, so that those of many sessions share a page.
    CREATE TABLE heads (session INTEGER PRIMARY KEY, append INTEGER NOT NULL) STRICT;

    -- Written to see whether the database can be.
    CREATE TABLE probes (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
    INSERT INTO probes VALUES (1, 0);
",
    "
    -- Who takes part in a session beside its owner; `joined` counts up in each session.
    CREATE TABLE participants (
        session INTEGER NOT NULL,
        joined INTEGER NOT NULL,
        user TEXT NOT NULL,
        PRIMARY KEY (session, joined)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX participants_by_user ON participants (user, session);

    -- How far each user has come in a session. Small, so that those of many sessions share a page.
    CREATE TABLE receipts (
        session INTEGER NOT NULL,
        user TEXT NOT NULL,
        delivered INTEGER NOT NULL,
        read INTEGER NOT NULL,
        PRIMARY KEY (session, user)
    ) STRICT, WITHOUT ROWID;

    -- What was given out to a user before this time is void.
    CREATE TABLE revocations (user TEXT PRIMARY KEY, given_before INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    -- Kept notifications, and who got them.
    CREATE TABLE notices (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        recipients TEXT NOT NULL,
        event TEXT NOT NULL,
        at INTEGER NOT NULL,
        until INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX notices_by_age ON notices (at, id);
    CREATE INDEX notices_by_end ON notices (until);
    CREATE TABLE deliveries (
        notice INTEGER NOT NULL,
        user TEXT NOT NULL,
        PRIMARY KEY (notice, user)
    ) STRICT, WITHOUT ROWID;
",
];

/// How many statements a connection keeps prepared: more than there are, so that a step's are not pushed out.
const STATEMENTS_MAX: usize = 32;

/// How long to wait for another program that has the database locked.
pub(super) const LOCK_WAIT: Duration = Duration::from_secs(1);

/// The size of a new database's pages. Twice SQLite's own: an append is about 1 kB, of which larger pages waste less, and
/// each page takes two calls of the system.
const PAGE_BYTES: i64 = 8_192;

/// How many pages of the journal are written back at once. Four times the bytes of SQLite's own limit: pages that
/// many commits share are then written back once for all of them.
const CHECKPOINT_PAGES: i64 = 2_000;

/// How large the journal may stay when it has been written back.
pub(super) const JOURNAL_BYTES_MAX: u64 = 64 << 20;

/// Why a database was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is something else.
    #[error("{0} is not a database of statechat, and was left as it is; name another with --store")]
    Foreign(PathBuf),
    /// It is newer than this program.
    #[error(
        "{path} was written by a newer statechat (its version is {version}, and this program knows {known}), and \
         was left as it is; use that statechat, or name another database with --store"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u32,
        /// The last version that is known here.
        known: u32,
    },
    /// It is older than this program, or empty.
    #[error("{0} has not been brought up to this statechat; start the server with it once")]
    Older(PathBuf),
    /// It is a folder, say, or a device.
    #[error("{0} is not a file; name another with --store")]
    NoFile(PathBuf),
    /// Another server could have it by its other name.
    #[error(
        "{0} is one file with another (a hard link), and a database can have one name only; remove the other \
         name, or make a copy"
    )]
    Linked(PathBuf),
    /// The end of it is missing.
    #[error(
        "{path} was cut off: it has {bytes} bytes of {expected}, and was left as it is; put a backup in its place"
    )]
    Short {
        /// The file.
        path: PathBuf,
        /// How many bytes it has.
        bytes: u64,
        /// How many there were, by its header.
        expected: u64,
    },
    /// SQLite has no room for its path.
    #[error(
        "{path} has {bytes} bytes, and SQLite takes paths of up to {max}; put the database elsewhere"
    )]
    Long {
        /// The file.
        path: PathBuf,
        /// How long its path is.
        bytes: usize,
        /// How long it may be.
        max: usize,
    },
    /// The file cannot be had.
    #[error("cannot open the database {path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Readers would wait for the writer.
    #[error(
        "the file system of {0} does not let SQLite keep a write-ahead journal; put the database on a local disk"
    )]
    NoJournal(PathBuf),
    /// SQLite does not take it.
    #[error("cannot open the database {path}: {error}")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        error: rusqlite::Error,
    },
}

impl OpenError {
    pub(super) fn file(path: &Path, error: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            error,
        }
    }
}

/// Opens the database at `path` for writing, brought to the present version.
pub(super) fn open(path: &Path) -> Result<Connection, OpenError> {
    file::check(path)?;
    file::make(path)?;
    let sqlite = |error| OpenError::Sqlite {
        path: path.to_owned(),
        error,
    };
    let mut connection = opened(path).map_err(sqlite)?;
    // And again with SQLite's eyes, which see what is only in the journal yet. What is refused stays there.
    keep_journal(&connection, true).map_err(sqlite)?;
    let version = check_identity(&connection, path)?;
    keep_journal(&connection, false).map_err(sqlite)?;
    migrate(&mut connection, version).map_err(sqlite)?;
    let journal = configure(&connection).map_err(sqlite)?;
    if journal != "wal" {
        return Err(OpenError::NoJournal(path.to_owned()));
    }
    Ok(connection)
}

fn keep_journal(connection: &Connection, keep: bool) -> rusqlite::Result<()> {
    let config = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(config, keep).map(drop)
}

fn known_version() -> u32 {
    u32::try_from(MIGRATIONS.len()).expect("there are few migrations")
}

/// Whether there is a database at `path` that can be read as it is. Touches nothing.
pub(super) fn check_present(path: &Path) -> Result<(), OpenError> {
    file::check(path)?;
    fs::metadata(path).map_err(|error| OpenError::file(path, error))?;
    let connection = reader::opened(path).map_err(|error| OpenError::Sqlite {
        path: path.to_owned(),
        error,
    })?;
    match check_identity(&connection, path)? {
        version if version == known_version() => Ok(()),
        _ => Err(OpenError::Older(path.to_owned())),
    }
}

pub(super) fn check_version(
    path: &Path,
    application_id: u32,
    version: u32,
) -> Result<(), OpenError> {
    let path = path.to_owned();
    if application_id != APPLICATION_ID {
        return Err(OpenError::Foreign(path));
    }
    let known = known_version();
    if version > known {
        return Err(OpenError::Newer {
            path,
            version,
            known,
        });
    }
    Ok(())
}

fn opened(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LOCK_WAIT)?;
    Ok(connection)
}

/// The database's version; 0 if it is empty.
fn check_identity(connection: &Connection, path: &Path) -> Result<u32, OpenError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
    let read = || -> rusqlite::Result<(u32, u32, bool)> {
        let tables = "SELECT EXISTS (SELECT 1 FROM sqlite_schema)";
        let used = connection.query_row(tables, [], |row| row.get(0))?;
        Ok((pragma("application_id")?, pragma("user_version")?, used))
    };
    let (application_id, version, used) = read().map_err(|error| OpenError::Sqlite {
        path: path.to_owned(),
        error,
    })?;
    if !used && application_id == 0 {
        return Ok(0);
    }
    check_version(path, application_id, version)?;
    Ok(version)
}

/// A new database is made before it gets its write-ahead journal, so that its file alone says whose it is.
fn migrate(connection: &mut Connection, version: u32) -> rusqlite::Result<()> {
    let missing = &MIGRATIONS[version as usize..];
    if missing.is_empty() {
        return Ok(());
    }
    if version == 0 {
        connection.pragma_update(None, "page_size", PAGE_BYTES)?;
    }
    let transaction = connection.transaction()?;
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known_version())?;
    transaction.commit()
}

/// Has a statement's plan not depend on what is bound to it. Without this SQLite prepares the one that looks for a
/// session's last row anew each time it runs: a third of the writer's time when sessions are opened.
pub(super) fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    let config = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
    connection.set_db_config(config, true).map(drop)
}

/// Sets what holds for a connection; answers the kind of journal that SQLite could make.
fn configure(connection: &Connection) -> rusqlite::Result<String> {
    keep_plans(connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    let journal =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Where fsync leaves it to the disk's own cache (macOS), have that emptied too.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    // What is erased is overwritten; what the journal has of it goes when that is emptied.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.pragma_update(None, "journal_size_limit", JOURNAL_BYTES_MAX)?;
    Ok(journal)
}
