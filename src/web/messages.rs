//! `POST /api/sessions/ID/messages`: what a user says.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use warp::http::{Method, StatusCode};

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response};
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
    let session = call.session(&id)?;
    let mut body: Body = call.json(EXAMPLE).await?;
    let client_id = body.client_id()?;
    let seq = call
        .app
        .chat
        .post(&session, &who, body.said(), client_id)
        .await?;
    call.note(|about| about.seq = Some(seq));
    let mut response = json_response(&Accepted { seq });
    *response.status_mut() = StatusCode::ACCEPTED;
    Ok(response)
}

/// What a message's body holds, whatever it means. To say something twice is to say too much.
#[derive(Default)]
struct Body {
    client_id: Option<Value>,
    /// What is said, should this be all that is said.
    said: Option<Said>,
    /// How many fields there are beside the client id.
    others: usize,
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Field {
    ClientId,
    Choose,
    Text,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Body;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Body, A::Error> {
        let mut body = Body::default();
        while let Some(field) = fields.next_key()? {
            let value: Value = fields.next_value()?;
            if let Field::ClientId = field {
                body.client_id = Some(value);
                continue;
            }
            body.others += 1;
            body.said = match (field, value) {
                (Field::Choose, Value::String(id)) => Some(Said::Choose(id)),
                (Field::Text, Value::String(text)) => Some(Said::Text(text)),
                _ => None,
            };
        }
        Ok(body)
    }
}

impl Body {
    fn client_id(&mut self) -> Result<Option<ClientId>, Problem> {
        let client_id = match self.client_id.take() {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.parse().ok(),
            Some(_) => None,
        };
        let detail = "clientId must be 1 to 128 of the characters A-Z a-z 0-9 _ - . ~";
        client_id.map(Some).ok_or_else(|| Problem::invalid(detail))
    }

    /// What it says, or why it says nothing.
    fn said(self) -> Incoming {
        let said = self.said.filter(|_| self.others == 1);
        said.ok_or_else(|| format!("send {EXAMPLE}"))
    }
}
