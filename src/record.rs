//! What is stored: records, head rows, and the ids they go by.
//!
//! A record is one durable line of a session's log. Its public part is JSON exactly as streams and transcripts
//! carry it; its private part is for the machine alone. Both are written once and never parsed on the way out.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use smol_str::SmolStr;

/// A record's place in its session's log: 1, 2, 3 … without a gap.
pub type Seq = u64;

/// Why a text is not an id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "an id is 1 to {max} of the characters A-Z a-z 0-9 _ - (and . ~ in a client id, . ~ @ | : + in a user's)"
)]
pub struct IdError {
    max: usize,
}

/// Which bytes may be in an id, `more` among them. A table, which is looked up faster than it is worked out.
const fn sound(more: &[u8]) -> [bool; 256] {
    let mut sound = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        sound[byte] = b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        byte += 1;
    }
    let mut index = 0;
    while index < more.len() {
        sound[more[index] as usize] = true;
        index += 1;
    }
    sound
}

macro_rules! id {
    ($(#[$docs:meta])* $name:ident, $max:expr, $more:expr) => {
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "SmolStr")]
        pub struct $name(SmolStr);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<SmolStr> for $name {
            type Error = IdError;

            fn try_from(text: SmolStr) -> Result<Self, IdError> {
                const SOUND: [bool; 256] = sound(&$more);
                let all_sound = || text.bytes().all(|b| SOUND[usize::from(b)]);
                if (1..=$max).contains(&text.len()) && all_sound() {
                    Ok(Self(text))
                } else {
                    Err(IdError { max: $max })
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::try_from(SmolStr::from(text))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A session's name in addresses. Not a secret, but not to be guessed: at least 128 random bits.
    SessionId, 64, []
);
id!(
    /// A user's name, as a token vouches for it. Wide enough for the subjects of other people's tokens, e-mail addresses
    /// among them; not all of it may stand in an address as it is.
    UserId, 128, [b'.', b'~', b'@', b'|', b':', b'+']
);
id!(
    /// A client's name for a message of its own, by which a repetition is known.
    ClientId, 128, [b'.', b'~']
);

/// Whether a record says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Somebody said something.
    Message,
    /// A step of the machine that says nothing.
    Transition,
}

impl Kind {
    /// The name of the event that carries it.
    #[must_use]
    pub fn event(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Transition => "transition",
        }
    }
}

/// One durable line of a session's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place in the log.
    pub seq: Seq,
    /// Whether it says something.
    pub kind: Kind,
    /// A [`Public`] as JSON on one line.
    pub public: Arc<str>,
    /// Input, cause and work as JSON: what a replay needs and clients never see.
    pub private: Arc<str>,
}

/// A session's latest state, kept beside its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadRow {
    /// Whose state this is.
    pub session: SessionId,
    /// The bot it talks with.
    pub bot: SmolStr,
    /// The user it belongs to.
    pub owner: UserId,
    /// The client's own name for the call that started it.
    pub opened_as: Option<ClientId>,
    /// The shape hash of the machine that wrote it.
    pub shape: SmolStr,
    /// When it began.
    pub created: Timestamp,
    /// When somebody last said something in it, or took it or gave it back.
    pub used: Timestamp,
    /// The last record's place.
    pub head: Seq,
    /// When the last record was written: the next one's time is not before it, whatever the clock does.
    pub at: Timestamp,
    /// The machine (bot, place, pending work) as JSON.
    pub state: Arc<str>,
    /// What is to happen without its user.
    pub waits: Waits,
}

/// What a session waits for beside its user: what has to be taken up again when a server starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// Effects or timers are pending, or a person is waited for or there.
    pub work: bool,
    /// That nobody says anything means something, and the machine has not been told of it yet.
    pub silence: bool,
}

/// How far a user has come in a session: watermarks over its records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// What stands here and before has reached one of the user's clients; 0 for nothing.
    pub delivered: Seq,
    /// What stands here and before has been seen by the user; 0 for nothing. Never above what was delivered.
    pub read: Seq,
}

impl Receipt {
    /// What holds once `other` has come too, in a session with its head at `head`: no mark goes down, none is above the
    /// head, and what was read was delivered.
    #[must_use]
    pub fn raised(self, other: Self, head: Seq) -> Self {
        let read = self.read.max(other.read.min(head));
        let delivered = self.delivered.max(other.delivered.min(head));
        Self {
            delivered: delivered.max(read),
            read,
        }
    }
}

