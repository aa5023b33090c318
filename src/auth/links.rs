//! Links: codes that are good once and not for long, by which whoever sees the server's terminal becomes its
//! administrator in a browser. Not a token: what stands in an address is seen by too many.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::random_id;
use crate::identity::{Identity, Role};

/// How long a link is good for.
pub const LINK_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// How long who came by a link is an administrator.
const ADMIN_LIFETIME: Duration = Duration::from_secs(8 * 60 * 60);

/// The one link that is good: a new one takes its place.
#[derive(Default)]
pub(super) struct Links {
    // A std Mutex, and not tokio's: nothing waits while it is held.
    good: Mutex<Option<(String, Timestamp)>>,
}

impl Links {
    /// A new code.
    pub(super) fn issue(&self, now: Timestamp) -> Result<String, getrandom::Error> {
        let code = random_id()?;
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        *good = Some((code.clone(), now + LINK_LIFETIME));
        Ok(code)
    }

    /// The administrator that `code` makes, which is good no more then.
    pub(super) fn redeem(&self, code: &str, now: Timestamp) -> Option<Identity> {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.take_if(|(known, until)| code == known && now < *until)?;
        let user = "admin".parse().expect("letters are an id");
        Some(Identity {
            role: Role::Admin,
            ..Identity::new(user, now, now + ADMIN_LIFETIME)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_good_once_and_not_for_long() {
        let (links, now) = (Links::default(), Timestamp::now());
        let code = links.issue(now).unwrap();
        assert_eq!(links.redeem("x", now), None);
        assert_eq!(links.redeem(&code, now + LINK_LIFETIME), None);
        assert!(links.redeem(&code, now).unwrap().is_admin());
        assert_eq!(links.redeem(&code, now), None);
        let replaced = links.issue(now).unwrap();
        let last = links.issue(now).unwrap();
        assert_eq!(links.redeem(&replaced, now), None);
        assert!(links.redeem(&last, now).is_some());
    }
}
