//! Streams: exactly what is in the log, whatever breaks.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::{FutureExt, Stream, StreamExt};
use serde_json::Value;
use sse_stream::{Sse, SseByteStream};
use statechat::bots::stock::Market;
use statechat::chat::{self, Chat, ChatLimits, Opening, Position, Rate, Said};
use statechat::hub::{self, HubLimits};
use statechat::identity::{Identity, Role};
use statechat::log::MemoryLog;
use statechat::record::SessionId;
use statechat::sources::quotes::FileQuotes;

use crate::server::{Opened, PATIENCE, Running, identity, raw, send, stock};

type Events = Pin<Box<dyn Stream<Item = Result<Sse, sse_stream::Error>> + Send>>;

/// A stream, decoded by a client that is not ours.
pub(crate) struct Listener {
    events: Events,
}

impl Listener {
    pub(crate) async fn open(session: &Opened, more: &str, last_event_id: Option<&str>) -> Self {
        let path = format!("/api/events?session={}{more}", session.id);
        Self::resume_at(session, &path, last_event_id).await
    }

    pub(crate) async fn open_at(session: &Opened, path: &str) -> Self {
        Self::resume_at(session, path, None).await
    }

    async fn resume_at(session: &Opened, path: &str, last_event_id: Option<&str>) -> Self {
        let mut request = session.request(reqwest::Method::GET, path);
        if let Some(cursor) = last_event_id {
            request = request.header("last-event-id", cursor);
        }
        Self::answering(request).await
    }

    /// The stream that answers a request.
    pub(crate) async fn answering(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let events = SseByteStream::new(response.bytes_stream());
        Self {
            events: Box::pin(events),
        }
    }

    /// The next event; `None` once the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<Sse> {
        let next = tokio::time::timeout(PATIENCE, self.events.next()).await;
        next.expect("no event came in time").map(Result::unwrap)
    }

    /// The next event; if not `patient`, only if it has arrived already.
    pub(crate) async fn soon(&mut self, patient: bool) -> Option<Sse> {
        if patient {
            return self.next().await;
        }
        self.events
            .next()
            .now_or_never()
            .flatten()
            .and_then(Result::ok)
    }

    /// The next event, which must be of this name; its data.
    pub(crate) async fn expect(&mut self, name: &str) -> Value {
        let event = self.next().await.expect("the stream ended");
        assert_eq!(event.event.as_deref(), Some(name), "{event:?}");
        serde_json::from_str(&event.data.unwrap()).unwrap()
    }

    /// Durable events up to the one with this seq.
    pub(crate) async fn until(&mut self, seq: u64) -> Vec<Sse> {
        let mut events = Vec::new();
        loop {
            let event = self.next().await.expect("the stream ended");
            if event.id.is_none() {
                continue;
            }
            let found = seq_of(&event);
            events.push(event);
            if found >= seq {
                return events;
            }
        }
    }
}

fn seq_of(event: &Sse) -> u64 {
    let data: Value = serde_json::from_str(event.data.as_ref().unwrap()).unwrap();
    data["seq"].as_u64().unwrap()
}

/// The whole flow: greeting, exchange, stock, price, back, main menu. Ten records.
async fn flow(session: &Opened) {
    session.choose("LSE").await;
    session.choose("GSK").await;
    session.record(|record| record["seq"] == 6).await;
    session.choose("go-back").await;
    session.choose("main-menu").await;
}

