//! The parts of the server one by one, each beside a floor or a peer that was measured in the same run.
//!
//! `cargo bench --bench parts` measures a step of the machine, its exploration, an append to the log, the delivery of one record to
//! many streams, the replay of a long session, and the opening of sessions. The floors do no more than nobody can
//! do without: the same bytes by a plain SQLite table, or by `write(2)`.
//!
//! A floor runs right after what it is compared with, in every round, so that both see the same weather. Nothing
//! is asserted.

mod append;
mod chats;
mod explore;
mod floor;
mod folder;
mod follow;
mod lock;
mod open;
mod resume;
mod step;
mod stopwatch;
mod table;
mod talk;

use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use table::Table;

// The server's own, so that what is measured here is what runs there.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Measures the parts of the server, each beside its floor
#[derive(Parser)]
struct Bench {
    /// Rounds of each part
    #[arg(long, default_value_t = 3)]
    rounds: usize,

    /// Which parts to measure
    #[arg(long, value_delimiter = ',', default_values_t = [Part::Step, Part::Explore, Part::Append, Part::Follow, Part::Resume, Part::Open])]
    only: Vec<Part>,

    /// Put in by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

/// A part to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Step,
    Explore,
    Append,
    Follow,
    Resume,
    Open,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Step => "step",
            Self::Explore => "explore",
            Self::Append => "append",
            Self::Follow => "follow",
            Self::Resume => "resume",
            Self::Open => "open",
        })
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let bench = Bench::parse();
    if !bench.bench {
        eprintln!("skipped: this measures; run it by `cargo bench --bench parts`");
        return Ok(ExitCode::SUCCESS);
    }
    let rounds = bench.rounds.max(1);
    println!("{rounds} rounds; medians (least to most)");
    for part in bench.only {
        println!("\n{}", measure(part, rounds)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn measure(part: Part, rounds: usize) -> anyhow::Result<Table> {
    match part {
        Part::Step => return step::measure(rounds),
        Part::Explore => return explore::measure(rounds),
        _ => {}
    }
    let runtime = tokio::runtime::Runtime::new()?;
    // As in the server: what `block_on` runs itself is polled less eagerly.
    let measured = runtime.spawn(async move {
        match part {
            Part::Step | Part::Explore => unreachable!("measured without a runtime"),
            Part::Append => append::measure(rounds).await,
            Part::Follow => follow::measure(rounds).await,
            Part::Resume => resume::measure(rounds).await,
            Part::Open => open::measure(rounds).await,
        }
    });
    runtime.block_on(measured)?
}
