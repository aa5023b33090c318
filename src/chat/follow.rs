//! Following a log: the one loop that serves first connect, resume, slow readers and lost wake-ups.
//!
//! What is at or before the cursor is skipped, what comes next is sent, and what is missing is read from the log.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio_stream::Stream;

use super::company::Here;
use crate::event::{Ending, passing};
use crate::hub::{Listener, News, Refused, Subscription, piece};
use crate::log::{Log, LogError, LogFuture};
use crate::metrics::Metrics;
use crate::record::{Record, Seq, SessionId};

/// How many records one read of the log brings: about a piece of ordinary ones.
pub(super) const READ_MAX: usize = 32;

/// A session's events as a stream of bytes, from the first `connected` to the server's end.
pub struct Follow {
    log: Arc<dyn Log>,
    subscription: Subscription,
    // After the subscription: who leaves has left the hub.
    _here: Here,
    cursor: Seq,
    opening: Option<Bytes>,
    reading: Option<LogFuture<Vec<Record>>>,
    /// The log is to be read. Not before somebody wants what it has: who reads slowly holds no records meanwhile.
    unseen: bool,
    /// The read under way is for records that the hub spoke of.
    behind: bool,
    /// The log could not be read; not tried again before the next heartbeat.
    unread: bool,
    /// Something ahead is damaged: record by record, up to there.
    damaged: bool,
    /// What was sent last had passed, and is in no log.
    passed: bool,
    over: bool,
    story: Story,
}

/// What is told of a stream when it has ended.
struct Story {
    metrics: Arc<Metrics>,
    opened: Instant,
    /// Why it ended; the client, unless we did.
    reason: &'static str,
}

/// The last event of a stream that ends before its client wanted: why, and when to come back. The time is drawn
/// at random, so that not all come back at once.
#[must_use]
pub fn ending(refused: Refused) -> Bytes {
    let (event, base_ms) = match refused {
        Refused::Full => ("overloaded", 5_000),
        Refused::SessionFull => ("overloaded", 15_000),
        Refused::Closing => ("restarting", 1_000),
        Refused::Expired => ("expired", 1_000),
        // It does not pass by itself: an operator has to see to it.
        Refused::Damaged => ("damaged", 15_000),
    };
    let reason = refused.to_string();
    let retry_ms = base_ms + jitter(2 * base_ms);
    let retry = Duration::from_millis(retry_ms);
    let ending = Ending {
        reason: &reason,
        retry_ms,
    };
    passing(event, &ending, Some(retry))
}

/// A random number below `limit`; 0 where there is no randomness to be had.
fn jitter(limit: u64) -> u64 {
    getrandom::u64().unwrap_or(0) % limit.max(1)
}

impl Follow {
    /// A stream that has a `place`, and is to be sent `opening` and then what comes after `cursor`; some of which is in
    /// the log already, if there is something `unseen`.
    pub(super) fn new(
        log: Arc<dyn Log>,
        metrics: Arc<Metrics>,
        (subscription, here): (Subscription, Here),
        cursor: Seq,
        opening: Bytes,
        unseen: bool,
    ) -> Self {
        Self {
            log,
            subscription,
            _here: here,
            cursor,
            opening: Some(opening),
            reading: None,
            unseen,
            behind: false,
            unread: false,
            damaged: false,
            passed: false,
            over: false,
            story: Story {
                metrics,
                opened: Instant::now(),
                reason: "client",
            },
        }
    }

    /// The stream's own name.
    #[must_use]
    pub fn stream(&self) -> &str {
        &self.subscription.listener().stream
    }

    /// Nobody takes what there is. The read under way is given up and begun anew when somebody does: who takes nothing
    /// is not to hold records, nor a place among those who read the log.
    pub fn put_off(&mut self) {
        self.unseen |= self.reading.take().is_some();
    }

    fn end(&mut self, reason: &'static str) {
        self.over = true;
        self.story.reason = reason;
    }

    /// Ends the stream with a word about why.
    fn end_with(&mut self, refused: Refused) -> Bytes {
        self.end(refused.word());
        ending(refused)
    }

    fn session(&self) -> &SessionId {
        let session = self.subscription.listener().session.as_ref();
        session.expect("only a stream of a session reads its log")
    }

    /// How many records the next read is to bring.
    fn read_max(&self) -> usize {
        if self.damaged { 1 } else { READ_MAX }
    }

    fn read(&mut self) {
        let reading = self.log.read(self.session(), self.cursor, self.read_max());
        self.reading = Some(reading);
    }

