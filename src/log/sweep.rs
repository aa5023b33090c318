//! Reading a log through: all sessions one after another, or all records of one.

use super::{LogError, LogFuture, Number};
use crate::record::{HeadRow, Record, Seq};

/// How many sessions one read brings.
const ROWS: usize = 256;

/// How many records one read brings.
const RECORDS: usize = 1_000;

/// So many sessions in a row that cannot be read are a database that cannot be.
const DAMAGED_MAX: usize = 1_000;

/// All sessions of a log, in the order in which they began, past those that cannot be read.
#[derive(Debug)]
pub struct Sweep {
    last: Number,
    page: std::vec::IntoIter<(Number, HeadRow)>,
    /// How many to ask for: one by one where one of them cannot be read.
    limit: usize,
    /// How many in a row could not be.
    damaged: usize,
    incomplete: bool,
}

impl Default for Sweep {
    fn default() -> Self {
        Self {
            last: 0,
            page: Vec::new().into_iter(),
            limit: ROWS,
            damaged: 0,
            incomplete: false,
        }
    }
}

impl Sweep {
    /// The next session, by `rows` as [`Log::rows`](super::Log::rows) has it; `None` after the last.
    ///
    /// # Errors
    /// What `rows` says; after it this can be called again. [`LogError::Damaged`] only where nothing can be read from
    /// here on.
    pub async fn next(
        &mut self,
        rows: impl Fn(Number, usize) -> LogFuture<Vec<(Number, HeadRow)>>,
    ) -> Result<Option<HeadRow>, LogError> {
        loop {
            if let Some((number, row)) = self.page.next() {
                self.last = number;
                return Ok(Some(row));
            }
            match rows(self.last, self.limit).await {
                Ok(page) if page.is_empty() => return Ok(None),
                Ok(page) => {
                    self.page = page.into_iter();
                    self.limit = ROWS;
                    self.damaged = 0;
                }
                Err(LogError::Damaged) if self.limit > 1 => self.limit = 1,
                Err(LogError::Damaged) if self.damaged < DAMAGED_MAX => {
                    self.damaged += 1;
                    self.last += 1;
                    self.incomplete = true;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether sessions were passed by because they cannot be read.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.incomplete
    }
}

/// All records of the session of `row` up to its head: what came after the row was read is left out. By `read`, as
/// [`Log::read`](super::Log::read) has it.
///
/// # Errors
/// What `read` says.
pub async fn all_records(
    row: &HeadRow,
    read: impl Fn(Seq, usize) -> LogFuture<Vec<Record>>,
) -> Result<Vec<Record>, LogError> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.last().map_or(0, |record| record.seq);
        let page = read(after, RECORDS).await?;
        if page.is_empty() || after >= row.head {
            records.retain(|record| record.seq <= row.head);
            return Ok(records);
        }
        records.extend(page);
    }
}
