//! A machine as explored: what was reached, and how one gets from one place to the next.
//!
//! Plain data without type parameters, so that one exporter serves every bot. Everything stands in the order of
//! its discovery, which depends on the bot alone: not on the build, and not on hash order.

use std::fmt;

use serde::Serialize;
use serde_json::Value;
use smol_str::SmolStr;

use crate::bot::Attendance;

/// A machine as explored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The bot's name in addresses.
    pub bot: String,
    /// The bot's name for people.
    pub title: String,
    /// What the bot says at the start.
    pub greeting: Option<String>,
    /// The names of the effects that the start asks for.
    pub opening_effects: Vec<SmolStr>,
    /// Where a conversation starts: an index into `nodes`.
    pub initial: usize,
    /// Everything that was reached, in the order of discovery.
    pub nodes: Vec<Node>,
    /// Every input that was tried, in the order of its first use.
    pub inputs: Vec<Input>,
    /// What each input did in each node, in the order of discovery.
    pub edges: Vec<Edge>,
    /// The names of all leaf states that the machine declares, reached or not, sorted.
    pub declared: Vec<SmolStr>,
    /// Whether exploration stopped at its limit: then nodes are missing, and the edges that lead to them.
    pub truncated: bool,
    /// What panicked, in the order of discovery: these edges are missing, and what only they lead to.
    pub panics: Vec<Panicked>,
}

/// A panic on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panicked {
    /// The node in which it happened.
    pub node: usize,
    /// What the machine got, an index into [`Graph::inputs`], and how that comes about; `None` if the bot was only
    /// asked what it can get.
    pub input: Option<(usize, Cause)>,
    /// What the panic said.
    pub message: String,
}

/// A place together with the bot's memory and the work that it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The levels of the place, the outermost first; the leaf, with all of its data, last. Never empty.
    pub levels: Vec<NodeLevel>,
    /// What the bot remembers beside its place.
    pub memory: Value,
    /// The names of the pending effects, and of the inputs that pending timers will bring.
    pub pending: Vec<SmolStr>,
    /// Whether the conversation is over here.
    pub is_final: bool,
    /// What is offered as buttons, in that order.
    pub options: Vec<NodeOption>,
    /// Whether edges are missing here, because they lead to nodes beyond the limit.
    pub cut: bool,
}

/// A level of a place with its data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeLevel {
    /// The state's name.
    pub name: SmolStr,
    /// Its data by field, keys sorted; null for none.
    pub data: Value,
}

/// A listed option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeOption {
    /// What a client sends to choose it.
    pub id: String,
    /// What people read on the button.
    pub label: String,
}

/// An input by its name and its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The variant's name.
    pub name: SmolStr,
    /// Its data by field, keys sorted; null for none.
    pub data: Value,
}

impl Input {
    /// The input as one word or line: `GoBack`, `ChooseExchange {"exchange":"LSE"}`.
    #[must_use]
    pub fn event(&self) -> String {
        match &self.data {
            Value::Null => self.name.to_string(),
            data => format!("{} {data}", self.name),
        }
    }
}

/// One input in one node, and where that led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The node before: an index into [`Graph::nodes`].
    pub from: usize,
    /// The node after.
    pub to: usize,
    /// What the machine got: an index into [`Graph::inputs`].
    pub input: usize,
    /// How that input comes about.
    pub cause: Cause,
    /// The level that took the input; `None` if none did.
    pub handled_by: Option<SmolStr>,
    /// Levels whose exit actions ran, in that order.
    pub exited: Vec<SmolStr>,
    /// Levels whose entry actions ran, in that order.
    pub entered: Vec<SmolStr>,
    /// What the bot said.
    pub text: Option<String>,
    /// The names of the effects that it started.
    pub effects: Vec<SmolStr>,
    /// The names of the inputs for which it set a timer.
    pub timers: Vec<SmolStr>,
}

impl Edge {
    /// Whether no level was left or entered. Data and memory can have changed even so.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.exited.is_empty() && self.entered.is_empty()
    }
}

/// How an input comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Cause {
    /// The user takes an option; one that is not listed is found by text only.
    Option {
        /// The option's id.
        id: String,
        /// Whether it is a button.
        listed: bool,
    },
    /// The user writes something that means nothing here.
    Text,
    /// An effect ends.
    Outcome {
        /// The effect's name.
        effect: SmolStr,
    },
    /// A timer fires.
    Timer,
    /// The user is silent for long.
    Idle,
    /// An agent does something.
    Person {
        /// What that is.
        change: Attendance,
    },
}

/// As people read it: `option`, `outcome of FetchQuote`.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option { .. } => f.write_str("option"),
            Self::Text => f.write_str("text"),
            Self::Outcome { effect } => write!(f, "outcome of {effect}"),
            Self::Timer => f.write_str("timer"),
            Self::Idle => f.write_str("idle"),
            Self::Person { .. } => f.write_str("person"),
        }
    }
}

impl Graph {
    /// The leaf's name of a node.
    ///
    /// # Panics
    /// If there is no such node.
    #[must_use]
    pub fn leaf(&self, node: usize) -> &SmolStr {
        &self.nodes[node].leaf().name
    }
}

impl Node {
    /// The leaf state.
    ///
    /// # Panics
    /// If the node has no level, which no explored node is without.
    #[must_use]
    pub fn leaf(&self) -> &NodeLevel {
        self.levels.last().expect("a node has at least its leaf")
    }
}
