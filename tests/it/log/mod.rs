//! Logs: the contract that every one of them keeps, a model that they are compared with, and what is SQLite's own.

mod contract;
mod erased;
mod model;
mod notices;
mod people;
mod sqlite;
mod versions;

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use statechat::log::{Batch, Log, MemoryLog, SqliteLog};
use statechat::record::{Kind, Record, Seq, SessionId, UserId, Waits};

use crate::folder::Folder;

/// A new log, with the folder it lives in, if it needs one.
struct Made {
    log: Option<Arc<dyn Log>>,
    folder: Option<Folder>,
}

impl Made {
    /// The log as the next process finds it; one in memory is gone with its process, and stays as it is.
    fn reopened(mut self) -> Self {
        if let Some(folder) = &self.folder {
            self.log = None;
            self.log = Some(Arc::new(open(folder.path())));
        }
        self
    }
}

impl Deref for Made {
    type Target = Arc<dyn Log>;

    fn deref(&self) -> &Arc<dyn Log> {
        self.log.as_ref().unwrap()
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // Closed before its folder is removed.
        self.log = None;
    }
}

fn memory() -> Made {
    Made {
        log: Some(Arc::new(MemoryLog::new(100_000))),
        folder: None,
    }
}

fn sqlite() -> Made {
    let folder = Folder::new();
    Made {
        log: Some(Arc::new(open(folder.path()))),
        folder: Some(folder),
    }
}

fn open(folder: &Path) -> SqliteLog {
    SqliteLog::open(&folder.join("log.db"), std::sync::Arc::default()).unwrap()
}

/// Runs the contract over the logs of one maker. A new store needs one more line below.
macro_rules! keeps_the_contract {
    ($maker:ident) => {
        keeps_the_contract! { $maker:
            contract {
                what_is_appended_is_read_back_as_it_was
                places_are_dense
                an_append_to_another_place_is_a_conflict_and_writes_nothing
                a_session_is_read_from_any_place_to_any_limit
                a_long_session_is_read_from_any_place_to_any_limit
                client_ids_are_loaded_with_their_places
                an_owners_sessions_come_last_used_first
                a_session_is_found_by_the_name_it_was_opened_as
                all_sessions_are_gone_through_in_pages
                an_erased_session_leaves_nothing_and_its_id_can_be_used_anew
                many_sessions_are_written_at_once
                of_competing_writers_one_gets_each_place
                nobody_sees_half_of_an_append
                an_append_nobody_waits_for_is_whole
                hostile_text_comes_back_as_it_was
                a_probe_changes_nothing
            }
            people {
                who_takes_part_is_kept_in_the_order_of_joining
                an_invitation_says_what_came_of_it
                a_refused_append_adds_nobody
                a_users_sessions_are_those_they_own_or_take_part_in
                who_takes_part_did_not_open_it
                of_competing_invitations_no_more_than_the_limit_join
                a_receipt_goes_up_only
                nobody_has_come_further_than_the_session
                receipts_are_each_users_and_each_sessions_own
                receipts_of_many_writers_only_go_up
                an_erased_session_leaves_nobody_behind
                people_and_receipts_are_there_when_it_is_opened_again
            }
            notices {
                a_revocation_moves_forward_only
                what_is_kept_is_found_until_it_is_past
                of_two_notifications_with_one_id_the_first_stays
                a_notification_is_delivered_to_each_user_once
                of_racing_deliveries_one_is_the_first
                what_is_past_is_forgotten_with_its_deliveries
                hostile_notifications_come_back_as_they_were
                notices_and_revocations_are_there_when_it_is_opened_again
            }
        }
    };
    ($maker:ident: $($part:ident { $($test:ident)* })*) => {
        mod $maker {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    super::$part::$test(super::super::$maker()).await;
                }
            )*)*
        }
    };
}

mod kept_by {
    use super::{contract, notices, people};

    keeps_the_contract!(memory);
    keeps_the_contract!(sqlite);
}

fn session(name: &str) -> SessionId {
    name.parse().unwrap()
}

fn user(name: &str) -> UserId {
    name.parse().unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::new(seconds, 123_456_789).unwrap()
}

fn record(seq: Seq, text: &str) -> Record {
    let public = serde_json::json!({ "seq": seq, "text": text });
    let private = serde_json::json!({ "private": text, "of": seq });
    Record {
        seq,
        kind: if seq % 2 == 1 {
            Kind::Message
        } else {
            Kind::Transition
        },
        public: public.to_string().into(),
        private: private.to_string().into(),
    }
}

/// An append of so many records to the session of `owner`, of which the head is believed to be at `expected`.
fn batch(name: &str, owner: &str, expected: Seq, count: u64) -> Batch {
    let head = expected + count;
    let texts = (expected + 1..=head).map(|seq| (seq, format!("{name} {seq}")));
    Batch {
        expected,
        records: texts.map(|(seq, text)| record(seq, &text)).collect(),
        row: statechat::record::HeadRow {
            session: session(name),
            bot: "bot".into(),
            owner: user(owner),
            opened_as: None,
            shape: format!("shape-{head}").into(),
            created: at(1_000),
            used: at(1_000 + i64::try_from(head).unwrap()),
            head,
            at: at(2_000 + i64::try_from(head).unwrap()),
            state: format!("{{\"at\":{head}}}").into(),
            waits: Waits {
                work: head.is_multiple_of(2),
                silence: head.is_multiple_of(3),
            },
        },
        client_id: None,
        participants: Vec::new(),
    }
}
