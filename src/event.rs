//! Events: a record or a passing thing as the bytes of server-sent events, encoded once.
//!
//! Whatever goes into `data:` is JSON on one line, and whatever goes into `id:` and `event:` is ours, so no text
//! of a user can end a line here.

use std::io::Write;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::record::{Receipt, Record, Seq, SessionId, Speaker, UserId};

/// Most events that pass are no larger, and written without asking for more memory on the way.
const PASSING_BYTES: usize = 128;

/// Where a client stands in a log: the id of the last durable event it saw, `<seq>.<check>`.
///
/// The check is a hash of session and record, so that a cursor from another session or another history of the
/// same session is known. Clients treat the whole as opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The record's place.
    pub seq: Seq,
    check: u16,
}

impl Cursor {
    /// The cursor of a record.
    #[must_use]
    pub fn of(session: &SessionId, record: &Record) -> Self {
        // What is long goes first: with a seed of its own it would take twice as long.
        let seed = xxh3_64(record.public.as_bytes()) ^ record.seq;
        let hash = xxh3_64_with_seed(session.as_str().as_bytes(), seed);
        Self {
            seq: record.seq,
            check: (hash & 0xffff) as u16,
        }
    }

    /// Reads a cursor as it was written; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, check) = text.split_once('.')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(seq) || check.len() != 4 || !check.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        Some(Self {
            seq: seq.parse().ok()?,
            check: u16::from_str_radix(check, 16).ok()?,
        })
    }

    /// Writes it as [`Cursor::parse`] reads it. Without `write!`, which takes several times as long: each event has one.
    pub fn write(self, bytes: &mut BytesMut) {
        let digit = |shift: u16| b"0123456789abcdef"[usize::from(self.check >> shift & 0xf)];
        bytes.extend_from_slice(itoa::Buffer::new().format(self.seq).as_bytes());
        bytes.extend_from_slice(b".");
        bytes.extend_from_slice(&[12, 8, 4, 0].map(digit));
    }
}

/// About how long a record's event is; not less.
#[must_use]
pub fn durable_len(record: &Record) -> usize {
    // The longest seq, the check, the event's name, and the names of the three fields.
    record.public.len() + 64
}

/// Records as events, one piece of a stream.
#[must_use]
pub fn all_durable(session: &SessionId, records: &[Record]) -> Bytes {
    durable_up_to(session, records).0
}

/// As [`all_durable`], and where a client stands that has them; `None` if there are none.
#[must_use]
pub fn durable_up_to(session: &SessionId, records: &[Record]) -> (Bytes, Option<Cursor>) {
    let len = records.iter().map(durable_len).sum();
    let mut bytes = BytesMut::with_capacity(len);
    let mut last = None;
    for record in records {
        last = Some(write_durable(&mut bytes, session, record));
    }
    (bytes.freeze(), last)
}

fn write_durable(bytes: &mut BytesMut, session: &SessionId, record: &Record) -> Cursor {
    debug_assert!(
        !record.public.contains(['\r', '\n']),
        "a line end in an event's data would end the event"
    );
    bytes.extend_from_slice(b"id: ");
    let cursor = Cursor::of(session, record);
    cursor.write(bytes);
    let (event, data) = (record.kind.event(), &*record.public);
    for part in ["\nevent: ", event, "\ndata: ", data, "\n\n"] {
        bytes.extend_from_slice(part.as_bytes());
    }
    cursor
}

/// A thing that passes: an event without an id, so that the client's cursor stays where it is. With `retry`, it
/// also tells the client how long to wait before it connects again.
///
/// # Panics
/// If `data` cannot be JSON: only our own types come here.
#[must_use]
pub fn passing(event: &'static str, data: &impl Serialize, retry: Option<Duration>) -> Bytes {
    let mut bytes = Vec::with_capacity(PASSING_BYTES);
    if let Some(retry) = retry {
        writeln!(bytes, "retry: {}", retry.as_millis()).expect("writing to a Vec cannot fail");
    }
    for part in ["event: ", event, "\ndata: "] {
        bytes.extend_from_slice(part.as_bytes());
    }
    serde_json::to_writer(&mut bytes, data).expect("an event's data is plain data");
    bytes.extend_from_slice(b"\n\n");
    bytes.into()
}

/// A notification with this data, which is [`Notified`] as JSON.
#[must_use]
pub fn notification(data: &str) -> Bytes {
    debug_assert!(
        !data.contains(['\r', '\n']),
        "a line end in an event's data would end the event"
    );
    format!("event: notification\ndata: {data}\n\n").into()
}

