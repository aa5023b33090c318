//! The command line: one module a subcommand.
//!
//! Results go to stdout, talk to stderr. Exit codes: 0 done, 1 it did not hold, 2 used wrongly or bad input.

mod access;
mod chat;
mod check;
mod diff;
mod export;
mod files;
mod keeping;
mod load;
mod replay;
mod serve;
mod signals;
mod stdout;
mod stored;
mod token;
mod transcript;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::bot::Bot;
use crate::hub::presence::Presence;
use crate::registry::{Bots, Drawn, Host};

use stdout::Unsaid;

/// Used wrongly, or bad input.
const EXIT_USAGE: u8 = 2;

/// Chat in which every conversation is a state machine
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli<A: Args> {
    #[command(flatten)]
    own: A,
    #[command(subcommand)]
    call: Call,
}

#[derive(Subcommand)]
enum Call {
    /// Serve the bots over HTTP, with a page to chat on (also without any subcommand)
    Serve(Box<serve::Serve>),
    /// Chat in the terminal; reads a pipe as well
    Chat(chat::ChatArgs),
    /// Write a bot's machine down, as explored from the running code
    Export(export::ExportArgs),
    /// Look for what no author means to write: states never reached, dead ends, silent steps
    Check(check::CheckArgs),
    /// Say what became of machines since they were exported: states, transitions and replies
    Diff(diff::DiffArgs),
    /// Play stored conversations through this build's machines: which go on unchanged, which do not, and why
    Replay(replay::ReplayArgs),
    /// Write a stored conversation down, whole, for a test
    Transcript(transcript::TranscriptArgs),
    /// Mint a token for a user, with the key of a server
    Token(token::TokenArgs),
    /// Load a server with users that know the machine, and say whether all went as it should
    Load(load::LoadArgs),
}

/// A program without flags of its own.
#[derive(Args)]
struct NoArgs {}

/// The whole command line for a program of one's own: `serve`, `chat` and all the others, over `bots`.
///
/// ```no_run
/// # use statechat::registry::Bots;
/// fn main() -> std::process::ExitCode {
///     statechat::main(Bots::new())
/// }
/// ```
#[must_use]
pub fn main(bots: Bots) -> ExitCode {
    main_with(|_: &NoArgs| Ok(bots))
}

/// Like [`main()`], with flags of the program's own, which hold for every subcommand, to make the bots by.
#[must_use]
pub fn main_with<A: Args>(bots: impl FnOnce(&A) -> anyhow::Result<Bots>) -> ExitCode {
    let matches = command::<A>().get_matches_from(with_default_call::<A>(std::env::args_os()));
    let cli = match Cli::<A>::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match run(&cli, bots) {
        Ok(code) => code,
        // Whoever read our output has seen enough.
        Err(error) if is_unread(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error:#}", program());
            ExitCode::from(EXIT_USAGE)
        }
    }
}

/// The command line, whose usage says that without a subcommand it serves.
fn command<A: Args>() -> clap::Command {
    let program = program();
    let usage = format!("{program} [OPTIONS] [COMMAND]");
    let command = Cli::<A>::command();
    without_empty_names(command.bin_name(program).override_usage(usage))
}

