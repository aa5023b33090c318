//! Fan-out: one notification to many streams, beside a loop that only writes the same bytes to as many sockets, and
//! beside Nchan where it is installed.
//!
//! First one message at a time, each sent when all have the one before: what a delivery costs the server. Then bursts:
//! how many deliveries a second leave it. What the readers cost is in neither server's CPU time, but they share its cores.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use memchr::memmem;

use crate::Bench;
use crate::nchan;
use crate::readers::Readers;
use crate::server::Server;
use crate::wire::request;

/// CPU time a delivery, of the floor's.
const CPU_BAR: f64 = 1.55;
/// Deliveries a second.
const BURST_BAR: f64 = 1.2e6;
/// Memory a stream.
const KB_BAR: f64 = 8.5;

/// Messages of a burst.
const BURST: usize = 40;
const BURSTS: usize = 10;

/// Messages one at a time, a round.
const MESSAGES: usize = 50;
const WARM_UP: usize = 10;

/// How long the allocator is given to hand back what opening streams took.
const SETTLE: Duration = Duration::from_secs(3);

/// Once in every message, and nowhere else in what a server sends.
pub(crate) const MARK: u8 = b'~';

/// What a stream begins with: an event of ours, a comment of Nchan's.
const FIRST: [&[u8]; 2] = [b"event: connected\n", b"\n: hi\n"];

/// How a server says that it has a message: we so, Nchan so.
const ACCEPTED: [&[u8]; 2] = [b"HTTP/1.1 202 ", b"HTTP/1.1 201 "];

/// A message for all.
const BODY: &str =
    r#"{"to":"all","event":"price-alert","data":{"code":"GSK","price":"1574.80","note":"~"}}"#;

/// What one server came to.
#[derive(Default)]
struct Figures {
    /// CPU µs a delivery of each round.
    cpu: Vec<f64>,
    /// Deliveries a second of each burst.
    bursts: Vec<f64>,
    kb: f64,
}

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<String> {
    let streams = bench.fan_out.to_string();
    // No heartbeat comes in between.
    let flags = ["--max-streams", &streams, "--heartbeat", "1h"];
    let server = Server::durable(&bench.program, &flags)?;
    let token = server.admin_token()?;
    let mut ours = Crowd::gather(&server, (&token, BODY), bench.fan_out)?;
    let bytes = ours.bytes_a_delivery()?;
    let raw = Server::raw(bytes)?;
    let mut floor = Crowd::gather(&raw, ("", BODY), bench.fan_out)?;
    in_turn(bench, &mut ours, &mut floor)?;
    let mut rows = vec![("statechat", ours.figures)];
    // After ours are closed: a process has only so many open files.
    drop(ours.readers);
    if let Some(server) = nchan::start(bench.fan_out)? {
        let body = nchan::body(bytes);
        let mut nchan = Crowd::gather(&server, ("", &body), bench.fan_out)?;
        in_turn(bench, &mut nchan, &mut floor)?;
        rows.push(("Nchan", nchan.figures));
    }
    rows.push(("write(2)", floor.figures));
    Ok(table(bench, bytes, &rows))
}

/// Both in turn, so that both see the same weather.
fn in_turn(bench: &Bench, crowd: &mut Crowd<'_>, floor: &mut Crowd<'_>) -> anyhow::Result<()> {
    for _ in 0..bench.rounds {
        crowd.one_at_a_time()?;
        floor.one_at_a_time()?;
    }
    for _ in 0..BURSTS {
        crowd.burst()?;
        floor.burst()?;
    }
    Ok(())
}

/// A server with all its streams open.
struct Crowd<'a> {
    server: &'a Server,
    readers: Readers,
    /// To post by.
    posts: TcpStream,
    message: String,
    streams: usize,
    figures: Figures,
}

impl<'a> Crowd<'a> {
    fn gather(
        server: &'a Server,
        (token, body): (&str, &str),
        streams: usize,
    ) -> anyhow::Result<Self> {
        let path = "/api/events?topics=notifications";
        let follow = request("GET", path, server.address, token, "");
        let follow = accepting("text/event-stream", &follow);
        // The first one makes the server build what all of them share.
        let mut open = vec![opened(server.address, &follow)?];
        let before = server.rss_kb()?;
        for _ in 1..streams {
            open.push(opened(server.address, &follow)?);
        }
        std::thread::sleep(SETTLE);
        let kb = server.rss_kb()?.saturating_sub(before) as f64 / streams as f64;
        let message = request("POST", "/api/notifications", server.address, token, body);
        Ok(Self {
            message: accepting("text/json", &message),
            posts: TcpStream::connect(server.address)?,
            readers: Readers::start(open)?,
            figures: Figures {
                kb,
                ..Figures::default()
            },
            server,
            streams,
        })
    }

    /// Sends one message, and answers how many bytes it took on each stream.
    fn bytes_a_delivery(&mut self) -> anyhow::Result<usize> {
        let before = self.readers.bytes();
        self.send(1)?;
        Ok((self.readers.bytes() - before) / self.streams)
    }

