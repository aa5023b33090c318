//! A key source: where a key set is read from.

use std::error::Error;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};

/// A set of keys is a few kilobytes: nobody makes us hold more.
const SET_BYTES_MAX: usize = 256 * 1024;

/// How long an answer may take, from the connection to its last byte.
const FETCH_TIMEOUT: Duration = Duration::from_secs(3);

/// How often an address may send us on to another.
const REDIRECTS_MAX: usize = 3;

/// A file, or an address with the client to ask it.
pub(super) enum KeySource {
    File(PathBuf),
    Url(Client, Url),
}

/// Why there is nothing to be had from a source.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    File(#[from] io::Error),
    /// The address cannot be asked; all that is known of why.
    #[error("cannot be fetched: {0}")]
    Fetch(String),
    /// The address answers something else.
    #[error("answers {0}")]
    Status(StatusCode),
    /// It is more than a set of keys can be.
    #[error("is larger than {SET_BYTES_MAX} bytes")]
    Large,
}

impl KeySource {
    pub(super) fn file(path: &Path) -> Self {
        Self::File(path.to_owned())
    }

    /// Fails if the system has no root certificates.
    pub(super) fn url(url: Url) -> Result<Self, SourceError> {
        // Whoever asked before us may have installed another, which is as good.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let mut client = Client::builder()
            .timeout(FETCH_TIMEOUT)
            .redirect(to_https());
        if url.scheme() == "http" {
            // Only ever this machine: no proxy is to see it, and no certificates are needed.
            client = client.no_proxy().tls_certs_only([]);
        }
        Ok(Self::Url(client.build()?, url))
    }

    /// For words: without what an address may hold of passwords.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Url(_, url) => format!("{}{}", url.origin().ascii_serialization(), url.path()),
        }
    }

    /// What is there now.
    pub(super) async fn read(&self) -> Result<Vec<u8>, SourceError> {
        match self {
            Self::File(path) => {
                let path = path.clone();
                let read = tokio::task::spawn_blocking(move || read(&path));
                read.await.unwrap_or_else(|ended| {
                    Err(SourceError::File(io::Error::other(ended.to_string())))
                })
            }
            Self::Url(client, url) => fetch(client, url).await,
        }
    }
}

impl From<reqwest::Error> for SourceError {
    fn from(error: reqwest::Error) -> Self {
        // Its own words are "error sending request"; what happened is further down.
        let error = error.without_url();
        let mut words = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            words = error.to_string();
            cause = error.source();
        }
        Self::Fetch(words)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let limit = SET_BYTES_MAX as u64 + 1;
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > SET_BYTES_MAX {
        return Err(SourceError::Large);
    }
    Ok(bytes)
}

async fn fetch(client: &Client, url: &Url) -> Result<Vec<u8>, SourceError> {
    let mut response = client.get(url.clone()).send().await?;
    if response.status() != StatusCode::OK {
        return Err(SourceError::Status(response.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > SET_BYTES_MAX {
            return Err(SourceError::Large);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Over http anyone in between could change the keys.
fn to_https() -> Policy {
    Policy::custom(|attempt| {
        if attempt.url().scheme() == "https" && attempt.previous().len() <= REDIRECTS_MAX {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })
}
