//! A chat load over real sockets: what a round trip costs a server in CPU time.
//!
//! `cargo bench --bench chat` runs in turn statechat with its log in memory and on disk, the same chat by Express and XState
//! (`benches/peer`, after `npm ci` there), and a floor that only moves the bytes. Every user walks through the
//! stock bot's flow in a closed loop; a round trip is one POST and the bot's settled reply on the user's stream.
//!
//! `--only reconnect`, `resting` and `drift` look at the durable server's other promises, each beside its bar: how
//! soon many streams that were cut are served again, what a session takes that nobody has open, and whether a round
//! trip gets dearer as time goes by. `--only fan-out` sends notifications to many streams, beside a loop of `write(2)` and
//! Nchan.
//!
//! What counts is the server's CPU time, which a busy machine disturbs little, and its ratio to what was measured
//! beside it. Times by the clock are there for information. Nothing is asserted but that every reply is right.

mod drift;
mod fan_out;
mod floor;
mod load;
mod nchan;
mod raw;
mod readers;
mod reconnect;
mod report;
mod resting;
mod server;
mod wire;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, ValueEnum};

use load::Run;
use report::Report;
use server::Server;

/// Measures what a chat's round trip costs the server
#[derive(Parser)]
struct Bench {
    /// Users at once, each with a stream and a kept-alive connection to post by
    #[arg(long, default_value_t = 200)]
    users: usize,

    /// Seconds measured in each run
    #[arg(long, default_value_t = 5)]
    seconds: u64,

    /// Seconds of load before
    #[arg(long, default_value_t = 1)]
    warm_up: u64,

    /// Runs of each server
    #[arg(long, default_value_t = 3)]
    rounds: usize,

    /// Which servers to run, and what else to measure
    #[arg(long, value_delimiter = ',', default_values_t = [Subject::Statechat, Subject::Durable, Subject::Peer, Subject::Floor])]
    only: Vec<Subject>,

    /// Streams of `reconnect`
    #[arg(long, default_value_t = 10_000)]
    streams: usize,

    /// Sessions of `resting`
    #[arg(long, default_value_t = 20_000)]
    sessions: usize,

    /// Streams of `fan-out`
    #[arg(long, default_value_t = 8_000)]
    fan_out: usize,

    /// Another statechat program to measure
    #[arg(long, default_value = env!("CARGO_BIN_EXE_statechat"))]
    program: String,

    /// Serve as the floor instead: bytes of the events that answer each of the flow's messages
    #[arg(long, hide = true, value_delimiter = ',')]
    floor: Vec<usize>,

    /// Serve as the floor of `fan-out` instead: bytes of a delivery
    #[arg(long, hide = true)]
    raw: Option<usize>,

    /// Put in by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

/// A server to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    Statechat,
    Durable,
    Peer,
    Floor,
    Reconnect,
    Resting,
    Drift,
    FanOut,
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Statechat => "statechat",
            Self::Durable => "durable",
            Self::Peer => "peer",
            Self::Floor => "floor",
            Self::Reconnect => "reconnect",
            Self::Resting => "resting",
            Self::Drift => "drift",
            Self::FanOut => "fan-out",
        })
    }
}

/// What every user says in turn, and the state in which the bot's settled reply leaves the conversation.
pub(crate) const FLOW: [(&str, &str); 4] = [
    ("LSE", "ChooseStock"),
    ("GSK", "ShowPrice"),
    ("go-back", "ChooseStock"),
    ("main-menu", "ChooseExchange"),
];

/// Bytes of events after each message of the flow, until statechat has been seen to say how many they are.
const EVENT_BYTES: [usize; 4] = [900, 1400, 900, 700];

fn main() -> anyhow::Result<ExitCode> {
    let bench = Bench::parse();
    if !bench.floor.is_empty() {
        floor::serve(&bench.floor)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(bytes) = bench.raw {
        raw::serve(bytes)?;
        return Ok(ExitCode::SUCCESS);
    }
    if !bench.bench {
        eprintln!("skipped: this measures; run it by `cargo bench --bench chat`");
        return Ok(ExitCode::SUCCESS);
    }
    let report = measure(&bench)?;
    if report.any() {
        print!("{report}");
    }
    for subject in &bench.only {
        match subject {
            Subject::Reconnect => print!("{}", local(reconnect::measure(&bench))?),
            Subject::Resting => print!("{}", local(resting::measure(&bench))?),
            Subject::Drift => print!("{}", local(drift::measure(&bench))?),
            Subject::FanOut => print!("{}", fan_out::measure(&bench)?),
            Subject::Statechat | Subject::Durable | Subject::Peer | Subject::Floor => {}
        }
    }
    Ok(match report.errors() {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// All runs, one server after the other and then from the start again, so that all see the same weather.
fn measure(bench: &Bench) -> anyhow::Result<Report> {
    let mut report = Report::new(bench.users, Duration::from_secs(bench.seconds));
    let mut event_bytes = EVENT_BYTES;
    for round in 1..=bench.rounds {
        for &subject in &bench.only {
            let Some(server) = start(bench, subject, &event_bytes)? else {
                if round == 1 && subject == Subject::Peer {
                    eprintln!("{subject} left out: it needs node, and `npm ci` in benches/peer");
                }
                continue;
            };
            let run =
                run(bench, &server).with_context(|| format!("the run of {subject} failed"))?;
            if subject == Subject::Statechat {
                event_bytes = run.event_bytes;
            }
            eprintln!(
                "run {round} of {}: {subject} {:.1} µs",
                bench.rounds,
                run.cpu_micros()
            );
            report.add(subject, run);
        }
    }
    Ok(report)
}

fn start(bench: &Bench, subject: Subject, event_bytes: &[usize]) -> anyhow::Result<Option<Server>> {
    Ok(match subject {
        Subject::Statechat => Some(Server::in_memory(&bench.program)?),
        Subject::Durable => Some(Server::durable(&bench.program, &[])?),
        Subject::Peer => Server::peer()?,
        Subject::Floor => Some(Server::floor(event_bytes)?),
        Subject::Reconnect | Subject::Resting | Subject::Drift | Subject::FanOut => None,
    })
}

fn run(bench: &Bench, server: &Server) -> anyhow::Result<Run> {
    let warm_up = Duration::from_secs(bench.warm_up);
    let time = Duration::from_secs(bench.seconds);
    local(load::run(server, bench.users, warm_up, time))
}

/// Runs `load` in one thread: it should take as little from the server's cores as it can.
fn local<T>(load: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tokio::task::LocalSet::new().block_on(&runtime, load)
}
