//! Fan-out: one notification to many streams, beside a loop that only writes the same bytes to as many sockets.
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
    let mut ours = Crowd::gather(&server, &server.admin_token()?, bench.fan_out)?;
    let bytes = ours.bytes_a_delivery()?;
    let raw = Server::raw(bytes)?;
    let mut floor = Crowd::gather(&raw, "", bench.fan_out)?;
    for _ in 0..bench.rounds {
        // In turn, so that both see the same weather.
        ours.one_at_a_time()?;
        floor.one_at_a_time()?;
    }
    for _ in 0..BURSTS {
        ours.burst()?;
        floor.burst()?;
    }
    Ok(table(bench, bytes, ours.figures, floor.figures))
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
    fn gather(server: &'a Server, token: &str, streams: usize) -> anyhow::Result<Self> {
        let follow = request(
            "GET",
            "/api/events?topics=notifications",
            server.address,
            token,
            "",
        );
        // The first one makes the server build what all of them share.
        let mut open = vec![opened(server.address, &follow)?];
        let before = server.rss_kb()?;
        for _ in 1..streams {
            open.push(opened(server.address, &follow)?);
        }
        std::thread::sleep(SETTLE);
        let kb = server.rss_kb()?.saturating_sub(before) as f64 / streams as f64;
        let body = r#"{"to":"all","event":"price-alert","data":{"code":"GSK","price":"1574.80","note":"~"}}"#;
        Ok(Self {
            message: request("POST", "/api/notifications", server.address, token, body),
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

/// A stream that has got its first event.
fn opened(address: SocketAddr, follow: &str) -> anyhow::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(follow.as_bytes())?;
    let mut read = Vec::new();
    let mut buffer = [0; 2048];
    while memmem::find(&read, b"event: connected\n").is_none() {
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

/// Reads `count` answers, all of which must be a 202.
fn answered(stream: &mut TcpStream, count: usize) -> anyhow::Result<()> {
    const ACCEPTED: &[u8] = b"HTTP/1.1 202 ";
    let mut read = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let ends = memmem::find_iter(&read, b"}").count();
        if ends >= count {
            let accepted = memmem::find_iter(&read, ACCEPTED).count();
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

fn table(bench: &Bench, bytes: usize, ours: Figures, floor: Figures) -> String {
    let mut table = format!(
        "\nfan-out: {} streams, {bytes} bytes a delivery; medians (least to most)\n\
         server     CPU µs a delivery      of the floor  burst of {BURST}, million/s  kB a stream\n",
        bench.fan_out
    );
    let [ours_cpu, floor_cpu] = [&ours, &floor].map(|figures| Spread::of(&figures.cpu));
    for (name, figures) in [("statechat", &ours), ("write(2)", &floor)] {
        let cpu = Spread::of(&figures.cpu);
        let burst = Spread::of(
            &figures
                .bursts
                .iter()
                .map(|rate| rate / 1e6)
                .collect::<Vec<_>>(),
        );
        let ratio = cpu.median / floor_cpu.median;
        writeln!(
            table,
            "{name:<10} {cpu:>21}  {ratio:>12.2}  {burst:>23}  {:>11.1}",
            figures.kb
        )
        .expect("writing to a String cannot fail");
    }
    let ratio = ours_cpu.median / floor_cpu.median;
    let burst = Spread::of(&ours.bursts).median;
    let held = |holds: bool| if holds { "held" } else { "missed" };
    let bars = format!(
        "bars       CPU of the floor at most {CPU_BAR}: {}; {:.1} million/s: {}; {KB_BAR} kB: {}\n",
        held(ratio <= CPU_BAR),
        BURST_BAR / 1e6,
        held(burst >= BURST_BAR),
        held(ours.kb <= KB_BAR)
    );
    table + &bars + "Nchan is not driven here\n"
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