#[tokio::test]
async fn a_stream_carries_the_conversation_densely() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let mut listener = Listener::open(&session, "", None).await;
    let connected = listener.next().await.unwrap();
    assert_eq!(connected.event.as_deref(), Some("connected"));
    assert_eq!((connected.id, connected.retry), (None, Some(1000)));
    let data: Value = serde_json::from_str(&connected.data.unwrap()).unwrap();
    assert_eq!(
        (&data["session"], &data["head"]),
        (&Value::from(session.id.as_str()), &Value::from(1))
    );

    flow(&session).await;
    let events = listener.until(10).await;
    let seqs: Vec<u64> = events.iter().map(seq_of).collect();
    assert_eq!(seqs, (1..=10).collect::<Vec<_>>());
    for event in &events {
        let (seq, check) = event.id.as_ref().unwrap().split_once('.').unwrap();
        assert_eq!(seq, seq_of(event).to_string());
        assert!(check.len() == 4 && check.bytes().all(|b| b.is_ascii_hexdigit()));
    }
    let names: Vec<_> = events
        .iter()
        .map(|event| event.event.clone().unwrap())
        .collect();
    let expected = [
        "message",
        "message",
        "message",
        "message",
        "transition",
        "message",
    ];
    assert_eq!(names[..6], expected);
    let price: Value = serde_json::from_str(events[5].data.as_ref().unwrap()).unwrap();
    assert!(
        price["text"]
            .as_str()
            .unwrap()
            .contains("1,574.80 GBX (£15.75)")
    );
    assert_eq!(price["data"]["price"], "1574.80");
    let fetching: Value = serde_json::from_str(events[4].data.as_ref().unwrap()).unwrap();
    assert_eq!(fetching["pending"], serde_json::json!(["FetchQuote"]));
    assert_eq!(
        (&fetching["options"], &fetching["text"]),
        (&serde_json::json!([]), &Value::Null)
    );
}

#[tokio::test]
async fn a_resume_from_any_position_gives_exactly_what_is_missing() {
    let server = Running::start(&[]);
    let session = server.open().await;
    flow(&session).await;
    let all = Listener::open(&session, "", None).await.until(10).await;
    for position in 1..10 {
        let cursor = all[position - 1].id.clone().unwrap();
        let mut by_header = Listener::open(&session, "&last=1", Some(&cursor)).await;
        by_header.expect("connected").await;
        assert_eq!(
            by_header.until(10).await,
            all[position..],
            "after {cursor} by header"
        );
        let mut by_address =
            Listener::open(&session, &format!("&lastEventId={cursor}"), None).await;
        by_address.expect("connected").await;
        assert_eq!(
            by_address.until(10).await,
            all[position..],
            "after {cursor} by address"
        );
        let count = 10 - position;
        let mut tail = Listener::open(&session, &format!("&last={count}"), None).await;
        tail.expect("connected").await;
        assert_eq!(tail.until(10).await, all[position..], "the last {count}");
    }
    // At the head nothing is missing: the next record comes next.
    let cursor = all[9].id.clone().unwrap();
    let mut listener = Listener::open(&session, "", Some(&cursor)).await;
    listener.expect("connected").await;
    session.choose("NYSE").await;
    assert_eq!(listener.expect("message").await["seq"], 11);
}

#[tokio::test]
async fn a_cursor_that_does_not_match_is_told_so_and_gets_everything() {
    let server = Running::start(&[]);
    let (session, other) = (server.open().await, server.open().await);
    flow(&session).await;
    flow(&other).await;
    let all = Listener::open(&session, "", None).await.until(10).await;
    let foreign = Listener::open(&other, "", None).await.until(4).await[3]
        .id
        .clone()
        .unwrap();
    let own = all[3].id.clone().unwrap();
    let wrong_check = format!("4.{:04x}", u16::from_str_radix(&own[2..], 16).unwrap() ^ 1);
    let long = "9".repeat(4_000);
    for cursor in [
        foreign.as_str(),
        &wrong_check,
        "11.abcd",
        "18446744073709551615.abcd",
        "18446744073709551616.abcd",
        "99999999999999999999999.abcd",
        &long,
        "0.abcd",
        "-1.abcd",
        "-4",
        "4",
        "4.0",
        "4.5e1",
        "NaN",
        "null",
        "garbage",
        "4.",
        ".",
        "%F0%9F%92%A9",
        "%00",
    ] {
        let by_address = format!("&last=1&lastEventId={cursor}");
        for (more, header) in [("&last=1", Some(cursor)), (&by_address, None)] {
            let mut listener = Listener::open(&session, more, header).await;
            listener.expect("connected").await;
            let reset = listener.expect("reset").await;
            assert!(!reset["reason"].as_str().unwrap().is_empty(), "{cursor}");
            assert_eq!(listener.until(10).await, all, "{cursor}");
        }
    }
}

