//! What goes wrong inside: sources that fail, handlers that panic, logs that were written by somebody else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use serde_json::json;
use statechat::bots::stock::{Market, Quote};
use statechat::log::{Batch, Invited, Log, LogError, LogFuture, MemoryLog, Number, Stored};
use statechat::record::{ClientId, HeadRow, Kept, Receipt, Record, Seq, SessionId, UserId};
use statechat::sources::quotes::{FileQuotes, QuoteError, QuoteSource};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;

use crate::server::{PATIENCE, Running, patient, stock};
use crate::streams::Listener;

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

/// A source that answers when it is let, and counts who waits.
struct Held {
    waiting: Arc<AtomicUsize>,
    release: Arc<Semaphore>,
}

/// Counts a caller as long as it waits, also if it is given up.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl QuoteSource for Held {
    async fn quote(&self, exchange: &str, code: &str) -> Result<Quote, QuoteError> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let waiting = Waiting(Arc::clone(&self.waiting));
        self.release.acquire().await.unwrap().forget();
        drop(waiting);
        FileQuotes(Arc::new(Market::bundled()))
            .quote(exchange, code)
            .await
    }
}

async fn until(holds: impl Fn() -> bool) {
    let wait = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, wait)
        .await
        .expect("it never came to hold");
}

#[tokio::test]
async fn an_effect_that_was_left_behind_is_given_up() {
    let (waiting, release) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
    let source = Held {
        waiting: Arc::clone(&waiting),
        release: Arc::clone(&release),
    };
    let server = Running::start_bots(&["--effect-timeout", "1m"], stock(source));
    let session = server.open().await;
    session.choose("LSE").await;
    session.choose("GSK").await;
    until(|| waiting.load(Ordering::SeqCst) == 1).await;
    session.say("wait, what?").await;
    session
        .record(|record| record["text"] == "One moment, I’m still looking up GSK PLC.")
        .await;
    session.say("main menu").await;
    let menu = session
        .record(|record| record["transition"]["input"] == "MainMenu")
        .await;
    assert_eq!(menu["pending"], json!([]));
    until(|| waiting.load(Ordering::SeqCst) == 0).await;
    session.choose("LSE").await;
    session.choose("CRDA").await;
    release.add_permits(2);
    session
        .record(|record| record["data"]["code"] == "CRDA")
        .await;
    let prices = session
        .records()
        .await
        .into_iter()
        .filter(|record| record["data"]["kind"] == "price");
    assert_eq!(prices.count(), 1, "the first effect is heard of no more");
}

#[tokio::test]
async fn at_most_32_messages_wait_for_one_session() {
    let release = Arc::new(Semaphore::new(0));
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let server = Running::start_over(&["--rate-limit", "0"], bots, held(&release));
    let session = server.open().await;
    // One has the lock and 32 wait; all others are told at once that it is too much.
    let posts: Vec<_> = (0..40)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.post(json!({ "text": "help" })).await })
        })
        .collect();
    let refused = async {
        while posts.iter().filter(|post| post.is_finished()).count() < 7 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, refused)
        .await
        .expect("nobody was refused");
    release.add_permits(33);
    let mut statuses = Vec::new();
    for post in posts {
        let answer = post.await.unwrap();
        if answer.status == 429 {
            answer.is_problem(429, "busy");
            assert_eq!(answer.headers["retry-after"], "1");
        }
        statuses.push(answer.status);
    }
    assert_eq!(statuses.iter().filter(|&&status| status == 202).count(), 33);
    assert_eq!(statuses.iter().filter(|&&status| status == 429).count(), 7);
}

/// A log whose appends to a session that is there pass a gate first, and its reads another one.
struct Gated<G> {
    inner: Arc<MemoryLog>,
    gate: G,
    /// As many reads as there are permits.
    reads: Arc<Semaphore>,
}

