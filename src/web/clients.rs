//! `/api/clients`: the open streams, and what they were sent.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response};
use crate::hub::{Client, Listener};
use crate::identity::Role;
use crate::record::{SessionId, UserId};

/// How many streams, and how many users, one answer lists.
const LISTED_MAX: usize = 1_000;

#[derive(Serialize)]
struct Listed<'a> {
    stream: &'a str,
    user: &'a UserId,
    name: Option<&'a str>,
    role: Role,
    session: Option<&'a SessionId>,
    topics: Vec<&'static str>,
    since: String,
    sent: u64,
    behind: u64,
    skipped: u64,
}

impl<'a> Listed<'a> {
    fn new(client: &'a Client) -> Self {
        let listener = &*client.listener;
        Self {
            stream: &listener.stream,
            user: &listener.identity.user,
            name: listener.identity.name.as_deref(),
            role: listener.identity.role,
            session: listener.session.as_ref(),
            topics: listener.topics.names(),
            since: format!("{:.3}", client.since),
            sent: client.sent,
            behind: client.behind,
            skipped: client.skipped,
        }
    }
}

/// `GET /api/clients`
pub(super) async fn list(call: Call) -> Answer {
    call.only_get()?;
    call.who_as(Role::Admin).await?;
    let filter = Filter::of(&call)?;
    let hub = call.app.chat.hub();
    let clients = hub.clients(|listener| filter.takes(listener));
    let listed = clients.iter().take(LISTED_MAX).map(Listed::new);
    let traffic = hub.traffic();
    Ok(json_response(&json!({
        "clients": listed.collect::<Vec<_>>(),
        "more": clients.len().saturating_sub(LISTED_MAX),
        "totals": {
            "connected": clients.len(),
            "byUser": by_user(&clients),
            "averageSeconds": average_seconds(&clients, Timestamp::now()),
            "eventsSent": traffic.events,
            "lastEventAt": traffic.last.map(|last| format!("{last:.3}")),
        },
    })))
}

/// Which streams to list: those of all that is named.
struct Filter {
    user: Option<UserId>,
    session: Option<SessionId>,
    stream: Option<SmolStr>,
}

impl Filter {
    fn of(call: &Call) -> Result<Self, Problem> {
        let user = call.query_value("user").map(|user| user.parse());
        let session = call.query_value("session").map(|session| session.parse());
        let invalid = |error| Problem::invalid(format!("{error}"));
        Ok(Self {
            user: user.transpose().map_err(invalid)?,
            session: session.transpose().map_err(invalid)?,
            stream: call.query_value("stream").map(Into::into),
        })
    }

    fn takes(&self, listener: &Listener) -> bool {
        let Self {
            user,
            session,
            stream,
        } = self;
        user.as_ref()
            .is_none_or(|user| *user == listener.identity.user)
            && (session.is_none() || *session == listener.session)
            && stream
                .as_ref()
                .is_none_or(|stream| *stream == listener.stream)
    }
}

/// How many streams each user has: of the users with the most.
fn by_user(clients: &[Client]) -> Map<String, Value> {
    let mut counts: HashMap<&UserId, u64> = HashMap::new();
    for client in clients {
        *counts.entry(&client.listener.identity.user).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(user, count)| (std::cmp::Reverse(count), user));
    counts.truncate(LISTED_MAX);
    let counts = counts.into_iter();
    counts
        .map(|(user, count)| (user.to_string(), count.into()))
        .collect()
}

/// How long the streams have been open so far, on average; 0 if there is none.
fn average_seconds(clients: &[Client], now: Timestamp) -> f64 {
    let seconds = clients
        .iter()
        .map(|client| now.duration_since(client.since).as_secs_f64());
    let sum: f64 = seconds.sum();
    let average = sum / clients.len().max(1) as f64;
    (average * 1e3).round() / 1e3
}
