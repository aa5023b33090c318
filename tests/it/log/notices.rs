//! What every log does of what is no session's: kept notifications, and revocations.

use std::sync::Arc;

use futures_util::future::join_all;
use statechat::record::{Kept, UserId};

use super::{Made, at, session, user};

/// A notification of this second, past at `until`.
fn kept(id: &str, second: i64, until: i64) -> Kept {
    Kept {
        id: id.into(),
        to: format!("{{\"to\":\"{id}\"}}").into(),
        event: format!("{{\"id\":\"{id}\"}}").into(),
        at: at(second),
        until: at(until),
    }
}

async fn keep(log: &Made, kept: &Kept) -> bool {
    log.keep(kept.clone()).await.unwrap()
}

/// The ids of what is kept, and who got it.
async fn found(log: &Made, now: i64, limit: usize) -> Vec<(String, Vec<UserId>)> {
    let kept = log.kept(at(now), limit).await.unwrap();
    let found = kept.into_iter();
    found.map(|(kept, users)| (kept.id.into(), users)).collect()
}

async fn ids(log: &Made, now: i64, limit: usize) -> Vec<String> {
    let found = found(log, now, limit).await.into_iter();
    found.map(|(id, _)| id).collect()
}

async fn deliver(log: &Made, id: &str, name: &str) -> bool {
    log.delivered(id, &user(name)).await.unwrap()
}

pub(super) async fn a_revocation_moves_forward_only(log: Made) {
    assert_eq!(log.revocations().await, Ok(Vec::new()));
    for (name, before) in [("u2", 50), ("u1", -3), ("u2", 20), ("u2", 70), ("u1", -9)] {
        log.revoke(&user(name), at(before)).await.unwrap();
    }
    let expected = vec![(user("u1"), at(-3)), (user("u2"), at(70))];
    assert_eq!(log.revocations().await, Ok(expected));
    let revocations = (0..100).map(|n| {
        let log = Arc::clone(&log);
        tokio::spawn(async move { log.revoke(&user("u1"), at((n * 37) % 100)).await })
    });
    for revocation in join_all(revocations).await {
        revocation.unwrap().unwrap();
    }
    let expected = vec![(user("u1"), at(99)), (user("u2"), at(70))];
    assert_eq!(log.revocations().await, Ok(expected));
    // The far past revokes nothing.
    log.revoke(&user("u2"), jiff::Timestamp::MIN).await.unwrap();
    assert_eq!(log.revocations().await.unwrap()[1].1, at(70));
}

pub(super) async fn what_is_kept_is_found_until_it_is_past(log: Made) {
    let notices = [
        kept("c", 30, 100),
        kept("a", 10, 50),
        kept("d", 20, 200),
        kept("b", 20, 90),
    ];
    for notice in &notices {
        assert!(keep(&log, notice).await);
    }
    let found = log.kept(at(0), 100).await.unwrap();
    let [c, a, d, b] = notices.map(|notice| (notice, Vec::new()));
    assert_eq!(
        found,
        [a, b, d, c],
        "the oldest first, and then by their ids"
    );
    assert_eq!(ids(&log, 49, 100).await, ["a", "b", "d", "c"]);
    assert_eq!(ids(&log, 50, 100).await, ["b", "d", "c"]);
    assert_eq!(ids(&log, 100, usize::MAX).await, ["d"]);
    assert_eq!(ids(&log, 200, 100).await, [""; 0]);
    // The limit counts what is not past.
    assert_eq!(ids(&log, 50, 2).await, ["b", "d"]);
    assert_eq!(ids(&log, 0, 0).await, [""; 0]);
}

pub(super) async fn of_two_notifications_with_one_id_the_first_stays(log: Made) {
    let first = kept("n1", 1, 100);
    assert!(keep(&log, &first).await);
    assert!(deliver(&log, "n1", "u1").await);
    assert!(!keep(&log, &kept("n1", 7, 700)).await);
    let found = log.kept(at(0), 9).await.unwrap();
    assert_eq!(found, [(first, vec![user("u1")])]);
}

