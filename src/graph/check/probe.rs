//! Rules that need the machine itself: whether a step can be repeated, what is read and stored, and what superstates
//! would do.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use smol_str::SmolStr;

use super::{Found, Rule, way_to};
use crate::bot::{Bot, Machine, Step, name_of};
use crate::graph::explore::{Candidate, Explored, MOMENT, Way, after, candidates, guarded};
use crate::graph::model::{Cause, Edge, Graph, Input};

/// Texts that people write and authors may not think of: a word, letters that are several bytes, a number.
const TEXTS: [&str; 3] = ["xyzzy", "é 🫖", "7"];

/// A machine and the step that led to it.
type Came<B> = (Machine<B>, Step<B>);

pub(super) fn check<B: Bot>(found: &mut Found<'_>, world: &B::World, explored: &Explored<'_, B>) {
    repeat_start(found, world, explored);
    let mut shadows = Shadows::default();
    let mut inputs = HashSet::new();
    for (node, machine) in explored.machines.iter().enumerate() {
        // What panics has been found already.
        let _ = guarded(|| listed(found, node, machine, world));
        reads(found, node, machine, world);
        if let Err(message) = comes_back(&**machine) {
            found.at_node(Rule::LostData, node, message);
        }
        let Ok(offered) = guarded(|| candidates(machine, world)) else {
            continue;
        };
        for candidate in &offered {
            if inputs.insert(candidate.input.clone())
                && let Err(message) = comes_back(&candidate.input)
            {
                at_step(found, Rule::LostData, node, candidate, message);
            }
            let came = || guarded(|| after(machine, candidate, world)).ok();
            if let (Some(once), Some(again)) = (came(), came()) {
                repeat(found, node, candidate, (&once, &again));
                let _ = guarded(|| stale(found, (node, machine), candidate, &once, world));
                shadows.note((node, machine), candidate, &once, world);
            }
        }
    }
    shadows.report(found);
}

fn repeat_start<B: Bot>(found: &mut Found<'_>, world: &B::World, explored: &Explored<'_, B>) {
    let Ok((machine, step)) = guarded(|| Machine::<B>::start(world, MOMENT)) else {
        return;
    };
    if step != explored.opening || *explored.machines[0] != machine.renumbered() {
        let message = "two starts of a conversation differ";
        found.at_node(Rule::DifferingRuns, 0, message);
    }
}

fn repeat<B: Bot>(
    found: &mut Found<'_>,
    node: usize,
    candidate: &Candidate<'_, B::Input>,
    (once, again): (&Came<B>, &Came<B>),
) {
    if once == again {
        return;
    }
    let what = match (&once.1, &again.1) {
        (one, other) if one.path != other.path => {
            format!("it goes to {} or to {}", one.to, other.to)
        }
        (one, other) if one.text != other.text => format!(
            "it says {:?} or {:?}",
            one.text.as_deref().unwrap_or_default(),
            other.text.as_deref().unwrap_or_default()
        ),
        _ => "its data, memory or work differ".to_owned(),
    };
    let message = format!("run twice, the step differs: {what}");
    at_step(found, Rule::DifferingRuns, node, candidate, message);
}

/// What people write, whatever it means: that reading it panics is not told by what it is understood as.
fn reads<B: Bot>(found: &mut Found<'_>, node: usize, machine: &Machine<B>, world: &B::World) {
    for text in TEXTS {
        if let Err(said) = guarded(|| machine.read(text, world)) {
            let message = format!("reading the text {text:?} panics: {said}");
            found.at_node(Rule::Panic, node, message);
        }
    }
}

/// Whether it is the same after it has been stored.
fn comes_back<T: Serialize + DeserializeOwned + PartialEq>(value: &T) -> Result<(), String> {
    let stored = guarded(|| serde_json::to_string(value));
    let stored = stored.and_then(|stored| stored.map_err(|error| error.to_string()));
    let stored = stored.map_err(|why| format!("it cannot be stored: {why}"))?;
    let read = guarded(|| serde_json::from_str::<T>(&stored));
    let read = read.and_then(|read| read.map_err(|error| error.to_string()));
    let read = read.map_err(|why| format!("what is stored of it cannot be read: {why}"))?;
    match read == *value {
        true => Ok(()),
        false => Err(format!(
            "it is not what it was once it has been stored as {stored}"
        )),
    }
}

/// `Bot::listed` may be written by hand, for speed.
fn listed<B: Bot>(found: &mut Found<'_>, node: usize, machine: &Machine<B>, world: &B::World) {
    let mut options = machine.options(world);
    if machine.options(world) != options {
        let message = "asked twice, `options` offers something else";
        return found.at_node(Rule::DifferingRuns, node, message);
    }
    options.retain(|choice| choice.listed);
    if machine.listed(world) != options {
        let message = "the buttons that `listed` gives are not those that `options` lists";
        found.at_node(Rule::ListedDiffers, node, message);
    }
}

