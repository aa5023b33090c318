//! Notices: what administrators send to whoever listens, and keep for those who are away.
//!
//! A notice is no record: it is in nobody's log, and a stream that is too slow does without. What is kept is in the
//! log's own table, and is given once to each user it is for, at most: it is written down as delivered before it is sent.

mod history;
mod inquiry;
mod keeping;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::{Chat, now};
use crate::event::{Notified, notification};
use crate::hub::{Audience, Delivery, Listener, Refused, Subscription};
use crate::log::{Log, LogError};
use crate::record::Kept;

use history::History;
pub use history::Notice;
pub use inquiry::{Later, Missed};
use keeping::Keeping;
pub(super) use keeping::forget;

/// How many notices are kept for those who are away.
const KEPT_MAX: usize = 1_000;

/// What is sent to whoever listens.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Its name, which must be new.
    pub id: SmolStr,
    /// Whom it is for.
    pub to: Audience,
    /// What kind of event it is, to its receivers.
    pub event: SmolStr,
    /// What it says; JSON on one line.
    pub data: Box<RawValue>,
    /// How long to keep it for those who are away. What is for a conversation or a stream cannot be kept.
    pub keep: Option<Duration>,
}

/// Why a notification was not sent.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// As many are kept as there may be.
    #[error(
        "{KEPT_MAX} notifications are kept already; send it without keep, or wait until one of them is past"
    )]
    Full,
    /// It cannot be kept now.
    #[error("the notification cannot be kept now ({0}), and nobody got it; try again in a moment")]
    Log(#[from] LogError),
}

/// What was sent, and what is kept.
pub(super) struct Notices {
    history: History,
    keeping: Keeping,
}

impl Notices {
    pub(super) fn new(log: Arc<dyn Log>) -> Self {
        Self {
            history: History::default(),
            keeping: Keeping::new(log),
        }
    }

    /// How many are kept, as far as is known.
    pub(super) fn kept(&self) -> usize {
        self.keeping.count()
    }
}

impl Chat {
    /// Sends a notification to the streams that are open, and keeps it for who is away if it is to be kept. Goes on
    /// even if the caller does not wait for it.
    ///
    /// # Errors
    /// [`NotifyError`], and then nobody got it.
    ///
    /// # Panics
    /// If it panics itself.
    pub async fn notify(
        self: &Arc<Self>,
        notification: Notification,
    ) -> Result<Arc<Notice>, NotifyError> {
        let chat = Arc::clone(self);
        let notifying = tokio::spawn(async move { chat.notify_now(notification).await });
        notifying
            .await
            .expect("sending a notification panics nowhere")
    }

    async fn notify_now(&self, sent: Notification) -> Result<Arc<Notice>, NotifyError> {
        let at = now();
        let data = Notified {
            id: &sent.id,
            event: &sent.event,
            data: &sent.data,
            at,
        };
        let data = data.to_json();
        let event = notification(&data);
        let until = sent.keep.map(|keep| at.saturating_add(keep));
        let until = until.map(|until| until.unwrap_or(Timestamp::MAX));
        let delivery = match until {
            None => self.hub.deliver(&event, &sent.to, at),
            Some(until) => {
                let kept = Kept {
                    id: sent.id.clone(),
                    to: to_json(&sent.to).into(),
                    event: data.into(),
                    at,
                    until,
                };
                self.deliver_and_keep(&event, &sent.to, kept).await?
            }
        };
        let notice = Arc::new(Notice {
            id: sent.id,
            to: sent.to,
            event: sent.event,
            at,
            until,
            delivery,
        });
        self.notices.history.add(Arc::clone(&notice));
        self.count_notice(&notice);
        Ok(notice)
    }

    async fn deliver_and_keep(
        &self,
        event: &Bytes,
        to: &Audience,
        kept: Kept,
    ) -> Result<Arc<Delivery>, NotifyError> {
        let (id, at) = (kept.id.clone(), kept.at);
        let deliver = || self.hub.deliver(event, to, at);
        let keeping = &self.notices.keeping;
        let (delivery, users) = keeping.keep(kept, to.clone(), deliver).await?;
        keeping.write_down(&id, users).await;
        Ok(delivery)
    }

    fn count_notice(&self, notice: &Notice) {
        let to = match notice.to {
            Audience::All => "all",
            Audience::User(_) => "user",
            Audience::Session(_) => "session",
            Audience::Stream(_) => "stream",
            Audience::Meta(_) => "meta",
        };
        self.metrics.notifications.with_label_values(&[to]).inc();
        let tally = notice.delivery.tally();
        self.count_deliveries("written", tally.written());
        self.count_deliveries("dropped", tally.dropped);
    }

    fn count_deliveries(&self, outcome: &str, count: usize) {
        let deliveries = &self.metrics.notification_deliveries;
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        deliveries.with_label_values(&[outcome]).inc_by(count);
    }

    /// A notification that was sent, if it is remembered.
    #[must_use]
    pub fn notice(&self, id: &str) -> Option<Arc<Notice>> {
        self.notices.history.find(id)
    }

    /// Gives `listener` its place in the hub, and with it the notices that are kept for its user.
    pub(super) async fn subscribe(
        &self,
        listener: Listener,
    ) -> Result<(Subscription, Vec<Kept>), Refused> {
        let identity = Arc::clone(&listener.identity);
        let listens = listener.topics.notifications;
        let at = now();
        let subscribe = || self.hub.subscribe(listener, at);
        if !listens {
            return Ok((subscribe()?, Vec::new()));
        }
        self.notices.keeping.open(&identity, at, subscribe).await
    }

    /// Those of `kept` that the stream's user gets by it, as events.
    pub(super) async fn hand_over(&self, subscription: &Subscription, kept: Vec<Kept>) -> Bytes {
        if kept.is_empty() {
            return Bytes::new();
        }
        let user = &subscription.listener().identity.user;
        let keeping = &self.notices.keeping;
        let are_first = kept.iter().map(|kept| keeping.hand_over(&kept.id, user));
        let are_first = join_all(are_first).await;
        let handed = kept.iter().zip(are_first);
        let events: Vec<Bytes> = handed
            .filter(|(_, is_first)| *is_first)
            .map(|(kept, _)| notification(&kept.event))
            .collect();
        subscription.count(events.len() as u64);
        self.count_deliveries("late", events.len());
        events.concat().into()
    }
}

fn to_json(to: &Audience) -> String {
    serde_json::to_string(to).expect("an audience is plain data")
}
