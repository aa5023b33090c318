//! Keys by name: a JSON Web Key Set (RFC 7517), as it stands now.

use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;

use super::BadToken;
use super::key::{Expected, Key};
use crate::identity::Identity;

/// The keys of a set that are for signatures. Two may share a name, if they are of different kinds.
#[derive(Default)]
pub(super) struct Keys(Vec<(Option<String>, Key)>);

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

impl Keys {
    /// The keys in `json`. Those of a kind that is not known here are passed over, as the RFC's section 5 has it.
    pub(super) fn parse(json: &[u8], expected: &Expected) -> Result<Self, serde_json::Error> {
        let set: Set = serde_json::from_slice(json)?;
        let keys = set.keys.into_iter().filter_map(|key| {
            let jwk: Jwk = serde_json::from_value(key).ok()?;
            let key = Key::of_set(&jwk, expected)?;
            Some((jwk.common.key_id, key))
        });
        Ok(Self(keys.collect()))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }

    /// Whom `token` names, whose header names this key. Without a name there must be no choice.
    pub(super) fn identity(&self, token: &str, name: Option<&str>) -> Result<Identity, BadToken> {
        match (name, self.0.as_slice()) {
            (Some(name), _) => self
                .named(name)
                .find_map(|key| key.identity(token).ok())
                .ok_or(BadToken),
            (None, [(_, only)]) => only.identity(token),
            (None, _) => Err(BadToken),
        }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Key> {
        let is_it = move |known: &Option<String>| known.as_deref() == Some(name);
        let keys = self.0.iter();
        keys.filter(move |(known, _)| is_it(known))
            .map(|(_, key)| key)
    }
}
