//! `/api/notifications`: what administrators send, and what became of it.

use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use smol_str::SmolStr;
use warp::http::{Method, StatusCode};

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response};
use crate::auth::random_id;
use crate::chat::{Notice, Notification};
use crate::config::keeping;
use crate::hub::{Audience, Fate, Listener};
use crate::identity::Role;
use crate::record::{SessionId, UserId};

/// How many bytes the data of a notification may have, as it is written.
const DATA_BYTES_MAX: usize = 8_192;

/// How many letters the name of an event may have.
const EVENT_CHARS_MAX: usize = 32;

/// How many recipients one answer lists.
const LISTED_MAX: usize = 1_000;

const EXAMPLE: &str = r#"{"to": "all" or {"user": SUB}, {"session": ID}, {"stream": ID} or {"meta": {NAME: VALUE}}, "event": "price-alert", "data": {…}, "keep": "1h"}"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    // Not an Audience yet: of two keys serde_json would say that they are no JSON.
    to: Value,
    event: SmolStr,
    #[serde(default)]
    data: Option<Box<RawValue>>,
    keep: Option<String>,
}

/// The first answer: what became of it so far.
#[derive(Serialize)]
struct Sent<'a> {
    id: &'a str,
    matched: usize,
    /// In the queues of so many streams, or taken from there already.
    written: usize,
    dropped: usize,
    kept: bool,
}

/// `POST /api/notifications`
pub(super) async fn send(mut call: Call) -> Answer {
    if call.head.method != Method::POST {
        return Err(Problem::method_not_allowed("POST"));
    }
    let admin = call.who_as(Role::Admin).await?;
    let wanted: Wanted = call.json(EXAMPLE).await?;
    let notification = checked(wanted)?;
    let notice = call.app.chat.notify(notification).await?;
    tracing::debug!(id = %notice.id, event = %notice.event, by = %admin.user, "notification sent");
    let tally = notice.delivery.tally();
    let mut response = json_response(&Sent {
        id: &notice.id,
        matched: tally.matched,
        written: tally.matched - tally.dropped,
        dropped: tally.dropped,
        kept: notice.until.is_some(),
    });
    *response.status_mut() = StatusCode::ACCEPTED;
    Ok(response)
}

fn checked(wanted: Wanted) -> Result<Notification, Problem> {
    let Wanted {
        to,
        event,
        data,
        keep,
    } = wanted;
    let to = serde_json::from_value(to);
    let to: Audience =
        to.map_err(|error| Problem::invalid(format!("to: {error}; send {EXAMPLE}")))?;
    if !is_event_name(&event) {
        let detail = "event must be a small letter and then up to 31 of a-z 0-9 _ -";
        return Err(Problem::invalid(detail));
    }
    if matches!(&to, Audience::Meta(pairs) if pairs.is_empty()) {
        let detail = "meta must name what to match; for everybody send \"to\": \"all\"";
        return Err(Problem::invalid(detail));
    }
    let keep = keep.map(|keep| keeping(&keep)).transpose();
    let keep = keep.map_err(|detail| Problem::invalid(format!("keep: {detail}")))?;
    if keep.is_some() && matches!(to, Audience::Session(_) | Audience::Stream(_)) {
        let detail = "only what is for users can be kept (all, user, meta): of a session or a stream nobody can say \
                      who is away";
        return Err(Problem::invalid(detail));
    }
    Ok(Notification {
        id: random_id().map_err(Problem::no_randomness)?.into(),
        to,
        event,
        data: data.map_or_else(|| Ok(RawValue::NULL.to_owned()), |data| on_one_line(&data))?,
        keep,
    })
}

fn is_event_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    let more = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    text.len() <= EVENT_CHARS_MAX
        && bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && bytes.all(more)
}

