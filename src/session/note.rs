//! A note: somebody's words that are no step of the machine, and how a record tells them from those that are one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::public::write_value;
use super::{BotWritten, Said, Session, Written, record};
use crate::bot::Bot;
use crate::record::{ClientId, Public, Record, Speaker, SpeakerKind, UserId};

/// What somebody says to other people in the conversation: a record, and no step of the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Who says it.
    pub user: UserId,
    /// What they are in the conversation: a user or an agent, never the bot.
    pub kind: SpeakerKind,
    /// What they say.
    pub text: String,
    /// The sender's own name for it.
    pub client_id: Option<ClientId>,
}

/// The private part of a record of somebody's words.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Words {
    /// The id of a listed option. The step is the next record.
    Choose(String),
    /// Free text. The step is the next record.
    Text(String),
    /// No step follows.
    Note {},
}

impl Words {
    /// What the machine has heard; `None` for a note.
    pub(super) fn said(self) -> Option<Said> {
        match self {
            Self::Choose(id) => Some(Said::Choose(id)),
            Self::Text(text) => Some(Said::Text(text)),
            Self::Note {} => None,
        }
    }
}

impl<B: Bot> Session<B> {
    /// One record and no step: the machine stays as it is, with all that it waits for.
    pub fn note(&mut self, note: Note, at: Timestamp) -> BotWritten<B> {
        let record = self.words(note, &Words::Note {}, at);
        Written {
            records: vec![record],
            started: Vec::new(),
            cancelled: Vec::new(),
        }
    }

    /// The record of what somebody says.
    pub(super) fn words(&mut self, words: Note, private: &impl Serialize, at: Timestamp) -> Record {
        self.head += 1;
        let public = Public {
            seq: self.head,
            at,
            from: Speaker {
                kind: words.kind,
                id: words.user.as_str().into(),
            },
            text: Some(words.text),
            options: None,
            data: None,
            transition: None,
            state: None,
            pending: None,
            client_id: words.client_id,
        };
        record(&public, |json| write_value(json, private))
    }
}