impl<G: Fn(&Batch) -> LogFuture<()> + Send + Sync + 'static> Log for Gated<G> {
    fn append(&self, batch: Batch) -> LogFuture<()> {
        if batch.expected == 0 {
            return self.inner.append(batch);
        }
        let (inner, gate) = (Arc::clone(&self.inner), (self.gate)(&batch));
        Box::pin(async move {
            gate.await?;
            inner.append(batch).await
        })
    }

    fn read(&self, session: &SessionId, after: Seq, limit: usize) -> LogFuture<Vec<Record>> {
        let (inner, reads) = (Arc::clone(&self.inner), Arc::clone(&self.reads));
        let session = session.clone();
        Box::pin(async move {
            reads.acquire().await.unwrap().forget();
            inner.read(&session, after, limit).await
        })
    }

    fn load(&self, session: &SessionId) -> LogFuture<Option<Stored>> {
        self.inner.load(session)
    }

    fn of_user(&self, user: &UserId, limit: usize) -> LogFuture<Vec<HeadRow>> {
        self.inner.of_user(user, limit)
    }

    fn opened_as(&self, owner: &UserId, client_id: &ClientId) -> LogFuture<Option<HeadRow>> {
        self.inner.opened_as(owner, client_id)
    }

    fn rows(&self, after: Number, limit: usize) -> LogFuture<Vec<(Number, HeadRow)>> {
        self.inner.rows(after, limit)
    }

    fn erase(&self, session: &SessionId) -> LogFuture<bool> {
        self.inner.erase(session)
    }

    fn invite(&self, session: &SessionId, user: &UserId, max: usize) -> LogFuture<Invited> {
        self.inner.invite(session, user, max)
    }

    fn receive(&self, session: &SessionId, user: &UserId, receipt: Receipt) -> LogFuture<Receipt> {
        self.inner.receive(session, user, receipt)
    }

    fn revoke(&self, user: &UserId, before: Timestamp) -> LogFuture<()> {
        self.inner.revoke(user, before)
    }

    fn revocations(&self) -> LogFuture<Vec<(UserId, Timestamp)>> {
        self.inner.revocations()
    }

    fn keep(&self, kept: Kept) -> LogFuture<bool> {
        self.inner.keep(kept)
    }

    fn kept(&self, now: Timestamp, limit: usize) -> LogFuture<Vec<(Kept, Vec<UserId>)>> {
        self.inner.kept(now, limit)
    }

    fn delivered(&self, id: &str, user: &UserId) -> LogFuture<bool> {
        self.inner.delivered(id, user)
    }

    fn forget_kept(&self, now: Timestamp) -> LogFuture<()> {
        self.inner.forget_kept(now)
    }

    fn probe(&self) -> LogFuture<()> {
        self.inner.probe()
    }
}

pub(crate) fn gated<G: Fn(&Batch) -> LogFuture<()> + Send + Sync + 'static>(
    gate: G,
) -> Arc<dyn Log> {
    let inner = Arc::new(MemoryLog::new(10));
    let reads = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
    Arc::new(Gated { inner, gate, reads })
}

/// A log that lets so many be read.
fn read_by_permit(reads: &Arc<Semaphore>) -> Arc<dyn Log> {
    let inner = Arc::new(MemoryLog::new(10));
    let gate = |_: &Batch| -> LogFuture<()> { Box::pin(std::future::ready(Ok(()))) };
    let reads = Arc::clone(reads);
    Arc::new(Gated { inner, gate, reads })
}

/// A log in which somebody else writes first, so many times.
fn contended(conflicts: usize) -> Arc<dyn Log> {
    let left = AtomicUsize::new(conflicts);
    gated(move |batch| {
        let expected = batch.expected;
        let conflict = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(1)
        });
        let head = expected + 1;
        let answer = conflict.map_or(Ok(()), |_| Err(LogError::Conflict { head, expected }));
        Box::pin(std::future::ready(answer))
    })
}

/// A log that does not take an append before it is let.
fn held(release: &Arc<Semaphore>) -> Arc<dyn Log> {
    announced(&Arc::new(Semaphore::new(0)), release)
}

/// A log that says when an append waits to be let.
fn announced(waiting: &Arc<Semaphore>, release: &Arc<Semaphore>) -> Arc<dyn Log> {
    let (waiting, release) = (Arc::clone(waiting), Arc::clone(release));
    gated(move |_| {
        waiting.add_permits(1);
        let release = Arc::clone(&release);
        Box::pin(async move {
            release.acquire().await.unwrap().forget();
            Ok(())
        })
    })
}

#[tokio::test]
async fn a_conflict_is_tried_again_and_an_unending_one_is_told() {
    let bots = || stock(FileQuotes(Arc::new(Market::bundled())));
    let server = Running::start_over(&[], bots(), contended(3));
    let session = server.open().await;
    session.choose("LSE").await;
    assert_eq!(session.records().await.len(), 3);

    let server = Running::start_over(&[], bots(), contended(1_000));
    let session = server.open().await;
    session
        .post(json!({ "choose": "LSE" }))
        .await
        .is_problem(503, "conflict");
    assert_eq!(session.records().await.len(), 1, "nothing happened");
}

