//! A virtual user: one session after another, walked at random and watched all the time.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::Instant;

use super::backoff::Backoff;
use super::book::Book;
use super::cpu::Reading;
use super::listener::{Listener, Stop};
use super::post::{Posted, gone, post, too_fast};
use super::tally::Tally;
use super::walk::{Turn, turn};
use crate::client::{Client, ClientError, Connection, Dialer, Session};
use crate::registry::Host;
use crate::session::Said;

/// How long starting one session may take.
const OPEN_MAX: Duration = Duration::from_secs(60);

/// What all users have in common.
pub(super) struct Common {
    pub(super) client: Client,
    pub(super) dialer: Dialer,
    pub(super) host: Arc<dyn Host>,
    pub(super) tally: Arc<Tally>,
    /// Between two messages.
    pub(super) pace: Duration,
    /// How long to wait for what is owed when the time is over.
    pub(super) wait: Duration,
    /// How many transcripts are read at once.
    pub(super) checks: Semaphore,
    /// Set once somebody is about to read a transcript.
    pub(super) cpu_before_checks: OnceCell<Reading>,
}

impl Common {
    /// The server's CPU before the first transcript is read, of a session that is full or when the time is over. Whoever
    /// needs it first takes it: to read transcripts takes seconds of CPU, which are no round trip's.
    pub(super) async fn cpu_before_checks(&self) -> Reading {
        let reading = || Reading::take(&self.client, &self.tally);
        *self.cpu_before_checks.get_or_init(reading).await
    }
}

/// A user in a session.
pub(super) struct User {
    common: Arc<Common>,
    rng: Rng,
    session: Session,
    connection: Connection,
    listener: Listener,
}

impl User {
    /// Opens a session and hears the greeting.
    pub(super) async fn open(common: Arc<Common>, rng: Rng) -> Result<Self, ClientError> {
        let session = common.client.open(common.host.name()).await?;
        let connection = session.connection(&common.dialer);
        let host = Arc::clone(&common.host);
        let listener = Listener::new(session.clone(), host, Arc::clone(&common.tally));
        let mut user = Self {
            common,
            rng,
            session,
            connection,
            listener,
        };
        let greeting = user.listener.greeted();
        if tokio::time::timeout(user.common.wait, greeting)
            .await
            .is_err()
        {
            user.listener.miss_greeting();
        }
        Ok(user)
    }

    /// The same on a server that may be busy, or away for a while.
    pub(super) async fn open_in_time(common: Arc<Common>, rng: Rng) -> Result<Self, ClientError> {
        let patience = Instant::now() + OPEN_MAX;
        let mut backoff = Backoff::default();
        loop {
            let error = match Self::open(Arc::clone(&common), rng.clone()).await {
                Ok(user) => return Ok(user),
                Err(error) => error,
            };
            let wait = too_fast(&error).unwrap_or_else(|| backoff.next());
            if gone(&error) || Instant::now() + wait > patience {
                return Err(error);
            }
            common.tally.client_error(&error);
            tokio::time::sleep(wait).await;
        }
    }

    /// Walks until the time is over, waits for what is owed, and checks the transcript before `deadline`.
    pub(super) async fn run(mut self, until: Instant, deadline: Instant) {
        let patience = until + self.common.wait;
        while self.walk(until, patience).await == Some(Stop::Full) {
            self.hang_up();
            self.check(deadline).await;
            let (common, rng) = (Arc::clone(&self.common), self.rng.fork());
            match Self::open_in_time(common, rng).await {
                Ok(user) => self = user,
                Err(error) => return self.common.tally.client_error(&error),
            }
        }
        self.hang_up();
        self.check(deadline).await;
    }

    /// Closes both connections: a check takes others.
    fn hang_up(&mut self) {
        self.listener.hang_up();
        self.connection.hang_up();
    }

    async fn walk(&mut self, until: Instant, patience: Instant) -> Option<Stop> {
        while Instant::now() < until {
            if !self.listener.knows() {
                return Some(Stop::Astray);
            }
            let turn = turn(&mut self.rng, &self.listener.offers());
            let taken = tokio::time::timeout_at(patience, self.take(turn)).await;
            match taken {
                Ok(Ok(())) => self.rest(until).await,
                Ok(Err(stop)) => return Some(stop),
                Err(_) => self.listener.miss_last(),
            }
        }
        None
    }

    /// Waits for the next turn, and listens meanwhile.
    async fn rest(&mut self, until: Instant) {
        let next = until.min(Instant::now() + self.common.pace);
        while !self.common.pace.is_zero() && self.listener.knows() {
            match tokio::time::timeout_at(next, self.listener.event()).await {
                Ok(event) => self.listener.hear(event).await,
                Err(_) => return,
            }
        }
    }

    async fn take(&mut self, turn: Turn) -> Result<(), Stop> {
        match turn {
            Turn::Say(said) => {
                if let Some(latency) = self.say(said).await? {
                    self.common.tally.round_trip(latency);
                }
                Ok(())
            }
            Turn::DropAndSay(said) => {
                self.listener.hang_up();
                if self.say(said).await?.is_some() {
                    self.common.tally.broken_round_trip();
                }
                Ok(())
            }
            Turn::Repeat { other } => self.repeat(other).await,
        }
    }

    /// Says something, and hears the reply to its end. Answers how long that took, if it was taken at all.
    async fn say(&mut self, said: Said) -> Result<Option<Duration>, Stop> {
        let number = self.listener.book.write(said.clone());
        let client_id = Book::client_id(number);
        let mut posting = pin!(post(
            &mut self.connection,
            &said,
            &client_id,
            &self.common.tally
        ));
        let mut begun = None;
        while begun.is_none() || !self.listener.is_answered(number) {
            if !self.listener.knows() {
                return Err(Stop::Astray);
            }
            tokio::select! {
                posted = &mut posting, if begun.is_none() => match posted {
                    Posted::Accepted { seq, begun: at } => {
                        self.listener.acknowledged(number, seq);
                        begun = Some(at);
                    }
                    posted => return self.listener.refused(posted).map(|()| None),
                },
                event = self.listener.event() => self.listener.hear(event).await,
            }
        }
        let begun = begun.expect("it was accepted");
        Ok(Some(
            self.listener.heard_at().saturating_duration_since(begun),
        ))
    }

    /// Sends the last message once more, or something else by its name.
    async fn repeat(&mut self, other: Option<Said>) -> Result<(), Stop> {
        let book = &self.listener.book;
        let last = book.last().filter(|&last| book.is_acknowledged(last));
        let Some(number) = last else { return Ok(()) };
        let Some(said) = other.as_ref().or(book.said(number)) else {
            return Ok(());
        };
        let tally = &self.common.tally;
        match post(&mut self.connection, said, &Book::client_id(number), tally).await {
            Posted::Accepted { seq, .. } => {
                tally.counts().repeated += 1;
                self.listener.acknowledged(number, seq);
                Ok(())
            }
            posted => self.listener.refused(posted),
        }
    }

    // Not an `async fn`: it would hold the whole user, which cannot be shared between threads.
    fn check(&self, deadline: Instant) -> impl Future<Output = ()> {
        let common = &self.common;
        let checked = self.listener.checked(&self.session);
        async move {
            let turn = async {
                common.cpu_before_checks().await;
                common.checks.acquire().await
            };
            let permit = tokio::time::timeout_at(deadline, turn).await;
            let host = Arc::clone(&common.host);
            match permit {
                Ok(_permit) => checked.check(host, deadline, &common.tally).await,
                Err(_) => common.tally.counts().unchecked += 1,
            }
        }
    }
}
