//! Who somebody is, as a token vouches for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use smol_str::SmolStr;

use crate::record::UserId;

/// A user, and what is known of them. Nothing here is taken from the user's own word.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// The user's id: a token's `sub`.
    pub user: UserId,
    /// What to call the user.
    pub name: Option<SmolStr>,
    /// What the user may do.
    pub role: Role,
    /// What else the token says, by which notifications find their users.
    pub meta: Map<String, Value>,
    /// When the token was issued; 1970 if it does not say.
    pub issued: Timestamp,
    /// From when on it is not good any more.
    pub expires: Timestamp,
}

/// What a user may do beside what everyone may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Talks in conversations of their own.
    #[default]
    User,
    /// Sees those who wait for a person, and talks with them.
    Agent,
    /// Sees all conversations, notifies users, and revokes tokens.
    Admin,
}

impl Identity {
    /// A user of whom nothing else is known.
    #[must_use]
    pub fn new(user: UserId, issued: Timestamp, expires: Timestamp) -> Self {
        Self {
            user,
            name: None,
            role: Role::User,
            meta: Map::new(),
            issued,
            expires,
        }
    }

    /// Whether the user is an administrator.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }
}

impl Role {
    /// The role in a word, as tokens have it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Agent => "agent",
            Self::Admin => "admin",
        }
    }
}
