//! The handoff: a person takes over from the bot, and gives back.
//!
//! The machine owns the state. It says by [`Bot::handoff`](super::Bot::handoff) where it waits for a person and where one
//! has taken over; whoever runs it tells it by [`Attendance`] what people do.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// What a place is in a handoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Handoff {
    /// It waits for a person. What the user says is still read by the bot.
    Waiting,
    /// A person has taken over. The bot is silent: what is written is between people, and only an option that is
    /// chosen reaches the machine. Silence means nothing there.
    With,
}

/// What agents do, the people who take over.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Attendance {
    /// An agent has come online, and there was none.
    Staffed,
    /// No agent is online.
    Nobody,
    /// An agent takes the conversation.
    Taken {
        /// The agent's user id.
        agent: SmolStr,
        /// The agent's name for people, if it is known.
        name: Option<SmolStr>,
    },
    /// The agent gives it back to the bot.
    Returned,
    /// Nobody has been there for too long.
    Abandoned,
}

impl Handoff {
    /// Whether `change` can happen to a place that is this.
    #[must_use]
    pub fn minds(self, change: &Attendance) -> bool {
        match change {
            Attendance::Staffed | Attendance::Nobody | Attendance::Taken { .. } => {
                self == Self::Waiting
            }
            Attendance::Returned => self == Self::With,
            Attendance::Abandoned => true,
        }
    }
}

impl Attendance {
    /// A fixed agent of this name takes the conversation.
    pub(crate) fn taken_by(name: &str) -> Self {
        Self::Taken {
            agent: "agent".into(),
            name: Some(name.into()),
        }
    }

    /// One of each: what exploration tries.
    pub(crate) fn samples() -> [Self; 5] {
        [
            Self::Staffed,
            Self::Nobody,
            Self::taken_by("Alex"),
            Self::Returned,
            Self::Abandoned,
        ]
    }
}

/// As it reads in a conversation: `no agent is online`, `Alex takes it`.
impl fmt::Display for Attendance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staffed => f.write_str("an agent is online"),
            Self::Nobody => f.write_str("no agent is online"),
            Self::Taken { agent, name } => {
                write!(f, "{} takes it", name.as_ref().unwrap_or(agent))
            }
            Self::Returned => f.write_str("the agent gives it back"),
            Self::Abandoned => f.write_str("nobody is there for too long"),
        }
    }
}
