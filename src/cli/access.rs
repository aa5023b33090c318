//! Access: whose tokens a server takes, as its flags say.

use anyhow::{Context, bail};

use crate::auth::{Auth, Expected, Outside, Pace};
use crate::config::{Access, AuthMode, KeySet};
use crate::home::KEY_BYTES;

/// What checks the tokens of a server whose own key is `key`.
pub(super) async fn auth(access: &Access, key: &[u8; KEY_BYTES]) -> anyhow::Result<Auth> {
    let keys = [
        access.jwt_secret_file.is_some(),
        access.jwt_public_key.is_some(),
        access.jwks.is_some(),
    ];
    match (access.auth, keys.contains(&true)) {
        (AuthMode::Guest, false) => Ok(Auth::guest(key)),
        (AuthMode::Jwt, true) => Ok(Auth::jwt(key, outside(access).await?)),
        (AuthMode::Guest, true) => {
            bail!(
                "a key for JWTs was named, but anyone may come; add --auth jwt, or leave the key out"
            )
        }
        (AuthMode::Jwt, false) => bail!(NO_KEY),
    }
}

const NO_KEY: &str = "--auth jwt needs a key: --jwt-secret-file, --jwt-public-key or --jwks";

async fn outside(access: &Access) -> anyhow::Result<Outside> {
    let expected = Expected {
        issuer: access.jwt_issuer.clone(),
        audience: access.jwt_audience.clone(),
    };
    if let Some(path) = &access.jwt_secret_file {
        return Outside::secret(path, &expected).context("--jwt-secret-file");
    }
    if let Some(path) = &access.jwt_public_key {
        return Outside::public_key(path, &expected).context("--jwt-public-key");
    }
    let set = match &access.jwks {
        Some(KeySet::File(path)) => Outside::key_file(path, &expected, Pace::FILE).await,
        Some(KeySet::Url(url)) => Outside::key_url(url.clone(), &expected, Pace::URL).await,
        None => bail!(NO_KEY),
    };
    set.context("--jwks")
}
