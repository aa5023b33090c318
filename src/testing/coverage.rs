//! Coverage: which transitions and states of a machine some conversations walked.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use smol_str::SmolStr;

use super::conversation::Conversation;
use crate::bot::Bot;
use crate::graph::{Diagram, Graph, View};
use crate::record;

/// Which transitions and states of the machine of `B` were walked, of all that exploration finds in its sample world.
///
/// A transition is what a diagram draws as one arrow: a level takes an input by its name, and goes to a leaf or stays.
/// Each test function runs for itself and, under `cargo nextest`, in a process of its own; so there is no sum over
/// them. A bot's author keeps the conversations in a function of the test module, and has both the snapshots and the
/// coverage made from them, as the [module](super) shows.
#[derive(Clone, Debug)]
pub struct Coverage<B: Bot> {
    transitions: Vec<Arrow>,
    states: Vec<SmolStr>,
    walked: BTreeSet<Arrow>,
    visited: BTreeSet<SmolStr>,
    bot: PhantomData<fn() -> B>,
}

/// A transition by names. Its `Display` form: `Exchange takes GoBack to ChooseStock`, `Conversation takes Help and
/// stays`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    /// The level that takes the input.
    pub level: SmolStr,
    /// The input's name.
    pub input: SmolStr,
    /// The leaf after; `None` if no level was left or entered.
    pub to: Option<SmolStr>,
}

impl<B: Bot> Coverage<B> {
    /// Nothing walked yet.
    ///
    /// # Panics
    /// If a handler does when it is explored.
    #[must_use]
    pub fn new() -> Self {
        let graph = Graph::of::<B>();
        let diagram = Diagram::new(&graph, View::Shape);
        let name = |state: usize| diagram.states[state].name.clone();
        let transitions = diagram.transitions.iter().map(|transition| Arrow {
            level: name(transition.from),
            input: transition.input.clone(),
            to: (!transition.internal).then(|| name(transition.to)),
        });
        let leaves = diagram
            .states
            .iter()
            .filter(|state| state.children.is_empty());
        Self {
            transitions: transitions.collect(),
            states: leaves.map(|state| state.name.clone()).collect(),
            walked: BTreeSet::new(),
            visited: BTreeSet::new(),
            bot: PhantomData,
        }
    }

    /// What `conversations` walked.
    ///
    /// # Panics
    /// If a handler does when it is explored.
    #[must_use]
    pub fn of<'c>(conversations: impl IntoIterator<Item = &'c Conversation<B>>) -> Self {
        let mut coverage = Self::new();
        for conversation in conversations {
            coverage.add(conversation);
        }
        coverage
    }

    /// Counts what `conversation` walked as well.
    pub fn add(&mut self, conversation: &Conversation<B>) {
        let steps = conversation
            .played
            .iter()
            .filter_map(|played| played.of_bot());
        for transition in steps.filter_map(|step| step.transition) {
            self.visited.insert(transition.to.clone());
            self.walked.extend(arrow(transition));
        }
    }

    /// The transitions that nothing walked, in the order of their discovery.
    pub fn missing(&self) -> impl Iterator<Item = &Arrow> {
        let all = self.transitions.iter();
        all.filter(|arrow| !self.walked.contains(arrow))
    }

    /// The leaf states that nothing came to, in the order of their discovery.
    pub fn unvisited(&self) -> impl Iterator<Item = &SmolStr> {
        let all = self.states.iter();
        all.filter(|state| !self.visited.contains(*state))
    }

    /// What was walked, though exploration does not know it: it is possible outside of the sample world only, or by a
    /// text that exploration does not try.
    pub fn unexplored(&self) -> impl Iterator<Item = &Arrow> {
        let all = self.walked.iter();
        all.filter(|arrow| !self.transitions.contains(arrow))
    }

    /// Everything was walked.
    ///
    /// # Panics
    /// If not, with what is missing.
    #[track_caller]
    pub fn assert_complete(&self) {
        let complete = self.missing().next().is_none() && self.unvisited().next().is_none();
        assert!(complete, "{self}");
    }
}

impl<B: Bot> Default for Coverage<B> {
    fn default() -> Self {
        Self::new()
    }
}

/// The transition that a step was; `None` for the greeting, and where no level took the input.
fn arrow(step: record::Transition) -> Option<Arrow> {
    let stays = step.exited.is_empty() && step.entered.is_empty();
    Some(Arrow {
        level: step.handled_by?,
        input: step.input?,
        to: (!stays).then_some(step.to),
    })
}

impl fmt::Display for Arrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} takes {}", self.level, self.input)?;
        match &self.to {
            Some(to) => write!(f, " to {to}"),
            None => f.write_str(" and stays"),
        }
    }
}

impl<B: Bot> fmt::Display for Coverage<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (transitions, states) = (self.transitions.len(), self.states.len());
        let walked = transitions - self.missing().count();
        let visited = states - self.unvisited().count();
        write!(
            f,
            "walked {walked} of {transitions} transitions, {visited} of {states} states"
        )?;
        list(f, "not walked by any conversation", self.missing())?;
        list(f, "states that no conversation came to", self.unvisited())?;
        list(f, "walked, but not explored", self.unexplored())
    }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    items: impl Iterator<Item = impl fmt::Display>,
) -> fmt::Result {
    for (index, item) in items.enumerate() {
        if index == 0 {
            write!(f, "\n{title}:")?;
        }
        write!(f, "\n  {item}")?;
    }
    Ok(())
}
