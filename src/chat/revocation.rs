//! Revocations: felt by the streams that are open, and kept in the log, so that they outlive a restart.

use jiff::Timestamp;

use super::Chat;
use crate::log::LogError;
use crate::record::UserId;

/// A revocation holds for now, and the log did not take it.
#[derive(Debug, thiserror::Error)]
#[error("the tokens are void until a restart, but that could not be stored ({0}); send it again")]
pub struct Unstored(#[from] LogError);

impl Chat {
    /// Ends the streams of `user` that were opened with tokens issued before `before`, and writes down that those are
    /// good no more.
    ///
    /// # Errors
    /// [`Unstored`]; the streams have ended all the same.
    pub async fn revoke(&self, user: &UserId, before: Timestamp) -> Result<(), Unstored> {
        self.hub.revoke(user, before);
        Ok(self.log.revoke(user, before).await?)
    }
}
