//! `/api/sessions`: start, list, look at, erase.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use smol_str::SmolStr;
use warp::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, LOCATION, VARY};
use warp::http::{HeaderValue, Method, StatusCode};
use warp::reply::Response;

use super::accept::is_rather;
use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response, no_content, people};
use crate::auth::{guest, new_guest, random_id};
use crate::chat::{ChatError, Opening, said_by};
use crate::event::Status;
use crate::identity::{Identity, Role};
use crate::record::{ClientId, HeadRow, Public, Record, SessionId, SpeakerKind, UserId};

/// How many records one transcript holds at most.
const TRANSCRIPT_MAX: u64 = 1_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Start {
    bot: String,
    client_id: Option<ClientId>,
    #[serde(default)]
    participants: Vec<UserId>,
}

/// What the caller needs to go on.
#[derive(Serialize)]
struct Started<'a> {
    id: &'a SessionId,
    bot: &'a str,
    token: &'a str,
    events: String,
}

/// `/api/sessions`
pub(super) async fn all(call: Call) -> Answer {
    match call.head.method {
        Method::GET | Method::HEAD => list(&call).await,
        Method::POST => start(call).await,
        _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
    }
}

/// `/api/sessions/ID`
pub(super) async fn one(id: String, call: Call) -> Answer {
    match call.head.method {
        Method::GET | Method::HEAD => show(&id, &call).await,
        Method::DELETE => erase(&id, &call).await,
        _ => Err(Problem::method_not_allowed("GET, HEAD, DELETE")),
    }
}

async fn start(mut call: Call) -> Answer {
    let who = match call.who_if_any().await? {
        Some(who) => Some(who),
        None if call.app.auth.takes_guests() => None,
        None => Some(call.who().await?),
    };
    let start: Start = call.json("{\"bot\": NAME}").await?;
    // Without a credential nobody can be sending it for a second time.
    let opened_as = start.client_id.filter(|_| who.is_some());
    let (identity, token) = vouched(&call, who)?;
    let id = random_id().map_err(Problem::no_randomness)?;
    let id = id.parse().expect("letters and digits are an id");
    let opening = Opening {
        opened_as,
        participants: start.participants,
        ..Opening::new(id, start.bot, identity.user.clone())
    };
    let (app, address) = (Arc::clone(&call.app), call.address());
    let row = call.app.chat.open_if(opening, move || app.admit(address));
    let row = row.await.map_err(|error| match error {
        ChatError::NoBot => no_bot(&call, StatusCode::UNPROCESSABLE_ENTITY),
        ChatError::RateLimited { retry_after } => {
            let detail = "too many new conversations from your address; wait a moment";
            Problem::rate_limited(detail, retry_after)
        }
        error => error.into(),
    })?;
    call.note(|about| about.session = Some(row.session.clone()));
    Ok(started(&call, &row, &identity, &token))
}

/// The identity to go on with and its token: a guest's is new each time, so that it lasts for as long as it is used.
/// Anybody else's is the one that was sent, if it is still good: the body may have been long in coming.
fn vouched(call: &Call, who: Option<Arc<Identity>>) -> Result<(Arc<Identity>, String), Problem> {
    let who = match who {
        Some(who) if !call.app.auth.renews(&who) => {
            let token = call.token_of(&who).ok_or_else(|| call.bad_token())?;
            return Ok((who, token));
        }
        who => who,
    };
    let user = match &who {
        Some(who) => who.user.clone(),
        None => new_guest().map_err(Problem::no_randomness)?,
    };
    let identity = guest(user, jiff::Timestamp::now());
    let token = call.app.auth.token(&identity);
    if let Some(who) = who {
        call.still_good(&who)?;
    }
    Ok((Arc::new(identity), token))
}

fn started(call: &Call, row: &HeadRow, identity: &Identity, token: &str) -> Response {
    let base = &call.app.config.base_path;
    let session = &row.session;
    let body = Started {
        id: session,
        bot: &row.bot,
        token,
        events: format!("{base}api/events?session={session}"),
    };
    let mut response = json_response(&body);
    *response.status_mut() = StatusCode::CREATED;
    call.sign_in(&mut response, identity, token);
    let headers = response.headers_mut();
    let location = format!("{base}api/sessions/{session}").try_into();
    let location = location.expect("ids and base paths are plain ASCII");
    headers.insert(LOCATION, location);
    response
}

/// The problem of a bot that does not run here, with those that do.
pub(super) fn no_bot(call: &Call, status: StatusCode) -> Problem {
    let names: Vec<_> = call
        .app
        .chat
        .bots()
        .iter()
        .map(|host| host.name())
        .collect();
    let detail = format!("there is no such bot; here runs: {}", names.join(", "));
    Problem::new(status, "no_bot", detail)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    id: &'a SessionId,
    bot: &'a str,
    head: u64,
    created: String,
    last_used: String,
}

