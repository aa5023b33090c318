//! The difference of two machines, as a reviewer reads it: states, transitions and replies that are new, gone, or not
//! the same.
//!
//! Both machines come from their JSON exports, so that one of them may be of any earlier build. What is compared is
//! what the export's view has: names in the shape view, data and every reply in the expanded one.
//!
//! # Layout
//!
//! - `exported`: a machine as its JSON has it. `text`: the difference as lines. `chart`: the difference as a picture.

mod chart;
mod exported;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use exported::{ExportError, Exported};

use self::exported::{ExportedState, ExportedTransition};

use super::svg::Change;

/// The difference of two machines.
#[derive(Debug, Serialize)]
pub struct Diff {
    /// The bot's name in addresses.
    pub bot: String,
    /// The bot's name for people.
    #[serde(skip)]
    pub title: String,
    /// What is different about the start: `says "Hello", said "Hi"`.
    pub greeting: Option<String>,
    /// States, the newer machine's first.
    pub states: Vec<StateDiff>,
    /// Transitions, the newer machine's first.
    pub transitions: Vec<TransitionDiff>,
    /// Whether one of the machines was not explored to its end: then more may be different.
    pub truncated: bool,
    #[serde(skip)]
    old: Exported,
    #[serde(skip)]
    new: Exported,
}

/// A state that is not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateDiff {
    /// Its name; its id, in the expanded view.
    pub state: String,
    /// What became of it.
    #[serde(serialize_with = "named")]
    pub change: Change,
    /// The state that it is part of; that it was part of, if it is gone.
    pub parent: Option<String>,
    /// What is different about it, if it was there and still is: `is final, was atomic`.
    pub details: Vec<String>,
}

/// A transition that is not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TransitionDiff {
    /// What takes the input.
    pub from: String,
    /// The input; in the expanded view with its data.
    pub input: String,
    /// Where it leads, or led if it is gone; `None` if it stays.
    pub to: Option<String>,
    /// What became of it.
    #[serde(serialize_with = "named")]
    pub change: Change,
    /// What is different about it, if it was there and still is: `leads to Hall, led to Home`.
    pub details: Vec<String>,
}

fn named<S: serde::Serializer>(change: &Change, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(change.class())
}

/// Transitions of one state by one input.
type Key = (String, String);

impl Diff {
    /// What became of `old` in `new`.
    #[must_use]
    pub fn of(old: Exported, new: Exported) -> Self {
        Self {
            bot: new.bot.clone(),
            title: new.title.clone(),
            greeting: greeting(&old, &new),
            states: states(&old, &new),
            transitions: transitions(&old, &new),
            truncated: old.truncated || new.truncated,
            old,
            new,
        }
    }

    /// Whether the machines are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.greeting.is_none() && self.states.is_empty() && self.transitions.is_empty()
    }
}

fn greeting(old: &Exported, new: &Exported) -> Option<String> {
    says(&new.greeting, &old.greeting)
}

/// What is said otherwise; nothing where one of the exports does not tell.
fn says(is: &Option<Option<String>>, was: &Option<Option<String>>) -> Option<String> {
    let (is, was) = (is.as_ref()?, was.as_ref()?);
    let said = |text: &Option<String>| match text {
        Some(text) => format!("{text:?}"),
        None => "nothing".to_owned(),
    };
    (was != is).then(|| format!("says {}, said {}", said(is), said(was)))
}

fn states(old: &Exported, new: &Exported) -> Vec<StateDiff> {
    let (was, is) = (old.by_key(), new.by_key());
    let mut states = Vec::new();
    for state in &new.states {
        let (change, details) = match was.get(&*state.key) {
            None => (Change::Added, Vec::new()),
            Some(before) => {
                let mut details = state_details(before, state);
                let starts = (old.initial == state.key, new.initial == state.key);
                match starts {
                    (false, true) => details.push("a conversation starts here now".to_owned()),
                    (true, false) => details.push("no conversation starts here now".to_owned()),
                    _ => {}
                }
                (Change::Changed, details)
            }
        };
        if change == Change::Added || !details.is_empty() {
            states.push(state_diff(state, change, details));
        }
    }
    let gone = old
        .states
        .iter()
        .filter(|state| !is.contains_key(&*state.key));
    states.extend(gone.map(|state| state_diff(state, Change::Removed, Vec::new())));
    states
}

