//! Watching: what became of a notification, and who is connected.

use serde_json::{Value, json};

use super::{Desk, Stream, TOPIC, session_of, trader, user};

/// Checks what is told of a notification that only `listening` got, and answers its recipient.
async fn told_of_one(desk: &Desk, sent: &Value, listening: &Stream) -> Value {
    let told = desk.told(sent, "").await;
    assert_eq!(told["event"], "alert");
    assert_eq!((&told["matched"], &told["flushed"]), (&json!(1), &json!(1)));
    assert_eq!((&told["queued"], &told["dropped"]), (&json!(0), &json!(0)));
    let recipient = json!({"stream": listening.name, "user": "ada", "fate": "flushed"});
    assert_eq!(told["recipients"], json!([recipient]));
    assert!(told["at"].as_str().unwrap().ends_with('Z'));
    recipient
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

    assert_eq!(desk.told(&sent, "").await["to"], to);
    let recipient = told_of_one(&desk, &sent, &listening).await;
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
