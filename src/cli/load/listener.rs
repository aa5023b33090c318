//! A user's ears: what comes over the stream, against what was sent.

use std::sync::Arc;
use std::time::Instant;

use super::book::Book;
use super::check::Checked;
use super::follower::{Follower, Gone};
use super::got::Got;
use super::oracle::Foreseen;
use super::post::Posted;
use super::tally::{Fault, Tally};
use super::witness::{Amiss, Witness};
use crate::client::{Event, Session};
use crate::record::{Offer, Seq, SessionId};
use crate::registry::Host;

/// What did not come because the server had no room for a stream. The transcript tells whether it is there.
const UNHEARD: &str = "no room for a stream";

/// Hears one session.
pub(super) struct Listener {
    /// What was sent.
    pub(super) book: Book,
    session: SessionId,
    follower: Follower,
    witness: Witness,
    tally: Arc<Tally>,
    /// When the last record came.
    heard_at: Instant,
    /// Whether nothing was amiss but what came twice.
    sound: bool,
}

/// Why a user stops.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The session takes no more messages.
    Full,
    /// The session is gone, or nobody knows any more where it is.
    Astray,
}

impl Listener {
    pub(super) fn new(session: Session, host: Arc<dyn Host>, tally: Arc<Tally>) -> Self {
        Self {
            book: Book::default(),
            session: session.id.clone(),
            follower: Follower::new(session, Arc::clone(&tally)),
            witness: Witness::new(host),
            tally,
            heard_at: Instant::now(),
            sound: true,
        }
    }

    /// What is on offer.
    pub(super) fn offers(&self) -> Vec<Offer> {
        self.witness.oracle.offers()
    }

    /// Whether it is known where the conversation is.
    pub(super) fn knows(&self) -> bool {
        self.witness.knows()
    }

    /// Whether the reply to a message was heard to its end.
    pub(super) fn is_answered(&self, number: usize) -> bool {
        self.witness.is_answered(number)
    }

    /// When the last record came.
    pub(super) fn heard_at(&self) -> Instant {
        self.heard_at
    }

    /// Drops the connection. The next event comes over a new one.
    pub(super) fn hang_up(&mut self) {
        self.follower.drop_stream();
    }

    /// Hears everything up to the end of the greeting.
    pub(super) async fn greeted(&mut self) {
        while self.knows() && !self.witness.oracle.is_settled() {
            let event = self.event().await;
            self.hear(event).await;
        }
    }

    /// The next event, to be heard. Nothing is lost if the future is dropped.
    pub(super) async fn event(&mut self) -> Result<Event, Gone> {
        self.follower.next().await
    }

    /// Hears an event to its end: not to be dropped before.
    pub(super) async fn hear(&mut self, event: Result<Event, Gone>) {
        let event = match event {
            Ok(event) => event,
            Err(Gone) => return self.witness.give_up(),
        };
        if event.name == "reset" {
            let what = format!("the server does not know its own cursor: {}", event.data);
            self.witness.give_up();
            return self.fault(Fault::Wrong, self.witness.head(), &what);
        }
        let Some(id) = event.id else { return };
        let head = self.witness.head();
        let got = Got {
            event: Some(&event.name),
            json: &event.data,
        };
        match self.witness.read(got, &self.book).await {
            Ok(Foreseen::Well) => {}
            Ok(Foreseen::FailedEffect) => self.tally.error("effect failed"),
            Err(Amiss { fault, seq, what }) => self.fault(fault, seq, &what),
        }
        if self.witness.head() > head {
            self.follower.reached(id);
            self.heard_at = Instant::now();
        }
    }

    /// The server has acknowledged a message, for the first time or again.
    pub(super) fn acknowledged(&mut self, number: usize, seq: Seq) {
        match self.book.acknowledge(number, seq) {
            None => self.tally.counts().acknowledged += 1,
            Some(before) if before == seq => {}
            Some(before) => {
                let what = format!("a repeated message, which was acknowledged as seq {before}");
                self.fault(Fault::Doubled, seq, &what);
            }
        }
    }

    /// The server has not taken a message.
    pub(super) fn refused(&mut self, posted: Posted) -> Result<(), Stop> {
        match posted {
            Posted::Full => return Err(Stop::Full),
            Posted::Gone => {
                self.witness.give_up();
                return Err(Stop::Astray);
            }
            // The machine may have gone on by itself just then.
            Posted::NotOffered if self.witness.oracle.steps_alone() => {
                self.tally.error("option gone meanwhile");
            }
            Posted::NotOffered => {
                let what = "an option was refused that is on offer";
                self.fault(Fault::Wrong, self.witness.head(), what);
            }
            Posted::Accepted { .. } | Posted::Refused => {}
        }
        Ok(())
    }

    /// What the last message is owed did not come in time.
    pub(super) fn miss_last(&mut self) {
        let last = self.book.last();
        let acknowledged = last.and_then(|last| Some((last, self.book.acknowledged(last)?)));
        match acknowledged {
            Some((number, _)) if !self.is_answered(number) && self.follower.is_turned_away() => {
                self.tally.error(UNHEARD);
            }
            Some((number, seq)) if !self.is_answered(number) => {
                let waits_for = self.witness.oracle.waits_for();
                let what = format!("it was acknowledged, and {waits_for} did not come in time");
                self.fault(Fault::Lost, seq, &what);
                self.book.miss(number);
            }
            _ => self.tally.error("unanswered"),
        }
    }

    /// The greeting did not come in time.
    pub(super) fn miss_greeting(&mut self) {
        self.witness.give_up();
        if self.follower.is_turned_away() {
            self.tally.error(UNHEARD);
        } else {
            self.fault(Fault::Lost, 1, "the greeting did not come in time");
        }
    }

    /// What is known for the check at the end.
    pub(super) fn checked<'a>(&'a self, session: &'a Session) -> Checked<'a> {
        Checked {
            session,
            book: &self.book,
            seen: self.witness.head(),
            sound: self.sound,
        }
    }

    fn fault(&mut self, fault: Fault, seq: Seq, what: &str) {
        self.sound &= self.witness.knows();
        self.tally.fault(fault, &self.session, seq, what);
    }
}
