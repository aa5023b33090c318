//! A server to test against, and a client that is in nobody's way.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use statechat::auth::Auth;
use statechat::bots::stock::{Market, StockBot};
use statechat::config::Config;
use statechat::identity::{Identity, Role};
use statechat::log::{Log, MemoryLog};
use statechat::registry::Bots;
use statechat::sources::quotes::{FileQuotes, QuoteSource, Quotes};
use statechat::web::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How long a test waits for something that must come. Generous: it is never used up unless the test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// What is waited for, which must come.
#[track_caller]
pub(crate) fn patient<T>(coming: impl Future<Output = T>) -> impl Future<Output = T> {
    let caller = std::panic::Location::caller();
    async move {
        let came = tokio::time::timeout(PATIENCE, coming).await;
        came.unwrap_or_else(|_| panic!("it did not come: {caller}"))
    }
}

/// A server that runs until it is dropped or stopped.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

/// A session with its owner's token.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) address: SocketAddr,
    pub(crate) id: String,
    pub(crate) token: String,
}

impl Running {
    /// The stock bot on the bundled market.
    pub(crate) fn start(flags: &[&str]) -> Self {
        Self::start_bots(flags, stock_of_file())
    }

    pub(crate) fn start_bots(flags: &[&str], bots: Bots) -> Self {
        Self::start_over(flags, bots, Arc::new(MemoryLog::new(100_000)))
    }

    pub(crate) fn start_over(flags: &[&str], bots: Bots, log: Arc<dyn Log>) -> Self {
        Self::start_for(flags, bots, log, Auth::guest(&KEY))
    }

    pub(crate) fn start_for(
        flags: &[&str],
        bots: Bots,
        log: Arc<dyn Log>,
        auth: impl Into<Arc<Auth>>,
    ) -> Self {
        let listen = ["--listen", "127.0.0.1:0"];
        let flags: Vec<&str> = listen.iter().chain(flags).copied().collect();
        let config = Config::from_flags(&flags).unwrap();
        let server = Server::bind(config, bots, log, auth.into(), Arc::default()).unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self {
            address,
            stop: Some(stop),
            task,
        }
    }

    /// Stops it as a signal would, and waits for its end.
    pub(crate) async fn stop(mut self) {
        drop(self.stop.take());
        tokio::time::timeout(PATIENCE, &mut self.task)
            .await
            .unwrap()
            .unwrap();
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) async fn get(&self, path: &str) -> Answered {
        send(client().get(self.url(path))).await
    }

    pub(crate) async fn open(&self) -> Opened {
        self.open_bot("stock").await
    }

    pub(crate) async fn open_bot(&self, bot: &str) -> Opened {
        open_at(self.address, bot).await
    }
}

/// The key of the servers here: always the same, so that a token holds with the next one as well.
pub(crate) const KEY: [u8; 32] = [7; 32];

/// Somebody, with a token for an hour.
pub(crate) fn identity(user: &str, role: Role) -> Identity {
    let now = Timestamp::now();
    let expires = now + Duration::from_secs(3_600);
    Identity {
        role,
        ..Identity::new(user.parse().unwrap(), now, expires)
    }
}

/// A token of the servers here.
pub(crate) fn token(identity: &Identity) -> String {
    Auth::guest(&KEY).token(identity)
}

/// Starts a session with the server at `address`.
pub(crate) async fn open_at(address: SocketAddr, bot: &str) -> Opened {
    let url = format!("http://{address}/api/sessions");
    let answer = send(client().post(url).json(&json!({ "bot": bot }))).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let body = answer.json();
    Opened {
        address,
        id: body["id"].as_str().unwrap().to_owned(),
        token: body["token"].as_str().unwrap().to_owned(),
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Answered {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {:?}", self.body))
    }

    /// Asserts that this is a problem with this status and code, and says something to do.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["type"], "about:blank");
        assert!(!problem["title"].as_str().unwrap().is_empty());
        assert!(problem["detail"].as_str().unwrap().len() > 10, "{problem}");
        problem
    }
}

impl Opened {
    pub(crate) fn path(&self) -> String {
        format!("/api/sessions/{}", self.id)
    }

    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("http://{}{path}", self.address);
        client().request(method, url).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answered {
        send(self.request(reqwest::Method::GET, path)).await
    }

    pub(crate) async fn post(&self, body: Value) -> Answered {
        let path = format!("{}/messages", self.path());
        send(self.request(reqwest::Method::POST, &path).json(&body)).await
    }

    pub(crate) async fn choose(&self, id: &str) -> u64 {
        accepted(&self.post(json!({ "choose": id })).await)
    }

    pub(crate) async fn say(&self, text: &str) -> u64 {
        accepted(&self.post(json!({ "text": text })).await)
    }

    /// All records, as they stand in the transcript.
    pub(crate) async fn records(&self) -> Vec<Value> {
        let answer = self.get(&format!("{}/transcript", self.path())).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["records"].as_array().unwrap().clone()
    }

    /// Waits until `found` holds of some record, and answers it.
    pub(crate) async fn record(&self, found: impl Fn(&Value) -> bool) -> Value {
        let wait = async {
            loop {
                if let Some(record) = self.records().await.into_iter().find(&found) {
                    return record;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, wait)
            .await
            .expect("the record did not come")
    }
}

fn accepted(answer: &Answered) -> u64 {
    assert_eq!(answer.status, 202, "{}", answer.body);
    answer.json()["seq"].as_u64().unwrap()
}

pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answered {
    let response = request.timeout(PATIENCE).send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.text().await.unwrap();
    Answered {
        status,
        headers,
        body,
    }
}

/// A client without any state.
pub(crate) fn client() -> reqwest::Client {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let client = reqwest::Client::builder().tls_certs_only([]).no_proxy();
    client.build().unwrap()
}

pub(crate) fn stock(quotes: impl QuoteSource) -> Bots {
    Bots::new().with_source::<StockBot>(Market::bundled(), Quotes(quotes))
}

/// The stock bot with its prices from the bundled market.
pub(crate) fn stock_of_file() -> Bots {
    stock(FileQuotes(Arc::new(Market::bundled())))
}

/// What the server answers to these very bytes, until it closes or falls silent after an answer's end.
pub(crate) async fn raw(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    tokio::time::timeout(PATIENCE, read).await.unwrap().ok();
    String::from_utf8_lossy(&answer).into_owned()
}
