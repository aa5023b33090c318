//! Where a stream begins: after the record that its client had last, and with what passes and holds now.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::follow::{Follow, READ_MAX};
use super::seat::Seat;
use super::{Chat, ChatError, now};
use crate::event::{Connected, Cursor, Line, Reset, Status, Typing, passing};
use crate::hub::{Listener, Refused, Subscription, piece};
use crate::log::LogError;
use crate::record::{Record, Seq, SessionId, SpeakerKind};
use crate::registry::Handoff;

/// How long a client waits before it connects again after an ordinary break.
const RETRY: Duration = Duration::from_secs(1);

/// Where a stream begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// With the first record.
    Start,
    /// With the last so many records.
    Last(u64),
    /// After the record that this cursor names.
    Cursor(String),
}

/// Why a stream was not opened.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The session cannot be followed.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// Not now: to be told to the client in words, and with a time to come back.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Where a stream begins, as the log has it.
struct Begin {
    /// The last record that it is sent at once.
    cursor: Seq,
    /// What is sent at once.
    records: Vec<Record>,
    /// Why the client's cursor does not hold.
    reset: Option<&'static str>,
}

impl Begin {
    fn after(cursor: Seq) -> Self {
        Self {
            cursor,
            records: Vec::new(),
            reset: None,
        }
    }

    fn reset(reason: &'static str) -> Self {
        Self {
            reset: Some(reason),
            ..Self::after(0)
        }
    }
}

impl Chat {
    /// Opens a stream: of a session that the listener may see, of topics, or of both.
    ///
    /// # Errors
    /// [`FollowError`], if the session is not there, or too many streams are open.
    pub async fn follow(
        self: &Arc<Self>,
        listener: Listener,
        from: Position,
    ) -> Result<Follow, FollowError> {
        let session = listener.session.clone();
        let seat = match &session {
            Some(session) => Some(self.seat_of(session, &listener.identity).await?),
            None => None,
        };
        // First a place in the hub, then the head: what is written in between wakes the stream.
        let (subscription, kept) = self.subscribe(listener).await.inspect_err(|refused| {
            let refusals = &self.metrics.streams_refused;
            refusals.with_label_values(&[refused.word()]).inc();
        })?;
        let people = seat.as_ref().map(|seat| seat.people()).unwrap_or_default();
        // Together, so that whoever does not get any further leaves the hub first.
        let here = self.company.arrive(subscription.listener(), &people, now());
        let place = (subscription, here);
        let subscription = &place.0;
        if subscription.listener().topics.inbox {
            self.note_staffed();
        }
        let head = seat.as_ref().map(|seat| seat.head());
        let begin = match (&session, head) {
            (Some(session), Some(head)) => {
                self.beginning(session, subscription, head, from).await?
            }
            _ => Begin::after(0),
        };
        subscription.begin(begin.cursor, head.unwrap_or_default());
        let state = match &seat {
            Some(seat) => self.state(seat, subscription).await,
            None => Bytes::new(),
        };
        let opening = self.opening(subscription, head, &state, &begin);
        // Last, when nothing more can go wrong: each is handed over once.
        let handed = self.hand_over(subscription, kept).await;
        let log = Arc::clone(&self.log);
        let metrics = Arc::clone(&self.metrics);
        let opening = joined(opening, &handed);
        let unseen = head.is_some_and(|head| !subscription.holds(begin.cursor, head));
        Ok(Follow::new(
            log,
            metrics,
            place,
            begin.cursor,
            opening,
            unseen,
        ))
    }

    async fn beginning(
        &self,
        session: &SessionId,
        subscription: &Subscription,
        head: Seq,
        from: Position,
    ) -> Result<Begin, ChatError> {
        Ok(match from {
            Position::Start => Begin::after(0),
            Position::Last(count) => Begin::after(head.saturating_sub(count)),
            Position::Cursor(text) => {
                let cursor = Cursor::parse(&text).filter(|cursor| cursor.seq > 0);
                match cursor {
                    None => Begin::reset("the cursor is not one of ours"),
                    Some(cursor) if subscription.remembers(cursor) => Begin::after(cursor.seq),
                    Some(cursor) => self.matching(session, cursor).await?,
                }
            }
        })
    }

