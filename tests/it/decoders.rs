//! Outside decoders read our bytes alike: 20,000 events of the worst text, as bytes, and what they must be read as.
//!
//! The bytes and the expected events are left in `target/tmp/events`, for the decoders of `tests/web`.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use serde::Serialize;
use serde_json::{Value, json};
use sse_stream::SseByteStream;
use statechat::event::{Cursor, all_durable, passing};
use statechat::record::{Kind, Record, SessionId};

use crate::dice::{Dice, seed};

const EVENTS: usize = 20_000;

/// What stands for an end of line, or for a field, or for nothing, to somebody.
const PIECES: &[&str] = &[
    "\r",
    "\n",
    "\r\n",
    "\n\n",
    "\r\r",
    "\r\n\r\n",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{b}",
    "\u{c}",
    "\0",
    "\u{1}",
    "\u{1b}[31m",
    "\u{1c}",
    "\u{1d}",
    "\u{1e}",
    "\u{7f}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "data: x",
    "\ndata: y\n\n",
    "\nid: 99.abcd\n",
    "\nevent: reset\n",
    "\nretry: 1\n",
    "data",
    ":",
    ": ",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "🦀",
    "🏳️‍🌈",
    "e\u{301}",
    "\u{202e}עברית\u{202c}",
    "مرحبا",
    "日本語",
    "<script>alert(1)</script>",
    "<!--",
    "]]>",
    "&amp;",
    "\"",
    "\\",
    "\\u0000",
    "\\n",
    "\\ud800",
    "{",
    "}",
    "[DONE]",
    "null",
    "plain words",
    "x",
];

/// Escapes that JSON allows and Rust's strings cannot hold: halves of a pair, alone and in the wrong order.
const ESCAPES: &[&str] = &[
    r"\ud800",
    r"\udfff",
    r"\ude00\ud83d",
    r"\u0000",
    r"\u000a",
    r"\u2028",
    r"\/",
];

/// What a decoder must yield.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Expected {
    id: Option<String>,
    event: String,
    data: String,
    retry: Option<u64>,
}

fn text(dice: &mut Dice) -> String {
    let pieces = match dice.below(100) {
        0 => 0,
        1 => 4_000,
        n => n % 12,
    };
    (0..pieces).map(|_| *dice.of(PIECES)).collect()
}

fn record(dice: &mut Dice, seq: u64) -> Record {
    let said = text(dice);
    let mut public =
        json!({ "seq": seq, "text": said, "options": [{ "id": "x", "label": text(dice) }] })
            .to_string();
    if dice.one_in(10) {
        let escape = dice.of(ESCAPES);
        public = format!(r#"{{"seq":{seq},"text":"{escape}"}}"#);
    }
    let kind = if dice.one_in(3) {
        Kind::Transition
    } else {
        Kind::Message
    };
    Record {
        seq,
        kind,
        public: public.into(),
        private: "{}".into(),
    }
}

fn expected(session: &SessionId, record: &Record) -> Expected {
    let mut id = BytesMut::new();
    Cursor::of(session, record).write(&mut id);
    Expected {
        id: Some(String::from_utf8(id.to_vec()).unwrap()),
        event: record.kind.event().to_owned(),
        data: record.public.to_string(),
        retry: None,
    }
}

/// Something that passes, as the server sends it.
fn passed(dice: &mut Dice) -> (Bytes, Expected) {
    let event = *dice.of(&[
        "connected",
        "heartbeat",
        "reset",
        "overloaded",
        "restarting",
    ]);
    let data: Value = json!({ "reason": text(dice) });
    let retry = dice.one_in(2).then(|| 1 + dice.next() % 100_000);
    let bytes = passing(event, &data, retry.map(Duration::from_millis));
    let expected = Expected {
        id: None,
        event: event.to_owned(),
        data: data.to_string(),
        retry,
    };
    (bytes, expected)
}

/// A stream's bytes, made by the server's own encoder, and the events in it.
fn stream(dice: &mut Dice) -> (Vec<u8>, Vec<Expected>) {
    let session: SessionId = "s1".parse().unwrap();
    let (mut bytes, mut events) = (Vec::new(), Vec::new());
    let mut seq = 0;
    let mut next = |dice: &mut Dice| {
        seq += 1;
        record(dice, seq)
    };
    while events.len() < EVENTS {
        if dice.one_in(5) {
            let (event, expected) = passed(dice);
            bytes.extend_from_slice(&event);
            events.push(expected);
            continue;
        }
        let count = if dice.one_in(2) { 1 } else { 1 + dice.below(8) };
        let records: Vec<Record> = (0..count).map(|_| next(dice)).collect();
        bytes.extend_from_slice(&all_durable(&session, &records));
        events.extend(records.iter().map(|record| expected(&session, record)));
    }
    (bytes, events)
}

/// The bytes in pieces that are cut anywhere, within a character as well.
fn cut(dice: &mut Dice, bytes: &[u8]) -> Vec<Bytes> {
    let (mut rest, mut pieces) = (bytes, Vec::new());
    while !rest.is_empty() {
        let most = if dice.one_in(2) { 16 } else { 4_096 };
        let (piece, more) = rest.split_at(rest.len().min(1 + dice.below(most)));
        pieces.push(Bytes::copy_from_slice(piece));
        rest = more;
    }
    pieces
}

async fn decoded(pieces: Vec<Bytes>) -> Vec<Expected> {
    let body = futures_util::stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>));
    let events = SseByteStream::new(body).map(|event| event.unwrap());
    let events = events.map(|event| Expected {
        id: event.id,
        event: event.event.unwrap_or_default(),
        data: event.data.unwrap_or_default(),
        retry: event.retry,
    });
    events.collect().await
}

/// Leaves it where the other decoders find it; whole, or not at all.
fn leave(bytes: &[u8], events: &[Expected]) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("events");
    fs::create_dir_all(&folder).unwrap();
    let lines: Vec<String> = events
        .iter()
        .map(|event| serde_json::to_string(event).unwrap() + "\n")
        .collect();
    fs::write(folder.join("stream"), bytes).unwrap();
    fs::write(folder.join("expected.jsonl"), lines.concat()).unwrap();
}

#[tokio::test]
async fn our_bytes_are_read_as_what_was_meant() {
    let mut dice = Dice::new(seed(20_000));
    let (bytes, events) = stream(&mut dice);
    leave(&bytes, &events);
    for piece in PIECES {
        let json = serde_json::to_string(piece).unwrap();
        let inner = json.trim_matches('"');
        assert!(
            events.iter().any(|event| event.data.contains(inner)),
            "{piece:?} never came"
        );
    }
    let found = decoded(cut(&mut dice, &bytes)).await;
    for (found, event) in found.iter().zip(&events) {
        assert_eq!(found, event);
    }
    assert_eq!(found.len(), events.len());
}
