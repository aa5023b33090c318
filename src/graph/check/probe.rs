//! Rules that need the machine itself: whether a step can be repeated, and what superstates would do.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{Found, Rule};
use crate::bot::{Bot, Machine, Step, name_of};
use crate::graph::explore::{Candidate, Explored, MOMENT, after, candidates, guarded};

/// A machine and the step that led to it.
type Came<B> = (Machine<B>, Step<B>);

pub(super) fn check<B: Bot>(found: &mut Found<'_>, world: &B::World, explored: &Explored<'_, B>) {
    repeat_start(found, world, explored);
    let mut shadows = Shadows::default();
    for (node, machine) in explored.machines.iter().enumerate() {
        // What panics has been found already.
        let _ = guarded(|| listed(found, node, machine, world));
        let Ok(offered) = guarded(|| candidates(machine, world)) else {
            continue;
        };
        for candidate in &offered {
            let came = || guarded(|| after(machine, candidate, world)).ok();
            if let (Some(once), Some(again)) = (came(), came()) {
                repeat(found, node, candidate, (&once, &again));
                stale(found, (node, machine), candidate, &once, world);
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

/// `Bot::listed` may be written by hand, for speed.
fn listed<B: Bot>(found: &mut Found<'_>, node: usize, machine: &Machine<B>, world: &B::World) {
    let mut options = machine.options(world);
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

fn at_step<I: std::fmt::Debug>(
    found: &mut Found<'_>,
    rule: Rule,
    node: usize,
    candidate: &Candidate<'_, I>,
    message: String,
) {
    let name = name_of(&candidate.input);
    let graph = found.graph;
    let edge = graph
        .edges
        .iter()
        .find(|edge| edge.from == node && graph.inputs[edge.input].name == name);
    match edge {
        Some(edge) => found.at_edge(rule, edge, message),
        None => found.at_node(rule, node, message),
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
            let way = found.way_to(node);
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
