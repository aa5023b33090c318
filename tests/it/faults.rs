//! What goes wrong inside: sources that fail, handlers that panic, logs that were written by somebody else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use statechat::bots::stock::{Market, Quote};
use statechat::log::{Answer, Batch, Log, LogError, MemoryLog};
use statechat::record::{ClientId, HeadRow, Record, Seq, SessionId, UserId};
use statechat::sources::quotes::{FileQuotes, QuoteError, QuoteSource};

use crate::server::{Running, stock};

/// A source that does as it is told, and from the second time on works.
#[derive(Clone, Copy)]
enum Fault {
    Fails,
    Panics,
    Hangs,
}

struct Faulty {
    fault: Fault,
    calls: AtomicUsize,
}

impl QuoteSource for Faulty {
    async fn quote(&self, exchange: &str, code: &str) -> Result<Quote, QuoteError> {
        if self.calls.fetch_add(1, Ordering::Relaxed) > 0 {
            return FileQuotes(Arc::new(Market::bundled()))
                .quote(exchange, code)
                .await;
        }
        match self.fault {
            Fault::Fails => Err(QuoteError::Unavailable("closed for lunch".into())),
            Fault::Panics => panic!("the source panicked, as the test wants"),
            Fault::Hangs => std::future::pending().await,
        }
    }
}

#[tokio::test]
async fn a_source_that_fails_panics_or_hangs_ends_in_quote_unavailable() {
    for fault in [Fault::Fails, Fault::Panics, Fault::Hangs] {
        let source = Faulty {
            fault,
            calls: AtomicUsize::new(0),
        };
        let server = Running::start_bots(&["--effect-timeout", "100ms"], stock(source));
        let session = server.open().await;
        session.choose("LSE").await;
        session.choose("GSK").await;
        let sorry = session
            .record(|record| record["transition"]["input"] == "QuoteFailed")
            .await;
        assert_eq!(
            sorry["state"],
            json!(["Conversation", "Exchange", "QuoteUnavailable"])
        );
        let ids: Vec<_> = sorry["options"]
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o["id"].clone())
            .collect();
        assert_eq!(ids, ["try-again", "go-back"]);
        session.choose("try-again").await;
        session
            .record(|record| record["data"]["price"] == "1574.80")
            .await;
    }
}

#[tokio::test]
async fn an_effect_that_was_left_behind_says_nothing_any_more() {
    let source = Faulty {
        fault: Fault::Hangs,
        calls: AtomicUsize::new(0),
    };
    let server = Running::start_bots(&["--effect-timeout", "200ms"], stock(source));
    let session = server.open().await;
    session.choose("LSE").await;
    session.choose("GSK").await;
    session.say("wait, what?").await;
    session
        .record(|record| record["text"] == "One moment, I’m still looking up GSK PLC.")
        .await;
    session.say("main menu").await;
    let menu = session
        .record(|record| record["transition"]["input"] == "MainMenu")
        .await;
    assert_eq!(menu["pending"], json!([]));
    session.choose("LSE").await;
    session.choose("CRDA").await;
    session
        .record(|record| record["data"]["code"] == "CRDA")
        .await;
    let late = session
        .records()
        .await
        .into_iter()
        .filter(|r| r["transition"]["input"] == "QuoteFailed");
    assert_eq!(late.count(), 0);
}

/// A log in which somebody else writes first, so many times.
struct Contended {
    inner: MemoryLog,
    conflicts: AtomicUsize,
}

impl Log for Contended {
    fn append(&self, batch: Batch) -> Answer<()> {
        let left = self.conflicts.load(Ordering::Relaxed);
        if batch.expected == 0 || left == 0 {
            return self.inner.append(batch);
        }
        self.conflicts.store(left - 1, Ordering::Relaxed);
        let expected = batch.expected;
        Box::pin(async move {
            Err(LogError::Conflict {
                head: expected + 1,
                expected,
            })
        })
    }

    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> Answer<Vec<Record>> {
        self.inner.read(session, after, limit)
    }

    fn row(&self, session: &SessionId) -> Answer<Option<HeadRow>> {
        self.inner.row(session)
    }

    fn by_client_id(&self, session: &SessionId, client_id: &ClientId) -> Answer<Option<Seq>> {
        self.inner.by_client_id(session, client_id)
    }

    fn of_owner(&self, owner: &UserId, limit: usize) -> Answer<Vec<HeadRow>> {
        self.inner.of_owner(owner, limit)
    }

    fn erase(&self, session: &SessionId) -> Answer<bool> {
        self.inner.erase(session)
    }
}

#[tokio::test]
async fn a_conflict_is_tried_again_and_an_unending_one_is_told() {
    let log = |conflicts| {
        Arc::new(Contended {
            inner: MemoryLog::new(10),
            conflicts: AtomicUsize::new(conflicts),
        })
    };
    let bots = || stock(FileQuotes(Arc::new(Market::bundled())));
    let server = Running::start_over(&[], bots(), log(3));
    let session = server.open().await;
    session.choose("LSE").await;
    assert_eq!(session.records().await.len(), 3);

    let server = Running::start_over(&[], bots(), log(1_000));
    let session = server.open().await;
    session
        .post(json!({ "choose": "LSE" }))
        .await
        .is_problem(429, "busy");
    assert_eq!(session.records().await.len(), 1, "nothing happened");
}