    /// The result of the read under way, if it brought anything.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(reading) = &mut self.reading else {
            return Poll::Ready(None);
        };
        let records = ready!(reading.as_mut().poll(cx));
        self.reading = None;
        let behind = std::mem::take(&mut self.behind);
        let records = match records {
            Ok(records) => records,
            Err(error) => return Poll::Ready(self.failed(&error)),
        };
        let piece = piece(&records);
        let Some(last) = piece.last() else {
            // What the hub speaks of, the log has. If it has not after all, do not ask it again and again.
            self.unread |= behind;
            return Poll::Ready(None);
        };
        self.unseen = records.len() >= self.read_max() || piece.len() < records.len();
        let events = self.subscription.durable(piece);
        self.advance(last.seq);
        // All of it may be what this stream does without.
        Poll::Ready((!events.is_empty()).then_some(events))
    }

    /// The log could not be read; what there is to say of it.
    fn failed(&mut self, error: &LogError) -> Option<Bytes> {
        let session = self.session();
        match error {
            // Erased, or forgotten by a log that is full: whoever comes back is told so.
            LogError::NoSession => self.end("erased"),
            LogError::Damaged if !self.damaged => {
                self.damaged = true;
                self.unseen = true;
            }
            LogError::Damaged => {
                let seq = self.cursor + 1;
                tracing::error!(%session, seq, "a stream ends at a record that is damaged");
                return Some(self.end_with(Refused::Damaged));
            }
            error => {
                tracing::warn!(%session, %error, "a stream could not read the log");
                self.unread = true;
            }
        }
        None
    }

    /// The stream has the records up to `seq`.
    fn advance(&mut self, seq: Seq) {
        self.subscription.see(seq);
        self.cursor = seq;
    }

    fn poll_events(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if let Some(opening) = self.opening.take() {
            return Poll::Ready(Some(opening));
        }
        if self.over {
            return Poll::Ready(None);
        }
        self.subscription.register(cx);
        // Before anything else: who may not listen any more gets nothing more.
        if self.subscription.has_expired() {
            return Poll::Ready(Some(self.end_with(Refused::Expired)));
        }
        if self.subscription.is_evicted() {
            self.end("evicted");
            return Poll::Ready(None);
        }
        // In turns, so that what passes and what lasts wait for no more than one piece of each other.
        if !std::mem::take(&mut self.passed)
            && let Poll::Ready(events) = self.poll_passing()
        {
            return Poll::Ready(events);
        }
        match self.poll_lasting(cx) {
            Poll::Pending => self.poll_passing(),
            ready => ready,
        }
    }

    /// The next of what is in the log; where nothing is, the server's own word.
    fn poll_lasting(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        loop {
            if self.reading.is_some() {
                match self.poll_read(cx) {
                    // However long the log takes, the stream lives, and hears that the server stops.
                    Poll::Pending => return self.poll_quiet(),
                    Poll::Ready(events) if events.is_some() || self.over => {
                        return Poll::Ready(events);
                    }
                    Poll::Ready(_) => continue,
                }
            }
            if std::mem::take(&mut self.unseen) {
                self.read();
                continue;
            }
            match self.subscription.news(self.cursor) {
                News::Events(last, events) if self.subscription.listener().echo => {
                    self.subscription.count(last.saturating_sub(self.cursor));
                    self.advance(last);
                    return Poll::Ready(Some(events));
                }
                News::Events(..) | News::Behind if self.unread => return self.poll_quiet(),
                // What goes out to all has one's own messages in it, which this stream does without.
                News::Events(..) | News::Behind => {
                    self.behind = true;
                    self.read();
                }
                News::Ended => {
                    self.end("erased");
                    return Poll::Ready(None);
                }
                News::Nothing => return self.poll_quiet(),
            }
        }
    }

    /// The next of what passes.
    fn poll_passing(&mut self) -> Poll<Option<Bytes>> {
        let Some(events) = self.subscription.passing() else {
            return Poll::Pending;
        };
        self.passed = true;
        Poll::Ready(Some(events))
    }

    /// Nothing durable is new, or not yet: the server may be closing, or a heartbeat be due.
    fn poll_quiet(&mut self) -> Poll<Option<Bytes>> {
        if let Some(refused) = self.subscription.ended() {
            return Poll::Ready(Some(self.end_with(refused)));
        }
        if let Poll::Ready(beat) = self.subscription.poll_beat() {
            self.subscription.count(1);
            // Compare with the log as well: a wake-up may have been lost, or another node have written.
            self.unread = false;
            self.unseen = self.subscription.listener().session.is_some();
            return Poll::Ready(Some(beat));
        }
        Poll::Pending
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        let Story {
            metrics,
            opened,
            reason,
        } = &self.story;
        metrics.streams_ended.with_label_values(&[reason]).inc();
        let Listener {
            stream,
            identity,
            session,
            ..
        } = self.subscription.listener();
        let session = session.as_ref().map_or("", SessionId::as_str);
        let (user, seq, seconds) = (&identity.user, self.cursor, opened.elapsed().as_secs_f64());
        tracing::debug!(session, %user, %stream, seq, seconds, reason, "stream ended");
    }
}

impl Stream for Follow {
    type Item = Bytes;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        self.get_mut().poll_events(cx)
    }
}
