//! `/api/notifications`: what administrators send, and what became of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use smol_str::SmolStr;
use warp::http::{Method, StatusCode};

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response};
use crate::auth::random_id;
use crate::chat::{Notice, Notification};
use crate::config::keeping;
use crate::hub::{Audience, Fate, Listener, Tally};
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
    call.only(Method::POST, "POST")?;
    let admin = call.who_as(Role::Admin).await?;
    let wanted: Wanted = call.json(EXAMPLE).await?;
    let notification = checked(wanted)?;
    let notice = call.app.chat.notify(notification).await?;
    tracing::debug!(id = %notice.id, event = %notice.event, by = %admin.user, "notification sent");
    let tally = notice.delivery.tally();
    let mut response = json_response(&Sent {
        id: &notice.id,
        matched: tally.matched,
        written: tally.written(),
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

/// The later answer: what has become of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fates<'a> {
    id: &'a str,
    to: &'a Audience,
    event: &'a str,
    at: String,
    kept_until: Option<String>,
    #[serde(flatten)]
    tally: Tally,
    recipients: Vec<Recipient<'a>>,
    /// So many recipients are not listed.
    more: usize,
    /// Why it went to no stream of those that were asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What is kept of it for the user who was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<String>,
}

#[derive(Serialize)]
struct Recipient<'a> {
    stream: &'a str,
    user: &'a UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<&'a SessionId>,
    fate: Fate,
}

/// About whom somebody wants to know.
enum Asked {
    All,
    User(UserId),
    Stream(SmolStr),
}

impl Asked {
    fn is_about(&self, listener: &Listener) -> bool {
        match self {
            Self::All => true,
            Self::User(user) => listener.identity.user == *user,
            Self::Stream(stream) => listener.stream == *stream,
        }
    }
}

/// `GET /api/notifications/ID`
pub(super) async fn show(id: String, call: Call) -> Answer {
    call.only_get()?;
    call.who_as(Role::Admin).await?;
    let notice = call.app.chat.notice(&id).ok_or_else(|| {
        let detail = "there is no such notification among the last 200 that this server sent";
        Problem::new(StatusCode::NOT_FOUND, "no_notification", detail)
    })?;
    let asked = asked(&call)?;
    let mut fates = fates(&notice, &asked);
    if fates.recipients.is_empty() {
        explain(&mut fates, &call, &notice, &asked);
    }
    Ok(json_response(&fates))
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

fn fates<'a>(notice: &'a Notice, asked: &Asked) -> Fates<'a> {
    let recipients = notice.delivery.fates();
    let recipients = recipients.filter(|(listener, _)| asked.is_about(listener));
    let mut recipients = recipients.map(|(listener, fate)| Recipient {
        stream: &listener.stream,
        user: &listener.identity.user,
        session: listener.session.as_ref(),
        fate,
    });
    Fates {
        id: &notice.id,
        to: &notice.to,
        event: &notice.event,
        at: format!("{:.3}", notice.at),
        kept_until: notice.until.map(|until| format!("{until:.3}")),
        tally: notice.delivery.tally(),
        recipients: recipients.by_ref().take(LISTED_MAX).collect(),
        more: recipients.count(),
        reason: None,
        kept: None,
    }
}

/// Says why it went to nobody who was asked about, and whether they can still get it.
fn explain(fates: &mut Fates<'_>, call: &Call, notice: &Notice, asked: &Asked) {
    let chat = &call.app.chat;
    if !matches!(asked, Asked::All) {
        let missed = chat.missed(notice, |listener| asked.is_about(listener));
        fates.reason = Some(missed.to_string());
    }
    if let Asked::User(user) = asked {
        let later = chat.kept_for(notice, user);
        fates.kept = later.map(|later| later.to_string());
    }
}
