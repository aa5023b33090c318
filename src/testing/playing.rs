//! How a conversation is played: moves become calls of the session, time passes, and a source performs effects.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use smol_str::SmolStr;

use super::conversation::{BotPending, Conversation};
use super::moves::Move;
use super::played::{Played, What};
use crate::bot::{Attendance, Bot, Pending, Work, name_of};
use crate::record::{SpeakerKind, UserId};
use crate::session::{Message, NotOffered, Note, Said, Session, Written};

/// More steps than this without a move of the test are taken for a machine that never comes to rest.
const STEPS_MAX: usize = 1_000;

impl<B: Bot> Conversation<B> {
    /// As [`Conversation::plays`], but says why where it cannot happen. Nothing happened then.
    ///
    /// # Errors
    /// If it cannot happen now.
    ///
    /// # Panics
    /// If a handler does. The conversation is as it was before the step.
    pub fn play(&mut self, next: &Move<B>) -> Result<(), String> {
        match next {
            Move::Says(text) => self.say(Said::Text(text.clone())),
            Move::Chooses(id) => self.say(Said::Choose(id.clone())),
            Move::Ends { effect, input } => {
                let found = self.oldest(|work| *work == Work::Effect(effect.clone()));
                self.end(found.ok_or("no such effect is pending")?, Some(input))
            }
            Move::Rings(input) => {
                let found = self.oldest(
                    |work| matches!(work, Work::Timer { input: brought, .. } if brought == input),
                );
                self.ring(&found.ok_or("no such timer is set")?)
            }
            Move::Waits(time) => self.wait(*time),
            Move::IsSilent => self.be_silent(),
            Move::Attended(change) => self.attend(change),
        }
    }

    /// The pending work that was asked for first, of that which `is` what is looked for.
    fn oldest(&self, is: impl Fn(&Work<B::Input, B::Effect>) -> bool) -> Option<BotPending<B>> {
        self.pending().iter().find(|work| is(&work.work)).cloned()
    }

    pub(super) fn say(&mut self, said: Said) -> Result<(), String> {
        let message = Message {
            user: user(),
            said: said.clone(),
            client_id: None,
        };
        let chosen = match said {
            Said::Choose(id) => Some(id),
            Said::Text(_) => None,
        };
        let mut refused = None;
        let say = |session: &mut Session<B>, at| {
            let said = session.say(message, at);
            said.map_err(|not_offered| refused = Some(not_offered)).ok()
        };
        let what = What::Message {
            chosen: chosen.clone(),
        };
        self.step(what, say);
        if let Some(NotOffered { offers }) = refused {
            let ids: Vec<String> = offers.iter().map(|o| format!("{:?}", o.id)).collect();
            let id = chosen.unwrap_or_default();
            return Err(match ids.is_empty() {
                true => format!("{id:?} is not offered; nothing is"),
                false => format!("{id:?} is not offered; what is: {}", ids.join(", ")),
            });
        }
        self.told_of_silence = false;
        self.perform()
    }

    pub(super) fn be_silent(&mut self) -> Result<(), String> {
        if self.told_of_silence {
            return Err("the bot has been told of this silence; it is told once a message".into());
        }
        let idle = |session: &mut Session<B>, at| session.idle(at);
        self.step(What::Silence, idle)
            .ok_or("silence means nothing to the bot here")?;
        self.told_of_silence = true;
        self.perform()
    }

    pub(super) fn attend(&mut self, change: &Attendance) -> Result<(), String> {
        let attend = |session: &mut Session<B>, at| session.attended(change, at);
        self.step(What::Person(change.clone()), attend)
            .ok_or_else(|| format!("that {change} means nothing to the bot here"))?;
        self.perform()
    }

    pub(super) fn note(&mut self, note: Note) {
        let what = What::Note(note.clone());
        self.step(what, |session: &mut Session<B>, at| {
            Some(session.note(note, at))
        });
    }

    pub(super) fn fail(&mut self) -> Result<(), String> {
        let oldest = self.oldest(|work| matches!(work, Work::Effect(_)));
        self.end(oldest.ok_or("no effect is pending")?, None)
    }

    pub(super) fn end(
        &mut self,
        work: BotPending<B>,
        input: Option<&B::Input>,
    ) -> Result<(), String> {
        self.finish(work, input);
        self.perform()
    }

    fn finish(&mut self, work: BotPending<B>, input: Option<&B::Input>) {
        let Work::Effect(effect) = work.work else {
            return;
        };
        let failed = input.is_none();
        let finish = |session: &mut Session<B>, at| session.finish(work.id, input.cloned(), at);
        let done = self.step(What::Effect { effect, failed }, finish);
        done.expect("what is pending can end");
    }

