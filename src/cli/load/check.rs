//! The check at the end: the whole transcript against the machine and against what was acknowledged.

use std::sync::Arc;

use reqwest::StatusCode;
use tokio::time::Instant;

use super::backoff::Backoff;
use super::book::Book;
use super::got::Got;
use super::post::gone;
use super::tally::{Fault, Tally};
use super::witness::{Amiss, Witness};
use crate::client::{ClientError, Session, Transcript};
use crate::record::Seq;
use crate::registry::Host;

/// Records that are read at once.
const PAGE: u64 = 1_000;

/// What is known of a session when it is checked.
pub(super) struct Checked<'a> {
    pub(super) session: &'a Session,
    pub(super) book: &'a Book,
    /// The last place that came over the stream.
    pub(super) seen: Seq,
    /// Whether nothing was amiss on the stream: then everything is news that is amiss here.
    pub(super) sound: bool,
}

/// Why there is no transcript.
enum Unread {
    /// There is no such session.
    Gone,
    /// Not to be had, or not in time.
    Unreadable,
}

impl Checked<'_> {
    /// Reads the transcript, if that can be done before `deadline`, and counts what is amiss.
    pub(super) async fn check(&self, host: Arc<dyn Host>, deadline: Instant, tally: &Tally) {
        let mut witness = Witness::new(host);
        let reading = self.read(&mut witness, tally);
        match tokio::time::timeout_at(deadline, reading).await {
            Ok(Ok(()) | Err(Unread::Gone)) => self.compare(&witness, tally),
            Ok(Err(Unread::Unreadable)) | Err(_) => tally.counts().unchecked += 1,
        }
    }

    async fn read(&self, witness: &mut Witness, tally: &Tally) -> Result<(), Unread> {
        let (mut read, mut head) = (0, PAGE);
        while read < head {
            // The page is counted back from its end.
            let end = head.min(read + PAGE);
            let page = self.page(end + 1, end - read, tally).await?;
            if page.records.is_empty() {
                break;
            }
            head = page.head;
            read += page.records.len() as Seq;
            for record in &page.records {
                let (event, json) = (None, record.get());
                let reading = witness.read(Got { event, json }, self.book).await;
                if let (Err(Amiss { fault, seq, what }), true) = (reading, self.sound) {
                    let what = format!("in the transcript, {what}");
                    tally.fault(fault, &self.session.id, seq, &what);
                }
            }
        }
        Ok(())
    }

    async fn page(&self, before: Seq, limit: u64, tally: &Tally) -> Result<Transcript, Unread> {
        let mut backoff = Backoff::default();
        loop {
            let error = match self.session.transcript(before, limit).await {
                Ok(page) => return Ok(page),
                Err(error) => error,
            };
            tally.client_error(&error);
            match &error {
                ClientError::Problem { status, .. } if *status == StatusCode::NOT_FOUND => {
                    return Err(Unread::Gone);
                }
                error if gone(error) => return Err(Unread::Unreadable),
                _ => tokio::time::sleep(backoff.next()).await,
            }
        }
    }

    /// What was acknowledged or came over the stream has to be there.
    fn compare(&self, witness: &Witness, tally: &Tally) {
        let id = &self.session.id;
        let mut lost = false;
        for (number, seq) in self.book.owed() {
            match witness.place(number) {
                Some(place) if place == seq || !self.sound => {}
                Some(place) => {
                    let what =
                        format!("it was acknowledged, and the transcript has it at seq {place}");
                    tally.fault(Fault::Wrong, id, seq, &what);
                }
                None => {
                    lost = true;
                    let what = "it was acknowledged, and is not in the transcript";
                    tally.fault(Fault::Lost, id, seq, what);
                }
            }
        }
        if witness.head() < self.seen && self.sound && !lost {
            let what = format!("it came, and the transcript ends at seq {}", witness.head());
            tally.fault(Fault::Lost, id, self.seen, &what);
        }
    }
}
