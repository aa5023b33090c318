//! Answers that browsers keep, and ask about before they show them again.
//!
//! They stay the same as long as the program runs; a new version of it is seen at once.

use bytes::Bytes;
use warp::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use warp::http::{HeaderValue, StatusCode};
use warp::reply::Response;
use xxhash_rust::xxh3::xxh3_64;

use super::call::Call;

/// A body with its tag.
#[derive(Clone)]
pub(super) struct Tagged {
    body: Bytes,
    tag: HeaderValue,
}

impl Tagged {
    pub(super) fn new(body: Bytes) -> Self {
        let tag = format!("\"{:016x}\"", xxh3_64(&body));
        Self {
            body,
            tag: tag.try_into().expect("a hash is plain ASCII"),
        }
    }

    /// The answer to `call`: without a body, where the other end has it already.
    pub(super) fn answer(&self, call: &Call, media_type: HeaderValue) -> Response {
        let known = call
            .header(&IF_NONE_MATCH)
            .is_some_and(|tags| self.tag.to_str().is_ok_and(|tag| tags.contains(tag)));
        let mut response = if known {
            let mut response = Response::default();
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            Response::new(self.body.clone().into())
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, media_type);
        headers.insert(ETAG, self.tag.clone());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }
}
