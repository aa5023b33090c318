//! What happened in a conversation: its records, and what made them.

use std::time::Duration;

use crate::bot::{Attendance, Bot, Pending, Work};
use crate::record::{Public, Record, SpeakerKind};
use crate::session::{Note, Written};

type BotWork<B> = Work<<B as Bot>::Input, <B as Bot>::Effect>;

/// One thing that happened.
#[derive(Clone)]
pub(super) struct Played<B: Bot> {
    pub(super) what: What<B>,
    /// What the session wrote: read only when somebody looks.
    records: Vec<Record>,
    /// What was begun.
    pub(super) started: Vec<BotWork<B>>,
    /// What was given up.
    pub(super) cancelled: Vec<BotWork<B>>,
}

/// What happened.
#[derive(Clone)]
pub(super) enum What<B: Bot> {
    /// The conversation started.
    Start,
    /// The user sent a message: a choice by its id, or a text.
    Message { chosen: Option<String> },
    /// An effect ended.
    Effect { effect: B::Effect, failed: bool },
    /// A timer rang.
    Timer(B::Input),
    /// The user was silent for long.
    Silence,
    /// An agent did something.
    Person(Attendance),
    /// Somebody said something that was no step.
    Note(Note),
    /// Time passed.
    Time(Duration),
}

impl<B: Bot> Played<B> {
    pub(super) fn new(
        what: What<B>,
        written: Written<B::Input, B::Effect>,
        cancelled: Vec<BotWork<B>>,
    ) -> Self {
        let started = written.started.into_iter();
        Self {
            what,
            records: written.records,
            started: started.map(|pending: Pending<_, _>| pending.work).collect(),
            cancelled,
        }
    }

    /// The record of the user's message, if that is what happened.
    pub(super) fn of_user(&self) -> Option<Public> {
        self.record(SpeakerKind::User)
    }

    /// The record of the step that it caused.
    pub(super) fn of_bot(&self) -> Option<Public> {
        self.record(SpeakerKind::Bot)
    }

    fn record(&self, kind: SpeakerKind) -> Option<Public> {
        let mut records = self.records.iter().map(public);
        records.find(|record| record.from.kind == kind)
    }
}

fn public(record: &Record) -> Public {
    serde_json::from_str(&record.public).expect("a session writes what a client can read")
}
