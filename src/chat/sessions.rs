//! Sessions: started, found, looked at, erased.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::Timestamp;
use smol_str::SmolStr;

use super::changed::Brought;
use super::finishing::finished;
use super::members::may_admit;
use super::seat::Seat;
use super::{Chat, ChatError, now};
use crate::identity::Identity;
use crate::log::{Batch, Stored};
use crate::record::{ClientId, HeadRow, Offer, Receipt, Record, Seq, SessionId, UserId};
use crate::registry::{Live, Stepped};

/// How many sessions a listing of one's own holds.
const OWN_SESSIONS_MAX: usize = 200;

/// What there is to know of a session.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The stored part, without the machine's state.
    pub row: HeadRow,
    /// The machine's path, the outermost level first.
    pub state: Vec<SmolStr>,
    /// What may be chosen now.
    pub options: Vec<Offer>,
    /// Who takes part, the owner first.
    pub people: Vec<UserId>,
    /// How far each of them has come who has said so.
    pub receipts: Vec<(UserId, Receipt)>,
}

/// A conversation to be started.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its name, which must be new.
    pub id: SessionId,
    /// The bot's name.
    pub bot: SmolStr,
    /// Whose it is.
    pub owner: UserId,
    /// The client's own name for the call.
    pub opened_as: Option<ClientId>,
    /// Who takes part beside the owner.
    pub participants: Vec<UserId>,
}

impl Opening {
    /// A conversation of `owner` with `bot`, under no name of the client's.
    #[must_use]
    pub fn new(id: SessionId, bot: impl Into<SmolStr>, owner: UserId) -> Self {
        Self {
            id,
            bot: bot.into(),
            owner,
            opened_as: None,
            participants: Vec::new(),
        }
    }
}

impl Chat {
    /// Starts a conversation. A repetition with the same client id gets the conversation
    /// of the first time.
    ///
    /// # Errors
    /// [`ChatError::NoBot`], [`ChatError::Crowded`], [`ChatError::Panicked`] or [`ChatError::Log`].
    pub async fn open(self: &Arc<Self>, opening: Opening) -> Result<HeadRow, ChatError> {
        self.open_if(opening, || Ok(())).await
    }

    /// The same, if `admit` lets it be started: it is asked last, and not for a repetition.
    ///
    /// # Errors
    /// As there, and that of `admit`.
    pub async fn open_if(
        self: &Arc<Self>,
        opening: Opening,
        admit: impl FnOnce() -> Result<(), ChatError> + Send + 'static,
    ) -> Result<HeadRow, ChatError> {
        // Two calls with one client id must not both find that there is none yet. The turn goes on with what was begun.
        let turn = match &opening.opened_as {
            Some(_) => Some(self.opening.take(&opening.owner).await),
            None => None,
        };
        let chat = Arc::clone(self);
        finished(async move {
            let row = chat.open_once(opening, admit).await;
            drop(turn);
            row
        })
        .await
    }

    async fn open_once(
        self: &Arc<Self>,
        opening: Opening,
        admit: impl FnOnce() -> Result<(), ChatError>,
    ) -> Result<HeadRow, ChatError> {
        let Opening {
            id,
            bot,
            owner,
            opened_as,
            mut participants,
        } = opening;
        if let Some(client_id) = &opened_as
            && let Some(row) = self.log.opened_as(&owner, client_id).await?
        {
            return Ok(row);
        }
        let host = self.bots.get(&bot).ok_or(ChatError::NoBot)?;
        let mut known = HashSet::from([owner.clone()]);
        participants.retain(|user| known.insert(user.clone()));
        let max = self.limits.participants_max;
        if participants.len() > max {
            return Err(ChatError::Crowded { max });
        }
        admit()?;
        let at = now();
        let opened = catch_unwind(AssertUnwindSafe(|| host.open(at)));
        let (live, stepped) = opened.map_err(|_| ChatError::Panicked)?;
        let row = HeadRow {
            session: id,
            bot,
            owner,
            opened_as,
            shape: host.shape(),
            created: at,
            used: at,
            head: live.head(),
            at,
            state: live.state(),
            waits: live.waits(),
        };
        let stored = Stored {
            row: row.clone(),
            client_ids: Vec::new(),
            participants,
            receipts: Vec::new(),
        };
        self.store_new(stored, live, stepped).await?;
        Ok(row)
    }

    async fn store_new(
        self: &Arc<Self>,
        stored: Stored,
        live: Box<dyn Live>,
        stepped: Stepped,
    ) -> Result<(), ChatError> {
        let batch = Batch {
            expected: 0,
            records: stepped.records.clone(),
            row: stored.row.clone(),
            client_id: None,
            participants: stored.participants.clone(),
        };
        self.log.append(batch).await?;
        let minds_silence = stored.row.waits.silence;
        let seat = Seat::new(stored, live, self.limits.rate);
        let seat = self.seated(seat, stepped, None);
        if minds_silence {
            self.watch_silence(&seat.id, self.limits.idle_timeout);
        }
        Ok(())
    }

    /// What there is to know of a session that `who` may see.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Unreadable`] or [`ChatError::Log`].
    pub async fn summary(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
    ) -> Result<Summary, ChatError> {
        let seat = self.seat_of(session, who).await?;
        let current = seat.current.lock().await;
        let receipts = seat.members().receipts.clone();
        Ok(Summary {
            row: seat.row(&current),
            state: current.live.path(),
            options: current.live.offers(),
            people: seat.people(),
            receipts: receipts.into_iter().collect(),
        })
    }

    /// The sessions that a user owns or takes part in, the last used first; the 200 last used.
    ///
    /// # Errors
    /// [`ChatError::Log`].
    pub async fn own_sessions(&self, user: &UserId) -> Result<Vec<HeadRow>, ChatError> {
        Ok(self.log.of_user(user, OWN_SESSIONS_MAX).await?)
    }

