//! One conversation: messages, outcomes and timers in, records out.
//!
//! Pure: a session decides what is to be written and changes nothing else. Its owner steps a clone, stores what
//! the clone wrote, and only then lets the clone become the session. Restoring runs no handler.

mod address;
mod note;
mod places;
mod private;
mod public;
mod replay;
mod transcript;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::bot::{Attendance, Bot, Machine, Moment, Pending, Shown, Step, Work, WorkId, name_of};
use crate::record::{
    ClientId, Kind, Offer, Public, Record, Seq, Speaker, SpeakerKind, Transition, UserId,
};

pub use address::addressed;
pub use note::Note;
use places::Known;
pub use places::Places;
use private::Private;
pub use replay::{Divergence, Fate, Happened, Replay};
pub use transcript::{Transcript, TranscriptError};

/// Most records are no larger, and written without asking for more memory on the way.
const RECORD_BYTES: usize = 1024;

/// A conversation with one bot.
#[derive(Debug)]
pub struct Session<B: Bot> {
    machine: Machine<B>,
    places: Arc<Places<B>>,
    /// What is known of where the machine is, from the step that brought it there; none yet when it was brought back.
    known: Option<Arc<Known<B::Input>>>,
    head: Seq,
}

/// What a user sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Said {
    /// The id of a listed option.
    Choose(String),
    /// Free text.
    Text(String),
}

/// Somebody's message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Who sent it.
    pub user: UserId,
    /// What it says.
    pub said: Said,
    /// The sender's own name for it.
    pub client_id: Option<ClientId>,
}

/// The option is not offered now. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the option is not offered now; choose one of those that are, or send a text")]
pub struct NotOffered {
    /// What may be chosen.
    pub offers: Vec<Offer>,
}

/// What a session has to have stored for a step to have happened.
#[derive(Clone, Debug)]
pub struct Written<I, E> {
    /// The new records, in order.
    pub records: Vec<Record>,
    /// Work to begin.
    pub started: Vec<Pending<I, E>>,
    /// Work to give up.
    pub cancelled: Vec<WorkId>,
}

type BotWritten<B> = Written<<B as Bot>::Input, <B as Bot>::Effect>;

/// Why a step was taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Cause {
    Start,
    /// The machine had changed too much to go on.
    Restart,
    User(UserId),
    Effect(WorkId),
    Timer(WorkId),
    Idle,
    Person(Attendance),
}

impl<B: Bot> Clone for Session<B> {
    fn clone(&self) -> Self {
        Self {
            machine: self.machine.clone(),
            places: Arc::clone(&self.places),
            known: self.known.clone(),
            head: self.head,
        }
    }
}

impl<B: Bot> Session<B> {
    /// A new conversation and its greeting.
    #[must_use]
    pub fn open(places: Arc<Places<B>>, at: Timestamp) -> (Self, BotWritten<B>) {
        let (mut session, step) = Self::started(places, 0, at);
        let written = session.write(step, None, Cause::Start, at);
        (session, written)
    }

    /// A conversation that starts over after its record `head`, because its machine is not the one that it was held
    /// with any more: the reason, and a greeting.
    #[must_use]
    pub fn restart(places: Arc<Places<B>>, head: Seq, at: Timestamp) -> (Self, BotWritten<B>) {
        let (mut session, mut step) = Self::started(places, head, at);
        let reason = Some(B::STARTED_OVER.to_owned());
        let paragraphs = reason.into_iter().chain(step.text.take());
        step.text = Some(paragraphs.collect::<Vec<_>>().join("\n\n"));
        let written = session.write(step, None, Cause::Restart, at);
        (session, written)
    }

    fn started(places: Arc<Places<B>>, head: Seq, at: Timestamp) -> (Self, Step<B>) {
        let seq = head + 1;
        let (machine, step) = Machine::<B>::start(places.world(), Moment { seq, at });
        let session = Self {
            machine,
            places,
            known: None,
            head,
        };
        (session, step)
    }

    /// The conversation as [`Session::state`] left it. Runs no handler.
    ///
    /// # Errors
    /// If `state` is not this bot's.
    pub fn restore(places: Arc<Places<B>>, head: Seq, state: &str) -> serde_json::Result<Self> {
        Ok(Self {
            machine: serde_json::from_str(state)?,
            places,
            known: None,
            head,
        })
    }

    /// The machine as JSON, for the head row.
    #[must_use]
    pub fn state(&self) -> Arc<str> {
        let machine = || serde_json::to_string(&self.machine).expect("a machine is plain data");
        let Some(known) = &self.known else {
            return machine().into();
        };
        let json = known.machine_json(self.machine.pending());
        debug_assert_eq!(*json, *machine(), "what is equal is not the same JSON");
        json
    }

    /// A message and the step it causes: two records. A text where a person has taken over is a
    /// [note](Session::note) alone: one record.
    ///
    /// # Errors
    /// [`NotOffered`] if it chooses what is not listed now.
    pub fn say(&mut self, message: Message, at: Timestamp) -> Result<BotWritten<B>, NotOffered> {
        let words = |text| Note {
            user: message.user.clone(),
            kind: SpeakerKind::User,
            text,
            client_id: message.client_id.clone(),
        };
        let (input, text) = match &message.said {
            Said::Text(text) if self.machine.is_with_person() => {
                return Ok(self.note(words(text.clone()), at));
            }
            said => self.understood(said)?,
        };
        let said = self.words(words(text), &message.said, at);
        let mut written = self.step(&input, Cause::User(message.user), at);
        written.records.insert(0, said);
        Ok(written)
    }

