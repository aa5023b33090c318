//! Reconnecting: many streams to the durable server are cut at once, and all come back with their cursors.

use std::fmt::Write;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use futures_util::future::try_join_all;
use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Bench;
use crate::server::Server;
use crate::wire::{Started, connect, request, start_many};

const BAR: Duration = Duration::from_secs(3);

pub(crate) async fn measure(bench: &Bench) -> anyhow::Result<String> {
    // Room for those that come back before the server has seen that they were gone.
    let streams_max = (2 * bench.streams).to_string();
    let mut server = Server::durable(&bench.program, &["--max-streams", &streams_max])?;
    let started = start_many(server.address, bench.streams).await?;
    let mut clients = Vec::new();
    for started in started {
        clients.push(Client::open(server.address, started).await?);
    }
    let (mut same, mut restarted) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        same.push(reconnected(server.address, &mut clients).await?);
        clients.iter_mut().for_each(|client| client.events = None);
        server.restart()?;
        restarted.push(reconnected(server.address, &mut clients).await?);
    }
    let mut table = format!(
        "\nreconnect: {} streams, on disk; medians (least to most)\n\
         server      s until all are served  bar s\n",
        bench.streams
    );
    for (name, times) in [("the same", &mut same), ("restarted", &mut restarted)] {
        times.sort_unstable();
        let seconds = |index: usize| times[index].as_secs_f64();
        let (median, least, most) = (times.len() / 2, 0, times.len() - 1);
        let [median, least, most] = [median, least, most].map(seconds);
        let spread = format!("{median:.2} ({least:.2} to {most:.2})");
        writeln!(table, "{name:<10}  {spread:>22}  {:>5}", BAR.as_secs())?;
    }
    Ok(table)
}

/// Cuts all streams, and answers how long it takes until all are served again.
async fn reconnected(address: SocketAddr, clients: &mut Vec<Client>) -> anyhow::Result<Duration> {
    clients.iter_mut().for_each(|client| client.events = None);
    let begun = Instant::now();
    let back = clients.drain(..).map(|client| {
        // A task each, or every one that wakes would have all of them looked at.
        let back = tokio::task::spawn_local(client.reconnected(address));
        async move { back.await? }
    });
    *clients = try_join_all(back.collect::<Vec<_>>()).await?;
    Ok(begun.elapsed())
}

struct Client {
    started: Started,
    cursor: String,
    events: Option<TcpStream>,
}

impl Client {
    /// Follows a session up to its greeting.
    async fn open(address: SocketAddr, started: Started) -> anyhow::Result<Self> {
        let mut events = connect(address).await?;
        let head = follow(address, &started, "");
        events.write_all(head.as_bytes()).await?;
        let read = read_until(&mut events, b"\nid: ").await?;
        let cursor = memmem::find(&read, b"\nid: ").map(|at| &read[at + 5..]);
        let cursor = cursor.and_then(|rest| rest.split(|&byte| byte == b'\n').next());
        let cursor = String::from_utf8(cursor.context("no greeting")?.to_vec())?;
        Ok(Self {
            started,
            cursor,
            events: Some(events),
        })
    }

    async fn reconnected(mut self, address: SocketAddr) -> anyhow::Result<Self> {
        let mut events = connect(address).await?;
        let cursor = format!("last-event-id: {}\r\n", self.cursor);
        let head = follow(address, &self.started, &cursor);
        events.write_all(head.as_bytes()).await?;
        let read = read_until(&mut events, b"event: connected\n").await?;
        if memmem::find(&read, b"event: reset\n").is_some() {
            bail!("a cursor did not hold");
        }
        self.events = Some(events);
        Ok(self)
    }
}

fn follow(address: SocketAddr, started: &Started, more: &str) -> String {
    let path = format!("/api/events?session={}", started.id);
    let head = request("GET", &path, address, &started.token, "");
    format!(
        "{}{more}\r\n",
        head.trim_end_matches("\r\n").to_owned() + "\r\n"
    )
}

/// What comes up to the end of the event that has `mark` in it.
async fn read_until(events: &mut TcpStream, mark: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut read = Vec::with_capacity(1024);
    loop {
        if events.read_buf(&mut read).await? == 0 {
            bail!("the stream ended: {}", String::from_utf8_lossy(&read));
        }
        let found = memmem::find(&read, mark);
        if found.is_some_and(|at| memmem::find(&read[at..], b"\n\n").is_some()) {
            return Ok(read);
        }
    }
}
