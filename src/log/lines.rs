//! Lines: the records of one append as one text.
//!
//! Two lines each: a letter for the kind and the public part, then the private part. JSON on one line has no line breaks,
//! so nothing needs escaping.

use std::sync::Arc;

use crate::record::{Kind, Record, Seq};

/// The records of one append as text.
pub(super) fn lines(records: &[Record]) -> String {
    let len = records
        .iter()
        .map(|record| record.public.len() + record.private.len() + 3)
        .sum();
    let mut lines = String::with_capacity(len);
    for record in records {
        debug_assert!(
            is_line(&record.public) && is_line(&record.private),
            "a line end in a record would end it"
        );
        lines.push(match record.kind {
            Kind::Message => 'm',
            Kind::Transition => 't',
        });
        lines.push_str(&record.public);
        lines.push('\n');
        lines.push_str(&record.private);
        lines.push('\n');
    }
    lines
}

fn is_line(json: &str) -> bool {
    !json.contains(['\r', '\n'])
}

/// The records that `lines` hold, the first of which stands at `first`; `None` if these are not lines of ours.
pub(super) fn records(lines: &str, first: Seq) -> Option<Vec<Record>> {
    let mut records = Vec::with_capacity(2);
    let mut lines = lines.lines();
    let mut seq = first;
    while let Some(line) = lines.next() {
        let kind = match line.bytes().next()? {
            b'm' => Kind::Message,
            b't' => Kind::Transition,
            _ => return None,
        };
        records.push(Record {
            seq,
            kind,
            public: Arc::from(&line[1..]),
            private: Arc::from(lines.next()?),
        });
        seq += 1;
    }
    Some(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_back_as_they_were_written() {
        let record = |seq, kind, public: &str| Record {
            seq,
            kind,
            public: public.into(),
            private: "{\"p\":1}".into(),
        };
        let written = [
            record(7, Kind::Message, "{\"text\":\"a\\nb\u{2028}\"}"),
            record(8, Kind::Transition, "{}"),
        ];
        assert_eq!(
            records(&lines(&written), 7).as_deref(),
            Some(written.as_slice())
        );
        for bad in ["x{}\n{}\n", "m{}\n", "\n"] {
            assert_eq!(records(bad, 1), None, "{bad:?}");
        }
    }
}
