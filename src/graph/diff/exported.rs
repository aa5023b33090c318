//! A machine as its JSON export has it.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};
use smol_str::SmolStr;

use crate::graph::json::VERSION;

/// A machine as its JSON export has it, in either view.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The bot's name in addresses.
    pub bot: String,
    /// The bot's name for people.
    pub title: String,
    /// The view's name.
    pub view: String,
    /// The key of the leaf in which a conversation starts.
    pub initial: String,
    /// Whether exploration stopped at its limit.
    pub truncated: bool,
    /// What the bot says at the start; `None` if the export does not tell.
    pub(super) greeting: Option<Option<String>>,
    /// All states, each after the one that it is part of.
    pub(super) states: Vec<ExportedState>,
    pub(super) transitions: Vec<ExportedTransition>,
}

#[derive(Clone, Debug)]
pub(super) struct ExportedState {
    /// Its id in the expanded view, its name in the other.
    pub(super) key: String,
    pub(super) kind: String,
    pub(super) parent: Option<String>,
    /// The ids of what is offered, which the expanded view alone tells.
    pub(super) options: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct ExportedTransition {
    pub(super) from: String,
    pub(super) to: String,
    /// The input's name; with its data, in the expanded view.
    pub(super) event: String,
    pub(super) internal: bool,
    pub(super) handled_by: Option<String>,
    /// What the bot says; `None` if the export does not tell.
    pub(super) reply: Option<Option<String>>,
    /// Effects and timers that it starts, which the expanded view alone tells.
    pub(super) work: Vec<SmolStr>,
}

/// Why a text is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error("this is not a machine as `statechat export` writes it: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It is of another version.
    #[error(
        "the machine was exported in version {0} of the format; this program reads version {VERSION}"
    )]
    Version(u32),
    /// It speaks of a state that it does not have.
    #[error("this is not a machine as `statechat export` writes it: it has no state {0:?}")]
    NoState(String),
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

#[derive(Deserialize)]
struct File {
    bot: String,
    title: String,
    view: String,
    truncated: bool,
    initial: String,
    #[serde(default, deserialize_with = "told")]
    greeting: Option<Option<String>>,
    states: Vec<StateLine>,
    transitions: Vec<TransitionLine>,
}

#[derive(Deserialize)]
struct StateLine {
    id: Option<String>,
    name: String,
    kind: String,
    #[serde(default)]
    options: Vec<OptionLine>,
    states: Vec<StateLine>,
}

#[derive(Deserialize)]
struct OptionLine {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TransitionLine {
    from: String,
    to: String,
    input: String,
    event: Option<String>,
    handled_by: Option<String>,
    internal: bool,
    #[serde(default, alias = "reply", deserialize_with = "told")]
    text: Option<Option<String>>,
    #[serde(default)]
    effects: Vec<SmolStr>,
    #[serde(default)]
    timers: Vec<SmolStr>,
}

impl Exported {
    /// Reads what [`json()`](crate::graph::json()) wrote.
    ///
    /// # Errors
    /// [`ExportError`]
    pub fn parse(json: &str) -> Result<Self, ExportError> {
        let Version { version } = serde_json::from_str(json)?;
        if version != VERSION {
            return Err(ExportError::Version(version));
        }
        let file: File = serde_json::from_str(json)?;
        let mut states = Vec::new();
        for state in file.states {
            flatten(state, None, &mut states);
        }
        let exported = Self {
            bot: file.bot,
            title: file.title,
            view: file.view,
            initial: file.initial,
            truncated: file.truncated,
            greeting: file.greeting,
            states,
            transitions: file.transitions.into_iter().map(Into::into).collect(),
        };
        match exported.missing() {
            Some(state) => Err(ExportError::NoState(state.to_owned())),
            None => Ok(exported),
        }
    }

    /// A state that is spoken of, and is not there.
    fn missing(&self) -> Option<&str> {
        let states = self.by_key();
        let ends = self.transitions.iter();
        let ends = ends.flat_map(|transition| [&*transition.from, &*transition.to]);
        let mut named = ends.chain([&*self.initial]);
        named.find(|state| !states.contains_key(state))
    }

    pub(super) fn by_key(&self) -> HashMap<&str, &ExportedState> {
        let states = self.states.iter();
        states.map(|state| (&*state.key, state)).collect()
    }
}

/// Tells a field that is null from one that is not there.
fn told<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

fn flatten(line: StateLine, parent: Option<&str>, states: &mut Vec<ExportedState>) {
    let key = line.id.unwrap_or(line.name);
    states.push(ExportedState {
        key: key.clone(),
        kind: line.kind,
        parent: parent.map(ToOwned::to_owned),
        options: line.options.into_iter().map(|option| option.id).collect(),
    });
    for part in line.states {
        flatten(part, Some(&key), states);
    }
}

impl From<TransitionLine> for ExportedTransition {
    fn from(line: TransitionLine) -> Self {
        let mut work = line.effects;
        work.extend(line.timers);
        Self {
            from: line.from,
            to: line.to,
            event: line.event.unwrap_or(line.input),
            internal: line.internal,
            handled_by: line.handled_by,
            reply: line.text,
            work,
        }
    }
}

impl ExportedTransition {
    /// Where it leads; `None` if it stays.
    pub(super) fn target(&self) -> Option<&str> {
        let stays = self.internal && self.from == self.to;
        (!stays).then_some(&*self.to)
    }

    pub(super) fn leads(&self) -> String {
        self.target()
            .map_or("stays".to_owned(), |to| format!("leads to {to}"))
    }

    pub(super) fn led(&self) -> String {
        self.target()
            .map_or("stayed".to_owned(), |to| format!("led to {to}"))
    }
}