/// The data of a notification.
#[derive(Serialize)]
pub struct Notified<'a> {
    /// Its name.
    pub id: &'a str,
    /// What kind of event it is, to its receivers.
    pub event: &'a str,
    /// What it says, on one line.
    pub data: &'a RawValue,
    /// When it was sent.
    #[serde(serialize_with = "crate::record::rfc3339")]
    pub at: Timestamp,
}

impl Notified<'_> {
    /// As it is sent and kept.
    ///
    /// # Panics
    /// Never: it is plain data.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("an event's data is plain data")
    }
}

/// The first event of a stream.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Connected<'a> {
    /// The session it follows; `null` if only topics.
    pub session: Option<&'a SessionId>,
    /// The last record's place when it opened; absent without a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<Seq>,
    /// When it opened.
    #[serde(serialize_with = "crate::record::rfc3339")]
    pub at: Timestamp,
    /// The stream's own name.
    pub stream: &'a str,
    /// How often to expect a sign of life.
    pub heartbeat_ms: u64,
}

/// A sign of life.
#[derive(Serialize)]
pub struct Heartbeat {
    /// When it was sent.
    #[serde(serialize_with = "crate::record::rfc3339")]
    pub at: Timestamp,
}

/// The cursor did not match: the whole conversation follows.
#[derive(Serialize)]
pub struct Reset {
    /// What was wrong with the cursor.
    pub reason: &'static str,
}

/// The last event of a stream that the server ends.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ending<'a> {
    /// Why it ends.
    pub reason: &'a str,
    /// How long to wait before the next try.
    pub retry_ms: u64,
}

/// How far a member of the conversation has come.
#[derive(Serialize)]
pub struct Status<'a> {
    /// Who.
    pub user: &'a UserId,
    /// Up to where they have it.
    #[serde(flatten)]
    pub receipt: Receipt,
}

/// Somebody types, or does not any more.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Typing<'a> {
    /// Who.
    pub from: &'a Speaker,
    /// Whether they do.
    pub is_typing: bool,
}

/// Something new in a conversation that waits for a person or is with one, for agents.
#[derive(Serialize)]
pub struct Inbox<'a> {
    /// Which conversation.
    pub session: &'a SessionId,
    /// What is new: `waiting`, `taken`, `message` or `ended`.
    pub change: &'static str,
    /// Its place in the line, if it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<usize>,
    /// The place of its last record, if that is what is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
}

/// Where a conversation that waits for a person stands in the line.
#[derive(Serialize)]
pub struct Line {
    /// Its place, from 1; `None` once it waits no more.
    pub place: Option<usize>,
    /// How many wait.
    pub waiting: usize,
}

/// Events that passed and that a slow stream never got.
#[derive(Serialize)]
pub struct Skipped {
    /// How many.
    pub count: u64,
    /// When the first of them passed.
    #[serde(serialize_with = "crate::record::rfc3339")]
    pub since: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is() {
        let session: SessionId = "s1".parse().unwrap();
        let record = Record {
            seq: 7,
            kind: Kind::Message,
            public: "{}".into(),
            private: "{}".into(),
        };
        let cursor = Cursor::of(&session, &record);
        for check in [0, 0xa, 0x1b2, 0xffff, cursor.check] {
            let cursor = Cursor { seq: 7, check };
            let mut written = BytesMut::new();
            cursor.write(&mut written);
            assert_eq!(written, format!("7.{check:04x}"));
            let written = std::str::from_utf8(&written).unwrap();
            assert_eq!(Cursor::parse(written), Some(cursor));
        }
        assert_ne!(Cursor::of(&"s2".parse().unwrap(), &record), cursor);
        for bad in [
            "",
            "7",
            "7.",
            ".abcd",
            "-1.abcd",
            "+7.abcd",
            "7.abc",
            "7.abcde",
            "7.wxyz",
            "7.ab.cd",
            " 7.abcd",
            "99999999999999999999.abcd",
        ] {
            assert_eq!(Cursor::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn an_event_is_three_lines_and_an_empty_one() {
        let bytes = passing(
            "heartbeat",
            &Reset { reason: "x" },
            Some(Duration::from_secs(2)),
        );
        assert_eq!(
            bytes,
            "retry: 2000\nevent: heartbeat\ndata: {\"reason\":\"x\"}\n\n"
        );
    }
}
