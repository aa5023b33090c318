//! How long a token is good: streams end with it, go on with the next one, and are cut when it is revoked.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use statechat::auth::{Auth, GUEST_LIFETIME, Outside, guest};
use statechat::hub::{Hub, HubLimits, Listener as Listening, Topics};
use statechat::identity::{Identity, Role};
use statechat::log::SqliteLog;

use super::signer::Signer;
use super::{claims, expected, jwt_server, key, server};
use crate::folder::Folder;
use crate::process::Process;
use crate::server::{KEY, Opened, Running, client, identity, send, stock_of_file, token};
use crate::streams::Listener;

const SOON: Duration = Duration::from_secs(2);

/// Starts a session as whoever `token` names.
pub(super) async fn opened(server: &Running, token: &str) -> Opened {
    let start = client()
        .post(server.url("/api/sessions"))
        .bearer_auth(token);
    let answer = send(start.json(&json!({ "bot": "stock" }))).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    Opened {
        address: server.address,
        id: answer.json()["id"].as_str().unwrap().into(),
        token: token.into(),
    }
}

/// A stream of the session that has said what there was to say.
pub(super) async fn listening(session: &Opened) -> Listener {
    let mut listener = Listener::open(session, "", None).await;
    listener.expect("connected").await;
    listener.expect("message").await;
    listener
}

/// A token of the server's own that is good until `expires`.
pub(super) fn until(user: &str, role: Role, expires: Timestamp) -> String {
    token(&Identity {
        expires,
        ..identity(user, role)
    })
}

/// Waits for the stream's last event, which says that its token has ended.
pub(super) async fn expires(listener: &mut Listener) {
    let ending = listener.expect("expired").await;
    assert!(ending["retryMs"].as_u64().unwrap() >= 1_000);
    assert!(listener.next().await.is_none(), "and then it closes");
}

