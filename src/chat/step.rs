//! A step: a clone of the session tries it, the log takes it, and only then it has happened.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::changed::Brought;
use super::seat::{Current, Kept, Seat, Watch};
use super::{Chat, ChatError, now};
use crate::log::{Batch, LogError};
use crate::record::{ClientId, HeadRow, Seq, Waits};
use crate::registry::{Live, Stepped};

/// How often a step is tried anew after somebody else wrote first.
const TRIES_MAX: usize = 5;

/// Where a step comes from.
pub(super) enum Sender {
    /// Somebody's words, a user's or an agent's, with the client's own name for them.
    User(Option<ClientId>),
    /// That nobody has said anything for long.
    Silence,
    /// What an agent did, beside saying something.
    Person,
    /// What comes by itself.
    Nobody(Cause),
}

/// What comes by itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cause {
    /// The outcome of an effect that the machine asked for, or that there is none.
    Effect,
    /// A timer that it asked for.
    Timer,
    /// That an agent is there, or none.
    Staff,
    /// That the machine has changed.
    Change,
}

impl Sender {
    /// In a word, for the log: those of the causes that records have.
    fn word(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Silence => "idle",
            Self::Person | Self::Nobody(Cause::Staff) => "person",
            Self::Nobody(Cause::Effect) => "effect",
            Self::Nobody(Cause::Timer) => "timer",
            Self::Nobody(Cause::Change) => "restart",
        }
    }
}

impl Chat {
    /// Steps a clone of the session, appends what it wrote, and makes the clone the session. Answers the place of
    /// the first of the new records, or `None` if there was nothing to do.
    pub(super) async fn step(
        self: &Arc<Self>,
        seat: &Arc<Seat>,
        current: &mut Current,
        sender: Sender,
        act: impl FnMut(&mut dyn Live, Timestamp) -> Result<Option<Stepped>, ChatError>,
    ) -> Result<Option<Seq>, ChatError> {
        let result = self.try_step(seat, current, sender, act).await;
        if let Err(error) = &result {
            self.count(current, outcome(error));
        }
        result
    }

