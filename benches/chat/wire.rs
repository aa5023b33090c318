//! HTTP by hand: as little between the load and the socket as there can be.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use memchr::memmem;
use serde::Deserialize;
use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How many sessions are started at once.
const AT_ONCE: usize = 64;

/// A session that was started.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Started {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// Starts a session by a connection that is open.
pub(crate) async fn start(stream: &mut TcpStream, address: SocketAddr) -> anyhow::Result<Started> {
    let body = r#"{"bot":"stock"}"#;
    let start = request("POST", "/api/sessions", address, "", body);
    stream.write_all(start.as_bytes()).await?;
    let started = answer(stream, "HTTP/1.1 201").await?;
    Ok(serde_json::from_slice(&started)?)
}

/// Starts `count` sessions, [`AT_ONCE`] at a time.
pub(crate) async fn start_many(address: SocketAddr, count: usize) -> anyhow::Result<Vec<Started>> {
    let shares = (0..AT_ONCE).map(|share| async move {
        let mut stream = connect(address).await?;
        let mut started = Vec::new();
        for _ in (share..count).step_by(AT_ONCE) {
            started.push(start(&mut stream, address).await?);
        }
        anyhow::Ok(started)
    });
    Ok(futures_util::future::try_join_all(shares).await?.concat())
}

pub(crate) async fn connect(address: SocketAddr) -> anyhow::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    // No TIME_WAIT: many runs in a row would use up the ports.
    SockRef::from(&stream).set_linger(Some(Duration::ZERO))?;
    Ok(stream)
}

pub(crate) fn request(
    method: &str,
    path: &str,
    host: SocketAddr,
    token: &str,
    body: &str,
) -> String {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n");
    if !token.is_empty() {
        head += &format!("authorization: Bearer {token}\r\n");
    }
    if !body.is_empty() {
        let length = body.len();
        head += &format!("content-type: application/json\r\ncontent-length: {length}\r\n");
    }
    head + "\r\n" + body
}

/// Reads one whole answer, which must begin with `status`. Answers its body.
pub(crate) async fn answer(stream: &mut TcpStream, status: &str) -> anyhow::Result<Vec<u8>> {
    let mut read = Vec::with_capacity(1024);
    loop {
        if stream.read_buf(&mut read).await? == 0 {
            bail!("the connection ended");
        }
        let Some(end) = memmem::find(&read, b"\r\n\r\n") else {
            continue;
        };
        let head = std::str::from_utf8(&read[..end])?;
        ensure!(head.starts_with(status), "not {status} but {head}");
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.parse::<usize>().ok())?
        });
        let length = length.context("an answer without content-length")?;
        if read.len() >= end + 4 + length {
            return Ok(read.split_off(end + 4));
        }
    }
}
