//! Notifications: who gets them, what becomes of them, and who is connected.

mod kept;
mod sending;
mod slow;
mod watching;

use std::sync::Arc;

use serde_json::{Value, json};
use statechat::bots::stock::Market;
use statechat::identity::{Identity, Role};
use statechat::log::{Log, SqliteLog};
use statechat::sources::quotes::FileQuotes;

use crate::folder::Folder;
use crate::server::{Answered, Opened, Running, client, identity, patient, send, stock, token};
use crate::streams::Listener;

pub(super) const TOPIC: &str = "/api/events?topics=notifications";

/// A server and who may send.
pub(super) struct Desk {
    pub(super) server: Running,
    pub(super) admin: String,
}

impl Desk {
    pub(super) fn over(server: Running) -> Self {
        let admin = token(&identity("boss", Role::Admin));
        Self { server, admin }
    }

    pub(super) fn new(flags: &[&str]) -> Self {
        Self::over(Running::start(flags))
    }

    /// A server over the database in `folder`.
    pub(super) fn kept_in(folder: &Folder) -> Self {
        let log = SqliteLog::open(&folder.file("chat.db"), Arc::default()).unwrap();
        let log: Arc<dyn Log> = Arc::new(log);
        let bots = stock(FileQuotes(Arc::new(Market::bundled())));
        Self::over(Running::start_over(&[], bots, log))
    }

    pub(super) async fn post(&self, body: Value) -> Answered {
        let request = client().post(self.server.url("/api/notifications"));
        send(request.bearer_auth(&self.admin).json(&body)).await
    }

    /// Sends it and answers what came of it.
    pub(super) async fn notify(&self, body: Value) -> Value {
        let answer = self.post(body).await;
        assert_eq!(answer.status, 202, "{}", answer.body);
        answer.json()
    }

    pub(super) async fn get(&self, path: &str) -> Answered {
        let request = client().get(self.server.url(path));
        send(request.bearer_auth(&self.admin)).await
    }

    /// What is told of a notification.
    pub(super) async fn told(&self, sent: &Value, query: &str) -> Value {
        let id = sent["id"].as_str().unwrap();
        let answer = self.get(&format!("/api/notifications/{id}{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    pub(super) async fn clients(&self, query: &str) -> Value {
        let answer = self.get(&format!("/api/clients{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    pub(super) async fn stream(&self, who: &Identity, path: &str) -> Stream {
        let request = client().get(self.server.url(path));
        let mut listener = Listener::answering(request.bearer_auth(token(who))).await;
        let connected = listener.expect("connected").await;
        Stream {
            name: connected["stream"].as_str().unwrap().to_owned(),
            listener,
        }
    }

    /// Asks until `clients` are connected.
    pub(super) async fn wait_for_clients(&self, clients: u64) {
        let connected = async {
            while self.clients("").await["totals"]["connected"] != clients {
                tokio::task::yield_now().await;
            }
        };
        patient(connected).await;
    }
}

pub(super) struct Stream {
    pub(super) name: String,
    pub(super) listener: Listener,
}

impl Stream {
    /// The next notification's `event`, past what a conversation says.
    pub(super) async fn hears(&mut self) -> String {
        loop {
            let event = self.listener.next().await.expect("the stream ended");
            if event.event.as_deref() == Some("notification") {
                assert_eq!(event.id, None, "it would move the cursor");
                let data: Value = serde_json::from_str(&event.data.unwrap()).unwrap();
                return data["event"].as_str().unwrap().to_owned();
            }
        }
    }
}

pub(super) fn user(name: &str) -> Identity {
    identity(name, Role::User)
}

pub(super) fn trader(name: &str, desk: &str) -> Identity {
    let mut identity = user(name);
    identity.meta.insert("desk".to_owned(), desk.into());
    identity.meta.insert("role".to_owned(), "trader".into());
    identity
}

/// A session of `who`.
pub(super) async fn session_of(desk: &Desk, who: &Identity) -> Opened {
    let token = token(who);
    let request = client().post(desk.server.url("/api/sessions"));
    let request = request.bearer_auth(&token).json(&json!({"bot": "stock"}));
    let answer = send(request).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    Opened {
        address: desk.server.address,
        id: answer.json()["id"].as_str().unwrap().to_owned(),
        token,
    }
}