/// The command, to which a name of the environment that is there and empty is not set, as elsewhere: clap would take it
/// for a flag without its value, and name that.
fn without_empty_names(command: clap::Command) -> clap::Command {
    let is_empty = |name: &OsStr| std::env::var_os(name).is_some_and(|value| value.is_empty());
    let command = command.mut_args(|arg| match arg.get_env().is_some_and(is_empty) {
        true => arg.env(None::<&'static str>),
        false => arg,
    });
    command.mut_subcommands(without_empty_names)
}

/// What the program is called by: an author's own has its own name.
fn program() -> String {
    let path = std::env::args_os().next().map(PathBuf::from);
    let name = path.as_deref().and_then(Path::file_stem);
    name.map_or_else(
        || env!("CARGO_PKG_NAME").to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn is_unread(error: &anyhow::Error) -> bool {
    error.downcast_ref().is_some_and(Unsaid::is_unread)
}

fn run<A: Args>(
    cli: &Cli<A>,
    bots: impl FnOnce(&A) -> anyhow::Result<Bots>,
) -> anyhow::Result<ExitCode> {
    let bots = bots(&cli.own)?;
    match &cli.call {
        Call::Serve(serve) => serve::run(serve, bots),
        Call::Export(arguments) => export::run(arguments, &bots),
        Call::Check(arguments) => check::run(arguments, &bots),
        Call::Diff(arguments) => diff::run(arguments, &bots),
        Call::Replay(arguments) => runtime()?.block_on(replay::run(arguments, &bots)),
        Call::Transcript(arguments) => runtime()?.block_on(transcript::run(arguments)),
        Call::Token(arguments) => token::run(arguments),
        Call::Chat(chat) => runtime()?.block_on(chat::run(chat, bots)),
        Call::Load(load) => runtime()?.block_on(load::run(load, &bots)),
    }
}

/// The bot with this name, or the first one.
fn named_bot<'a>(bots: &'a Bots, name: Option<&str>) -> anyhow::Result<&'a Arc<dyn Host>> {
    let bot = match name {
        Some(name) => bots.get(name),
        None => bots.iter().next(),
    };
    bot.with_context(|| {
        let names: Vec<_> = bots.iter().map(|host| host.name()).collect();
        let wanted = name.unwrap_or("at all");
        format!("there is no bot {wanted}; here runs: {}", names.join(", "))
    })
}

/// The machine with this name, or that of the first bot. That of presence runs in every program, and so is known in
/// each by its name.
fn named_machine(bots: &Bots, name: Option<&str>) -> anyhow::Result<Arc<dyn Drawn>> {
    let machine = bots
        .machines()
        .find(|machine| name.is_none_or(|name| machine.name() == name));
    match machine {
        Some(machine) => Ok(machine),
        None if name == Some(Presence::NAME) => {
            let own = Bots::new().drawn::<Presence>().machines().next();
            own.context("the machine of presence was just added")
        }
        None => Ok(Arc::clone(named_bot(bots, name)?) as _),
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.context("the system gives no threads")
}

/// The arguments, with `serve` put in where no subcommand is named.
fn with_default_call<A: Args>(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.collect();
    let command = command::<A>();
    let named = |arg: &OsString| {
        let calls = command.get_subcommands().map(clap::Command::get_name);
        calls
            .chain(["help", "-h", "--help", "-V", "--version"])
            .any(|name| arg == name)
    };
    let flags_only = args
        .get(1)
        .is_none_or(|arg| arg.to_string_lossy().starts_with('-'));
    if flags_only && !args.iter().skip(1).any(named) {
        args.insert(1.min(args.len()), "serve".into());
    }
    args
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(args: &str, expected: &str) {
        let args = std::iter::once("statechat").chain(args.split_whitespace());
        let args = with_default_call::<NoArgs>(args.map(OsString::from));
        let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
        assert_eq!(args[1..].join(" "), expected);
    }

    #[test]
    fn without_a_subcommand_it_serves() {
        check("", "serve");
        check("--listen 127.0.0.1:0", "serve --listen 127.0.0.1:0");
        check("serve --listen 127.0.0.1:0", "serve --listen 127.0.0.1:0");
        check("--data x chat", "--data x chat");
        check("--help", "--help");
        check("srve", "srve");
    }

    #[test]
    fn what_breaks_elsewhere_is_no_reader_who_has_seen_enough() {
        let broken = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert!(!is_unread(&broken().into()));
        let within = anyhow::Error::from(std::io::Error::other(broken()));
        assert!(!is_unread(&within));
        assert!(is_unread(&Unsaid::from(broken()).into()));
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::<NoArgs>::command().debug_assert();
        Cli::<crate::config::Data>::command().debug_assert();
    }
}
