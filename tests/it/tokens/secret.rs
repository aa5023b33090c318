//! Tokens are for who sends them: no log has one, whatever is logged.

use std::fs::File;

use reqwest::Method;
use serde_json::{Value, json};

use super::claims;
use super::command::minted;
use super::signer::Signer;
use crate::folder::Folder;
use crate::process::Process;
use crate::server::{client, raw, send};
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
    let url = |path: &str| format!("http://{}{path}", process.address);
    let answer = send(session.request(Method::POST, "/api/token")).await;
    let body = answer.json();
    let renewed = body["token"].as_str().unwrap().to_owned();
    let mut listener = Listener::open(&session, "", None).await;
    let mut streams = Vec::new();
    for token in [&session.token, &admin, &bad, &short] {
        send(client().get(url("/api/sessions")).bearer_auth(token)).await;
        send(client().get(url(&format!("/api/sessions?token={token}")))).await;
        send(
            client()
                .get(url("/api/sessions"))
                .header("cookie", format!("statechat={token}")),
        )
        .await;
        send(
            client()
                .post(url("/api/token"))
                .json(&json!({ "code": token })),
        )
        .await;
        send(
            session
                .request(Method::POST, "/api/token")
                .json(&json!({ "token": token })),
        )
        .await;
        send(
            session
                .request(Method::POST, "/api/token")
                .json(&json!({ "tokn": token })),
        )
        .await;
        let events = url(&format!("/api/events?topics=notifications&token={token}"));
        streams.push(client().get(events).send().await.unwrap());
    }
    // What hyper cannot read it may speak of.
    raw(
        process.address,
        format!("GET /\r\nauthorization: Bearer {admin}\r\n\r\n").as_bytes(),
    )
    .await;
    let revoke = url(&format!("/api/tokens/{}", body["user"].as_str().unwrap()));
    assert_eq!(
        send(client().delete(revoke).bearer_auth(&admin))
            .await
            .status,
        204
    );
    while listener.next().await.is_some() {}
    drop(streams);
    process.stop();

    let log = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        lines.iter().any(|line| line["message"] == "request"),
        "{log}"
    );
    assert!(
        lines.iter().any(|line| line["message"] == "tokens revoked"),
        "{log}"
    );
    for token in [session.token, renewed, admin, short, bad] {
        for part in token.split('.') {
            let line = log.lines().find(|line| line.contains(part));
            assert_eq!(line, None, "{part}");
        }
    }
    assert_eq!(log.lines().find(|line| line.contains("eyJ")), None);
}
