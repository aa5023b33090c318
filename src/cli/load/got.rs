//! A record as it was got from the server, and how it is compared with the one that the machine would write.
//!
//! What nobody can predict is not compared: the machine is told the record's own time and user, and a time inside
//! `data` is as good as any other time.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::record::{ClientId, Kind, Record, Seq, SpeakerKind, UserId};

/// A record that was got, and how it came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Got<'a> {
    /// The event's name; absent where it does not come as an event.
    pub(super) event: Option<&'a str>,
    pub(super) json: &'a str,
}

/// What must be known of a record before it can be predicted.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope {
    pub(super) seq: Seq,
    pub(super) at: Timestamp,
    pub(super) from: From,
    pub(super) client_id: Option<ClientId>,
    pub(super) text: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct From {
    pub(super) kind: SpeakerKind,
    pub(super) id: UserId,
}

/// Characters of a value that a difference shows.
const SHOWN_CHARS: usize = 160;

impl Got<'_> {
    pub(super) fn envelope(&self) -> Option<Envelope> {
        serde_json::from_str(self.json).ok()
    }

    /// How it differs from `expected`, in words; `None` if it does not.
    pub(super) fn difference(&self, expected: &Record) -> Option<String> {
        let name = expected.kind.event();
        if let Some(event) = self.event.filter(|&event| event != name) {
            return Some(format!("expected a {name}, got a {event}"));
        }
        // Nearly all are the same bytes, or would be if a price were as old.
        if *self.json == *expected.public || differ_in_a_time(self.json, &expected.public) {
            return None;
        }
        difference(&comparable(&expected.public), &comparable(self.json))
    }

    /// What it says, for people.
    pub(super) fn shown(&self) -> String {
        cut(self.json)
    }
}

/// What `record` says, for people.
pub(super) fn in_words(record: &Record) -> String {
    let event = match record.kind {
        Kind::Message => "the message",
        Kind::Transition => "the transition",
    };
    format!("{event} {}", cut(&record.public))
}

/// Whether one time, inside `data`, is all that parts two records. Those where more does are read, which takes longer.
fn differ_in_a_time(one: &str, other: &str) -> bool {
    let same = |(a, b): &(u8, u8)| a == b;
    let before = one.bytes().zip(other.bytes()).take_while(same).count();
    // Up to the quotation marks around what is not the same.
    let Some(begin) = one.as_bytes()[..before].iter().rposition(|&b| b == b'"') else {
        return false;
    };
    let (head, one) = one.split_at(begin + 1);
    let other = &other[begin + 1..];
    let (Some((one, rest)), Some((other, other_rest))) =
        (one.split_once('"'), other.split_once('"'))
    else {
        return false;
    };
    // Where it stands as the name of a field, and not in a text, in which its marks would be escaped.
    head.contains(r#","data":"#) && is_time(one) && is_time(other) && rest == other_rest
}

fn is_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

/// A record's fields, with every time inside `data` replaced.
fn comparable(json: &str) -> Map<String, Value> {
    let mut fields: Map<String, Value> = serde_json::from_str(json).unwrap_or_default();
    if let Some(data) = fields.get_mut("data") {
        forget_times(data);
    }
    fields
}

fn forget_times(value: &mut Value) {
    match value {
        Value::String(text) if is_time(text) => "a time".clone_into(text),
        Value::Array(values) => values.iter_mut().for_each(forget_times),
        Value::Object(fields) => fields.values_mut().for_each(forget_times),
        _ => {}
    }
}

/// The first field that is not the same.
fn difference(expected: &Map<String, Value>, got: &Map<String, Value>) -> Option<String> {
    let mut names = expected.keys().chain(got.keys());
    let name = names.find(|&name| expected.get(name) != got.get(name))?;
    let of = |fields: &Map<String, Value>| fields.get(name).map_or("nothing".to_owned(), shown);
    Some(format!("expected {name} {}, got {}", of(expected), of(got)))
}

fn shown(value: &Value) -> String {
    cut(&value.to_string())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(public: &str) -> Record {
        Record {
            seq: 2,
            kind: Kind::Message,
            public: public.into(),
            private: "{}".into(),
        }
    }

    #[track_caller]
    fn check(expected: &str, got: &str, difference: Option<&str>) {
        let got = Got {
            event: Some("message"),
            json: got,
        };
        assert_eq!(got.difference(&record(expected)).as_deref(), difference);
    }

    #[test]
    fn a_time_inside_data_is_as_good_as_another() {
        check(
            r#"{"seq":2,"data":{"card":[{"at":"2026-01-02T03:04:05.000Z"}]}}"#,
            r#"{"data":{"card":[{"at":"2027-11-12T13:14:15.678Z"}]},"seq":2}"#,
            None,
        );
        check(
            r#"{"data":{"at":"2026-01-02T03:04:05.000Z"}}"#,
            r#"{"data":{"at":"yesterday"}}"#,
            Some(r#"expected data {"at":"a time"}, got {"at":"yesterday"}"#),
        );
    }

    #[test]
    fn one_time_is_told_without_reading_the_rest() {
        let record = |text: &str, at: &str, state: &str| {
            format!(
                r#"{{"seq":2,"text":"{text}","data":{{"at":"{at}","n":1}},"state":["{state}"]}}"#
            )
        };
        let (now, then) = ("2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.123456Z");
        let check = |one: String, other: String, differ: bool| {
            assert_eq!(differ_in_a_time(&one, &other), differ, "{one} {other}");
            assert_eq!(differ_in_a_time(&other, &one), differ, "{other} {one}");
        };
        check(record("é", now, "A"), record("é", then, "A"), true);
        check(record("é", now, "A"), record("è", then, "A"), false);
        check(record("é", now, "A"), record("é", then, "B"), false);
        check(record("é", now, "A"), record("é", "soon", "A"), false);
        let said = |time| record(&format!(r#"\",\"data\":\"{time}"#), now, "A");
        check(said(now), said(then), false);
        check("{}".to_owned(), "1".to_owned(), false);
    }

    #[test]
    fn a_time_elsewhere_is_not() {
        check(
            r#"{"text":"2026-01-02T03:04:05.000Z"}"#,
            r#"{"text":"2026-01-02T03:04:06.000Z"}"#,
            Some(r#"expected text "2026-01-02T03:04:05.000Z", got "2026-01-02T03:04:06.000Z""#),
        );
    }

    #[test]
    fn differences_name_their_field() {
        check(r#"{"text":"a"}"#, r#"{"text":"a"}"#, None);
        check(
            r#"{"seq":2,"text":"a"}"#,
            r#"{"seq":2}"#,
            Some(r#"expected text "a", got nothing"#),
        );
        check(
            r#"{}"#,
            r#"{"text":1}"#,
            Some("expected text nothing, got 1"),
        );
        let transition = Got {
            event: Some("transition"),
            json: "{}",
        };
        assert_eq!(
            transition.difference(&record("{}")).as_deref(),
            Some("expected a message, got a transition")
        );
    }

    #[test]
    fn long_values_are_cut() {
        assert!(shown(&"ü".repeat(1_000).into()).chars().count() < 200);
    }
}
