//! Tokens are for who sends them: no log has one, whatever is logged.

use std::fs::File;
use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};

use super::claims;
use super::command::minted;
use super::signer::Signer;
use crate::folder::Folder;
use crate::process::Process;
use crate::server::{Opened, client, raw, send};
use crate::streams::Listener;

#[tokio::test]
async fn no_token_is_in_the_log() {
    let folder = Folder::new();
    let (home, path) = (folder.file("home"), folder.file("log"));
    let flags = ["--log-format", "json", "--log", "trace"];
    let process = Process::start_logging(&home, &flags, File::create(&path).unwrap());
    let session = process.open().await;
    let admin = minted(&home, &["--sub", "root", "--role", "admin"]);
    let short = minted(&home, &["--sub", "short", "--for", "1s"]);
    let bad = Signer::ed("ed").named("k1").token(&claims("u1"));
    let own = send(session.request(Method::POST, "/api/token")).await;
    let own = own.json();
    let renewed = own["token"].as_str().unwrap().to_owned();
    let mut listener = Listener::open(&session, "", None).await;
    for token in [&session.token, &admin, &bad, &short] {
        send_everywhere(&process, &session, token).await;
    }
    // What hyper cannot read it may speak of.
    let broken = format!("GET /\r\nauthorization: Bearer {admin}\r\n\r\n");
    raw(process.address, broken.as_bytes()).await;
    let user = own["user"].as_str().unwrap();
    let revoke = format!("http://{}/api/tokens/{user}", process.address);
    let revoked = send(client().delete(revoke).bearer_auth(&admin)).await;
    assert_eq!(revoked.status, 204);
    while listener.next().await.is_some() {}
    process.stop();
    holds_none(&path, &[session.token, renewed, admin, short, bad]);
}

async fn send_everywhere(process: &Process, session: &Opened, token: &str) {
    let url = |path: &str| format!("http://{}{path}", process.address);
    let own = |body: Value| session.request(Method::POST, "/api/token").json(&body);
    let cookie = format!("statechat={token}");
    let code = json!({ "code": token });
    for request in [
        client().get(url("/api/sessions")).bearer_auth(token),
        client().get(url(&format!("/api/sessions?token={token}"))),
        client().get(url("/api/sessions")).header("cookie", cookie),
        client().post(url("/api/token")).json(&code),
        own(json!({ "token": token })),
        own(json!({ "tokn": token })),
    ] {
        send(request).await;
    }
    let events = url(&format!("/api/events?topics=notifications&token={token}"));
    drop(client().get(events).send().await.unwrap());
}

fn holds_none(path: &Path, tokens: &[String]) {
    let log = std::fs::read_to_string(path).unwrap();
    let lines = log.lines().map(serde_json::from_str);
    let lines: Vec<Value> = lines.map(Result::unwrap).collect();
    // It did log what happened.
    for said in ["request", "tokens revoked", "stream ended"] {
        assert!(lines.iter().any(|line| line["message"] == said), "{said}");
    }
    for part in tokens.iter().flat_map(|token| token.split('.')) {
        let line = log.lines().find(|line| line.contains(part));
        assert_eq!(line, None, "{part}");
    }
    assert_eq!(log.lines().find(|line| line.contains("eyJ")), None);
}
