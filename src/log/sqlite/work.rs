//! Work: what the writer is asked to write, and what it answers.

use jiff::Timestamp;
use smol_str::SmolStr;

use super::super::{Batch, Invited, LogError};
use crate::record::{Kept, Receipt, SessionId, UserId};

/// Something to write. Small, because many wait together.
pub(super) enum Work {
    Append(Box<Batch>),
    Erase(SessionId),
    Aside(Box<Aside>),
    Probe,
}

/// What stands beside the sessions' records.
pub(super) enum Aside {
    Invite {
        session: SessionId,
        user: UserId,
        max: usize,
    },
    Receive {
        session: SessionId,
        user: UserId,
        receipt: Receipt,
    },
    Revoke {
        user: UserId,
        before: Timestamp,
    },
    Keep(Kept),
    Deliver {
        id: SmolStr,
        user: UserId,
    },
    ForgetKept(Timestamp),
}

/// What was written, by the kind of work.
#[derive(Clone, Copy)]
pub(super) enum Done {
    /// Whether there was anything to do.
    Whether(bool),
    Invited(Invited),
    Received(Receipt),
}

pub(super) type Written = Result<Done, LogError>;

impl Done {
    pub(super) fn nothing(self) -> Option<()> {
        self.whether().map(drop)
    }

    pub(super) fn whether(self) -> Option<bool> {
        match self {
            Self::Whether(whether) => Some(whether),
            Self::Invited(_) | Self::Received(_) => None,
        }
    }

    pub(super) fn invited(self) -> Option<Invited> {
        match self {
            Self::Invited(invited) => Some(invited),
            Self::Whether(_) | Self::Received(_) => None,
        }
    }

    pub(super) fn received(self) -> Option<Receipt> {
        match self {
            Self::Received(receipt) => Some(receipt),
            Self::Whether(_) | Self::Invited(_) => None,
        }
    }
}
