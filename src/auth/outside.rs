//! Keys of others: a shared secret, a public key, or a set of keys that is fetched and changes.

use std::path::Path;
use std::sync::Arc;

use reqwest::Url;

use super::key::{Expected, Key, SECRET_BYTES_MIN};
use super::key_set::{KeySet, Pace};
use super::key_source::{KeySource, SourceError};
use super::{BadToken, own};
use crate::identity::Identity;

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read.
    #[error("cannot read {path}: {error}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// The secret can be guessed.
    #[error("the secret in {0} is too short; it must have at least {SECRET_BYTES_MIN} bytes")]
    Short(String),
    /// The file holds no public key.
    #[error(
        "{0} holds no public key in PEM that is taken: RSA of 2048 bits or more (RS256), P-256 (ES256), Ed25519 (EdDSA)"
    )]
    NoKey(String),
    /// The file holds the other half.
    #[error(
        "{0} holds a private key; name a file with its public half, and keep that one elsewhere"
    )]
    Private(String),
    /// The set cannot be read.
    #[error("{place} {error}")]
    Set {
        /// Where the set is.
        place: String,
        /// What is in the way.
        error: SourceError,
    },
    /// What is there is no set.
    #[error("{place} is not a JSON Web Key Set: {error}")]
    NoSet {
        /// Where the set is.
        place: String,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// There is no key in the set.
    #[error("{0} holds no public key for signatures; RSA, P-256, P-384 and Ed25519 are taken")]
    NoKeys(String),
}

/// Whose tokens are taken beside our own.
pub struct Outside(Signers);

enum Signers {
    One(Box<Key>),
    Set(Arc<KeySet>),
}

impl Outside {
    /// Tokens signed with the secret in a file; line ends after it do not count.
    ///
    /// # Errors
    /// [`KeyError`]
    pub fn secret(path: &Path, expected: &Expected) -> Result<Self, KeyError> {
        let bytes = read(path)?;
        let secret = bytes.trim_ascii_end();
        let key = Key::secret(secret, expected).ok_or_else(|| KeyError::Short(shown(path)))?;
        Ok(Self::one(key))
    }

    /// Tokens signed with the private half of the public key in a file.
    ///
    /// # Errors
    /// [`KeyError`]
    pub fn public_key(path: &Path, expected: &Expected) -> Result<Self, KeyError> {
        let pem = read(path)?;
        if String::from_utf8_lossy(&pem).contains("PRIVATE KEY") {
            return Err(KeyError::Private(shown(path)));
        }
        let key = Key::public(&pem, expected).ok_or_else(|| KeyError::NoKey(shown(path)))?;
        Ok(Self::one(key))
    }

    /// Tokens signed with the private half of any key in a key set, which is a file.
    ///
    /// # Errors
    /// [`KeyError`]: there must be keys at the start.
    pub async fn key_file(path: &Path, expected: &Expected, pace: Pace) -> Result<Self, KeyError> {
        let set = KeySet::new(KeySource::file(path), expected, pace);
        set.begin().await?;
        Ok(Self(Signers::Set(Arc::new(set))))
    }

    /// Tokens signed with the private half of any key in a key set, which is fetched from `url`. Where that fails at
    /// first, nobody can come until it does not: a server whose neighbour starts a moment later is no broken server.
    ///
    /// # Errors
    /// [`KeyError::Set`], if the system cannot fetch anything.
    pub async fn key_url(url: Url, expected: &Expected, pace: Pace) -> Result<Self, KeyError> {
        let place = url.as_str().to_owned();
        let source = KeySource::url(url).map_err(|error| KeyError::Set { place, error })?;
        let set = KeySet::new(source, expected, pace);
        if let Err(error) = set.begin().await {
            tracing::warn!(%error, "nobody can come yet: there are no keys; trying again");
        }
        Ok(Self(Signers::Set(Arc::new(set))))
    }

    fn one(key: Key) -> Self {
        Self(Signers::One(Box::new(key)))
    }

    pub(super) fn identity(&self, token: &str, name: Option<&str>) -> Result<Identity, BadToken> {
        match &self.0 {
            Signers::One(key) => key.identity(token),
            Signers::Set(set) => set.identity(token, name),
        }
    }

    pub(super) fn generation(&self) -> u64 {
        match &self.0 {
            Signers::One(_) => 0,
            Signers::Set(set) => set.generation(),
        }
    }

    /// Whether there is a key of this name that may not have been there before.
    pub(super) async fn learns_of(&self, name: Option<&str>) -> bool {
        match (&self.0, name) {
            // Our own name is never one of theirs.
            (Signers::Set(set), Some(name)) if name != own::NAME => set.learns_of(name).await,
            _ => false,
        }
    }

    /// Reads keys that change again and again.
    pub(super) async fn refresh(&self) {
        if let Signers::Set(set) = &self.0 {
            set.refresh().await;
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, KeyError> {
    std::fs::read(path).map_err(|error| KeyError::File {
        path: shown(path),
        error,
    })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
