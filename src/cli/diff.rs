//! `statechat diff`: what became of machines since they were exported, for a reviewer.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;

use super::stdout::say_report;
use crate::registry::{Bots, Diff, Drawn, Exported, Format, View, export};

/// The version of what `--json` writes: another one where a reader of this one would misread.
const VERSION: u32 = 1;

/// There is a difference, where that was asked for.
const EXIT_DIFFERENT: u8 = 1;

#[derive(Args)]
pub(super) struct DiffArgs {
    /// Older machine: a JSON export, a folder of them, or a git revision that has such a folder
    #[arg(value_name = "OLD")]
    old: String,

    /// Folder of exports in a git revision, as `export --all` wrote it; seen from here
    #[arg(long, value_name = "DIR", default_value = "machines")]
    machines: PathBuf,

    /// Bot to compare, or presence; all that OLD has, if not named
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,

    /// Write the difference as a picture as well; of one bot only
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,

    /// Write JSON, for programs
    #[arg(long)]
    json: bool,

    /// Exit with 1 if there is a difference
    #[arg(long)]
    exit_code: bool,
}

pub(super) fn run(args: &DiffArgs, bots: &Bots) -> anyhow::Result<ExitCode> {
    let mut diffs = Vec::new();
    for (machine, old) in olds(args, bots)? {
        diffs.push(diff(&*machine, old)?);
    }
    if let Some(path) = &args.svg {
        let [diff] = &diffs[..] else {
            bail!(
                "a picture shows one machine, and here are {}; name one by --bot",
                diffs.len()
            );
        };
        std::fs::write(path, diff.svg())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    if args.json {
        let report = json!({ "version": VERSION, "bots": diffs });
        say_report(format_args!("{report:#}\n"))?;
    } else {
        for diff in &diffs {
            say_report(format_args!("{diff}\n"))?;
        }
    }
    let same = diffs.iter().all(Diff::is_empty);
    Ok(match same || !args.exit_code {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(EXIT_DIFFERENT),
    })
}

/// The machines to compare, each with what it was.
fn olds(args: &DiffArgs, bots: &Bots) -> anyhow::Result<Vec<(Arc<dyn Drawn>, Exported)>> {
    let path = Path::new(&args.old);
    if path.is_file() {
        let old = parsed(&read(path)?, &args.old)?;
        let name = args.bot.as_deref().unwrap_or(&old.bot);
        return Ok(vec![(super::named_machine(bots, Some(name))?, old)]);
    }
    let machines: Vec<Arc<dyn Drawn>> = match &args.bot {
        Some(name) => vec![super::named_machine(bots, Some(name))?],
        None => bots.machines().collect(),
    };
    let (mut olds, mut missing) = (Vec::new(), Vec::new());
    for machine in machines {
        match old_of(args, machine.name()) {
            Ok(old) => olds.push((machine, old)),
            Err(error) => missing.push(error),
        }
    }
    // Bots come and go. But where nothing was found, it was looked for in the wrong place.
    let missing = missing.into_iter();
    match olds.is_empty() {
        true => missing.last().map_or(Ok(olds), Err),
        false => {
            missing.for_each(|error| eprintln!("left out: {error:#}"));
            Ok(olds)
        }
    }
}

/// The older machine of this name, in a folder or in git.
fn old_of(args: &DiffArgs, name: &str) -> anyhow::Result<Exported> {
    let path = Path::new(&args.old);
    let name = format!("{name}.{}", Format::Json.extension());
    let (json, source) = match path.is_dir() {
        true => (
            read(&path.join(&name))?,
            path.join(&name).display().to_string(),
        ),
        false => in_git(&args.old, &args.machines.join(&name))?,
    };
    parsed(&json, &source)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn parsed(json: &str, source: &str) -> anyhow::Result<Exported> {
    Exported::parse(json).with_context(|| source.to_owned())
}

/// What a revision has at `path`, and how git calls that.
fn in_git(revision: &str, path: &Path) -> anyhow::Result<(String, String)> {
    let object = match path.is_relative() {
        true => format!("{revision}:./{}", path.display()),
        false => bail!("--machines is a folder of the repository: name it as seen from here"),
    };
    let mut git = Command::new("git");
    git.args(["show", "--end-of-options", &object])
        .stdin(Stdio::null());
    let shown = git.output().context("git cannot be run")?;
    if !shown.status.success() {
        let said = String::from_utf8_lossy(&shown.stderr);
        let said = said.trim();
        bail!("{revision} is neither a file nor a folder, and git has no {object}: {said}");
    }
    let json = String::from_utf8(shown.stdout).with_context(|| object.clone())?;
    Ok((json, object))
}

/// Compares by the older machine's view.
fn diff(machine: &dyn Drawn, old: Exported) -> anyhow::Result<Diff> {
    let graph = super::export::graph(machine)?;
    let view: View = old.view.parse()?;
    let new = export(graph, Format::Json, view);
    let new = Exported::parse(&new).context("this program's own export cannot be read")?;
    Ok(Diff::of(old, new))
}
