//! Stored conversations, read beside a server that may be running.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::keeping::database_of;
use crate::config::Store;
use crate::log::{LogError, SqliteReader, Sweep, all_records};
use crate::record::{HeadRow, Record, SessionId};

/// Where the conversations are.
#[derive(Args)]
pub(super) struct StoreArgs {
    /// Database to read: sqlite:PATH; by default the one in --home. A server may be running on it
    #[arg(long, env = "STATECHAT_STORE", value_name = "URL")]
    store: Option<Store>,

    /// Folder of the server, with its database; by default statechat in the XDG data folder
    #[arg(long, env = "STATECHAT_HOME", value_name = "DIR")]
    home: Option<PathBuf>,
}

/// The conversations, to be read only.
pub(super) struct Conversations {
    reader: SqliteReader,
    sweep: Sweep,
}

impl StoreArgs {
    pub(super) fn open(&self) -> anyhow::Result<Conversations> {
        if self.store == Some(Store::Memory) {
            bail!(
                "conversations in memory are gone with their server; name a database by --store sqlite:PATH"
            );
        }
        let database = database_of(self.store.as_ref(), self.home.as_deref())?;
        Ok(Conversations {
            reader: SqliteReader::open(&database)?,
            sweep: Sweep::default(),
        })
    }
}

impl Conversations {
    /// The next of them that can be read, in the order in which they began.
    pub(super) async fn next(&mut self) -> Result<Option<HeadRow>, LogError> {
        let rows = |after, limit| self.reader.rows(after, limit);
        self.sweep.next(rows).await
    }

    /// Whether some were left out, because they cannot be read.
    pub(super) fn is_incomplete(&self) -> bool {
        self.sweep.is_incomplete()
    }

    /// The one of this id.
    pub(super) async fn find(&self, session: &SessionId) -> Result<Option<HeadRow>, LogError> {
        let stored = self.reader.load(session).await?;
        Ok(stored.map(|stored| stored.row))
    }

    /// All records of a conversation up to its head row: what came after it was read is left out.
    pub(super) async fn records(&self, row: &HeadRow) -> Result<Vec<Record>, LogError> {
        let read = |after, limit| self.reader.read(&row.session, after, limit);
        all_records(row, read).await
    }
}
