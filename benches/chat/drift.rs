//! Drift: whether a round trip gets dearer the longer the durable server is under full load.

use std::fmt::Write;
use std::time::Duration;

use anyhow::ensure;

use crate::Bench;
use crate::load::Crowd;
use crate::server::Server;

const SLICES: usize = 4;

pub(crate) async fn measure(bench: &Bench) -> anyhow::Result<String> {
    let server = Server::durable(&bench.program, &[])?;
    let crowd = Crowd::gather(&server, bench.users).await?;
    tokio::time::sleep(Duration::from_secs(bench.warm_up)).await;
    let mut table = format!(
        "\ndrift: {} users, {} s a slice, on disk\nslice  CPU µs a round trip  of the first  bar  round trips/s\n",
        bench.users, bench.seconds
    );
    let mut first = None;
    for slice in 1..=SLICES {
        let run = crowd
            .measure(&server, Duration::from_secs(bench.seconds))
            .await?;
        ensure!(run.errors.is_empty(), "a user went wrong: {:?}", run.errors);
        let cpu = run.cpu_micros();
        let of_first = cpu / *first.get_or_insert(cpu);
        let rate = run.latencies.len() as f64 / run.time.as_secs_f64();
        writeln!(
            table,
            "{slice:<5}  {cpu:>19.1}  {of_first:>12.2}    1  {rate:>13.0}"
        )?;
    }
    Ok(table)
}