    /// Sends `count` messages at once, and waits until all streams have them.
    fn send(&mut self, count: usize) -> anyhow::Result<()> {
        let goal = self.readers.expect(count * self.streams);
        self.posts
            .write_all(self.message.repeat(count).as_bytes())?;
        answered(&mut self.posts, count)?;
        self.readers.wait(goal)
    }

    fn one_at_a_time(&mut self) -> anyhow::Result<()> {
        for _ in 0..WARM_UP {
            self.send(1)?;
        }
        let before = self.server.cpu()?;
        for _ in 0..MESSAGES {
            self.send(1)?;
        }
        let cpu = self.server.cpu()? - before;
        let deliveries = (MESSAGES * self.streams) as f64;
        self.figures.cpu.push(cpu.as_secs_f64() * 1e6 / deliveries);
        Ok(())
    }

    fn burst(&mut self) -> anyhow::Result<()> {
        let begun = Instant::now();
        self.send(BURST)?;
        let deliveries = (BURST * self.streams) as f64;
        self.figures
            .bursts
            .push(deliveries / begun.elapsed().as_secs_f64());
        Ok(())
    }
}

/// A request that says what answer it takes, without which Nchan gives another.
fn accepting(kind: &str, request: &str) -> String {
    request.replacen("\r\n\r\n", &format!("\r\naccept: {kind}\r\n\r\n"), 1)
}

/// A stream that has got its first event, or Nchan's first comment.
fn opened(address: SocketAddr, follow: &str) -> anyhow::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(follow.as_bytes())?;
    let mut read = Vec::new();
    let mut buffer = [0; 2048];
    while !FIRST
        .iter()
        .any(|first| memmem::find(&read, first).is_some())
    {
        let count = stream.read(&mut buffer)?;
        ensure!(
            count > 0,
            "a stream ended: {}",
            String::from_utf8_lossy(&read)
        );
        read.extend_from_slice(&buffer[..count]);
    }
    Ok(stream)
}

/// Reads `count` answers, all of which must say that the message is on its way.
fn answered(stream: &mut TcpStream, count: usize) -> anyhow::Result<()> {
    let mut read = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let ends = memmem::find_iter(&read, b"}").count();
        if ends >= count {
            let accepted = ACCEPTED.iter();
            let accepted: usize = accepted
                .map(|accepted| memmem::find_iter(&read, accepted).count())
                .sum();
            ensure!(
                accepted == count,
                "not accepted: {}",
                String::from_utf8_lossy(&read)
            );
            return Ok(());
        }
        let got = stream.read(&mut buffer).context("no answer")?;
        ensure!(
            got > 0,
            "the connection ended: {}",
            String::from_utf8_lossy(&read)
        );
        read.extend_from_slice(&buffer[..got]);
    }
}

/// Of ours first, and of the floor last.
fn table(bench: &Bench, bytes: usize, rows: &[(&str, Figures)]) -> String {
    let mut table = format!(
        "\nfan-out: {} streams, {bytes} bytes a delivery; medians (least to most)\n\
         server     CPU µs a delivery      of the floor  burst of {BURST}, million/s  kB a stream\n",
        bench.fan_out
    );
    let (ours, floor) = (&rows[0].1, &rows[rows.len() - 1].1);
    let floor = Spread::of(&floor.cpu).median;
    for (name, figures) in rows {
        let cpu = Spread::of(&figures.cpu);
        let bursts: Vec<f64> = figures.bursts.iter().map(|rate| rate / 1e6).collect();
        let (burst, ratio, kb) = (Spread::of(&bursts), cpu.median / floor, figures.kb);
        writeln!(
            table,
            "{name:<10} {cpu:>21}  {ratio:>12.2}  {burst:>23}  {kb:>11.1}"
        )
        .expect("writing to a String cannot fail");
    }
    if rows.len() == 2 {
        table += "Nchan is left out: it needs nginx with its module, Debian's libnginx-mod-nchan\n";
    }
    table + &bars(ours, floor)
}

/// Which bars `ours` held beside a floor of so many µs a delivery.
fn bars(ours: &Figures, floor: f64) -> String {
    let ratio = Spread::of(&ours.cpu).median / floor;
    let burst = Spread::of(&ours.bursts).median;
    let held = |holds: bool| if holds { "held" } else { "missed" };
    format!(
        "bars       CPU of the floor at most {CPU_BAR}: {}; {:.1} million/s: {}; {KB_BAR} kB: {}\n",
        held(ratio <= CPU_BAR),
        BURST_BAR / 1e6,
        held(burst >= BURST_BAR),
        held(ours.kb <= KB_BAR)
    )
}

struct Spread {
    least: f64,
    median: f64,
    most: f64,
}

impl Spread {
    fn of(figures: &[f64]) -> Self {
        let mut figures = figures.to_vec();
        figures.sort_by(f64::total_cmp);
        let at = |index: usize| figures.get(index).copied().unwrap_or(f64::NAN);
        Self {
            least: at(0),
            median: at(figures.len() / 2),
            most: at(figures.len().saturating_sub(1)),
        }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            least,
            median,
            most,
        } = self;
        f.pad(&format!("{median:.2} ({least:.2} to {most:.2})"))
    }
}
