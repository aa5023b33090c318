//! A session's records as a client gets them: in order, each once, over as many connections as it takes.

use std::time::Duration;

use super::stream::{Ending, Event, Stream};
use super::{ClientError, Session};
use crate::record::{Public, Seq};

/// How often a stream is opened again without a record before it is given up.
const RECONNECTS_MAX: u32 = 6;
const WAIT_MAX: Duration = Duration::from_secs(5);

/// The records of a session, from the first.
pub struct Events {
    session: Session,
    stream: Stream,
    cursor: Option<String>,
    seq: Seq,
    /// Connections since the last record or heartbeat.
    tries: u32,
    /// What the server said when it ended the stream.
    ending: Option<Ending>,
}

impl Events {
    pub(super) async fn open(session: Session) -> Result<Self, ClientError> {
        let stream = session.follow(None).await?;
        Ok(Self {
            session,
            stream,
            cursor: None,
            seq: 0,
            tries: 0,
            ending: None,
        })
    }

    /// The next record. Connects again after a break.
    ///
    /// # Errors
    /// [`ClientError`], once the stream cannot be resumed.
    pub async fn next(&mut self) -> Result<Public, ClientError> {
        loop {
            match self.stream.next().await {
                Some(event) => {
                    if let Some(ending) = event.ending().filter(|_| event.name == "damaged") {
                        // However often it comes back, it comes no further.
                        return Err(ClientError::Ended(ending.reason));
                    }
                    if let Some(record) = self.taken(event) {
                        return Ok(record);
                    }
                }
                None => self.reconnect().await?,
            }
        }
    }

    /// The record in `event`, if it holds one that is new.
    fn taken(&mut self, event: Event) -> Option<Public> {
        match event.name.as_str() {
            "reset" => self.seq = 0,
            // A stream that lived for a while is a new start: only breaks in a row are given up on.
            "heartbeat" => self.tries = 0,
            _ => {}
        }
        if let Some(ending) = event.ending() {
            self.ending = Some(ending);
        }
        let id = event.id?;
        let record: Public = serde_json::from_str(&event.data).ok()?;
        self.cursor = Some(id);
        self.tries = 0;
        if record.seq <= self.seq {
            return None;
        }
        self.seq = record.seq;
        Some(record)
    }

    async fn reconnect(&mut self) -> Result<(), ClientError> {
        while self.tries < RECONNECTS_MAX {
            let ending = self.ending.take();
            let wait = match &ending {
                Some(ending) => ending.wait(),
                None => (Duration::from_millis(250) * 2_u32.pow(self.tries)).min(WAIT_MAX),
            };
            self.tries += 1;
            if let Some(ending) = ending.filter(|_| self.tries == RECONNECTS_MAX) {
                let reason = format!("{}; try again later", ending.reason);
                return Err(ClientError::Ended(reason));
            }
            tokio::time::sleep(wait).await;
            match self.session.follow(self.cursor.as_deref()).await {
                Ok(stream) => {
                    self.stream = stream;
                    return Ok(());
                }
                Err(ClientError::Http(_) | ClientError::Silent) => {}
                Err(ClientError::Problem { status, .. }) if status.is_server_error() => {}
                Err(error) => return Err(error),
            }
        }
        Err(ClientError::Broken)
    }
}