fn state_diff(state: &ExportedState, change: Change, details: Vec<String>) -> StateDiff {
    StateDiff {
        state: state.key.clone(),
        change,
        parent: state.parent.clone(),
        details,
    }
}

fn state_details(was: &ExportedState, is: &ExportedState) -> Vec<String> {
    let mut details = Vec::new();
    if was.kind != is.kind {
        details.push(format!("is {}, was {}", is.kind, was.kind));
    }
    if was.parent != is.parent {
        let within = |parent: &Option<String>| match parent {
            Some(parent) => format!("in {parent}"),
            None => "at the top".to_owned(),
        };
        details.push(format!(
            "is {}, was {}",
            within(&is.parent),
            within(&was.parent)
        ));
    }
    if was.options != is.options {
        let listed = |options: &[String]| match options {
            [] => "nothing".to_owned(),
            options => options.join(", "),
        };
        details.push(format!(
            "offers {}, offered {}",
            listed(&is.options),
            listed(&was.options)
        ));
    }
    details
}

fn transitions(old: &Exported, new: &Exported) -> Vec<TransitionDiff> {
    let (was, is) = (by_input(old), by_input(new));
    let keys = new.transitions.iter().chain(&old.transitions).map(key);
    let mut seen = BTreeSet::new();
    let mut diffs = Vec::new();
    for key in keys.filter(|key| seen.insert(key.clone())) {
        let of = |machine: &BTreeMap<Key, Vec<&ExportedTransition>>| -> Vec<ExportedTransition> {
            machine
                .get(&key)
                .into_iter()
                .flatten()
                .copied()
                .cloned()
                .collect()
        };
        compare(of(&was), of(&is), &mut diffs);
    }
    diffs
}

fn key(transition: &ExportedTransition) -> Key {
    (transition.from.clone(), transition.event.clone())
}

fn by_input(machine: &Exported) -> BTreeMap<Key, Vec<&ExportedTransition>> {
    let mut by_input: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for transition in &machine.transitions {
        by_input
            .entry(key(transition))
            .or_default()
            .push(transition);
    }
    by_input
}

/// What one input did and does in one state: mostly one transition, several where it depends on data.
fn compare(
    mut was: Vec<ExportedTransition>,
    is: Vec<ExportedTransition>,
    diffs: &mut Vec<TransitionDiff>,
) {
    let mut new = Vec::new();
    for transition in is {
        let same = |other: &ExportedTransition| other.target() == transition.target();
        match was.iter().position(same) {
            Some(index) => {
                let details = transition_details(&was.remove(index), &transition);
                if !details.is_empty() {
                    diffs.push(diff(&transition, Change::Changed, details));
                }
            }
            None => new.push(transition),
        }
    }
    // One that leads elsewhere is the same transition, changed.
    if let ([before], [now]) = (&was[..], &new[..]) {
        let mut details = vec![format!("{}, {}", now.leads(), before.led())];
        details.extend(transition_details(before, now));
        diffs.push(diff(now, Change::Changed, details));
        return;
    }
    let added = new
        .iter()
        .map(|transition| diff(transition, Change::Added, Vec::new()));
    diffs.extend(added);
    let removed = was
        .iter()
        .map(|transition| diff(transition, Change::Removed, Vec::new()));
    diffs.extend(removed);
}

fn transition_details(was: &ExportedTransition, is: &ExportedTransition) -> Vec<String> {
    let mut details = Vec::new();
    if was.handled_by != is.handled_by {
        let by = |level: &Option<String>| level.clone().unwrap_or_else(|| "nobody".to_owned());
        let (was, is) = (by(&was.handled_by), by(&is.handled_by));
        details.push(format!("is taken by {is}, was by {was}"));
    }
    details.extend(says(&is.reply, &was.reply));
    let work = |transition: &ExportedTransition| transition.work.join(", ");
    if was.work != is.work {
        details.push(format!("starts [{}], started [{}]", work(is), work(was)));
    }
    details
}

fn diff(transition: &ExportedTransition, change: Change, details: Vec<String>) -> TransitionDiff {
    TransitionDiff {
        from: transition.from.clone(),
        input: transition.event.clone(),
        to: transition.target().map(ToOwned::to_owned),
        change,
        details,
    }
}