/// A superstate that stays entered with other data, though its actions would have something to do.
fn stale<B: Bot>(
    found: &mut Found<'_>,
    (node, machine): (usize, &Machine<B>),
    candidate: &Candidate<'_, B::Input>,
    (after, step): &Came<B>,
    world: &B::World,
) {
    let (before, now) = (machine.levels(), after.levels());
    let superstates = before
        .iter()
        .zip(&now)
        .take_while(|(b, n)| b.name == n.name);
    for (depth, (before, now)) in (1..).zip(superstates) {
        let is_leaf = depth == machine.path().len() || depth == step.path.len();
        if is_leaf || before == now || step.exited.contains(&before.name) {
            continue;
        }
        let acts = guarded(|| machine.acts_on_reentry(after, depth, world));
        if acts.is_ok_and(|acts| acts) {
            let message = format!(
                "{} becomes {} without being left and entered again, so its actions do not run",
                before.debug, now.debug
            );
            at_step(found, Rule::StaleSuperstate, node, candidate, message);
        }
    }
}

fn at_step<I: Serialize + Debug>(
    found: &mut Found<'_>,
    rule: Rule,
    node: usize,
    candidate: &Candidate<'_, I>,
    message: String,
) {
    let graph = found.graph;
    // Nodes are explored one after another, and so their edges stand.
    let first = graph.edges.partition_point(|edge| edge.from < node);
    let edges = graph.edges[first..].iter();
    let mut edges = edges.take_while(|edge| edge.from == node);
    // The same input can come about in several ways, and inputs of one name have other data.
    let input = Input::of(&candidate.input);
    let is_tried =
        |edge: &&Edge| graph.inputs[edge.input] == input && is_alike(&edge.cause, &candidate.way);
    match edges.find(is_tried) {
        Some(edge) => found.at_edge(rule, edge, message),
        None => found.at_node(rule, node, message),
    }
}

fn is_alike(cause: &Cause, way: &Way<'_>) -> bool {
    match (cause, way) {
        (Cause::Option { id, .. }, Way::Option { id: other, .. }) => id == other,
        (Cause::Text, Way::Text)
        | (Cause::Idle, Way::Idle)
        | (Cause::Timer, Way::Timer(_))
        | (Cause::Outcome { .. }, Way::Outcome(_)) => true,
        (Cause::Person { change }, Way::Person(other)) => change == other,
        _ => false,
    }
}

/// What superstates would do with inputs that levels below them take.
#[derive(Default)]
struct Shadows {
    /// By superstate and input.
    handlers: BTreeMap<(SmolStr, SmolStr), Handler>,
}

/// What is known of one superstate and one input.
#[derive(Default)]
struct Handler {
    /// Whether it took the input, anywhere.
    takes: bool,
    /// The first node in which it would have, and who did.
    shadowed: Option<(usize, SmolStr)>,
}

impl Shadows {
    fn note<B: Bot>(
        &mut self,
        (node, machine): (usize, &Machine<B>),
        candidate: &Candidate<'_, B::Input>,
        (_, step): &Came<B>,
        world: &B::World,
    ) {
        let Some(by) = &step.handled_by else { return };
        let path = machine.path();
        let Some(depth) = path.iter().position(|name| name == by) else {
            return;
        };
        let input = name_of(&candidate.input);
        self.handler(by, &input).takes = true;
        for superstate in &path[..depth] {
            if self.handler(superstate, &input).shadowed.is_some() {
                continue;
            }
            let skipped = path.iter().rev().position(|name| name == superstate);
            let skipped = skipped.expect("a superstate is part of its own path");
            if takes_itself(machine, (skipped, superstate), &candidate.input, world) {
                self.handler(superstate, &input).shadowed = Some((node, by.clone()));
            }
        }
    }

    fn handler(&mut self, superstate: &SmolStr, input: &SmolStr) -> &mut Handler {
        let key = (superstate.clone(), input.clone());
        self.handlers.entry(key).or_default()
    }

    fn report(self, found: &mut Found<'_>) {
        // What was left out may be where a superstate gets its turn.
        if found.graph.truncated || !found.graph.panics.is_empty() {
            return;
        }
        for ((superstate, input), handler) in self.handlers {
            let Some((node, by)) = handler.shadowed.filter(|_| !handler.takes) else {
                continue;
            };
            let message = format!(
                "{superstate} would take {input}, but wherever that comes, a level below takes it first, \
                 as {by} does here"
            );
            let way = |graph: &Graph| way_to(graph, node);
            found.add(
                Rule::ShadowedHandler,
                Some(superstate.to_string()),
                Some(input.to_string()),
                message,
                way,
            );
        }
    }
}

/// Whether the superstate takes `input`, and does with it what it does not do with any input: what answers
/// everything alike is a fallback, and is meant to be passed by.
fn takes_itself<B: Bot>(
    machine: &Machine<B>,
    (skipped, superstate): (usize, &SmolStr),
    input: &B::Input,
    world: &B::World,
) -> bool {
    // Asked out of turn a handler may well panic: then it is not known.
    let asked = |input: &B::Input| {
        guarded(|| {
            let mut asked = machine.clone();
            let step = asked.step_above(skipped, input, world, MOMENT);
            (asked, step)
        })
    };
    let Ok(came) = asked(input) else { return false };
    let miss = B::miss(&[]);
    came.1.handled_by.as_ref() == Some(superstate) && asked(&miss).ok() != Some(came)
}
