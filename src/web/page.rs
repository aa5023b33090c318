//! The page: its files, inside the binary.

use bytes::Bytes;
use include_dir::{Dir, include_dir};
use warp::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use warp::http::{HeaderValue, StatusCode};
use warp::reply::Response;
use xxhash_rust::xxh3::xxh3_64;

use super::Answer;
use super::call::Call;
use super::problem::Problem;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web");

/// The file at `path`, relative to the base path; `/` is the page itself.
pub(super) fn file(path: &str, call: &Call) -> Answer {
    let path = path.trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let file = FILES.get_file(path).ok_or_else(Problem::not_found)?;
    call.only_get()?;
    let tag = format!("\"{:016x}\"", xxh3_64(file.contents()));
    let known = call
        .header(&IF_NONE_MATCH)
        .is_some_and(|tags| tags.contains(&tag));
    let mut response = if known {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Bytes::from_static(file.contents()).into())
    };
    let headers = response.headers_mut();
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = match (kind.type_(), kind.subtype()) {
        (mime_guess::mime::TEXT, _) => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    };
    headers.insert(
        CONTENT_TYPE,
        kind.try_into().expect("a media type is plain ASCII"),
    );
    headers.insert(ETAG, tag.try_into().expect("a hash is plain ASCII"));
    // Asked for anew each time, answered by 304: a new version of the program is a new page at once.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
