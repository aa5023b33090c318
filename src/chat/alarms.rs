//! Alarms: the timers of all sessions, waited for by one task.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::time::{DelayQueue, delay_queue};

use crate::bot::WorkId;
use crate::record::SessionId;

/// Which alarm of which session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct AlarmKey {
    pub(super) session: SessionId,
    /// The machine's own timer, or `None` for the session's idle time.
    pub(super) timer: Option<WorkId>,
}

/// All alarms that are set. One alarm a key: to set it again moves it.
#[derive(Default)]
pub(super) struct Alarms {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    // Every session that waits for its user has an alarm, so its key is kept once for both.
    delays: DelayQueue<Arc<AlarmKey>>,
    keys: HashMap<Arc<AlarmKey>, delay_queue::Key>,
}

/// A DelayQueue takes no delay beyond about two years.
const DELAY_MAX: Duration = Duration::from_secs(365 * 24 * 60 * 60);

impl Queue {
    fn insert(&mut self, key: AlarmKey, delay: Duration) {
        let key = Arc::new(key);
        let set = self.delays.insert(Arc::clone(&key), delay.min(DELAY_MAX));
        self.keys.insert(key, set);
    }
}

impl Alarms {
    pub(super) fn set(&self, key: AlarmKey, delay: Duration) {
        let mut queue = self.lock();
        match queue.keys.get(&key).copied() {
            Some(set) => queue.delays.reset(&set, delay.min(DELAY_MAX)),
            None => queue.insert(key, delay),
        }
    }

    /// Sets an alarm, unless it is set already: then it stays where it is. Says whether it did.
    pub(super) fn set_unless_set(&self, key: AlarmKey, delay: Duration) -> bool {
        let mut queue = self.lock();
        let is_new = !queue.keys.contains_key(&key);
        if is_new {
            queue.insert(key, delay);
        }
        is_new
    }

    pub(super) fn is_set(&self, key: &AlarmKey) -> bool {
        self.lock().keys.contains_key(key)
    }

    pub(super) fn cancel(&self, key: &AlarmKey) {
        let mut queue = self.lock();
        if let Some(set) = queue.keys.remove(key) {
            queue.delays.remove(&set);
        }
    }

    /// The next alarm that rings. It is not set any more.
    pub(super) async fn next(&self) -> AlarmKey {
        poll_fn(|cx| {
            let mut queue = self.lock();
            match queue.delays.poll_expired(cx) {
                std::task::Poll::Ready(Some(expired)) => {
                    let key = expired.into_inner();
                    queue.keys.remove(&key);
                    std::task::Poll::Ready(AlarmKey::clone(&key))
                }
                // An empty queue wakes its poller when an alarm is set.
                std::task::Poll::Ready(None) | std::task::Poll::Pending => std::task::Poll::Pending,
            }
        })
        .await
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