impl<'a> Listed<'a> {
    fn new(row: &'a HeadRow) -> Self {
        Self {
            id: &row.session,
            bot: &row.bot,
            head: row.head,
            created: format!("{:.3}", row.created),
            last_used: format!("{:.3}", row.used),
        }
    }
}

async fn list(call: &Call) -> Answer {
    let is_wanted = |name| call.query_value(name).is_some_and(|value| value == "true");
    if is_wanted("waiting") {
        call.who_as(Role::Agent).await?;
        return Ok(people::cases(&call.app.chat.waiting()));
    }
    if is_wanted("mine") {
        let who = call.who_as(Role::Agent).await?;
        return Ok(people::cases(&call.app.chat.taken_by(&who.user)));
    }
    let rows = call.app.chat.own_sessions(&call.who().await?.user).await?;
    let sessions: Vec<_> = rows.iter().map(Listed::new).collect();
    Ok(json_response(&json!({ "sessions": sessions })))
}

async fn show(id: &str, call: &Call) -> Answer {
    #[derive(Serialize)]
    struct Shown<'a> {
        #[serde(flatten)]
        listed: Listed<'a>,
        state: Vec<SmolStr>,
        options: Vec<crate::record::Offer>,
        owner: UserId,
        participants: Vec<UserId>,
        receipts: Vec<Status<'a>>,
    }
    let who = call.who().await?;
    let summary = call.app.chat.summary(&call.session(id)?, &who).await?;
    let receipts = summary.receipts.iter();
    let receipts = receipts.map(|&(ref user, receipt)| Status { user, receipt });
    let receipts = receipts.collect();
    Ok(json_response(&Shown {
        listed: Listed::new(&summary.row),
        state: summary.state,
        options: summary.options,
        owner: summary.people[0].clone(),
        participants: summary.people[1..].to_vec(),
        receipts,
    }))
}

async fn erase(id: &str, call: &Call) -> Answer {
    let who = call.who().await?;
    call.app.chat.erase(&call.session(id)?, &who).await?;
    Ok(no_content())
}

/// `/api/sessions/ID/transcript`
pub(super) async fn transcript(id: String, call: Call) -> Answer {
    call.only_get()?;
    let who = call.who().await?;
    let limit = call
        .query_number("limit")?
        .unwrap_or(TRANSCRIPT_MAX)
        .min(TRANSCRIPT_MAX);
    let before = call.query_number("before")?;
    let session = call.session(&id)?;
    let row = call.app.chat.summary(&session, &who).await?.row;
    let end = before.unwrap_or(row.head + 1).clamp(1, row.head + 1);
    let after = (end - 1).saturating_sub(limit);
    let count = usize::try_from(end - 1 - after).unwrap_or(usize::MAX);
    let records = call.app.chat.records(&session, &who, after, count).await?;
    let accept = call.head.headers.get_all(ACCEPT).iter();
    let accept: Vec<_> = accept.filter_map(|line| line.to_str().ok()).collect();
    if is_rather(&accept.join(","), "text/plain", "application/json") {
        return Ok(plain(&records, &row.bot, &who.user));
    }
    let records: Vec<&str> = records.iter().map(|record| &*record.public).collect();
    let head = json!({ "session": session, "bot": row.bot, "head": row.head }).to_string();
    // The records are JSON already, and go out exactly as they stand.
    let open = head.strip_suffix('}').unwrap_or(&head);
    let body = format!("{open},\"records\":[{}]}}", records.join(","));
    let response = Response::new(body.into());
    Ok(transcribed(response, "application/json"))
}

/// A transcript for people: who said what, and nothing of the machine.
fn plain(records: &[Record], bot: &str, user: &UserId) -> Response {
    let said = records.iter().filter_map(|record| {
        let public: Public = serde_json::from_str(&record.public).ok()?;
        let id = public.from.id.as_str();
        let who = match public.from.kind {
            SpeakerKind::User if id == user.as_str() => "you".to_owned(),
            // Whatever people are called, they are neither the bot nor the reader.
            SpeakerKind::User | SpeakerKind::Agent if id == bot || id == "you" => {
                format!("{id} (a person)")
            }
            _ => id.to_owned(),
        };
        Some(said_by(&who, &public.text?))
    });
    let response = Response::new(said.collect::<String>().into());
    transcribed(response, "text/plain; charset=utf-8")
}

fn transcribed(mut response: Response, media_type: &'static str) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    response
}
