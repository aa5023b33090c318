//! Every limit: what is beyond it, and that the rest goes on.

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::{PATIENCE, Running, client, raw, send};

#[tokio::test]
async fn a_text_may_be_so_long_and_no_longer() {
    let server = Running::start(&["--text-chars-max", "5"]);
    let session = server.open().await;
    session.say("ééééé").await;
    session
        .post(json!({ "text": "123456" }))
        .await
        .is_problem(422, "invalid");
}

#[tokio::test]
async fn a_body_may_be_so_large_and_no_larger() {
    let server = Running::start(&["--text-chars-max", "100000", "--rate-limit", "0"]);
    let session = server.open().await;
    let text = |bytes: usize| "x".repeat(bytes - r#"{"text":""}"#.len());
    session.say(&text(16_384)).await;
    session
        .post(json!({ "text": text(16_385) }))
        .await
        .is_problem(413, "too_large");
    // Without a declared length as well.
    let chunks = (0..40).map(|_| Ok::<_, std::io::Error>(vec![b'x'; 1000]));
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks));
    let path = format!("{}/messages", session.path());
    send(session.request(Method::POST, &path).body(body))
        .await
        .is_problem(413, "too_large");
    session.say("still there").await;
}

#[tokio::test]
async fn a_head_may_be_so_large_and_no_larger() {
    let server = Running::start(&[]);
    let request = |bytes: usize| {
        format!(
            "GET /livez HTTP/1.1\r\nhost: x\r\nx: {}\r\nconnection: close\r\n\r\n",
            "x".repeat(bytes)
        )
    };
    assert!(
        raw(server.address, request(8_000).as_bytes())
            .await
            .starts_with("HTTP/1.1 200")
    );
    let refused = raw(server.address, request(20_000).as_bytes()).await;
    assert!(refused.starts_with("HTTP/1.1 431"), "{refused}");
}

#[tokio::test]
async fn a_slow_head_is_cut_and_a_slow_body_is_told() {
    let server = Running::start(&["--header-timeout", "200ms", "--body-timeout", "200ms"]);
    let session = server.open().await;
    let mut half = TcpStream::connect(server.address).await.unwrap();
    half.write_all(b"GET /livez HTTP/1.1\r\nhost: ")
        .await
        .unwrap();
    let mut rest = Vec::new();
    let end = tokio::time::timeout(PATIENCE, half.read_to_end(&mut rest)).await;
    end.expect("half a head is not waited for").ok();

    let request = format!(
        "POST {}/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: 20\r\n\r\n{{\"text\":",
        session.path(),
        session.token
    );
    let answer = raw(server.address, request.as_bytes()).await;
    assert!(
        answer.starts_with("HTTP/1.1 408") && answer.contains("\"too_slow\""),
        "{answer}"
    );
    assert_eq!(session.records().await.len(), 1);
}

#[tokio::test]
async fn messages_that_come_too_fast_are_told_when_to_come_again() {
    let server = Running::start(&["--rate-limit", "3"]);
    let (session, other) = (server.open().await, server.open().await);
    for _ in 0..3 {
        session.say("help").await;
    }
    let answer = session.post(json!({ "text": "help" })).await;
    answer.is_problem(429, "rate_limited");
    assert_eq!(answer.headers["retry-after"], "1");
    other.say("help").await;
}

/// An address may start two sessions a minute, as far as this machine as a proxy knows it.
const TWO_A_MINUTE: [&str; 4] = [
    "--new-sessions-per-minute",
    "2",
    "--trusted-proxy",
    "127.0.0.1",
];

#[tokio::test]
async fn an_address_may_start_so_many_sessions() {
    let server = Running::start(&TWO_A_MINUTE);
    let start = async |from: Option<&str>| {
        let mut request = client()
            .post(server.url("/api/sessions"))
            .json(&json!({ "bot": "stock" }));
        if let Some(from) = from {
            request = request.header("x-forwarded-for", from);
        }
        send(request).await
    };
    for _ in 0..2 {
        assert_eq!(start(Some("6.6.6.6, 203.0.113.5")).await.status, 201);
    }
    let refused = start(Some("7.7.7.7, 203.0.113.5")).await;
    refused.is_problem(429, "rate_limited");
    assert!(refused.headers.contains_key("retry-after"));
    for strange in ["203.0.113.5:4711", "unknown", "", "\u{1f980}"] {
        let twice = client()
            .post(server.url("/api/sessions"))
            .header("x-forwarded-for", "9.9.9.9")
            .header("x-forwarded-for", strange)
            .json(&json!({ "bot": "stock" }));
        let limited = async || send(twice.try_clone().unwrap()).await.status;
        let statuses = [limited().await, limited().await, limited().await];
        assert!(statuses.contains(&429), "{strange:?}: {statuses:?}");
    }
    assert_eq!(
        start(Some("203.0.113.6")).await.status,
        201,
        "another address"
    );
    for _ in 0..5 {
        assert_eq!(
            start(None).await.status,
            201,
            "the machine's own address has no limit"
        );
    }
}

