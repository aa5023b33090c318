//! Conversations brought back from the log, whose machine may not be the one that they were held with.
//!
//! A machine has changed if its shape has, or if the stored place is none of its own. Then the bot's policy decides:
//! see [`WhenChanged`]. Never does a conversation go on otherwise than it was held without being told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::step::{Cause, Sender, row_after};
use super::{Chat, ChatError, now};
use crate::log::{Batch, LogError, Stored, all_records};
use crate::record::{HeadRow, Record};
use crate::registry::{Fate, Frozen, Host, Live, Stepped, WhenChanged};

/// A conversation as it goes on.
pub(super) struct Brought {
    pub(super) stored: Stored,
    pub(super) live: Box<dyn Live>,
    /// To be begun.
    pub(super) work: Stepped,
}

impl Chat {
    /// The conversation that is stored, ready to go on.
    pub(super) async fn brought(&self, stored: Stored) -> Result<Brought, ChatError> {
        let row = &stored.row;
        let host = self.bots.get(&row.bot).ok_or(ChatError::Unreadable)?;
        if row.shape == host.shape()
            && let Ok(live) = host.restore(row.head, &row.state)
        {
            return Ok(Brought::unchanged(stored, live));
        }
        // All of it at once: it is as long as --session-records-max allows, and this happens once a deployment.
        let read = |after, limit| self.log.read(&row.session, after, limit);
        let records: Arc<[Record]> = all_records(row, read).await?.into();
        if host.when_changed() == WhenChanged::ReadOnly {
            tracing::info!(session = %row.session, bot = %row.bot, "the machine has changed: it can only be read");
            return Ok(Brought::frozen(stored, records.last()));
        }
        if host.when_changed() == WhenChanged::GoOn {
            match replayed(host, &records, row).await? {
                (Fate::Unchanged { .. }, Some(live)) => {
                    tracing::info!(session = %row.session, bot = %row.bot, "the machine has changed: it goes on");
                    return Ok(Brought::unchanged(stored, live));
                }
                (fate, _) => {
                    tracing::info!(session = %row.session, bot = %row.bot, ?fate, "the machine has changed");
                }
            }
        }
        self.restarted(stored, records.last(), host).await
    }

    /// The conversation started over, which is stored before anybody sees it. If the bot cannot even do that, what was
    /// said can still be read, and erased.
    async fn restarted(
        &self,
        mut stored: Stored,
        last: Option<&Record>,
        host: &Arc<dyn Host>,
    ) -> Result<Brought, ChatError> {
        let row = &stored.row;
        let at = now().max(row.at);
        let restarted = catch_unwind(AssertUnwindSafe(|| {
            let (live, stepped) = host.restart(row.head, at);
            let after = row_after(row.clone(), &*live, &Sender::Nobody(Cause::Change), at);
            (live, stepped, after)
        }));
        let Ok((live, stepped, after)) = restarted else {
            tracing::error!(
                session = %row.session, bot = %row.bot, "the bot panics when it starts over: it can only be read"
            );
            return Ok(Brought::frozen(stored, last));
        };
        let batch = Batch {
            expected: row.head,
            records: stepped.records.clone(),
            row: after.clone(),
            client_id: None,
            participants: Vec::new(),
        };
        match self.log.append(batch).await {
            Ok(()) => {}
            // Another process has done it, or gone on.
            Err(LogError::Conflict { .. }) => return Err(ChatError::Contended),
            Err(error) => return Err(error.into()),
        }
        tracing::info!(session = %row.session, bot = %row.bot, seq = after.head, "it starts over");
        self.hub.publish(&row.session, &stepped.records, at);
        stored.row = after;
        Ok(Brought {
            stored,
            live,
            work: stepped,
        })
    }
}

/// A replay of a long conversation takes as long as all of its steps did: too long for a thread that others wait for.
async fn replayed(
    host: &Arc<dyn Host>,
    records: &Arc<[Record]>,
    row: &HeadRow,
) -> Result<(Fate, Option<Box<dyn Live>>), ChatError> {
    let (host, records, state) = (
        Arc::clone(host),
        Arc::clone(records),
        Arc::clone(&row.state),
    );
    let replaying = tokio::task::spawn_blocking(move || host.replay(&records, &state));
    replaying.await.map_err(|_| ChatError::Panicked)
}

impl Brought {
    fn unchanged(stored: Stored, live: Box<dyn Live>) -> Self {
        let work = live.pending();
        Self { stored, live, work }
    }

    fn frozen(stored: Stored, last: Option<&Record>) -> Self {
        let frozen = Frozen::new(&stored.row, last);
        Self::unchanged(stored, Box::new(frozen))
    }
}