async fn post_token(server: &Running, token: &str, body: &Value) -> Value {
    let post = client().post(server.url("/api/token")).bearer_auth(token);
    let answer = send(post.json(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn a_stream_ends_with_its_token() {
    let outside = Outside::public_key(&key("ed.public"), &expected()).unwrap();
    let (jwt, _) = jwt_server(&[], outside);
    let (guests, _) = server(&[], Auth::guest(&KEY));
    for (server, is_jwt) in [(&jwt, true), (&guests, false)] {
        let at = Timestamp::from_second(Timestamp::now().as_second() + 2).unwrap();
        let mut claims = claims("u1");
        claims["exp"] = json!(at.as_second());
        let token = if is_jwt {
            Signer::ed("ed").token(&claims)
        } else {
            until("u1", Role::User, at)
        };
        let mut listener = listening(&opened(server, &token).await).await;
        expires(&mut listener).await;
        assert!(Timestamp::now() >= at, "it ended too soon");
    }
}

/// The stream goes on beyond the end of its token, which another user's stream shows to have come.
async fn outlives(server: &Running, session: &Opened, next: &str, body: &Value, at: Timestamp) {
    let other = until("other", Role::User, at + Duration::from_millis(300));
    let mut clock = listening(&opened(server, &other).await).await;
    let mut listener = listening(session).await;
    let answer = post_token(server, &session.token, body).await;
    let expires_at: Timestamp = answer["expires"].as_str().unwrap().parse().unwrap();
    assert!(expires_at > at + SOON, "{answer}");
    expires(&mut clock).await;
    assert!(Timestamp::now() > at);
    let token = if next.is_empty() {
        answer["token"].as_str().unwrap()
    } else {
        next
    };
    let session = Opened {
        token: token.into(),
        ..session.clone()
    };
    let seq = session.say("lse").await;
    listener.until(seq).await;
}

#[tokio::test]
async fn another_token_of_the_same_user_keeps_a_stream_open() {
    let outside = Outside::public_key(&key("ed.public"), &expected()).unwrap();
    let (server, _) = jwt_server(&[], outside);
    let at = Timestamp::from_second(Timestamp::now().as_second() + 2).unwrap();
    let mut short = claims("u1");
    short["exp"] = json!(at.as_second());
    let session = opened(&server, &Signer::ed("ed").token(&short)).await;
    let next = Signer::ed("ed").token(&claims("u1"));
    outlives(&server, &session, &next, &json!({ "token": next }), at).await;
}

#[tokio::test]
async fn a_guests_renewed_token_keeps_a_stream_open() {
    let (server, _) = server(&[], Auth::guest(&KEY));
    let at = Timestamp::now() + SOON;
    let old = guest("guest-old".parse().unwrap(), at - GUEST_LIFETIME);
    let session = opened(&server, &token(&old)).await;
    outlives(&server, &session, "", &json!({}), at).await;
}

#[tokio::test]
async fn a_token_that_vouches_for_less_keeps_no_stream_open() {
    let (server, _) = server(&[], Auth::guest(&KEY));
    let at = Timestamp::now() + SOON;
    let session = opened(&server, &until("u1", Role::Admin, at)).await;
    let mut listener = listening(&session).await;
    let less = token(&identity("u1", Role::User));
    post_token(&server, &session.token, &json!({ "token": less })).await;
    expires(&mut listener).await;
}

#[test]
fn a_revocation_ends_the_streams_of_older_tokens_of_that_user() {
    let hub = Hub::new(HubLimits {
        streams_max: 9,
        streams_per_session: 9,
    });
    let now = Timestamp::now();
    let open = |user: &str, issued| {
        let identity = Identity {
            issued,
            ..identity(user, Role::User)
        };
        let listening = Listening {
            stream: format!("{user}-{issued}").into(),
            identity: identity.into(),
            session: None,
            topics: Topics::default(),
            echo: true,
        };
        hub.subscribe(listening, now).unwrap()
    };
    let (old, new) = (open("u1", now - SOON), open("u1", now + SOON));
    let other = open("u2", now - SOON);
    hub.revoke(&"u1".parse().unwrap(), now);
    let ended = [old, new, other].map(|stream| stream.has_expired());
    assert_eq!(ended, [true, false, false]);
}

#[tokio::test]
async fn a_revocation_cuts_streams_at_once_and_holds_after_a_restart() {
    let folder = Folder::new();
    let home = folder.file("home");
    let process = Process::start(&home, &[]);
    let session = process.open().await;
    let mut listener = listening(&session).await;
    let bystander = process.open().await;
    let mut other = listening(&bystander).await;
    let body = post(&process, &session, &json!({})).await.json();
    let user = body["user"].as_str().unwrap();
    let admin = super::command::minted(&home, &["--sub", "root", "--role", "admin"]);
    revoke(&process, user, &admin).await;
    expires(&mut listener).await;
    let newest = body["token"].as_str().unwrap();
    refused(&process, &session, newest).await;
    let after = super::command::minted(&home, &["--sub", user]);
    let again = Opened {
        token: after.clone(),
        ..session.clone()
    };
    let seq = again.say("lse").await;
    Listener::open(&again, "", None).await.until(seq).await;
    let seq = bystander.say("lse").await;
    other.until(seq).await;

    process.stop();
    let process = Process::start(&home, &[]);
    refused(&process, &session, &session.token).await;
    refused(&process, &session, newest).await;
    let again = Opened {
        token: after,
        ..process.found(&session)
    };
    assert_eq!(again.get(&again.path()).await.status, 200);
}

#[tokio::test]
async fn a_revocation_that_cannot_be_stored_holds_until_a_restart_and_is_told_so() {
    let folder = Folder::new();
    let path = folder.file("chat.db");
    let log = Arc::new(SqliteLog::open(&path, Arc::default()).unwrap());
    let server = Running::start_over(&[], stock_of_file(), log);
    let session = server.open().await;
    let mut listener = listening(&session).await;
    let user = post_token(&server, &session.token, &json!({})).await["user"].clone();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let admin = token(&identity("root", Role::Admin));
    let url = server.url(&format!("/api/tokens/{}", user.as_str().unwrap()));
    let revoke = || send(client().delete(&url).bearer_auth(&admin));
    let problem = revoke().await.is_problem(503, "log_unavailable");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("until a restart"), "{detail}");
    expires(&mut listener).await;
    let answer = session.get(&session.path()).await;
    answer.is_problem(401, "unauthorized");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(revoke().await.status, 204);
}

async fn post(process: &Process, session: &Opened, body: &Value) -> crate::server::Answered {
    let session = process.found(session);
    send(session.request(Method::POST, "/api/token").json(body)).await
}

async fn revoke(process: &Process, user: &str, admin: &str) {
    let url = format!("http://{}/api/tokens/{user}", process.address);
    let answer = send(client().delete(url).bearer_auth(admin)).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
}

async fn refused(process: &Process, session: &Opened, token: &str) {
    let session = Opened {
        token: token.into(),
        ..process.found(session)
    };
    let answer = session.get(&session.path()).await;
    answer.is_problem(401, "unauthorized");
}
