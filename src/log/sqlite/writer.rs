//! The writer: one thread, which takes all that waits, writes it in one transaction, and answers.
//!
//! While one commit is under way the next batch gathers, so that the busier it is the more share a commit; to
//! wait for more would only make everybody later. But where many share commits, those who run go first.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lru::LruCache;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::super::LogError;
use super::failure::{is_everybodys, unwritable};
use super::journal::{Journal, READERS_WAIT};
use super::schema::LOCK_WAIT;
use super::transaction::{Head, Transaction};
use super::work::{Work, Written};
use crate::metrics::Metrics;
use crate::record::SessionId;

/// How much may wait to be written.
const WAITING_MAX: usize = 10_000;

/// How long to wait for a lock that was waited for in vain before.
const LOCK_WAIT_FAILING: Duration = Duration::from_millis(20);

/// How many sessions' heads the writer remembers, rather than to look them up.
const HEADS_KNOWN: NonZeroUsize = NonZeroUsize::new(10_000).expect("more than none");

/// Where so many shared the last commit, more are about to ask.
const MANY: usize = 4;

/// Takes what was written back as well: whoever made it lets go of it, in a thread that takes such memory all the time. Else
/// the allocator has to give it back to what all threads share.
type Answer = oneshot::Sender<(Work, Written)>;

/// What became of all that shared a commit.
type Answers = Vec<(Answer, (Work, Written))>;

/// The writer's handle. Dropping it writes what waits, and ends the thread.
pub(super) struct Writer {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Queue {
    // A std Mutex, and not tokio's: one side is a thread, and nothing waits while it is held.
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: Vec<(Work, Answer)>,
    closed: bool,
}

/// The log's writer is not there any more.
pub(super) fn stopped() -> LogError {
    LogError::Unavailable("the log's writer has stopped".to_owned())
}

impl Writer {
    pub(super) fn start(connection: Connection, database: PathBuf, metrics: Arc<Metrics>) -> Self {
        let queue = Arc::new(Queue::default());
        let (answers, answering) = mpsc::unbounded_channel();
        tokio::spawn(answer(answering));
        let thread = Thread {
            queue: Arc::clone(&queue),
            connection,
            heads: LruCache::new(HEADS_KNOWN),
            answers,
            many: false,
            failing: false,
            journal: Journal::new(database.clone()),
            database,
            metrics,
        };
        let thread = std::thread::Builder::new()
            .name("statechat-log".to_owned())
            .spawn(move || thread.run());
        Self {
            queue,
            thread: Some(thread.expect("the system gives a thread at the start")),
        }
    }

    /// Has `work` written, and the result sent to `answer`.
    pub(super) fn queue(&self, work: Work, answer: Answer) -> Result<(), LogError> {
        let mut waiting = self.queue.lock();
        if waiting.closed {
            return Err(stopped());
        }
        if waiting.jobs.len() >= WAITING_MAX {
            let reason = "too much waits to be written";
            return Err(LogError::Unavailable(reason.to_owned()));
        }
        // Only the first has to wake the writer, which takes all there is; each wake-up is a call of the system.
        let is_first = waiting.jobs.is_empty();
        waiting.jobs.push((work, answer));
        drop(waiting);
        if is_first {
            self.queue.more.notify_one();
        }
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.lock().closed = true;
        self.queue.more.notify_one();
        if let Some(thread) = self.thread.take() {
            // It panicked, or it is done: either way nothing waits any more.
            let _ = thread.join();
        }
    }
}

impl Queue {
    /// All that waits, as soon as something does; `None` once it is closed and empty. With `many`, those who are about
    /// to ask come first: the system prefers a thread that slept, and on a busy machine it would find one or two.
    fn taken(&self, many: bool) -> Option<Vec<(Work, Answer)>> {
        let mut waiting = self.wait();
        if many {
            drop(waiting);
            std::thread::yield_now();
            waiting = self.lock();
        }
        let jobs = std::mem::take(&mut waiting.jobs);
        (!jobs.is_empty()).then_some(jobs)
    }

