//! The page: its files, inside the binary.

use bytes::Bytes;
use include_dir::{Dir, include_dir};

use super::Answer;
use super::call::Call;
use super::problem::Problem;
use super::tagged::Tagged;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web");

/// The file at `path`, relative to the base path; `/` is the page itself, and `/agent` that of agents.
pub(super) fn file(path: &str, call: &Call) -> Answer {
    let path = path.trim_start_matches('/');
    let path = match path {
        "" => "index.html",
        // Without an end of its own, so that what it names lies beside it, as for the page itself.
        "agent" => "agent.html",
        path => path,
    };
    let file = FILES.get_file(path).ok_or_else(Problem::not_found)?;
    call.only_get()?;
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = match (kind.type_(), kind.subtype()) {
        (mime_guess::mime::TEXT, _) => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    };
    let kind = kind.try_into().expect("a media type is plain ASCII");
    Ok(Tagged::new(Bytes::from_static(file.contents())).answer(call, kind))
}
