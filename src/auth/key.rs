//! A key: checks the signatures of tokens, by one algorithm and no other.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};

use super::BadToken;
use super::claims::Claims;
use crate::identity::Identity;

/// A secret that is shorter can be guessed (RFC 7518, section 3.2).
pub(super) const SECRET_BYTES_MIN: usize = 32;

/// A modulus of 2048 bits (RFC 7518, section 3.3), and what is around it.
const RSA_BYTES_MIN: usize = 256;

/// A point on P-256, not compressed.
const P256_BYTES: usize = 65;

const ED25519_BYTES: usize = 32;

/// What a token must claim, beside being signed with the key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// What `iss` must be, if that matters.
    pub issuer: Option<String>,
    /// What `aud` must be, or hold. Without it a token that names an audience is meant for somebody else.
    pub audience: Option<String>,
}

/// A key, the one algorithm that it is for, and whose tokens it is to check. The header of a token has no say in this.
pub(super) struct Key {
    decoding: DecodingKey,
    validation: Validation,
}

impl Key {
    pub(super) fn new(decoding: DecodingKey, algorithm: Algorithm, expected: &Expected) -> Self {
        let mut validation = Validation::new(algorithm);
        // A stream ends when its token does, to the second: no token is good for longer by grace.
        validation.leeway = 0;
        validation.validate_nbf = true;
        let mut required = vec!["exp", "sub"];
        if let Some(issuer) = &expected.issuer {
            validation.set_issuer(&[issuer]);
            required.push("iss");
        }
        if let Some(audience) = &expected.audience {
            validation.set_audience(&[audience]);
            required.push("aud");
        }
        validation.set_required_spec_claims(&required);
        Self {
            decoding,
            validation,
        }
    }

    /// A shared secret, for HS256.
    pub(super) fn secret(secret: &[u8], expected: &Expected) -> Option<Self> {
        let key = || Self::new(DecodingKey::from_secret(secret), Algorithm::HS256, expected);
        (secret.len() >= SECRET_BYTES_MIN).then(key)
    }

    /// A public key in PEM: RSA for RS256, P-256 for ES256, Ed25519 for EdDSA.
    pub(super) fn public(pem: &[u8], expected: &Expected) -> Option<Self> {
        let rsa = DecodingKey::from_rsa_pem(pem).map(|key| (key, Algorithm::RS256));
        let ec = || DecodingKey::from_ec_pem(pem).map(|key| (key, Algorithm::ES256));
        let ed = || DecodingKey::from_ed_pem(pem).map(|key| (key, Algorithm::EdDSA));
        let found = rsa.or_else(|_| ec()).or_else(|_| ed());
        let (decoding, algorithm) = found.ok()?;
        // Keys of other curves, and RSA keys that are too short, would be found out at the first token only.
        let bytes = decoding.try_get_as_bytes().ok()?.len();
        let is_sound = match algorithm {
            Algorithm::RS256 => bytes >= RSA_BYTES_MIN,
            Algorithm::ES256 => bytes == P256_BYTES,
            _ => bytes == ED25519_BYTES,
        };
        is_sound.then(|| Self::new(decoding, algorithm, expected))
    }

    /// A key of a key set; `None` for one that is not for checking signatures, or of a kind unknown here. A secret has no place in a set that
    /// is there to be read by all.
    pub(super) fn of_set(jwk: &Jwk, expected: &Expected) -> Option<Self> {
        let is_for_signatures = matches!(
            jwk.common.public_key_use,
            None | Some(PublicKeyUse::Signature)
        );
        let algorithm = match (&jwk.algorithm, jwk.common.key_algorithm) {
            (AlgorithmParameters::RSA(_), Some(KeyAlgorithm::RS384)) => Algorithm::RS384,
            (AlgorithmParameters::RSA(_), Some(KeyAlgorithm::RS512)) => Algorithm::RS512,
            (AlgorithmParameters::RSA(_), Some(KeyAlgorithm::PS256)) => Algorithm::PS256,
            (AlgorithmParameters::RSA(_), None | Some(KeyAlgorithm::RS256)) => Algorithm::RS256,
            (AlgorithmParameters::EllipticCurve(key), algorithm) => match (&key.curve, algorithm) {
                (EllipticCurve::P256, None | Some(KeyAlgorithm::ES256)) => Algorithm::ES256,
                (EllipticCurve::P384, None | Some(KeyAlgorithm::ES384)) => Algorithm::ES384,
                _ => return None,
            },
            (AlgorithmParameters::OctetKeyPair(key), None | Some(KeyAlgorithm::EdDSA))
                if key.curve == EllipticCurve::Ed25519 =>
            {
                Algorithm::EdDSA
            }
            _ => return None,
        };
        let decoding = DecodingKey::from_jwk(jwk).ok()?;
        is_for_signatures.then(|| Self::new(decoding, algorithm, expected))
    }

    /// Whom `token` names, if this key signed it and it is good now.
    pub(super) fn identity(&self, token: &str) -> Result<Identity, BadToken> {
        let data = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation);
        let data = data.map_err(|_| BadToken)?;
        // An extension that its writer marks as critical and we do not know: RFC 7515, section 4.1.11.
        if data.header.crit.is_some() {
            return Err(BadToken);
        }
        data.claims.identity().ok_or(BadToken)
    }
}
