//! Keeping: the log and the key that a server is told to use, held for as long as it runs.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use crate::auth::Auth;
use crate::config::{Config, Store};
use crate::home::{Hold, Home, KEY_BYTES};
use crate::log::{Log, MemoryLog, SqliteLog};
use crate::metrics::Metrics;

/// Dropped in this order: the locks are given up when the log is closed.
pub(super) struct Keeping {
    pub(super) log: Arc<dyn Log>,
    /// The server's own, which signs tokens.
    pub(super) key: [u8; KEY_BYTES],
    /// Where conversations are kept, in words.
    pub(super) place: String,
    home: Option<Home>,
    /// The database's own: another server may have it from outside of this home.
    database: Option<Hold>,
}

impl Keeping {
    /// Opens what `config` names. Needs a tokio runtime.
    pub(super) fn begin(config: &Config, metrics: &Arc<Metrics>) -> anyhow::Result<Self> {
        if config.store == Some(Store::Memory) {
            let key = Auth::random_key().context("the system gives no random bytes")?;
            return Ok(Self {
                log: Arc::new(MemoryLog::new(config.max_sessions)),
                key,
                place: "Conversations are kept in memory, and gone when it stops".to_owned(),
                home: None,
                database: None,
            });
        }
        let folder = home_of(config.home.as_deref())?;
        let home = Home::take(&folder)?;
        let database = match &config.store {
            Some(Store::Sqlite(path)) => path.clone(),
            _ => database_in(&folder),
        };
        // Before a lock is laid beside it: a file that is not ours is none of our business.
        let database = SqliteLog::check(&database)?;
        let hold = Hold::take(&lock_of(&database))?;
        Ok(Self {
            key: home.key()?,
            log: Arc::new(SqliteLog::open(&database, Arc::clone(metrics))?),
            place: format!("Conversations are kept in {}", database.display()),
            home: Some(home),
            database: Some(hold),
        })
    }

    /// Says where the server is, for whoever would like to have what it holds.
    pub(super) fn sign(&self, page: &str) {
        if let Some(home) = &self.home {
            home.sign(page);
        }
        if let Some(database) = &self.database {
            database.sign(page);
        }
    }
}

/// The database that these flags name.
pub(super) fn database_of(store: Option<&Store>, home: Option<&Path>) -> anyhow::Result<PathBuf> {
    match (store, home) {
        (Some(Store::Sqlite(path)), _) => Ok(path.clone()),
        (_, folder) => Ok(database_in(&home_of(folder)?)),
    }
}

/// The folder that `--home` names, or else the default one.
pub(super) fn home_of(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    named.map_or_else(default_home, |folder| Ok(folder.to_owned()))
}

fn database_in(home: &Path) -> PathBuf {
    home.join("statechat.db")
}

/// Beside the database, of which this is the one path: whoever names it by another finds the same lock.
fn lock_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

/// `statechat` in the data folder of the XDG base directory specification.
fn default_home() -> anyhow::Result<PathBuf> {
    let named = env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let data = named.filter(|path| path.is_absolute());
    let data = data.or_else(|| Some(env::home_dir()?.join(".local/share")));
    let data = data.context("there is no home folder here; name one with --home")?;
    Ok(data.join("statechat"))
}