#[tokio::test]
async fn a_step_under_way_is_finished_and_answered_when_the_server_stops() {
    let (waiting, release) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let server = Running::start_over(&[], bots, announced(&waiting, &release));
    let (session, address) = (server.open().await, server.address);
    let mut stream = Listener::open(&session, "", None).await;
    stream.until(1).await;
    let saying = tokio::spawn({
        let session = session.clone();
        async move { session.say("help").await }
    });
    waiting.acquire().await.unwrap().forget();
    let mut idle = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n";
    idle.write_all(request).await.unwrap();
    assert!(idle.read_u8().await.is_ok());
    let mut stopping = tokio::spawn(server.stop());
    let told = stream.expect("restarting").await;
    assert_eq!(told["reason"], "the server is restarting");
    let refused = tokio::net::TcpStream::connect(address).await;
    assert!(refused.is_err(), "it takes connections");
    let end = tokio::time::timeout(PATIENCE, idle.read_to_end(&mut Vec::new())).await;
    end.expect("a connection may have another request").ok();
    // Longer than it waits for the last bytes of an answer.
    let longer = std::time::Duration::from_millis(1_500);
    let stopped = tokio::time::timeout(longer, &mut stopping).await;
    assert!(stopped.is_err(), "it went without the step");
    release.add_permits(1);
    assert_eq!(saying.await.unwrap(), 2);
    stopping.await.unwrap();
}

#[tokio::test]
async fn a_stream_that_waits_for_the_log_lives_and_hears_that_the_server_stops() {
    let reads = Arc::new(Semaphore::new(0));
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let log = read_by_permit(&reads);
    let server = Running::start_over(&["--heartbeat", "50ms"], bots, log);
    let session = server.open().await;
    let mut waiting = Listener::open(&session, "", None).await;
    let mut stuck = Listener::open(&session, "", None).await;
    for stream in [&mut waiting, &mut stuck] {
        stream.expect("connected").await;
        stream.expect("heartbeat").await;
        stream.expect("heartbeat").await;
    }
    reads.add_permits(1);
    assert_eq!(waiting.until(1).await.len(), 1, "what came late");
    server.stop().await;
    for mut stream in [waiting, stuck] {
        let mut names = Vec::new();
        while let Some(event) = stream.next().await {
            names.push(event.event.unwrap());
        }
        assert_eq!(names.pop().as_deref(), Some("restarting"));
        assert!(names.iter().all(|name| name == "heartbeat"), "{names:?}");
    }
}

#[tokio::test]
async fn a_stream_that_comes_back_at_once_needs_nothing_of_the_log() {
    let reads = Arc::new(Semaphore::new(0));
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let server = Running::start_over(&[], bots, read_by_permit(&reads));
    let session = server.open().await;
    let mut stream = Listener::open(&session, "&last=0", None).await;
    session.choose("LSE").await;
    let before = stream.until(3).await;
    drop(stream);
    session.choose("GSK").await;
    let cursor = before[1].id.as_deref();
    let mut stream = patient(Listener::open(&session, "", cursor)).await;
    stream.expect("connected").await;
    assert_eq!(stream.until(6).await.len(), 3, "what came meanwhile");
    // Where it stands in the middle of an append, or is somebody else's, the log has to be asked.
    let (middle, other) = (before[0].id.as_deref(), Some("3.0000"));
    reads.add_permits(4);
    for (cursor, first) in [(middle, "message"), (other, "reset")] {
        let mut stream = patient(Listener::open(&session, "", cursor)).await;
        stream.expect("connected").await;
        stream.expect(first).await;
    }
}

/// A log that does not take an append before it is let, and counts those who wait.
fn held_and_counted(release: &Arc<Semaphore>, waiting: &Arc<AtomicUsize>) -> Arc<dyn Log> {
    let (release, waiting) = (Arc::clone(release), Arc::clone(waiting));
    gated(move |_| {
        let (release, waiting) = (Arc::clone(&release), Arc::clone(&waiting));
        Box::pin(async move {
            waiting.fetch_add(1, Ordering::SeqCst);
            release.acquire().await.unwrap().forget();
            Ok(())
        })
    })
}

#[tokio::test]
async fn a_session_that_leaves_memory_in_the_middle_of_a_step_is_not_there_twice() {
    let (release, waiting) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
    let bots = stock(FileQuotes(Arc::new(Market::bundled())));
    let log = held_and_counted(&release, &waiting);
    let server = Running::start_over(&["--max-sessions", "1"], bots, log);
    let (session, other) = (server.open().await, server.open().await);
    let (talking, looking) = (session.clone(), session.clone());
    let talking = tokio::spawn(async move { talking.choose("LSE").await });
    until(|| waiting.load(Ordering::SeqCst) == 1).await;
    other.get(&other.path()).await;
    let looking = tokio::spawn(async move { looking.get(&looking.path()).await });
    for _ in 0..20 {
        other.get(&other.path()).await;
    }
    release.add_permits(1_000);
    assert_eq!(talking.await.unwrap(), 2);
    assert_eq!(looking.await.unwrap().json()["head"], 3);
    session.choose("GSK").await;
    session
        .record(|record| record["data"]["kind"] == "price")
        .await;
}