#[tokio::test]
async fn a_cursor_that_is_not_even_text_is_told_so_and_gets_everything() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let mut request = format!(
        "GET /api/events?session={}&token={} HTTP/1.0\r\nhost: x\r\nlast-event-id: ",
        session.id, session.token
    )
    .into_bytes();
    request.extend_from_slice(b"1.\xff\xfe\r\n\r\n");
    let reading = tokio::spawn(async move { raw(session.address, &request).await });
    wait_for_streams(&server, 1).await;
    server.stop().await;
    let answer = reading.await.unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let events: Vec<&str> = body
        .lines()
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    assert_eq!(
        events,
        ["connected", "reset", "message", "restarting"],
        "{body}"
    );
}

#[tokio::test]
async fn a_conversation_of_long_texts_is_whole_from_any_position() {
    // A heartbeat would mend what was left behind.
    let server = Running::start(&["--rate-limit", "0", "--heartbeat", "1h"]);
    let session = server.open().await;
    // A few to a piece; one that is larger than a piece; and many to a piece.
    for length in [300, 700, 2_000, 1_990, 1, 1, 1_000].repeat(10) {
        session
            .say(&("x".to_owned() + &"\u{1}".repeat(length - 1)))
            .await;
    }
    let head = 1 + 2 * 70;
    let all = Listener::open(&session, "", None).await.until(head).await;
    let seqs: Vec<u64> = all.iter().map(seq_of).collect();
    assert_eq!(seqs, (1..=head).collect::<Vec<_>>());
    for position in (1..head as usize).step_by(7) {
        let cursor = all[position - 1].id.clone();
        let mut listener = Listener::open(&session, "", cursor.as_deref()).await;
        assert_eq!(
            listener.until(head).await,
            all[position..],
            "after {position}"
        );
    }
}

#[tokio::test]
async fn two_tabs_see_the_same() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let mut first = Listener::open(&session, "", None).await;
    session.choose("LSE").await;
    let mut second = Listener::open(&session, "", None).await;
    session.choose("GSK").await;
    session.record(|record| record["seq"] == 6).await;
    session.say("goodbye").await;
    let (first, second) = (first.until(8).await, second.until(8).await);
    assert_eq!(first, second);
    let transcript = session.records().await;
    let streamed: Vec<Value> = first
        .iter()
        .map(|event| serde_json::from_str(event.data.as_ref().unwrap()).unwrap())
        .collect();
    assert_eq!(
        streamed, transcript,
        "the transcript holds the records as the stream does"
    );
}

#[tokio::test]
async fn raw_bytes_are_plain_server_sent_events() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let request = format!(
        "GET /api/events?session={}&token={} HTTP/1.0\r\nhost: x\r\n\r\n",
        session.id, session.token
    );
    let reading =
        tokio::spawn(async move { raw(server_address(&session), request.as_bytes()).await });
    // The server ends the stream when it stops.
    tokio::task::yield_now().await;
    wait_for_streams(&server, 1).await;
    server.stop().await;
    let answer = reading.await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.0 200"), "{head}");
    assert!(!body.contains('\r'), "lines end in LF alone");
    let blocks: Vec<&str> = body.trim_end().split("\n\n").collect();
    assert_eq!(blocks.len(), 3, "{body}");
    assert!(blocks[0].starts_with("retry: 1000\nevent: connected\ndata: {"));
    assert!(blocks[1].starts_with("id: 1.") && blocks[1].contains("\nevent: message\ndata: {"));
    assert!(blocks[2].starts_with("retry: ") && blocks[2].contains("\nevent: restarting\ndata: {"));
}

