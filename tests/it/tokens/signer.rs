//! A signer: whoever makes tokens, rightly or not.

use std::fs;

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

use super::key;

/// A private key or a secret, and the algorithm that it says it signs with.
#[derive(Clone)]
pub(super) struct Signer {
    key: EncodingKey,
    algorithm: Algorithm,
    kid: Option<String>,
}

impl Signer {
    pub(super) fn rsa(name: &str) -> Self {
        Self::new(
            EncodingKey::from_rsa_pem(&pem(name)).unwrap(),
            Algorithm::RS256,
        )
    }

    pub(super) fn ec(name: &str) -> Self {
        Self::new(
            EncodingKey::from_ec_pem(&pem(name)).unwrap(),
            Algorithm::ES256,
        )
    }

    pub(super) fn ed(name: &str) -> Self {
        Self::new(
            EncodingKey::from_ed_pem(&pem(name)).unwrap(),
            Algorithm::EdDSA,
        )
    }

    pub(super) fn secret(secret: &[u8]) -> Self {
        Self::new(EncodingKey::from_secret(secret), Algorithm::HS256)
    }

    fn new(key: EncodingKey, algorithm: Algorithm) -> Self {
        Self {
            key,
            algorithm,
            kid: None,
        }
    }

    /// The same under another algorithm of its family.
    pub(super) fn by(&self, algorithm: Algorithm) -> Self {
        Self {
            algorithm,
            ..self.clone()
        }
    }

    /// The same, which names its key.
    pub(super) fn named(&self, kid: &str) -> Self {
        Self {
            kid: Some(kid.into()),
            ..self.clone()
        }
    }

    /// The public half, as a key set has it.
    pub(super) fn public(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, self.algorithm).unwrap();
        let mut jwk = serde_json::to_value(jwk).unwrap();
        jwk["kid"] = json!(self.kid);
        jwk
    }

    pub(super) fn header(&self) -> Value {
        let mut header = json!({ "typ": "JWT", "alg": self.algorithm });
        if let Some(kid) = &self.kid {
            header["kid"] = json!(kid);
        }
        header
    }

    /// A token as it should be.
    pub(super) fn token(&self, claims: &Value) -> String {
        self.signed(&self.header().to_string(), claims.to_string())
    }

    /// A token whose header has more in it.
    pub(super) fn with(&self, name: &str, value: Value) -> String {
        let mut header = self.header();
        header[name] = value;
        self.signed(&header.to_string(), super::claims("u1").to_string())
    }

    /// Anything at all, signed.
    pub(super) fn signed(&self, header: &str, claims: impl AsRef<[u8]>) -> String {
        let message = format!("{}.{}", encoded(header), encoded(claims));
        let signature = crypto::sign(message.as_bytes(), &self.key, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }
}

fn pem(name: &str) -> Vec<u8> {
    fs::read(key(name)).unwrap()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// In the base64 of URLs, without padding.
pub(super) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    let mut text = String::new();
    for chunk in bytes.as_ref().chunks(3) {
        let mut bits = [0; 4];
        bits[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(bits);
        for digit in 0..=chunk.len() {
            let index = bits >> (18 - 6 * digit) & 63;
            text.push(ALPHABET[index as usize].into());
        }
    }
    text
}
