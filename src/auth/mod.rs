//! Who is asking: tokens, whose signatures vouch for an [`Identity`].
//!
//! A token is a JWT (RFC 7519). Those of guests are signed by the server itself; with `--auth jwt` others sign them, and
//! only those who are named to the operator's taste by a key. The key says by which algorithm, never the token. A token
//! is never logged, and all that is wrong with one is one and the same error.

mod claims;
mod key;
mod links;
mod outside;
mod own;
mod random;
mod revoked;
mod verified;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::home::KEY_BYTES;
use crate::identity::{Identity, Role};
use crate::record::UserId;

pub use key::Expected;
pub use links::LINK_LIFETIME;
pub use outside::{KeyError, Outside};
pub use random::random_id;

use links::Links;
use own::Own;
use revoked::Revoked;
use verified::Verified;

/// How long a guest's token is good for.
pub const GUEST_LIFETIME: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// How old a guest's token is when it is renewed by being used.
const GUEST_RENEWED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Longer texts are not worth a signature check: a request's head may hold more, but no token of anybody's does.
const TOKEN_CHARS_MAX: usize = 8 * 1024;

/// Why a text is no valid token. Deliberately one reason: whoever tries learns nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token is not valid or has expired")]
pub struct BadToken;

/// Signs tokens and checks them.
pub struct Auth {
    own: Own,
    outside: Option<Outside>,
    links: Links,
    revoked: Revoked,
    verified: Verified,
}

impl Auth {
    /// Anyone may come, and becomes a guest with a token signed by `key`.
    #[must_use]
    pub fn guest(key: &[u8; KEY_BYTES]) -> Self {
        Self {
            own: Own::new(key),
            outside: None,
            links: Links::default(),
            revoked: Revoked::default(),
            verified: Verified::default(),
        }
    }

    /// Only who has a token that one of the keys `outside` signed may come, or one that was minted here with `key`.
    #[must_use]
    pub fn jwt(key: &[u8; KEY_BYTES], outside: Outside) -> Self {
        Self {
            outside: Some(outside),
            ..Self::guest(key)
        }
    }

    /// A key that is gone with the process, and with it all that it signed.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn random_key() -> Result<[u8; KEY_BYTES], getrandom::Error> {
        let mut key = [0; KEY_BYTES];
        getrandom::fill(&mut key)?;
        Ok(key)
    }

    /// Whether anyone may come, without a token.
    #[must_use]
    pub fn takes_guests(&self) -> bool {
        self.outside.is_none()
    }

    /// A token for `identity`.
    #[must_use]
    pub fn token(&self, identity: &Identity) -> String {
        self.own.token(identity)
    }

    /// Whom `token` names.
    ///
    /// # Errors
    /// [`BadToken`] if no key of ours signed it, if it is not good now, or if it was revoked.
    pub fn identity(&self, token: &str, now: Timestamp) -> Result<Arc<Identity>, BadToken> {
        let identity = match self.verified.get(token, self.generation()) {
            Some(identity) => identity,
            None => {
                let identity = Arc::new(self.checked(token)?);
                self.verified.put(token, self.generation(), &identity);
                identity
            }
        };
        if now >= identity.expires || self.revoked.holds(&identity) {
            return Err(BadToken);
        }
        Ok(identity)
    }

    /// As [`Auth::identity`], but keys that are fetched are fetched anew first, should the token name one that is not
    /// known yet.
    ///
    /// # Errors
    /// [`BadToken`], as there.
    pub async fn identity_by_new_key(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Arc<Identity>, BadToken> {
        let outside = self.outside.as_ref().ok_or(BadToken)?;
        if token.len() > TOKEN_CHARS_MAX || !outside.learns_of(key_name(token).as_deref()).await {
            return Err(BadToken);
        }
        self.identity(token, now)
    }

    /// A code that makes whoever has it an administrator: once, within [`LINK_LIFETIME`].
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn issue_link(&self, now: Timestamp) -> Result<String, getrandom::Error> {
        self.links.issue(now)
    }

    /// The administrator that a code of [`Auth::issue_link`] makes.
    ///
    /// # Errors
    /// [`BadToken`] if it is none, was used before, or is too old.
    pub fn redeem_link(&self, code: &str, now: Timestamp) -> Result<Identity, BadToken> {
        self.links.redeem(code, now).ok_or(BadToken)
    }

    /// Has all tokens of `user` that were issued before `before` be good no more.
    pub fn revoke(&self, user: UserId, before: Timestamp) {
        self.revoked.revoke(user, before);
    }

    /// Keeps the keys that are fetched fresh, for as long as it is polled.
    pub async fn refresh(&self) {
        if let Some(outside) = &self.outside {
            outside.refresh().await;
        }
    }

    fn checked(&self, token: &str) -> Result<Identity, BadToken> {
        if token.len() > TOKEN_CHARS_MAX {
            return Err(BadToken);
        }
        let name = key_name(token);
        if name.as_deref() == Some(own::NAME) {
            return self.own.identity(token);
        }
        let outside = self.outside.as_ref().ok_or(BadToken)?;
        outside.identity(token, name.as_deref())
    }

    /// Counts up when keys change: what was checked with older ones is checked anew.
    fn generation(&self) -> u64 {
        self.outside.as_ref().map_or(0, Outside::generation)
    }
}

/// The name of the key that `token` says it was signed with.
fn key_name(token: &str) -> Option<String> {
    jsonwebtoken::decode_header(token).ok()?.kid
}

/// A guest: somebody of whom nothing is known but that they come back.
#[must_use]
pub fn guest(user: UserId, now: Timestamp) -> Identity {
    Identity::new(user, now, now + GUEST_LIFETIME)
}

/// Whether `identity` is a guest's: it may be renewed as often as it is used.
#[must_use]
pub fn is_guest(identity: &Identity) -> bool {
    let lifetime = identity.expires.duration_since(identity.issued);
    identity.role == Role::User && lifetime.unsigned_abs() == GUEST_LIFETIME
}

/// Whether a guest's token has been in use for so long that it is renewed.
#[must_use]
pub fn is_due(identity: &Identity, now: Timestamp) -> bool {
    is_guest(identity) && now >= identity.issued + GUEST_RENEWED_AFTER
}

#[cfg(test)]
mod tests;