fn server_address(session: &Opened) -> std::net::SocketAddr {
    session.address
}

pub(crate) async fn wait_for_streams(server: &Running, count: u64) {
    let wait = async {
        while server.get("/api/health").await.json()["clients"] != count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, wait)
        .await
        .expect("the streams are not as many");
}

#[tokio::test]
async fn a_stopping_server_tells_its_streams_when_to_come_back() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let mut listener = Listener::open(&session, "", None).await;
    listener.until(1).await;
    server.stop().await;
    let event = listener.next().await.unwrap();
    assert_eq!(event.event.as_deref(), Some("restarting"));
    let data: Value = serde_json::from_str(&event.data.unwrap()).unwrap();
    assert_eq!(event.retry, data["retryMs"].as_u64());
    assert!(listener.next().await.is_none());
}

#[tokio::test]
async fn a_quiet_stream_shows_that_it_lives() {
    let server = Running::start(&["--heartbeat", "50ms"]);
    let session = server.open().await;
    let mut listener = Listener::open(&session, "", None).await;
    assert_eq!(listener.expect("connected").await["heartbeatMs"], 50);
    listener.expect("message").await;
    for _ in 0..3 {
        assert!(
            listener.expect("heartbeat").await["at"]
                .as_str()
                .unwrap()
                .ends_with('Z')
        );
    }
}

#[tokio::test]
async fn an_erased_session_ends_its_streams() {
    let server = Running::start(&[]);
    let session = server.open().await;
    let mut listener = Listener::open(&session, "", None).await;
    listener.until(1).await;
    let erased = send(session.request(reqwest::Method::DELETE, &session.path())).await;
    assert_eq!(erased.status, 204);
    assert!(listener.next().await.is_none());
    session
        .get(&session.path())
        .await
        .is_problem(404, "no_session");
    wait_for_streams(&server, 0).await;
}

#[tokio::test]
async fn too_many_streams_are_asked_to_come_back_later() {
    let flags = ["--max-streams", "2", "--streams-per-session", "1"];
    let server = Running::start(&flags);
    let (first, second) = (server.open().await, server.open().await);
    let mut kept = Listener::open(&first, "", None).await;
    kept.until(1).await;
    let check = async |session: &Opened| {
        let mut refused = Listener::open(session, "", None).await;
        let event = refused.next().await.unwrap();
        assert_eq!(event.event.as_deref(), Some("overloaded"));
        assert!(event.retry.unwrap() >= 5_000);
        assert!(refused.next().await.is_none());
    };
    check(&first).await;
    let other = Listener::open(&second, "", None).await;
    check(&server.open().await).await;
    // A place that is given up can be had again.
    drop(other);
    wait_for_streams(&server, 1).await;
    Listener::open(&second, "", None).await.until(1).await;
    first.choose("LSE").await;
    assert_eq!(kept.expect("message").await["seq"], 2);
}

#[tokio::test]
async fn those_who_are_asked_to_come_back_later_come_at_different_times() {
    let none = Running::start(&["--max-streams", "0"]);
    assert_jittered(&none.open().await, 5_000..15_000).await;
    let none_a_session = Running::start(&["--streams-per-session", "0"]);
    assert_jittered(&none_a_session.open().await, 15_000..45_000).await;
}

/// Asserts that refused streams end with one event, and times all over `span`.
async fn assert_jittered(session: &Opened, span: std::ops::Range<u64>) {
    const REFUSED: usize = 60;
    let mut times = Vec::new();
    for _ in 0..REFUSED {
        let mut refused = Listener::open(session, "", None).await;
        let event = refused.next().await.unwrap();
        assert_eq!(
            (event.event.as_deref(), event.id),
            (Some("overloaded"), None)
        );
        let data: Value = serde_json::from_str(&event.data.unwrap()).unwrap();
        assert_eq!(data["retryMs"].as_u64(), event.retry);
        assert!(refused.next().await.is_none(), "it ends");
        times.push(event.retry.unwrap());
    }
    assert!(times.iter().all(|time| span.contains(time)), "{times:?}");
    let middle = span.start.midpoint(span.end);
    let early = times.iter().filter(|&&time| time < middle).count();
    // One in a billion runs has fewer than 7 of 60 in a half.
    assert!((7..=REFUSED - 7).contains(&early), "{times:?}");
    times.sort_unstable();
    times.dedup();
    assert!(times.len() > REFUSED / 2, "{times:?}");
}

