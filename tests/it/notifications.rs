//! Notifications: who gets them, what becomes of them, and who is connected.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use statechat::bots::stock::Market;
use statechat::identity::{Identity, Role};
use statechat::log::{Log, SqliteLog};
use statechat::sources::quotes::FileQuotes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::folder::Folder;
use crate::server::{Answered, Opened, PATIENCE, Running, client, identity, send, stock, token};
use crate::streams::Listener;

const TOPIC: &str = "/api/events?topics=notifications";

/// A server and who may send.
struct Desk {
    server: Running,
    admin: String,
}

impl Desk {
    fn over(server: Running) -> Self {
        let admin = token(&identity("boss", Role::Admin));
        Self { server, admin }
    }

    fn new(flags: &[&str]) -> Self {
        Self::over(Running::start(flags))
    }

    /// A server over the database in `folder`.
    fn kept_in(folder: &Folder) -> Self {
        let log = SqliteLog::open(&folder.file("chat.db"), Arc::default()).unwrap();
        let log: Arc<dyn Log> = Arc::new(log);
        let bots = stock(FileQuotes(Arc::new(Market::bundled())));
        Self::over(Running::start_over(&[], bots, log))
    }

    async fn post(&self, body: Value) -> Answered {
        let request = client().post(self.server.url("/api/notifications"));
        send(request.bearer_auth(&self.admin).json(&body)).await
    }

    /// Sends it and answers what came of it.
    async fn notify(&self, body: Value) -> Value {
        let answer = self.post(body).await;
        assert_eq!(answer.status, 202, "{}", answer.body);
        answer.json()
    }

    async fn get(&self, path: &str) -> Answered {
        let request = client().get(self.server.url(path));
        send(request.bearer_auth(&self.admin)).await
    }

