//! Sending: to whom, what arrives, and what is refused.

use reqwest::Method;
use serde_json::{Value, json};
use statechat::identity::Role;

use super::{Desk, TOPIC, session_of, trader, user};
use crate::server::{client, identity, send, token};

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
}

#[tokio::test]
async fn what_a_strict_reader_refuses_is_refused_and_the_largest_is_not() {
    let desk = Desk::new(&[]);
    let ok = json!({"to": "all", "event": "e", "data": {}});
    let with = |name: &str, value: Value| {
        let mut body = ok.clone();
        body[name] = value;
        body
    };
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
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
