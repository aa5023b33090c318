//! Revocations: kept in the log, so that they outlive a restart.

use jiff::Timestamp;

use super::{Chat, ChatError};
use crate::record::UserId;

impl Chat {
    /// Notes that tokens of `user` that were issued before `before` are good no more. Open streams do not feel it.
    ///
    /// # Errors
    /// [`ChatError::Log`]; then nothing has changed.
    pub async fn revoke(&self, user: &UserId, before: Timestamp) -> Result<(), ChatError> {
        self.log.revoke(user, before).await?;
        Ok(())
    }
}
