//! An audience: whom a notification is for.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use smol_str::SmolStr;

use super::Listener;
use crate::identity::Identity;
use crate::record::{SessionId, UserId};

/// Whom a notification is for. As JSON: `"all"`, `{"user":"u1"}`, `{"session":ID}`, `{"stream":ID}` or
/// `{"meta":{"role":"trader"}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody.
    All,
    /// One user, wherever.
    User(UserId),
    /// Whoever follows one conversation.
    Session(SessionId),
    /// One stream, by the name that its `connected` told.
    Stream(SmolStr),
    /// Those of whom a token says all of this.
    Meta(Map<String, Value>),
}

impl Audience {
    /// Whether it is for somebody as a user. What is for a conversation or a stream is for no user in particular.
    #[must_use]
    pub fn includes(&self, who: &Identity) -> bool {
        match self {
            Self::All => true,
            Self::User(user) => *user == who.user,
            Self::Meta(pairs) => pairs.iter().all(|(name, value)| claims(who, name, value)),
            Self::Session(_) | Self::Stream(_) => false,
        }
    }

    /// Whether a stream gets it. What is for users goes to the streams that asked for notifications; a conversation
    /// or a stream that is named gets it whatever it asked for.
    #[must_use]
    pub fn reaches(&self, listener: &Listener) -> bool {
        match self {
            Self::Session(session) => listener.session.as_ref() == Some(session),
            Self::Stream(stream) => listener.stream == *stream,
            _ => listener.topics.notifications && self.includes(&listener.identity),
        }
    }
}

/// Whether the token of `who` says this, among its own claims or in its `meta`.
fn claims(who: &Identity, name: &str, value: &Value) -> bool {
    let own = match name {
        "sub" => Some(who.user.as_str()),
        "name" => who.name.as_deref(),
        "role" => Some(who.role.word()),
        _ => None,
    };
    own.is_some_and(|own| value == own) || who.meta.get(name) == Some(value)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;
    use serde_json::json;

    use super::super::Topics;
    use super::*;
    use crate::identity::Role;

    fn trader() -> Identity {
        let at = Timestamp::UNIX_EPOCH;
        let Value::Object(meta) = json!({"desk": "bonds", "floor": 3, "role": "trader"}) else {
            unreachable!("it is an object")
        };
        Identity {
            name: Some("Ada".into()),
            role: Role::Agent,
            meta,
            ..Identity::new("u1".parse().unwrap(), at, at)
        }
    }

    #[track_caller]
    fn check(to: Value, expected: bool) {
        let audience: Audience = serde_json::from_value(to.clone()).unwrap();
        assert_eq!(audience.includes(&trader()), expected, "{to}");
        assert_eq!(serde_json::to_value(&audience).unwrap(), to);
    }

    #[test]
    fn all_pairs_have_to_match_what_a_token_says() {
        check(json!("all"), true);
        check(json!({"user": "u1"}), true);
        check(json!({"user": "u2"}), false);
        check(json!({"meta": {"desk": "bonds"}}), true);
        check(json!({"meta": {"desk": "bonds", "floor": 3}}), true);
        check(json!({"meta": {"desk": "bonds", "floor": 4}}), false);
        check(json!({"meta": {"floor": "3"}}), false);
        check(json!({"meta": {"shift": null}}), false);
        // A claim of the token's own, or one of its meta by the same name.
        check(json!({"meta": {"role": "agent"}}), true);
        check(json!({"meta": {"role": "trader"}}), true);
        check(json!({"meta": {"role": "admin"}}), false);
        check(
            json!({"meta": {"sub": "u1", "name": "Ada", "desk": "bonds"}}),
            true,
        );
        check(json!({"meta": {"name": "Bob"}}), false);
    }

    #[test]
    fn users_get_it_where_they_listen_and_what_is_named_gets_it_anyway() {
        let identity = Arc::new(trader());
        let mut listener = Listener::of("s1".parse().unwrap(), "x1", identity);
        let reaches = |listener: &Listener, to: Value| {
            let audience: Audience = serde_json::from_value(to).unwrap();
            audience.reaches(listener)
        };
        for to in [
            json!("all"),
            json!({"user": "u1"}),
            json!({"meta": {"desk": "bonds"}}),
        ] {
            listener.topics = Topics::default();
            assert!(!reaches(&listener, to.clone()), "{to}");
            listener.topics.notifications = true;
            assert!(reaches(&listener, to.clone()), "{to}");
        }
        listener.topics = Topics::default();
        assert!(reaches(&listener, json!({"session": "s1"})));
        assert!(reaches(&listener, json!({"stream": "x1"})));
        assert!(!reaches(&listener, json!({"session": "s2"})));
        assert!(!reaches(&listener, json!({"stream": "x2"})));
    }
}
