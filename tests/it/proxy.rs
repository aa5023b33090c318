//! A proxy that lies, or breaks: the same API, and one thing amiss.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::server::client;

/// What is amiss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Streams end early, and answers do not arrive though the message did. No lie: the network is like that.
    Breaks,
    /// Leaves the event of seq 2 out.
    LeavesOut,
    /// Sends the event of seq 3 twice.
    Doubles,
    /// Gives the second message the name of the first.
    EntersAgain,
    /// Changes the text of seq 3.
    Changes,
    /// Answers a message itself, and does not pass it on.
    Swallows,
    /// Leaves out all replies of the bot but the greeting.
    KeepsReplies,
    /// Knows only the greeting when asked for the transcript.
    Forgets,
    /// Hangs up on a message that is longer than any of the others.
    CutsLong,
    /// Passes such a message on, and hangs up before the answer; the first time.
    LosesLong,
}

/// Bytes of a message that is long.
const LONG: usize = 20_000;

/// Runs until it is dropped.
pub(crate) struct Proxy {
    address: SocketAddr,
    task: JoinHandle<()>,
}

struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

struct Passing {
    server: SocketAddr,
    way: Way,
    client: reqwest::Client,
    calls: AtomicUsize,
    long: AtomicUsize,
}

impl Proxy {
    pub(crate) async fn start(server: SocketAddr, way: Way) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let passing = Arc::new(Passing {
            server,
            way,
            client: client(),
            calls: AtomicUsize::new(0),
            long: AtomicUsize::new(0),
        });
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let passing = Arc::clone(&passing);
                tokio::spawn(async move { passing.serve(stream).await });
            }
        });
        Self { address, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Passing {
    /// One call a connection.
    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let call = read(&mut stream).await?;
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let is_message = call.path.ends_with("/messages");
        if is_message && self.way == Way::Swallows {
            return write(&mut stream, 202, r#"{"seq":2}"#).await;
        }
        let is_long = is_message && call.body.len() > LONG;
        if is_long && self.way == Way::CutsLong {
            return None;
        }
        let url = format!("http://{}{}", self.server, call.path);
        let mut request = self.client.request(call.method, url).body(call.body);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let response = request.send().await.ok()?;
        if call.path.starts_with("/api/events") {
            return self.stream(stream, response, number).await;
        }
        let status = response.status().as_u16();
        let body = response.text().await.ok()?;
        match self.way {
            Way::LosesLong if is_long && self.long.fetch_add(1, Ordering::Relaxed) == 0 => None,
            Way::Breaks if is_message && number.is_multiple_of(5) => None,
            Way::Breaks if is_message && number % 5 == 1 => {
                write(&mut stream, 503, r#"{"code":"conflict"}"#).await
            }
            Way::Forgets if call.path.contains("/transcript") => {
                write(&mut stream, status, &greeting_only(&body)).await
            }
            _ => write(&mut stream, status, &body).await,
        }
    }

    async fn stream(
        &self,
        mut stream: BufReader<TcpStream>,
        mut response: reqwest::Response,
        number: usize,
    ) -> Option<()> {
        let head =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).await.ok()?;
        let (mut pending, mut events) = (String::new(), 0);
        while let Some(bytes) = response.chunk().await.ok()? {
            pending += std::str::from_utf8(&bytes).ok()?;
            while let Some(end) = pending.find("\n\n") {
                let event: String = pending.drain(..end + 2).collect();
                stream.write_all(self.told(event).as_bytes()).await.ok()?;
                events += 1;
                if self.way == Way::Breaks && events > 5 + number % 7 {
                    return None;
                }
            }
        }
        Some(())
    }

    /// What becomes of an event.
    fn told(&self, event: String) -> String {
        let is = |seq: u64| event.starts_with(&format!("id: {seq}."));
        match self.way {
            Way::LeavesOut if is(2) => String::new(),
            Way::Doubles if is(3) => event.repeat(2),
            Way::EntersAgain => again(&event),
            Way::Changes if is(3) => event.replacen("\"text\":\"", "\"text\":\"Well, ", 1),
            Way::KeepsReplies if event.starts_with("id: ") && !is(1) && is_bots(&event) => {
                String::new()
            }
            _ => event,
        }
    }
}

fn is_bots(event: &str) -> bool {
    event.contains(r#""from":{"kind":"bot""#)
}

/// The event, and if it is the second message's, with the name of the first.
fn again(event: &str) -> String {
    event.replacen(r#""clientId":"m1""#, r#""clientId":"m0""#, 1)
}

fn greeting_only(body: &str) -> String {
    let mut transcript: Value = serde_json::from_str(body).unwrap();
    transcript["records"].as_array_mut().unwrap().truncate(1);
    transcript["head"] = json!(1);
    transcript.to_string()
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Call> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.parse().ok()?, words.next()?.to_owned());
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match &*name.to_lowercase() {
            "content-length" => length = value.parse().ok()?,
            "host" => {}
            _ => headers.push((name.to_owned(), value.to_owned())),
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Call {
        method,
        path,
        headers,
        body,
    })
}

async fn write(stream: &mut BufReader<TcpStream>, status: u16, body: &str) -> Option<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).await.ok()
}
