//! Streamed: the sockets of open streams, taken back from hyper once their head is out.
//!
//! A few tasks write all of them, each many: an event to thousands of streams wakes a task or two and not thousands,
//! and a stream that rests holds no buffers. Nothing else writes a stream, but hyper to a client of HTTP/1.0.

use std::io::{self, IoSlice, Write as _};
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;

use crate::chat::Follow;
use crate::metrics::Metrics;

/// How many streams wait for one writer to take them; connections beyond it wait.
const ARRIVING_MAX: usize = 256;

/// How much of what a client sends on its stream is read, to be dropped, at a time. It has nothing to say there.
const DROPPED_BYTES: usize = 256;

/// The chunk that ends a body.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// An open stream, from the end of its head on. Done when it has ended, for whatever reason.
pub(super) struct Streamed {
    socket: TcpStream,
    events: Follow,
    /// What the socket did not take at once: the rest of one chunk.
    unsent: Bytes,
    /// The events have ended, and the last chunk is sent or `unsent`.
    over: bool,
    metrics: Arc<Metrics>,
}

impl Streamed {
    pub(super) fn new(socket: TcpStream, events: Follow, metrics: Arc<Metrics>) -> Self {
        Self {
            socket,
            events,
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
            match ready!(self.events.poll_events(cx)) {
                Some(events) => self.send(cx, &events)?,
                None => {
                    self.over = true;
                    self.unsent = Bytes::from_static(LAST_CHUNK);
                }
            }
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
            let _ = self.unsent.split_to(sent);
        }
        Poll::Ready(Ok(()))
    }

    /// Sends `events` as one chunk; what the socket does not take at once is copied, and waits.
    fn send(&mut self, cx: &mut Context<'_>, events: &Bytes) -> io::Result<()> {
        let size = Size::of(events.len());
        let chunk = [size.as_bytes(), events, b"\r\n"];
        let slices = chunk.map(IoSlice::new);
        let sent = match Pin::new(&mut self.socket).poll_write_vectored(cx, &slices) {
            Poll::Ready(sent) => sent?,
            Poll::Pending => 0,
        };
        if sent < chunk.iter().map(|part| part.len()).sum() {
            self.unsent = Bytes::from(chunk.concat()).split_off(sent);
        }
        Ok(())
    }
}

impl Future for Streamed {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
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

/// A chunk's size and the end of its line (RFC 9112, section 7.1).
struct Size {
    bytes: [u8; Self::LEN_MAX],
    len: usize,
}

impl Size {
    /// Sixteen digits and a line end.
    const LEN_MAX: usize = 18;

    fn of(len: usize) -> Self {
        let mut bytes = [0; Self::LEN_MAX];
        let mut rest = &mut bytes[..];
        write!(rest, "{len:x}\r\n").expect("a number of 64 bits has sixteen digits at most");
        let len = Self::LEN_MAX - rest.len();
        Self { bytes, len }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
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

/// Writes all that arrive until they are done. After so many writes that are ready at once, tokio has each socket say
/// that it is not, and others get their turn.
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
