//! Kept: for those who are away, once.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::json;
use statechat::log::{Log, MemoryLog, SqliteLog};
use statechat::record::Kept;

use super::{Desk, TOPIC, session_of, trader, user};
use crate::folder::Folder;
use crate::server::{Running, patient, send, stock_of_file};

/// A server whose log somebody else has as well.
fn shared() -> (Desk, Arc<MemoryLog>) {
    let log = Arc::new(MemoryLog::new(100));
    let server = Running::start_over(&[], stock_of_file(), Arc::clone(&log) as Arc<dyn Log>);
    (Desk::over(server), log)
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
    for round in ["r1", "r2", "r3"] {
        let to = json!({"meta": {"desk": round}});
        let sent = desk.notify(json!({"to": to, "event": "now", "keep": "1h"}));
        // One after another: some before it is sent, some while it is, and some after.
        let opened = async {
            let mut streams = Vec::new();
            for n in 0..20 {
                let who = trader(&format!("{round}-{n}"), round);
                streams.push(desk.stream(&who, TOPIC).await);
            }
            streams
        };
        let (_, streams) = tokio::join!(sent, opened);
        desk.notify(json!({"to": to, "event": "end"})).await;
        for (n, mut stream) in streams.into_iter().enumerate() {
            assert_eq!(stream.hears().await, "now", "{n} of {round}");
            assert_eq!(stream.hears().await, "end", "{n} of {round}");
        }
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
async fn what_is_past_is_given_to_nobody() {
    let folder = Folder::new();
    let log = SqliteLog::open(&folder.file("chat.db"), Arc::default()).unwrap();
    let now = Timestamp::now();
    for (event, until) in [("past", -1), ("waits", 3_600)] {
        let at = now - SignedDuration::from_secs(60);
        let until = now + SignedDuration::from_secs(until);
        let data = json!({"id": event, "event": event, "data": null, "at": at});
        let kept = Kept {
            id: event.into(),
            to: "\"all\"".into(),
            event: data.to_string().into(),
            at,
            until,
        };
        assert!(log.keep(kept).await.unwrap());
    }
    drop(log);
    let desk = Desk::kept_in(&folder);
    let mut stream = desk.stream(&user("ada"), TOPIC).await;
    assert_eq!(stream.hears().await, "waits");
}

#[tokio::test]
async fn what_a_stream_that_did_not_come_to_be_would_have_brought_waits_for_the_next() {
    let (desk, log) = shared();
    let ada = user("ada");
    let session = session_of(&desk, &ada).await;
    desk.notify(json!({"to": {"user": "ada"}, "event": "e", "keep": "1h"}))
        .await;
    // Erased by another process: this one finds out when it looks for the cursor.
    assert!(log.erase(&session.id.parse().unwrap()).await.unwrap());
    let path = format!(
        "/api/events?session={}&topics=notifications&lastEventId=1.0000",
        session.id
    );
    let refused = send(session.request(Method::GET, &path)).await;
    refused.is_problem(404, "no_session");
    let mut stream = desk.stream(&ada, TOPIC).await;
    desk.notify(json!({"to": {"stream": stream.name}, "event": "end"}))
        .await;
    assert_eq!(stream.hears().await, "e");
}

#[tokio::test]
async fn what_is_past_leaves_the_log_when_something_else_is_kept() {
    let (desk, log) = shared();
    let begun = Timestamp::now();
    let short = json!({"to": {"user": "ada"}, "event": "short", "keep": "1s"});
    let short = desk.notify(short).await;
    let is_past = async {
        while !desk.told(&short, "?user=ada").await["kept"]
            .as_str()
            .unwrap()
            .ends_with("past")
        {
            tokio::task::yield_now().await;
        }
    };
    patient(is_past).await;
    desk.notify(json!({"to": {"user": "ada"}, "event": "long", "keep": "1h"}))
        .await;
    // As of then none of them was past.
    let kept = log.kept(begun, 10).await.unwrap();
    let kept: Vec<&str> = kept.iter().map(|(kept, _)| &*kept.event).collect();
    assert!(kept.len() == 1 && kept[0].contains("long"), "{kept:?}");
}