    async fn try_step(
        self: &Arc<Self>,
        seat: &Arc<Seat>,
        current: &mut Current,
        sender: Sender,
        mut act: impl FnMut(&mut dyn Live, Timestamp) -> Result<Option<Stepped>, ChatError>,
    ) -> Result<Option<Seq>, ChatError> {
        for _ in 0..TRIES_MAX {
            if current.erased {
                return Err(ChatError::NoSession);
            }
            let mut clone = current.live.boxed_clone();
            let at = now().max(current.row.at);
            // What cannot be stored panics where it is made ready for that.
            let acted = catch_unwind(AssertUnwindSafe(|| {
                let Some(mut stepped) = act(&mut *clone, at)? else {
                    return Ok(None);
                };
                clone.enter_at_hand(&mut stepped, at);
                let row = row_after(seat.row(current), &*clone, &sender, at);
                Ok::<_, ChatError>(Some((stepped, row)))
            }));
            let Some((stepped, row)) = acted.map_err(|_| ChatError::Panicked)?? else {
                return Ok(None);
            };
            let batch = batch(current.row.head, &row, &stepped, &sender);
            let named = batch.client_id.clone().map(|id| (id, batch.expected + 1));
            let asked = Instant::now();
            match self.log.append(batch).await {
                Ok(()) => {
                    let appended = Instant::now();
                    current.live = clone;
                    current.row = Kept::of(row);
                    seat.advance(current.row.head, named);
                    self.hub.publish(&seat.id, &stepped.records, at);
                    self.count_step(seat, current, &sender, &stepped, asked, appended);
                    let first = stepped.records.first().map(|record| record.seq);
                    self.begin(seat, current, stepped);
                    self.note_handoff(seat, current);
                    return Ok(first);
                }
                Err(LogError::Conflict { .. }) => {
                    // Rare, and in a box: else all steps would have room for it.
                    Box::pin(self.reload(seat, current)).await?;
                    // It may have been this very message that was written elsewhere.
                    if let Sender::User(Some(client_id)) = &sender
                        && let Some(seq) = seat.known(client_id)
                    {
                        return Ok(Some(seq));
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(ChatError::Contended)
    }

    fn count_step(
        &self,
        seat: &Seat,
        current: &Current,
        sender: &Sender,
        stepped: &Stepped,
        asked: Instant,
        appended: Instant,
    ) {
        let metrics = &self.metrics;
        let append_seconds = (appended - asked).as_secs_f64();
        metrics.append_seconds.observe(append_seconds);
        let fan_out_seconds = appended.elapsed().as_secs_f64();
        metrics.fan_out_seconds.observe(fan_out_seconds);
        if let Some(first) = stepped.records.first() {
            // A message is a record, and the step that it causes is the next; a note is a record alone.
            let words = matches!(sender, Sender::User(_)) && stepped.records.len() > 1;
            for step in &stepped.records[usize::from(words)..] {
                self.count(current, step.kind.event());
            }
            let row = &current.row;
            let (first, cause) = (first.seq, sender.word());
            tracing::debug!(
                session = %seat.id, bot = %row.bot, first, seq = row.head, cause, append_seconds, "step"
            );
        }
    }

    fn count(&self, current: &Current, outcome: &str) {
        let labels = [current.row.bot.as_str(), outcome];
        self.metrics.steps.with_label_values(&labels).inc();
    }

    /// Takes the session anew from the log, because somebody else wrote to it.
    async fn reload(
        self: &Arc<Self>,
        seat: &Arc<Seat>,
        current: &mut Current,
    ) -> Result<(), ChatError> {
        let Some(stored) = self.log.load(&seat.id).await? else {
            current.erased = true;
            self.seats().remove(&seat.id);
            return Err(ChatError::NoSession);
        };
        let Brought { stored, live, work } = self.brought(stored).await?;
        let agent = self.agent_of(&stored.row, &*live).await?;
        seat.members().update(&stored);
        current.live = live;
        current.row = Kept::of(stored.row);
        // Whoever wrote may have been somebody who said something.
        if current.watch == Watch::Fresh {
            current.watch = Watch::Stale;
        }
        for named in stored.client_ids {
            seat.advance(current.row.head, Some(named));
        }
        seat.advance(current.row.head, None);
        self.take_up_handoff(seat, current, agent);
        // What the other one asked for may be in nobody's hands.
        self.begin(seat, current, work);
        Ok(())
    }
}

/// What came of a step that did not happen, in a word.
fn outcome(error: &ChatError) -> &'static str {
    match error {
        ChatError::NotOffered(_) => "not_offered",
        ChatError::ReadOnly => "read_only",
        ChatError::Panicked => "panicked",
        ChatError::Contended => "contended",
        ChatError::NoSession => "gone",
        ChatError::Log(_) => "unavailable",
        _ => "failed",
    }
}

/// The head row after a step.
pub(super) fn row_after(
    before: HeadRow,
    live: &dyn Live,
    sender: &Sender,
    at: Timestamp,
) -> HeadRow {
    HeadRow {
        shape: live.shape(),
        head: live.head(),
        at,
        state: live.state(),
        waits: waits_after(before.waits, live, sender),
        used: match sender {
            Sender::User(_) | Sender::Person => at,
            Sender::Silence | Sender::Nobody(_) => before.used,
        },
        ..before
    }
}

/// One silence is told once, however many processes see it: again only after somebody has said something.
fn waits_after(before: Waits, live: &dyn Live, sender: &Sender) -> Waits {
    let mut waits = live.waits();
    waits.silence &= match sender {
        // An agent who gives a conversation back leaves a user who has not been silent yet.
        Sender::User(_) | Sender::Person => true,
        Sender::Silence => false,
        Sender::Nobody(_) => before.silence,
    };
    waits
}

fn batch(expected: Seq, after: &HeadRow, stepped: &Stepped, sender: &Sender) -> Batch {
    let client_id = match sender {
        Sender::User(client_id) => client_id.clone(),
        Sender::Silence | Sender::Person | Sender::Nobody(_) => None,
    };
    Batch {
        expected,
        records: stepped.records.clone(),
        row: after.clone(),
        client_id,
        participants: Vec::new(),
    }
}
