//! Resting sessions: the memory of the durable server for each that nobody has open.

use std::time::{Duration, Instant};

use crate::Bench;
use crate::server::Server;
use crate::wire::start_many;

const BAR_KB: f64 = 1.0;

/// Sessions before, so that the caches that have a limit are full and do not count.
const WARM_UP: usize = 10_000;

/// How long the allocator is given to hand back what nobody uses any more.
const SETTLE: Duration = Duration::from_secs(3);

pub(crate) async fn measure(bench: &Bench) -> anyhow::Result<String> {
    let server = Server::durable(&bench.program, &[])?;
    start_many(server.address, WARM_UP).await?;
    tokio::time::sleep(SETTLE).await;
    let (before, begun) = (server.rss_kb()?, Instant::now());
    start_many(server.address, bench.sessions).await?;
    let rate = bench.sessions as f64 / begun.elapsed().as_secs_f64();
    tokio::time::sleep(SETTLE).await;
    let kb = server.rss_kb()?.saturating_sub(before) as f64 / bench.sessions as f64;
    Ok(format!(
        "\nresting: {} sessions that nobody has open, on disk\n\
         kB a session  bar  started a second\n{kb:>12.2}  {BAR_KB:>3.0}  {rate:>16.0}\n",
        bench.sessions
    ))
}
