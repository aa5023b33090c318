//! Posting a message until it is answered, over whatever happens to the server meanwhile.

use std::time::{Duration, Instant};

use reqwest::StatusCode;

use super::backoff::Backoff;
use super::tally::Tally;
use crate::client::{self, ClientError, Connection};
use crate::record::{ClientId, Seq};
use crate::session::Said;

/// How long to wait where the server says that it was too fast, and not for how long.
const SLOW_DOWN: Duration = Duration::from_secs(1);

/// What the server answered.
#[derive(Debug)]
pub(super) enum Posted {
    /// The message is at this place.
    Accepted {
        seq: Seq,
        /// When it was sent; after it had been too fast, when it was sent again.
        begun: Instant,
    },
    /// The option is not on offer.
    NotOffered,
    /// The session takes no more messages.
    Full,
    /// The session is not to be had any more; counted.
    Gone,
    /// Refused otherwise; counted.
    Refused,
}

/// Sends a message again and again, by the same name, until it is answered.
pub(super) async fn post(
    connection: &mut Connection,
    said: &Said,
    client_id: &ClientId,
    tally: &Tally,
) -> Posted {
    let said = match said {
        Said::Choose(id) => client::Said::Choose(id),
        Said::Text(text) => client::Said::Text(text),
    };
    let mut backoff = Backoff::default();
    let mut begun = Instant::now();
    loop {
        let error = match connection.send(&said, client_id).await {
            Ok(seq) => return Posted::Accepted { seq, begun },
            Err(error) => error,
        };
        if let Some(wait) = too_fast(&error) {
            tally.counts().slowed += 1;
            tokio::time::sleep(wait).await;
            begun = Instant::now();
            continue;
        }
        if let Some(refused) = refused(&error) {
            if matches!(refused, Posted::Refused | Posted::Gone) {
                tally.client_error(&error);
            }
            return refused;
        }
        tally.client_error(&error);
        tokio::time::sleep(backoff.next()).await;
    }
}

/// How long to wait, if the server says that it was too fast.
pub(super) fn too_fast(error: &ClientError) -> Option<Duration> {
    match error {
        ClientError::Problem {
            status: StatusCode::TOO_MANY_REQUESTS,
            retry_after,
            ..
        } => Some(retry_after.unwrap_or(SLOW_DOWN)),
        _ => None,
    }
}

/// Whether the session is not to be had any more, whatever is tried.
pub(super) fn gone(error: &ClientError) -> bool {
    match error {
        ClientError::Problem { status, .. } => [401, 403, 404, 410].contains(&status.as_u16()),
        _ => false,
    }
}

/// The answer, if trying again cannot change it.
fn refused(error: &ClientError) -> Option<Posted> {
    match error {
        error if gone(error) => Some(Posted::Gone),
        ClientError::Problem { code, .. } if code == "not_offered" => Some(Posted::NotOffered),
        ClientError::Problem { code, .. } if code == "session_full" => Some(Posted::Full),
        ClientError::Problem { status, .. } if status.is_client_error() => Some(Posted::Refused),
        _ => None,
    }
}
