//! Signals: SIGTERM and Ctrl-C stop the server, and end the process whatever hangs.
//!
//! A thread with a runtime of its own hears them: the server's may wait for a disk that never answers, and so may who
//! closes the log after it.

use std::thread::Builder;
use std::time::Duration;

use anyhow::Context;
use tokio::runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long it may take to close what was open, once the time for what was under way is over: the log's journal is
/// written back then.
const CLOSING: Duration = Duration::from_secs(3);

/// How long to wait for a line to be written.
const LOGGING: Duration = Duration::from_millis(500);

/// Resolves at the first signal. From then on the process has the time `drain`, and a little more to close the log; if
/// that is not enough, or a second signal comes, it ends as it is.
pub(super) fn stop_signal(drain: Duration) -> anyhow::Result<impl Future<Output = ()>> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("the system gives no runtime for signals")?;
    let inside = runtime.enter();
    // Now, and not on the thread: who reads the address, which is printed next, may stop us at once.
    let mut signals = Signals::new().context("signals cannot be waited for")?;
    drop(inside);
    let (stop, stopped) = oneshot::channel();
    let hear = async move {
        signals.next().await;
        // Nobody waits for it yet, or any more, if something hangs before the server or after it.
        let _ = stop.send(());
        log(|| tracing::info!("stopping; a second signal does not wait for what is under way"))
            .await;
        match timeout(drain.saturating_add(CLOSING), signals.next()).await {
            Ok(()) => log(|| tracing::warn!("stopped at once")).await,
            Err(_) => {
                log(|| {
                    tracing::error!(
                        "stopped as it is: something did not end in time, such as the disk"
                    )
                })
                .await
            }
        }
        std::process::exit(1);
    };
    let thread = Builder::new().name("statechat-signals".to_owned());
    let heard = thread.spawn(move || runtime.block_on(hear));
    heard.context("the system gives no thread for signals")?;
    Ok(async move {
        let _ = stopped.await;
    })
}

/// Writes a line, and waits for it no longer than [`LOGGING`]: what hangs may be whoever reads standard error.
async fn log(line: impl FnOnce() + Send + 'static) {
    let (done, logged) = oneshot::channel();
    // Without a thread there is no line.
    let _ = Builder::new().spawn(move || {
        line();
        let _ = done.send(());
    });
    let _ = timeout(LOGGING, logged).await;
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
