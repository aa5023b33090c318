//! Keys of others: a shared secret, a public key, or a set of keys that is fetched and changes.

use std::path::Path;

use super::BadToken;
use super::key::{Expected, Key, SECRET_BYTES_MIN};
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
        "{0} holds no public key in PEM; RSA (RS256), P-256 (ES256) and Ed25519 (EdDSA) are taken"
    )]
    NoKey(String),
}

/// Whose tokens are taken beside our own.
pub struct Outside {
    key: Key,
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
        Ok(Self { key })
    }

    /// Tokens signed with the private half of the public key in a file.
    ///
    /// # Errors
    /// [`KeyError`]
    pub fn public_key(path: &Path, expected: &Expected) -> Result<Self, KeyError> {
        let pem = read(path)?;
        let key = Key::public(&pem, expected).ok_or_else(|| KeyError::NoKey(shown(path)))?;
        Ok(Self { key })
    }

    pub(super) fn identity(&self, token: &str, _name: Option<&str>) -> Result<Identity, BadToken> {
        self.key.identity(token)
    }

    pub(super) fn generation(&self) -> u64 {
        0
    }

    /// Whether the key of this name is known after all, once the keys were fetched anew.
    pub(super) async fn learns_of(&self, _name: Option<&str>) -> bool {
        std::future::ready(false).await
    }

    /// Fetches keys that change again and again.
    pub(super) async fn refresh(&self) {
        std::future::ready(()).await;
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
