//! Claims: an identity as a token holds it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::identity::{Identity, Role};
use crate::record::UserId;

/// The registered claims of RFC 7519 that matter here, and three of our own: `name`, `role` and `meta`. Issuer,
/// audience and times are checked before this is read.
#[derive(Serialize, Deserialize)]
pub(super) struct Claims {
    sub: UserId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    meta: Map<String, Value>,
    /// In seconds since 1970, as `exp`, and not always whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    iat: Option<f64>,
    exp: f64,
}

/// A name is shown to others: this is enough for one.
const NAME_CHARS_MAX: usize = 80;

impl Claims {
    pub(super) fn of(identity: &Identity) -> Self {
        Self {
            sub: identity.user.clone(),
            name: identity.name.as_ref().map(ToString::to_string),
            role: Some(identity.role),
            meta: identity.meta.clone(),
            iat: Some(seconds(identity.issued)),
            exp: seconds(identity.expires),
        }
    }

    /// The identity, unless a claim is not what it must be.
    pub(super) fn identity(self) -> Option<Identity> {
        let name = self.name.map(|name| plain(&name));
        Some(Identity {
            user: self.sub,
            name: name.filter(|name| !name.is_empty()).map(Into::into),
            role: self.role.unwrap_or_default(),
            meta: self.meta,
            issued: self.iat.map_or(Some(Timestamp::UNIX_EPOCH), timestamp)?,
            expires: timestamp(self.exp)?,
        })
    }
}

/// A name on one line, and not a long one.
fn plain(name: &str) -> String {
    let visible = name.chars().filter(|c| !c.is_control());
    visible
        .take(NAME_CHARS_MAX)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// To the millisecond: two tokens of one second can be told apart by a revocation between them.
fn seconds(at: Timestamp) -> f64 {
    at.as_millisecond() as f64 / 1_000.0
}

/// The time, or the last there is: what is good for ever is good until then.
fn timestamp(seconds: f64) -> Option<Timestamp> {
    if !seconds.is_finite() || seconds < 0.0 {
        return None;
    }
    let at = Timestamp::from_millisecond((seconds * 1_000.0).round() as i64);
    Some(at.unwrap_or(Timestamp::MAX))
}
