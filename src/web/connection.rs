//! One connection: its calls by hyper, until one of them opens a stream, which takes the socket over.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio_stream::Stream;
use warp::Reply;
use warp::http::header::CONNECTION;
use warp::http::{HeaderValue, Request, Version};
use warp::reply::Response;

use super::server::Serving;
use super::streamed::{Framing, Streamed};
use crate::chat::Follow;

/// A connection, until it ends or a stream takes it over.
pub(super) struct Connection {
    /// There, until it is done.
    http: Option<http1::Connection<Socket, Calls>>,
    handover: Arc<Handover>,
    /// No further call is to be taken. Not asked any more once it has been said.
    stopping: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    serving: Arc<Serving>,
    peer: SocketAddr,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, peer: SocketAddr, serving: Arc<Serving>) -> Self {
        let handover = Arc::new(Handover::default());
        let socket = Socket {
            io: TokioIo::new(stream),
            handover: Arc::clone(&handover),
        };
        let calls = Calls {
            serving: Arc::clone(&serving),
            handover: Arc::clone(&handover),
            peer,
        };
        let http = serving.builder().serve_connection(socket, calls);
        let mut stopped = serving.stopped.clone();
        let stopping = Box::pin(async move {
            // Where nobody can say it any more, there is nothing to stop for.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        });
        Self {
            http: Some(http),
            handover,
            stopping: Some(stopping),
            serving,
            peer,
        }
    }

    /// The stream that is to have the socket, now that hyper is done with it.
    fn streamed(&mut self) -> Option<Streamed> {
        let (events, framing) = self.handover.take()?;
        let socket = self.http.take()?.into_parts().io.io.into_inner();
        Some(Streamed::new(socket, events.take()?, framing))
    }

    fn note_broken(&self, error: &hyper::Error) {
        if took_nothing(error) {
            self.serving.app.metrics.connections_cut.inc();
        }
        // Clients come and go; only who looks for it wants to know.
        tracing::debug!(peer = %self.peer, %error, "a connection broke");
    }
}

impl Future for Connection {
    type Output = Option<Streamed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Streamed>> {
        let this = self.get_mut();
        let Some(http) = &mut this.http else {
            return Poll::Ready(None);
        };
        if let Some(stopping) = &mut this.stopping
            && stopping.as_mut().poll(cx).is_ready()
        {
            this.stopping = None;
            Pin::new(&mut *http).graceful_shutdown();
        }
        // Not `poll_without_shutdown`, for which a connection can be done before its last answer is out.
        match Pin::new(http).poll(cx) {
            Poll::Pending => match this.streamed() {
                Some(streamed) => Poll::Ready(Some(streamed)),
                None => Poll::Pending,
            },
            Poll::Ready(ended) => {
                if let Err(error) = ended {
                    this.note_broken(&error);
                }
                Poll::Ready(None)
            }
        }
    }
}

/// Whether the system gave the connection up because its other end took nothing for too long.
fn took_nothing(error: &hyper::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.kind() == io::ErrorKind::TimedOut;
        }
        cause = error.source();
    }
    false
}

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

/// Answers the calls of a connection.
struct Calls {
    serving: Arc<Serving>,
    handover: Arc<Handover>,
    peer: SocketAddr,
}

impl Service<Request<Incoming>> for Calls {
    type Response = Response;
    type Error = Infallible;
    // In a box: what is not under way is to take no room in a connection, and most wait for their next call.
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let (serving, peer) = (Arc::clone(&self.serving), self.peer);
        let handover = Arc::clone(&self.handover);
        let under_way = serving.under_way.subscribe();
        Box::pin(async move {
            let version = request.version();
            let routes = TowerToHyperService::new(warp::service(serving.routes.clone()));
            let mut answer = serving.front.pass(request, peer, &routes).await;
            if let Some(events) = answer.extensions_mut().remove() {
                handover.offer(events, Framing::of(version));
                answer = heading(answer, version, handover);
            }
            drop(under_way);
            Ok(answer)
        })
    }
}

/// The answer to a call that opens a stream: its head, after which what is offered gets the socket.
fn heading(mut answer: Response, version: Version, handover: Arc<Handover>) -> Response {
    let body = warp::reply::stream(Offered(handover)).into_response();
    *answer.body_mut() = body.into_body();
    // Else hyper offers a client of HTTP/1.0 to keep its connection.
    *answer.version_mut() = version;
    // No call comes after a stream.
    let headers = answer.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// Where an answer leaves the events that are to take over its connection's socket, and how far hyper has come with
/// its head.
#[derive(Default)]
struct Handover {
    events: Mutex<Option<(Events, Framing)>>,
    /// The head is written to hyper's buffer: it has asked for the body.
    asked: AtomicBool,
    /// And it is out.
    flushed: AtomicBool,
}

impl Handover {
    fn offer(&self, events: Events, framing: Framing) {
        *self.events() = Some((events, framing));
    }

    /// The events, if the head before them is out.
    fn take(&self) -> Option<(Events, Framing)> {
        if !self.flushed.load(Ordering::Relaxed) {
            return None;
        }
        self.events().take()
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
struct Socket {
    io: TokioIo<TcpStream>,
    handover: Arc<Handover>,
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
