//! Participants: invited by who takes part already.

use std::sync::Arc;

use super::{Chat, ChatError, now};
use crate::hub::presence::Attention;
use crate::identity::Identity;
use crate::log::Invited;
use crate::record::{SessionId, UserId};

impl Chat {
    /// Has `users` take part in a session of `who`, and answers all who do, its owner first.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Watching`], [`ChatError::Crowded`] or [`ChatError::Log`]. Those who
    /// were invited before one of these stay.
    pub async fn invite(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
        users: &[UserId],
    ) -> Result<Vec<UserId>, ChatError> {
        let seat = self.seat_of(session, who).await?;
        if !who.is_admin() {
            seat.speaker(who)?;
        }
        let max = self.limits.participants_max;
        for user in users {
            match self.log.invite(session, user, max).await? {
                Invited::Joined => seat.members().participants.push(user.clone()),
                Invited::Already => {}
                Invited::Full => return Err(ChatError::Crowded { max }),
            }
        }
        self.company.meet(session, &seat.people());
        Ok(seat.people())
    }

    /// A page of `who` is looked at, or not any more: that of `stream`, or all of them.
    ///
    /// # Errors
    /// [`ChatError::NoSession`] or [`ChatError::RateLimited`].
    pub async fn attend(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
        stream: Option<&str>,
        attention: Attention,
    ) -> Result<(), ChatError> {
        let seat = self.seat_of(session, who).await?;
        seat.take_aside_permit(self.limits.rate)?;
        self.company.attend(&who.user, stream, attention, now());
        Ok(())
    }
}
