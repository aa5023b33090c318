//! A user's message: checked, in its turn, and once begun, finished.

use std::sync::Arc;

use super::finishing::finished;
use super::seat::Seat;
use super::speech::{Speech, Words};
use super::step::Sender;
use super::{Chat, ChatError};
use crate::bot::is_visible;
use crate::identity::Identity;
use crate::record::{ClientId, Seq, SessionId};
use crate::registry::Live;
use crate::session::Said;

/// A message as it came from outside: what it says, or why it cannot be a message.
pub type Incoming = Result<Said, String>;

impl Chat {
    /// A message of `who` to `session`; answers the place of its record.
    ///
    /// The client id is looked up before anything else: a repetition gets the answer of the first time, whatever
    /// else it holds.
    ///
    /// # Errors
    /// Any [`ChatError`] but `NoBot`; nothing was written then.
    pub async fn post(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Arc<Identity>,
        incoming: Incoming,
        client_id: Option<ClientId>,
    ) -> Result<Seq, ChatError> {
        let seat = self.seat_of(session, who).await?;
        seat.speaker(who)?;
        let name = client_id.as_ref().map(|id| seat.name_of(&who.user, id));
        if let Some(name) = &name
            && let Some(seq) = seat.known(name)
        {
            return Ok(seq);
        }
        let said = self.checked(incoming)?;
        seat.take_permit(&who.user, self.limits.rate)?;
        let words = Words {
            who: Arc::clone(who),
            said,
            client_id,
        };
        finished(Arc::clone(self).post_in_turn(seat, words, name)).await
    }

    async fn post_in_turn(
        self: Arc<Self>,
        seat: Arc<Seat>,
        words: Words,
        name: Option<ClientId>,
    ) -> Result<Seq, ChatError> {
        let turn = seat.line_up()?;
        let mut current = seat.current.lock().await;
        drop(turn);
        if let Some(name) = &name
            && let Some(seq) = seat.known(name)
        {
            return Ok(seq);
        }
        // Asked now: whoever had the conversation may have given it back while this waited.
        let speech = Speech::of(&seat, &current.row.bot, words)?;
        if current.row.head.saturating_add(2) > self.limits.session_records_max {
            return Err(ChatError::Full);
        }
        let sender = Sender::User(name);
        let act = |live: &mut dyn Live, at| Ok(Some(speech.clone().enter(live, at)?));
        let first = self.step(&seat, &mut current, sender, act).await?;
        self.end_typing(&seat, speech.user());
        self.await_silence(&seat.id, &mut current);
        Ok(first.unwrap_or(current.row.head))
    }

    fn checked(&self, incoming: Incoming) -> Result<Said, ChatError> {
        let said = incoming.map_err(ChatError::Invalid)?;
        let Said::Text(text) = &said else {
            return Ok(said);
        };
        if !text.chars().any(is_visible) {
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
}
