//! `statechat load`: virtual users that know the machine.
//!
//! Each walks at random over what is offered, and holds the same machine against every record that comes. In the end
//! each compares its whole transcript. The server may fail and come back meanwhile: what it acknowledged has to be
//! there once, and what it says has to be what the machine says.

mod backoff;
mod book;
mod check;
mod cpu;
mod follower;
mod got;
mod listener;
mod oracle;
mod post;
mod report;
mod tally;
mod user;
mod walk;
mod witness;

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use fastrand::Rng;
use futures_util::{StreamExt, TryStreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::{OnceCell, Semaphore};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::client::Client;
use crate::config::time;
use crate::registry::Bots;

use super::files::raise_file_limit;
use super::stdout::say_report;
use cpu::Reading;
use report::Report;
use tally::Tally;
use user::{Common, User};

/// Sessions that are started at once, and transcripts that are read at once.
const AT_ONCE: usize = 64;
/// The checks may take as long as the walks did, and at least so long: a server may be starting anew.
const CHECK_MIN: Duration = Duration::from_secs(60);
/// How often the progress is shown.
const TICK: Duration = Duration::from_millis(200);
/// Open files besides the connections: the standard ones, the runtime's own, and some to spare.
const FILES_BESIDES: u64 = 64;

const AFTER_HELP: &str = "\
Exit code: 0 all is well; 1 something was lost, doubled, left out or wrong, a transcript could not be read, or there \
was no round trip; 2 used wrongly, or the server cannot be reached. What did not come because the server had no room for \
a stream is an error and not lost: its transcript is read all the same.

Every user takes two connections, straight to the server: no proxy is used, and no redirection followed. A server's \
--rate-limit slows users down: set it to 0 there to see how fast the server is.

The report as JSON: {\"users\", \"seconds\", \"seed\", \"roundTrips\", \"acknowledged\", \"latencyMs\": {\"p50\", \"p90\", \
\"p99\", \"p999\", \"max\"}, \"lost\", \"doubled\", \"gaps\", \"wrong\", \"unchecked\": sessions without a transcript, \
\"slowed\", \"repeated\", \"resumed\", \"errors\": {KIND: count}, \"serverCpuMicros\": for a round trip, up to \
the first session that is full, if the server tells and used at least 5 s until then, \"examples\": the first faults in words}";

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct LoadArgs {
    /// Server to load, by its page's address
    #[arg(value_name = "URL")]
    url: String,

    /// Bot to talk with; the first one, if not named. It must be the same here and there
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,

    /// How many users there are, each in a session of its own
    #[arg(long, value_name = "COUNT", default_value = "1000", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    users: u32,

    /// How long they send messages
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,

    /// Time between an answer and the next message, such as 100ms; none, if not given
    #[arg(long, value_name = "TIME", value_parser = time)]
    pace: Option<Duration>,

    /// What the walks are drawn from: the same number, the same walks; drawn itself, if not given
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// How long to wait in the end for what is owed
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = time)]
    wait: Duration,

    /// Report as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &LoadArgs, bots: &Bots) -> anyhow::Result<ExitCode> {
    // Fails only if a provider is there already, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    if let Some(short) = raise_file_limit().and_then(|limit| too_few_files(args.users, limit)) {
        eprintln!("{short}");
    }
    let client = Client::straight(&args.url)?;
    let common = Arc::new(Common {
        dialer: client.dialer()?,
        client,
        host: Arc::clone(super::named_bot(bots, args.bot.as_deref())?),
        tally: Arc::new(Tally::new()),
        pace: args.pace.unwrap_or_default(),
        wait: args.wait,
        checks: Semaphore::new(AT_ONCE),
        cpu_before_checks: OnceCell::new(),
    });
    // Short enough to be typed again.
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(..1_000_000_000));
    let bar = bar(args.seconds);
    let users = open(&common, args.users as usize, seed, &bar).await?;
    let report = load(&common, users, args.seconds, seed, &bar).await;
    bar.finish_and_clear();
    if args.json {
        say_report(format_args!("{}\n", serde_json::to_string(&report)?))?;
    } else {
        say_report(format_args!("{report}\n"))?;
    }
    let holds = common.tally.counts().holds();
    Ok(if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Says so, if `limit` open files are not enough for so many users. Some calls may go well nevertheless.
fn too_few_files(users: u32, limit: u64) -> Option<String> {
    let needed = 2 * u64::from(users) + FILES_BESIDES;
    (needed > limit).then(|| {
        format!(
            "{users} users open up to {needed} files, and the system lets this process open {limit}: expect errors, \
             take fewer --users, or raise the hard limit (ulimit -Hn)"
        )
    })
}

/// Starts all sessions. The first one tells whether there is a server at all.
async fn open(
    common: &Arc<Common>,
    count: usize,
    seed: u64,
    bar: &ProgressBar,
) -> anyhow::Result<Vec<User>> {
    bar.set_message("sessions start");
    // Not one after another from the same numbers: each user's own seed is drawn.
    let mut seeds = Rng::with_seed(seed);
    let first = User::open(Arc::clone(common), seeds.fork()).await?;
    let rngs: Vec<Rng> = (1..count).map(|_| seeds.fork()).collect();
    let opening = stream::iter(rngs).map(|rng| User::open_in_time(Arc::clone(common), rng));
    let mut users: Vec<User> = opening
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
        .context("not all sessions could be started")?;
    users.push(first);
    Ok(users)
}

/// Lets the users talk, waits for what they are owed, and has them check their transcripts.
async fn load(
    common: &Arc<Common>,
    users: Vec<User>,
    seconds: u64,
    seed: u64,
    bar: &ProgressBar,
) -> Report {
    let count = users.len();
    let cpu_before = Reading::take(&common.client, &common.tally).await;
    if !cpu_before.tells() {
        // Not asked again, with users waiting for it.
        let _ = common.cpu_before_checks.set(cpu_before);
    }
    let begun = Instant::now();
    let time = Duration::from_secs(seconds);
    let until = begun + time;
    let deadline = until + common.wait + time.max(CHECK_MIN);
    let walks = users.into_iter().map(|user| user.run(until, deadline));
    let mut walks: JoinSet<()> = walks.collect();
    while Instant::now() < until {
        show(bar, begun, &common.tally);
        tokio::time::sleep_until(until.min(Instant::now() + TICK)).await;
    }
    let cpu_after = common.cpu_before_checks().await;
    bar.set_message("transcripts are checked");
    while let Some(walked) = walks.join_next().await {
        if walked.is_err() {
            // A panic of the bot in this process: nobody knows what this user should have got.
            common.tally.counts().unchecked += 1;
        }
    }
    let counts = common.tally.counts().clone();
    let cpu_micros = cpu_after.micros_since(cpu_before);
    Report::new(count, seconds, seed, counts, cpu_micros)
}

/// A bar of so many seconds, on a terminal only.
fn bar(seconds: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} s  {msg}");
    ProgressBar::new(seconds).with_style(style.expect("the template is sound"))
}

fn show(bar: &ProgressBar, begun: Instant, tally: &Tally) {
    bar.set_position(begun.elapsed().as_secs());
    let counts = tally.counts();
    let (round_trips, faults) = (counts.round_trips, counts.faults());
    drop(counts);
    bar.set_message(format!("{round_trips} round trips, {faults} faults"));
}
