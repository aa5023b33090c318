//! One connection's events, as they come over it.

use std::time::Duration;

use serde::Deserialize;
use sse_stream::{Sse, SseByteStream};
use tokio_stream::StreamExt;

type Decoded =
    std::pin::Pin<Box<dyn tokio_stream::Stream<Item = Result<Sse, sse_stream::Error>> + Send>>;

/// What the server streams over one connection. It ends when the connection does.
pub struct Stream(Decoded);

/// One event, undecoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The cursor to resume after it; absent from what passes.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its data: JSON.
    pub data: String,
}

/// Why the server ended a stream, and when to come back.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ending {
    /// In words.
    pub reason: String,
    retry_ms: u64,
}

impl Stream {
    pub(super) fn new(response: reqwest::Response) -> Self {
        Self(Box::pin(SseByteStream::new(response.bytes_stream())))
    }

    /// The next event, or `None` once the connection is broken or ended. Nothing is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            let sse = self.0.next().await?.ok()?;
            // Comments and lone retry times are no events.
            if let Some(data) = sse.data {
                let name = sse.event.unwrap_or_default();
                let id = sse.id;
                return Some(Event { id, name, data });
            }
        }
    }
}

impl Event {
    /// Why the server ends the stream, if this event says so.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        let ends = matches!(&*self.name, "overloaded" | "restarting" | "expired");
        ends.then(|| serde_json::from_str(&self.data).ok())?
    }
}

impl Ending {
    /// How long to wait before coming back.
    #[must_use]
    pub fn wait(&self) -> Duration {
        Duration::from_millis(self.retry_ms)
    }
}
