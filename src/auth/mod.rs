//! Who is asking: tokens, whose signatures vouch for an [`Identity`].
//!
//! A token is a JWT (RFC 7519). The server itself signs those of guests, and those that its operator mints. With
//! `--auth jwt` there are no guests, and others sign as well: whoever has a key, or a set of keys, that the operator
//! names. The key says by which algorithm, never the token. A token is never logged, and all that is wrong with one is
//! one and the same error.

mod claims;
mod key;
mod key_set;
mod key_source;
mod keys;
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
pub use key_set::Pace;
pub use key_source::SourceError;
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

/// How far the clock of whoever signs a token may be ahead of ours.
const CLOCKS_APART: Duration = Duration::from_secs(60);

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
        let generation = self.generation();
        let identity = match self.verified.get(token, generation) {
            Some(identity) => identity,
            None => {
                let identity = Arc::new(self.checked(token)?);
                self.verified.put(token, generation, &identity);
                identity
            }
        };
        // What claims to be from the future would outlive a revocation.
        let is_good = now < identity.expires && identity.issued <= now + CLOCKS_APART;
        if !is_good || self.is_revoked(&identity) {
            return Err(BadToken);
        }
        Ok(identity)
    }

    /// Whether the token that `identity` came with was revoked.
    #[must_use]
    pub fn is_revoked(&self, identity: &Identity) -> bool {
        self.revoked.holds(identity)
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

    /// Whether `identity` is a guest's, who gets a new token for the asking.
    #[must_use]
    pub fn renews(&self, identity: &Identity) -> bool {
        self.takes_guests() && is_guest(identity)
    }

    /// Whether a guest's token has been in use for so long that it is renewed.
    #[must_use]
    pub fn is_due(&self, identity: &Identity, now: Timestamp) -> bool {
        self.renews(identity) && now >= identity.issued + GUEST_RENEWED_AFTER
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
            let identity = self.own.identity(token)?;
            // Whoever came as a guest before the operator wanted to know who comes is nobody now.
            let is_welcome = self.takes_guests() || !is_guest(&identity);
            return is_welcome.then_some(identity).ok_or(BadToken);
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

/// What the ids of guests begin with.
const GUEST_PREFIX: &str = "guest-";

/// How many random characters follow: as many as a `SmolStr` has room for in itself, as each record names the user. No
/// two guests get the same, and who guesses one has no token for it.
const GUEST_CHARS: usize = 17;

/// The id of somebody who was never here before.
///
/// # Errors
/// If the system gives no random bytes.
pub fn new_guest() -> Result<UserId, getrandom::Error> {
    let user = format!("{GUEST_PREFIX}{}", &random_id()?[..GUEST_CHARS]);
    Ok(user.parse().expect("letters and digits are an id"))
}

/// A guest: somebody of whom nothing is known but that they come back.
#[must_use]
pub fn guest(user: UserId, now: Timestamp) -> Identity {
    Identity::new(user, now, now + GUEST_LIFETIME)
}

/// Whether `identity` is a guest's: it may be renewed as often as it is used. Nobody else's token is, which would
/// outlive the word of whoever gave it.
fn is_guest(identity: &Identity) -> bool {
    let lifetime = identity.expires.duration_since(identity.issued);
    identity.role == Role::User
        && identity.user.as_str().starts_with(GUEST_PREFIX)
        && lifetime.unsigned_abs() == GUEST_LIFETIME
}

#[cfg(test)]
mod tests;
