//! A session's records as a client gets them: in order, each once, over as many connections as it takes.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use sse_stream::{Sse, SseByteStream};

use super::{ClientError, Session};
use crate::record::{Public, Seq};

type Decoded = std::pin::Pin<Box<dyn Stream<Item = Result<Sse, sse_stream::Error>> + Send>>;

/// How often a broken stream is opened again before it is given up; the waits add up to about 25 s.
const RECONNECTS_MAX: u32 = 8;
const WAIT_MAX: Duration = Duration::from_secs(5);

/// The records of a session, from the first.
pub struct Events {
    session: Session,
    stream: Decoded,
    cursor: Option<String>,
    seq: Seq,
}

impl Events {
    pub(super) async fn open(session: Session) -> Result<Self, ClientError> {
        let stream = decoded(&session, None).await?;
        Ok(Self {
            session,
            stream,
            cursor: None,
            seq: 0,
        })
    }

    /// The next record. Connects again after a break.
    ///
    /// # Errors
    /// [`ClientError`], once the stream cannot be resumed.
    pub async fn next(&mut self) -> Result<Public, ClientError> {
        loop {
            match self.stream.next().await {
                Some(Ok(event)) => {
                    if let Some(record) = self.taken(event) {
                        return Ok(record);
                    }
                }
                Some(Err(_)) | None => self.reconnect().await?,
            }
        }
    }

    /// The record in `event`, if it holds one that is new.
    fn taken(&mut self, event: Sse) -> Option<Public> {
        if event.event.as_deref() == Some("reset") {
            self.seq = 0;
        }
        let id = event.id?;
        let record: Public = serde_json::from_str(&event.data?).ok()?;
        self.cursor = Some(id);
        if record.seq <= self.seq {
            return None;
        }
        self.seq = record.seq;
        Some(record)
    }

    async fn reconnect(&mut self) -> Result<(), ClientError> {
        for tries in 0..RECONNECTS_MAX {
            let wait = Duration::from_millis(250) * 2_u32.pow(tries);
            tokio::time::sleep(wait.min(WAIT_MAX)).await;
            match decoded(&self.session, self.cursor.as_deref()).await {
                Ok(stream) => {
                    self.stream = stream;
                    return Ok(());
                }
                Err(ClientError::Http(_)) => {}
                Err(ClientError::Problem { status, .. }) if status.is_server_error() => {}
                Err(error) => return Err(error),
            }
        }
        Err(ClientError::Broken)
    }
}

async fn decoded(session: &Session, cursor: Option<&str>) -> Result<Decoded, ClientError> {
    let response = session.stream(cursor).await?;
    Ok(Box::pin(SseByteStream::new(response.bytes_stream())))
}
