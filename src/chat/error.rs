//! Why a call did nothing.

use std::time::Duration;

use crate::log::LogError;
use crate::registry::Refused;
use crate::session::NotOffered;

/// Why a call did nothing.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// There is no such session, or it is not the caller's.
    #[error("there is no such conversation")]
    NoSession,
    /// There is no such bot.
    #[error("there is no such bot")]
    NoBot,
    /// The message cannot be one.
    #[error("{0}")]
    Invalid(String),
    /// It chooses what is not listed.
    #[error(transparent)]
    NotOffered(NotOffered),
    /// It was held with another version of the bot, which wants it to be read only.
    #[error(
        "this conversation was held with an earlier version of the bot and can only be read; start a new one"
    )]
    ReadOnly,
    /// The session has as many records as it takes.
    #[error("this conversation is full; start a new one")]
    Full,
    /// Too many messages wait for this session.
    #[error("too many messages wait for this conversation; send them one after another")]
    Busy,
    /// Somebody else wrote to the session each time that this was tried.
    #[error("the conversation is being written to from elsewhere; send the message again")]
    Contended,
    /// What the caller says there comes too fast; others may go on.
    #[error("messages come too fast; wait a moment")]
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The caller sees the session and does not take part in it.
    #[error("you only watch this conversation; to speak in it, be invited to it or take it")]
    Watching,
    /// The session does not wait for a person, or is with another one.
    #[error("this conversation does not wait for a person now, and is not with you")]
    NotWaiting,
    /// Another agent has the session.
    #[error("somebody else has taken this conversation")]
    Taken,
    /// Only a user who takes part in the session may invite others to it.
    #[error("only the users of this conversation can invite others")]
    NotUser,
    /// Only who owns the session may do this.
    #[error("only the owner of this conversation may do that")]
    NotOwner,
    /// The session has as many participants as it takes.
    #[error("at most {max} may take part beside its owner; invite fewer, or start another one")]
    Crowded {
        /// How many it takes.
        max: usize,
    },
    /// A handler of the bot panicked; the session is as it was before.
    #[error(
        "the bot failed on this message, and the conversation is as it was before; say something else"
    )]
    Panicked,
    /// The bot it was held with is not here.
    #[error(
        "the bot of this conversation does not run here any more; start a new one with another"
    )]
    Unreadable,
    /// What is stored of the session cannot be ours.
    #[error(
        "what is stored of this conversation is damaged; start a new one, and tell the operator"
    )]
    Damaged,
    /// The log did not take it.
    #[error(
        "the conversation cannot be stored or read now ({0}), and nothing of it is lost; try again in a moment"
    )]
    Log(LogError),
}

impl ChatError {
    /// Whether the same may work when it is tried again later.
    pub(super) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Contended | Self::Log(LogError::Unavailable(_) | LogError::Conflict { .. })
        )
    }
}

impl From<Refused> for ChatError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotOffered(refused) => Self::NotOffered(refused),
            Refused::ReadOnly => Self::ReadOnly,
        }
    }
}

impl From<LogError> for ChatError {
    fn from(error: LogError) -> Self {
        match error {
            LogError::NoSession => Self::NoSession,
            LogError::Damaged => Self::Damaged,
            error => Self::Log(error),
        }
    }
}
