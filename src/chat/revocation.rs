//! Revocations: kept in the log, so that they outlive a restart, and felt by open streams at once.

use jiff::Timestamp;

use super::{Chat, ChatError};
use crate::record::UserId;

impl Chat {
    /// Has all tokens of `user` that were issued before `before` be good no more, and ends the streams that were opened
    /// with them.
    ///
    /// # Errors
    /// [`ChatError::Log`]; then nothing has changed.
    pub async fn revoke(&self, user: &UserId, before: Timestamp) -> Result<(), ChatError> {
        self.log.revoke(user, before).await?;
        self.hub.revoke(user, before);
        Ok(())
    }
}
