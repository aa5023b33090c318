//! A connection over which nothing comes any more: nobody says that it broke, so its heartbeats have to.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};

/// How many times as long as between two heartbeats nothing may come.
const HEARTBEATS: u32 = 3;
/// How long nothing may come while the server has not told its heartbeat.
const UNTOLD: Duration = Duration::from_secs(60);
/// However long a server tells.
const MAX: Duration = Duration::from_hours(24);

/// How long nothing may come. Whoever decodes the stream tells those that read its bytes.
#[derive(Clone)]
pub(super) struct Patience(Arc<AtomicU64>);

impl Default for Patience {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(millis(UNTOLD))))
    }
}

impl Patience {
    /// The server has told its heartbeat.
    pub(super) fn learn(&self, heartbeat: Duration) {
        // None at all would end every stream at once.
        if !heartbeat.is_zero() {
            let patience = heartbeat.saturating_mul(HEARTBEATS).min(MAX);
            self.0.store(millis(patience), Ordering::Relaxed);
        }
    }

    fn get(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The same `bytes`, which end where nothing comes for too long. The time runs from when they are asked for: who does
/// not ask for a while has not waited.
pub(super) fn until_silent<S: Stream>(bytes: S, patience: Patience) -> impl Stream<Item = S::Item> {
    let begin = (Box::pin(bytes), patience);
    stream::unfold(begin, async |(mut bytes, patience)| {
        let next = tokio::time::timeout(patience.get(), bytes.next()).await;
        Some((next.ok()??, (bytes, patience)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heartbeat: Duration, patience: Duration) {
        let learnt = Patience::default();
        learnt.learn(heartbeat);
        assert_eq!(learnt.get(), patience);
    }

    #[test]
    fn three_heartbeats_are_waited_for_within_reason() {
        check(Duration::from_secs(15), Duration::from_secs(45));
        check(Duration::from_millis(1), Duration::from_millis(3));
        check(Duration::ZERO, UNTOLD);
        check(Duration::from_millis(u64::MAX), MAX);
    }
}
