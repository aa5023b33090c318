//! `statechat check`: machines held to rules.

use std::panic;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::Mutex;

use clap::Args;
use serde_json::json;

use super::stdout::say_report;
use crate::registry::{Bots, Drawn, NODES_MAX, Report, Severity};

/// The version of what `--json` writes: another one where a reader of this one would misread.
const VERSION: u32 = 1;

/// It did not hold.
const EXIT_ERRORS: u8 = 1;

#[derive(Args)]
pub(super) struct CheckArgs {
    /// Bot to check, or presence; all that export --all writes, if not named
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,

    /// Write JSON, for programs
    #[arg(long)]
    json: bool,

    /// How many places with their data to explore; a machine with more is checked as far as that goes
    #[arg(long, value_name = "N", default_value_t = NODES_MAX)]
    nodes_max: usize,
}

pub(super) fn run(args: &CheckArgs, bots: &Bots) -> anyhow::Result<ExitCode> {
    let machines: Vec<Arc<dyn Drawn>> = match &args.bot {
        Some(name) => vec![super::named_machine(bots, Some(name))?],
        None => bots.machines().collect(),
    };
    let reports = quietly(|| {
        let reports = machines.iter().map(|machine| machine.check(args.nodes_max));
        reports.collect::<Vec<Report>>()
    });
    if args.json {
        let report = json!({ "version": VERSION, "bots": reports });
        say_report(format_args!("{report:#}\n"))?;
    } else {
        for report in &reports {
            say_report(format_args!("{report}\n"))?;
        }
    }
    Ok(match is_sound(&reports) {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(EXIT_ERRORS),
    })
}

/// Warnings are only told.
fn is_sound(reports: &[Report]) -> bool {
    let mut reports = reports.iter();
    reports.all(|report| report.count(Severity::Error) == 0)
}

/// Runs `check`, in which a handler may panic in every node: each place in the code is told once, on stderr.
fn quietly<T>(check: impl FnOnce() -> T) -> T {
    let told = Mutex::new(Vec::new());
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string);
        let mut told = told.lock().unwrap_or_else(|broken| broken.into_inner());
        if !told.contains(&place) {
            eprintln!("{info}");
            told.push(place);
        }
    }));
    let checked = check();
    let _ = panic::take_hook();
    checked
}
