//! Our own tokens: signed by this server's key, for guests and for whom the operator vouches.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};

use super::BadToken;
use super::claims::Claims;
use super::key::{Expected, Key};
use crate::home::KEY_BYTES;
use crate::identity::Identity;

/// Names our key in the head of a token. No key of others is taken by this name.
pub(super) const NAME: &str = "statechat";

/// Signs tokens, and checks those that it signed.
pub(super) struct Own {
    encoding: EncodingKey,
    header: Header,
    key: Key,
}

impl Own {
    pub(super) fn new(key: &[u8; KEY_BYTES]) -> Self {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(NAME.to_owned());
        let decoding = DecodingKey::from_secret(key);
        Self {
            encoding: EncodingKey::from_secret(key),
            header,
            key: Key::new(decoding, Algorithm::HS256, &Expected::default()),
        }
    }

    pub(super) fn token(&self, identity: &Identity) -> String {
        let token = jsonwebtoken::encode(&self.header, &Claims::of(identity), &self.encoding);
        token.expect("claims are plain data, and HMAC takes any of it")
    }

    pub(super) fn identity(&self, token: &str) -> Result<Identity, BadToken> {
        self.key.identity(token)
    }
}