    fn wait(&self) -> MutexGuard<'_, Waiting> {
        let idle = |waiting: &mut Waiting| waiting.jobs.is_empty() && !waiting.closed;
        let waiting = self.more.wait_while(self.lock(), idle);
        waiting.unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is something to take, or it is `due`; says whether there is.
    fn is_filled_by(&self, due: Instant) -> bool {
        let patience = due.saturating_duration_since(Instant::now());
        let idle = |waiting: &mut Waiting| waiting.jobs.is_empty() && !waiting.closed;
        let waited = self.more.wait_timeout_while(self.lock(), patience, idle);
        let waited = waited.unwrap_or_else(PoisonError::into_inner);
        !waited.1.timed_out()
    }
}

/// Answers on the runtime's side: one wake-up from the writer's thread for all that shared a commit.
async fn answer(mut answering: mpsc::UnboundedReceiver<Answers>) {
    while let Some(answers) = answering.recv().await {
        for (answer, written) in answers {
            // Who asked may have gone; what is written is written.
            let _ = answer.send(written);
        }
    }
}

struct Thread {
    queue: Arc<Queue>,
    connection: Connection,
    database: PathBuf,
    heads: LruCache<SessionId, Head>,
    // Not without bounds: no more waits here than was let into the queue.
    answers: mpsc::UnboundedSender<Answers>,
    /// Whether many shared the last commit.
    many: bool,
    failing: bool,
    journal: Journal,
    metrics: Arc<Metrics>,
}

impl Drop for Thread {
    fn drop(&mut self) {
        // Nobody is to wait for a thread that is not there.
        let mut waiting = self.queue.lock();
        waiting.closed = true;
        waiting.jobs.clear();
    }
}

impl Thread {
    fn run(mut self) {
        while let Some(jobs) = self.next() {
            self.many = jobs.len() >= MANY;
            let (work, answers): (Vec<Work>, Vec<Answer>) = jobs.into_iter().unzip();
            let written = self.written(&work);
            let written = work.into_iter().zip(written);
            let answers = answers.into_iter().zip(written).collect();
            if self.answers.send(answers).is_err() {
                // The runtime is gone, and everybody who could have asked.
                return;
            }
        }
    }

    /// What is to be written next. Before it the journal is emptied where that is due, also while nothing comes.
    fn next(&mut self) -> Option<Vec<(Work, Answer)>> {
        while let Some(due) = self.journal.due() {
            if Instant::now() < due && self.queue.is_filled_by(due) {
                break;
            }
            let _ = self.connection.busy_timeout(READERS_WAIT);
            self.journal.empty(&self.connection);
            let _ = self.connection.busy_timeout(self.lock_wait());
        }
        self.queue.taken(self.many)
    }

    /// One waited for all: those behind are told at once, as long as it fails.
    fn lock_wait(&self) -> Duration {
        if self.failing {
            LOCK_WAIT_FAILING
        } else {
            LOCK_WAIT
        }
    }

    /// Writes all of `work` in one transaction. Where something in it cannot be written and all else could, each alone:
    /// one session's damage is not everybody's.
    fn written(&mut self, work: &[Work]) -> Vec<Written> {
        let begun = Instant::now();
        let error = match self.commit(work) {
            Ok(written) => {
                self.commits(work, begun);
                return written;
            }
            Err(error) => error,
        };
        self.metrics.commits_failed.inc();
        // What is remembered may be of the transaction that is undone now.
        self.heads.clear();
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        if work.len() > 1 && !is_everybodys(&error) {
            let alone = work.chunks(1);
            return alone.flat_map(|work| self.written(work)).collect();
        }
        let unavailable = unwritable(&error, &self.database);
        self.fails(&error, &unavailable);
        work.iter().map(|_| Err(unavailable.clone())).collect()
    }

    fn commits(&mut self, work: &[Work], begun: Instant) {
        let appends = work.iter().filter(|work| matches!(work, Work::Append(_)));
        let seconds = begun.elapsed().as_secs_f64();
        self.metrics.commit_seconds.observe(seconds);
        self.metrics.commit_appends.observe(appends.count() as f64);
        self.journal.look(&self.connection, begun);
        if std::mem::take(&mut self.failing) {
            tracing::info!("the database can be written again");
            let _ = self.connection.busy_timeout(self.lock_wait());
        }
    }

    fn fails(&mut self, error: &rusqlite::Error, reason: &LogError) {
        if !std::mem::replace(&mut self.failing, true) {
            let code = error.sqlite_extended_error_code();
            tracing::error!(%error, code, %reason, "the database cannot be written");
            let _ = self.connection.busy_timeout(self.lock_wait());
        }
    }

    fn commit(&mut self, work: &[Work]) -> rusqlite::Result<Vec<Written>> {
        execute(&self.connection, "BEGIN IMMEDIATE")?;
        let mut transaction = Transaction::new(&self.connection, &mut self.heads)?;
        let written = work.iter().map(|work| transaction.write(work));
        let written = written.collect::<rusqlite::Result<_>>()?;
        let has_erased = transaction.has_erased();
        drop(transaction);
        execute(&self.connection, "COMMIT")?;
        if has_erased {
            self.journal.erased();
        }
        Ok(written)
    }
}

pub(super) fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}