    /// Where `cursor` has a stream begin. One read of the log brings the record that the cursor names,
    /// to be compared, and what comes after it. [`ChatError::Damaged`] only where that record itself is damaged.
    async fn matching(&self, session: &SessionId, cursor: Cursor) -> Result<Begin, ChatError> {
        let read = |limit| self.log.read(session, cursor.seq - 1, limit);
        let records = match read(READ_MAX).await {
            // Its own record alone: the stream goes on for itself, and says where it has to end.
            Err(LogError::Damaged) => read(1).await,
            records => records,
        };
        if let Err(LogError::Damaged) = records {
            let seq = cursor.seq;
            tracing::error!(%session, seq, "a stream cannot begin after a record that is damaged");
        }
        let mut records = records?;
        if records.is_empty() {
            return Ok(Begin::reset(
                "the cursor is past the end of this conversation",
            ));
        }
        if Cursor::of(session, &records[0]) != cursor {
            let reason = "the cursor is from another conversation, or another history of this one";
            return Ok(Begin::reset(reason));
        }
        records.remove(0);
        records.truncate(piece(&records).len());
        Ok(Begin {
            cursor: records.last().map_or(cursor.seq, |last| last.seq),
            records,
            reset: None,
        })
    }

    fn opening(
        &self,
        subscription: &Subscription,
        head: Option<Seq>,
        state: &Bytes,
        begin: &Begin,
    ) -> Bytes {
        let heartbeat_ms = u64::try_from(self.limits.heartbeat.as_millis()).unwrap_or(u64::MAX);
        let listener = subscription.listener();
        let connected = Connected {
            session: listener.session.as_ref(),
            head,
            at: now(),
            stream: &listener.stream,
            heartbeat_ms,
        };
        let connected = passing("connected", &connected, Some(RETRY));
        let reset = begin.reset.map(|reason| Reset { reason });
        let reset = reset.map_or_else(Bytes::new, |reset| passing("reset", &reset, None));
        subscription.count(1 + u64::from(!reset.is_empty()));
        let records = subscription.durable(&begin.records);
        if state.is_empty() && reset.is_empty() && records.is_empty() {
            return connected;
        }
        [&connected[..], state, &reset, &records].concat().into()
    }

    /// What passes and holds now: who of the others is here, how far they have come, and who types.
    async fn state(&self, seat: &Seat, subscription: &Subscription) -> Bytes {
        let me = &subscription.listener().identity.user;
        let mut events: Vec<Bytes> = Vec::new();
        for user in seat.people().iter().filter(|user| *user != me) {
            let presence = self.company.presence(user);
            events.extend(presence.map(|presence| passing("presence", &presence, None)));
        }
        for (user, &receipt) in seat
            .members()
            .receipts
            .iter()
            .filter(|(user, _)| *user != me)
        {
            events.push(passing("status", &Status { user, receipt }, None));
        }
        for from in seat.who_types().await {
            if from.kind == SpeakerKind::Bot || from.id != me.as_str() {
                let is_typing = true;
                let from = &from;
                events.push(passing("typing", &Typing { from, is_typing }, None));
            }
        }
        if seat.handoff() == Some(Handoff::Waiting)
            && let Some((place, waiting)) = self.desk.place(&seat.id)
        {
            let place = Some(place);
            events.push(passing("line", &Line { place, waiting }, None));
        }
        subscription.count(events.len() as u64);
        events.concat().into()
    }
}

fn joined(first: Bytes, second: &[u8]) -> Bytes {
    if second.is_empty() {
        return first;
    }
    [&first, second].concat().into()
}