/// A notification that is kept for those who are not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name: no two that are kept have the same.
    pub id: SmolStr,
    /// Whom it is for, as JSON.
    pub to: Arc<str>,
    /// The data of its event, as JSON.
    pub event: Arc<str>,
    /// When it was sent.
    pub at: Timestamp,
    /// When it is past: from then on nobody gets it.
    pub until: Timestamp,
}

/// What everyone in a session may know of a record: the data of a `message` or `transition` event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Public<Offers = Vec<Offer>, Data = Value> {
    /// Its place in the log.
    pub seq: Seq,
    /// When it was written.
    #[serde(serialize_with = "rfc3339")]
    pub at: Timestamp,
    /// Who said it.
    pub from: Speaker,
    /// What was said; absent from a `transition`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the user may choose now; absent from people's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Offers>,
    /// What the bot shows beside the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Data>,
    /// What the machine did; absent from people's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transition: Option<Transition>,
    /// The machine's path after it, outermost level first; absent from people's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Vec<SmolStr>>,
    /// Effects the machine waits for; absent from people's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<Vec<SmolStr>>,
    /// The sender's own name for its message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
}

/// Who said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// What they are in the conversation.
    pub kind: SpeakerKind,
    /// A user's id, or a bot's name.
    pub id: SmolStr,
}

/// What a speaker is in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// The person the conversation belongs to.
    User,
    /// The machine.
    Bot,
    /// A person who has taken over from it.
    Agent,
}

/// A listed option, as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What to send to choose it.
    pub id: SmolStr,
    /// What to show.
    pub label: String,
}

/// One step of the machine, by names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transition {
    /// The input's name; `null` for the greeting.
    pub input: Option<SmolStr>,
    /// The leaf before; `null` for the greeting.
    pub from: Option<SmolStr>,
    /// The leaf after.
    pub to: SmolStr,
    /// The level that took the input; `null` for the greeting, and where no level took it.
    pub handled_by: Option<SmolStr>,
    /// Levels whose exit actions ran, in that order.
    pub exited: Vec<SmolStr>,
    /// Levels whose entry actions ran, in that order.
    pub entered: Vec<SmolStr>,
}

/// RFC 3339, UTC, with milliseconds: the one form of time in what we write.
pub fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{at:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_url_safe() {
        for good in ["a", "0123456789abcdef", "A_b-C"] {
            assert!(good.parse::<SessionId>().is_ok(), "{good:?}");
        }
        let long = "x".repeat(65);
        for bad in ["", "a b", "../x", "a/b", "a.b", "é", "a\n", "a\r", &long] {
            assert!(bad.parse::<SessionId>().is_err(), "{bad:?}");
        }
        assert!("a.b~c".parse::<ClientId>().is_ok());
        assert!("x".repeat(128).parse::<ClientId>().is_ok());
        assert!("x".repeat(129).parse::<ClientId>().is_err());
        for good in [
            "a.b+c@example.org",
            "auth0|5f7c",
            "urn:~me",
            &"x".repeat(128),
        ] {
            assert!(good.parse::<UserId>().is_ok(), "{good:?}");
        }
        let long = "x".repeat(129);
        for bad in ["", "a b", "a/b", "é", "a\n", "a,b", "a;b", "a\"b", &long] {
            assert!(bad.parse::<UserId>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_receipt_goes_up_only_and_not_above_the_head() {
        let receipt = |delivered, read| Receipt { delivered, read };
        let held = receipt(5, 3);
        for (other, head, raised) in [
            (receipt(0, 0), 9, receipt(5, 3)),
            (receipt(4, 4), 9, receipt(5, 4)),
            (receipt(7, 1), 9, receipt(7, 3)),
            (receipt(0, 8), 9, receipt(8, 8)),
            (receipt(Seq::MAX, 6), 9, receipt(9, 6)),
            (receipt(0, Seq::MAX), 9, receipt(9, 9)),
            // A head that is behind what is held lowers nothing.
            (receipt(9, 9), 4, receipt(5, 4)),
        ] {
            assert_eq!(held.raised(other, head), raised, "{other:?}");
        }
        let json = serde_json::to_string(&held).unwrap();
        assert_eq!(json, r#"{"delivered":5,"read":3}"#);
        assert_eq!(serde_json::from_str::<Receipt>(&json).unwrap(), held);
    }

    #[test]
    fn time_has_milliseconds_always() {
        let at: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        assert_eq!(
            rfc3339(&at, serde_json::value::Serializer).unwrap(),
            "2026-01-02T03:04:05.000Z"
        );
    }
}
