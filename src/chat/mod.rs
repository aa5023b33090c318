//! The chat: the only place that orders effects.
//!
//! A message takes its session's lock, steps a clone of the machine, and is appended to the log; only then does
//! the clone become the session, the hub wake the streams, and the step's work begin. If the append fails, or a
//! handler panics, nothing happened. Once it has the lock, a message goes on even if its sender hangs up.

mod alarms;
mod bucket;
mod follow;
mod seat;
mod work;

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use futures_util::FutureExt;
use jiff::Timestamp;
use lru::LruCache;
use smol_str::SmolStr;

use crate::hub::{Hub, HubLimits};
use crate::log::Batch;
use crate::record::{ClientId, HeadRow, Offer, Record, Seq, SessionId, UserId};
use crate::registry::{Bots, Effects, Live};
use crate::session::{Message, NotOffered};

// What the layer above needs of the layers below.
pub use crate::log::{Log, LogError};
pub use crate::session::Said;

pub use bucket::{Bucket, Rate};
pub use follow::{Follow, FollowError, From, ending};

use alarms::Alarms;
use seat::{Current, Seat};

/// How many messages may wait for one session.
const WAITING_MAX: usize = 32;

/// How often a step is tried anew after somebody else wrote first.
const TRIES_MAX: usize = 5;

/// How many sessions a listing of one's own holds.
const OWN_SESSIONS_MAX: usize = 200;

/// The limits of a chat.
#[derive(Clone, Copy, Debug)]
pub struct ChatLimits {
    /// Users' messages a session.
    pub rate: Rate,
    /// Conversations held in memory.
    pub sessions_max: usize,
    /// Records of a session, beyond which it takes no message of a user.
    pub session_records_max: Seq,
    /// Characters of a text.
    pub text_chars_max: usize,
    /// How long an effect may take.
    pub effect_timeout: Duration,
    /// How long a user may be silent.
    pub idle_timeout: Duration,
    /// Time between two signs of life on a stream.
    pub heartbeat: Duration,
    /// Open streams.
    pub streams: HubLimits,
}

/// Why a call did nothing.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// There is no such session, or it is not the caller's.
    #[error("there is no such conversation")]
    NoSession,
    /// There is no such bot.
    #[error("there is no such bot")]
    NoBot,
    /// The message cannot be one.
    #[error("{0}")]
    Invalid(String),
    /// It chooses what is not listed.
    #[error(transparent)]
    NotOffered(#[from] NotOffered),
    /// The session has as many records as it takes.
    #[error("this conversation is full; start a new one")]
    Full,
    /// Too many messages wait for this session.
    #[error("too many messages wait for this conversation; send them one after another")]
    Busy,
    /// The session's messages come too fast.
    #[error("messages come too fast; wait a moment")]
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// A handler of the bot panicked; the session is as it was before.
    #[error("the bot failed on this message; the conversation is as it was before")]
    Panicked,
    /// The stored state is not one of the bot's.
    #[error("the conversation was written by another version of the bot and cannot be read")]
    Unreadable,
    /// The log did not take it.
    #[error("the conversation could not be stored: {0}")]
    Log(#[from] LogError),
}

/// What there is to know of a session.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The stored part.
    pub row: HeadRow,
    /// The machine's path, the outermost level first.
    pub state: Vec<SmolStr>,
    /// What may be chosen now.
    pub options: Vec<Offer>,
}

/// Whether a step comes from a user's message, with the client's own name for it.
enum Sender {
    User(Option<ClientId>),
    Nobody,
}

/// A message as it came from outside: what it says, or why it cannot be a message.
pub type Incoming = Result<Said, String>;

/// All conversations of this process.
pub struct Chat {
    bots: Bots,
    log: Arc<dyn Log>,
    hub: Arc<Hub>,
    limits: ChatLimits,
    // A std Mutex, and not tokio's: nothing waits while it is held.
    seats: Mutex<LruCache<SessionId, Arc<Seat>>>,
    alarms: Alarms,
    opening: tokio::sync::Mutex<()>,
}

