//! The web: addresses, problems, the page, and the server loop.
//!
//! Only this module knows HTTP. A route is a few lines over functions of [`crate::chat`].

mod accept;
mod bots;
mod call;
mod caller;
mod clients;
mod connection;
mod events;
mod exports;
mod front;
mod handover;
mod line;
mod messages;
mod notifications;
mod operate;
mod page;
mod people;
mod problem;
mod routes;
mod server;
mod sessions;
mod streamed;
mod tagged;
mod timer;
mod tokens;

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;
use serde::Serialize;
use warp::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use warp::http::{HeaderValue, StatusCode};
use warp::reply::Response;

use crate::auth::Auth;
use crate::chat::{Bucket, Chat, ChatError, Rate};
use crate::config::Config;
use crate::metrics::Metrics;
use crate::record::SessionId;

use exports::Exports;
use operate::Readiness;
use problem::Problem;
pub use server::{Server, ServerError};

/// What a handler answers.
type Answer = Result<Response, Problem>;

/// How many addresses are remembered for what they started. Who is forgotten starts with a full bucket.
const ADDRESSES_MAX: NonZeroUsize = NonZeroUsize::new(10_000).expect("more than none");

/// What all calls share.
struct App {
    chat: Arc<Chat>,
    auth: Arc<Auth>,
    config: Config,
    metrics: Arc<Metrics>,
    started: Instant,
    readiness: Readiness,
    exports: Exports,
    starters: Mutex<LruCache<IpAddr, Bucket>>,
}

impl App {
    fn new(chat: Arc<Chat>, auth: Arc<Auth>, config: Config, metrics: Arc<Metrics>) -> Arc<Self> {
        Arc::new(Self {
            chat,
            auth,
            config,
            metrics,
            started: Instant::now(),
            readiness: Readiness::default(),
            exports: Exports::default(),
            starters: Mutex::new(LruCache::new(ADDRESSES_MAX)),
        })
    }

    /// Lets `address` start one more session, unless it has started too many.
    fn admit(&self, address: IpAddr) -> Result<(), ChatError> {
        if address.is_loopback() {
            return Ok(());
        }
        let rate = Rate {
            size: self.config.new_sessions_per_minute,
            period: Duration::from_secs(60),
        };
        let now = Instant::now();
        let mut starters = self.starters.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = starters.get_or_insert_mut(address, || Bucket::full(rate, now));
        let taken = bucket.take(rate, now);
        taken.map_err(|retry_after| ChatError::RateLimited { retry_after })
    }
}

/// The session of this name. What cannot be an id is a session that is not there.
fn session_id(text: &str) -> Result<SessionId, Problem> {
    text.parse().map_err(|_| Problem::no_session())
}

fn no_content() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

fn json_response(value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).expect("our answers are plain data");
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    // Checked when this is compiled, and not with each answer.
    let json = const { HeaderValue::from_static("application/json") };
    headers.insert(CONTENT_TYPE, json);
    let no_store = const { HeaderValue::from_static("no-store") };
    headers.insert(CACHE_CONTROL, no_store);
    response
}
