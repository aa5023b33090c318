//! What the other participants are told.

use jiff::Timestamp;
use serde::Serialize;

use super::{Input, Place};
use crate::record::{UserId, rfc3339};

/// A user's presence, in the words that others read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// Looks at one page at least.
    Online,
    /// Has pages open and looks at none.
    Away,
    /// Has no page open, and has not been gone for long.
    Reconnecting,
    /// Is gone.
    Offline,
}

/// A user's presence has changed: the data of a `presence` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Whose.
    pub user: UserId,
    /// What it is now.
    pub state: Shown,
    /// When a stream of the user last opened, closed, or told whether it is looked at.
    #[serde(serialize_with = "rfc3339")]
    pub last_seen: Timestamp,
}

impl Shown {
    /// What the streams of a user in this state come to.
    pub(super) fn streams(self) -> Input {
        match self {
            Self::Online => Input::Active,
            Self::Away => Input::Away,
            Self::Reconnecting | Self::Offline => Input::Gone,
        }
    }
}

impl From<&Place> for Shown {
    fn from(place: &Place) -> Self {
        match place {
            Place::Online {} => Self::Online,
            Place::Away {} => Self::Away,
            Place::Reconnecting {} => Self::Reconnecting,
            Place::Offline {} => Self::Offline,
        }
    }
}
