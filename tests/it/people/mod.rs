//! People: several in one conversation, what they see of each other, and what they do not.

mod agents;
mod bot;
mod talk;
mod walks;

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use statechat::identity::Role;

use crate::server::{Answered, Opened, Running, identity, patient, send, token};
use crate::streams::Listener;

/// `user`'s way into the session of somebody else.
fn entering(session: &Opened, user: &str, role: Role) -> Opened {
    Opened {
        token: token(&identity(user, role)),
        ..session.clone()
    }
}

/// A conversation of `owner` with `others`.
async fn meeting(server: &Running, owner: &str, others: &[&str]) -> Opened {
    let mut session = Opened {
        address: server.address,
        id: String::new(),
        token: token(&identity(owner, Role::User)),
    };
    let body = json!({ "bot": "stock", "participants": others });
    let request = session.request(Method::POST, "/api/sessions").json(&body);
    let opened = send(request).await;
    assert_eq!(opened.status, 201, "{}", opened.body);
    session.id = opened.json()["id"].as_str().unwrap().to_owned();
    session
}

async fn call(session: &Opened, method: Method, name: &str, body: Value) -> Answered {
    let path = format!("{}/{name}", session.path());
    send(session.request(method, &path).json(&body)).await
}

async fn listen(session: &Opened) -> Listener {
    Listener::open(session, "&last=0", None).await
}

/// The next event of this name, past heartbeats and others.
async fn heard(listener: &mut Listener, name: &str) -> Value {
    let heard = async {
        loop {
            let event = listener.next().await.expect("the stream ended");
            if event.event.as_deref() == Some(name) {
                return serde_json::from_str(&event.data.unwrap()).unwrap();
            }
        }
    };
    // Heartbeats come for ever.
    patient(heard).await
}

/// All events up to the message with this text, by name.
async fn names_until(listener: &mut Listener, text: &str) -> Vec<String> {
    let mut names = Vec::new();
    loop {
        let event = listener.next().await.expect("the stream ended");
        let name = event.event.unwrap();
        let data: Value = serde_json::from_str(&event.data.unwrap()).unwrap();
        names.push(name);
        if data["text"] == text {
            return names;
        }
    }
}
