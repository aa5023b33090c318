//! Streamed: the sockets of open streams, taken back from hyper once their head is out.
//!
//! A few tasks write all of them, each many: an event to thousands of streams wakes a task or two and not thousands,
//! and a stream that rests holds no buffers. Nothing else writes a stream.

use std::fmt::Write as _;
use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::coop::has_budget_remaining;
use tokio_util::task::TaskTracker;
use warp::http::Version;

use crate::chat::Follow;
use crate::metrics::Metrics;

/// How many streams wait for one writer to take them; connections beyond it wait.
const ARRIVING_MAX: usize = 256;

/// How much of what a client sends on its stream is read, to be dropped, at a time. It has nothing to say there.
const DROPPED_BYTES: usize = 256;

/// The chunk that ends a body.
const LAST_CHUNK: Bytes = Bytes::from_static(b"0\r\n\r\n");

/// What a chunk has around its bytes: at most sixteen digits and two line ends.
const CHUNK_BYTES: usize = 20;

/// An open stream, from the end of its head on. Done when it has ended, for whatever reason.
pub(super) struct Streamed {
    socket: TcpStream,
    events: Follow,
    framing: Framing,
    /// What the socket has yet to take.
    unsent: Bytes,
    /// The events have ended, and what is last is sent or `unsent`.
    over: bool,
    metrics: Arc<Metrics>,
}

impl Streamed {
    pub(super) fn new(
        socket: TcpStream,
        (events, framing): (Follow, Framing),
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            socket,
            events,
            framing,
            unsent: Bytes::new(),
            over: false,
            metrics,
        }
    }

    fn poll_stream(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.poll_left(cx)?.is_ready() {
            return Poll::Ready(Ok(()));
        }
        loop {
            ready!(self.poll_unsent(cx))?;
            if self.over {
                return Poll::Ready(Ok(()));
            }
            let events = ready!(self.events.poll_next_unpin(cx));
            self.over = events.is_none();
            self.unsent = match events {
                Some(events) => self.framing.framed(events),
                None => self.framing.last(),
            };
        }
    }

    /// Whether the client has closed its end.
    fn poll_left(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut bytes = [0; DROPPED_BYTES];
            let mut dropped = ReadBuf::new(&mut bytes);
            ready!(Pin::new(&mut self.socket).poll_read(cx, &mut dropped))?;
            if dropped.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }

    fn poll_unsent(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.unsent.is_empty() {
            let sent = ready!(Pin::new(&mut self.socket).poll_write(cx, &self.unsent))?;
            self.unsent.advance(sent);
        }
        // And its memory with it: most streams rest most of the time.
        self.unsent = Bytes::new();
        Poll::Ready(Ok(()))
    }
}

impl Future for Streamed {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if !has_budget_remaining() {
            // Said aloud, so that its writer yields, rather than ask all others that are ready as well.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let ended = ready!(self.poll_stream(cx));
        if let Err(error) = ended {
            if error.kind() == io::ErrorKind::TimedOut {
                self.metrics.connections_cut.inc();
            }
            tracing::debug!(%error, "a stream's connection broke");
        }
        Poll::Ready(())
    }
}

/// How a body says where it ends.
#[derive(Clone, Copy)]
pub(super) enum Framing {
    /// In chunks, the last of which is empty (RFC 9112, section 7.1).
    Chunks,
    /// By the end of the connection: to a client of HTTP/1.0, which knows no chunks.
    Close,
}

impl Framing {
    /// That of a body that answers a request of `version`.
    pub(super) fn of(version: Version) -> Self {
        match version {
            Version::HTTP_10 => Self::Close,
            _ => Self::Chunks,
        }
    }

    fn framed(self, events: Bytes) -> Bytes {
        match self {
            // A chunk of no bytes would be the last one.
            Self::Chunks if !events.is_empty() => chunk(&events),
            _ => events,
        }
    }

    fn last(self) -> Bytes {
        match self {
            Self::Chunks => LAST_CHUNK,
            Self::Close => Bytes::new(),
        }
    }
}

/// In one piece: to copy the events costs less than a `writev`.
fn chunk(events: &[u8]) -> Bytes {
    let mut chunk = BytesMut::with_capacity(events.len() + CHUNK_BYTES);
    write!(chunk, "{:x}\r\n", events.len()).expect("writing to a buffer cannot fail");
    chunk.extend_from_slice(events);
    chunk.extend_from_slice(b"\r\n");
    chunk.freeze()
}

/// The tasks that write the streams.
pub(super) struct Writers {
    arriving: Vec<mpsc::Sender<Streamed>>,
    next: AtomicUsize,
}

impl Writers {
    /// As many as the runtime has workers, each a task of `tasks` that ends when this is dropped and its streams are done.
    pub(super) fn start(tasks: &TaskTracker) -> Self {
        let workers = tokio::runtime::Handle::current().metrics().num_workers();
        let arriving = (0..workers).map(|_| {
            let (arriving, arrived) = mpsc::channel(ARRIVING_MAX);
            tasks.spawn(write(arrived));
            arriving
        });
        Self {
            arriving: arriving.collect(),
            next: AtomicUsize::new(0),
        }
    }

    /// Has one of them write `streamed`, each in turn.
    pub(super) async fn take(&self, streamed: Streamed) {
        let next = self.next.fetch_add(1, Ordering::Relaxed) % self.arriving.len();
        // A writer that is gone has gone with the runtime.
        let _ = self.arriving[next].send(streamed).await;
    }
}

/// Writes all that arrive until they are done.
async fn write(mut arrived: mpsc::Receiver<Streamed>) {
    let mut open = FuturesUnordered::new();
    loop {
        let streamed = tokio::select! {
            streamed = arrived.recv() => streamed,
            Some(()) = open.next() => continue,
        };
        let Some(streamed) = streamed else { break };
        open.push(alone(streamed));
    }
    let mut rest = pin!(open);
    while rest.next().await.is_some() {}
}

/// A stream that takes no other with it, should it panic.
fn alone(streamed: Streamed) -> impl Future<Output = ()> {
    AssertUnwindSafe(streamed).catch_unwind().map(|ended| {
        if ended.is_err() {
            tracing::error!("a stream ended by a panic");
        }
    })
}
