//! Shortest ways through a graph, and how they read as a conversation.

use std::fmt;

use serde::Serialize;

use super::model::{Cause, Edge, Graph};

/// One input of a conversation, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// What was done, as a sentence's end: `chooses LSE`, `writes "help"`, `FetchQuote ends with QuoteFailed`.
    pub did: String,
    /// What the bot said, if anything.
    pub reply: Option<String>,
    /// The leaf's name after.
    pub state: String,
}

impl Graph {
    /// The edges of a shortest way from the start to `node`, as indices into [`Graph::edges`].
    ///
    /// Nodes are found breadth first, so the edge that found one is the last of a shortest way to it, and stands before
    /// those that lead on from there: one look at each edge is enough.
    #[must_use]
    pub fn path_to(&self, node: usize) -> Vec<usize> {
        let mut found_by = vec![None; self.nodes.len()];
        for (index, edge) in self.edges.iter().enumerate() {
            if edge.to != self.initial && found_by[edge.to].is_none() {
                found_by[edge.to] = Some(index);
            }
        }
        let mut path = Vec::new();
        let mut at = node;
        while let Some(edge) = found_by[at] {
            path.push(edge);
            at = self.edges[edge].from;
        }
        path.reverse();
        path
    }

    /// How a way through the graph reads.
    ///
    /// # Panics
    /// If one of `path` is not an edge of the graph.
    #[must_use]
    pub fn turns(&self, path: &[usize]) -> Vec<Turn> {
        path.iter()
            .map(|&edge| self.turn(&self.edges[edge]))
            .collect()
    }

    pub(super) fn turn(&self, edge: &Edge) -> Turn {
        Turn {
            did: edge.cause.did(&self.inputs[edge.input].name),
            reply: edge.text.clone(),
            state: self.leaf(edge.to).to_string(),
        }
    }
}

impl Cause {
    /// What is done to bring `input` about.
    pub(super) fn did(&self, input: &str) -> String {
        match self {
            Self::Option { id, listed: true } => format!("chooses {id}"),
            Self::Option { id, listed: false } => format!("writes {id:?}"),
            Self::Text => "writes what means nothing here".to_owned(),
            Self::Outcome { effect } => format!("{effect} ends with {input}"),
            Self::Timer => format!("time brings {input}"),
            Self::Idle => "is silent for long".to_owned(),
            Self::Person { change } => change.to_string(),
        }
    }
}

/// `chooses LSE → ChooseStock: "Which stock?"`.
impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} → {}", self.did, self.state)?;
        match &self.reply {
            Some(reply) => write!(f, ": {reply:?}"),
            None => Ok(()),
        }
    }
}