    /// Up to `limit` records after `after` of a session that `who` may see.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Unreadable`] or [`ChatError::Log`].
    pub async fn records(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Record>, ChatError> {
        self.seat_of(session, who).await?;
        Ok(self.log.read(session, after, limit).await?)
    }

    /// Erases a session that `who` owns, or any for an administrator, and ends its streams.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::NotOwner`] or [`ChatError::Log`].
    pub async fn erase(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
    ) -> Result<(), ChatError> {
        let erased = match self.seat_of(session, who).await {
            Ok(seat) if seat.owner != who.user && !who.is_admin() => {
                return Err(ChatError::NotOwner);
            }
            Ok(seat) => {
                let chat = Arc::clone(self);
                finished(async move { chat.erase_seat(&seat, |_| true).await }).await?
            }
            // What no bot here can read is its owner's all the same.
            Err(ChatError::Unreadable) if self.is_stored_for(session, who).await? => {
                self.erase_stored(session).await?
            }
            Err(error) => return Err(error),
        };
        if erased {
            Ok(())
        } else {
            Err(ChatError::NoSession)
        }
    }

    /// Whether a session that no bot here can read is one of `who`, or `who` sees to all of them.
    async fn is_stored_for(&self, session: &SessionId, who: &Identity) -> Result<bool, ChatError> {
        let stored = self.log.load(session).await?;
        let owner = stored.map(|stored| stored.row.owner);
        Ok(owner.is_some_and(|owner| owner == who.user || who.is_admin()))
    }

    /// Erases the session of `seat` if it was last used when `condition` wants that, which nobody changes meanwhile. Says
    /// whether it did.
    pub(super) async fn erase_seat(
        &self,
        seat: &Seat,
        condition: impl FnOnce(Timestamp) -> bool,
    ) -> Result<bool, ChatError> {
        let turn = seat.line_up()?;
        let mut current = seat.current.lock().await;
        drop(turn);
        if !condition(current.row.used) {
            return Ok(false);
        }
        self.log.erase(&seat.id).await?;
        current.erased = true;
        for job in std::mem::take(&mut current.jobs).into_values() {
            job.abort();
        }
        self.seats().remove(&seat.id);
        self.leave_desk(&seat.id);
        self.ignore_silence(&seat.id);
        self.hub.end(&seat.id);
        Ok(true)
    }

    /// Erases a session that is not in memory. Says whether it was there.
    pub(super) async fn erase_stored(&self, session: &SessionId) -> Result<bool, ChatError> {
        let erased = self.log.erase(session).await?;
        self.leave_desk(session);
        self.ignore_silence(session);
        self.hub.end(session);
        Ok(erased)
    }

    /// The seat of a session that `who` may see. To anyone else it does not exist.
    pub(super) async fn seat_of(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
    ) -> Result<Arc<Seat>, ChatError> {
        if let Some(seat) = self.in_memory(session) {
            if seat.admits(who) {
                return Ok(seat);
            }
            // As long as it would take to look for one that is not there.
            let _ = self.log.load(session).await;
            return Err(ChatError::NoSession);
        }
        let admits = |stored: &Stored| may_admit(stored, who);
        let seat = Box::pin(self.brought_back(session, admits)).await?;
        let admitted = seat.admits(who).then_some(seat);
        admitted.ok_or(ChatError::NoSession)
    }

    /// The session's seat, brought back from the log if it is not in memory, with the work that it waits for.
    pub(super) async fn seat(
        self: &Arc<Self>,
        session: &SessionId,
    ) -> Result<Arc<Seat>, ChatError> {
        match self.in_memory(session) {
            Some(seat) => Ok(seat),
            None => Box::pin(self.brought_back(session, |_| true)).await,
        }
    }

    /// The seat of a session that is not in memory, if it is such as `admits` wants it. Its callers put it into a box,
    /// so that the many who find theirs in memory have no room for it.
    async fn brought_back(
        self: &Arc<Self>,
        session: &SessionId,
        admits: impl Fn(&Stored) -> bool,
    ) -> Result<Arc<Seat>, ChatError> {
        // One at a time: what is loaded is not to be old by the time that it gets its seat.
        let _turn = self.bringing.take(session).await;
        if let Some(seat) = self.in_memory(session) {
            return Ok(seat);
        }
        let stored = self.log.load(session).await?.filter(admits);
        let stored = stored.ok_or(ChatError::NoSession)?;
        let Brought { stored, live, work } = self.brought(stored).await?;
        let agent = self.agent_of(&stored.row, &*live).await?;
        let seat = Seat::new(stored, live, self.limits.rate);
        Ok(self.seated(seat, work, agent))
    }

    pub(super) fn in_memory(&self, session: &SessionId) -> Option<Arc<Seat>> {
        self.seats().get(session)
    }

    /// Puts `seat` into memory and begins its work, unless somebody was faster: then theirs stays.
    fn seated(self: &Arc<Self>, seat: Seat, work: Stepped, agent: Option<UserId>) -> Arc<Seat> {
        let seat = Arc::new(seat);
        // Taken before anybody else can know of the seat.
        let mut current = seat
            .current
            .try_lock()
            .expect("nobody else knows of the seat yet");
        let mut seats = self.seats();
        if let Some(other) = seats.get(&seat.id) {
            return other;
        }
        // Before anybody can see it: whose it is depends on the agent who has it.
        self.take_up_handoff(&seat, &current, agent);
        seats.put(Arc::clone(&seat));
        drop(seats);
        self.begin(&seat, &mut current, work);
        drop(current);
        seat
    }
}
