//! The oracle: the machine itself, held against what the server wrote.
//!
//! It does not decide when a timer rings, an effect ends or an agent comes. It follows the server's order, and every record has to be
//! one that the machine writes next: what a step still owes, or else what a message, an effect or a timer brings.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::got::{Envelope, Got, in_words};
use crate::bot::WorkId;
use crate::record::{Offer, Record, SpeakerKind, UserId};
use crate::registry::{Attendance, Host, Job, Live, Outcome, Stepped};
use crate::session::{Message, Note, Said};

/// How long an effect may take here; after that, it is as good as failed.
const EFFECT_TIMEOUT: Duration = Duration::from_secs(3);

/// What agents can do to a conversation that nobody here takes.
const CHANGES: [Attendance; 3] = [
    Attendance::Nobody,
    Attendance::Staffed,
    Attendance::Abandoned,
];

/// A conversation as it has to go.
pub(super) struct Oracle {
    host: Arc<dyn Host>,
    /// Absent before the greeting.
    live: Option<Box<dyn Live>>,
    /// Records of the last step that did not come yet.
    owed: VecDeque<Record>,
    effects: Vec<Effect>,
    timers: Vec<WorkId>,
    user: Option<UserId>,
}

/// Work that goes on, here as there.
enum Effect {
    Running(Job),
    Done(WorkId, Option<Outcome>),
}

/// A copy after a step, and what the step wants.
type Tried = (Box<dyn Live>, Stepped);

/// How a record came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreseen {
    /// As it should.
    Well,
    /// The effect failed there and not here, which the machine provides for.
    FailedEffect,
}

/// Why a record cannot be, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refuted(pub(super) String);

impl Oracle {
    pub(super) fn new(host: Arc<dyn Host>) -> Self {
        Self {
            host,
            live: None,
            owed: VecDeque::new(),
            effects: Vec::new(),
            timers: Vec::new(),
            user: None,
        }
    }

    /// Whether the machine waits for its user, and for nothing else but time.
    pub(super) fn is_settled(&self) -> bool {
        self.live.is_some() && self.owed.is_empty() && self.effects.is_empty()
    }

    /// Whether the machine may step without its user at any time.
    pub(super) fn steps_alone(&self) -> bool {
        let handoff = self.live.as_ref().and_then(|live| live.handoff());
        handoff.is_some() || !self.timers.is_empty()
    }

    pub(super) fn offers(&self) -> Vec<Offer> {
        self.live.as_ref().map_or(Vec::new(), |live| live.offers())
    }

    /// What it waits for, in words.
    pub(super) fn waits_for(&self) -> String {
        match self.owed.front() {
            Some(record) => in_words(record),
            None if self.live.is_none() => "the greeting".to_owned(),
            None if !self.effects.is_empty() => "an effect’s outcome".to_owned(),
            None => "the message".to_owned(),
        }
    }

    /// Takes the next record, if it is what the machine writes next. A message's says what was `said` by its name.
    pub(super) async fn take(
        &mut self,
        got: Got<'_>,
        envelope: &Envelope,
        said: Option<&Said>,
    ) -> Result<Foreseen, Refuted> {
        if self.live.is_none() {
            let (live, stepped) = self.host.open(envelope.at);
            self.live = Some(live);
            self.began(stepped);
        } else if self.owed.is_empty() && envelope.from.kind == SpeakerKind::User {
            self.say(got, envelope, said)?;
        } else if self.owed.is_empty() && envelope.from.kind == SpeakerKind::Agent {
            self.note(got, envelope)?;
        } else if self.owed.is_empty() {
            return self.come_back(got, envelope.at).await;
        }
        let Some(owed) = self.owed.pop_front() else {
            return Err(unforeseen(got));
        };
        match got.difference(&owed) {
            None => Ok(Foreseen::Well),
            Some(difference) => Err(Refuted(difference)),
        }
    }

    fn say(
        &mut self,
        got: Got<'_>,
        envelope: &Envelope,
        said: Option<&Said>,
    ) -> Result<(), Refuted> {
        let user = self.user.get_or_insert_with(|| envelope.from.id.clone());
        let message = Message {
            user: user.clone(),
            said: said.cloned().ok_or_else(|| unforeseen(got))?,
            client_id: envelope.client_id.clone(),
        };
        let live = self.live.as_mut().expect("the greeting was taken");
        match live.say(message, envelope.at) {
            Ok(stepped) => self.began(stepped),
            Err(_) => {
                return Err(Refuted(format!(
                    "what is not offered was taken: {}",
                    got.shown()
                )));
            }
        }
        Ok(())
    }

    /// An agent's words, which no machine foresees: a record of them, and nothing else.
    fn note(&mut self, got: Got<'_>, envelope: &Envelope) -> Result<(), Refuted> {
        let note = Note {
            user: envelope.from.id.clone(),
            kind: SpeakerKind::Agent,
            text: envelope.text.clone().ok_or_else(|| unforeseen(got))?,
            client_id: envelope.client_id.clone(),
        };
        let live = self.live.as_mut().expect("the greeting was taken");
        let noted = live.note(note, envelope.at);
        self.began(noted.map_err(|_| unforeseen(got))?);
        Ok(())
    }

