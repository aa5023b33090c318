//! Conversations that were held with a machine which has changed since: told before a deployment by a replay, and
//! never without a word after it.

// The machine as it is now stands there once for each policy: a bot has but one.
#![allow(clippy::duplicate_mod)]

mod broken;
#[path = "../../../examples/desk/old.rs"]
pub(crate) mod old;

/// The machine as it is now, by each policy.
#[path = "../../../examples/desk"]
mod go_on {
    const POLICY: statechat::bot::WhenChanged = statechat::bot::WhenChanged::GoOn;
    pub(crate) mod new;
}
#[path = "../../../examples/desk"]
mod restart {
    const POLICY: statechat::bot::WhenChanged = statechat::bot::WhenChanged::Restart;
    pub(super) mod new;
}
#[path = "../../../examples/desk"]
mod read_only {
    const POLICY: statechat::bot::WhenChanged = statechat::bot::WhenChanged::ReadOnly;
    pub(super) mod new;
}

pub(crate) use go_on::new as now;

use std::sync::Arc;

use serde_json::{Value, json};
use statechat::log::{Log, MemoryLog};
use statechat::record::Record;
use statechat::registry::{Bots, Divergence, Fate};

use crate::server::{Opened, Running};
use crate::streams::Listener;

/// What users did with the old machine.
const BOOKING: &[&str] = &["book"];
const BOOKED: &[&str] = &["book", "morning"];
const WEATHER: &[&str] = &["weather", "book"];
const LOST: &[&str] = &["lose"];

/// The log with a conversation for each of `courses`, held with the old machine.
async fn held(courses: &[&[&str]]) -> (Arc<dyn Log>, Vec<Opened>) {
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new(100));
    let server = Running::start_over(&[], Bots::new().with::<old::Desk>(()), Arc::clone(&log));
    let mut sessions = Vec::new();
    for course in courses {
        let session = server.open_bot("desk").await;
        for said in *course {
            let answer = session.post(json!({ "text": said })).await;
            assert_eq!(answer.status, 202, "{}", answer.body);
        }
        sessions.push(session);
    }
    server.stop().await;
    (log, sessions)
}

async fn stored(log: &Arc<dyn Log>, session: &Opened) -> (Vec<Record>, Arc<str>) {
    let id = session.id.parse().unwrap();
    let records = log.read(&id, 0, 100).await.unwrap();
    (records, log.load(&id).await.unwrap().unwrap().row.state)
}

/// A server over the same log, with the machine as it is now.
fn later(log: &Arc<dyn Log>, bots: Bots) -> Running {
    Running::start_over(&[], bots, Arc::clone(log))
}

fn there(server: &Running, session: &Opened) -> Opened {
    Opened {
        address: server.address,
        ..session.clone()
    }
}

