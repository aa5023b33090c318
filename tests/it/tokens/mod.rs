//! Tokens: whose are taken, whose are not, and what they are good for.

mod bad;
mod command;
mod expiry;
mod good;
mod key_sets;
mod late;
mod requests;
mod secret;
mod signer;
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use statechat::auth::{Auth, Expected, Outside};
use statechat::bots::stock::Market;
use statechat::log::MemoryLog;
use statechat::sources::quotes::FileQuotes;

use crate::server::{KEY, Running, client, stock};

const ISSUER: &str = "https://id.example.org";
const AUDIENCE: &str = "chat.example.org";

fn expected() -> Expected {
    Expected {
        issuer: Some(ISSUER.into()),
        audience: Some(AUDIENCE.into()),
    }
}

/// A key for tests, by its file.
fn key(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/keys/test-{name}.pem"))
}

/// Claims that are as they should be.
fn claims(user: &str) -> Value {
    let now = Timestamp::now().as_second();
    json!({ "sub": user, "iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 600 })
}

/// The claims with one of them changed, or left out.
fn but(name: &str, value: impl Into<Option<Value>>) -> Value {
    let mut claims = claims("u1");
    let all = claims.as_object_mut().unwrap();
    match value.into() {
        Some(value) => all.insert(name.into(), value),
        None => all.remove(name),
    };
    claims
}

/// A server that takes tokens of `outside`.
fn jwt_server(flags: &[&str], outside: Outside) -> (Running, Arc<Auth>) {
    server(flags, Auth::jwt(&KEY, outside))
}

fn server(flags: &[&str], auth: Auth) -> (Running, Arc<Auth>) {
    let auth = Arc::new(auth);
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let log = Arc::new(MemoryLog::new(1_000));
    let server = Running::start_for(flags, bots, log, Arc::clone(&auth));
    (server, auth)
}

/// A call that needs a token and nothing else.
fn call(server: &Running, token: &str) -> RequestBuilder {
    client().get(server.url("/api/sessions")).bearer_auth(token)
}