    /// A step without a message: an effect has ended, a timer rung, or an agent done something.
    async fn come_back(&mut self, got: Got<'_>, at: Timestamp) -> Result<Foreseen, Refuted> {
        let mut refuted = None;
        for index in 0..self.effects.len() {
            self.effects[index].finish().await;
            match self.ended(index, got, at) {
                Ok((step, foreseen)) => {
                    self.effects.remove(index);
                    self.went(step);
                    return Ok(foreseen);
                }
                Err(why) => refuted = refuted.or(Some(why)),
            }
        }
        for index in 0..self.timers.len() {
            let id = self.timers[index];
            match self.tried(got, |live| live.ring(id, at)) {
                Ok(step) => {
                    self.timers.remove(index);
                    self.went(step);
                    return Ok(Foreseen::Well);
                }
                Err(why) => refuted = refuted.or(Some(why)),
            }
        }
        for change in CHANGES {
            if let Ok(step) = self.tried(got, |live| live.attended(&change, at)) {
                self.went(step);
                return Ok(Foreseen::Well);
            }
        }
        Err(refuted.unwrap_or_else(|| unforeseen(got)))
    }

    /// The step after an effect has ended: as it did here, or else in failure.
    fn ended(
        &self,
        index: usize,
        got: Got<'_>,
        at: Timestamp,
    ) -> Result<(Tried, Foreseen), Refuted> {
        let Effect::Done(id, outcome) = &self.effects[index] else {
            return Err(unforeseen(got));
        };
        let refuted = match self.tried(got, |live| live.finish(*id, outcome.as_ref(), at)) {
            Ok(step) => return Ok((step, Foreseen::Well)),
            Err(refuted) => refuted,
        };
        match self.tried(got, |live| live.finish(*id, None, at)) {
            Ok(step) => Ok((step, Foreseen::FailedEffect)),
            Err(_) => Err(refuted),
        }
    }

    /// The step of a copy, if its first record is the one that was got.
    fn tried(
        &self,
        got: Got<'_>,
        act: impl FnOnce(&mut dyn Live) -> Option<Stepped>,
    ) -> Result<Tried, Refuted> {
        let live = self.live.as_ref().expect("the greeting was taken");
        let mut live = live.boxed_clone();
        let stepped = act(&mut *live).ok_or_else(|| unforeseen(got))?;
        match stepped
            .records
            .first()
            .and_then(|record| got.difference(record))
        {
            None => Ok((live, stepped)),
            Some(difference) => Err(Refuted(difference)),
        }
    }

    fn went(&mut self, (live, stepped): Tried) {
        self.live = Some(live);
        self.began(stepped);
        self.owed.pop_front();
    }

    fn began(&mut self, stepped: Stepped) {
        let cancelled = stepped.cancelled;
        self.effects
            .retain(|effect| !cancelled.contains(&effect.id()));
        self.timers.retain(|id| !cancelled.contains(id));
        self.effects
            .extend(stepped.jobs.into_iter().map(Effect::Running));
        self.timers
            .extend(stepped.alarms.iter().map(|alarm| alarm.id));
        self.owed.extend(stepped.records);
    }
}

impl Effect {
    fn id(&self) -> WorkId {
        match self {
            Self::Running(job) => job.id,
            Self::Done(id, _) => *id,
        }
    }

    async fn finish(&mut self) {
        if let Self::Running(job) = self {
            let outcome = tokio::time::timeout(EFFECT_TIMEOUT, &mut job.run).await;
            *self = Self::Done(job.id, outcome.ok());
        }
    }
}

fn unforeseen(got: Got<'_>) -> Refuted {
    Refuted(format!("expected nothing, got {}", got.shown()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bots::stock::{Market, StockBot};
    use crate::registry::Bots;
    use crate::sources::quotes::{FileQuotes, Quotes};

    /// What a server wrote, and the oracle that follows it.
    struct Followed {
        oracle: Oracle,
        live: Box<dyn Live>,
        at: Timestamp,
    }

    impl Followed {
        async fn start() -> Self {
            let market = Market::bundled();
            let source = Quotes(FileQuotes(Arc::new(market.clone())));
            let bots = Bots::new().with_source::<StockBot>(market, source);
            let host = Arc::clone(bots.get("stock").expect("it runs here"));
            let at = Timestamp::UNIX_EPOCH;
            let (live, stepped) = host.open(at);
            let oracle = Oracle::new(host);
            let mut followed = Self { oracle, live, at };
            followed.foresee(&stepped, None).await;
            followed
        }

        /// The oracle takes what was written.
        async fn foresee(&mut self, stepped: &Stepped, said: Option<&Said>) {
            for record in &stepped.records {
                let got = Got {
                    event: Some(record.kind.event()),
                    json: &record.public,
                };
                let envelope = got.envelope().expect("a record");
                let taken = self.oracle.take(got, &envelope, said).await;
                assert_eq!(taken, Ok(Foreseen::Well), "{}", record.public);
            }
            assert_eq!(self.oracle.offers(), self.live.offers());
        }

        async fn say(&mut self, said: Said) {
            let message = Message {
                user: "u1".parse().expect("an id"),
                said: said.clone(),
                client_id: None,
            };
            let stepped = self.live.say(message, self.at).expect("it is offered");
            self.foresee(&stepped, Some(&said)).await;
        }
    }

    #[tokio::test]
    async fn an_agents_coming_and_words_are_foreseen() {
        let mut followed = Followed::start().await;
        assert!(!followed.oracle.steps_alone());
        followed.say(Said::Text("human".to_owned())).await;
        assert!(followed.oracle.steps_alone());
        for change in CHANGES {
            let stepped = followed.live.attended(&change, followed.at);
            let note = Note {
                user: "alice".parse().expect("an id"),
                kind: SpeakerKind::Agent,
                text: format!("I see that {change}"),
                client_id: None,
            };
            let noted = followed.live.note(note, followed.at);
            followed.foresee(&stepped.expect("it minds"), None).await;
            followed.foresee(&noted.expect("it is live"), None).await;
        }
        followed.say(Said::Text("lse".to_owned())).await;
        assert!(followed.oracle.is_settled() && !followed.oracle.steps_alone());
    }
}
