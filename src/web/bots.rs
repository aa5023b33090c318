//! `/api/bots`: what runs here, and its machines drawn.

use serde_json::json;
use warp::http::{Method, StatusCode};

use super::call::Call;
use super::problem::Problem;
use super::sessions::no_bot;
use super::{Answer, json_response};

/// `/api/bots`
pub(super) fn list(call: &Call) -> Answer {
    only_get(call)?;
    let bots: Vec<_> = call
        .app
        .chat
        .bots()
        .iter()
        .map(|host| json!({ "name": host.name(), "title": host.title() }))
        .collect();
    Ok(json_response(&json!({ "bots": bots })))
}

fn only_get(call: &Call) -> Result<(), Problem> {
    match call.method {
        Method::GET | Method::HEAD => Ok(()),
        _ => Err(Problem::method_not_allowed("GET")),
    }
}

/// `/api/bots/NAME/machine`
pub(super) fn machine(name: &str, call: &Call) -> Answer {
    only_get(call)?;
    let Some(_host) = call.app.chat.bots().get(name) else {
        return Err(no_bot(call, StatusCode::NOT_FOUND));
    };
    Err(Problem::not_found())
}