    /// What is told of a notification.
    async fn told(&self, sent: &Value, query: &str) -> Value {
        let id = sent["id"].as_str().unwrap();
        let answer = self.get(&format!("/api/notifications/{id}{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    async fn clients(&self, query: &str) -> Value {
        let answer = self.get(&format!("/api/clients{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    async fn stream(&self, who: &Identity, path: &str) -> Stream {
        let request = client().get(self.server.url(path));
        let mut listener = Listener::answering(request.bearer_auth(token(who))).await;
        let connected = listener.expect("connected").await;
        Stream {
            name: connected["stream"].as_str().unwrap().to_owned(),
            listener,
        }
    }

    /// Asks until `clients` are connected.
    async fn wait_for_clients(&self, clients: u64) {
        while self.clients("").await["totals"]["connected"] != clients {
            tokio::task::yield_now().await;
        }
    }
}

struct Stream {
    name: String,
    listener: Listener,
}

impl Stream {
    /// The next notification's `event`, past what a conversation says.
    async fn hears(&mut self) -> String {
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

fn user(name: &str) -> Identity {
    identity(name, Role::User)
}

fn trader(name: &str, desk: &str) -> Identity {
    let mut identity = user(name);
    identity.meta.insert("desk".to_owned(), desk.into());
    identity.meta.insert("role".to_owned(), "trader".into());
    identity
}

/// A session of `who`.
async fn session_of(desk: &Desk, who: &Identity) -> Opened {
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

#[tokio::test]
async fn each_audience_gets_what_is_for_it_and_nobody_else_does() {
    let desk = Desk::new(&[]);
    let (ada, bob) = (trader("ada", "bonds"), trader("bob", "gold"));
    let session = session_of(&desk, &ada).await;
    let in_session = format!("/api/events?session={}", session.id);
    let mut streams = [
        desk.stream(&ada, TOPIC).await,
        desk.stream(&ada, &in_session).await,
        desk.stream(&bob, TOPIC).await,
        desk.stream(&bob, TOPIC).await,
        desk.stream(&user("eve"), TOPIC).await,
    ];
    let bobs = streams[3].name.clone();
    let sent = [
        (json!("all"), "all", vec![0, 2, 3, 4]),
        (json!({"user": "ada"}), "user", vec![0]),
        (json!({"user": "nobody"}), "nobody", vec![]),
        (json!({"session": session.id}), "session", vec![1]),
        (json!({"stream": bobs}), "stream", vec![3]),
        (
            json!({"meta": {"role": "trader"}}),
            "traders",
            vec![0, 2, 3],
        ),
        (
            json!({"meta": {"role": "trader", "desk": "gold"}}),
            "gold",
            vec![2, 3],
        ),
        (json!({"meta": {"role": "user"}}), "users", vec![0, 2, 3, 4]),
        (json!({"meta": {"sub": "eve"}}), "sub", vec![4]),
        (json!({"meta": {"role": "admin"}}), "admins", vec![]),
    ];
    for (to, event, meant) in &sent {
        let answer = desk.notify(json!({"to": to, "event": event})).await;
        let counts = [&answer["matched"], &answer["written"], &answer["dropped"]];
        assert_eq!(counts, [meant.len(), meant.len(), 0], "{to}: {answer}");
        assert_eq!(answer["kept"], false);
    }
    // The last word to each: so that it is known what did not come before.
    for (index, stream) in streams.iter_mut().enumerate() {
        desk.notify(json!({"to": {"stream": stream.name}, "event": "end"}))
            .await;
        let meant = sent.iter().filter(|(_, _, meant)| meant.contains(&index));
        for expected in meant.map(|(_, event, _)| *event).chain(["end"]) {
            assert_eq!(stream.hears().await, expected, "stream {index}");
        }
    }
}

#[tokio::test]
async fn what_is_sent_arrives_as_it_was_written_on_one_line() {
    let desk = Desk::new(&[]);
    let mut stream = desk.stream(&user("ada"), TOPIC).await;
    for data in [
        "null",
        "1574.80000000000000000001",
        "{\"b\":1,\n\r\n \"a\" : [1e400, 2]}",
        "\"\\r\\nevent: message\\ndata: x\\n\\n \u{2028} <img src=x> \u{1f4a9}\"",
    ] {
        let body = format!("{{\"to\":\"all\",\"event\":\"e\",\"data\":{data}}}");
        let request = client().post(desk.server.url("/api/notifications"));
        let answer = send(request.bearer_auth(&desk.admin).body(body)).await;
        if data.contains("1e400") {
            answer.is_problem(422, "invalid");
            continue;
        }
        assert_eq!(answer.status, 202, "{}", answer.body);
        let event = stream.listener.next().await.unwrap();
        assert_eq!(event.event.as_deref(), Some("notification"));
        let line = event.data.unwrap();
        assert!(
            line.contains(&format!(",\"data\":{data},\"at\":\"")),
            "{line}"
        );
        let received: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(received["id"], answer.json()["id"]);
    }
    let pretty = serde_json::to_string_pretty(&json!({"a": [1, 2], "b": {"c": "d"}})).unwrap();
    let body = format!(
        "{{\"to\":\"all\",\"event\":\"e\",\"data\":{}}}",
        pretty.replace('\n', "\r\n")
    );
    let request = client().post(desk.server.url("/api/notifications"));
    send(request.bearer_auth(&desk.admin).body(body)).await;
    let received = stream.listener.expect("notification").await;
    assert_eq!(received["data"], json!({"a": [1, 2], "b": {"c": "d"}}));
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let desk = Desk::new(&[]);
    let ok = json!({"to": "all", "event": "e", "data": {}});
    let with = |name: &str, value: Value| {
        let mut body = ok.clone();
        body[name] = value;
        body
    };
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let deep: Box<serde_json::value::RawValue> =
        serde_json::value::RawValue::from_string(deep).unwrap();
    let mut refused = vec![
        json!({}),
        json!({"event": "e"}),
        json!({"to": "all"}),
        with("more", json!(1)),
        with("data", json!("x".repeat(8_191))),
        with("keep", json!(3_600)),
    ];
    for to in [
        json!("everyone"),
        json!({"user": ""}),
        json!({"user": "a b"}),
        json!({"user": "a", "session": "b"}),
        json!({"meta": {}}),
        json!({"meta": []}),
        json!({"role": "admin"}),
        json!(["all"]),
    ] {
        refused.push(with("to", to));
    }
    for event in [
        "",
        "A",
        "1a",
        "a b",
        "é",
        "a\r\ndata: x",
        "_a",
        &"a".repeat(33),
    ] {
        refused.push(with("event", json!(event)));
    }
    for keep in ["", "1", "0s", "-1h", "31d", "x"] {
        refused.push(with("keep", json!(keep)));
    }
    for to in [json!({"session": "s"}), json!({"stream": "s"})] {
        let mut body = with("to", to);
        body["keep"] = json!("1h");
        refused.push(body);
    }
    for body in refused {
        desk.post(body).await.is_problem(422, "invalid");
    }
    let url = desk.server.url("/api/notifications");
    let send_raw = |body: String| send(client().post(&url).bearer_auth(&desk.admin).body(body));
    let deep = format!("{{\"to\":\"all\",\"event\":\"e\",\"data\":{deep}}}");
    send_raw(deep).await.is_problem(422, "invalid");
    let surrogate = "{\"to\":\"all\",\"event\":\"e\",\"data\":\"\\ud800\"}";
    send_raw(surrogate.to_owned())
        .await
        .is_problem(422, "invalid");
    send_raw("{".to_owned()).await.is_problem(400, "bad_json");
    for event in ["a", "price-alert", "a_1", &"a".repeat(32)] {
        desk.notify(with("event", json!(event))).await;
    }
    desk.notify(with("data", json!("x".repeat(8_190)))).await;
    desk.notify(json!({"to": "all", "event": "e", "keep": "30d"}))
        .await;
}

#[tokio::test]
async fn only_administrators_send_and_look() {
    let desk = Desk::new(&[]);
    let sent = desk.notify(json!({"to": "all", "event": "e"})).await;
    let one = format!("/api/notifications/{}", sent["id"].as_str().unwrap());
    for (method, path) in [
        (Method::POST, "/api/notifications"),
        (Method::GET, &*one),
        (Method::GET, "/api/clients"),
    ] {
        let request = || client().request(method.clone(), desk.server.url(path));
        send(request()).await.is_problem(401, "unauthorized");
        for role in [Role::User, Role::Agent] {
            let request = request().bearer_auth(token(&identity("u", role)));
            send(request.body("{}")).await.is_problem(403, "forbidden");
        }
        // What somebody calls himself in his meta makes him no administrator.
        let mut liar = user("liar");
        liar.meta.insert("role".to_owned(), "admin".into());
        let request = request().bearer_auth(token(&liar));
        send(request.body("{}")).await.is_problem(403, "forbidden");
        let wrong = if method == Method::GET {
            Method::POST
        } else {
            Method::GET
        };
        let request = client().request(wrong, desk.server.url(path));
        let request = request.bearer_auth(&desk.admin);
        send(request).await.is_problem(405, "method_not_allowed");
    }
    let gone = desk.get("/api/notifications/nothing").await;
    gone.is_problem(404, "no_notification");
    for query in ["?user=a%20b", "?session=%2e%2e%2f"] {
        let answer = desk.get(&format!("/api/clients{query}")).await;
        answer.is_problem(422, "invalid");
    }
}

#[tokio::test]
async fn what_is_kept_is_given_once_to_who_was_away() {
    let folder = Folder::new();
    let desk = Desk::kept_in(&folder);
    let (ada, bob) = (trader("ada", "bonds"), trader("bob", "gold"));
    let mut there = desk.stream(&ada, TOPIC).await;
    for (to, event) in [
        (json!("all"), "all"),
        (json!({"user": "bob"}), "user"),
        (json!({"meta": {"desk": "gold"}}), "gold"),
        (json!({"meta": {"desk": "bonds"}}), "bonds"),
    ] {
        let sent = desk
            .notify(json!({"to": to, "event": event, "keep": "1h"}))
            .await;
        assert_eq!(sent["kept"], true);
    }
    assert_eq!(there.hears().await, "all");
    assert_eq!(there.hears().await, "bonds");
    // Who does not listen to notifications does not get them by this stream, and has not got them.
    let session = session_of(&desk, &bob).await;
    let path = format!("/api/events?session={}", session.id);
    drop(desk.stream(&bob, &path).await);
    let mut back = desk.stream(&bob, TOPIC).await;
    for expected in ["all", "user", "gold"] {
        assert_eq!(back.hears().await, expected);
    }
    desk.notify(json!({"to": "all", "event": "end"})).await;
    for mut stream in [back, desk.stream(&bob, TOPIC).await] {
        desk.notify(json!({"to": {"stream": stream.name}, "event": "end"}))
            .await;
        assert_eq!(stream.hears().await, "end", "it was given before");
    }

    // And after a restart nobody gets it again, but who was not there yet.
    desk.server.stop().await;
    let desk = Desk::kept_in(&folder);
    for (who, expected) in [
        (&ada, vec!["end"]),
        (&bob, vec!["end"]),
        (&trader("eve", "gold"), vec!["all", "gold", "end"]),
    ] {
        let mut stream = desk.stream(who, TOPIC).await;
        desk.notify(json!({"to": {"stream": stream.name}, "event": "end"}))
            .await;
        for expected in expected {
            assert_eq!(stream.hears().await, expected, "{}", who.user);
        }
    }
}

#[tokio::test]
async fn of_many_tabs_that_open_at_once_one_gets_what_was_kept() {
    let folder = Folder::new();
    let desk = Desk::kept_in(&folder);
    for n in 0..5 {
        let event = format!("e{n}");
        desk.notify(json!({"to": {"user": "ada"}, "event": event, "keep": "1h"}))
            .await;
    }
    let ada = user("ada");
    let tabs = (0..20).map(|_| desk.stream(&ada, TOPIC));
    let tabs = futures_util::future::join_all(tabs).await;
    // While others open, more is sent: each is heard by all that are open, or kept for the first.
    desk.notify(json!({"to": "all", "event": "end"})).await;
    let mut heard = Vec::new();
    for mut tab in tabs {
        loop {
            match tab.hears().await {
                event if event == "end" => break,
                event => heard.push(event),
            }
        }
    }
    heard.sort();
    assert_eq!(heard, ["e0", "e1", "e2", "e3", "e4"]);
}

#[tokio::test]
async fn who_comes_while_it_is_sent_gets_it_exactly_once() {
    let folder = Folder::new();
    let desk = Desk::kept_in(&folder);
    for n in 0..20 {
        let name = format!("u{n}");
        let sent = json!({"to": {"user": name}, "event": "now", "keep": "1h"});
        let who = user(&name);
        let (_, mut stream) = tokio::join!(desk.notify(sent), desk.stream(&who, TOPIC));
        desk.notify(json!({"to": {"user": name}, "event": "end"}))
            .await;
        assert_eq!(stream.hears().await, "now", "{name}");
        assert_eq!(stream.hears().await, "end", "{name}");
    }
}

#[tokio::test]
async fn no_more_than_so_many_are_kept() {
    let desk = Desk::new(&[]);
    let kept = json!({"to": {"user": "u"}, "event": "e", "keep": "30d"});
    for _ in 0..1_000 {
        desk.notify(kept.clone()).await;
    }
    desk.post(kept).await.is_problem(409, "too_many_kept");
    desk.notify(json!({"to": "all", "event": "e"})).await;
    let metrics = desk.get("/metrics").await.body;
    let line = metrics
        .lines()
        .find(|line| line.starts_with("statechat_notifications_kept "));
    assert_eq!(line, Some("statechat_notifications_kept 1000"));
}

#[tokio::test]
async fn it_can_be_asked_why_somebody_did_not_get_it() {
    let desk = Desk::new(&[]);
    let (ada, bob) = (trader("ada", "bonds"), trader("bob", "gold"));
    let mut listening = desk.stream(&ada, TOPIC).await;
    let other = desk.stream(&bob, TOPIC).await;
    let eve = trader("eve", "bonds");
    let session = session_of(&desk, &eve).await;
    let deaf = format!("/api/events?session={}", session.id);
    let deaf = desk.stream(&eve, &deaf).await;
    let to = json!({"meta": {"desk": "bonds"}});
    let sent = desk
        .notify(json!({"to": to, "event": "alert", "keep": "1h"}))
        .await;
    listening.hears().await;

    let told = desk.told(&sent, "").await;
    assert_eq!((&told["to"], &told["event"]), (&to, &json!("alert")));
    assert_eq!((&told["matched"], &told["flushed"]), (&json!(1), &json!(1)));
    assert_eq!((&told["queued"], &told["dropped"]), (&json!(0), &json!(0)));
    let recipient = json!({"stream": listening.name, "user": "ada", "fate": "flushed"});
    assert_eq!(told["recipients"], json!([recipient]));
    assert!(told["at"].as_str().unwrap().ends_with('Z'));

    let hers = desk.told(&sent, "?user=ada").await;
    assert_eq!(hers["recipients"], json!([recipient]));
    assert_eq!(hers.get("reason"), None);
    let late = user("late");
    desk.stream(&late, TOPIC).await;
    for (query, reason) in [
        ("?user=bob".to_owned(), "the filter does not match"),
        (
            format!("?stream={}", other.name),
            "the filter does not match",
        ),
        (
            "?user=eve".to_owned(),
            "its stream does not listen to notifications",
        ),
        (
            format!("?stream={}", deaf.name),
            "its stream does not listen to notifications",
        ),
        ("?user=late".to_owned(), "no stream open then"),
        ("?user=nobody".to_owned(), "no stream open then"),
    ] {
        let told = desk.told(&sent, &query).await;
        assert_eq!(told["reason"], reason, "{query}");
        assert_eq!(told["recipients"], json!([]), "{query}");
    }
    // Who has gone since was there then.
    drop((other, deaf));
    desk.wait_for_clients(1).await;
    let told = desk.told(&sent, "?user=bob").await;
    assert_eq!(told["reason"], "the filter does not match");

    let waits = desk.told(&sent, "?user=eve").await["kept"].clone();
    assert_eq!(
        waits,
        format!("kept until {}", told["keptUntil"].as_str().unwrap())
    );
    desk.stream(&eve, TOPIC).await.hears().await;
    let got = desk.told(&sent, "?user=eve").await["kept"].clone();
    assert!(
        got.as_str().unwrap().starts_with("delivered at 20"),
        "{got}"
    );
}

#[tokio::test]
async fn the_last_two_hundred_are_remembered() {
    let desk = Desk::new(&[]);
    let first = desk.notify(json!({"to": "all", "event": "e"})).await;
    for _ in 0..199 {
        desk.notify(json!({"to": "all", "event": "e"})).await;
    }
    desk.told(&first, "").await;
    desk.notify(json!({"to": "all", "event": "e"})).await;
    let path = format!("/api/notifications/{}", first["id"].as_str().unwrap());
    desk.get(&path).await.is_problem(404, "no_notification");
}

#[tokio::test]
async fn clients_are_listed_with_what_they_were_sent() {
    let desk = Desk::new(&["--heartbeat", "1h"]);
    let mut ada = trader("ada", "bonds");
    ada.name = Some("Ada".into());
    let session = session_of(&desk, &ada).await;
    let path = format!("/api/events?session={}&topics=notifications", session.id);
    let mut both = desk.stream(&ada, &path).await;
    let topic = desk.stream(&ada, TOPIC).await;
    let other = desk.stream(&user("bob"), TOPIC).await;
    both.listener.until(1).await;
    session.choose("LSE").await;
    both.listener.until(3).await;
    desk.notify(json!({"to": {"user": "ada"}, "event": "e"}))
        .await;
    both.hears().await;

    let all = desk.clients("").await;
    let first = &all["clients"][0];
    assert_eq!(first["stream"], both.name);
    assert_eq!(
        (&first["user"], &first["name"]),
        (&json!("ada"), &json!("Ada"))
    );
    assert_eq!(
        (&first["role"], &first["session"]),
        (&json!("user"), &json!(session.id))
    );
    assert_eq!(first["topics"], json!(["notifications"]));
    // `connected`, three records, one notification.
    assert_eq!((&first["sent"], &first["behind"]), (&json!(5), &json!(0)));
    assert_eq!(first["skipped"], 0);
    assert!(first["since"].as_str().unwrap().ends_with('Z'));
    assert_eq!(all["more"], 0);
    let totals = &all["totals"];
    assert_eq!(
        (&totals["connected"], &totals["byUser"]),
        (&json!(3), &json!({"ada": 2, "bob": 1}))
    );
    assert!(totals["averageSeconds"].as_f64().unwrap() >= 0.0);
    assert!(totals["lastEventAt"].as_str().unwrap().ends_with('Z'));

    for (query, names) in [
        ("?user=ada".to_owned(), vec![&both.name, &topic.name]),
        (format!("?session={}", session.id), vec![&both.name]),
        (format!("?stream={}", other.name), vec![&other.name]),
        (format!("?user=bob&session={}", session.id), vec![]),
        ("?user=nobody".to_owned(), vec![]),
    ] {
        let found = desk.clients(&query).await;
        let streams = found["clients"].as_array().unwrap().iter();
        let streams: Vec<_> = streams.map(|client| &client["stream"]).collect();
        assert_eq!(streams, names, "{query}");
        assert_eq!(found["totals"]["connected"], names.len(), "{query}");
    }
    // What was sent stays counted when a stream ends: 5 and twice `connected`, and a notification.
    drop((both, topic, other));
    desk.wait_for_clients(0).await;
    assert_eq!(desk.clients("").await["totals"]["eventsSent"], 8);
}

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
