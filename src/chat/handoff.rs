//! Handoff: a conversation waits for a person, is taken by an agent, and comes back to its bot. The machine owns that
//! state; here it is told of what agents do, and agents of what the machine wants.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use super::desk::Case;
use super::finishing::finished;
use super::seat::{Current, Seat};
use super::step::{Cause, Sender};
use super::{Chat, ChatError, now};
use crate::event::{Inbox, passing};
use crate::hub::Listener;
use crate::identity::{Identity, Role};
use crate::log::LogError;
use crate::record::{HeadRow, Seq, SessionId, UserId};
use crate::registry::{Attendance, Handoff, Live};

/// How many records are looked through at once for the agent who has a conversation.
const SEARCHED: u64 = 256;

impl Chat {
    /// Has the agent `who` take a conversation that waits for one.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::NotWaiting`], [`ChatError::Taken`], and those of a step.
    pub async fn take(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
    ) -> Result<(), ChatError> {
        let seat = self.seat(session).await?;
        let (chat, who) = (Arc::clone(self), who.clone());
        finished(async move { chat.take_in_turn(&seat, &who).await }).await
    }

    async fn take_in_turn(
        self: &Arc<Self>,
        seat: &Arc<Seat>,
        who: &Identity,
    ) -> Result<(), ChatError> {
        let turn = seat.line_up()?;
        let mut current = seat.current.lock().await;
        drop(turn);
        match (current.live.handoff(), seat.agent()) {
            (Some(Handoff::With), Some(agent)) if agent == who.user => return Ok(()),
            (Some(Handoff::With), Some(_)) => return Err(ChatError::Taken),
            (Some(Handoff::Waiting), _) => {
                let change = Attendance::Taken {
                    agent: who.user.as_str().into(),
                    name: who.name.clone(),
                };
                self.attend_step(seat, &mut current, &change).await?;
            }
            // With somebody of whom nothing is known any more.
            (Some(Handoff::With), None) => {}
            // Whoever may not see it learns no more than that.
            (None, _) if seat.admits(who) => return Err(ChatError::NotWaiting),
            (None, _) => return Err(ChatError::NoSession),
        }
        if current.live.handoff() != Some(Handoff::With) {
            return Err(ChatError::NotWaiting);
        }
        self.assign(seat, &who.user);
        self.tell_inbox(&seat.id, "taken", None, |_| true);
        self.tell_line();
        Ok(())
    }

    /// Has a conversation that is with the agent `who` go back to its bot; an administrator may do so for any agent.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::NotWaiting`], and those of a step.
    pub async fn give_back(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
    ) -> Result<(), ChatError> {
        let seat = self.seat_of(session, who).await?;
        let (chat, who) = (Arc::clone(self), who.clone());
        finished(async move {
            let mut current = seat.current.lock().await;
            let is_theirs = seat.agent().as_ref() == Some(&who.user) || who.is_admin();
            if !is_theirs || current.live.handoff() != Some(Handoff::With) {
                return Err(ChatError::NotWaiting);
            }
            chat.attend_step(&seat, &mut current, &Attendance::Returned)
                .await
        })
        .await
    }

    /// The conversations that wait for a person, the one that has waited longest first.
    #[must_use]
    pub fn waiting(&self) -> Vec<Case> {
        self.desk.waiting()
    }

    /// The conversations that `agent` has taken.
    #[must_use]
    pub fn taken_by(&self, agent: &UserId) -> Vec<Case> {
        self.desk.taken_by(agent)
    }

    /// Tells the machine what an agent did.
    async fn attend_step(
        self: &Arc<Self>,
        seat: &Arc<Seat>,
        current: &mut Current,
        change: &Attendance,
    ) -> Result<(), ChatError> {
        // What an agent does is a sign of life; that one is there, or none, is not.
        let sender = match change {
            Attendance::Staffed | Attendance::Nobody => Sender::Nobody(Cause::Staff),
            _ => Sender::Person,
        };
        let act = |live: &mut dyn Live, at| Ok(live.attended(change, at));
        self.step(seat, current, sender, act).await?;
        self.await_silence(&seat.id, current);
        Ok(())
    }

