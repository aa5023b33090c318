//! Sessions opened, many at once, each on disk before it is answered.

use std::sync::Arc;
use std::time::{Duration, Instant};

use statechat::auth::random_id;
use statechat::chat::{Chat, Log, Opening};
use statechat::log::SqliteLog;
use statechat::metrics::Metrics;
use tokio::task::JoinSet;

use crate::chats;
use crate::floor::{Floor, Plain};
use crate::folder::Folder;
use crate::stopwatch::{Stopwatch, Taken};
use crate::table::{Ratio, Table};

const FIGURES: &[&str] = &[
    "µs a session",
    "CPU µs a session",
    "sessions/s",
    "sessions a commit",
];

const RATIOS: &[Ratio] = &[Ratio::TIME_OF_PLAIN, Ratio::CPU_OF_PLAIN];

const GROUP: &str = "64 at once";
const AT_ONCE: usize = 64;

/// How long each is measured in a round.
const TIME: Duration = Duration::from_secs(1);

/// What a session's number and its last append take, in its row of heads.
const HEAD_BYTES: usize = 8;

pub(crate) async fn measure(rounds: usize) -> anyhow::Result<Table> {
    let mut table = Table::new("open", FIGURES, RATIOS);
    for _ in 0..rounds {
        let (folder, metrics) = (Folder::new()?, Arc::new(Metrics::new()));
        let log = SqliteLog::open(&folder.file("log.db"), Arc::clone(&metrics))?;
        let log: Arc<dyn Log> = Arc::new(log);
        let chat = chats::over(Arc::clone(&log));
        let rows = rows(&chat, &*log).await?;
        let (taken, count) = opened(&chat).await?;
        let appends = &metrics.commit_appends;
        let per_commit = appends.get_sample_sum() / appends.get_sample_count() as f64;
        table.add(GROUP, "statechat", figures(&taken, count, per_commit));

        let mut plain = Plain::new(&folder.file("plain.db"))?;
        let at_once = (per_commit.round() as usize).max(1);
        let (taken, count) = inserted(&mut plain, &rows, at_once)?;
        let figures = figures(&taken, count, at_once as f64);
        table.add(GROUP, "plain SQLite", figures);
    }
    Ok(table)
}

fn figures(taken: &Taken, count: usize, per_commit: f64) -> Vec<f64> {
    let [time, cpu] = taken.micros_each(count);
    vec![time, cpu, 1e6 / time, per_commit]
}

async fn open(chat: &Arc<Chat>) -> anyhow::Result<statechat::record::HeadRow> {
    let (id, user) = (random_id()?.parse()?, random_id()?.parse()?);
    Ok(chat.open(Opening::new(id, "stock", user)).await?)
}

/// The bytes of the rows that one session's opening writes.
async fn rows(chat: &Arc<Chat>, log: &dyn Log) -> anyhow::Result<[Vec<u8>; 3]> {
    let row = open(chat).await?;
    let records = log.read(&row.session, 0, 10).await?;
    let texts = records
        .iter()
        .flat_map(|record| [&*record.public, &*record.private]);
    let texts: Vec<&str> = texts.chain([&*row.state, row.shape.as_str()]).collect();
    let session = [row.session.as_str(), row.bot.as_str(), row.owner.as_str()];
    Ok([
        session.concat().into_bytes(),
        texts.concat().into_bytes(),
        vec![0; HEAD_BYTES],
    ])
}

async fn opened(chat: &Arc<Chat>) -> anyhow::Result<(Taken, usize)> {
    let stopwatch = Stopwatch::start()?;
    let end = Instant::now() + TIME;
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let chat = Arc::clone(chat);
        tasks.spawn(async move {
            let mut count = 0;
            while Instant::now() < end {
                open(&chat).await?;
                count += 1;
            }
            anyhow::Ok(count)
        });
    }
    let mut count = 0;
    while let Some(done) = tasks.join_next().await {
        count += done??;
    }
    Ok((stopwatch.taken()?, count))
}

fn inserted(plain: &mut Plain, rows: &[Vec<u8>], at_once: usize) -> anyhow::Result<(Taken, usize)> {
    let mut bodies = rows.iter().cycle().map(Vec::as_slice);
    let (stopwatch, begun) = (Stopwatch::start()?, Instant::now());
    let mut count = 0;
    while begun.elapsed() < TIME {
        plain.store(&mut bodies.by_ref().take(at_once * rows.len()))?;
        count += at_once;
    }
    Ok((stopwatch.taken()?, count))
}
