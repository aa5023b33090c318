//! What is kept for those who are away: in the log, and in memory who has got it, so that a stream that opens costs
//! the log nothing unless there is something for it.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use smol_str::SmolStr;
use tokio::sync::OnceCell;

use super::super::{Chat, now};
use super::{KEPT_MAX, NotifyError};
use crate::hub::{Audience, Delivery, Fate, Refused, Subscription};
use crate::identity::Identity;
use crate::log::{Log, LogError};
use crate::record::{Kept, UserId};

/// How many bytes of kept notices one stream gets when it opens. The others come with the next one.
const HANDED_BYTES_MAX: usize = 256 * 1024;

/// How many deliveries are written down at once. A tenth of what may wait for the disk.
const WRITTEN_AT_ONCE: usize = 1_000;

/// How often what is past is dropped.
const FORGOTTEN_EVERY: Duration = Duration::from_secs(60);

pub(super) struct Keeping {
    log: Arc<dyn Log>,
    /// What an earlier process kept has been read.
    loaded: OnceCell<()>,
    /// One is kept at a time, so that no two take the last place.
    turn: tokio::sync::Mutex<()>,
    // A std Mutex, and not tokio's: nothing waits while it is held. A stream opens, and a notice that is to be kept
    // is delivered, under it: so who opens one meanwhile gets it by exactly one of the two ways.
    waiting: Mutex<Vec<Waiting>>,
    /// Users go by a number in memory; with keys of this process, so that nobody can make two the same.
    hasher: RandomState,
}

struct Waiting {
    kept: Kept,
    to: Audience,
    /// Who has got it, and when; `None` if that was before this process.
    got: HashMap<u64, Option<Timestamp>>,
}

