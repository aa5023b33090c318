//! One connection's events, as they come over it.

use std::time::Duration;

use serde::Deserialize;
use sse_stream::{Sse, SseByteStream};
use tokio_stream::StreamExt;

use super::silence::{Patience, until_silent};

type Decoded =
    std::pin::Pin<Box<dyn tokio_stream::Stream<Item = Result<Sse, sse_stream::Error>> + Send>>;

/// What the server streams over one connection. It ends when the connection does, and where nothing comes for three
/// times as long as the server leaves between two heartbeats.
pub struct Stream {
    decoded: Decoded,
    patience: Patience,
}

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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connected {
    heartbeat_ms: u64,
}

impl Stream {
    pub(super) fn new(response: reqwest::Response) -> Self {
        let patience = Patience::default();
        let bytes = until_silent(response.bytes_stream(), patience.clone());
        Self {
            decoded: Box::pin(SseByteStream::new(Box::pin(bytes))),
            patience,
        }
    }

    /// The next event, or `None` once the connection is broken, ended or silent for too long. Nothing is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            let sse = self.decoded.next().await?.ok()?;
            // Comments and lone retry times are no events.
            if let Some(data) = sse.data {
                let name = sse.event.unwrap_or_default();
                let id = sse.id;
                let event = Event { id, name, data };
                if let Some(interval) = event.heartbeat() {
                    self.patience.learn(interval);
                }
                return Some(event);
            }
        }
    }
}

impl Event {
    /// Why the server ends the stream, if this event says so.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        let ends = matches!(
            &*self.name,
            "overloaded" | "restarting" | "expired" | "damaged"
        );
        ends.then(|| serde_json::from_str(&self.data).ok())?
    }

    /// How long the server leaves between two heartbeats, if this event says so.
    fn heartbeat(&self) -> Option<Duration> {
        if self.name != "connected" {
            return None;
        }
        let connected: Connected = serde_json::from_str(&self.data).ok()?;
        Some(Duration::from_millis(connected.heartbeat_ms))
    }
}

impl Ending {
    /// How long to wait before coming back.
    #[must_use]
    pub fn wait(&self) -> Duration {
        Duration::from_millis(self.retry_ms)
    }
}
