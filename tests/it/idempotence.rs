//! A message sent twice counts once.

use reqwest::Method;
use serde_json::json;

use crate::server::{Running, client, send};

#[tokio::test]
async fn a_repeated_client_id_gets_the_first_answer_whatever_else_it_holds() {
    let server = Running::start(&["--rate-limit", "1"]);
    let session = server.open().await;
    let first = session
        .post(json!({ "choose": "LSE", "clientId": "m1" }))
        .await;
    assert_eq!((first.status, first.json()["seq"].as_u64()), (202, Some(2)));
    for body in [
        json!({ "choose": "LSE", "clientId": "m1" }),
        json!({ "choose": "nothing", "clientId": "m1" }),
        json!({ "text": "", "clientId": "m1" }),
        json!({ "clientId": "m1" }),
        json!({ "more": [], "clientId": "m1" }),
    ] {
        let again = session.post(body).await;
        assert_eq!((again.status, &again.body), (202, &first.body));
    }
    assert_eq!(session.records().await.len(), 3);
}

#[tokio::test]
async fn twenty_at_once_with_one_client_id_are_one_message() {
    let server = Running::start(&["--rate-limit", "0"]);
    let session = server.open().await;
    let posts = (0..20).map(|_| session.post(json!({ "choose": "LSE", "clientId": "m1" })));
    let answers = futures_util::future::join_all(posts).await;
    for answer in answers {
        assert_eq!(
            (answer.status, answer.json()["seq"].as_u64()),
            (202, Some(2))
        );
    }
    assert_eq!(session.records().await.len(), 3);
}

#[tokio::test]
async fn a_refused_message_does_not_use_up_its_client_id() {
    let server = Running::start(&[]);
    let session = server.open().await;
    session
        .post(json!({ "choose": "GSK", "clientId": "m1" }))
        .await
        .is_problem(409, "not_offered");
    let accepted = session
        .post(json!({ "choose": "LSE", "clientId": "m1" }))
        .await;
    assert_eq!(accepted.status, 202);
    let records = session.records().await;
    assert_eq!(records[1]["clientId"], "m1");
}

#[tokio::test]
async fn a_session_is_started_once_a_client_id() {
    let server = Running::start(&[]);
    let user = server.open().await;
    let start = async || {
        let request = client()
            .post(server.url("/api/sessions"))
            .bearer_auth(&user.token);
        let answer = send(request.json(&json!({ "bot": "stock", "clientId": "s1" }))).await;
        assert_eq!(answer.status, 201);
        answer.json()["id"].clone()
    };
    assert_eq!(start().await, start().await);
    // Without a credential there is no telling who asks: two guests, two sessions.
    let guest = async || {
        let request = client().post(server.url("/api/sessions"));
        send(request.json(&json!({ "bot": "stock", "clientId": "s1" })))
            .await
            .json()["id"]
            .clone()
    };
    assert_ne!(guest().await, guest().await);
}

#[tokio::test]
async fn a_step_is_finished_even_if_its_sender_hangs_up() {
    use tokio::io::AsyncWriteExt;
    let server = Running::start(&["--rate-limit", "0"]);
    let session = server.open().await;
    for round in 1..=20 {
        let body = json!({ "text": "help", "clientId": format!("m{round}") }).to_string();
        let request = format!(
            "POST {}/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n{body}",
            session.path(),
            session.token,
            body.len()
        );
        let mut stream = tokio::net::TcpStream::connect(server.address)
            .await
            .unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        drop(stream);
    }
    // Some may not have been read at all; whatever was begun is whole: each message is followed by its step.
    session.say("goodbye").await;
    let records = session.records().await;
    let kinds: Vec<_> = records[1..]
        .iter()
        .map(|record| record["from"]["kind"].clone())
        .collect();
    assert!(
        kinds.chunks(2).all(|pair| pair == ["user", "bot"]),
        "{kinds:?}"
    );
    let erased = send(session.request(Method::DELETE, &session.path())).await;
    assert_eq!(erased.status, 204);
}
