//! Who may come, and by whose word.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use reqwest::Url;

/// Who may come, by flag or by environment.
#[derive(Args, Clone, Debug)]
pub struct Access {
    /// Who may come: anyone, as a guest, or only who has a JWT that one of the keys below signed
    #[arg(
        long,
        env = "STATECHAT_AUTH",
        value_name = "MODE",
        default_value = "guest"
    )]
    pub auth: AuthMode,

    /// With --auth jwt: file with the secret that signs tokens (HS256), at least 32 bytes
    #[arg(
        long,
        env = "STATECHAT_JWT_SECRET_FILE",
        value_name = "FILE",
        group = "jwt"
    )]
    pub jwt_secret_file: Option<PathBuf>,

    /// With --auth jwt: file with a public key in PEM: RSA (RS256), P-256 (ES256) or Ed25519 (EdDSA)
    #[arg(
        long,
        env = "STATECHAT_JWT_PUBLIC_KEY",
        value_name = "FILE",
        group = "jwt"
    )]
    pub jwt_public_key: Option<PathBuf>,

    /// With --auth jwt: a set of public keys (JWKS), which may change: a file, or an https address
    #[arg(long, env = "STATECHAT_JWKS", value_name = "FILE|URL", group = "jwt")]
    pub jwks: Option<KeySet>,

    /// Who must have issued a token: its `iss` [default: anyone with the key]
    #[arg(
        long,
        env = "STATECHAT_JWT_ISSUER",
        value_name = "ISSUER",
        requires = "jwt"
    )]
    pub jwt_issuer: Option<String>,

    /// For whom a token must be: its `aud` [default: for nobody by name]
    #[arg(
        long,
        env = "STATECHAT_JWT_AUDIENCE",
        value_name = "AUDIENCE",
        requires = "jwt"
    )]
    pub jwt_audience: Option<String>,
}

/// Who may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AuthMode {
    /// Anyone; who brings no token becomes a guest.
    Guest,
    /// Who brings a token.
    Jwt,
}

/// Where a set of public keys is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySet {
    /// In a file, which is read again now and then.
    File(PathBuf),
    /// At an address, which is asked again now and then.
    Url(Url),
}

impl FromStr for KeySet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if !text.contains("://") {
            return Ok(Self::File(text.into()));
        }
        let url = Url::parse(text).map_err(|error| format!("not an address: {error}"))?;
        let is_here = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        match url.scheme() {
            "https" => Ok(Self::Url(url)),
            "http" if is_here => Ok(Self::Url(url)),
            _ => Err(
                "write a file, or an https address: over http, anyone in between could change the keys"
                    .to_owned(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_files_over_https_or_from_this_machine() {
        for good in [
            "https://id.example.org/jwks",
            "http://127.0.0.1:8080/jwks",
            "http://[::1]/",
            "http://localhost/x",
        ] {
            assert_eq!(good.parse(), Ok(KeySet::Url(good.parse().unwrap())));
        }
        for bad in [
            "http://id.example.org/jwks",
            "http://127.0.0.1.example.org/jwks",
            "http://localhost@example.org/jwks",
            "ftp://example.org/jwks",
            "https://",
        ] {
            assert!(bad.parse::<KeySet>().is_err(), "{bad:?}");
        }
        assert_eq!(
            "keys/jwks.json".parse(),
            Ok(KeySet::File("keys/jwks.json".into()))
        );
    }
}