impl Keeping {
    pub(super) fn new(log: Arc<dyn Log>) -> Self {
        Self {
            log,
            loaded: OnceCell::new(),
            turn: tokio::sync::Mutex::default(),
            waiting: Mutex::default(),
            hasher: RandomState::new(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.waiting().len()
    }

    /// Keeps a notice and delivers it to who is there. Answers those users too, who are yet to be written down.
    pub(super) async fn keep(
        &self,
        kept: Kept,
        to: Audience,
        deliver: impl FnOnce() -> Arc<Delivery>,
    ) -> Result<(Arc<Delivery>, HashSet<UserId>), NotifyError> {
        self.load().await?;
        let _turn = self.turn.lock().await;
        if self.drop_past(kept.at) {
            self.log.forget_kept(kept.at).await?;
        }
        if self.count() >= KEPT_MAX {
            return Err(NotifyError::Full);
        }
        self.log.keep(kept.clone()).await?;
        let mut waiting = self.waiting();
        let delivery = deliver();
        let users: HashSet<UserId> = delivery
            .fates()
            .filter(|(_, fate)| *fate != Fate::Dropped)
            .map(|(listener, _)| listener.identity.user.clone())
            .collect();
        let got = users.iter().map(|user| (self.number(user), Some(kept.at)));
        waiting.push(Waiting {
            got: got.collect(),
            kept,
            to,
        });
        Ok((delivery, users))
    }

    /// Writes down that `users` have got the notice.
    pub(super) async fn write_down(&self, id: &str, users: HashSet<UserId>) {
        let users: Vec<UserId> = users.into_iter().collect();
        for users in users.chunks(WRITTEN_AT_ONCE) {
            let written = users.iter().map(|user| self.log.delivered(id, user));
            for written in join_all(written).await {
                if let Err(error) = written {
                    tracing::warn!(id, %error, "after a restart somebody gets a notification for a second time");
                }
            }
        }
    }

    /// Opens a stream, and answers with it what is kept for its user, who has none of it before it is handed over: the
    /// stream may not come to be.
    pub(super) async fn open(
        &self,
        who: &Identity,
        at: Timestamp,
        subscribe: impl FnOnce() -> Result<Subscription, Refused>,
    ) -> Result<(Subscription, Vec<Kept>), Refused> {
        if let Err(error) = self.load().await {
            tracing::warn!(%error, "a stream opens without what may be kept for its user");
        }
        let waiting = self.waiting();
        let subscription = subscribe()?;
        let number = self.number(&who.user);
        let mut bytes = 0;
        let fresh = waiting.iter().filter(|waiting| {
            waiting.kept.until > at
                && waiting.to.includes(who)
                && !waiting.got.contains_key(&number)
        });
        let handed = fresh.take_while(|waiting| {
            bytes += waiting.kept.event.len();
            bytes <= HANDED_BYTES_MAX
        });
        let handed = handed.map(|waiting| waiting.kept.clone());
        Ok((subscription, handed.collect()))
    }

    /// Writes down that `user` gets a notice that [`Keeping::open`] answered. Says whether it is to be sent: if not,
    /// another stream of the user's was faster.
    pub(super) async fn hand_over(&self, id: &SmolStr, user: &UserId) -> bool {
        match self.log.delivered(id, user).await {
            Ok(is_first) => {
                self.note_got(id, user);
                is_first
            }
            Err(error) => {
                tracing::warn!(%id, %error, "a kept notification has to wait for the user's next stream");
                false
            }
        }
    }

    fn note_got(&self, id: &SmolStr, user: &UserId) {
        let mut waiting = self.waiting();
        if let Some(found) = waiting.iter_mut().find(|waiting| waiting.kept.id == *id) {
            let got = found.got.entry(self.number(user));
            got.or_insert_with(|| Some(now()));
        }
    }

    /// Whether `user` has got the notice, and when if that is known; `None` if it is not kept.
    pub(super) fn got(&self, id: &str, user: &UserId) -> Option<Got> {
        let waiting = self.waiting();
        let waiting = waiting.iter().find(|waiting| waiting.kept.id == id)?;
        Some(match waiting.got.get(&self.number(user)) {
            Some(&at) => Got::At(at),
            None => Got::NotYet,
        })
    }

    /// Reads what an earlier process kept.
    async fn load(&self) -> Result<(), LogError> {
        let load = || async {
            let now = now();
            self.log.forget_kept(now).await?;
            let kept = self.log.kept(now, KEPT_MAX).await?;
            let read = kept.into_iter().filter_map(|(kept, users)| {
                let to = serde_json::from_str(&kept.to);
                let to = to.inspect_err(|error| {
                    tracing::error!(id = %kept.id, %error, "a kept notification is for nobody we know");
                });
                let got = users.iter().map(|user| (self.number(user), None));
                let (to, got) = (to.ok()?, got.collect());
                Some(Waiting { kept, to, got })
            });
            let read: Vec<Waiting> = read.collect();
            self.waiting().extend(read);
            Ok(())
        };
        self.loaded.get_or_try_init(load).await.map(|_| ())
    }

    /// Drops from memory what is past at `now`. Says whether there was anything.
    fn drop_past(&self, now: Timestamp) -> bool {
        let mut waiting = self.waiting();
        let before = waiting.len();
        waiting.retain(|waiting| waiting.kept.until > now);
        waiting.len() < before
    }

    fn number(&self, user: &UserId) -> u64 {
        self.hasher.hash_one(user)
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether somebody has got a notice that is kept.
pub(super) enum Got {
    NotYet,
    /// At this time, if it was this process that gave it.
    At(Option<Timestamp>),
}

/// Drops kept notices soon after they are past.
pub(in crate::chat) async fn forget(chat: Weak<Chat>) {
    let mut interval = tokio::time::interval(FORGOTTEN_EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        let Some(chat) = chat.upgrade() else {
            return;
        };
        let at = now();
        if chat.notices.keeping.drop_past(at)
            && let Err(error) = chat.log.forget_kept(at).await
        {
            tracing::warn!(%error, "past notifications are still in the log");
        }
    }
}
