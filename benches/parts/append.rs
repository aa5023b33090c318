//! An append: by how many write at once, and by how many records each writes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use statechat::log::{Log, MemoryLog, SqliteLog};
use statechat::metrics::Metrics;
use tokio::task::JoinSet;

use crate::floor::{Floor, Lines, Plain};
use crate::folder::Folder;
use crate::stopwatch::{Stopwatch, Taken};
use crate::table::{Ratio, Table};
use crate::talk::{Script, Talk};

const FIGURES: &[&str] = &[
    "µs an append",
    "CPU µs an append",
    "appends/s",
    "appends a commit",
];

const RATIOS: &[Ratio] = &[
    Ratio::TIME_OF_PLAIN,
    Ratio::CPU_OF_PLAIN,
    Ratio {
        header: "time of write(2)",
        of: "write(2), fdatasync",
        figure: 0,
    },
];

/// How many write at once, and how many records an append holds.
const CASES: [(usize, u64); 6] = [(1, 2), (16, 2), (200, 1), (200, 2), (200, 8), (1_000, 2)];

/// How long each is measured in a round.
const TIME: Duration = Duration::from_millis(500);

/// Less, so that memory is not filled.
const TIME_IN_MEMORY: Duration = Duration::from_millis(100);

pub(crate) async fn measure(rounds: usize) -> anyhow::Result<Table> {
    let mut table = Table::new("append", FIGURES, RATIOS);
    let script = Script::new()?;
    for _ in 0..rounds {
        for (writers, records) in CASES {
            let group = format!("{writers} writers, {records} records");
            let (taken, count, per_commit) = by_sqlite(&script, writers, records).await?;
            table.add(&group, "SqliteLog", figures(&taken, count, per_commit));

            let bodies = Talk::new(&script, 0)?.bodies(records, 64);
            let rows = (per_commit.round() as usize).max(1);
            let folder = Folder::new()?;
            let mut plain = Plain::new(&folder.file("plain.db"))?;
            let (taken, count) = by_floor(&mut plain, &bodies, rows)?;
            table.add(&group, "plain SQLite", figures(&taken, count, rows as f64));
            let mut lines = Lines::new(&folder.file("lines"))?;
            let (taken, count) = by_floor(&mut lines, &bodies, rows)?;
            let lines = figures(&taken, count, rows as f64);
            table.add(&group, "write(2), fdatasync", lines);

            let memory = Arc::new(MemoryLog::new(writers));
            let talks = begun(&*memory, &script, writers, records).await?;
            let (taken, count) = by_log(memory, talks, records, TIME_IN_MEMORY).await?;
            table.add(&group, "MemoryLog", figures(&taken, count, 0.0));
        }
    }
    Ok(table)
}

fn figures(taken: &Taken, count: usize, per_commit: f64) -> Vec<f64> {
    let [time, cpu] = taken.micros_each(count);
    vec![time, cpu, 1e6 / time, per_commit]
}

/// What the appends took, how many there were, and how many shared a commit.
async fn by_sqlite(
    script: &Arc<Script>,
    writers: usize,
    records: u64,
) -> anyhow::Result<(Taken, usize, f64)> {
    let (folder, metrics) = (Folder::new()?, Arc::new(Metrics::new()));
    let log = SqliteLog::open(&folder.file("log.db"), Arc::clone(&metrics))?;
    let log: Arc<dyn Log> = Arc::new(log);
    let talks = begun(&*log, script, writers, records).await?;
    let appends = &metrics.commit_appends;
    let (sum, commits) = (appends.get_sample_sum(), appends.get_sample_count());
    let (taken, count) = by_log(log, talks, records, TIME).await?;
    let commits = appends.get_sample_count() - commits;
    let per_commit = (appends.get_sample_sum() - sum) / commits as f64;
    Ok((taken, count, per_commit))
}

/// A session for each writer.
async fn begun(
    log: &dyn Log,
    script: &Arc<Script>,
    writers: usize,
    records: u64,
) -> anyhow::Result<Vec<Talk>> {
    let talks = (0..writers).map(|number| Talk::new(script, number));
    let mut talks = talks.collect::<Result<Vec<_>, _>>()?;
    let first = talks.iter_mut().map(|talk| log.append(talk.next(records)));
    for written in first.collect::<Vec<_>>() {
        written.await?;
    }
    Ok(talks)
}

/// Each writer waits for each answer.
async fn by_log(
    log: Arc<dyn Log>,
    talks: Vec<Talk>,
    records: u64,
    time: Duration,
) -> anyhow::Result<(Taken, usize)> {
    let stopwatch = Stopwatch::start()?;
    let end = Instant::now() + time;
    let mut tasks = JoinSet::new();
    for mut talk in talks {
        let log = Arc::clone(&log);
        tasks.spawn(async move {
            let mut count = 0;
            while Instant::now() < end {
                log.append(talk.next(records)).await?;
                count += 1;
                // A log in memory never waits, and would keep the others out.
                tokio::task::consume_budget().await;
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

fn by_floor(
    floor: &mut dyn Floor,
    bodies: &[Vec<u8>],
    rows: usize,
) -> anyhow::Result<(Taken, usize)> {
    let mut bodies = bodies.iter().cycle().map(Vec::as_slice);
    let (stopwatch, begun) = (Stopwatch::start()?, Instant::now());
    let mut count = 0;
    while begun.elapsed() < TIME {
        floor.store(&mut bodies.by_ref().take(rows))?;
        count += rows;
    }
    Ok((stopwatch.taken()?, count))
}
