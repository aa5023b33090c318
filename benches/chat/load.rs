//! The load: users in a closed loop, over sockets, with as little code in between as there can be.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::FLOW;
use crate::server::Server;
use crate::wire::{answer, connect, request, start};

/// What one run of one server came to.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) cpu: Duration,
    pub(crate) time: Duration,
    /// Of each round trip.
    pub(crate) latencies: Vec<Duration>,
    /// Replies that were not the expected ones, and users that could not go on.
    pub(crate) errors: Vec<String>,
    /// Resident memory that each open session with its two connections added.
    pub(crate) session_kb: f64,
    /// Bytes on the stream after each message of the flow.
    pub(crate) event_bytes: [usize; FLOW.len()],
}

impl Run {
    pub(crate) fn cpu_micros(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.latencies.len().max(1) as f64
    }
}

/// What the users share.
#[derive(Default)]
struct Tally {
    measuring: bool,
    latencies: Vec<Duration>,
    errors: Vec<String>,
    event_bytes: [usize; FLOW.len()],
}

/// Users who talk, each in a task of its own.
pub(crate) struct Crowd {
    tally: Rc<RefCell<Tally>>,
    session_kb: f64,
}

impl Crowd {
    /// Opens `users` sessions on `server` and lets them talk.
    pub(crate) async fn gather(server: &Server, users: usize) -> anyhow::Result<Self> {
        let tally = Rc::new(RefCell::new(Tally::default()));
        // The first session makes the server build what all of them share.
        let first = User::open(server.address).await?;
        let rss_before = server.rss_kb()?;
        let mut open = Vec::with_capacity(users);
        for _ in 0..users {
            open.push(User::open(server.address).await?);
        }
        let session_kb = server.rss_kb()?.saturating_sub(rss_before) as f64 / users as f64;
        drop(first);
        for user in open {
            tokio::task::spawn_local(talk(user, Rc::clone(&tally)));
        }
        Ok(Self { tally, session_kb })
    }

    /// What `time` of their talk comes to.
    pub(crate) async fn measure(&self, server: &Server, time: Duration) -> anyhow::Result<Run> {
        let (cpu, begun) = (server.cpu()?, Instant::now());
        self.tally.borrow_mut().measuring = true;
        tokio::time::sleep(time).await;
        // Errors of the time before count as well.
        let tally = self.tally.take();
        let (cpu, time) = (server.cpu()? - cpu, begun.elapsed());
        Ok(Run {
            cpu,
            time,
            latencies: tally.latencies,
            errors: tally.errors,
            session_kb: self.session_kb,
            event_bytes: tally.event_bytes,
        })
    }
}

/// Opens `users` sessions on `server`, lets them talk, and measures for `time` after `warm_up`.
pub(crate) async fn run(
    server: &Server,
    users: usize,
    warm_up: Duration,
    time: Duration,
) -> anyhow::Result<Run> {
    let crowd = Crowd::gather(server, users).await?;
    tokio::time::sleep(warm_up).await;
    crowd.measure(server, time).await
}

/// Walks one user through the flow, again and again.
async fn talk(mut user: User, tally: Rc<RefCell<Tally>>) {
    for turn in (0..FLOW.len()).cycle() {
        let begun = Instant::now();
        let trip = user.round_trip(turn).await;
        let mut tally = tally.borrow_mut();
        match trip {
            Ok(bytes) if tally.measuring => {
                tally.latencies.push(begun.elapsed());
                tally.event_bytes[turn] = bytes;
            }
            Ok(_) => {}
            Err(error) => {
                tally.errors.push(format!("{error:#}"));
                return;
            }
        }
    }
}

/// A session with its stream and the connection to post by.
struct User {
    posts: TcpStream,
    events: TcpStream,
    requests: [String; FLOW.len()],
    /// What came on the stream and is not yet a whole event.
    pending: Vec<u8>,
}

impl User {
    async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let (mut posts, mut events) = (connect(address).await?, connect(address).await?);
        let started = start(&mut posts, address).await?;
        let path = format!("/api/events?session={}", started.id);
        let follow = request("GET", &path, address, &started.token, "");
        events.write_all(follow.as_bytes()).await?;
        let path = format!("/api/sessions/{}/messages", started.id);
        let requests = FLOW.map(|(option, _)| {
            let body = format!(r#"{{"choose":"{option}"}}"#);
            request("POST", &path, address, &started.token, &body)
        });
        let mut user = Self {
            posts,
            events,
            requests,
            pending: Vec::with_capacity(4096),
        };
        user.settled("ChooseExchange").await?;
        Ok(user)
    }

    /// One message of the flow and the bot's settled reply to it. Answers how many bytes the stream brought.
    async fn round_trip(&mut self, turn: usize) -> anyhow::Result<usize> {
        self.posts.write_all(self.requests[turn].as_bytes()).await?;
        let (_, state) = FLOW[turn];
        let bytes = self.settled(state).await?;
        answer(&mut self.posts, "HTTP/1.1 202").await?;
        Ok(bytes)
    }

    /// Reads the stream up to the bot's next reply that waits for nothing, which has to leave it in `state`.
    async fn settled(&mut self, state: &str) -> anyhow::Result<usize> {
        let mut bytes = 0;
        loop {
            while let Some(end) = memmem::find(&self.pending, b"\n\n") {
                let event: Vec<u8> = self.pending.drain(..end + 2).collect();
                bytes += event.len();
                if let Some(found) = settled_state(&event) {
                    ensure!(found == state, "the bot went to {found}, not to {state}");
                    return Ok(bytes);
                }
            }
            if self.events.read_buf(&mut self.pending).await? == 0 {
                bail!("the stream ended");
            }
        }
    }
}

/// The leaf in which the bot is, if `event` is a reply of its after which it waits for nothing.
fn settled_state(event: &[u8]) -> Option<&str> {
    memmem::find(event, b"event: message\n")?;
    memmem::rfind(event, b"\"pending\":[]")?;
    let start = memmem::rfind(event, b"\"state\":[")?;
    let path = &event[start..];
    let path = std::str::from_utf8(&path[..path.iter().position(|&b| b == b']')?]).ok()?;
    path.rsplit('"').nth(1)
}
