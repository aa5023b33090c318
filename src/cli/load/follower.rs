//! A session's events over as many connections as it takes, with every one that comes twice.

use std::sync::Arc;

use tokio::time::Instant;

use super::backoff::Backoff;
use super::post::{gone, too_fast};
use super::tally::Tally;
use crate::client::{ClientError, Event, Session, Stream};

/// Follows one session.
pub(super) struct Follower {
    session: Session,
    tally: Arc<Tally>,
    stream: Option<Stream>,
    /// After which event to resume.
    cursor: Option<String>,
    /// The server had no room for the last stream, and was not asked again, or again had none.
    turned_away: bool,
    /// Not to connect before.
    not_before: Instant,
    backoff: Backoff,
}

/// The session is not to be had any more.
pub(super) struct Gone;

impl Follower {
    pub(super) fn new(session: Session, tally: Arc<Tally>) -> Self {
        Self {
            session,
            tally,
            stream: None,
            cursor: None,
            turned_away: false,
            not_before: Instant::now(),
            backoff: Backoff::default(),
        }
    }

    /// The next event. Connects where there is no connection. No event is lost if the future is dropped.
    pub(super) async fn next(&mut self) -> Result<Event, Gone> {
        loop {
            if self.stream.is_none() {
                self.connect().await?;
            }
            let stream = self.stream.as_mut().expect("it is connected");
            let Some(event) = stream.next().await else {
                self.tally.error("stream broken");
                self.lose();
                continue;
            };
            if let Some(ending) = event.ending() {
                self.tally.error(&event.name);
                self.turned_away = event.name == "overloaded";
                self.stream = None;
                self.not_before = Instant::now() + ending.wait();
                continue;
            }
            self.backoff = Backoff::default();
            self.turned_away = false;
            return Ok(event);
        }
    }

    /// Whether the server has no room for a stream: what does not come then is not lost.
    pub(super) fn is_turned_away(&self) -> bool {
        self.turned_away
    }

    /// The event of this cursor is there.
    pub(super) fn reached(&mut self, cursor: String) {
        self.cursor = Some(cursor);
    }

    /// Drops the connection, as one does who walks into a tunnel.
    pub(super) fn drop_stream(&mut self) {
        self.stream = None;
    }

    async fn connect(&mut self) -> Result<(), Gone> {
        loop {
            tokio::time::sleep_until(self.not_before).await;
            match self.session.follow(self.cursor.as_deref()).await {
                Ok(stream) => {
                    self.stream = Some(stream);
                    self.tally.counts().resumed += u64::from(self.cursor.is_some());
                    return Ok(());
                }
                Err(error) => self.failed(&error)?,
            }
        }
    }

    fn failed(&mut self, error: &ClientError) -> Result<(), Gone> {
        self.tally.client_error(error);
        if gone(error) {
            return Err(Gone);
        }
        match too_fast(error) {
            Some(wait) => self.not_before = Instant::now() + wait,
            None => self.lose(),
        }
        Ok(())
    }

    fn lose(&mut self) {
        self.stream = None;
        self.not_before = Instant::now() + self.backoff.next();
    }
}
