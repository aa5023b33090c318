//! For operators: does it live, is it ready, and its metrics.

use std::time::{Duration, Instant};

use serde_json::json;
use warp::http::HeaderValue;
use warp::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use warp::reply::Response;

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response};
use crate::chat::Chat;
use crate::hub::Topics;

/// How long a look at the log holds for all who ask: each writes to the disk.
const LOOK_HOLDS: Duration = Duration::from_secs(1);

/// How long the log may take to be looked at.
const LOOK_MAX: Duration = Duration::from_secs(3);

/// When the log was looked at last, and what was in the way.
#[derive(Default)]
pub(super) struct Readiness {
    // tokio's Mutex: it is held while one looks and all others wait for what is found.
    looked: tokio::sync::Mutex<Option<(Instant, Result<(), String>)>>,
}

impl Readiness {
    async fn of(&self, chat: &Chat) -> Result<(), String> {
        let mut looked = self.looked.lock().await;
        if let Some((when, found)) = &*looked
            && when.elapsed() < LOOK_HOLDS
        {
            return found.clone();
        }
        let found = match tokio::time::timeout(LOOK_MAX, chat.probe()).await {
            Ok(found) => found.map_err(|error| error.to_string()),
            Err(_) => Err("the log does not answer".to_owned()),
        };
        *looked = Some((Instant::now(), found.clone()));
        found
    }
}

/// `/livez`: the process answers.
pub(super) fn live(call: &Call) -> Answer {
    call.only_get()?;
    Ok(plain("ok\n".to_owned()))
}

/// `/readyz`: messages can be taken.
pub(super) async fn ready(call: Call) -> Answer {
    call.only_get()?;
    let app = &call.app;
    if app.chat.hub().is_closing() {
        return Err(Problem::unavailable("closing", "the server is stopping"));
    }
    let ready = app.readiness.of(&app.chat).await;
    ready.map_err(|detail| Problem::unavailable("log_unavailable", detail))?;
    Ok(plain("ready\n".to_owned()))
}

/// `/metrics`
pub(super) fn metrics(call: &Call) -> Answer {
    call.only_get()?;
    Ok(plain(call.app.chat.metrics().text()))
}

/// `/api/health`: for people and dashboards: is it there, how long, and for how many.
pub(super) fn health(call: &Call) -> Answer {
    call.only_get()?;
    let app = &call.app;
    Ok(json_response(&json!({
        "status": "ok",
        "clients": app.chat.hub().open(),
        "uptime": app.started.elapsed().as_secs(),
        "streams": Topics::NAMES,
    })))
}

fn plain(text: String) -> Response {
    let mut response = Response::new(text.into());
    let headers = response.headers_mut();
    let media_type = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    headers.insert(CONTENT_TYPE, media_type);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
