//! `statechat export`: machines written down.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use super::stdout::say;
use crate::registry::{Bots, Drawn, Format, Graph, View, export};

#[derive(Args)]
pub(super) struct ExportArgs {
    /// Bot whose machine to write down, or presence; the first one, if not named
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,

    /// Language: json, mermaid, dot, plantuml, xstate, xstate-module, scxml or svg
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Format,

    /// States by name (shape), or one for each value of their data (expanded); by default what suits the format
    #[arg(long, value_name = "VIEW")]
    view: Option<View>,

    /// File to write; standard output, if not named
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write every bot in every format into this folder, as the files that a repository keeps
    #[arg(long, value_name = "DIR", conflicts_with_all = ["bot", "format", "view", "output"])]
    all: Option<PathBuf>,
}

pub(super) fn run(args: &ExportArgs, bots: &Bots) -> anyhow::Result<ExitCode> {
    if let Some(folder) = &args.all {
        write_all(folder, bots)?;
        return Ok(ExitCode::SUCCESS);
    }
    let machine = super::named_machine(bots, args.bot.as_deref())?;
    let graph = graph(&*machine)?;
    let view = args.view.unwrap_or(args.format.default_view());
    let text = export(graph, args.format, view);
    match &args.output {
        Some(path) => write(path, &text)?,
        None => say(text)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write_all(folder: &Path, bots: &Bots) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for machine in bots.machines() {
        let graph = graph(&*machine)?;
        for format in Format::ALL {
            let path = folder.join(format!("{}.{}", machine.name(), format.extension()));
            write(&path, &export(graph, format, format.default_view()))?;
        }
    }
    Ok(())
}

pub(super) fn graph(machine: &dyn Drawn) -> anyhow::Result<&Graph> {
    let Some(graph) = machine.graph() else {
        bail!(
            "the bot {} panicked while its machine was explored",
            machine.name()
        );
    };
    if graph.truncated {
        eprintln!(
            "the machine of {} is too large: what is written is only a part of it",
            machine.name()
        );
    }
    Ok(graph)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
