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

/// Whether one time inside `data` is all that parts two records. Says no where that takes more than a glance: then they are
/// read, which takes longer.
fn differ_in_a_time(one: &str, other: &str) -> bool {
    let same = |(a, b): &(u8, u8)| a == b;
    let before = one.bytes().zip(other.bytes()).take_while(same).count();
    // Up to the mark before what is not the same, and from the one behind it.
    let Some(mark) = one.as_bytes()[..before].iter().rposition(|&b| b == b'"') else {
        return false;
    };
    let (head, one) = one.split_at(mark + 1);
    let (one, other) = (one.split_once('"'), other[mark + 1..].split_once('"'));
    let (Some((one, rest)), Some((other, other_rest))) = (one, other) else {
        return false;
    };
    // The value of a name: in a text these marks would be escaped. Behind `data` no other field of a record may be a time but
    // the client's own name for it.
    let is_value = head.ends_with(r#"":""#);
    let is_in_data = head.contains(r#","data":"#) && !head.ends_with(r#""clientId":""#);
    is_value && is_in_data && is_time(one) && is_time(other) && rest == other_rest
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
    use proptest::prelude::*;

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
        let with =
            |rest: &str, time| format!(r#"{{"seq":2,"data":{{{rest}}}}}"#).replace("TIME", time);
        for rest in [
            // A text that ends in a time, and one that begins with one.
            r#""a":"\"TIME""#,
            r#""a":"TIME\"""#,
            // A name, and one of several.
            r#""TIME":1"#,
            r#""a":["TIME","TIME"]"#,
            // Behind it.
            r#"},"clientId":"TIME""#,
        ] {
            check(
                with(rest, "20260102T030405Z"),
                with(rest, "20260102T030406Z"),
                false,
            );
        }
        let price = r#""card":[{"b":"\"","at":"TIME"}],"c":":","d":{}"#;
        check(with(price, now), with(price, then), true);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(2_048)
        })]

        /// What is told at a glance would be told as well by reading.
        #[test]
        fn a_glance_is_never_wrong(
            around in r#"(,"a":"TIME"|,"TIME":1|,"b":\["TIME"\]|,"c":"\\"TIME"|,"d":":"|,"e":\{"at":"TIME"\}){0,3}"#,
            behind in r#"(,"clientId":"TIME")?"#,
            at in 0_usize..3,
        ) {
            let json = format!(r#"{{"seq":2,"data":{{"n":1{around}}}{behind}}}"#);
            let mut other = json.clone();
            if let Some((place, _)) = json.match_indices("TIME").nth(at) {
                other.replace_range(place..place + 4, "20260102T030406Z");
            }
            let [one, other] = [json, other].map(|json| json.replace("TIME", "20260102T030405Z"));
            prop_assert!(serde_json::from_str::<Value>(&one).is_ok(), "{one}");
            if differ_in_a_time(&one, &other) {
                prop_assert_eq!(difference(&comparable(&one), &comparable(&other)), None);
            }
        }
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
