//! `GET /api/events`: the one stream endpoint.

use std::borrow::Cow;
use std::convert::Infallible;

use bytes::Bytes;
use tokio_stream::StreamExt;
use warp::Reply;
use warp::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use warp::http::{HeaderValue, Method};
use warp::reply::Response;

use super::call::Call;
use super::problem::Problem;
use super::{Answer, session_id};
use crate::auth::random_id;
use crate::chat::{FollowError, Position, ending};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

pub(super) async fn open(call: Call) -> Answer {
    if call.head.method != Method::GET {
        return Err(Problem::method_not_allowed("GET"));
    }
    let user = call.user()?;
    if let Some(topics) = call
        .query_value("topics")
        .filter(|topics| !topics.is_empty())
    {
        let topic: String = topics.chars().take(40).collect();
        return Err(Problem::invalid(format!(
            "there is no topic {topic:?} here"
        )));
    }
    let session = call
        .query_value("session")
        .ok_or_else(|| Problem::invalid("name what to follow: /api/events?session=ID"))?;
    let session = session_id(&session)?;
    let from = position(&call)?;
    let stream = random_id().map_err(Problem::no_randomness)?;
    match call.app.chat.follow(&session, &user, from, &stream).await {
        Ok(follow) => Ok(streaming(warp::reply::stream(
            follow.map(Ok::<Bytes, Infallible>),
        ))),
        // An EventSource that gets anything but 200 never comes back: so it is told why, and when to.
        Err(FollowError::Refused(refused)) => Ok(streaming(ending(refused).to_vec())),
        Err(FollowError::Chat(error)) => Err(error.into()),
    }
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

fn streaming(body: impl Reply) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would otherwise hold events back until its buffer is full.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
