//! A replay: a stored conversation played through this build's machine, from its first record to its last.
//!
//! What users said is read again, outcomes and timers enter as they did, and each step is compared with what is
//! stored of it: where it leads, what it offers, which work it asks for. Words are not: a reply that reads otherwise
//! is counted, and no divergence. Notes are passed over: the machine never heard them. Nothing is performed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use smol_str::SmolStr;

use super::note::{Note, Words};
use super::{Cause, Message, Places, Said, Session};
use crate::bot::{Attendance, Bot, WorkId, name_of};
use crate::record::{Public, Record, Seq, SpeakerKind};

/// How a stored conversation fares with this build's machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on unchanged.
    Unchanged {
        /// How many replies read otherwise than they did.
        reworded: usize,
    },
    /// It takes another course, but the place in which it stands is one of this machine's.
    Diverges(Divergence),
    /// It takes another course, and the place in which it stands is none of this machine's: there is nothing to go
    /// on with.
    Strands(Divergence),
}

/// The first point at which a replay does not do what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The record's place in the log.
    pub seq: Seq,
    /// What is different, by names alone: the same for all conversations to which the same happens.
    pub why: String,
}

/// A conversation as far as it has been replayed.
#[derive(Debug)]
pub struct Replay<B: Bot> {
    places: Arc<Places<B>>,
    session: Option<Session<B>>,
    /// What a user said, whose step is the next record.
    message: Option<Message>,
    reworded: usize,
    diverged: Option<Divergence>,
}

/// The private part of a step's record, as it is read.
#[derive(Deserialize)]
struct Stored {
    cause: Cause,
    input: Value,
    #[serde(default)]
    started: Vec<Value>,
}

/// What happened to a conversation, by one of its records.
#[derive(Clone, Debug)]
pub enum Happened<I> {
    /// It began, or began anew.
    Start,
    /// A user said something. The step is the next record, and no happening of its own.
    Said(Said),
    /// A step by what a user said.
    Heard,
    /// An effect ended.
    Ended(WorkId, I),
    /// A timer rang.
    Rang(WorkId),
    /// The user was silent for long.
    Silence,
    /// An agent did something.
    Attended(Attendance),
    /// Somebody said something that was no step.
    Noted(Note),
}

impl<I: DeserializeOwned> Happened<I> {
    /// What `record` tells.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(record: &Record) -> serde_json::Result<Self> {
        let public: Public = serde_json::from_str(&record.public)?;
        if public.from.kind != SpeakerKind::Bot {
            let words: Words = serde_json::from_str(&record.private)?;
            return match words.said() {
                Some(said) => Ok(Self::Said(said)),
                None => noted(public).map(Self::Noted),
            };
        }
        let stored: Stored = serde_json::from_str(&record.private)?;
        Ok(match stored.cause {
            Cause::Start | Cause::Restart => Self::Start,
            Cause::User(_) => Self::Heard,
            Cause::Effect(id) => Self::Ended(id, serde_json::from_value(stored.input)?),
            Cause::Timer(id) => Self::Rang(id),
            Cause::Idle => Self::Silence,
            Cause::Person(change) => Self::Attended(change),
        })
    }
}

/// What the record of a note says.
fn noted(public: Public) -> serde_json::Result<Note> {
    let user = public.from.id.parse();
    Ok(Note {
        user: user.map_err(serde::de::Error::custom)?,
        kind: public.from.kind,
        text: public.text.unwrap_or_default(),
        client_id: public.client_id,
    })
}

const UNREADABLE: &str = "a record cannot be read";
const NO_START: &str = "its start is missing";

/// Why a record does not follow from what came before.
type Why = String;

impl<B: Bot> Replay<B> {
    /// Nothing replayed yet.
    #[must_use]
    pub fn new(places: Arc<Places<B>>) -> Self {
        Self {
            places,
            session: None,
            message: None,
            reworded: 0,
            diverged: None,
        }
    }

    /// Replays the next record, unless the conversation has taken another course before.
    pub fn record(&mut self, record: &Record) {
        if self.diverged.is_some() {
            return;
        }
        // A step that panics leaves a session that is not looked at again.
        let followed = catch_unwind(AssertUnwindSafe(|| self.follow(record)));
        let followed = followed.unwrap_or_else(|_| Err("the machine panics".to_owned()));
        self.diverged = followed.err().map(|why| Divergence {
            seq: record.seq,
            why,
        });
    }

    /// Where it took another course, if it did.
    #[must_use]
    pub fn divergence(&self) -> Option<&Divergence> {
        self.diverged.as_ref()
    }

    /// How the conversation fares whose head row holds `state`; with the session, if it goes on unchanged.
    #[must_use]
    pub fn end(self, state: &str) -> (Fate, Option<Session<B>>) {
        let Some(divergence) = self.diverged else {
            let reworded = self.reworded;
            return (Fate::Unchanged { reworded }, self.session);
        };
        let here = Session::<B>::restore(self.places, divergence.seq, state);
        let fate = match here {
            Ok(_) => Fate::Diverges(divergence),
            Err(_) => Fate::Strands(divergence),
        };
        (fate, None)
    }

