//! The private part of a step's record as JSON: by hand as its public part is, and as serde would write it.

use serde::Serialize;

use super::Cause;
use super::public::{push, write_value};
use crate::bot::{Bot, Pending, WorkId};

/// What a replay needs to know of a step.
#[cfg_attr(test, derive(Serialize), serde(rename_all = "camelCase"))]
pub(super) struct Private<'a, B: Bot> {
    pub(super) cause: Cause,
    pub(super) input: Option<&'a B::Input>,
    // Most steps ask for no work and cancel none.
    #[cfg_attr(test, serde(skip_serializing_if = "<[_]>::is_empty"))]
    pub(super) started: &'a [Pending<B::Input, B::Effect>],
    #[cfg_attr(test, serde(skip_serializing_if = "<[_]>::is_empty"))]
    pub(super) cancelled: &'a [WorkId],
}

/// Writes `private` to `json`, on one line.
pub(super) fn write<B: Bot>(json: &mut Vec<u8>, private: &Private<'_, B>) {
    push(json, "{\"cause\":");
    match &private.cause {
        // Of these there are most, and in an id nothing is to be escaped.
        Cause::User(user) => {
            push(json, "{\"user\":\"");
            push(json, user.as_str());
            push(json, "\"}");
        }
        cause => write_value(json, cause),
    }
    push(json, ",\"input\":");
    match private.input {
        Some(input) => write_value(json, input),
        None => push(json, "null"),
    }
    write_work(json, ",\"started\":", private.started);
    write_work(json, ",\"cancelled\":", private.cancelled);
    push(json, "}");
}

fn write_work(json: &mut Vec<u8>, name: &str, work: &[impl Serialize]) {
    if !work.is_empty() {
        push(json, name);
        write_value(json, &work);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::bot::{Attendance, Work};
    use crate::bots::stock::{Effect, Input, StockBot};

    #[test]
    fn a_step_is_written_as_serde_would() {
        let id = WorkId { seq: 7, n: 1 };
        let effect: Effect =
            serde_json::from_str(r#"{"FetchQuote":{"exchange":"LSE","stock":"GSK"}}"#).unwrap();
        let started = [Pending {
            id,
            scope: 2,
            at: Timestamp::UNIX_EPOCH,
            work: Work::<Input, _>::Effect(effect),
        }];
        let taken = Attendance::Taken {
            agent: "a".into(),
            name: Some("\"\\\n".into()),
        };
        for cause in [
            Cause::Start,
            Cause::Restart,
            Cause::User("a.b~c@d|e:f+g_h-9".parse().unwrap()),
            Cause::Effect(id),
            Cause::Timer(id),
            Cause::Idle,
            Cause::Person(taken),
        ] {
            for (input, started, cancelled) in [
                (None, &started[..0], &[][..]),
                (Some(&Input::Help), &started[..], &[id][..]),
            ] {
                let cause = cause.clone();
                let private = Private::<StockBot> {
                    cause,
                    input,
                    started,
                    cancelled,
                };
                let mut json = Vec::new();
                write(&mut json, &private);
                let json = String::from_utf8(json).unwrap();
                assert_eq!(json, serde_json::to_string(&private).unwrap());
            }
        }
    }
}
