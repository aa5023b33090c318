//! `statechat export`: machines written down.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;

use crate::registry::{Bots, Format, Graph, Host, View, export};

#[derive(Args)]
pub(super) struct ExportArgs {
    /// Bot whose machine to write down; the first one, if not named
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
    let graph = graph(super::named_bot(bots, args.bot.as_deref())?)?;
    let view = args.view.unwrap_or(args.format.default_view());
    let text = export(graph, args.format, view);
    match &args.output {
        Some(path) => write(path, &text)?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write_all(folder: &Path, bots: &Bots) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for host in bots.iter() {
        let graph = graph(host)?;
        for format in Format::ALL {
            let path = folder.join(format!("{}.{}", host.name(), format.extension()));
            write(&path, &export(graph, format, format.default_view()))?;
        }
    }
    Ok(())
}

pub(super) fn graph(host: &Arc<dyn Host>) -> anyhow::Result<&Graph> {
    let Some(graph) = host.graph() else {
        bail!(
            "the bot {} panicked while its machine was explored",
            host.name()
        );
    };
    if graph.truncated {
        eprintln!(
            "the machine of {} is too large: what is written is only a part of it",
            host.name()
        );
    }
    Ok(graph)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
