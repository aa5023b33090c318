//! The same API from Rust: start a session, say things, follow what comes.

mod events;

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode, Url};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::record::{ClientId, Seq, SessionId};

pub use events::Events;

/// How long a call may take. A stream has no such limit; its heartbeats tell that it lives.
const CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a message that came too fast is sent again.
const TRIES_MAX: usize = 10;

/// A client of one server.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
}

/// A session of this client's.
#[derive(Clone, Debug)]
pub struct Session {
    client: Client,
    /// Its id.
    pub id: SessionId,
    token: String,
}

/// Why a call did not work.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address cannot be a server's.
    #[error(
        "{0:?} is not a server's address; write it with its scheme, such as http://127.0.0.1:7272"
    )]
    Address(String),
    /// The server could not be reached, or broke off.
    #[error("the server cannot be reached: {0}")]
    Http(#[from] reqwest::Error),
    /// The server refused.
    #[error("{detail}")]
    Problem {
        /// The HTTP status.
        status: StatusCode,
        /// The problem's stable code.
        code: String,
        /// The problem in words.
        detail: String,
        /// When to try again, if the server says so.
        retry_after: Option<Duration>,
    },
    /// The server ended the stream, again and again.
    #[error("the server ends the stream: {0}; try again later")]
    Ended(String),
    /// The stream did not come back.
    #[error("the stream broke and could not be resumed")]
    Broken,
}

#[derive(Deserialize)]
struct Started {
    id: SessionId,
    token: String,
}

#[derive(Deserialize)]
struct Accepted {
    seq: Seq,
}

impl Client {
    /// A client of the server at `base`, the page's address.
    ///
    /// # Errors
    /// [`ClientError::Address`], or [`ClientError::Http`] if the system has no root certificates for https.
    pub fn new(base: &str) -> Result<Self, ClientError> {
        let address = || ClientError::Address(base.to_owned());
        let mut url = Url::parse(base).map_err(|_| address())?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(address());
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        let mut http = reqwest::Client::builder()
            .connect_timeout(CALL_TIMEOUT)
            .tcp_nodelay(true);
        if url.scheme() == "http" {
            // Plain http needs no root certificates, and a bare machine has none.
            http = http.tls_certs_only([]);
        }
        let loopback = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        if loopback {
            http = http.no_proxy();
        }
        Ok(Self {
            http: http.build()?,
            base: url,
        })
    }

    /// Starts a session with `bot` as a new guest.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn open(&self, bot: &str) -> Result<Session, ClientError> {
        let request = self
            .http
            .post(self.url("api/sessions")?)
            .json(&json!({ "bot": bot }));
        let response = checked(request.timeout(CALL_TIMEOUT).send().await?).await?;
        let started: Started = response.json().await?;
        Ok(Session {
            client: self.clone(),
            id: started.id,
            token: started.token,
        })
    }

    fn url(&self, path: &str) -> Result<Url, ClientError> {
        let joined = self.base.join(path);
        joined.map_err(|_| ClientError::Address(self.base.to_string()))
    }
}

impl Session {
    /// Says `text`; answers the place of its record. Waits and tries again where it came too fast.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn say(&self, text: &str, client_id: &ClientId) -> Result<Seq, ClientError> {
        let url = self
            .client
            .url(&format!("api/sessions/{}/messages", self.id))?;
        let body = json!({ "text": text, "clientId": client_id });
        for _ in 0..TRIES_MAX {
            let request = self
                .client
                .http
                .post(url.clone())
                .bearer_auth(&self.token)
                .json(&body);
            let response = request.timeout(CALL_TIMEOUT).send().await?;
            match checked(response).await {
                Ok(response) => return Ok(response.json::<Accepted>().await?.seq),
                Err(ClientError::Problem {
                    status: StatusCode::TOO_MANY_REQUESTS,
                    retry_after: Some(wait),
                    ..
                }) => tokio::time::sleep(wait).await,
                Err(error) => return Err(error),
            }
        }
        Err(ClientError::Broken)
    }

    /// Follows the session from its first record.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn events(&self) -> Result<Events, ClientError> {
        Events::open(self.clone()).await
    }

    async fn stream(&self, cursor: Option<&str>) -> Result<Response, ClientError> {
        let url = self
            .client
            .url(&format!("api/events?session={}", self.id))?;
        let mut request = self.client.http.get(url).bearer_auth(&self.token);
        if let Some(cursor) = cursor {
            request = request.header("last-event-id", cursor);
        }
        checked(request.send().await?).await
    }
}

/// The response, if it is a good one.
async fn checked(response: Response) -> Result<Response, ClientError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let seconds = response.headers().get(RETRY_AFTER);
    let seconds = seconds.and_then(|value| value.to_str().ok()?.parse().ok());
    let body: Value = response.json().await.unwrap_or_default();
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    Err(ClientError::Problem {
        status,
        code: text("code").unwrap_or_default(),
        detail: text("detail").unwrap_or_else(|| format!("the server answered {status}")),
        retry_after: seconds.map(Duration::from_secs),
    })
}
