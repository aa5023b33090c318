//! `statechat serve`: the server.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::keeping::Keeping;
use crate::config::Config;
use crate::registry::Bots;
use crate::web::Server;

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    config: Config,

    /// What to log, as tracing filters: info, or statechat=debug for a line a request
    #[arg(
        long,
        env = "STATECHAT_LOG",
        value_name = "FILTER",
        default_value = "info"
    )]
    log: String,
}

pub(super) async fn run(serve: &Serve, bots: Bots) -> anyhow::Result<ExitCode> {
    let filter = EnvFilter::try_new(&serve.log)
        .context("--log is not a filter; write info, or statechat=debug")?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    // Before the address is printed: who reads it may stop us at once.
    let stop = stop_signal()?;
    let keeping = Keeping::begin(&serve.config)?;
    let log = Arc::clone(&keeping.log);
    let server = Server::bind(serve.config.clone(), bots, log, keeping.signer.clone())?;
    keeping.sign(&server.page());
    let mut stdout = std::io::stdout();
    writeln!(
        stdout,
        "statechat is at {} (Ctrl-C stops it)\n{}",
        server.page(),
        keeping.place
    )?;
    stdout.flush()?;
    server.run(stop).await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Resolves at the first SIGTERM or Ctrl-C.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be waited for")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("signals cannot be waited for")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}