fn texts(records: &[Value]) -> Vec<&str> {
    records
        .iter()
        .map(|record| record["text"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_replay_tells_what_goes_on_what_diverges_and_what_strands() {
    let (log, sessions) = held(&[BOOKING, BOOKED, WEATHER, LOST]).await;
    let bots = Bots::new().with::<go_on::new::Desk>(());
    let host = bots.get("desk").unwrap();
    let mut fates = Vec::new();
    for session in &sessions {
        let (records, state) = stored(&log, session).await;
        let (fate, live) = host.replay(&records, &state);
        assert_eq!(live.is_some(), matches!(fate, Fate::Unchanged { .. }));
        if let Some(live) = live {
            assert_eq!(live.head(), records.len() as u64);
        }
        fates.push(fate);
    }
    let divergence = |why: &str| Divergence {
        seq: 3,
        why: why.to_owned(),
    };
    // The greeting reads otherwise now.
    let expected = [
        Fate::Unchanged { reworded: 1 },
        Fate::Unchanged { reworded: 1 },
        Fate::Diverges(divergence(
            "in Asking Weather leads to Open.Outlook, and led to Open.Asking",
        )),
        Fate::Strands(divergence(
            "in Asking what was understood as Lose is understood as Missed",
        )),
    ];
    assert_eq!(fates, expected);
    // And with the machine that they were held with all go on.
    let bots = Bots::new().with::<old::Desk>(());
    for session in &sessions {
        let (records, state) = stored(&log, session).await;
        let (fate, _) = bots.get("desk").unwrap().replay(&records, &state);
        assert_eq!(fate, Fate::Unchanged { reworded: 0 });
    }
}

#[tokio::test]
async fn what_agrees_goes_on_with_its_timers() {
    let (log, sessions) = held(&[BOOKED]).await;
    let server = later(&log, Bots::new().with::<go_on::new::Desk>(()));
    let session = there(&server, &sessions[0]);
    assert_eq!(session.records().await.len(), 5);
    session.choose("back").await;
    let records = session.records().await;
    assert_eq!(texts(&records)[5..], ["Back", "How can I help?"]);
    // The timer of the state that was left is given up, so it was known.
    let (records, _) = stored(&log, &session).await;
    let left: Value = serde_json::from_str(&records[6].private).unwrap();
    assert_eq!(left["cancelled"], json!(["5.0"]));
}

#[tokio::test]
async fn what_diverges_starts_over_and_is_told_why() {
    let (log, sessions) = held(&[WEATHER, LOST]).await;
    let server = later(&log, Bots::new().with::<go_on::new::Desk>(()));
    for (session, head) in sessions.iter().zip([5, 3]) {
        let session = there(&server, session);
        let mut listener = Listener::open(&session, "", None).await;
        let events = listener.until(head + 1).await;
        let last = events.last().unwrap().data.as_deref().unwrap();
        let last: Value = serde_json::from_str(last).unwrap();
        let text = "I have been changed since we last spoke, and cannot go on from there. Let us start over.\n\n\
                    How can I help?";
        assert_eq!(last["text"], text);
        assert_eq!(last["state"], json!(["Open", "Asking"]));
        session.choose("weather").await;
        assert_eq!(
            texts(&session.records().await).last(),
            Some(&"It is sunny.")
        );
    }
    // It has been told once, whoever comes after; and is held with this machine from here on.
    server.stop().await;
    let server = later(&log, Bots::new().with::<go_on::new::Desk>(()));
    for (session, head) in sessions.iter().zip([5, 3]) {
        assert_eq!(there(&server, session).records().await.len(), head + 3);
        let (records, state) = stored(&log, session).await;
        let bots = Bots::new().with::<go_on::new::Desk>(());
        let (fate, _) = bots.get("desk").unwrap().replay(&records[head..], &state);
        assert_eq!(fate, Fate::Unchanged { reworded: 0 });
    }
}

#[tokio::test]
async fn a_bot_may_want_all_to_start_over() {
    let (log, sessions) = held(&[BOOKING]).await;
    let server = later(&log, Bots::new().with::<restart::new::Desk>(()));
    let records = there(&server, &sessions[0]).records().await;
    assert_eq!(records.len(), 4);
    assert_eq!(records[3]["state"], json!(["Open", "Asking"]));
}

#[tokio::test]
async fn a_bot_may_want_what_was_to_be_read_only() {
    let (log, sessions) = held(&[BOOKED, LOST]).await;
    let server = later(&log, Bots::new().with::<read_only::new::Desk>(()));
    for (session, head) in sessions.iter().zip([5, 3]) {
        let session = there(&server, session);
        let mut listener = Listener::open(&session, "", None).await;
        assert_eq!(listener.until(head).await.len() as u64, head);
        for message in [json!({ "choose": "back" }), json!({ "text": "hello" })] {
            let problem = session.post(message).await.is_problem(409, "read_only");
            assert!(
                problem["detail"]
                    .as_str()
                    .unwrap()
                    .contains("can only be read")
            );
        }
        let summary = session.get(&session.path()).await.json();
        assert_eq!(
            (&summary["options"], &summary["head"]),
            (&json!([]), &json!(head))
        );
        assert_eq!(session.records().await.len() as u64, head);
    }
    // What starts now is held with the machine as it is.
    let session = server.open_bot("desk").await;
    session.choose("weather").await;
}

fn broken(starts: bool) -> Bots {
    Bots::new().with_source::<broken::Desk>(broken::Starts(starts), broken::Cellar)
}

#[tokio::test]
async fn what_cannot_even_start_over_is_read_and_erased() {
    let (log, sessions) = held(&[BOOKING]).await;
    let server = later(&log, broken(false));
    let session = there(&server, &sessions[0]);
    assert_eq!(session.records().await.len(), 3);
    let answer = session.post(json!({ "text": "hello" })).await;
    answer.is_problem(409, "read_only");
    let mut listener = Listener::open(&session, "", None).await;
    assert_eq!(listener.until(3).await.len(), 3);
    // A build that starts finds it as it was.
    server.stop().await;
    let server = later(&log, broken(true));
    assert_eq!(there(&server, &session).records().await.len(), 4);
    server.stop().await;

    let (log, sessions) = held(&[BOOKING]).await;
    let server = later(&log, broken(false));
    let session = there(&server, &sessions[0]);
    let erased = crate::server::send(session.request(reqwest::Method::DELETE, &session.path()));
    assert_eq!(erased.await.status, 204);
    assert!(
        log.load(&session.id.parse().unwrap())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn starting_over_is_nothing_that_a_user_said() {
    let (log, sessions) = held(&[BOOKING]).await;
    let server = later(&log, broken(true));
    let session = there(&server, &sessions[0]);
    assert_eq!(session.records().await.len(), 4);
    let silence = async || {
        let stored = log.load(&session.id.parse().unwrap()).await.unwrap();
        stored.unwrap().row.waits.silence
    };
    // This silence has been told, or meant nothing; the next one begins with what is said next.
    assert!(!silence().await);
    session.say("hello").await;
    assert!(silence().await);
}

#[tokio::test]
async fn an_outcome_that_cannot_be_stored_is_a_failed_effect() {
    let server = Running::start_bots(&[], broken(true));
    let session = server.open_bot("desk").await;
    session.choose("fetch").await;
    let failed = session.record(|record| record["text"] == "nothing came");
    assert_eq!(failed.await["state"], json!(["Asking"]));
    session.say("hello").await;
}