fn chat_limits(sessions_max: usize) -> ChatLimits {
    let time = std::time::Duration::from_secs(60);
    ChatLimits {
        rate: Rate {
            size: 0,
            period: time,
        },
        sessions_max,
        session_records_max: 1_000,
        text_chars_max: 100,
        effect_timeout: time,
        idle_timeout: time,
        keep: None,
        participants_max: 32,
        handoff_timeout: std::time::Duration::from_secs(300),
        presence_grace: std::time::Duration::from_secs(10),
        heartbeat: time,
        streams: HubLimits {
            streams_max: 10,
            streams_per_session: 10,
        },
    }
}

fn listener(who: &Arc<Identity>, session: &SessionId) -> hub::Listener {
    hub::Listener::of(session.clone(), "x", Arc::clone(who))
}

#[tokio::test]
async fn a_stream_that_is_behind_a_forgotten_session_ends() {
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let chat = Chat::new(
        bots,
        Arc::new(MemoryLog::new(1)),
        chat_limits(1),
        Arc::default(),
    );
    let id: SessionId = "s1".parse().unwrap();
    let who = Arc::new(identity("u1", Role::User));
    chat.open(Opening::new(id.clone(), "stock", who.user.clone()))
        .await
        .unwrap();
    let mut stream = chat
        .follow(listener(&who, &id), Position::Last(0))
        .await
        .unwrap();
    // Nobody reads meanwhile, and the hub keeps the last few records only.
    for _ in 0..20 {
        let said = Ok(Said::Text("help".to_owned()));
        chat.post(&id, &who, said, None).await.unwrap();
    }
    chat.open(Opening::new(
        "s2".parse().unwrap(),
        "stock",
        who.user.clone(),
    ))
    .await
    .unwrap();
    assert!(stream.next().await.unwrap().starts_with(b"retry:"));
    let end = tokio::time::timeout(PATIENCE, stream.next()).await;
    assert_eq!(end.expect("it looks for ever for what is gone"), None);
}

#[tokio::test]
async fn a_stream_that_was_busy_with_a_heartbeat_misses_nothing() {
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let chat = Chat::new(
        bots,
        Arc::new(MemoryLog::new(10)),
        chat_limits(10),
        Arc::default(),
    );
    let id: SessionId = "s1".parse().unwrap();
    let who = Arc::new(identity("u1", Role::User));
    chat.open(Opening::new(id.clone(), "stock", who.user.clone()))
        .await
        .unwrap();
    let mut stream = chat
        .follow(listener(&who, &id), Position::Last(0))
        .await
        .unwrap();
    stream.next().await.unwrap();
    chat.hub().beat(jiff::Timestamp::UNIX_EPOCH);
    assert!(
        stream
            .next()
            .await
            .unwrap()
            .starts_with(b"event: heartbeat")
    );
    for _ in 0..20 {
        let said = Ok(Said::Text("help".to_owned()));
        chat.post(&id, &who, said, None).await.unwrap();
    }
    let mut events = 0;
    while events < 40 {
        let next = tokio::time::timeout(PATIENCE, stream.next()).await.unwrap();
        let bytes = next.expect("the session lives");
        events += bytes.windows(4).filter(|window| window == b"id: ").count();
    }
}

