//! `POST /api/sessions/ID/messages`: what a user says.

use serde::Serialize;
use serde_json::{Map, Value};
use warp::http::{Method, StatusCode};

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response, session_id};
use crate::chat::{Incoming, Said};
use crate::record::{ClientId, Seq};

const EXAMPLE: &str =
    "exactly one of {\"choose\": ID} and {\"text\": TEXT}, and a clientId if you like";

/// What the sender learns: where its record stands.
#[derive(Serialize)]
struct Accepted {
    seq: Seq,
}

pub(super) async fn post(id: String, mut call: Call) -> Answer {
    call.only(Method::POST, "POST")?;
    let who = call.who().await?;
    let session = session_id(&id)?;
    let mut body: Map<String, Value> = call.json(EXAMPLE).await?;
    let client_id = taken_client_id(&mut body)?;
    let seq = call
        .app
        .chat
        .post(&session, &who, said(body), client_id)
        .await?;
    let mut response = json_response(&Accepted { seq });
    *response.status_mut() = StatusCode::ACCEPTED;
    Ok(response)
}

fn taken_client_id(body: &mut Map<String, Value>) -> Result<Option<ClientId>, Problem> {
    let client_id = match body.remove("clientId") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    };
    let detail = "clientId must be 1 to 128 of the characters A-Z a-z 0-9 _ - . ~";
    client_id.map(Some).ok_or_else(|| Problem::invalid(detail))
}

/// What the rest of the body says, or why it says nothing.
fn said(body: Map<String, Value>) -> Incoming {
    let mut fields = body.into_iter();
    let said = match (fields.next(), fields.next()) {
        (Some((name, Value::String(value))), None) => match name.as_str() {
            "choose" => Some(Said::Choose(value)),
            "text" => Some(Said::Text(value)),
            _ => None,
        },
        _ => None,
    };
    said.ok_or_else(|| format!("send {EXAMPLE}"))
}
