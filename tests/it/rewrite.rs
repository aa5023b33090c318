//! What cannot be waited for: a session as it would be after a day, or after another bot had written it.

use statechat::log::{Batch, Log};
use statechat::record::{HeadRow, Record, SessionId};

/// Writes a session anew, with `change` made to its head row and its records. Nobody may have it open.
pub(crate) async fn rewrite(
    log: &dyn Log,
    id: &SessionId,
    change: impl FnOnce(&mut HeadRow, &mut [Record]),
) {
    let stored = log.load(id).await.unwrap().unwrap();
    let mut row = stored.row;
    let mut records = log.read(id, 0, 1_000).await.unwrap();
    change(&mut row, &mut records);
    log.erase(id).await.unwrap();
    let batch = Batch {
        expected: 0,
        records,
        row,
        client_id: None,
        participants: stored.participants,
    };
    log.append(batch).await.unwrap();
}
