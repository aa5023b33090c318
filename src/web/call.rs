//! A call: one request as the handlers see it, who sent it, and from where.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use bytes::{Buf, Bytes, BytesMut};
use serde::de::DeserializeOwned;
use tokio_stream::{Stream, StreamExt};
use warp::http::header::{CONTENT_LENGTH, HeaderName};
use warp::http::{HeaderMap, Method, Request, StatusCode};

use super::line::{About, Notes};
use super::problem::Problem;
use super::{App, session_id};
use crate::record::SessionId;

tokio::task_local! {
    /// The head of the request that is being answered.
    static HEAD: Arc<Head>;
}

/// All of a request but its path and body, and the other end of its connection. Goes through the routes beside the
/// request: warp would hand out copies of it, and a request's extensions are a map of boxes.
pub(super) struct Head {
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
    query: String,
    peer: SocketAddr,
    /// For the log's line; none if nobody reads such.
    notes: Option<Notes>,
}

impl Head {
    /// Takes the head off `request`, headers and all.
    pub(super) fn taken<B>(
        request: &mut Request<B>,
        peer: SocketAddr,
        notes: Option<Notes>,
    ) -> Self {
        Self {
            method: request.method().clone(),
            headers: std::mem::take(request.headers_mut()),
            query: request.uri().query().unwrap_or_default().to_owned(),
            peer,
            notes,
        }
    }

    /// Runs `routes` with this beside them.
    pub(super) fn beside<F: Future>(self, routes: F) -> impl Future<Output = F::Output> {
        HEAD.scope(Arc::new(self), routes)
    }

    /// That of the request that is being answered.
    fn here() -> Arc<Self> {
        HEAD.with(Arc::clone)
    }
}

type Body = Pin<Box<dyn Stream<Item = Result<Bytes, warp::Error>> + Send + Sync>>;

pub(super) struct Call {
    pub(super) app: Arc<App>,
    pub(super) head: Arc<Head>,
    body: Body,
}

impl Call {
    pub(super) fn new<B: Buf>(
        app: Arc<App>,
        body: impl Stream<Item = Result<B, warp::Error>> + Send + Sync + 'static,
    ) -> Self {
        let body = body.map(|chunk| chunk.map(|mut buf| buf.copy_to_bytes(buf.remaining())));
        Self {
            app,
            head: Head::here(),
            body: Box::pin(body),
        }
    }

    /// Notes what this is about for the log's line, if there is going to be one.
    pub(super) fn note(&self, note: impl FnOnce(&mut About)) {
        if let Some(notes) = &self.head.notes {
            note(&mut notes.about());
        }
    }

    /// The session that the path names.
    ///
    /// # Errors
    /// 404 for what cannot be one.
    pub(super) fn session(&self, id: &str) -> Result<SessionId, Problem> {
        let session = session_id(id)?;
        self.note(|about| about.session = Some(session.clone()));
        Ok(session)
    }

    /// # Errors
    /// 405, unless this only wants to read.
    pub(super) fn only_get(&self) -> Result<(), Problem> {
        match self.head.method {
            Method::GET | Method::HEAD => Ok(()),
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        }
    }

    /// # Errors
    /// 405, unless this is a call of `method`, which has this `name`.
    pub(super) fn only(&self, method: Method, name: &'static str) -> Result<(), Problem> {
        match self.head.method == method {
            true => Ok(()),
            false => Err(Problem::method_not_allowed(name)),
        }
    }

    /// The address of the client, as far as it is known. What a proxy says and nobody can read is no address of
    /// this machine's: it counts as the unspecified one.
    pub(super) fn address(&self) -> IpAddr {
        let address = match self.forwarded("x-forwarded-for") {
            Some(text) => read_address(text).unwrap_or(IpAddr::from([0, 0, 0, 0])),
            None => self.head.peer.ip(),
        };
        address.to_canonical()
    }

    /// Whether the client came by https, to a proxy of ours.
    pub(super) fn is_https(&self) -> bool {
        self.forwarded("x-forwarded-proto")
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
    }