    /// The outcome of the effect `id`, or `None` if it took too long or panicked. Nothing comes of it if the
    /// effect is not pending any more.
    pub fn finish(
        &mut self,
        id: WorkId,
        outcome: Option<B::Input>,
        at: Timestamp,
    ) -> Option<BotWritten<B>> {
        let Work::Effect(effect) = self.machine.settle(id)?.work else {
            return None;
        };
        let input = outcome.unwrap_or_else(|| B::failed(&effect));
        Some(self.step(&input, Cause::Effect(id), at))
    }

    /// The timer `id` fired. Nothing comes of it if it is not pending any more.
    pub fn ring(&mut self, id: WorkId, at: Timestamp) -> Option<BotWritten<B>> {
        let Work::Timer { input, .. } = self.machine.settle(id)?.work else {
            return None;
        };
        Some(self.step(&input, Cause::Timer(id), at))
    }

    /// The user has been silent for long. Nothing comes of it where that means nothing.
    pub fn idle(&mut self, at: Timestamp) -> Option<BotWritten<B>> {
        let input = self.machine.idle()?;
        Some(self.step(&input, Cause::Idle, at))
    }

    /// An agent has done something. Nothing comes of it where that cannot be, or means nothing: an agent who comes
    /// too late finds the bot.
    pub fn attended(&mut self, change: &Attendance, at: Timestamp) -> Option<BotWritten<B>> {
        let input = self.machine.attended(change)?;
        Some(self.step(&input, Cause::Person(change.clone()), at))
    }

    /// Whether silence means something now.
    #[must_use]
    pub fn minds_silence(&self) -> bool {
        self.machine.idle().is_some()
    }

    /// The last record's place.
    #[must_use]
    pub fn head(&self) -> Seq {
        self.head
    }

    /// What may be chosen now.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        self.known().offers()
    }

    /// The names of the machine's levels, the outermost first.
    #[must_use]
    pub fn path(&self) -> Vec<SmolStr> {
        self.machine.path()
    }

    /// The machine, to look at.
    #[must_use]
    pub fn machine(&self) -> &Machine<B> {
        &self.machine
    }

    fn known(&self) -> Arc<Known<B::Input>> {
        let known = self.known.clone();
        known.unwrap_or_else(|| self.places.of(&self.machine))
    }

    /// The input a message stands for, and the text to show for it.
    fn understood(&self, said: &Said) -> Result<(B::Input, String), NotOffered> {
        match said {
            // Whoever names the bot means the bot, and what follows the name.
            Said::Text(text) => {
                let meant = addressed(text, B::NAME).unwrap_or(text);
                let input = self.machine.read(meant, self.places.world());
                Ok((input, text.clone()))
            }
            Said::Choose(id) => {
                let known = self.known();
                match known.chosen(id) {
                    Some((label, input)) => Ok((input.clone(), label.to_owned())),
                    None => Err(NotOffered {
                        offers: known.offers(),
                    }),
                }
            }
        }
    }

    fn step(&mut self, input: &B::Input, cause: Cause, at: Timestamp) -> BotWritten<B> {
        let moment = Moment {
            seq: self.head + 1,
            at,
        };
        let world = self.places.world();
        let step = match &self.known {
            Some(known) => self.machine.step_from(&known.path, input, world, moment),
            None => self.machine.step(input, world, moment),
        };
        self.write(step, Some(input), cause, at)
    }

    /// The record of `step`, which the machine has just taken.
    fn write(
        &mut self,
        step: Step<B>,
        input: Option<&B::Input>,
        cause: Cause,
        at: Timestamp,
    ) -> BotWritten<B> {
        self.head += 1;
        let private = Private::<B> {
            cause,
            input,
            started: &step.started,
            cancelled: &step.cancelled,
        };
        let known = self.known.insert(self.places.of(&self.machine));
        let public = Public {
            seq: self.head,
            at,
            from: Speaker {
                kind: SpeakerKind::Bot,
                id: B::NAME.into(),
            },
            text: step.text,
            options: Some(known.offers_json()),
            data: step.data.as_ref().map(Shown::json),
            transition: Some(Transition {
                input: input.map(name_of),
                from: step.from,
                to: step.to,
                handled_by: step.handled_by,
                exited: step.exited,
                entered: step.entered,
            }),
            state: Some(step.path),
            pending: Some(self.machine.pending_effects()),
            client_id: None,
        };
        // Room for the message that caused it.
        let mut records = Vec::with_capacity(2);
        records.push(record(&public, |json| private::write(json, &private)));
        Written {
            records,
            started: step.started,
            cancelled: step.cancelled,
        }
    }
}

fn record(public: &public::Unwritten<'_>, write_private: impl FnOnce(&mut Vec<u8>)) -> Record {
    // For both, one after the other.
    let mut json = Vec::with_capacity(RECORD_BYTES);
    public::write(&mut json, public);
    let public_json = shared(&json);
    json.clear();
    write_private(&mut json);
    Record {
        seq: public.seq,
        kind: match public.text {
            Some(_) => Kind::Message,
            None => Kind::Transition,
        },
        public: public_json,
        private: shared(&json),
    }
}

fn shared(json: &[u8]) -> Arc<str> {
    let json = std::str::from_utf8(json).expect("JSON is UTF-8");
    json.into()
}
