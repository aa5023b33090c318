//! Upkeep: what a server does for sessions that nobody has open: taking up what an earlier process left, and
//! erasing what is old.

use std::sync::{Arc, Weak};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Interval, MissedTickBehavior, interval, sleep};

use super::{Chat, ChatError, PAUSE};
use crate::log::{LogError, Sweep};
use crate::record::HeadRow;

/// How many sessions a second are brought back or told that their user is silent, all at once overdue after a
/// restart though they may be.
const OVERDUE_PER_SECOND: u32 = 500;

/// How many old sessions a second are erased.
const ERASED_PER_SECOND: u32 = 50;

/// How often old sessions are looked for.
const RETENTION_PERIOD: Duration = Duration::from_secs(600);

/// Takes up what sessions of an earlier process wait for: pending effects are performed again, timers and idle
/// times set, and those that are overdue ring late.
pub(super) async fn catch_up(chat: Weak<Chat>) {
    let mut pace = paced(OVERDUE_PER_SECOND);
    let mut sessions = Sessions::of(chat);
    while let Some((chat, row)) = sessions.next().await {
        if row.waits.work {
            pace.tick().await;
            chat.take_up(&row).await;
        }
        if row.waits.silence {
            let left = chat.silence_left(row.used);
            if left.is_zero() {
                pace.tick().await;
            }
            chat.watch_silence(&row.session, left);
        }
    }
}

/// Erases sessions whose user has said nothing for `keep`, again and again.
pub(super) async fn retain(chat: Weak<Chat>, keep: Duration) {
    let mut periods = interval(RETENTION_PERIOD);
    periods.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut pace = paced(ERASED_PER_SECOND);
    loop {
        periods.tick().await;
        if chat.strong_count() == 0 {
            return;
        }
        let mut sessions = Sessions::of(Weak::clone(&chat));
        while let Some((chat, row)) = sessions.next().await {
            let before = Timestamp::now().checked_sub(keep).unwrap_or(Timestamp::MIN);
            if row.used <= before {
                pace.tick().await;
                chat.expire(&row, before).await;
            }
        }
    }
}

fn paced(per_second: u32) -> Interval {
    let mut pace = interval(Duration::from_secs(1) / per_second);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}

/// All sessions of the log, one after another, with the chat as long as it lives.
struct Sessions {
    chat: Weak<Chat>,
    sweep: Sweep,
}

impl Sessions {
    fn of(chat: Weak<Chat>) -> Self {
        let sweep = Sweep::default();
        Self { chat, sweep }
    }

    async fn next(&mut self) -> Option<(Arc<Chat>, HeadRow)> {
        loop {
            let chat = self.chat.upgrade()?;
            let rows = |after, limit| chat.log.rows(after, limit);
            match self.sweep.next(rows).await {
                Ok(row) => return Some((chat, row?)),
                Err(LogError::Damaged) => {
                    tracing::error!("the sessions of the log cannot be read to the end");
                    return None;
                }
                Err(error) => {
                    tracing::warn!(%error, "the sessions of the log could not be gone through");
                    drop(chat);
                    sleep(PAUSE).await;
                }
            }
        }
    }
}

impl Chat {
    async fn take_up(self: &Arc<Self>, row: &HeadRow) {
        // Whoever brings a session back begins its work.
        match self.seat(&row.session).await {
            Ok(_) | Err(ChatError::NoSession) => {}
            // Whoever looks whether its user is silent brings it back, sooner or later.
            Err(error) if error.is_passing() => {
                self.watch_silence(&row.session, PAUSE);
            }
            Err(error) => {
                tracing::error!(session = %row.session, %error, "pending work could not be taken up");
            }
        }
    }

    async fn expire(self: &Arc<Self>, row: &HeadRow, before: Timestamp) {
        let erased = match self.in_memory(&row.session) {
            Some(seat) => self.erase_seat(&seat, |used| used <= before).await,
            None => self.expire_stored(row, before).await,
        };
        match erased {
            Ok(_) | Err(ChatError::NoSession) => {}
            Err(ChatError::Log(error @ LogError::Unavailable(_))) => {
                tracing::warn!(session = %row.session, %error, "an old session could not be erased");
            }
            Err(error) => {
                tracing::error!(session = %row.session, %error, "an old session could not be erased");
            }
        }
    }

    /// Without bringing the session back, which would begin its work.
    async fn expire_stored(&self, row: &HeadRow, before: Timestamp) -> Result<bool, ChatError> {
        let _turn = self.bringing.take(&row.session).await;
        // Its user may have come and gone since the row was read.
        let stored = self.log.load(&row.session).await?;
        match stored {
            Some(stored) if stored.row.used <= before => self.erase_stored(&row.session).await,
            _ => Ok(false),
        }
    }
}