    fn follow(&mut self, record: &Record) -> Result<(), Why> {
        let unreadable = |_| UNREADABLE.to_owned();
        let public: Public = serde_json::from_str(&record.public).map_err(unreadable)?;
        if public.from.kind != SpeakerKind::Bot {
            let words: Words = serde_json::from_str(&record.private).map_err(unreadable)?;
            let Some(said) = words.said() else {
                return self.pass_over(record);
            };
            let user = public.from.id.parse().map_err(|_| UNREADABLE)?;
            self.message = Some(Message {
                user,
                said,
                client_id: public.client_id,
            });
            return Ok(());
        }
        let stored: Stored = serde_json::from_str(&record.private).map_err(unreadable)?;
        let replayed = self.step(&public, &stored)?;
        self.compare((&public, &stored), &replayed)
    }

    /// A note has its place in the log, and nothing else comes of it.
    fn pass_over(&mut self, note: &Record) -> Result<(), Why> {
        let session = self.session.as_mut().ok_or(NO_START)?;
        session.head = note.seq;
        Ok(())
    }

    /// The step that is stored, taken again.
    fn step(&mut self, public: &Public, stored: &Stored) -> Result<Record, Why> {
        let (at, name) = (public.at, input_name(public));
        if let Cause::Start | Cause::Restart = stored.cause {
            let (session, written) = match stored.cause {
                Cause::Restart => Session::restart(Arc::clone(&self.places), public.seq - 1, at),
                _ => Session::open(Arc::clone(&self.places), at),
            };
            self.session = Some(session);
            return last(written.records);
        }
        let session = self.session.as_mut().ok_or(NO_START)?;
        let state = leaf(session);
        let none_pending = || format!("in {state} nothing waits for {name} any more");
        let written = match &stored.cause {
            Cause::User(_) => {
                let message = self.message.take().ok_or("a user's message is missing")?;
                let refused = match &message.said {
                    Said::Choose(id) => {
                        format!("in {state} the option {id} is not offered any more")
                    }
                    Said::Text(_) => format!("in {state} no text is read any more"),
                };
                let written = session.say(message, at).ok();
                // What is said to a person has no step.
                let heard = written.filter(|written| written.records.len() > 1);
                heard.ok_or(refused)?
            }
            Cause::Effect(id) => {
                let input: B::Input = serde_json::from_value(stored.input.clone())
                    .map_err(|_| format!("the input {name} is not known any more"))?;
                let finished = session.finish(*id, Some(input), at);
                finished.ok_or_else(none_pending)?
            }
            Cause::Timer(id) => session.ring(*id, at).ok_or_else(none_pending)?,
            Cause::Idle => {
                let idle = session.idle(at);
                idle.ok_or_else(|| format!("in {state} silence means nothing any more"))?
            }
            Cause::Person(change) => {
                let attended = session.attended(change, at);
                attended.ok_or_else(|| format!("in {state} nobody is waited for any more"))?
            }
            Cause::Start | Cause::Restart => unreachable!("handled above"),
        };
        last(written.records)
    }

    fn compare(&mut self, (old, stored): (&Public, &Stored), replayed: &Record) -> Result<(), Why> {
        let ours = "what a session writes can be read";
        let new: Public = serde_json::from_str(&replayed.public).expect(ours);
        let again: Stored = serde_json::from_str(&replayed.private).expect(ours);
        let before = from(old);
        let (was, is) = (input_name(old), input_name(&new));
        if was != is {
            return Err(format!(
                "in {before} what was understood as {was} is understood as {is}"
            ));
        }
        if stored.input != again.input {
            return Err(format!("in {before} {was} is understood with other data"));
        }
        let paths = [old, &new].map(|public| public.state.as_deref().unwrap_or_default().join("."));
        if paths[0] != paths[1] {
            let [was_at, is_at] = paths;
            return Err(format!(
                "in {before} {was} leads to {is_at}, and led to {was_at}"
            ));
        }
        let place = new
            .transition
            .as_ref()
            .map_or("", |transition| &transition.to);
        let ids = |public: &Public| -> Vec<SmolStr> {
            let options = public.options.iter().flatten();
            options.map(|offer| offer.id.clone()).collect()
        };
        if ids(old) != ids(&new) {
            return Err(format!("in {place} after {was} other options are offered"));
        }
        if works(&stored.started) != works(&again.started) || old.pending != new.pending {
            return Err(format!("in {place} after {was} other work is asked for"));
        }
        let said = |public: &Public| {
            (
                public.text.clone(),
                public.data.clone(),
                public.options.clone(),
            )
        };
        self.reworded += usize::from(said(old) != said(&new));
        Ok(())
    }
}

/// Of a step's records the last is the step's own.
fn last(records: Vec<Record>) -> Result<Record, Why> {
    let last = records.into_iter().next_back();
    last.ok_or_else(|| "a step writes nothing".to_owned())
}

fn leaf<B: Bot>(session: &Session<B>) -> SmolStr {
    name_of(session.machine().place())
}

fn input_name(public: &Public) -> SmolStr {
    let transition = public.transition.as_ref();
    let input = transition.and_then(|transition| transition.input.clone());
    input.unwrap_or_else(|| "the start".into())
}

/// Where a step began, in words.
fn from(public: &Public) -> SmolStr {
    let transition = public.transition.as_ref();
    let from = transition.and_then(|transition| transition.from.clone());
    from.unwrap_or_else(|| "the beginning".into())
}

/// Pieces of work without their times, which are stored to the nanosecond there and to the millisecond here.
fn works(started: &[Value]) -> Vec<(&Value, &Value)> {
    let works = started.iter();
    works.map(|work| (&work["scope"], &work["work"])).collect()
}
