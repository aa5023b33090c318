//! The chat: the only place that orders effects.
//!
//! A message takes its session's lock, steps a clone of the machine, and is appended to the log; only then does
//! the clone become the session, the hub wake the streams, and the step's work begin. If the append fails, or a
//! handler panics, nothing happened. Once it has the lock, a message goes on even if its sender hangs up.

mod alarms;
mod begin;
mod bucket;
mod changed;
mod company;
mod desk;
mod error;
mod finishing;
mod follow;
mod handoff;
mod line;
mod members;
mod message;
mod notices;
mod participants;
mod permits;
mod receipts;
mod revocation;
mod seat;
mod seats;
mod sessions;
mod speech;
mod step;
mod turns;
mod typing;
mod upkeep;
mod work;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::hub::{Hub, HubLimits};
use crate::metrics::Metrics;
use crate::record::Seq;
use crate::registry::Bots;

// What the layer above needs of the layers below.
pub(crate) use crate::bot::said_by;
pub use crate::hub::presence::Attention;
pub use crate::log::{Log, LogError};
pub use crate::session::Said;

pub use begin::{FollowError, Position};
pub use bucket::{Bucket, Rate};
pub use desk::Case;
pub use error::ChatError;
pub use follow::{Follow, ending};
pub use message::Incoming;
pub use notices::{Later, Missed, Notice, Notification, NotifyError};
pub use revocation::Unstored;
pub use sessions::{Opening, Summary};

use alarms::Alarms;
use company::Company;
use desk::Desk;
use notices::Notices;
use seats::Seats;
use turns::Turns;
use typing::BotTyping;

/// How many messages may wait for one session.
const WAITING_MAX: u32 = 32;

/// How long to leave a log alone that could not be read or written.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a stream may outlive its token, and a presence its grace.
const TICK: Duration = Duration::from_millis(250);

/// The limits of a chat.
#[derive(Clone, Copy, Debug)]
pub struct ChatLimits {
    /// Messages of each who speaks in a session, and as many of what is said beside messages.
    pub rate: Rate,
    /// Conversations held in memory.
    pub sessions_max: usize,
    /// Records of a session, beyond which it takes no message of a user.
    pub session_records_max: Seq,
    /// Characters of a text.
    pub text_chars_max: usize,
    /// How long an effect may take.
    pub effect_timeout: Duration,
    /// How long nobody may say anything before the bot is told.
    pub idle_timeout: Duration,
    /// How long a session is kept in which nobody says anything; for ever if `None`.
    pub keep: Option<Duration>,
    /// Participants of a session beside its owner.
    pub participants_max: usize,
    /// How long somebody without a stream is believed to come back.
    pub presence_grace: Duration,
    /// How long a conversation waits for a person, or for the one it was with, while nobody is there.
    pub handoff_timeout: Duration,
    /// Time between two signs of life on a stream.
    pub heartbeat: Duration,
    /// Open streams.
    pub streams: HubLimits,
}

/// All conversations of this process.
pub struct Chat {
    bots: Bots,
    log: Arc<dyn Log>,
    hub: Arc<Hub>,
    company: Arc<Company>,
    desk: Desk,
    limits: ChatLimits,
    metrics: Arc<Metrics>,
    // A std Mutex, and not tokio's: nothing waits while it is held.
    seats: Mutex<Seats>,
    alarms: Alarms,
    bot_typing: BotTyping,
    notices: Notices,
    /// Of owners, to start sessions under clients' names for them.
    opening: Turns,
    /// Of sessions, to be brought back.
    bringing: Turns,
}

impl Chat {
    /// A chat of `bots` over `log`. Starts the tasks that ring alarms and look after sessions that nobody has open.
    #[must_use]
    pub fn new(
        bots: Bots,
        log: Arc<dyn Log>,
        limits: ChatLimits,
        metrics: Arc<Metrics>,
    ) -> Arc<Self> {
        let hub = Hub::new(limits.streams);
        let chat = Arc::new(Self {
            bot_typing: BotTyping::of(&bots),
            bots,
            notices: Notices::new(Arc::clone(&log)),
            log,
            company: Arc::new(Company::new(Arc::clone(&hub), limits.presence_grace)),
            hub,
            desk: Desk::default(),
            limits,
            metrics,
            seats: Mutex::new(Seats::new(limits.sessions_max)),
            alarms: Alarms::default(),
            opening: Turns::default(),
            bringing: Turns::default(),
        });
        tokio::spawn(work::ring_alarms(Arc::downgrade(&chat)));
        tokio::spawn(upkeep::catch_up(Arc::downgrade(&chat)));
        tokio::spawn(tick(Arc::downgrade(&chat)));
        tokio::spawn(notices::forget(Arc::downgrade(&chat)));
        if let Some(keep) = limits.keep {
            tokio::spawn(upkeep::retain(Arc::downgrade(&chat), keep));
        }
        chat
    }

    /// The bots that run here.
    #[must_use]
    pub fn bots(&self) -> &Bots {
        &self.bots
    }

    /// The open streams.
    #[must_use]
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// What is counted, as of now.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        let gauge = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.metrics.streams.set(gauge(self.hub.open()));
        self.metrics.sessions.set(gauge(self.seats().len()));
        let kept = &self.metrics.notifications_kept;
        kept.set(gauge(self.notices.kept()));
        &self.metrics
    }

    /// Whether the log can be written.
    ///
    /// # Errors
    /// [`ChatError::Log`] with what is in the way.
    pub async fn probe(&self) -> Result<(), ChatError> {
        Ok(self.log.probe().await?)
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sees to what time alone brings about: streams whose tokens have ended, users who have not come back, conversations
/// that wait for nobody.
async fn tick(chat: Weak<Chat>) {
    let mut interval = tokio::time::interval(TICK);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        let Some(chat) = chat.upgrade() else {
            return;
        };
        chat.hub.expire(now());
        chat.hub.let_go_of_left(Instant::now());
        chat.company.ring(now());
        chat.end_abandoned();
    }
}

fn now() -> Timestamp {
    Timestamp::now()
}