    /// Lets the source perform what is pending, until nothing is that it knows an end for.
    pub(super) fn perform(&mut self) -> Result<(), String> {
        let Some(source) = self.source.clone() else {
            return Ok(());
        };
        for _ in 0..STEPS_MAX {
            let world = self.places.world();
            let next = self.pending().iter().find_map(|work| match &work.work {
                Work::Effect(effect) => Some((work.clone(), source(effect, world)?)),
                Work::Timer { .. } => None,
            });
            let Some((work, input)) = next else {
                return Ok(());
            };
            self.finish(work, Some(&input));
        }
        Err(format!(
            "effects follow each other without end ({STEPS_MAX} of them)"
        ))
    }

    fn wait(&mut self, time: Duration) -> Result<(), String> {
        let end = later(self.now, time);
        self.played
            .push(Played::new(What::Time(time), nothing(), Vec::new()));
        for _ in 0..STEPS_MAX {
            let next = self.next_timer().filter(|(due, _)| *due <= end);
            let Some((_, work)) = next else {
                self.now = end;
                return Ok(());
            };
            self.ring(&work)?;
        }
        Err(format!(
            "timers follow each other without end ({STEPS_MAX} of them)"
        ))
    }

    pub(super) fn ring(&mut self, work: &BotPending<B>) -> Result<(), String> {
        let Work::Timer { input, .. } = &work.work else {
            return Ok(());
        };
        self.now = self.now.max(due(work).unwrap_or(self.now));
        let ring = |session: &mut Session<B>, at| session.ring(work.id, at);
        let done = self.step(What::Timer(input.clone()), ring);
        done.expect("what is pending can ring");
        self.perform()
    }

    /// The timer that is due first, and when; of those due at one time, the one that was set first.
    pub(super) fn next_timer(&self) -> Option<(Timestamp, BotPending<B>)> {
        let pending = self.pending().iter();
        let timers = pending.filter_map(|work| Some((due(work)?, work.clone())));
        timers.min_by_key(|(due, work)| (*due, work.id))
    }

    /// One step of a clone of the session, which then becomes the session: as in the server, what panics or is refused
    /// did not happen.
    fn step(
        &mut self,
        what: What<B>,
        step: impl FnOnce(&mut Session<B>, Timestamp) -> Option<Written<B::Input, B::Effect>>,
    ) -> Option<()> {
        let mut session = self.session.clone();
        let written = step(&mut session, self.now)?;
        let was_pending = self.pending().iter();
        let cancelled = was_pending.filter(|work| written.cancelled.contains(&work.id));
        let cancelled = cancelled.map(|work| work.work.clone()).collect();
        self.played.push(Played::new(what, written, cancelled));
        self.session = session;
        Some(())
    }

    /// The effect that `input` is an outcome of.
    pub(super) fn effect_ending_with(&self, input: &B::Input) -> Result<B::Effect, String> {
        let name = name_of(input);
        let mut ends = Vec::new();
        for work in self.pending() {
            let Work::Effect(effect) = &work.work else {
                continue;
            };
            let outcomes = B::outcomes(effect).into_iter().chain([B::failed(effect)]);
            let mut names: Vec<SmolStr> = outcomes.map(|o| name_of(&o)).collect();
            if names.contains(&name) {
                return Ok(effect.clone());
            }
            names.dedup();
            ends.push(format!("{} with {}", name_of(effect), names.join(" or ")));
        }
        Err(match ends.is_empty() {
            true => format!("{name} is the outcome of an effect, and none is pending"),
            false => format!(
                "{name} ends no pending effect; what can end: {}",
                ends.join(", ")
            ),
        })
    }
}

fn user() -> UserId {
    "user".parse().expect("a plain word is an id")
}

pub(super) fn agent_note(text: &str) -> Note {
    Note {
        user: "agent".parse().expect("a plain word is an id"),
        kind: SpeakerKind::Agent,
        text: text.to_owned(),
        client_id: None,
    }
}

fn nothing<I, E>() -> Written<I, E> {
    Written {
        records: Vec::new(),
        started: Vec::new(),
        cancelled: Vec::new(),
    }
}

/// When a timer is due; `None` for an effect.
fn due<I, E>(work: &Pending<I, E>) -> Option<Timestamp> {
    match &work.work {
        Work::Timer { after_ms, .. } => Some(later(work.at, Duration::from_millis(*after_ms))),
        Work::Effect(_) => None,
    }
}

fn later(at: Timestamp, time: Duration) -> Timestamp {
    let time = SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
    at.saturating_add(time).unwrap_or(Timestamp::MAX)
}
