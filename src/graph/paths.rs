//! Shortest ways through a graph, and how they read as a conversation.

use std::fmt;

use super::model::{Cause, Edge, Graph};

/// One input of a conversation, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Nodes are found breadth first, so the edge that found one is the last of a shortest way to it.
    #[must_use]
    pub fn path_to(&self, node: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = node;
        while at != self.initial {
            let found_by = self.edges.iter().position(|edge| edge.to == at);
            let Some(edge) = found_by else { break };
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

    fn turn(&self, edge: &Edge) -> Turn {
        let input = &self.inputs[edge.input].name;
        let did = match &edge.cause {
            Cause::Option { id, listed: true } => format!("chooses {id}"),
            Cause::Option { id, listed: false } => format!("writes {id:?}"),
            Cause::Text => "writes what means nothing here".to_owned(),
            Cause::Outcome { effect } => format!("{effect} ends with {input}"),
            Cause::Timer => format!("time brings {input}"),
            Cause::Idle => "is silent for long".to_owned(),
        };
        Turn {
            did,
            reply: edge.text.clone(),
            state: self.leaf(edge.to).to_string(),
        }
    }
}

/// `chooses LSE: ChooseStock, "Which stock?"`.
impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.did, self.state)?;
        match &self.reply {
            Some(reply) => write!(f, ", {reply:?}"),
            None => Ok(()),
        }
    }
}
