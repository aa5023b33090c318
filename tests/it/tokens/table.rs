//! A table of what was tried, and how it was refused.

use std::collections::BTreeMap;

use reqwest::RequestBuilder;

use super::bad::Bad;
use super::call;
use crate::server::{Answered, Running, client, send};

/// How something is refused: the status, and the problem's code.
pub(super) type Refusal = (u16, &'static str);

pub(super) const UNAUTHORIZED: Refusal = (401, "unauthorized");
pub(super) const FORBIDDEN: Refusal = (403, "forbidden");
pub(super) const FORBIDDEN_ORIGIN: Refusal = (403, "forbidden_origin");
pub(super) const OTHER_USER: Refusal = (403, "other_user");
pub(super) const NO_SESSION: Refusal = (404, "no_session");
pub(super) const INVALID: Refusal = (422, "invalid");

#[derive(Default)]
pub(super) struct Table {
    /// What kind of tokens the server takes that is tried now.
    pub(super) mode: &'static str,
    rows: BTreeMap<String, Vec<String>>,
    /// What was not refused as it should be.
    wrong: Vec<String>,
}

impl Table {
    /// Sends `request`, which is to be refused like this; what the server said.
    pub(super) async fn refused(
        &mut self,
        name: &str,
        request: RequestBuilder,
        expected: Refusal,
    ) -> String {
        let answer = send(request).await;
        self.check(name, &answer, expected);
        self.note(name, &format!("{} {}", expected.0, expected.1));
        answer.body
    }

    /// Tries each by header, by cookie and in the address, and at the calls that take tokens otherwise.
    pub(super) async fn refuse_all(&mut self, server: &Running, tokens: &[Bad]) {
        let mut bodies = Vec::new();
        for (name, token) in tokens {
            let body = self.refused(name, call(server, token), UNAUTHORIZED).await;
            bodies.push(body);
            for way in ways(server, token) {
                let answer = send(way).await;
                self.check(name, &answer, UNAUTHORIZED);
            }
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "whoever tries learns nothing: {bodies:?}");
    }

    pub(super) fn note(&mut self, name: &str, refusal: &str) {
        let row = self.rows.entry(name.to_owned()).or_default();
        row.push(format!("{}: {refusal}", self.mode));
    }

    /// How many there are, all of them refused.
    #[track_caller]
    pub(super) fn count(&self) -> usize {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        self.rows.len()
    }

    pub(super) fn told(&self) -> String {
        let rows = self.rows.iter();
        let rows = rows.map(|(name, modes)| format!("{name}\n    {}\n", modes.join("\n    ")));
        rows.collect()
    }

    fn check(&mut self, name: &str, answer: &Answered, (status, code): Refusal) {
        let is_right = answer.status == status && answer.json()["code"] == code;
        if !is_right {
            let (mode, got, body) = (self.mode, answer.status, &answer.body);
            self.wrong.push(format!("{mode}: {name}: {got} {body}"));
        }
    }
}

fn ways(server: &Running, token: &str) -> [RequestBuilder; 4] {
    let sessions = server.url("/api/sessions");
    let cookie = format!("statechat={token}");
    let events = server.url("/api/events?topics=notifications");
    [
        client().get(&sessions).header("cookie", cookie),
        client().get(format!("{sessions}?{}", in_address(token))),
        client().post(server.url("/api/token")).bearer_auth(token),
        client().get(events).bearer_auth(token),
    ]
}

/// As a part of the address.
pub(super) fn in_address(token: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("token", token).finish()
}
