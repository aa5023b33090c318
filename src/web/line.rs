//! Lines: what the log says of a request. Of its address the path only, for what follows may hold a token; and nothing of
//! what it brings.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use smol_str::SmolStr;
use warp::http::{Method, Request};
use warp::reply::Response;

use crate::record::{Seq, SessionId};

/// The line of a request that is being answered.
pub(super) struct Line {
    method: Method,
    path: String,
    begun: Instant,
    notes: Notes,
}

/// What whoever answers a request notes for its line.
#[derive(Clone, Default)]
pub(super) struct Notes(Arc<Mutex<About>>);

/// What a request is about, as far as it is known.
#[derive(Default)]
pub(super) struct About {
    /// The conversation that it names, or began.
    pub(super) session: Option<SessionId>,
    /// The stream that it opened.
    pub(super) stream: Option<SmolStr>,
    /// The record that it wrote.
    pub(super) seq: Option<Seq>,
}

impl Line {
    /// The line of `request`, if anybody reads such.
    pub(super) fn of<B>(request: &Request<B>) -> Option<Self> {
        tracing::enabled!(tracing::Level::DEBUG).then(|| Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            begun: Instant::now(),
            notes: Notes::default(),
        })
    }

    pub(super) fn notes(&self) -> Notes {
        self.notes.clone()
    }

    pub(super) fn log(&self, response: &Response) {
        let status = response.status().as_u16();
        let micros = u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        let about = self.notes.about();
        tracing::debug!(
            method = %self.method,
            path = self.path,
            status,
            micros,
            session = about.session.as_ref().map(SessionId::as_str),
            stream = about.stream.as_deref(),
            seq = about.seq,
            "request"
        );
    }
}

impl Notes {
    pub(super) fn about(&self) -> MutexGuard<'_, About> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
