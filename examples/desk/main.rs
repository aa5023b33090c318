//! A bot before and after a change, to see what becomes of the conversations that were held before it.
//!
//! ```text
//! cargo run --example desk -- --edition old chat …
//! cargo run --example desk -- --edition new replay
//! ```

mod new;
mod old;

use clap::{Args, ValueEnum};
use statechat::Bots;
use statechat::bot::WhenChanged;

/// What becomes of conversations that were held with the old machine.
const POLICY: WhenChanged = WhenChanged::GoOn;

#[derive(Args)]
struct Edition {
    /// Which machine to run
    #[arg(long, value_enum, default_value_t = Machine::New, global = true)]
    edition: Machine,
}

#[derive(Clone, Copy, ValueEnum)]
enum Machine {
    /// As it was
    Old,
    /// As it is
    New,
}

fn main() -> std::process::ExitCode {
    statechat::main_with(|flags: &Edition| {
        Ok(match flags.edition {
            Machine::Old => Bots::new().with::<old::Desk>(()),
            Machine::New => Bots::new().with::<new::Desk>(()),
        })
    })
}
