//! `GET /api/events`: the one stream endpoint.

use std::borrow::Cow;
use std::sync::Arc;

use warp::Reply;
use warp::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, SET_COOKIE};
use warp::http::{HeaderValue, Method};
use warp::reply::Response;

use super::call::Call;
use super::handover::Events;
use super::problem::Problem;
use super::{Answer, session_id};
use crate::auth::random_id;
use crate::chat::{ChatError, Follow, FollowError, Position, ending};
use crate::hub::{Listener, Refused, Topics};
use crate::identity::Role;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

pub(super) async fn open(call: Call) -> Answer {
    call.only(Method::GET, "GET")?;
    let identity = call.who().await?;
    let topics = topics(&call).await?;
    let session = call.query_value("session");
    if session.is_none() && topics == Topics::default() {
        let detail = "name what to follow: /api/events?session=ID, or topics=notifications";
        return Err(Problem::invalid(detail));
    }
    let session = session.map(|session| session_id(&session)).transpose()?;
    let from = position(&call)?;
    let stream = random_id().map_err(Problem::no_randomness)?;
    let renewed = call.renewed_cookie(&identity);
    let listener = Listener {
        stream: stream.into(),
        identity,
        session,
        topics,
        echo: call.query_value("echo").is_none_or(|echo| echo != "false"),
    };
    let (identity, session) = (Arc::clone(&listener.identity), listener.session.clone());
    let followed = call.app.chat.follow(listener, from).await;
    call.note(|about| {
        // What is no session of theirs may be anything that stood in the address, and so a token.
        about.session = session.filter(|_| is_known(&followed));
        about.stream = followed.as_ref().ok().map(|follow| follow.stream().into());
    });
    // It may have been revoked since it was checked, and before the hub knew the stream.
    call.still_good(&identity)?;
    let mut response = match followed {
        Ok(follow) => {
            let mut response = streaming(Response::default());
            response.extensions_mut().insert(Events::new(follow));
            response
        }
        // An EventSource that gets anything but 200 never comes back: so it is told why, and when to.
        Err(FollowError::Refused(refused)) => ended(refused),
        Err(FollowError::Chat(ChatError::Damaged)) => ended(Refused::Damaged),
        Err(FollowError::Chat(error)) => return Err(error.into()),
    };
    if let Some(cookie) = renewed {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whether the session that was to be followed is known to be one.
fn is_known(followed: &Result<Follow, FollowError>) -> bool {
    !matches!(
        followed,
        Err(FollowError::Chat(ChatError::NoSession | ChatError::Log(_)))
    )
}

/// What to listen to beside the conversation.
async fn topics(call: &Call) -> Result<Topics, Problem> {
    let mut topics = Topics::default();
    let named = call.query_value("topics").unwrap_or_default();
    for name in named.split(',').filter(|name| !name.is_empty()) {
        if !topics.add(name) {
            let name: String = name.chars().take(40).collect();
            let all = Topics::NAMES.join(", ");
            let detail = format!("there is no topic {name:?} here; there are: {all}");
            return Err(Problem::invalid(detail));
        }
    }
    if topics.inbox {
        call.who_as(Role::Agent).await?;
    }
    Ok(topics)
}

fn position(call: &Call) -> Result<Position, Problem> {
    // A header that is not even text is a cursor that does not match.
    let header = call.head.headers.get(LAST_EVENT_ID);
    let header = header.map(|value| Cow::Borrowed(value.to_str().unwrap_or("?")));
    let header = header.filter(|cursor| !cursor.is_empty());
    let cursor = header.or_else(|| call.query_value("lastEventId"));
    if let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) {
        return Ok(Position::Cursor(cursor.into_owned()));
    }
    Ok(match call.query_number("last")? {
        Some(count) => Position::Last(count),
        None => Position::Start,
    })
}

/// A stream that ends with its first event.
fn ended(refused: Refused) -> Response {
    streaming(ending(refused).to_vec().into_response())
}

fn streaming(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would otherwise hold events back until its buffer is full.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
