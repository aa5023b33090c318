//! A conversation that can only be read: its machine has changed, and its bot does not want it to go on.

use std::sync::Arc;

use jiff::Timestamp;
use smol_str::SmolStr;

use super::{Attendance, Handoff, Live, Outcome, Refused, Stepped};
use crate::bot::WorkId;
use crate::record::{HeadRow, Offer, Public, Record, Seq, Waits};
use crate::session::{Message, Note};

/// Takes nothing, waits for nothing, and is stored as it was.
#[derive(Clone, Debug)]
pub struct Frozen {
    head: Seq,
    shape: SmolStr,
    state: Arc<str>,
    path: Vec<SmolStr>,
}

impl Frozen {
    /// The conversation of `row`, whose last record is `last`.
    #[must_use]
    pub fn new(row: &HeadRow, last: Option<&Record>) -> Self {
        let last = last.and_then(|record| serde_json::from_str::<Public>(&record.public).ok());
        Self {
            head: row.head,
            shape: row.shape.clone(),
            state: Arc::clone(&row.state),
            path: last.and_then(|public| public.state).unwrap_or_default(),
        }
    }
}

impl Live for Frozen {
    fn boxed_clone(&self) -> Box<dyn Live> {
        Box::new(self.clone())
    }

    fn say(&mut self, _message: Message, _at: Timestamp) -> Result<Stepped, Refused> {
        Err(Refused::ReadOnly)
    }

    fn note(&mut self, _note: Note, _at: Timestamp) -> Result<Stepped, Refused> {
        Err(Refused::ReadOnly)
    }

    fn finish(
        &mut self,
        _id: WorkId,
        _outcome: Option<&Outcome>,
        _at: Timestamp,
    ) -> Option<Stepped> {
        None
    }

    fn enter_at_hand(&mut self, _stepped: &mut Stepped, _at: Timestamp) {}

    fn ring(&mut self, _id: WorkId, _at: Timestamp) -> Option<Stepped> {
        None
    }

    fn idle(&mut self, _at: Timestamp) -> Option<Stepped> {
        None
    }

    fn attended(&mut self, _change: &Attendance, _at: Timestamp) -> Option<Stepped> {
        None
    }

    fn handoff(&self) -> Option<Handoff> {
        None
    }

    fn waits(&self) -> Waits {
        Waits::default()
    }

    fn pending(&self) -> Stepped {
        Stepped::default()
    }

    fn shape(&self) -> SmolStr {
        self.shape.clone()
    }

    fn state(&self) -> Arc<str> {
        Arc::clone(&self.state)
    }

    fn head(&self) -> Seq {
        self.head
    }

    fn path(&self) -> Vec<SmolStr> {
        self.path.clone()
    }

    fn offers(&self) -> Vec<Offer> {
        Vec::new()
    }
}
