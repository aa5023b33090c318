//! Following a log: the one loop that serves first connect, resume, slow readers and lost wake-ups.
//!
//! What is at or before the cursor is skipped, what comes next is sent, and what is missing is read from the log.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use sync_wrapper::SyncWrapper;
use tokio_stream::Stream;

use super::{Chat, ChatError, now};
use crate::event::{Connected, Cursor, Ending, Reset, all_durable, durable_len, passing};
use crate::hub::{News, PIECE_BYTES_MAX, Refused, Subscription};
use crate::log::{Log, LogError, LogFuture};
use crate::record::{Record, Seq, SessionId, UserId};

/// How many records one read of the log brings: about a piece of ordinary ones.
const READ_MAX: usize = 32;

/// How long a client waits before it connects again after an ordinary break.
const RETRY: Duration = Duration::from_secs(1);

/// Where a stream begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// With the first record.
    Start,
    /// With the last so many records.
    Last(u64),
    /// After the record that this cursor names.
    Cursor(String),
}

/// A session's events as a stream of bytes, from the first `connected` to the server's end.
pub struct Follow {
    log: Arc<dyn Log>,
    subscription: Subscription,
    cursor: Seq,
    opening: Option<Bytes>,
    // A body must be Sync, and a read is only Send; nobody looks at it but the poll that owns it.
    reading: Option<SyncWrapper<LogFuture<Vec<Record>>>>,
    /// The log is to be read. Not before somebody wants what it has: who reads slowly holds no records meanwhile.
    unseen: bool,
    /// The read under way is for records that the hub spoke of.
    behind: bool,
    /// The log could not be read; not tried again before the next heartbeat.
    unread: bool,
    over: bool,
}

/// Why a stream was not opened.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The session cannot be followed.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// Not now: to be told to the client in words, and with a time to come back.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl Chat {
    /// Follows one's own session.
    ///
    /// # Errors
    /// [`FollowError`], if it is not there, or too many streams are open.
    pub async fn follow(
        &self,
        session: &SessionId,
        user: &UserId,
        from: Position,
        stream: &str,
    ) -> Result<Follow, FollowError> {
        self.seat_of(session, user).await?;
        // First a place in the hub, then the head: what is written in between wakes the stream.
        let subscription = self.hub.subscribe(session)?;
        let row = self.log.row(session).await.map_err(ChatError::from)?;
        let head = row.ok_or(ChatError::NoSession)?.head;
        let (cursor, reset) = match from {
            Position::Start => (0, None),
            Position::Last(count) => (head.saturating_sub(count), None),
            Position::Cursor(text) => match self.matching(session, &text).await? {
                Ok(seq) => (seq, None),
                Err(reason) => (0, Some(Reset { reason })),
            },
        };
        Ok(Follow {
            log: Arc::clone(&self.log),
            subscription,
            cursor,
            opening: Some(self.opening(session, head, stream, reset)),
            reading: None,
            unseen: cursor < head,
            behind: false,
            unread: false,
            over: false,
        })
    }

    /// The place that a cursor names, or why it names none.
    async fn matching(
        &self,
        session: &SessionId,
        text: &str,
    ) -> Result<Result<Seq, &'static str>, ChatError> {
        let Some(cursor) = Cursor::parse(text) else {
            return Ok(Err("the cursor is not one of ours"));
        };
        let Some(before) = cursor.seq.checked_sub(1) else {
            return Ok(Err("the cursor is not one of ours"));
        };
        let records = self.log.read(session, before, 1).await?;
        Ok(match records.first() {
            None => Err("the cursor is past the end of this conversation"),
            Some(record) if Cursor::of(session, record) == cursor => Ok(cursor.seq),
            Some(_) => {
                Err("the cursor is from another conversation, or another history of this one")
            }
        })
    }

    fn opening(&self, session: &SessionId, head: Seq, stream: &str, reset: Option<Reset>) -> Bytes {
        let heartbeat_ms = u64::try_from(self.limits.heartbeat.as_millis()).unwrap_or(u64::MAX);
        let connected = Connected {
            session,
            head,
            at: now(),
            stream,
            heartbeat_ms,
        };
        let connected = passing("connected", &connected, Some(RETRY));
        match reset {
            None => connected,
            Some(reset) => [connected, passing("reset", &reset, None)].concat().into(),
        }
    }
}

