//! `statechat serve`: the server.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use tracing_subscriber::EnvFilter;

use super::files::{make_room_for_files, raise_file_limit};
use super::keeping::Keeping;
use super::signals::stop_signal;
use crate::auth::{Auth, LINK_LIFETIME};
use crate::config::Config;
use crate::metrics::Metrics;
use crate::registry::Bots;
use crate::web::Server;

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    config: Config,

    /// Log a line a request, a step and a stream's end: as text, or as JSON for programs
    #[arg(long, env = "STATECHAT_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<LogFormat>,

    /// What to log, as tracing filters [default: info; with --log-format statechat=debug]
    #[arg(long, env = "STATECHAT_LOG", value_name = "FILTER")]
    log: Option<String>,
}

/// How the log's lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

pub(super) fn run(serve: &Serve, bots: Bots) -> anyhow::Result<ExitCode> {
    begin_log(serve)?;
    raise_file_limit();
    // A stream has its connection, and its client another one for what it says.
    make_room_for_files(serve.config.max_streams.saturating_mul(2));
    let runtime = super::runtime()?;
    let keeping = runtime.block_on(until_stopped(serve, bots))?;
    // Whatever may still write is gone before the locks are.
    drop(runtime);
    drop(keeping);
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

async fn until_stopped(serve: &Serve, bots: Bots) -> anyhow::Result<Keeping> {
    // Before anything that may hang, and before the address is printed.
    let stop = stop_signal(serve.config.drain)?;
    let metrics = Arc::new(Metrics::new());
    let keeping = Keeping::begin(&serve.config, &metrics)?;
    let log = Arc::clone(&keeping.log);
    let auth = Arc::new(super::access::auth(&serve.config.access, &keeping.key).await?);
    for (user, before) in log.revocations().await? {
        auth.revoke(user, before);
    }
    let server = Server::bind(serve.config.clone(), bots, log, Arc::clone(&auth), metrics)?;
    keeping.sign(&server.page());
    greet(&greeting(&server.page(), &keeping.place, &auth)?);
    server.run(stop).await;
    Ok(keeping)
}

/// Where the server is; for who sits at its terminal, also a link that makes its administrator.
fn greeting(page: &str, place: &str, auth: &Auth) -> anyhow::Result<String> {
    let mut greeting = format!("statechat is at {page} (Ctrl-C stops it)\n{place}\n");
    if std::io::stdout().is_terminal() {
        let code = auth.issue_link(Timestamp::now());
        let code = code.context("the system gives no random bytes")?;
        let minutes = LINK_LIFETIME.as_secs() / 60;
        let link =
            format!("Administer it from {page}#code={code} (once, within {minutes} minutes)\n");
        greeting.push_str(&link);
    }
    Ok(greeting)
}

/// In one piece, and whether or not anybody reads on: who has seen the address may close the pipe.
fn greet(greeting: &str) {
    let mut stdout = std::io::stdout().lock();
    let said = stdout
        .write_all(greeting.as_bytes())
        .and_then(|()| stdout.flush());
    if let Err(error) = said {
        tracing::debug!(%error, "the address could not be said");
    }
}

fn begin_log(serve: &Serve) -> anyhow::Result<()> {
    let default = match serve.log_format {
        Some(_) => "info,statechat=debug",
        None => "info",
    };
    let filter = EnvFilter::try_new(serve.log.as_deref().unwrap_or(default))
        .context("--log is not a filter; write info, or statechat=debug")?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Else a line that nobody reads any more is a panic wherever it is written.
        .log_internal_errors(false);
    match serve.log_format {
        Some(LogFormat::Json) => lines.json().flatten_event(true).init(),
        _ => lines.with_ansi(std::io::stderr().is_terminal()).init(),
    }
    Ok(())
}
