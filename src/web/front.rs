//! The front: what holds for every request and every answer, whatever the route.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::service::Service;
use warp::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, LOCATION,
    ORIGIN, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use warp::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use warp::reply::Response;

use super::call::Head;
use super::line::Line;
use super::problem::Problem;
use super::{App, no_content};

/// Only our own files, and nothing that is written into the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// Nothing at all, should a browser ever take an answer of the API for a document.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// A picture is looked at, and brings its colours with it; it holds no script, and none would run.
const PICTURE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

#[derive(Clone)]
pub(super) struct Front {
    app: Arc<App>,
}

impl Front {
    pub(super) fn new(app: &Arc<App>) -> Self {
        Self {
            app: Arc::clone(app),
        }
    }

    /// Passes `request`, which came from `peer`, to `routes`, and the answer back.
    pub(super) async fn pass<S>(
        &self,
        mut request: Request<Incoming>,
        peer: SocketAddr,
        routes: &S,
    ) -> Response
    where
        S: Service<Request<Incoming>, Response = Response, Error = Infallible>,
    {
        let line = Line::of(&request);
        let is_api = self.is_api(request.uri().path());
        let origin = self.allowed_origin(request.headers());
        let mut response = if origin.is_some() && is_preflight(&request) {
            preflight()
        } else {
            match self.relocated(&mut request) {
                Ok(()) => {
                    let notes = line.as_ref().map(Line::notes);
                    let head = Head::taken(&mut request, peer, notes);
                    // Called within: the routes may look for the head as soon as that.
                    answered(head.beside(async { routes.call(request).await })).await
                }
                Err(response) => *response,
            }
        };
        if let Some(origin) = origin {
            allow(response.headers_mut(), origin);
        }
        if !self.app.config.cors_origin.is_empty() {
            response
                .headers_mut()
                .append(VARY, HeaderValue::from_static("origin"));
        }
        secure(response.headers_mut(), is_api);
        self.app.metrics.answered(response.status().as_str());
        if let Some(line) = line {
            line.log(&response);
        }
        response
    }

    fn is_api(&self, path: &str) -> bool {
        let inner = path.strip_prefix(self.app.config.base_path.as_str());
        inner.is_some_and(|inner| inner.starts_with("api/"))
    }

    /// Takes the base path off the request's.
    fn relocated(&self, request: &mut Request<Incoming>) -> Result<(), Box<Response>> {
        // CONNECT and OPTIONS come without a path, for which there is no route.
        if !request.uri().path().starts_with('/') {
            return Err(Box::new(Problem::not_found().into_response()));
        }
        let base_path = &self.app.config.base_path;
        if base_path == "/" {
            return Ok(());
        }
        let uri = request.uri();
        let Some(rest) = uri.path().strip_prefix(base_path.as_str()) else {
            return Err(Box::new(if format!("{}/", uri.path()) == *base_path {
                let query = uri.query().map(|query| format!("?{query}"));
                moved(&format!("{base_path}{}", query.unwrap_or_default()))
            } else {
                Problem::not_found().into_response()
            }));
        };
        let query = uri
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        let inner = format!("/{rest}{query}").parse::<Uri>();
        *request.uri_mut() = inner.map_err(|_| Box::new(Problem::not_found().into_response()))?;
        Ok(())
    }

    fn allowed_origin(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(ORIGIN)?;
        let text = origin.to_str().ok()?;
        self.app.config.allows_origin(text).then(|| origin.clone())
    }
}

/// The routes' answer; a panic among them is one as well.
fn answered(
    answer: impl Future<Output = Result<Response, Infallible>>,
) -> impl Future<Output = Response> {
    let answer = AssertUnwindSafe(answer).catch_unwind();
    answer.map(|answer| match answer {
        Ok(Ok(response)) => response,
        Err(_) => Problem::internal().into_response(),
    })
}

fn is_preflight(request: &Request<Incoming>) -> bool {
    request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight() -> Response {
    let mut response = no_content();
    let headers = response.headers_mut();
    let fixed = [
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
        (
            ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, last-event-id",
        ),
        (ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    set(headers, fixed);
    response
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let fixed = [
        (ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after, location"),
    ];
    set(headers, fixed);
}

/// The API answers no documents but pictures, so what only concerns documents stays away from it.
fn secure(headers: &mut HeaderMap, is_api: bool) {
    let nosniff = const { HeaderValue::from_static("nosniff") };
    headers.insert(X_CONTENT_TYPE_OPTIONS, nosniff);
    if is_api {
        let is_picture = headers
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind == "image/svg+xml");
        let policy = if is_picture {
            HeaderValue::from_static(PICTURE_POLICY)
        } else {
            // Checked when this is compiled: with each answer it would take longer than to add it.
            const { HeaderValue::from_static(API_POLICY) }
        };
        headers.insert(CONTENT_SECURITY_POLICY, policy);
        return;
    }
    let fixed = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    set(headers, fixed);
}

fn set<const N: usize>(headers: &mut HeaderMap, fixed: [(HeaderName, &'static str); N]) {
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

fn moved(to: &str) -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}