    /// As [`Chat::attend_step`], for whoever does not have the session in hand; in a box, because a step may come back
    /// to this.
    fn attended(
        self: Arc<Self>,
        session: SessionId,
        change: Attendance,
    ) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            match self.attend_now(&session, &change).await {
                Ok(()) => {}
                Err(ChatError::NoSession) => self.leave_desk(&session),
                Err(error) => {
                    tracing::warn!(%session, %error, ?change, "the bot could not be told");
                }
            }
        })
    }

    async fn attend_now(
        self: &Arc<Self>,
        session: &SessionId,
        change: &Attendance,
    ) -> Result<(), ChatError> {
        let seat = self.seat(session).await?;
        let mut current = seat.current.lock().await;
        self.attend_step(&seat, &mut current, change).await
    }

    /// Looks at what a step left: whether the conversation waits for a person now, is with one, or no more.
    pub(super) fn note_handoff(self: &Arc<Self>, seat: &Arc<Seat>, current: &Current) {
        let handoff = current.live.handoff();
        let (before, parted) = seat.change_handoff(handoff);
        if handoff.is_none() && before.is_none() {
            return;
        }
        if before != handoff {
            self.part(seat, parted.as_ref());
        }
        match handoff {
            Some(_) => self.desk.put(case(seat, current)),
            None => self.leave_desk(&seat.id),
        }
        // Not before it has left the line: those who wait are counted.
        if before == Some(Handoff::Waiting) && handoff != before {
            self.tell_line_is_over(&seat.id);
        }
        if handoff.is_none() {
            return;
        }
        if handoff == Some(Handoff::Waiting) && before != handoff {
            self.begin_waiting(seat);
            return;
        }
        let agent = seat.agent();
        self.tell_inbox(&seat.id, "message", Some(current.row.head), |listener| {
            agent
                .as_ref()
                .is_none_or(|agent| listener.identity.user == *agent)
        });
    }

    fn begin_waiting(self: &Arc<Self>, seat: &Seat) {
        self.tell_inbox(&seat.id, "waiting", None, |_| true);
        self.tell_line();
        if !self.is_staffed() {
            self.desk.note_nobody(&seat.id);
            let chat = Arc::clone(self);
            tokio::spawn(chat.attended(seat.id.clone(), Attendance::Nobody));
        }
    }

    /// The agent `parted` had the conversation and has it no more, and whoever watched because it waited may not any
    /// longer.
    fn part(&self, seat: &Seat, parted: Option<&UserId>) {
        if let Some(parted) = parted
            && !seat.people().contains(parted)
        {
            self.company.part(&seat.id, parted);
        }
        self.hub.evict(&seat.id, |who| seat.admits(who));
    }

    /// Nobody waits there for a person any more, or talks with one.
    pub(super) fn leave_desk(&self, session: &SessionId) {
        if self.desk.remove(session) {
            self.tell_inbox(session, "ended", None, |_| true);
            self.tell_line();
        }
    }

    /// Takes up a handoff as the log has it, of a session that was not in memory or that somebody else wrote to.
    pub(super) fn take_up_handoff(&self, seat: &Seat, current: &Current, agent: Option<UserId>) {
        let handoff = current.live.handoff();
        let (before, _) = seat.change_handoff(handoff);
        if handoff.is_some() {
            self.desk.put(case(seat, current));
            if let Some(agent) = &agent {
                self.desk.assign(&seat.id, agent);
            }
            seat.members().agent = agent;
        } else if before.is_some() {
            self.leave_desk(&seat.id);
        } else {
            return;
        }
        self.part(seat, None);
    }

    /// The agent who has the conversation of `live`, if one has.
    pub(super) async fn agent_of(
        &self,
        row: &HeadRow,
        live: &dyn Live,
    ) -> Result<Option<UserId>, LogError> {
        match live.handoff() {
            Some(Handoff::With) => self.taker(&row.session, row.head).await,
            _ => Ok(None),
        }
    }

    /// The agent who took the session last, as its log has it.
    async fn taker(&self, session: &SessionId, head: Seq) -> Result<Option<UserId>, LogError> {
        let mut end = head;
        while end > 0 {
            let after = end.saturating_sub(SEARCHED);
            let count = usize::try_from(end - after).unwrap_or(usize::MAX);
            let records = self.log.read(session, after, count).await?;
            let taken = records
                .iter()
                .rev()
                .find_map(|record| taken(&record.private));
            if let Some(agent) = taken {
                return Ok(agent.parse().ok());
            }
            end = after;
        }
        Ok(None)
    }

    fn assign(&self, seat: &Seat, agent: &UserId) {
        seat.members().agent = Some(agent.clone());
        self.desk.assign(&seat.id, agent);
        self.company.meet(&seat.id, &seat.people());
        if let Some(presence) = self.company.presence(agent) {
            let event = passing("presence", &presence, None);
            self.hub.tell(&seat.id, &event, Some(agent), now());
        }
    }

    /// Whether an agent is there to see who waits.
    fn is_staffed(&self) -> bool {
        self.hub.any(|listener| listener.topics.inbox)
    }

    /// The first agent has come: tells the conversations that wait and were told that there is nobody, one by one.
    pub(super) fn note_staffed(self: &Arc<Self>) {
        let told = self.desk.take_told_nobody();
        if told.is_empty() {
            return;
        }
        let chat = Arc::clone(self);
        tokio::spawn(async move {
            for session in told {
                Arc::clone(&chat)
                    .attended(session, Attendance::Staffed)
                    .await;
            }
        });
    }

    /// Gives conversations back to their bots where nobody has been there for long.
    pub(super) fn end_abandoned(self: &Arc<Self>) {
        if self.desk.is_empty() {
            return;
        }
        let is_staffed = self.is_staffed();
        let is_here = |agent: Option<&UserId>| match agent {
            Some(agent) => self.company.is_here(agent),
            None => is_staffed,
        };
        let timeout = self.limits.handoff_timeout;
        for session in self.desk.abandoned(timeout, Instant::now(), is_here) {
            tokio::spawn(Arc::clone(self).attended(session, Attendance::Abandoned));
        }
    }

    fn tell_inbox(
        &self,
        session: &SessionId,
        change: &'static str,
        seq: Option<Seq>,
        to: impl Fn(&Listener) -> bool,
    ) {
        let place = self.desk.place(session).map(|(place, _)| place);
        let inbox = Inbox {
            session,
            change,
            place,
            seq,
        };
        let event = passing("inbox", &inbox, None);
        self.hub.tell_all(
            &event,
            |listener| listener.topics.inbox && to(listener),
            now(),
        );
    }
}