impl Chat {
    /// A chat of `bots` over `log`. Starts the task that rings alarms.
    #[must_use]
    pub fn new(bots: Bots, log: Arc<dyn Log>, limits: ChatLimits) -> Arc<Self> {
        let sessions_max = NonZeroUsize::new(limits.sessions_max).unwrap_or(NonZeroUsize::MIN);
        let chat = Arc::new(Self {
            bots,
            log,
            hub: Hub::new(limits.streams),
            limits,
            seats: Mutex::new(LruCache::new(sessions_max)),
            alarms: Alarms::default(),
            opening: tokio::sync::Mutex::default(),
        });
        tokio::spawn(work::ring_alarms(Arc::downgrade(&chat)));
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

    /// Starts a conversation of `owner` with `bot`. A repetition with the same client id gets the conversation
    /// of the first time.
    ///
    /// # Errors
    /// [`ChatError::NoBot`], [`ChatError::Panicked`] or [`ChatError::Log`].
    pub async fn open(
        self: &Arc<Self>,
        id: SessionId,
        bot: &str,
        owner: UserId,
        opened_as: Option<ClientId>,
    ) -> Result<HeadRow, ChatError> {
        // Two calls with one client id must not both find that there is none yet.
        let _one_at_a_time = match &opened_as {
            Some(_) => Some(self.opening.lock().await),
            None => None,
        };
        if opened_as.is_some()
            && let Some(row) = self.opened(&owner, opened_as.as_ref()).await?
        {
            return Ok(row);
        }
        let host = self.bots.get(bot).ok_or(ChatError::NoBot)?;
        let at = now();
        let opened = catch_unwind(AssertUnwindSafe(|| host.open(at)));
        let (live, effects) = opened.map_err(|_| ChatError::Panicked)?;
        let row = HeadRow {
            session: id,
            bot: bot.into(),
            owner,
            opened_as,
            shape: host.shape(),
            created: at,
            used: at,
            head: live.head(),
            state: live.state().into(),
        };
        self.store_new(row.clone(), live, effects).await?;
        Ok(row)
    }

    async fn store_new(
        self: &Arc<Self>,
        row: HeadRow,
        live: Box<dyn Live>,
        effects: Effects,
    ) -> Result<(), ChatError> {
        let batch = Batch {
            expected: 0,
            records: effects.records.clone(),
            row: row.clone(),
            client_id: None,
        };
        self.log.append(batch).await?;
        let minds_silence = live.minds_silence();
        let seat = Arc::new(Seat::new(row, live, self.limits.rate));
        self.seats().put(seat.id.clone(), Arc::clone(&seat));
        let mut current = seat.current.lock().await;
        self.begin(&seat, &mut current, effects);
        if minds_silence {
            self.watch_silence(&seat.id, self.limits.idle_timeout);
        }
        Ok(())
    }

    async fn opened(
        &self,
        owner: &UserId,
        as_: Option<&ClientId>,
    ) -> Result<Option<HeadRow>, ChatError> {
        let rows = self.log.of_owner(owner, OWN_SESSIONS_MAX).await?;
        Ok(rows.into_iter().find(|row| row.opened_as.as_ref() == as_))
    }

    /// A message of `user` to `session`; answers the place of its record.
    ///
    /// The client id is looked up before anything else: a repetition gets the answer of the first time, whatever
    /// else it holds.
    ///
    /// # Errors
    /// Any [`ChatError`] but `NoBot`; nothing was written then.
    pub async fn post(
        self: &Arc<Self>,
        session: &SessionId,
        user: &UserId,
        incoming: Incoming,
        client_id: Option<ClientId>,
    ) -> Result<Seq, ChatError> {
        let seat = self.seat_of(session, user).await?;
        if let Some(client_id) = &client_id
            && let Some(seq) = self.log.by_client_id(session, client_id).await?
        {
            return Ok(seq);
        }
        let said = self.checked(incoming)?;
        seat.take_permit(self.limits.rate)?;
        let message = Message {
            user: user.clone(),
            said,
            client_id,
        };
        finished(Arc::clone(self).post_in_turn(seat, message)).await
    }

    async fn post_in_turn(
        self: Arc<Self>,
        seat: Arc<Seat>,
        message: Message,
    ) -> Result<Seq, ChatError> {
        let turn = seat.line_up()?;
        let mut current = seat.current.lock().await;
        drop(turn);
        if let Some(client_id) = &message.client_id
            && let Some(seq) = self.log.by_client_id(&seat.id, client_id).await?
        {
            return Ok(seq);
        }
        if current.row.head.saturating_add(2) > self.limits.session_records_max {
            return Err(ChatError::Full);
        }
        let sender = Sender::User(message.client_id.clone());
        let act = |live: &mut dyn Live, at| Ok(Some(live.say(message.clone(), at)?));
        let first = self.step(&seat, &mut current, sender, act).await?;
        let minds_silence = current.live.minds_silence();
        if minds_silence {
            self.watch_silence(&seat.id, self.limits.idle_timeout);
        }
        Ok(first.map_or(current.row.head, |record| record.seq))
    }

    /// Steps a clone of the session, appends what it wrote, and makes the clone the session. Answers the first
    /// of the new records, or `None` if there was nothing to do.
    async fn step(
        self: &Arc<Self>,
        seat: &Arc<Seat>,
        current: &mut Current,
        sender: Sender,
        mut act: impl FnMut(&mut dyn Live, Timestamp) -> Result<Option<Effects>, ChatError>,
    ) -> Result<Option<Record>, ChatError> {
        for _ in 0..TRIES_MAX {
            if current.erased {
                return Err(ChatError::NoSession);
            }
            let mut clone = current.live.boxed_clone();
            let at = now().max(current.at);
            let acted = catch_unwind(AssertUnwindSafe(|| act(&mut *clone, at)));
            let Some(effects) = acted.map_err(|_| ChatError::Panicked)?? else {
                return Ok(None);
            };
            let row = stepped(&current.row, &*clone, &sender, at);
            let batch = batch(&current.row, &row, &effects, &sender);
            match self.log.append(batch).await {
                Ok(()) => {
                    current.live = clone;
                    current.row = row;
                    current.at = at;
                    self.hub.publish(&seat.id, &effects.records);
                    let first = effects.records.first().cloned();
                    self.begin(seat, current, effects);
                    return Ok(first);
                }
                Err(LogError::Conflict { .. }) => self.reload(seat, current).await?,
            }
        }
        Err(ChatError::Busy)
    }

    /// Takes the session anew from the log, because somebody else wrote to it.
    async fn reload(&self, seat: &Seat, current: &mut Current) -> Result<(), ChatError> {
        let Some(row) = self.log.row(&seat.id).await? else {
            current.erased = true;
            return Err(ChatError::NoSession);
        };
        current.live = self.restored(&row)?;
        current.row = row;
        Ok(())
    }

    /// What there is to know of one's own session.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Unreadable`] or [`ChatError::Log`].
    pub async fn summary(&self, session: &SessionId, user: &UserId) -> Result<Summary, ChatError> {
        let seat = self.seat_of(session, user).await?;
        let current = seat.current.lock().await;
        if current.erased {
            return Err(ChatError::NoSession);
        }
        Ok(Summary {
            row: current.row.clone(),
            state: current.live.path(),
            options: current.live.offers(),
        })
    }

    /// One's own sessions, the last used first; the 200 last used.
    ///
    /// # Errors
    /// [`ChatError::Log`].
    pub async fn own_sessions(&self, user: &UserId) -> Result<Vec<HeadRow>, ChatError> {
        Ok(self.log.of_owner(user, OWN_SESSIONS_MAX).await?)
    }

    /// Up to `limit` records of one's own session after `after`, and the session's head row.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Unreadable`] or [`ChatError::Log`].
    pub async fn records(
        &self,
        session: &SessionId,
        user: &UserId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Record>, ChatError> {
        self.seat_of(session, user).await?;
        Ok(self.log.read(session, after, limit).await?)
    }

    /// Erases one's own session and ends its streams.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Unreadable`] or [`ChatError::Log`].
    pub async fn erase(&self, session: &SessionId, user: &UserId) -> Result<(), ChatError> {
        let seat = self.seat_of(session, user).await?;
        let mut current = seat.current.lock().await;
        self.log.erase(session).await?;
        current.erased = true;
        for (_, job) in current.jobs.drain() {
            job.abort();
        }
        self.seats().pop(session);
        self.hub.end(session);
        Ok(())
    }

    /// The seat of one's own session. To anyone else it does not exist.
    async fn seat_of(&self, session: &SessionId, user: &UserId) -> Result<Arc<Seat>, ChatError> {
        let seat = self.seat(session).await?;
        if seat.owner != *user {
            return Err(ChatError::NoSession);
        }
        Ok(seat)
    }

    /// The session's seat, brought back from the log if it is not in memory.
    async fn seat(&self, session: &SessionId) -> Result<Arc<Seat>, ChatError> {
        if let Some(seat) = self.seats().get(session) {
            return Ok(Arc::clone(seat));
        }
        let row = self.log.row(session).await?.ok_or(ChatError::NoSession)?;
        let live = self.restored(&row)?;
        let seat = Arc::new(Seat::new(row, live, self.limits.rate));
        // Somebody may have brought it back meanwhile: the first one stays.
        let mut seats = self.seats();
        let seat = seats.get_or_insert(session.clone(), || seat);
        Ok(Arc::clone(seat))
    }

    fn restored(&self, row: &HeadRow) -> Result<Box<dyn Live>, ChatError> {
        let host = self.bots.get(&row.bot).ok_or(ChatError::Unreadable)?;
        host.restore(row.head, &row.state).map_err(|error| {
            tracing::error!(session = %row.session, bot = %row.bot, %error, "a stored state cannot be read");
            ChatError::Unreadable
        })
    }

    fn checked(&self, incoming: Incoming) -> Result<Said, ChatError> {
        let said = incoming.map_err(ChatError::Invalid)?;
        let Said::Text(text) = &said else {
            return Ok(said);
        };
        if text.trim().is_empty() {
            let problem = "the text is blank; say something, or choose an option";
            return Err(ChatError::Invalid(problem.to_owned()));
        }
        let (chars, max) = (text.chars().count(), self.limits.text_chars_max);
        if chars > max {
            let problem = format!("the text has {chars} characters; at most {max} are taken");
            return Err(ChatError::Invalid(problem));
        }
        Ok(said)
    }

    fn seats(&self) -> MutexGuard<'_, LruCache<SessionId, Arc<Seat>>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs `step` to its end, even if the caller is dropped meanwhile.
///
/// Most steps wait for nothing and are done by the first poll, which nobody can interrupt. Only one that has to
/// wait, for its turn or for the log, becomes a task of its own.
async fn finished<F>(step: F) -> Result<Seq, ChatError>
where
    F: Future<Output = Result<Seq, ChatError>> + Send + 'static,
{
    let mut step = Box::pin(AssertUnwindSafe(step).catch_unwind());
    let result = match futures_util::poll!(&mut step) {
        Poll::Ready(result) => result.ok(),
        Poll::Pending => tokio::spawn(step).await.ok().and_then(Result::ok),
    };
    result.unwrap_or(Err(ChatError::Panicked))
}

fn now() -> Timestamp {
    Timestamp::now()
}

/// The head row after a step.
fn stepped(row: &HeadRow, live: &dyn Live, sender: &Sender, at: Timestamp) -> HeadRow {
    HeadRow {
        head: live.head(),
        state: live.state().into(),
        used: match sender {
            Sender::User(_) => at,
            Sender::Nobody => row.used,
        },
        ..row.clone()
    }
}

fn batch(before: &HeadRow, after: &HeadRow, effects: &Effects, sender: &Sender) -> Batch {
    let client_id = match sender {
        Sender::User(Some(client_id)) => Some((client_id.clone(), before.head + 1)),
        _ => None,
    };
    Batch {
        expected: before.head,
        records: effects.records.clone(),
        row: after.clone(),
        client_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_that_waits_goes_on_without_its_caller() {
        let (turn, its_turn) = tokio::sync::oneshot::channel::<()>();
        let (done, is_done) = tokio::sync::oneshot::channel();
        let mut call = Box::pin(finished(async move {
            its_turn.await.expect("the test sends");
            done.send(()).expect("the test waits");
            Ok(1)
        }));
        assert!(futures_util::poll!(&mut call).is_pending());
        drop(call);
        turn.send(()).expect("the step goes on");
        is_done.await.expect("the step is done");
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_at_once_and_later() {
        let at_once = finished(async { panic!("on purpose") });
        assert!(matches!(at_once.await, Err(ChatError::Panicked)));
        let later = finished(async {
            tokio::task::yield_now().await;
            panic!("on purpose")
        });
        assert!(matches!(later.await, Err(ChatError::Panicked)));
    }
}
