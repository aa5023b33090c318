//! A stored conversation written down whole, to be looked at and played again elsewhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::record::{HeadRow, Kind, Record, Seq, SessionId};

/// The version of the format: another one where a reader of this one would misread.
const VERSION: u32 = 1;

/// A stored conversation as JSON: what `statechat transcript` writes, and the test kit reads.
///
/// ```json
/// {"version":1,"bot":"stock","session":"…","shape":"0123456789abcdef","state":{…},
///  "records":[{"seq":1,"kind":"message","public":{…},"private":{…}}]}
/// ```
///
/// `public` is what streams carry; `private` is what only the machine knows: causes, whole inputs, work. It names the
/// user by id and holds all that was said, so it is as confidential as the conversation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Transcript {
    version: u32,
    /// The bot's name.
    pub bot: SmolStr,
    /// The session's id.
    pub session: SessionId,
    /// The shape hash of the machine that wrote it last.
    pub shape: SmolStr,
    state: Box<RawValue>,
    records: Vec<Line>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    seq: Seq,
    kind: Kind,
    public: Box<RawValue>,
    private: Box<RawValue>,
}

/// Why a text is no transcript.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// It cannot be read.
    #[error("this is not a transcript as `statechat transcript` writes it: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It is of another version.
    #[error("the transcript is of version {0}; this program reads version {VERSION}")]
    Version(u32),
}

impl Transcript {
    /// The conversation of `row`, with all of its records.
    ///
    /// # Errors
    /// If what is stored is not JSON.
    pub fn new(row: &HeadRow, records: &[Record]) -> serde_json::Result<Self> {
        let raw = |json: &str| RawValue::from_string(json.to_owned());
        let line = |record: &Record| {
            Ok(Line {
                seq: record.seq,
                kind: record.kind,
                public: raw(&record.public)?,
                private: raw(&record.private)?,
            })
        };
        Ok(Self {
            version: VERSION,
            bot: row.bot.clone(),
            session: row.session.clone(),
            shape: row.shape.clone(),
            state: raw(&row.state)?,
            records: records
                .iter()
                .map(line)
                .collect::<serde_json::Result<_>>()?,
        })
    }

    /// Reads what [`Transcript::to_json`] wrote.
    ///
    /// # Errors
    /// [`TranscriptError`]
    pub fn parse(json: &str) -> Result<Self, TranscriptError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let Version { version } = serde_json::from_str(json)?;
        if version != VERSION {
            return Err(TranscriptError::Version(version));
        }
        Ok(serde_json::from_str(json)?)
    }

    /// The transcript as JSON, a line for each record.
    #[must_use]
    pub fn to_json(&self) -> String {
        let records: Vec<String> = self.records.iter().map(json).collect();
        format!(
            "{{\n  \"version\": {VERSION},\n  \"bot\": {},\n  \"session\": {},\n  \"shape\": {},\n  \"state\": {},\n  \
             \"records\": [\n    {}\n  ]\n}}\n",
            json(&self.bot),
            json(&self.session),
            json(&self.shape),
            self.state,
            records.join(",\n    "),
        )
    }

    /// The machine's state as it is stored.
    #[must_use]
    pub fn state(&self) -> &str {
        self.state.get()
    }

    /// Its records as they are stored.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let record = |line: &Line| Record {
            seq: line.seq,
            kind: line.kind,
            public: Arc::from(line.public.get()),
            private: Arc::from(line.private.get()),
        };
        self.records.iter().map(record).collect()
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("names and JSON are JSON")
}
