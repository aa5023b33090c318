//! `/api/bots`: what runs here, and its machines drawn.

use serde_json::json;
use warp::http::{HeaderValue, StatusCode};

use super::call::Call;
use super::problem::Problem;
use super::sessions::no_bot;
use super::{Answer, json_response};
use crate::registry::Format;

/// `/api/bots`
pub(super) fn list(call: &Call) -> Answer {
    call.only_get()?;
    let bots: Vec<_> = call
        .app
        .chat
        .bots()
        .iter()
        .map(|host| json!({ "name": host.name(), "title": host.title() }))
        .collect();
    Ok(json_response(&json!({ "bots": bots })))
}

/// `/api/bots/NAME/machine?format=F&view=V`
pub(super) fn machine(name: &str, call: &Call) -> Answer {
    call.only_get()?;
    let host = call.app.chat.bots().get(name);
    let host = host.ok_or_else(|| no_bot(call, StatusCode::NOT_FOUND))?;
    let format = match call.query_value("format") {
        Some(name) => name.parse().map_err(invalid)?,
        None => Format::Json,
    };
    let view = match call.query_value("view") {
        Some(name) => name.parse().map_err(invalid)?,
        None => format.default_view(),
    };
    let graph = host.graph().ok_or_else(|| {
        let detail = "the bot failed while its machine was explored, so there is no picture of it";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "bot_failed", detail)
    })?;
    let export = call.app.exports.get(host.name(), graph, format, view);
    Ok(export.answer(call, HeaderValue::from_static(media_type(format))))
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Json | Format::Xstate => "application/json",
        Format::XstateModule => "text/javascript; charset=utf-8",
        Format::Scxml => "application/scxml+xml",
        Format::Mermaid | Format::Plantuml => "text/plain; charset=utf-8",
        Format::Svg => "image/svg+xml",
        Format::Dot => "text/vnd.graphviz; charset=utf-8",
    }
}

fn invalid(error: impl std::fmt::Display) -> Problem {
    Problem::invalid(error.to_string())
}