pub(super) async fn a_notification_is_delivered_to_each_user_once(log: Made) {
    for id in ["n1", "n2"] {
        assert!(keep(&log, &kept(id, 1, 100)).await);
    }
    for (id, name, is_first) in [
        ("n1", "u2", true),
        ("n1", "u2", false),
        ("n1", "u1", true),
        ("n2", "u2", true),
        ("n1", "u2", false),
        ("n1", "u1", false),
        // What is not kept cannot be got.
        ("n3", "u1", false),
    ] {
        assert_eq!(deliver(&log, id, name).await, is_first, "{id} to {name}");
    }
    let expected = [
        ("n1".to_owned(), vec![user("u1"), user("u2")]),
        ("n2".to_owned(), vec![user("u2")]),
    ];
    assert_eq!(found(&log, 0, 9).await, expected);
    assert!(keep(&log, &kept("n3", 1, 100)).await);
    assert!(deliver(&log, "n3", "u1").await, "not before it was kept");
}

pub(super) async fn of_racing_deliveries_one_is_the_first(log: Made) {
    for n in 0..10 {
        assert!(keep(&log, &kept(&format!("n{n}"), n, 100)).await);
    }
    let deliveries = (0..200).map(|n| {
        let log = Arc::clone(&log);
        tokio::spawn(async move {
            let name = user(&format!("u{}", n / 10 % 2));
            log.delivered(&format!("n{}", n % 10), &name).await
        })
    });
    let deliveries = join_all(deliveries).await.into_iter();
    let first = deliveries.filter(|delivery| *delivery.as_ref().unwrap() == Ok(true));
    assert_eq!(first.count(), 20, "ten to each of two, of ten tries each");
}

pub(super) async fn what_is_past_is_forgotten_with_its_deliveries(log: Made) {
    for (id, until) in [("n1", 300), ("n2", 100), ("n3", 200)] {
        assert!(keep(&log, &kept(id, 1, until)).await);
        assert!(deliver(&log, id, "u1").await);
    }
    // The newest too: the next one may get its place in the store.
    log.forget_kept(at(200)).await.unwrap();
    assert_eq!(found(&log, 0, 9).await, [("n1".into(), vec![user("u1")])]);
    assert!(!deliver(&log, "n3", "u2").await);
    for id in ["n2", "n3"] {
        assert!(keep(&log, &kept(id, 2, 900)).await, "{id} is new");
        assert!(deliver(&log, id, "u1").await, "nobody got {id} yet");
    }
    log.forget_kept(at(200)).await.unwrap();
    assert_eq!(ids(&log, 0, 9).await, ["n1", "n2", "n3"]);
    // Sessions have nothing to do with it.
    assert_eq!(log.load(&session("n1")).await, Ok(None));
}

pub(super) async fn hostile_notifications_come_back_as_they_were(log: Made) {
    let long = "long ".repeat(50_000);
    let texts = [
        "",
        "\0",
        "a\0b",
        "\r\n",
        "'; DROP TABLE notices; --",
        "💩",
        &long,
    ];
    let mut all = Vec::new();
    for (second, text) in (0..).zip(texts) {
        let mut hostile = kept(text, second, 100);
        hostile.to = text.into();
        hostile.event = serde_json::json!({ "text": text }).to_string().into();
        assert!(keep(&log, &hostile).await);
        assert!(deliver(&log, text, "u1").await);
        all.push((hostile, vec![user("u1")]));
    }
    assert_eq!(log.kept(at(0), 100).await, Ok(all));
}

pub(super) async fn notices_and_revocations_are_there_when_it_is_opened_again(log: Made) {
    assert!(keep(&log, &kept("n1", 1, 100)).await);
    assert!(keep(&log, &kept("n2", 2, 100)).await);
    assert!(deliver(&log, "n1", "u1").await);
    log.revoke(&user("u1"), at(7)).await.unwrap();
    let before = log.kept(at(0), 9).await;
    let log = log.reopened();
    assert_eq!(log.kept(at(0), 9).await, before);
    assert_eq!(log.revocations().await, Ok(vec![(user("u1"), at(7))]));
    assert!(!deliver(&log, "n1", "u1").await, "it was delivered");
    assert!(deliver(&log, "n2", "u1").await);
}
