//! Slow: who does not read misses what passes, is told so, and misses nothing else.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::{Desk, session_of, user};
use crate::server::{Opened, PATIENCE};

/// A stream whose reader has not begun to read, and will not take much before it does.
async fn lazy(desk: &Desk, session: &Opened) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(desk.server.address).await.unwrap();
    let request = format!(
        "GET /api/events?session={}&topics=notifications&token={} HTTP/1.0\r\nhost: x\r\n\r\n",
        session.id, session.token
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    desk.wait_for_clients(1).await;
    stream
}

/// What a stream brought: names of events, and the data of each.
async fn read_until(
    stream: &mut TcpStream,
    done: impl Fn(&[(String, Value)]) -> bool,
) -> Vec<(String, Value)> {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read);
        let whole = text.rsplit_once("\n\n").map_or("", |(whole, _)| whole);
        let events = whole.split("\n\n").filter_map(|event| {
            let (_, rest) = event.split_once("event: ")?;
            let (name, data) = rest.split_once("\ndata: ")?;
            Some((name.to_owned(), serde_json::from_str(data).ok()?))
        });
        let events: Vec<_> = events.collect();
        if done(&events) {
            return events;
        }
        let got = tokio::time::timeout(PATIENCE, stream.read_buf(&mut read)).await;
        assert!(
            got.expect("it waits for more").unwrap() > 0,
            "the stream ended"
        );
    }
}

#[tokio::test]
async fn a_slow_stream_does_without_notifications_but_not_without_records() {
    let flags = [
        "--send-buffer-bytes",
        "4096",
        "--rate-limit",
        "0",
        "--heartbeat",
        "1h",
        "--stall-timeout",
        "60s",
    ];
    let desk = Desk::new(&flags);
    let session = session_of(&desk, &user("ada")).await;
    let mut slow = lazy(&desk, &session).await;
    let (mut written, mut dropped, mut last) = (0, 0, Value::Null);
    for turn in 0..100 {
        last = desk
            .notify(json!({"to": "all", "event": "e", "data": "x".repeat(8_000)}))
            .await;
        written += last["written"].as_u64().unwrap();
        dropped += last["dropped"].as_u64().unwrap();
        if turn % 10 == 0 {
            session.say("help").await;
        }
    }
    assert!(written > 10 && dropped > 10, "{written} and {dropped}");
    assert_eq!(desk.clients("").await["clients"][0]["skipped"], dropped);
    assert!(
        desk.clients("").await["clients"][0]["behind"]
            .as_u64()
            .unwrap()
            > 0
    );
    assert_eq!(
        desk.told(&last, "").await["recipients"][0]["fate"],
        "dropped"
    );

    let named = |events: &[(String, Value)], name: &str| -> Vec<Value> {
        let found = events.iter().filter(|(found, _)| found == name);
        found.map(|(_, data)| data.clone()).collect()
    };
    let events = read_until(&mut slow, |events| {
        named(events, "message").len() == 21 && !named(events, "skipped").is_empty()
    })
    .await;
    let seqs: Vec<u64> = named(&events, "message")
        .iter()
        .map(|record| record["seq"].as_u64().unwrap())
        .collect();
    assert_eq!(seqs, (1..=21).collect::<Vec<_>>());
    let skipped = named(&events, "skipped");
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert_eq!(skipped[0]["count"], dropped);
    assert!(skipped[0]["since"].as_str().unwrap().ends_with('Z'));
    assert_eq!(named(&events, "notification").len() as u64, written);
}
