//! The book: what one user has sent in one session, by number.

use crate::record::{ClientId, Seq};
use crate::session::Said;

/// A user's messages, in the order in which they were first sent.
#[derive(Default)]
pub(super) struct Book {
    sent: Vec<Sent>,
}

struct Sent {
    said: Said,
    /// The place that the server acknowledged.
    acknowledged: Option<Seq>,
    /// Counted as lost already.
    missed: bool,
}

impl Book {
    /// Writes a message down; answers its number.
    pub(super) fn write(&mut self, said: Said) -> usize {
        self.sent.push(Sent {
            said,
            acknowledged: None,
            missed: false,
        });
        self.sent.len() - 1
    }

    /// The name by which the message of this number is sent.
    pub(super) fn client_id(number: usize) -> ClientId {
        let name = format!("m{number}");
        name.parse().expect("a letter and digits are an id")
    }

    /// The number of the message that is sent by this name.
    pub(super) fn number(client_id: &ClientId) -> Option<usize> {
        let number = client_id.as_str().strip_prefix('m')?.parse().ok()?;
        // Nobody sends more messages in one session; a name from elsewhere is none of ours.
        (number < 10_000_000).then_some(number)
    }

    pub(super) fn said(&self, number: usize) -> Option<&Said> {
        self.sent.get(number).map(|sent| &sent.said)
    }

    /// The number of the last message.
    pub(super) fn last(&self) -> Option<usize> {
        self.sent.len().checked_sub(1)
    }

    /// The server acknowledged a message; answers the place that it acknowledged before.
    pub(super) fn acknowledge(&mut self, number: usize, seq: Seq) -> Option<Seq> {
        let sent = self.sent.get_mut(number)?;
        let before = sent.acknowledged;
        sent.acknowledged = before.or(Some(seq));
        before
    }

    pub(super) fn acknowledged(&self, number: usize) -> Option<Seq> {
        self.sent.get(number)?.acknowledged
    }

    pub(super) fn is_acknowledged(&self, number: usize) -> bool {
        self.acknowledged(number).is_some()
    }

    /// The message was counted as lost, and is not counted again.
    pub(super) fn miss(&mut self, number: usize) {
        if let Some(sent) = self.sent.get_mut(number) {
            sent.missed = true;
        }
    }

    /// The messages that must be there: number and acknowledged place.
    pub(super) fn owed(&self) -> impl Iterator<Item = (usize, Seq)> {
        let sent = self.sent.iter().enumerate();
        sent.filter(|(_, sent)| !sent.missed)
            .filter_map(|(number, sent)| Some((number, sent.acknowledged?)))
    }
}
