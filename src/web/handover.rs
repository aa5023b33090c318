//! The handover of a connection's socket from hyper to a stream, once the head of the stream's answer is out.
//!
//! hyper offers it for connections that are done; here it is taken from one that waits for a body. Two things say when:
//! hyper has asked for the body, so the head is in its buffer; and has flushed after that, so the buffer is empty.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_stream::Stream;
use warp::Reply;
use warp::http::header::CONNECTION;
use warp::http::{HeaderValue, Version};
use warp::reply::Response;

use super::streamed::Framing;
use crate::chat::Follow;

/// The events of an answer, carried by its response to the connection. Taken once.
#[derive(Clone)]
pub(super) struct Events(Arc<Mutex<Option<Follow>>>);

impl Events {
    pub(super) fn new(follow: Follow) -> Self {
        Self(Arc::new(Mutex::new(Some(follow))))
    }

    fn take(&self) -> Option<Follow> {
        let mut events = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        events.take()
    }
}

/// Where an answer leaves the events that are to take over its connection's socket, and how far hyper has come with
/// its head.
#[derive(Default)]
pub(super) struct Handover {
    events: Mutex<Option<(Events, Framing)>>,
    /// The head is written to hyper's buffer: it has asked for the body.
    asked: AtomicBool,
    /// And it is out.
    flushed: AtomicBool,
}

impl Handover {
    /// Offers the socket to `events`, after the head of `answer` to a call of `version`.
    pub(super) fn offered(
        self: Arc<Self>,
        events: Events,
        mut answer: Response,
        version: Version,
    ) -> Response {
        *self.events() = Some((events, Framing::of(version)));
        let body = warp::reply::stream(Offered(self)).into_response();
        *answer.body_mut() = body.into_body();
        // Else hyper offers a client of HTTP/1.0 to keep its connection.
        *answer.version_mut() = version;
        // No call comes after a stream.
        let headers = answer.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        answer
    }

    /// The events, if the head before them is out.
    pub(super) fn take(&self) -> Option<(Follow, Framing)> {
        if !self.flushed.load(Ordering::Relaxed) {
            return None;
        }
        let (events, framing) = self.events().take()?;
        Some((events.take()?, framing))
    }

    fn events(&self) -> MutexGuard<'_, Option<(Events, Framing)>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body of an answer that hands its connection over. Nothing comes of it: that hyper asks for it is what counts.
struct Offered(Arc<Handover>);

impl Stream for Offered {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.asked.store(true, Ordering::Relaxed);
        Poll::Pending
    }
}

/// The socket as hyper has it. Knows when the head of a stream is out: hyper (1.12, `proto::h1::io::Buffered::poll_flush`)
/// flushes a socket only when it has nothing left to write to it. That nothing is lost, the tests of the wire check.
pub(super) struct Socket {
    io: TokioIo<TcpStream>,
    handover: Arc<Handover>,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, handover: Arc<Handover>) -> Self {
        Self {
            io: TokioIo::new(stream),
            handover,
        }
    }

    pub(super) fn into_inner(self) -> TcpStream {
        self.io.into_inner()
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, buffer)
    }
}

impl Write for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.io).poll_flush(cx))?;
        let asked = self.handover.asked.load(Ordering::Relaxed);
        self.handover.flushed.store(asked, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