    /// The last entry of a header that a trusted proxy wrote. All before it, the client may have made up.
    pub(super) fn forwarded(&self, name: &'static str) -> Option<&str> {
        let mut trusted = self.app.config.trusted_proxy.iter();
        if !trusted.any(|network| network.contains(self.head.peer.ip())) {
            return None;
        }
        let line = self.head.headers.get_all(name).iter().next_back()?;
        let last = line.to_str().unwrap_or_default().rsplit(',').next();
        last.map(str::trim)
    }

    pub(super) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// A parameter of the address.
    pub(super) fn query_value(&self, name: &str) -> Option<Cow<'_, str>> {
        if self.head.query.is_empty() {
            return None;
        }
        let mut pairs = form_urlencoded::parse(self.head.query.as_bytes());
        pairs.find_map(|(key, value)| (key == name).then_some(value))
    }

    /// A number of the address.
    ///
    /// # Errors
    /// 422 if it is there and not a whole number.
    pub(super) fn query_number(&self, name: &'static str) -> Result<Option<u64>, Problem> {
        let Some(text) = self.query_value(name) else {
            return Ok(None);
        };
        let number = text
            .parse()
            .map_err(|_| Problem::invalid(format!("{name} must be a whole number from 0 up")))?;
        Ok(Some(number))
    }

    /// The body as JSON, which should look like `example`.
    ///
    /// # Errors
    /// 400 for what is not JSON, 422 for JSON of another shape, 413 and 408 for too much or too slow a body.
    pub(super) async fn json<T: DeserializeOwned>(&mut self, example: &str) -> Result<T, Problem> {
        let body = self.bytes().await?;
        read_json(&body, example)
    }

    /// The body as [`Call::json`] reads it; `None` if there is none.
    ///
    /// # Errors
    /// As there.
    pub(super) async fn json_if_any<T: DeserializeOwned>(
        &mut self,
        example: &str,
    ) -> Result<Option<T>, Problem> {
        let body = self.bytes().await?;
        if body.is_empty() {
            return Ok(None);
        }
        read_json(&body, example).map(Some)
    }

    async fn bytes(&mut self) -> Result<Bytes, Problem> {
        let (limit, time) = (self.app.config.body_bytes_max, self.app.config.body_timeout);
        let declared = self
            .header(&CONTENT_LENGTH)
            .and_then(|length| length.parse::<usize>().ok());
        if declared.is_some_and(|length| length > limit) {
            return Err(too_large(limit));
        }
        let mut body = pin!(collected(&mut self.body, limit));
        // Most bodies come together with their heads, and need no timer.
        if let Poll::Ready(body) = futures_util::poll!(&mut body) {
            return body;
        }
        tokio::time::timeout(time, body).await.unwrap_or_else(|_| {
            let detail = "the body did not arrive in time";
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", detail).closing())
        })
    }
}

fn read_json<T: DeserializeOwned>(body: &[u8], example: &str) -> Result<T, Problem> {
    match serde_json::from_slice(body) {
        Err(error) if !error.is_data() => {
            let detail = format!("the body is not JSON: {error}; send {example}");
            Err(Problem::new(StatusCode::BAD_REQUEST, "bad_json", detail))
        }
        // What serde derives takes a list of the values as well, in an order that is nobody's business.
        _ if !body.trim_ascii_start().starts_with(b"{") => {
            let detail = format!("the body is not an object; send {example}");
            Err(Problem::invalid(detail))
        }
        Err(error) => Err(Problem::invalid(format!("{error}; send {example}"))),
        Ok(value) => Ok(value),
    }
}

async fn collected(body: &mut Body, limit: usize) -> Result<Bytes, Problem> {
    let mut collected = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| {
            let detail = "the body broke off before its end";
            Problem::new(StatusCode::BAD_REQUEST, "bad_body", detail).closing()
        })?;
        if collected.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        collected.extend_from_slice(&chunk);
    }
    Ok(collected.freeze())
}

fn too_large(limit: usize) -> Problem {
    let detail = format!("the body is too large; at most {limit} bytes are taken");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail).closing()
}

fn read_address(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok();
    address.or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}
