//! Speech: a message as it enters a conversation, to its bot or to its people.

use jiff::Timestamp;

use super::ChatError;
use super::seat::Seat;
use crate::record::{ClientId, SpeakerKind, UserId};
use crate::registry::{Live, Refused, Stepped};
use crate::session::{Message, Note, Said};

/// What somebody says, and to whom.
#[derive(Clone, Debug)]
pub(super) enum Speech {
    /// To the bot, which answers.
    Message(Message),
    /// To the others; the bot is silent.
    Note(Note),
}

impl Speech {
    /// What `user` says in the conversation of `seat`. An agent speaks to the user. Users who talk with each other do
    /// too, unless they choose an option, or begin with the bot's name: `@stock price of tesla`.
    pub(super) fn of(
        seat: &Seat,
        kind: SpeakerKind,
        user: UserId,
        said: Said,
        client_id: Option<ClientId>,
    ) -> Result<Self, ChatError> {
        let said = match said {
            Said::Choose(_) if kind == SpeakerKind::Agent => {
                let problem = "the options are the user's; send a text";
                return Err(ChatError::Invalid(problem.to_owned()));
            }
            Said::Text(text) if kind == SpeakerKind::Agent || seat.has_company() => {
                match addressed(&text, &seat.bot) {
                    Some(rest) if kind != SpeakerKind::Agent => Said::Text(rest.to_owned()),
                    _ => {
                        return Ok(Self::Note(Note {
                            user,
                            kind,
                            text,
                            client_id,
                        }));
                    }
                }
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

    pub(super) fn client_id(&self) -> Option<&ClientId> {
        match self {
            Self::Message(message) => message.client_id.as_ref(),
            Self::Note(note) => note.client_id.as_ref(),
        }
    }

    pub(super) fn enter(self, live: &mut dyn Live, at: Timestamp) -> Result<Stepped, Refused> {
        match self {
            Self::Message(message) => live.say(message, at),
            Self::Note(note) => live.note(note, at),
        }
    }
}

/// What is said to `bot` by name.
fn addressed<'a>(text: &'a str, bot: &str) -> Option<&'a str> {
    let rest = text.trim_start().strip_prefix('@')?;
    let (name, rest) = rest.split_once(char::is_whitespace)?;
    let rest = rest.trim();
    (name.eq_ignore_ascii_case(bot) && !rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_is_addressed_by_its_name_and_nothing_else() {
        assert_eq!(
            addressed("@stock price of tesla", "stock"),
            Some("price of tesla")
        );
        assert_eq!(addressed(" @Stock  help ", "stock"), Some("help"));
        for other in [
            "@stock",
            "@stock ",
            "@stocks help",
            "stock help",
            "@ stock help",
            "hello @stock",
        ] {
            assert_eq!(addressed(other, "stock"), None, "{other:?}");
        }
    }
}
