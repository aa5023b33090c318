//! The timer of one connection.
//!
//! hyper asks for a new sleep with every request and drops the one before. By tokio's own timer each of the two
//! takes the lock on all timers of the process, for a time-out that hardly ever comes. Here a connection has one
//! sleep, which every request only moves on.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// Times one thing at a time, as hyper does on an HTTP/1 connection: a new sleep moves the one before.
pub(super) struct ConnectionTimer {
    only: Only,
}

/// The one sleep of a connection. It stays set when hyper drops it: a wake-up for nothing costs less.
#[derive(Clone)]
struct Only(Arc<Mutex<Pin<Box<tokio::time::Sleep>>>>);

impl ConnectionTimer {
    pub(super) fn new() -> Self {
        let sleep = Box::pin(tokio::time::sleep(Duration::ZERO));
        Self {
            only: Only(Arc::new(Mutex::new(sleep))),
        }
    }
}

impl Timer for ConnectionTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.only.lock().as_mut().reset(deadline.into());
        Box::pin(self.only.clone())
    }
}

impl Only {
    fn lock(&self) -> MutexGuard<'_, Pin<Box<tokio::time::Sleep>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Future for Only {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.lock().as_mut().poll(cx)
    }
}

impl Sleep for Only {}
