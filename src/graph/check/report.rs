//! What a check found.

use std::fmt;

use serde::Serialize;

use super::rule::{Rule, Severity};
use crate::graph::diagram::{Diagram, View};
use crate::graph::model::Graph;
use crate::graph::paths::Turn;

/// What a check found in one bot's machine. As JSON a version-1 object of `statechat check --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The bot's name in addresses.
    pub bot: String,
    /// How much was looked at.
    pub counts: Counts,
    /// Errors first, then in the order of discovery.
    pub findings: Vec<Finding>,
}

/// How much a check looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// States by name, superstates included.
    pub states: usize,
    /// Transitions between them, by handling level, input and target.
    pub transitions: usize,
    /// Places with their data, memory and pending work.
    pub nodes: usize,
    /// Inputs tried in nodes.
    pub steps: usize,
}

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// How much it weighs.
    pub severity: Severity,
    /// The leaf state that it is about, if it is about one.
    pub state: Option<String>,
    /// The name of the input that it is about, if it is about one.
    pub input: Option<String>,
    /// What is the matter.
    pub message: String,
    /// A shortest conversation that shows it, from the greeting on. Empty where the start shows it, or nothing can.
    pub conversation: Vec<Turn>,
}

impl Report {
    pub(super) fn new(graph: &Graph, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| finding.severity == Severity::Warning);
        let shape = Diagram::new(graph, View::Shape);
        Self {
            bot: graph.bot.clone(),
            counts: Counts {
                states: shape.states.len(),
                transitions: shape.transitions.len(),
                nodes: graph.nodes.len(),
                steps: graph.edges.len() + graph.panics.len(),
            },
            findings,
        }
    }

    /// Of a bot whose start panics, which therefore has no machine to look at.
    pub(super) fn without_start(bot: &str, message: &str) -> Self {
        Self::nothing(bot, format!("no conversation can start: {message}"))
    }

    /// Of a bot whose data panic where they are looked at.
    pub(super) fn unexplored(bot: &str, message: &str) -> Self {
        Self::nothing(bot, format!("the machine cannot be explored: {message}"))
    }

    fn nothing(bot: &str, message: String) -> Self {
        Self {
            bot: bot.to_owned(),
            counts: Counts::default(),
            findings: vec![Finding {
                rule: Rule::Panic,
                severity: Rule::Panic.severity(),
                state: None,
                input: None,
                message,
                conversation: Vec::new(),
            }],
        }
    }

    /// How many findings are of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        let alike = findings.filter(|finding| finding.severity == severity);
        alike.count()
    }
}

/// For people: the findings with their conversations, then a line of counts.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        let Counts {
            states,
            transitions,
            nodes,
            steps,
        } = self.counts;
        let [errors, warnings] =
            [Severity::Error, Severity::Warning].map(|severity| self.count(severity));
        write!(
            f,
            "{}: {}, {}; {}, {}, {}, {} tried",
            self.bot,
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(states, "state"),
            counted(transitions, "transition"),
            counted(nodes, "node"),
            counted(steps, "step"),
        )
    }
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]", self.rule.name())?;
        match (&self.state, &self.input) {
            (Some(state), Some(input)) => write!(f, " {state}, {input}")?,
            (Some(state), None) => write!(f, " {state}")?,
            (None, Some(input)) => write!(f, " {input}")?,
            (None, None) => {}
        }
        writeln!(f, ": {}", self.message)?;
        for (number, turn) in (1..).zip(&self.conversation) {
            writeln!(f, "  {number}. {turn}")?;
        }
        writeln!(f, "  mend: {}", self.rule.mend())
    }
}