impl Seat {
    /// The agent who has the conversation.
    pub(super) fn agent(&self) -> Option<UserId> {
        self.members().agent.clone()
    }

    pub(super) fn handoff(&self) -> Option<Handoff> {
        self.members().handoff
    }

    /// What it was before, and who had it.
    fn change_handoff(&self, handoff: Option<Handoff>) -> (Option<Handoff>, Option<UserId>) {
        let mut members = self.members();
        if handoff.is_none() && members.handoff.is_none() {
            return (None, None);
        }
        let agent = match handoff {
            Some(Handoff::With) => None,
            _ => members.agent.take(),
        };
        (std::mem::replace(&mut members.handoff, handoff), agent)
    }

    /// Whether `who` is an agent to whom it is shown, because it waits for one.
    pub(super) fn waits_for(&self, who: &Identity) -> bool {
        who.role == Role::Agent && self.handoff() == Some(Handoff::Waiting)
    }
}

/// The conversation as the desk has it.
fn case(seat: &Seat, current: &Current) -> Case {
    let row = &current.row;
    let (session, bot, user) = (seat.id.clone(), row.bot.clone(), seat.owner.clone());
    let mut case = Case::new(session, bot, user, row.at);
    case.path = current.live.path();
    case.head = row.head;
    case.waits = current.live.handoff() == Some(Handoff::Waiting);
    case
}

/// The agent that a record's private part says took the conversation with it.
fn taken(private: &str) -> Option<String> {
    let private: serde_json::Value = serde_json::from_str(private).ok()?;
    let agent = private.pointer("/cause/person/taken/agent")?;
    agent.as_str().map(str::to_owned)
}
