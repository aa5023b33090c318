//! The witness: reads a session's records, from a stream or a transcript, and says what is amiss.

use std::sync::Arc;

use super::book::Book;
use super::got::Got;
use super::oracle::{Foreseen, Oracle, Refuted};
use super::tally::Fault;
use crate::record::Seq;
use crate::registry::Host;

/// A reader of one session's records.
pub(super) struct Witness {
    pub(super) oracle: Oracle,
    /// The last place that was read.
    head: Seq,
    /// Where each message of the book was read.
    places: Vec<Option<Seq>>,
    /// Whether the oracle still knows where the conversation is.
    knows: bool,
}

/// What is amiss with a record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Amiss {
    pub(super) fault: Fault,
    pub(super) seq: Seq,
    pub(super) what: String,
}

impl Witness {
    pub(super) fn new(host: Arc<dyn Host>) -> Self {
        Self {
            oracle: Oracle::new(host),
            head: 0,
            places: Vec::new(),
            knows: true,
        }
    }

    pub(super) fn head(&self) -> Seq {
        self.head
    }

    /// Whether what comes next can be predicted. Once it cannot, only places are read.
    pub(super) fn knows(&self) -> bool {
        self.knows
    }

    /// Where the message of this number was read.
    pub(super) fn place(&self, number: usize) -> Option<Seq> {
        self.places.get(number).copied().flatten()
    }

    /// Whether the reply to the message of this number was read to its end.
    pub(super) fn is_answered(&self, number: usize) -> bool {
        self.place(number).is_some() && self.oracle.is_settled()
    }

    /// Nothing that comes can be predicted any more.
    pub(super) fn give_up(&mut self) {
        self.knows = false;
    }

    /// Reads the next record.
    pub(super) async fn read(&mut self, got: Got<'_>, book: &Book) -> Result<Foreseen, Amiss> {
        let Some(envelope) = got.envelope() else {
            let what = format!("what came is no record: {}", got.shown());
            return Err(self.lost_track(Fault::Wrong, self.head + 1, what));
        };
        let seq = envelope.seq;
        if seq <= self.head {
            let (fault, what) = (Fault::Doubled, "came for a second time".to_owned());
            return Err(Amiss { fault, seq, what });
        }
        let missing = self.head + 1..seq;
        self.head = seq;
        let number = envelope.client_id.as_ref().and_then(Book::number);
        if let Some(before) = number.and_then(|number| self.noted(number, seq)) {
            let what = format!("the message is there already, at seq {before}");
            return Err(self.lost_track(Fault::Doubled, seq, what));
        }
        if !missing.is_empty() && self.knows {
            let what = format!("nothing came between seq {} and this", missing.start - 1);
            return Err(self.lost_track(Fault::Gap, seq, what));
        }
        if !self.knows {
            return Ok(Foreseen::Well);
        }
        let said = number.and_then(|number| book.said(number));
        let taken = self.oracle.take(got, &envelope, said).await;
        taken.map_err(|Refuted(what)| self.lost_track(Fault::Wrong, seq, what))
    }

    /// Notes where a message is; answers where it was before.
    fn noted(&mut self, number: usize, seq: Seq) -> Option<Seq> {
        if self.places.len() <= number {
            self.places.resize(number + 1, None);
        }
        self.places[number].replace(seq)
    }

    fn lost_track(&mut self, fault: Fault, seq: Seq, what: String) -> Amiss {
        self.knows = false;
        Amiss { fault, seq, what }
    }
}
