//! Streamed: the sockets of open streams, taken back from hyper once their head is out.
//!
//! A few tasks write all of them, each many: an event to thousands of streams wakes as many tasks as there are workers,
//! and a stream that rests holds no buffers. Nothing else writes a stream.

use std::io;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use bytes::{Buf, BufMut, BytesMut};
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

/// How many bytes a client may send on its stream, where it has nothing to say: they are dropped. Past that it goes.
const CHATTER_BYTES_MAX: usize = 16 * 1024;

/// While fewer bytes than this are to leave, what else is ready leaves with them: a write costs more than a copy. A slow
/// reader so holds less than this and one piece more.
const TOGETHER_BYTES: usize = 2 * 1024;

/// The chunk that ends a body.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// What a chunk has around its bytes: at most sixteen digits and two line ends.
const CHUNK_BYTES: usize = 20;

/// An open stream, from the end of its head on. Done when it has ended, or its connection has; with an error, where that
/// broke.
pub(super) struct Streamed(Option<Open>);

struct Open {
    socket: TcpStream,
    events: Follow,
    framing: Framing,
    /// What the socket has yet to take.
    unsent: BytesMut,
    /// The events have ended, and what is last is sent or `unsent`.
    over: bool,
    /// How many bytes the client has sent.
    chatter: usize,
}

impl Streamed {
    pub(super) fn new(socket: TcpStream, events: Follow, framing: Framing) -> Self {
        Self(Some(Open {
            socket,
            events,
            framing,
            unsent: BytesMut::new(),
            over: false,
            chatter: 0,
        }))
    }

    /// Once it is done, nothing is left of it.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(open) = &mut self.0 else {
            return Poll::Ready(Ok(()));
        };
        let ended = ready!(open.poll(cx));
        if let Err(error) = &ended {
            let stream = open.events.stream();
            tracing::debug!(stream, %error, "a stream's connection broke");
        }
        self.0 = None;
        Poll::Ready(ended)
    }
}

impl Future for Streamed {
    type Output = io::Result<()>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !has_budget_remaining() {
            // Said aloud: `FuturesUnordered` yields after two that wake themselves, and would else ask all that are ready.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        // A panic is to take no other stream of the writer with it, be it here or where this one is dropped.
        let this = self.get_mut();
        let polled = catch_unwind(AssertUnwindSafe(|| this.poll_end(cx)));
        polled.unwrap_or_else(|_| {
            tracing::error!("a stream ended by a panic");
            let open = this.0.take();
            let _ = catch_unwind(AssertUnwindSafe(|| drop(open)));
            Poll::Ready(Ok(()))
        })
    }
}

impl Open {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.poll_left(cx)?.is_ready() {
            return Poll::Ready(Ok(()));
        }
        let mut more = true;
        loop {
            if self.poll_unsent(cx)?.is_pending() {
                self.events.put_off();
                return Poll::Pending;
            }
            if self.over {
                return Poll::Ready(Ok(()));
            }
            if !more {
                return Poll::Pending;
            }
            more = self.gather(cx);
        }
    }

    /// Frames what is ready. Whether there may be more: if not, `cx` is woken when there is.
    fn gather(&mut self, cx: &mut Context<'_>) -> bool {
        let mut framed = BytesMut::new();
        let more = loop {
            if framed.len() >= TOGETHER_BYTES {
                break true;
            }
            match self.events.poll_next_unpin(cx) {
                Poll::Ready(Some(events)) => self.framing.frame(&mut framed, &events),
                Poll::Ready(None) => {
                    self.framing.end(&mut framed);
                    self.over = true;
                    break false;
                }
                Poll::Pending => break false,
            }
        };
        self.unsent = framed;
        more
    }

    /// Whether the client has closed its end.
    fn poll_left(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut bytes = [MaybeUninit::uninit(); 256];
            let mut dropped = ReadBuf::uninit(&mut bytes);
            ready!(Pin::new(&mut self.socket).poll_read(cx, &mut dropped))?;
            if dropped.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            self.chatter += dropped.filled().len();
            if self.chatter > CHATTER_BYTES_MAX {
                let error = "the client sends on its stream";
                return Poll::Ready(Err(io::Error::other(error)));
            }
        }
    }

    fn poll_unsent(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.unsent.is_empty() {
            let sent = ready!(Pin::new(&mut self.socket).poll_write(cx, &self.unsent))?;
            self.unsent.advance(sent);
        }
        // And its memory with it: most streams rest most of the time.
        self.unsent = BytesMut::new();
        Poll::Ready(Ok(()))
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

    /// Adds `events`, copied: that costs less than a `writev` of pieces.
    fn frame(self, framed: &mut BytesMut, events: &[u8]) {
        framed.reserve(events.len() + CHUNK_BYTES);
        match self {
            Self::Chunks if !events.is_empty() => {
                put_hexadecimal(framed, events.len());
                framed.extend_from_slice(b"\r\n");
                framed.extend_from_slice(events);
                framed.extend_from_slice(b"\r\n");
            }
            // A chunk of no bytes would be the last one.
            Self::Chunks => {}
            Self::Close => framed.extend_from_slice(events),
        }
    }

    fn end(self, framed: &mut BytesMut) {
        match self {
            Self::Chunks => framed.extend_from_slice(LAST_CHUNK),
            Self::Close => {}
        }
    }
}

/// Without `write!`, which takes several times as long: each piece has a length.
fn put_hexadecimal(framed: &mut BytesMut, number: usize) {
    let digits = number.max(1).ilog2() / 4;
    for digit in (0..=digits).rev() {
        framed.put_u8(b"0123456789abcdef"[number >> (4 * digit) & 0xf]);
    }
}

/// The tasks that write the streams.
pub(super) struct Writers {
    arriving: Vec<mpsc::Sender<Streamed>>,
    next: AtomicUsize,
}

impl Writers {
    /// As many as the runtime has workers, each a task of `tasks` that ends when this is dropped and its streams are done.
    pub(super) fn start(tasks: &TaskTracker, metrics: &Arc<Metrics>) -> Self {
        let workers = tokio::runtime::Handle::current().metrics().num_workers();
        let arriving = (0..workers).map(|_| {
            let (arriving, arrived) = mpsc::channel(ARRIVING_MAX);
            tasks.spawn(write(arrived, Arc::clone(metrics)));
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
        if self.arriving[next].send(streamed).await.is_err() {
            tracing::error!("a stream is lost: its writer is gone");
        }
    }
}

/// Writes all that arrive until they are done.
async fn write(mut arrived: mpsc::Receiver<Streamed>, metrics: Arc<Metrics>) {
    let mut open = pin!(FuturesUnordered::new());
    let mut arriving = true;
    loop {
        tokio::select! {
            // Who comes is let in first: busy streams could else keep them waiting at the door.
            biased;
            streamed = arrived.recv(), if arriving => match streamed {
                Some(streamed) => open.push(streamed),
                None => arriving = false,
            },
            Some(ended) = open.next() => note(ended, &metrics),
            else => return,
        }
    }
}

fn note(ended: io::Result<()>, metrics: &Metrics) {
    if ended.is_err_and(|error| error.kind() == io::ErrorKind::TimedOut) {
        metrics.connections_cut.inc();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunks_length_is_hexadecimal() {
        let around = |power: u32| [1 << power, (1 << power) - 1, (1 << power) + 10];
        for number in (0..60).flat_map(around).chain([0, usize::MAX]) {
            let mut framed = BytesMut::new();
            put_hexadecimal(&mut framed, number);
            assert_eq!(framed, format!("{number:x}"));
        }
    }
}
