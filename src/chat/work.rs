//! Work: what a step asked for, done in the background, and how it comes back as an input.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::FutureExt;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::alarms::AlarmKey;
use super::seat::{Current, Seat, Watch};
use super::step::{Cause, Sender};
use super::{Chat, ChatError, PAUSE, now};
use crate::bot::WorkId;
use crate::record::SessionId;
use crate::registry::{Alarm, Job, Live, Stepped};

/// How many alarms may be rung at once.
const RINGING_MAX: usize = 64;

impl Chat {
    /// Gives up the work that a step cancelled, and begins the work that it asked for.
    pub(super) fn begin(
        self: &Arc<Self>,
        seat: &Arc<Seat>,
        current: &mut Current,
        stepped: Stepped,
    ) {
        for id in stepped.cancelled {
            if let Some(job) = current.jobs.remove(&id) {
                job.abort();
            }
            self.alarms.cancel(&timer(&seat.id, id));
        }
        for job in stepped.jobs {
            let id = job.id;
            if current.jobs.contains_key(&id) {
                continue;
            }
            let task = tokio::spawn(Arc::clone(self).perform(Arc::clone(seat), job));
            current.jobs.insert(id, task.abort_handle());
        }
        for alarm in stepped.alarms {
            self.set_alarm(&seat.id, alarm);
        }
        self.note_bot_types(seat, current);
    }

    /// The clock may have been ahead when the timer was asked for: nobody waits for longer than it was to take.
    fn set_alarm(&self, session: &SessionId, alarm: Alarm) {
        let time = until(alarm.due).min(alarm.after);
        self.alarms.set(timer(session, alarm.id), time);
    }

    /// Has the session looked at in `time`, unless it is going to be already: whoever looks then finds when
    /// somebody last said something, and looks again if that is not long enough ago. So a message moves no alarm.
    /// Says whether that is new.
    pub(super) fn watch_silence(&self, session: &SessionId, time: Duration) -> bool {
        self.alarms.set_unless_set(silence(session), time)
    }

    /// As [`Chat::watch_silence`], once somebody has said something, and if silence means something then. Looks for the
    /// alarm only if it may not be there.
    pub(super) fn await_silence(&self, session: &SessionId, current: &mut Current) {
        if !current.row.waits.silence {
            return;
        }
        let time = self.limits.idle_timeout;
        current.watch = match current.watch {
            Watch::Unknown if self.watch_silence(session, time) => Watch::Fresh,
            _ => Watch::Stale,
        };
    }

    /// How much longer it takes until there has been silence for long, if somebody said something last at `used`. Not
    /// longer than all of it: the clock may have been ahead then.
    pub(super) fn silence_left(&self, used: Timestamp) -> Duration {
        let time = self.limits.idle_timeout;
        let due = used.checked_add(time).unwrap_or(Timestamp::MAX);
        until(due).min(time)
    }

    /// The session is no more.
    pub(super) fn ignore_silence(&self, session: &SessionId) {
        self.alarms.cancel(&silence(session));
    }

    /// Performs `job` with the seat in hand, so that nobody else does as long as this one is at it.
    async fn perform(self: Arc<Self>, seat: Arc<Seat>, job: Job) {
        let (id, session) = (job.id, seat.id.clone());
        let run = AssertUnwindSafe(job.run).catch_unwind();
        let outcome = match tokio::time::timeout(self.limits.effect_timeout, run).await {
            Ok(Ok(outcome)) => Some(outcome),
            Ok(Err(_)) => {
                tracing::error!(%session, effect = %id, "an effect panicked");
                None
            }
            Err(_) => {
                tracing::warn!(%session, effect = %id, "an effect took too long");
                None
            }
        };
        let act = |live: &mut dyn Live, at| live.finish(id, outcome.as_ref(), at);
        let mut entered = self.enter_at_last(&session, Some(id), act).await;
        if outcome.is_some() && entered.is_err() {
            // Better a failed effect than one that is waited for without end.
            let act = |live: &mut dyn Live, at| live.finish(id, None, at);
            entered = self.enter_at_last(&session, None, act).await;
        }
        report(&session, "an effect's outcome", entered);
    }

