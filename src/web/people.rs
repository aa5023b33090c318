//! `/api/sessions/ID/…` of people: who takes part, who types, who has read what, who is here.

use serde::Deserialize;
use serde_json::json;
use warp::http::Method;
use warp::reply::Response;

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response, no_content};
use crate::chat::{Attention, Case};
use crate::identity::Role;
use crate::record::{Receipt, UserId};

/// `POST …/participants`
pub(super) async fn participants(id: String, mut call: Call) -> Answer {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Invited {
        participants: Vec<UserId>,
    }
    call.only(Method::POST, "POST")?;
    let who = call.who().await?;
    let session = call.session(&id)?;
    let invited: Invited = call.json("{\"participants\": [USER, …]}").await?;
    let chat = &call.app.chat;
    let people = chat.invite(&session, &who, &invited.participants).await?;
    Ok(json_response(
        &json!({ "owner": people[0], "participants": people[1..] }),
    ))
}

/// `POST …/typing`
pub(super) async fn typing(id: String, mut call: Call) -> Answer {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Typing {
        is_typing: bool,
    }
    call.only(Method::POST, "POST")?;
    let who = call.who().await?;
    let session = call.session(&id)?;
    let typing: Typing = call.json("{\"isTyping\": true}").await?;
    call.app
        .chat
        .typing(&session, &who, typing.is_typing)
        .await?;
    Ok(no_content())
}

/// `PUT …/receipts`
pub(super) async fn receipts(id: String, mut call: Call) -> Answer {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Received {
        #[serde(default)]
        delivered: u64,
        #[serde(default)]
        read: u64,
    }
    call.only(Method::PUT, "PUT")?;
    let who = call.who().await?;
    let session = call.session(&id)?;
    let received: Received = call.json("{\"delivered\": SEQ, \"read\": SEQ}").await?;
    let receipt = Receipt {
        delivered: received.delivered,
        read: received.read,
    };
    let held = call.app.chat.receive(&session, &who, receipt).await?;
    Ok(json_response(&held))
}

/// `POST …/presence`
pub(super) async fn presence(id: String, mut call: Call) -> Answer {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Presence {
        state: Attention,
        stream: Option<String>,
    }
    call.only(Method::POST, "POST")?;
    let who = call.who().await?;
    let session = call.session(&id)?;
    let example = "{\"state\": \"away\"} or {\"state\": \"active\"}, and the stream whose page it is if you like";
    let presence: Presence = call.json(example).await?;
    let stream = presence.stream.as_deref();
    call.app
        .chat
        .attend(&session, &who, stream, presence.state)
        .await?;
    Ok(no_content())
}

/// `PUT` and `DELETE …/agent`
pub(super) async fn agent(id: String, call: Call) -> Answer {
    let who = call.who_as(Role::Agent).await?;
    let session = call.session(&id)?;
    match call.head.method {
        Method::PUT => {
            call.app.chat.take(&session, &who).await?;
            Ok(json_response(&json!({ "agent": who.user })))
        }
        Method::DELETE => {
            call.app.chat.give_back(&session, &who).await?;
            Ok(no_content())
        }
        _ => Err(Problem::method_not_allowed("PUT, DELETE")),
    }
}

/// `GET /api/sessions?waiting=true` and `?mine=true`: what an agent has to do.
pub(super) fn cases(cases: &[Case]) -> Response {
    let cases = cases.iter().enumerate().map(|(before, case)| {
        json!({
            "id": case.session,
            "bot": case.bot,
            "user": case.user,
            "since": format!("{:.3}", case.since),
            "place": case.agent.is_none().then_some(before + 1),
            "agent": case.agent,
            "state": case.path,
            "head": case.head,
        })
    });
    let cases: Vec<_> = cases.collect();
    json_response(&json!({ "sessions": cases }))
}
