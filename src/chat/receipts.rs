//! Receipts: how far each member has received and read a conversation.

use std::sync::Arc;

use super::{Chat, ChatError, now};
use crate::event::{Status, passing};
use crate::identity::Identity;
use crate::record::{Receipt, Seq, SessionId};

impl Chat {
    /// Notes how far `who` has come, and answers what holds now: marks only go up, and not past the head. The others
    /// are told of a change.
    ///
    /// # Errors
    /// [`ChatError::NoSession`], [`ChatError::Watching`], [`ChatError::RateLimited`] or [`ChatError::Log`].
    pub async fn receive(
        self: &Arc<Self>,
        session: &SessionId,
        who: &Identity,
        receipt: Receipt,
    ) -> Result<Receipt, ChatError> {
        let seat = self.seat_of(session, who).await?;
        seat.speaker(who)?;
        seat.take_aside_permit(&who.user, self.limits.rate)?;
        let known = seat.members().receipts.get(&who.user).copied();
        let known = known.unwrap_or_default();
        if known.raised(receipt, seat.head()) == known {
            return Ok(known);
        }
        let held = self.log.receive(session, &who.user, receipt).await?;
        // Two answers of the log may come here in either order: marks only go up.
        let (before, held) = {
            let mut members = seat.members();
            let mark = members.receipts.entry(who.user.clone()).or_default();
            let before = *mark;
            *mark = before.raised(held, Seq::MAX);
            (before, *mark)
        };
        if before != held {
            let status = passing(
                "status",
                &Status {
                    user: &who.user,
                    receipt: held,
                },
                None,
            );
            self.hub.tell(session, &status, Some(&who.user), now());
        }
        Ok(held)
    }
}
