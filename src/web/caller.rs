//! The caller: who sends a request, by a token or by a cookie that holds one.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use warp::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN, SET_COOKIE};
use warp::http::{HeaderValue, StatusCode};
use warp::reply::Response;

use super::call::Call;
use super::problem::Problem;
use crate::identity::{Identity, Role};

/// The cookie that carries a token.
const COOKIE_NAME: &str = "statechat";

impl Call {
    /// Who sends this.
    ///
    /// # Errors
    /// 401 without a valid token; 403 if a browser sends it for another site's page.
    pub(super) async fn who(&self) -> Result<Arc<Identity>, Problem> {
        if let Some(identity) = self.who_if_any().await? {
            return Ok(identity);
        }
        let is_there = self.cookie_tokens().next().is_some();
        Err(if is_there {
            self.bad_token()
        } else if self.app.auth.takes_guests() {
            Problem::unauthorized("a token is needed; POST /api/sessions answers one")
        } else {
            Problem::unauthorized("a token is needed; send it as Authorization: Bearer TOKEN")
        })
    }

    /// Who sends this, or `None` if nobody says. A cookie that is not valid any more is none: a page has no other way
    /// to be rid of it.
    ///
    /// # Errors
    /// 401 for an explicit token that is not valid; 403 if a browser sends it for another site's page.
    pub(super) async fn who_if_any(&self) -> Result<Option<Arc<Identity>>, Problem> {
        if let Some(token) = self.explicit_token() {
            return self.identity(&token).await.map(Some);
        }
        self.check_origin()?;
        for token in self.cookie_tokens() {
            // One from before may still be there beside it.
            if let Ok(identity) = self.identity(token).await {
                return Ok(Some(identity));
            }
        }
        Ok(None)
    }

    /// Who sends this, if they may do what only `role`s may.
    ///
    /// # Errors
    /// As [`Call::who`]; 403 for anybody else.
    pub(super) async fn who_as(&self, role: Role) -> Result<Arc<Identity>, Problem> {
        let who = self.who().await?;
        if who.role == role || who.is_admin() {
            return Ok(who);
        }
        let detail = format!("this needs a token with the role {}", role.word());
        Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", detail))
    }

    /// Whether `identity` was not revoked meanwhile: asked after a token was minted for it, so that none outruns that.
    ///
    /// # Errors
    /// 401
    pub(super) fn still_good(&self, identity: &Identity) -> Result<(), Problem> {
        match self.app.auth.is_revoked(identity) {
            true => Err(self.bad_token()),
            false => Ok(()),
        }
    }

    /// The token of `identity`, as it was sent.
    pub(super) fn token_of(&self, identity: &Identity) -> Option<String> {
        let explicit = self.explicit_token();
        let sent = explicit.into_iter().map(Cow::into_owned);
        let mut sent = sent.chain(self.cookie_tokens().map(str::to_owned));
        let is_its = |token: &String| {
            let found = self.app.auth.identity(token, Timestamp::now());
            found.is_ok_and(|found| *found == *identity)
        };
        sent.find(is_its)
    }

    /// Whom `token` names.
    ///
    /// # Errors
    /// 401
    pub(super) async fn identity(&self, token: &str) -> Result<Arc<Identity>, Problem> {
        let (auth, now) = (&self.app.auth, Timestamp::now());
        if let Ok(identity) = auth.identity(token, now) {
            return Ok(identity);
        }
        // Rare, and in a box: else all calls would have room for it.
        let identity = Box::pin(auth.identity_by_new_key(token, now)).await;
        identity.map_err(|_| self.bad_token())
    }

    pub(super) fn bad_token(&self) -> Problem {
        Problem::unauthorized(if self.app.auth.takes_guests() {
            "the token is not valid or has expired; start a new conversation to get one"
        } else {
            "the token is not valid or has expired; get a new one where you got this"
        })
    }

    /// A token that was sent on purpose, by a header or in the address. Another scheme in the header is for a proxy.
    fn explicit_token(&self) -> Option<Cow<'_, str>> {
        let header = self.head.headers.get(AUTHORIZATION);
        // What is not even text is no token either.
        let header = header.map(|value| str::from_utf8(value.as_bytes()).unwrap_or("Bearer ?"));
        let token = header.and_then(bearer).map(Cow::Borrowed);
        token.or_else(|| self.query_value("token"))
    }

    /// The tokens that a browser sends on its own.
    fn cookie_tokens(&self) -> impl Iterator<Item = &str> {
        let headers = self.head.headers.get_all(COOKIE).iter();
        let cookies = headers.filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| {
                let (name, value) = cookie.trim().split_once('=')?;
                (name == COOKIE_NAME).then_some(value)
            })
    }

    /// Has the browser send `token` from now on, until `identity` expires. Not if a page of another site asked for it,
    /// which could make its reader somebody else here.
    pub(super) fn sign_in(&self, response: &mut Response, identity: &Identity, token: &str) {
        if self.check_origin().is_ok() {
            let cookie = self.cookie(identity, token);
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
    }

    fn cookie(&self, identity: &Identity, token: &str) -> HeaderValue {
        let base = &self.app.config.base_path;
        let secure = if self.is_https() { "; Secure" } else { "" };
        let age = identity.expires.duration_since(Timestamp::now());
        let age = age.as_secs().max(0);
        let cookie = format!(
            "{COOKIE_NAME}={token}; Path={base}; Max-Age={age}; HttpOnly; SameSite=Strict{secure}"
        );
        let value = cookie.try_into();
        value.expect("tokens and base paths are plain ASCII")
    }

    /// The cookie of a guest who came by one that has been in use for long.
    pub(super) fn renewed_cookie(&self, identity: &Identity) -> Option<HeaderValue> {
        let now = Timestamp::now();
        let is_by_cookie = self.explicit_token().is_none();
        if !is_by_cookie || !self.app.auth.is_due(identity, now) {
            return None;
        }
        let renewed = crate::auth::guest(identity.user.clone(), now);
        Some(self.cookie(&renewed, &self.app.auth.token(&renewed)))
    }

    /// A browser says for which page it sends a request. Only our own pages, and those that the operator named,
    /// may use the cookie.
    pub(super) fn check_origin(&self) -> Result<(), Problem> {
        let Some(origin) = self.header(&ORIGIN) else {
            return Ok(());
        };
        let host = self
            .forwarded("x-forwarded-host")
            .or_else(|| self.header(&HOST));
        let own = match origin.split_once("://") {
            Some(("http" | "https", origin)) => {
                host.is_some_and(|host| host.eq_ignore_ascii_case(origin))
            }
            _ => false,
        };
        if own || self.app.config.allows_origin(origin) {
            return Ok(());
        }
        let detail = "this origin may not call the API; the operator can allow it with --cors-origin, or name \
                      the proxy in between with --trusted-proxy";
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "forbidden_origin",
            detail,
        ))
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
