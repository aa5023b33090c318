//! One connection: its calls by hyper, until one of them opens a stream, which takes the socket over.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use warp::http::Request;
use warp::reply::Response;

use super::handover::{Handover, Socket};
use super::server::Serving;
use super::streamed::Streamed;

/// A connection, until it ends or a stream takes it over.
pub(super) struct Connection {
    /// There, until it is done.
    http: Option<http1::Connection<Socket, Calls>>,
    handover: Arc<Handover>,
    /// No further call is to be taken. Not asked any more once it has been said.
    stopping: Option<Stopping>,
    serving: Arc<Serving>,
    peer: SocketAddr,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, peer: SocketAddr, serving: Arc<Serving>) -> Self {
        let handover = Arc::new(Handover::default());
        let socket = Socket::new(stream, Arc::clone(&handover));
        let calls = Calls {
            serving: Arc::clone(&serving),
            handover: Arc::clone(&handover),
            peer,
        };
        let http = serving.builder().serve_connection(socket, calls);
        let mut stopped = serving.stopped.clone();
        let stopping = Box::pin(async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        });
        Self {
            http: Some(http),
            handover,
            stopping: Some(Stopping {
                said: stopping,
                asked_by: None,
            }),
            serving,
            peer,
        }
    }

    /// The stream that is to have the socket, now that hyper is done with it.
    fn streamed(&mut self) -> Option<Streamed> {
        let (events, framing) = self.handover.take()?;
        let socket = self.http.take()?.into_parts().io.into_inner();
        Some(Streamed::new(socket, events, framing))
    }

    fn note_broken(&self, error: &hyper::Error) {
        if took_nothing(error) {
            self.serving.app.metrics.connections_cut.inc();
        }
        // Clients come and go; only who looks for it wants to know.
        tracing::debug!(peer = %self.peer, %error, "a connection broke");
    }
}

/// That no further call is to be taken.
struct Stopping {
    said: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Whom it wakes.
    asked_by: Option<Waker>,
}

impl Stopping {
    /// Whether it has been said. Waits for it anew only if somebody else asks: a connection is polled often, and this
    /// comes once. Asked first by a task of its own, whose budget is not spent yet: else the wait might not have begun.
    fn is_said(&mut self, serving: &Serving, cx: &mut Context<'_>) -> bool {
        // It changes once, and nobody marks it as seen. Where nobody can say it any more, there is nothing to go on for.
        if !matches!(serving.stopped.has_changed(), Ok(false)) {
            return true;
        }
        let asks = cx.waker();
        if self.asked_by.as_ref().is_some_and(|by| by.will_wake(asks)) {
            return false;
        }
        self.asked_by = Some(asks.clone());
        self.said.as_mut().poll(cx).is_ready()
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
            && stopping.is_said(&this.serving, cx)
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
                answer = handover.offered(events, answer, version);
            }
            drop(under_way);
            Ok(answer)
        })
    }
}
