//! Problems: every error as `application/problem+json` (RFC 9457), with a code that stays the same.

use std::time::Duration;

use serde_json::{Map, Value, json};
use warp::http::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE,
};
use warp::http::{HeaderValue, StatusCode};
use warp::reply::Response;

use crate::chat::{ChatError, NotifyError, Unstored};

/// Why a call was refused, for the caller to read.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    more: Map<String, Value>,
    retry_after: Option<Duration>,
    allow: Option<&'static str>,
    close: bool,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            more: Map::new(),
            retry_after: None,
            allow: None,
            close: false,
        }
    }

    pub(super) fn not_found() -> Self {
        let detail = "there is nothing at this address; the API is described in the README";
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    pub(super) fn no_session() -> Self {
        let detail = "there is no such conversation; start a new one with POST /api/sessions";
        Self::new(StatusCode::NOT_FOUND, "no_session", detail)
    }

    pub(super) fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    pub(super) fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail)
    }

    pub(super) fn method_not_allowed(allow: &'static str) -> Self {
        let detail = format!("this address takes {allow} only");
        let mut problem = Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail);
        problem.allow = Some(allow);
        problem
    }

    pub(super) fn rate_limited(detail: impl Into<String>, retry_after: Duration) -> Self {
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail);
        problem.retry_after = Some(retry_after);
        problem
    }

    /// A bug of ours. What it was stands on standard error.
    pub(super) fn internal() -> Self {
        let detail =
            "the server failed on this request; try again, and tell the operator if it stays";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// The system gave no random bytes: nothing can be named or signed.
    pub(super) fn no_randomness(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "the system gives no random bytes");
        Self::internal()
    }

    /// The rest of the request is not wanted: the connection ends with this answer.
    pub(super) fn closing(mut self) -> Self {
        self.close = true;
        self
    }

    /// Not now, but soon perhaps.
    pub(super) fn unavailable(code: &'static str, detail: impl Into<String>) -> Self {
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail);
        problem.retry_after = Some(Duration::from_secs(1));
        problem
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.more.insert(name.to_owned(), value);
        self
    }

    pub(super) fn into_response(self) -> Response {
        let mut body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        if let Value::Object(body) = &mut body {
            body.extend(self.more);
        }
        let mut response = Response::new(body.to_string().into());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(after) = self.retry_after {
            headers.insert(
                RETRY_AFTER,
                HeaderValue::from(after.as_secs_f64().ceil().max(1.0) as u64),
            );
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        if self.close {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

impl From<ChatError> for Problem {
    fn from(error: ChatError) -> Self {
        let detail = error.to_string();
        match error {
            ChatError::NoSession => Self::no_session(),
            ChatError::NoBot => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "no_bot", detail),
            ChatError::Invalid(_) => Self::invalid(detail),
            ChatError::NotOffered(refused) => {
                let options = serde_json::to_value(refused.offers).unwrap_or_default();
                Self::new(StatusCode::CONFLICT, "not_offered", detail).with("options", options)
            }
            ChatError::ReadOnly => Self::new(StatusCode::CONFLICT, "read_only", detail),
            ChatError::Full => Self::new(StatusCode::CONFLICT, "session_full", detail),
            ChatError::Watching => Self::new(StatusCode::FORBIDDEN, "not_taking_part", detail),
            ChatError::NotWaiting => Self::new(StatusCode::CONFLICT, "not_waiting", detail),
            ChatError::Taken => Self::new(StatusCode::CONFLICT, "taken", detail),
            ChatError::NotUser => Self::new(StatusCode::FORBIDDEN, "not_user", detail),
            ChatError::NotOwner => Self::new(StatusCode::FORBIDDEN, "not_owner", detail),
            ChatError::Crowded { .. } => Self::new(StatusCode::CONFLICT, "crowded", detail),
            ChatError::Busy => {
                let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "busy", detail);
                problem.retry_after = Some(Duration::from_secs(1));
                problem
            }
            ChatError::Contended => Self::unavailable("conflict", detail),
            ChatError::RateLimited { retry_after } => Self::rate_limited(detail, retry_after),
            ChatError::Panicked => {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "bot_failed", detail)
            }
            ChatError::Unreadable => Self::new(StatusCode::CONFLICT, "unreadable", detail),
            ChatError::Damaged => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "damaged", detail),
            ChatError::Log(_) => Self::unavailable("log_unavailable", detail),
        }
    }
}

impl From<Unstored> for Problem {
    fn from(error: Unstored) -> Self {
        Self::unavailable("log_unavailable", error.to_string())
    }
}

impl From<NotifyError> for Problem {
    fn from(error: NotifyError) -> Self {
        let detail = error.to_string();
        match error {
            NotifyError::Full => Self::new(StatusCode::CONFLICT, "too_many_kept", detail),
            NotifyError::Log(_) => Self::unavailable("log_unavailable", detail),
        }
    }
}
