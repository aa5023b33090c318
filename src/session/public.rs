//! The public part of a record as JSON, field by field.
//!
//! By hand rather than by serde, which looks for what to escape in each field's name, each time: a tenth of all
//! instructions of a round trip. What comes out is what serde would write; a test holds the two together.

use jiff::fmt::temporal::DateTimePrinter;
use serde::Serialize;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::record::{Public, Speaker, SpeakerKind, Transition};

/// RFC 3339, UTC, with milliseconds.
const TIME: DateTimePrinter = DateTimePrinter::new().precision(Some(3));

const WRITTEN: &str = "a buffer takes what is plain data";

/// What is to be written: parts of it are JSON already.
pub(super) type Unwritten<'a> = Public<&'a RawValue, &'a RawValue>;

/// Writes `public` to `json`, on one line.
pub(super) fn write(json: &mut Vec<u8>, public: &Unwritten<'_>) {
    push(json, "{\"seq\":");
    push(json, itoa::Buffer::new().format(public.seq));
    push(json, ",\"at\":\"");
    let at = TIME.print_timestamp(&public.at, &mut *json);
    at.expect(WRITTEN);
    push(json, "\",\"from\":");
    write_speaker(json, &public.from);
    write_field(json, "text", public.text.as_ref(), write_value);
    write_field(json, "options", public.options, write_json);
    write_field(json, "data", public.data, write_json);
    let transition = public.transition.as_ref();
    write_field(json, "transition", transition, write_transition);
    write_field(json, "state", public.state.as_deref(), write_names);
    write_field(json, "pending", public.pending.as_deref(), write_names);
    write_field(json, "clientId", public.client_id.as_ref(), write_value);
    push(json, "}");
}

/// A field that is not the first, if it has a value.
fn write_field<T: ?Sized>(
    json: &mut Vec<u8>,
    name: &str,
    value: Option<&T>,
    write: impl FnOnce(&mut Vec<u8>, &T),
) {
    if let Some(value) = value {
        push(json, ",\"");
        push(json, name);
        push(json, "\":");
        write(json, value);
    }
}

fn write_speaker(json: &mut Vec<u8>, speaker: &Speaker) {
    let kind = match speaker.kind {
        SpeakerKind::User => "user",
        SpeakerKind::Bot => "bot",
        SpeakerKind::Agent => "agent",
    };
    push(json, "{\"kind\":\"");
    push(json, kind);
    push(json, "\",\"id\":");
    write_name(json, Some(&speaker.id));
    push(json, "}");
}

fn write_transition(json: &mut Vec<u8>, transition: &Transition) {
    push(json, "{\"input\":");
    write_name(json, transition.input.as_ref());
    push(json, ",\"from\":");
    write_name(json, transition.from.as_ref());
    push(json, ",\"to\":");
    write_name(json, Some(&transition.to));
    push(json, ",\"handledBy\":");
    write_name(json, transition.handled_by.as_ref());
    push(json, ",\"exited\":");
    write_names(json, &transition.exited);
    push(json, ",\"entered\":");
    write_names(json, &transition.entered);
    push(json, "}");
}

fn write_names(json: &mut Vec<u8>, names: &[SmolStr]) {
    push(json, "[");
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            push(json, ",");
        }
        write_name(json, Some(name));
    }
    push(json, "]");
}

/// A name as [`crate::bot::name_of`] finds it, or the id of a user or a bot: in none of them anything is to be escaped.
fn write_name(json: &mut Vec<u8>, name: Option<&SmolStr>) {
    let Some(name) = name else {
        return push(json, "null");
    };
    let escaped = |b: u8| b < b' ' || matches!(b, b'"' | b'\\');
    debug_assert!(!name.bytes().any(escaped), "{name:?} is no name");
    push(json, "\"");
    push(json, name);
    push(json, "\"");
}

fn write_json(json: &mut Vec<u8>, written: &RawValue) {
    push(json, written.get());
}

pub(super) fn write_value(json: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(json, value).expect(WRITTEN);
}

pub(super) fn push(json: &mut Vec<u8>, text: &str) {
    json.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(public: &Unwritten<'_>) {
        let mut json = Vec::new();
        write(&mut json, public);
        let json = String::from_utf8(json).unwrap();
        assert_eq!(json, serde_json::to_string(public).unwrap());
    }

    const HOSTILE: &str = "\"\\/\u{0}\u{8}\t\n\u{c}\r\u{1f}\u{7f}\u{85}\u{2028}é😀</script>";

    fn speaker(kind: SpeakerKind, id: &str) -> Speaker {
        let id = id.into();
        Speaker { kind, id }
    }

    #[test]
    fn a_step_is_written_as_serde_would() {
        let options = serde_json::value::to_raw_value(&json!([{ "id": "a" }])).unwrap();
        let data = json!({ HOSTILE: [1.5, -3, null, HOSTILE] });
        let data = serde_json::value::to_raw_value(&data).unwrap();
        let names = |names: &[&str]| names.iter().map(|&name| name.into()).collect::<Vec<_>>();
        let transition = Transition {
            input: Some("Input".into()),
            from: Some("Früh".into()),
            to: "AStateWhoseNameIsTooLongToStandInline".into(),
            handled_by: Some("A_1".into()),
            exited: names(&["Früh"]),
            entered: names(&["A", "B", "C"]),
        };
        let whole = Public {
            seq: u64::MAX,
            at: "2026-01-02T03:04:05.006999999Z".parse().unwrap(),
            from: speaker(SpeakerKind::Bot, "a-bot-1"),
            text: Some(HOSTILE.to_owned()),
            options: Some(&*options),
            data: Some(&*data),
            transition: Some(transition.clone()),
            state: Some(names(&["A", "B"])),
            pending: Some(names(&["Fetch"])),
            client_id: Some("a.b~c".parse().unwrap()),
        };
        check(&whole);
        let greeting = Transition {
            input: None,
            from: None,
            handled_by: None,
            exited: Vec::new(),
            ..transition
        };
        check(&Public {
            transition: Some(greeting),
            pending: Some(Vec::new()),
            ..whole
        });
    }

    #[test]
    fn somebodys_words_are_written_as_serde_would() {
        for (kind, at) in [
            (SpeakerKind::User, Timestamp::UNIX_EPOCH),
            (SpeakerKind::Agent, Timestamp::MAX),
            (SpeakerKind::Agent, Timestamp::MIN),
        ] {
            check(&Public {
                seq: 1,
                at,
                from: speaker(kind, "u@example.org"),
                text: None,
                options: None,
                data: None,
                transition: None,
                state: None,
                pending: None,
                client_id: None,
            });
        }
    }
}
