//! Who is asking: tokens that name a user, signed by the server.
//!
//! A token is `<user>.<expiry>.<signature>`: the expiry in Unix seconds, the signature HMAC-SHA-256 in URL-safe
//! base64 over all that stands before it. It is checked without a look-up, and never logged.

use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use crate::record::UserId;

/// How long a guest's token is good for.
pub const TOKEN_LIFETIME: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// Longer texts are no tokens of ours, and not worth a signature check.
const TOKEN_CHARS_MAX: usize = 256;

const KEY_BYTES: usize = 32;

/// Signs tokens and checks them.
#[derive(Clone)]
pub struct Signer {
    mac: Hmac<Sha256>,
}

/// Why a text is no valid token. Deliberately one reason: whoever tries learns nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token is not valid or has expired; start a new conversation to get one")]
pub struct BadToken;

impl Signer {
    /// A signer with a key of its own: what it signs is void when it is gone.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut key = [0; KEY_BYTES];
        getrandom::fill(&mut key)?;
        Ok(Self::new(&key))
    }

    /// A signer with this key.
    #[must_use]
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        let mac = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
        Self { mac }
    }

    /// A token for `user`, good until `expires`.
    #[must_use]
    pub fn token(&self, user: &UserId, expires: Timestamp) -> String {
        let signed = format!("{user}.{}", expires.as_second());
        let mut mac = self.mac.clone();
        mac.update(signed.as_bytes());
        let signature = BASE64.encode(mac.finalize().into_bytes());
        format!("{signed}.{signature}")
    }

    /// The user that `token` names.
    ///
    /// # Errors
    /// [`BadToken`] if it was not signed here or has expired.
    pub fn user(&self, token: &str, now: Timestamp) -> Result<UserId, BadToken> {
        if token.len() > TOKEN_CHARS_MAX {
            return Err(BadToken);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(BadToken)?;
        let signature = BASE64.decode(signature).map_err(|_| BadToken)?;
        let mut mac = self.mac.clone();
        mac.update(signed.as_bytes());
        mac.verify_slice(&signature).map_err(|_| BadToken)?;
        let (user, expires) = signed.rsplit_once('.').ok_or(BadToken)?;
        let expires: i64 = expires.parse().map_err(|_| BadToken)?;
        if now.as_second() >= expires {
            return Err(BadToken);
        }
        user.parse().map_err(|_| BadToken)
    }
}

const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// How many of these it takes for 128 bits. A `SmolStr` holds no more than 23 in itself: with a longer id every copy would
/// count references, and every look-up follow a pointer.
const ID_CHARS: usize = 22;

/// A name that cannot be guessed: 128 random bits in letters and digits.
///
/// # Errors
/// If the system gives no random bytes.
pub fn random_id() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    let mut rest = u128::from_le_bytes(bytes);
    let digits = (0..ID_CHARS).map(|_| {
        let digit = ALPHANUMERIC[(rest % 62) as usize];
        rest /= 62;
        char::from(digit)
    });
    Ok(digits.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_look_like_the_end_of_a_token() {
        let signer = Signer::new(&[7; KEY_BYTES]);
        let now = Timestamp::from_second(1_000).unwrap();
        let later = Timestamp::from_second(2_000).unwrap();
        for name in ["u1.9000", "a.b+c@example.org", &"x".repeat(128)] {
            let user: UserId = name.parse().unwrap();
            let token = signer.token(&user, later);
            assert_eq!(signer.user(&token, now), Ok(user));
            assert_eq!(signer.user(&token, later), Err(BadToken));
        }
    }

    #[test]
    fn only_an_unexpired_token_of_this_key_names_a_user() {
        let signer = Signer::new(&[7; KEY_BYTES]);
        let user: UserId = "u1".parse().unwrap();
        let now = Timestamp::from_second(1_000).unwrap();
        let later = Timestamp::from_second(2_000).unwrap();
        let token = signer.token(&user, later);
        assert_eq!(signer.user(&token, now), Ok(user.clone()));
        assert_eq!(signer.user(&token, later), Err(BadToken));
        assert_eq!(
            Signer::new(&[8; KEY_BYTES]).user(&token, now),
            Err(BadToken)
        );

        let (signed, signature) = token.rsplit_once('.').unwrap();
        let other = signed.replace("u1", "u2");
        let forever = signed.replace("2000", "9000");
        for bad in [
            String::new(),
            ".".into(),
            "..".into(),
            signed.into(),
            format!("{signed}."),
            format!("{other}.{signature}"),
            format!("{forever}.{signature}"),
            format!("{token}x"),
            format!(" {token}"),
            token[..token.len() - 1].to_owned(),
            "x".repeat(100_000),
        ] {
            assert_eq!(signer.user(&bad, now), Err(BadToken), "{bad:?}");
        }
    }
}
