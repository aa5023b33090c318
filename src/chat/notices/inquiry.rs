//! The inquiry: why did somebody not get it?

use jiff::Timestamp;

use super::Notice;
use super::keeping::Got;
use crate::chat::Chat;
use crate::hub::Listener;
use crate::record::UserId;

/// Why no stream of somebody's was among those that a notification went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// None was open then, of those that are remembered.
    NoStream,
    /// It does not listen to notifications.
    NotListening,
    /// It is not for them.
    NotMatching,
}

/// What a kept notification is to a user who was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// It waits for them until then, if it is for them.
    Until(Timestamp),
    /// It was kept until then. Who got it by then is not known any more.
    Past(Timestamp),
    /// They have got it since, at this time if that is known.
    Delivered(Option<Timestamp>),
}

impl std::fmt::Display for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoStream => "no stream open then",
            Self::NotListening => "its stream does not listen to notifications",
            Self::NotMatching => "the filter does not match",
        })
    }
}

impl std::fmt::Display for Later {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Until(until) => write!(f, "kept until {until:.3}"),
            Self::Past(until) => write!(f, "kept until {until:.3}, which is past"),
            Self::Delivered(Some(at)) => write!(f, "delivered at {at:.3}"),
            Self::Delivered(None) => f.write_str("delivered before the server started"),
        }
    }
}

impl Chat {
    /// Why none of the streams that `are_theirs` got the notice when it was sent.
    #[must_use]
    pub fn missed(&self, notice: &Notice, are_theirs: impl Fn(&Listener) -> bool) -> Missed {
        let listeners = self.hub.listened(notice.at, are_theirs);
        let mut listeners = listeners.iter();
        if listeners.len() == 0 {
            Missed::NoStream
        } else if listeners.any(|listener| notice.to.includes(&listener.identity)) {
            Missed::NotListening
        } else {
            Missed::NotMatching
        }
    }

    /// What has become of the notice for `user` since, if it was kept.
    #[must_use]
    pub fn kept_for(&self, notice: &Notice, user: &UserId) -> Option<Later> {
        let until = notice.until?;
        Some(match self.notices.keeping.got(&notice.id, user) {
            Some(Got::At(at)) => Later::Delivered(at),
            Some(Got::NotYet) if until > super::now() => Later::Until(until),
            _ => Later::Past(until),
        })
    }
}
