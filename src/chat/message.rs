//! A user's message: checked, in its turn, and once begun, finished.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;

use futures_util::FutureExt;

use super::seat::Seat;
use super::step::Sender;
use super::{Chat, ChatError};
use crate::record::{ClientId, Seq, SessionId, UserId};
use crate::registry::Live;
use crate::session::{Message, Said};

/// A message as it came from outside: what it says, or why it cannot be a message.
pub type Incoming = Result<Said, String>;

impl Chat {
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

    fn checked(&self, incoming: Incoming) -> Result<Said, ChatError> {
        let said = incoming.map_err(ChatError::Invalid)?;
        let Said::Text(text) = &said else {
            return Ok(said);
        };
        if text.chars().all(is_invisible) {
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

/// Whether a character alone shows nothing.
fn is_invisible(c: char) -> bool {
    let format =
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    format || c.is_whitespace() || c.is_control()
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
