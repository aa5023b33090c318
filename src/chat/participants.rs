//! Participants: invited by who takes part already.

use std::sync::Arc;

use super::finishing::finished;
use super::seat::Seat;
use super::{Chat, ChatError, now};
use crate::hub::presence::Attention;
use crate::identity::Identity;
use crate::log::Invited;
use crate::record::{SessionId, SpeakerKind, UserId};

impl Chat {
    /// Has `users` take part in a session of `who`, and answers all who do, its owner first.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Watching`], [`ChatError::NotUser`], [`ChatError::Crowded`],
    /// [`ChatError::RateLimited`] or [`ChatError::Log`]. Those who were invited before one of these stay.
    pub async fn invite(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
        users: &[UserId],
    ) -> Result<Vec<UserId>, ChatError> {
        let seat = self.seat_of(session, who).await?;
        // An agent is a guest here, and brings no others.
        if !who.is_admin() && seat.speaker(who)? != SpeakerKind::User {
            return Err(ChatError::NotUser);
        }
        let max = self.limits.participants_max;
        if users.len() > max {
            return Err(ChatError::Crowded { max });
        }
        seat.take_aside_permit(&who.user, self.limits.rate)?;
        let (chat, users) = (Arc::clone(self), users.to_vec());
        finished(async move { chat.invite_all(&seat, users).await }).await
    }

    async fn invite_all(&self, seat: &Seat, users: Vec<UserId>) -> Result<Vec<UserId>, ChatError> {
        let max = self.limits.participants_max;
        for user in users {
            if self.log.invite(&seat.id, &user, max).await? == Invited::Full {
                return Err(ChatError::Crowded { max });
            }
            let participants = &mut seat.members().participants;
            if user != seat.owner && !participants.contains(&user) {
                participants.push(user);
            }
        }
        self.company.meet(&seat.id, &seat.people());
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
        seat.take_aside_permit(&who.user, self.limits.rate)?;
        self.company.attend(&who.user, stream, attention, now());
        Ok(())
    }
}