/// A stream with more to send than one piece holds, both of what passes and of what lasts.
async fn busy_stream() -> (Arc<Chat>, SessionId, chat::Follow) {
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let log = Arc::new(MemoryLog::new(10));
    let chat = Chat::new(bots, log, chat_limits(10), Arc::default());
    let id: SessionId = "s1".parse().unwrap();
    let who = Arc::new(identity("u1", Role::User));
    chat.open(Opening::new(id.clone(), "stock", who.user.clone()))
        .await
        .unwrap();
    let follow = chat.follow(listener(&who, &id), Position::Last(0));
    let mut stream = follow.await.unwrap();
    stream.next().await.unwrap();
    for _ in 0..60 {
        let said = Ok(Said::Text("help".to_owned()));
        chat.post(&id, &who, said, None).await.unwrap();
    }
    for _ in 0..20 {
        pass(&chat, &id);
    }
    (chat, id, stream)
}

/// Tells the session something that leaves alone.
fn pass(chat: &Chat, session: &SessionId) {
    let event = format!("event: typing\ndata: {}\n\n", "x".repeat(10_000));
    let now = jiff::Timestamp::now();
    chat.hub().tell(session, &event.into(), None, now);
}

#[tokio::test]
async fn what_passes_and_what_lasts_take_turns() {
    let (_chat, _id, mut stream) = busy_stream().await;
    let (mut lasting, mut passed) = (0, 0);
    while lasting < 120 {
        let next = tokio::time::timeout(PATIENCE, stream.next()).await;
        let piece = next.unwrap().expect("the session lives");
        assert!(piece.starts_with(b"event: typing"), "it is its turn");
        passed += 1;
        let next = tokio::time::timeout(PATIENCE, stream.next()).await;
        let piece = next.unwrap().expect("the session lives");
        let records = piece.windows(4).filter(|window| window == b"id: ").count();
        assert!(records > 0, "it is the turn of what lasts");
        lasting += records;
    }
    assert!(passed > 3, "there was one turn only");
    while passed < 20 {
        let piece = stream.next().await.expect("the session lives");
        assert!(piece.starts_with(b"event: typing"));
        passed += 1;
    }
}

#[tokio::test]
async fn what_passes_without_end_holds_up_neither_a_heartbeat_nor_the_end() {
    let (chat, id, mut stream) = busy_stream().await;
    let mut heard = Vec::new();
    for turn in 0..200 {
        pass(&chat, &id);
        if turn == 50 {
            chat.hub().beat(jiff::Timestamp::now());
        }
        if turn == 100 {
            chat.hub().close();
        }
        let Some(piece) = stream.next().await else {
            break;
        };
        let text = String::from_utf8(piece.to_vec()).unwrap();
        let names = text.lines().filter_map(|line| line.strip_prefix("event: "));
        heard.extend(names.map(str::to_owned));
    }
    assert!(heard.iter().any(|name| name == "heartbeat"));
    assert_eq!(heard.last().map(String::as_str), Some("restarting"));
}

#[tokio::test]
async fn a_forgotten_session_is_gone_for_everybody() {
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let log = Arc::new(MemoryLog::new(2));
    let server = Running::start_over(&["--max-sessions", "2", "--heartbeat", "30ms"], bots, log);
    let (first, second) = (server.open().await, server.open().await);
    let mut listener = Listener::open(&first, "", None).await;
    listener.until(1).await;
    // Who is followed is in use: the second goes.
    let third = server.open().await;
    second
        .get(&second.path())
        .await
        .is_problem(404, "no_session");
    second
        .post(serde_json::json!({ "text": "hi" }))
        .await
        .is_problem(404, "no_session");
    assert_eq!(first.get(&first.path()).await.status, 200);
    first.choose("LSE").await;
    listener.until(3).await;
    // A session that goes while it is followed takes its streams along.
    let erased = send(first.request(reqwest::Method::DELETE, &first.path())).await;
    assert_eq!(erased.status, 204);
    while listener.next().await.is_some() {}
    assert_eq!(third.get(&third.path()).await.status, 200);
}