/// The last event of a stream that ends before its client wanted: why, and when to come back. The time is drawn
/// at random, so that not all come back at once.
#[must_use]
pub fn ending(refused: Refused) -> Bytes {
    let (event, base_ms, reason) = match refused {
        Refused::Full => (
            "overloaded",
            5_000,
            "the server has as many open streams as it takes",
        ),
        Refused::SessionFull => (
            "overloaded",
            15_000,
            "this conversation is open in too many places",
        ),
        Refused::Closing => ("restarting", 1_000, "the server is restarting"),
    };
    let retry_ms = base_ms + jitter(2 * base_ms);
    let retry = Duration::from_millis(retry_ms);
    passing(event, &Ending { reason, retry_ms }, Some(retry))
}

/// A random number below `limit`; 0 where there is no randomness to be had.
fn jitter(limit: u64) -> u64 {
    getrandom::u64().unwrap_or(0) % limit.max(1)
}

/// The first of `records`, as many as leave together.
fn piece(records: &[Record]) -> &[Record] {
    let mut bytes = 0;
    let fit = records.iter().take_while(|record| {
        bytes += durable_len(record);
        bytes <= PIECE_BYTES_MAX
    });
    let count = fit.count().max(1).min(records.len());
    &records[..count]
}

impl Follow {
    fn read(&mut self) {
        let session = self.subscription.session();
        let reading = self.log.read(session, self.cursor, READ_MAX);
        self.reading = Some(SyncWrapper::new(reading));
    }

    /// The result of the read under way, if it brought anything.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(reading) = &mut self.reading else {
            return Poll::Ready(None);
        };
        let records = ready!(reading.get_mut().as_mut().poll(cx));
        self.reading = None;
        let behind = std::mem::take(&mut self.behind);
        let records = records.unwrap_or_else(|error| {
            self.unread = true;
            // Erased, or forgotten by a log that is full: whoever comes back is told so.
            self.over |= error == LogError::NoSession;
            tracing::warn!(session = %self.subscription.session(), %error, "a stream could not read the log");
            Vec::new()
        });
        let piece = piece(&records);
        let Some(last) = piece.last() else {
            // What the hub speaks of, the log has. If it has not after all, do not ask it again and again.
            self.unread |= behind;
            return Poll::Ready(None);
        };
        self.cursor = last.seq;
        self.unseen = records.len() == READ_MAX || piece.len() < records.len();
        Poll::Ready(Some(all_durable(self.subscription.session(), piece)))
    }

    fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if let Some(opening) = self.opening.take() {
            return Poll::Ready(Some(opening));
        }
        if self.over {
            return Poll::Ready(None);
        }
        self.subscription.register(cx);
        loop {
            if self.reading.is_some() {
                let events = ready!(self.poll_read(cx));
                if events.is_some() || self.over {
                    return Poll::Ready(events);
                }
                continue;
            }
            if std::mem::take(&mut self.unseen) {
                self.read();
                continue;
            }
            match self.subscription.news(self.cursor) {
                News::Events(last, events) => {
                    self.cursor = last;
                    return Poll::Ready(Some(events));
                }
                News::Behind if self.unread => return self.poll_quiet(cx),
                News::Behind => {
                    self.behind = true;
                    self.read();
                }
                News::Ended => return Poll::Ready(None),
                News::Nothing => return self.poll_quiet(cx),
            }
        }
    }

    /// Nothing durable is new: the server may be closing, or a heartbeat be due.
    fn poll_quiet(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if self.subscription.is_closing() {
            self.over = true;
            return Poll::Ready(Some(ending(Refused::Closing)));
        }
        if let Poll::Ready(beat) = self.subscription.poll_beat() {
            // Compare with the log as well: a wake-up may have been lost, or another node have written.
            self.unread = false;
            self.unseen = true;
            cx.waker().wake_by_ref();
            return Poll::Ready(Some(beat));
        }
        Poll::Pending
    }
}

impl Stream for Follow {
    type Item = Bytes;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        self.get_mut().poll_bytes(cx)
    }
}