/// The data with its numbers and the order of its fields as they are, and without line ends: JSON has those between its
/// tokens only.
fn on_one_line(data: &RawValue) -> Result<Box<RawValue>, Problem> {
    let text = data.get();
    if text.len() > DATA_BYTES_MAX {
        let detail = format!("data may have {DATA_BYTES_MAX} bytes as JSON; send a link to more");
        return Err(Problem::invalid(detail));
    }
    // What is passed on as it is has only been skimmed: nobody should get what a strict reader refuses.
    serde_json::from_str::<Value>(text)
        .and_then(|_| RawValue::from_string(text.replace(['\r', '\n'], " ")))
        .map_err(|error| Problem::invalid(format!("data: {error}")))
}

#[derive(Serialize)]
struct Recipient<'a> {
    stream: &'a str,
    user: &'a UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<&'a SessionId>,
    fate: Fate,
}

/// `GET /api/notifications/ID`
pub(super) async fn show(id: String, call: Call) -> Answer {
    call.only_get()?;
    call.who_as(Role::Admin).await?;
    let notice = call.app.chat.notice(&id).ok_or_else(|| {
        let detail = "there is no such notification among the last 200 that this server sent";
        Problem::new(StatusCode::NOT_FOUND, "no_notification", detail)
    })?;
    let mut answer = told(&notice);
    match asked(&call)? {
        Asked::User(user) => {
            let are_theirs = |listener: &Listener| listener.identity.user == user;
            let found = list(&mut answer, &notice, are_theirs);
            explain(&mut answer, &call, &notice, are_theirs, found);
            if let Some(later) = call.app.chat.kept_for(&notice, &user)
                && found == 0
            {
                answer.insert("kept".to_owned(), later.to_string().into());
            }
        }
        Asked::Stream(stream) => {
            let is_it = |listener: &Listener| listener.stream == stream;
            let found = list(&mut answer, &notice, is_it);
            explain(&mut answer, &call, &notice, is_it, found);
        }
        Asked::All => {
            list(&mut answer, &notice, |_| true);
        }
    }
    Ok(json_response(&answer))
}

/// About whom somebody wants to know.
enum Asked {
    All,
    User(UserId),
    Stream(SmolStr),
}

fn asked(call: &Call) -> Result<Asked, Problem> {
    if let Some(user) = call.query_value("user") {
        let user = user.parse();
        return user
            .map(Asked::User)
            .map_err(|error| Problem::invalid(format!("user: {error}")));
    }
    let stream = call.query_value("stream");
    Ok(stream.map_or(Asked::All, |stream| Asked::Stream(stream.into())))
}

fn told(notice: &Notice) -> Map<String, Value> {
    let told = json!({
        "id": notice.id,
        "to": notice.to,
        "event": notice.event,
        "at": format!("{:.3}", notice.at),
        "keptUntil": notice.until.map(|until| format!("{until:.3}")),
    });
    let counts = serde_json::to_value(notice.delivery.tally());
    let [told, counts] = [told, counts.unwrap_or_default()].map(|part| match part {
        Value::Object(part) => part,
        _ => Map::new(),
    });
    told.into_iter().chain(counts).collect()
}

/// Puts the recipients that `are_meant` into the answer, and says how many they are.
fn list(
    answer: &mut Map<String, Value>,
    notice: &Notice,
    are_meant: impl Fn(&Listener) -> bool,
) -> usize {
    let fates = notice.delivery.fates();
    let meant = fates.filter(|(listener, _)| are_meant(listener));
    let mut meant = meant.map(|(listener, fate)| Recipient {
        stream: &listener.stream,
        user: &listener.identity.user,
        session: listener.session.as_ref(),
        fate,
    });
    let listed: Vec<_> = meant.by_ref().take(LISTED_MAX).collect();
    let more = meant.count();
    answer.insert("recipients".to_owned(), json!(listed));
    answer.insert("more".to_owned(), more.into());
    listed.len() + more
}

/// Says why it went to no stream that `are_theirs`.
fn explain(
    answer: &mut Map<String, Value>,
    call: &Call,
    notice: &Notice,
    are_theirs: impl Fn(&Listener) -> bool,
    found: usize,
) {
    if found == 0 {
        let missed = call.app.chat.missed(notice, are_theirs);
        answer.insert("reason".to_owned(), missed.to_string().into());
    }
}