    async fn ring(self: &Arc<Self>, key: &AlarmKey) -> Result<(), ChatError> {
        if let Some(id) = key.timer {
            return self
                .enter(&key.session, Cause::Timer, None, |live, at| {
                    live.ring(id, at)
                })
                .await;
        }
        self.ring_silence(&key.session).await
    }

    /// Tells the bot that nobody has said anything for long, if that is so, under one lock with the question.
    async fn ring_silence(self: &Arc<Self>, session: &SessionId) -> Result<(), ChatError> {
        let seat = self.seat(session).await?;
        let mut current = seat.current.lock().await;
        // It has rung: if there is one again, somebody has said something while this waited for the seat.
        if self.alarms.is_set(&silence(session)) {
            return Ok(());
        }
        let watch = std::mem::take(&mut current.watch);
        if !current.row.waits.silence {
            return Ok(());
        }
        let used = current.row.used;
        let left = self.silence_left(used);
        let is_long = match watch {
            Watch::Fresh => true,
            // How long ago a time to come was, nobody can say; but the alarm was set for long.
            Watch::Unknown => left.is_zero() || used > now(),
            Watch::Stale => left.is_zero(),
        };
        if !is_long {
            self.watch_silence(session, left);
            current.watch = Watch::Fresh;
            return Ok(());
        }
        let act = |live: &mut dyn Live, at| Ok(live.idle(at));
        self.step(&seat, &mut current, Sender::Silence, act).await?;
        Ok(())
    }

    /// Enters an effect's outcome as [`Chat::enter`] does, again and again as long as the log is what keeps it out.
    async fn enter_at_last(
        self: &Arc<Self>,
        session: &SessionId,
        job: Option<WorkId>,
        mut act: impl FnMut(&mut dyn Live, Timestamp) -> Option<Stepped>,
    ) -> Result<(), ChatError> {
        loop {
            match self.enter(session, Cause::Effect, job, &mut act).await {
                Err(error) if error.is_passing() => tokio::time::sleep(PAUSE).await,
                entered => return entered,
            }
        }
    }

    /// An input that no user sent, through the session. The job it comes from, if any, is done.
    async fn enter(
        self: &Arc<Self>,
        session: &SessionId,
        cause: Cause,
        job: Option<WorkId>,
        mut act: impl FnMut(&mut dyn Live, Timestamp) -> Option<Stepped>,
    ) -> Result<(), ChatError> {
        let seat = self.seat(session).await?;
        let mut current = seat.current.lock().await;
        if let Some(id) = job {
            current.jobs.remove(&id);
        }
        let act = |live: &mut dyn Live, at| Ok(act(live, at));
        let sender = Sender::Nobody(cause);
        self.step(&seat, &mut current, sender, act).await?;
        Ok(())
    }
}

/// Rings the alarms of `chat` as long as it lives, several at a time: each waits for its session and for the log.
pub(super) async fn ring_alarms(chat: Weak<Chat>) {
    let ringing = Arc::new(Semaphore::new(RINGING_MAX));
    loop {
        let Some(strong) = chat.upgrade() else { return };
        // Wakes now and then, so that a chat that is no more used can go.
        let next = tokio::time::timeout(Duration::from_secs(60), strong.alarms.next()).await;
        let Ok(key) = next else { continue };
        let permit = Arc::clone(&ringing).acquire_owned().await;
        tokio::spawn(async move {
            match strong.ring(&key).await {
                // Late rather than never, and without keeping others waiting.
                Err(error) if error.is_passing() => {
                    strong.alarms.set_unless_set(key, PAUSE);
                }
                rung => report(&key.session, "an alarm", rung),
            }
            drop(permit);
        });
    }
}

fn report(session: &SessionId, what: &str, result: Result<(), ChatError>) {
    match result {
        Ok(()) | Err(ChatError::NoSession) => {}
        Err(error) => tracing::error!(%session, %error, "{what} could not be entered"),
    }
}

fn silence(session: &SessionId) -> AlarmKey {
    AlarmKey {
        session: session.clone(),
        timer: None,
    }
}

fn timer(session: &SessionId, id: WorkId) -> AlarmKey {
    AlarmKey {
        session: session.clone(),
        timer: Some(id),
    }
}

pub(super) fn until(due: Timestamp) -> Duration {
    Duration::try_from(due.duration_since(now())).unwrap_or(Duration::ZERO)
}
