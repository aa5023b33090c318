//! Stored conversations, read beside a server that may be running.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::keeping::database_of;
use crate::config::Store;
use crate::log::{LogError, Number, SqliteReader};
use crate::record::{HeadRow, Record, SessionId};

/// How many one read brings, of sessions or of records.
const PAGE: usize = 1_000;

/// After how many that cannot be read, one after another, the whole database is taken for damaged.
const DAMAGED_MAX: usize = 1_000;

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
    last: Number,
    page: std::vec::IntoIter<(Number, HeadRow)>,
    /// How many to ask for: one by one where one of them cannot be read.
    limit: usize,
    /// Whether one was left out, because it cannot be read.
    pub(super) incomplete: bool,
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
            last: 0,
            page: Vec::new().into_iter(),
            limit: PAGE,
            incomplete: false,
        })
    }
}

impl Conversations {
    /// The next of them that can be read, in the order in which they began.
    pub(super) async fn next(&mut self) -> Result<Option<HeadRow>, LogError> {
        let mut tries = 0;
        loop {
            if let Some((number, row)) = self.page.next() {
                self.last = number;
                return Ok(Some(row));
            }
            match self.reader.rows(self.last, self.limit).await {
                Ok(page) if page.is_empty() => return Ok(None),
                Ok(page) => {
                    self.page = page.into_iter();
                    self.limit = PAGE;
                }
                Err(LogError::Damaged) if self.limit > 1 => self.limit = 1,
                Err(LogError::Damaged) if tries < DAMAGED_MAX => {
                    tries += 1;
                    self.last += 1;
                    self.incomplete = true;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// The one of this id.
    pub(super) async fn find(&self, session: &SessionId) -> Result<Option<HeadRow>, LogError> {
        let stored = self.reader.load(session).await?;
        Ok(stored.map(|stored| stored.row))
    }

    /// All records of a conversation up to its head row: what came after it was read is left out.
    pub(super) async fn records(&self, row: &HeadRow) -> Result<Vec<Record>, LogError> {
        let mut records: Vec<Record> = Vec::new();
        loop {
            let after = records.last().map_or(0, |record| record.seq);
            let page = self.reader.read(&row.session, after, PAGE).await?;
            if page.is_empty() {
                records.retain(|record| record.seq <= row.head);
                return Ok(records);
            }
            records.extend(page);
        }
    }
}
