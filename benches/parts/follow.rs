//! One append to all that follow its session, from the append until the last of them has it.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use statechat::chat::{Chat, Follow, Log, Position};
use statechat::log::MemoryLog;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_stream::StreamExt;

use crate::chats;
use crate::stopwatch::{Stopwatch, Taken};
use crate::table::{Ratio, Table};
use crate::talk::{Script, Talk};

const FIGURES: &[&str] = &["µs a delivery", "CPU µs a delivery", "ms until all have it"];

const RATIOS: &[Ratio] = &[
    Ratio {
        header: "time of write(2)",
        of: "write(2)",
        figure: 0,
    },
    Ratio {
        header: "CPU of write(2)",
        of: "write(2)",
        figure: 1,
    },
];

/// How many follow, how many records an append holds, and how many appends a round has.
const CASES: [(usize, u64, usize); 4] = [
    (1, 1, 5_000),
    (100, 1, 1_000),
    (10_000, 1, 20),
    (10_000, 2, 20),
];

/// No more sockets than this: beyond it, each is written to several times.
const SOCKETS_MAX: usize = 1_000;

pub(crate) async fn measure(rounds: usize) -> anyhow::Result<Table> {
    let mut table = Table::new("follow", FIGURES, RATIOS);
    let script = Script::new()?;
    for _ in 0..rounds {
        for (streams, records, appends) in CASES {
            let group = match records {
                1 => format!("{streams} streams"),
                _ => format!("{streams} streams, {records} records"),
            };
            let crowd = Crowd::new(&script, streams).await?;
            let (taken, bytes) = crowd.measure(records, appends).await?;
            let deliveries = streams * appends;
            let per_delivery = bytes / deliveries;
            table.add(&group, "statechat", figures(&taken, streams, appends));
            let taken = written(streams, appends, per_delivery)?;
            table.add(&group, "write(2)", figures(&taken, streams, appends));
        }
    }
    Ok(table)
}

fn figures(taken: &Taken, streams: usize, appends: usize) -> Vec<f64> {
    let [time, cpu] = taken.micros_each(streams * appends);
    vec![time, cpu, time * streams as f64 / 1e3]
}

/// What all streams have had.
#[derive(Default)]
struct Had {
    streams: AtomicUsize,
    bytes: AtomicUsize,
    all: Notify,
}

/// A session and a task for each stream to it.
struct Crowd {
    chat: Arc<Chat>,
    log: Arc<dyn Log>,
    talk: Talk,
    had: Arc<Had>,
    streams: usize,
    _tasks: JoinSet<()>,
}

impl Crowd {
    async fn new(script: &Arc<Script>, streams: usize) -> anyhow::Result<Self> {
        let log: Arc<dyn Log> = Arc::new(MemoryLog::new(1));
        let mut talk = Talk::new(script, 0)?;
        log.append(talk.next(1)).await?;
        let chat = chats::over(Arc::clone(&log));
        let (had, mut tasks) = (Arc::new(Had::default()), JoinSet::new());
        let row = talk.row().clone();
        for _ in 0..streams {
            let from = Position::Last(0);
            let mut follow = chat.follow(chats::listener(&row), from).await?;
            // It opens with `connected`.
            follow.next().await;
            tasks.spawn(receive(follow, streams, Arc::clone(&had)));
        }
        Ok(Self {
            chat,
            log,
            talk,
            had,
            streams,
            _tasks: tasks,
        })
    }

    /// What `appends` took, one after the other, and how many bytes arrived.
    async fn measure(mut self, records: u64, appends: usize) -> anyhow::Result<(Taken, usize)> {
        // The first is not counted: the tasks have not all begun to wait yet.
        self.append(records).await?;
        self.had.bytes.store(0, Ordering::Relaxed);
        let stopwatch = Stopwatch::start()?;
        for _ in 0..appends {
            self.append(records).await?;
        }
        let taken = stopwatch.taken()?;
        Ok((taken, self.had.bytes.load(Ordering::Relaxed)))
    }

    async fn append(&mut self, records: u64) -> anyhow::Result<()> {
        let batch = self.talk.next(records);
        let (session, records) = (batch.row.session.clone(), batch.records.clone());
        let all = self.had.all.notified();
        self.log.append(batch).await?;
        let now = jiff::Timestamp::now();
        self.chat.hub().publish(&session, &records, now);
        all.await;
        let had = self.had.streams.swap(0, Ordering::Relaxed);
        anyhow::ensure!(had == self.streams, "a record came in pieces");
        Ok(())
    }
}

async fn receive(mut follow: Follow, streams: usize, had: Arc<Had>) {
    while let Some(events) = follow.next().await {
        had.bytes.fetch_add(events.len(), Ordering::Relaxed);
        if had.streams.fetch_add(1, Ordering::AcqRel) + 1 == streams {
            had.all.notify_waiters();
        }
    }
}

/// What it took to write so many bytes to `streams` sockets, `appends` times.
fn written(streams: usize, appends: usize, bytes: usize) -> anyhow::Result<Taken> {
    let pairs = (0..streams.min(SOCKETS_MAX)).map(|_| UnixStream::pair());
    let mut pairs = pairs.collect::<Result<Vec<_>, _>>()?;
    let (body, writes) = (vec![b'x'; bytes], streams.div_ceil(SOCKETS_MAX));
    let mut read = vec![0; bytes * writes];
    let mut time = Duration::ZERO;
    for _ in 0..appends {
        let begun = Instant::now();
        for _ in 0..writes {
            for (socket, _) in &mut pairs {
                socket.write_all(&body)?;
            }
        }
        time += begun.elapsed();
        // Whoever reads is not what is measured.
        for (_, socket) in &mut pairs {
            socket.read_exact(&mut read)?;
        }
    }
    // Nothing here waits.
    Ok(Taken { time, cpu: time })
}
