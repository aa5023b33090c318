//! Access: whose tokens a server takes, as its flags say.

use anyhow::{Context, bail};

use crate::auth::{Auth, Expected, Outside, Pace};
use crate::config::{Access, AuthMode, KeySet};
use crate::home::KEY_BYTES;

/// What checks the tokens of a server whose own key is `key`.
pub(super) async fn auth(access: &Access, key: &[u8; KEY_BYTES]) -> anyhow::Result<Auth> {
    let outside = outside(access).await?;
    match (access.auth, outside) {
        (AuthMode::Guest, None) => Ok(Auth::guest(key)),
        (AuthMode::Jwt, Some(outside)) => Ok(Auth::jwt(key, outside)),
        (AuthMode::Guest, Some(_)) => {
            bail!(
                "a key for JWTs was named, but anyone may come; add --auth jwt, or leave the key out"
            )
        }
        (AuthMode::Jwt, None) => {
            bail!("--auth jwt needs a key: --jwt-secret-file, --jwt-public-key or --jwks")
        }
    }
}

async fn outside(access: &Access) -> anyhow::Result<Option<Outside>> {
    let expected = Expected {
        issuer: access.jwt_issuer.clone(),
        audience: access.jwt_audience.clone(),
    };
    if let Some(path) = &access.jwt_secret_file {
        return Ok(Some(
            Outside::secret(path, &expected).context("--jwt-secret-file")?,
        ));
    }
    if let Some(path) = &access.jwt_public_key {
        return Ok(Some(
            Outside::public_key(path, &expected).context("--jwt-public-key")?,
        ));
    }
    let set = match &access.jwks {
        Some(KeySet::File(path)) => Outside::key_file(path, &expected, Pace::FILE).await,
        Some(KeySet::Url(url)) => Outside::key_url(url.clone(), &expected, Pace::URL).await,
        None => return Ok(None),
    };
    Ok(Some(set.context("--jwks")?))
}
