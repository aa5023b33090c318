//! Speech: a message as it enters a conversation, to its bot or to its people.

use std::sync::Arc;

use jiff::Timestamp;

use super::ChatError;
use super::seat::Seat;
use crate::identity::Identity;
use crate::record::{ClientId, SpeakerKind, UserId};
use crate::registry::{Live, Refused, Stepped};
use crate::session::{Message, Note, Said, addressed};

/// What somebody says, before it is known to whom.
pub(super) struct Words {
    pub(super) who: Arc<Identity>,
    pub(super) said: Said,
    pub(super) client_id: Option<ClientId>,
}

/// What somebody says, and to whom.
#[derive(Clone, Debug)]
pub(super) enum Speech {
    /// To the bot, which answers.
    Message(Message),
    /// To the others; the bot is silent.
    Note(Note),
}

impl Speech {
    /// What `words` are in the conversation of `seat` with `bot`. An agent speaks to the user. Users who talk with each other do
    /// too, unless they choose an option, or begin with the bot's name: `@stock price of tesla`.
    ///
    /// # Errors
    /// [`ChatError::Watching`] for who does not take part, [`ChatError::Invalid`].
    pub(super) fn of(seat: &Seat, bot: &str, words: Words) -> Result<Self, ChatError> {
        let kind = seat.speaker(&words.who)?;
        let is_agent = kind == SpeakerKind::Agent;
        let (user, client_id) = (words.who.user.clone(), words.client_id);
        let said = match words.said {
            Said::Choose(_) if is_agent => {
                let problem = "the options are the user's; send a text";
                return Err(ChatError::Invalid(problem.to_owned()));
            }
            Said::Text(text)
                if is_agent || (seat.has_company() && addressed(&text, bot).is_none()) =>
            {
                return Ok(Self::Note(Note {
                    user,
                    kind,
                    text,
                    client_id,
                }));
            }
            said => said,
        };
        Ok(Self::Message(Message {
            user,
            said,
            client_id,
        }))
    }

    pub(super) fn user(&self) -> &UserId {
        match self {
            Self::Message(message) => &message.user,
            Self::Note(note) => &note.user,
        }
    }

    pub(super) fn enter(self, live: &mut dyn Live, at: Timestamp) -> Result<Stepped, Refused> {
        match self {
            Self::Message(message) => live.say(message, at),
            Self::Note(note) => live.note(note, at),
        }
    }
}
