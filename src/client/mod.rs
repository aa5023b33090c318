//! The same API from Rust: start a session, say things, follow what comes.

mod connection;
mod events;
mod silence;
mod stream;

use std::error::Error;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, Response, StatusCode, Url};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::record::{ClientId, Seq, SessionId};

pub(crate) use connection::{Connection, Dialer};
pub use events::Events;
pub use stream::{Ending, Event, Stream};

/// How long a call may take, and a stream's beginning. Then its heartbeats tell that it lives.
const CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// How long it may take to connect, to all addresses of a server together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

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
    token: HeaderValue,
    messages: Url,
}

/// What to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Said<'a> {
    /// The id of an option on offer.
    Choose(&'a str),
    /// Free text.
    Text(&'a str),
}

/// Some of a session's records, exactly as on the stream.
#[derive(Debug, Deserialize)]
pub struct Transcript {
    /// The last record's place in the session.
    pub head: Seq,
    /// The records, in order.
    pub records: Vec<Box<RawValue>>,
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
    #[error("the server cannot be reached")]
    Http(#[from] reqwest::Error),
    /// The server took the call, and said nothing.
    #[error("the server does not answer")]
    Silent,
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
    /// A connection of a user's own could not be made, or broke off.
    #[error("the connection to the server cannot be made, or broke off")]
    Connection(#[source] Box<dyn Error + Send + Sync>),
    /// The server took the message, and its answer is none.
    #[error("the server's answer cannot be understood")]
    Answer(#[source] serde_json::Error),
    /// The server gave a token that cannot be sent.
    #[error("the server gave a token that is none")]
    Token,
    /// The server ended the stream, again and again, or for good: in its own words.
    #[error("the server ends the stream: {0}")]
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sending<'a> {
    #[serde(flatten)]
    said: &'a Said<'a>,
    client_id: &'a ClientId,
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
        let url = base_url(base)?;
        let mut http = http_builder(&url);
        if is_loopback(&url) {
            http = http.no_proxy();
        }
        Ok(Self {
            http: http.build()?,
            base: url,
        })
    }

    /// One that goes straight to the server, past any proxy that the environment names, and nowhere else, as its
    /// [`Dialer`] does.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub(crate) fn straight(base: &str) -> Result<Self, ClientError> {
        let url = base_url(base)?;
        let http = http_builder(&url).no_proxy().redirect(Policy::none());
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
        let token = HeaderValue::try_from(format!("Bearer {}", started.token));
        Ok(Session {
            messages: self.url(&format!("api/sessions/{}/messages", started.id))?,
            client: self.clone(),
            id: started.id,
            token: token.map_err(|_| ClientError::Token)?,
        })
    }

    /// What makes connections to its server.
    ///
    /// # Errors
    /// [`ClientError::Connection`], if the system has no root certificates for https.
    pub(crate) fn dialer(&self) -> Result<Dialer, ClientError> {
        Dialer::new(&self.base)
    }

    /// The text at `path`, below the page's address.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn text(&self, path: &str) -> Result<String, ClientError> {
        let request = self.http.get(self.url(path)?).timeout(CALL_TIMEOUT);
        Ok(checked(request.send().await?).await?.text().await?)
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
        for _ in 0..TRIES_MAX {
            match self.send(&Said::Text(text), client_id).await {
                Err(ClientError::Problem {
                    status: StatusCode::TOO_MANY_REQUESTS,
                    retry_after: Some(wait),
                    ..
                }) => tokio::time::sleep(wait).await,
                sent => return sent,
            }
        }
        Err(ClientError::Broken)
    }

    /// Sends a message once; answers the place of its record. Sent again with the same `client_id`, whatever became
    /// of it before, it is there once.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn send(&self, said: &Said<'_>, client_id: &ClientId) -> Result<Seq, ClientError> {
        let request = self.client.http.post(self.messages.clone());
        let request = request.json(&Sending { said, client_id });
        let response = self.call(request).await?;
        Ok(response.json::<Accepted>().await?.seq)
    }

    /// A connection for its messages alone, made by the `dialer` of its client.
    pub(crate) fn connection(&self, dialer: &Dialer) -> Connection {
        Connection::new(self.clone(), dialer.clone())
    }

    /// Follows the session from its first record.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn events(&self) -> Result<Events, ClientError> {
        Events::open(self.clone()).await
    }

    /// Opens one stream: of what comes after `cursor`, or of everything. Does not connect again.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn follow(&self, cursor: Option<&str>) -> Result<Stream, ClientError> {
        let url = self
            .client
            .url(&format!("api/events?session={}", self.id))?;
        let mut request = self.client.http.get(url);
        if let Some(cursor) = cursor {
            request = request.header("last-event-id", cursor);
        }
        let request = request.header(AUTHORIZATION, self.token.clone());
        Ok(Stream::new(begun(request, CALL_TIMEOUT).await?))
    }

    /// The last `limit` records before the place `before`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn transcript(&self, before: Seq, limit: u64) -> Result<Transcript, ClientError> {
        let path = format!(
            "api/sessions/{}/transcript?before={before}&limit={limit}",
            self.id
        );
        let request = self.client.http.get(self.client.url(&path)?);
        Ok(self.call(request).await?.json().await?)
    }

    async fn call(&self, request: RequestBuilder) -> Result<Response, ClientError> {
        let request = request.header(AUTHORIZATION, self.token.clone());
        checked(request.timeout(CALL_TIMEOUT).send().await?).await
    }
}

/// The address of a server, as that of a folder.
fn base_url(base: &str) -> Result<Url, ClientError> {
    let address = || ClientError::Address(base.to_owned());
    let mut url = Url::parse(base).map_err(|_| address())?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(address());
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

fn http_builder(url: &Url) -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .tcp_nodelay(true);
    match url.scheme() {
        // Plain http needs no root certificates, and a bare machine has none.
        "http" => http.tls_certs_only([]),
        _ => http,
    }
}

fn is_loopback(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
}

/// The response, once its head is there, which has to be in time. Its body may take as long as it likes.
async fn begun(request: RequestBuilder, limit: Duration) -> Result<Response, ClientError> {
    let answered = async { checked(request.send().await?).await };
    let answered = tokio::time::timeout(limit, answered).await;
    answered.unwrap_or(Err(ClientError::Silent))
}

/// The response, if it is a good one.
async fn checked(response: Response) -> Result<Response, ClientError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let headers = response.headers().clone();
    let body = response.bytes().await.unwrap_or_default();
    Err(problem(status, &headers, &body))
}

/// Why the server refused.
fn problem(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> ClientError {
    let seconds = headers.get(RETRY_AFTER);
    let seconds = seconds.and_then(|value| value.to_str().ok()?.parse().ok());
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    ClientError::Problem {
        status,
        code: text("code").unwrap_or_default(),
        detail: text("detail").unwrap_or_else(|| format!("the server answered {status}")),
        retry_after: seconds.map(Duration::from_secs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_stream_that_does_not_begin_in_time_is_given_up() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        // The system takes the connection, and nobody reads what comes over it.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let request = Client::new(&url).unwrap().http.get(url);
        let begun = begun(request, Duration::from_millis(20)).await;
        assert!(matches!(begun, Err(ClientError::Silent)), "{begun:?}");
    }
}