#[tokio::test]
async fn nobody_is_believed_about_addresses_but_a_trusted_proxy() {
    let server = Running::start(&["--new-sessions-per-minute", "1"]);
    for _ in 0..3 {
        let request = client()
            .post(server.url("/api/sessions"))
            .header("x-forwarded-for", "203.0.113.5");
        let request = request.header("x-forwarded-proto", "https");
        let answer = send(request.json(&json!({ "bot": "stock" }))).await;
        assert_eq!(answer.status, 201);
        assert!(
            !answer.headers["set-cookie"]
                .to_str()
                .unwrap()
                .contains("Secure")
        );
    }
    let server = Running::start(&["--trusted-proxy", "127.0.0.0/8"]);
    let request = client()
        .post(server.url("/api/sessions"))
        .header("x-forwarded-proto", "https");
    let answer = send(request.json(&json!({ "bot": "stock" }))).await;
    assert!(
        answer.headers["set-cookie"]
            .to_str()
            .unwrap()
            .contains("; Secure")
    );
}

#[tokio::test]
async fn a_full_session_says_so_and_stays_readable() {
    let server = Running::start(&["--session-records-max", "6"]);
    let session = server.open().await;
    session.choose("LSE").await;
    session.choose("GSK").await;
    // The quote is not a user's message: it still comes.
    session
        .record(|record| record["data"]["kind"] == "price")
        .await;
    session
        .post(json!({ "choose": "go-back" }))
        .await
        .is_problem(409, "session_full");
    assert_eq!(session.records().await.len(), 6);
}

#[tokio::test]
async fn silence_is_told_to_the_bot_once() {
    let server = Running::start(&["--idle-timeout", "150ms"]);
    let session = server.open().await;
    let idle = session
        .record(|record| record["transition"]["input"] == "Idle")
        .await;
    assert_eq!(idle["state"], json!(["Ended"]));
    session.say("hello again").await;
    let again = session
        .record(|record| record["seq"].as_u64() > Some(4) && record["state"] == json!(["Ended"]))
        .await;
    assert_eq!(again["transition"]["input"], "Idle");
    assert_eq!(
        session.records().await.len() as u64,
        again["seq"],
        "and not once more"
    );
}

#[tokio::test]
async fn sessions_that_leave_memory_come_back_as_they_were() {
    let server = Running::start(&["--max-sessions", "1"]);
    let session = server.open().await;
    session.choose("LSE").await;
    for _ in 0..3 {
        server.open().await.choose("NYSE").await;
    }
    session.choose("GSK").await;
    let price = session
        .record(|record| record["data"]["kind"] == "price")
        .await;
    assert_eq!(price["seq"], 6, "it was not greeted again");
}

#[tokio::test]
async fn what_is_not_used_of_a_limit_takes_no_memory() {
    let server = Running::start(&["--max-sessions", "18446744073709551615"]);
    server.open().await.choose("LSE").await;
}

#[tokio::test]
async fn only_sessions_that_are_started_count() {
    let server = Running::start(&TWO_A_MINUTE);
    let token = server.open().await.token;
    let start = async |body: &str| {
        let request = client().post(server.url("/api/sessions"));
        let request = request.header("x-forwarded-for", "203.0.113.5");
        send(request.bearer_auth(&token).body(body.to_owned())).await
    };
    let one = r#"{"bot":"stock","clientId":"one"}"#;
    let first = start(one).await;
    assert_eq!(first.status, 201);
    for _ in 0..5 {
        start("{").await.is_problem(400, "bad_json");
        start(r#"{"bot":"nobody"}"#).await.is_problem(422, "no_bot");
        assert_eq!(start(one).await.json()["id"], first.json()["id"]);
    }
    assert_eq!(start(r#"{"bot":"stock"}"#).await.status, 201);
    for body in [r#"{"bot":"stock"}"#, r#"{"bot":"stock","clientId":"two"}"#] {
        start(body).await.is_problem(429, "rate_limited");
    }
    let again = start(one).await;
    assert_eq!(
        again.json()["id"],
        first.json()["id"],
        "what is there stays"
    );
}

#[tokio::test]
async fn a_stalled_reader_is_cut() {
    let flags = [
        "--stall-timeout",
        "300ms",
        "--heartbeat",
        "20ms",
        "--rate-limit",
        "0",
    ];
    let server = Running::start(&flags);
    let session = server.open().await;
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    // A small window, so that what is not read fills it soon.
    socket.set_recv_buffer_size(2_048).unwrap();
    let mut stalled = socket.connect(server.address).await.unwrap();
    let request = format!(
        "GET /api/events?session={}&token={} HTTP/1.1\r\nhost: x\r\n\r\n",
        session.id, session.token
    );
    stalled.write_all(request.as_bytes()).await.unwrap();
    let clients = async || server.get("/api/health").await.json()["clients"].clone();
    let wait = async {
        while clients().await != 1 {
            tokio::task::yield_now().await;
        }
        // It never reads; what is said goes nowhere, until the server has had enough of it.
        while clients().await != 0 {
            session.say(&"x".repeat(1_900)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait)
        .await
        .expect("a stalled reader is kept");
    drop(stalled);
}

#[tokio::test]
async fn stopping_does_not_wait_for_half_a_request() {
    let server = Running::start(&["--drain", "1m"]);
    let mut half = TcpStream::connect(server.address).await.unwrap();
    half.write_all(b"POST /api/sessions HTTP/1.1\r\nhost: x\r\n")
        .await
        .unwrap();
    // PATIENCE is less than the drain.
    server.stop().await;
}
