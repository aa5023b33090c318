//! What the driver needs of a statig machine, for every one that there is.
//!
//! statig climbs through superstates by borrowing each from the one below it, so every climb here is a
//! recursion.

use std::fmt::{Debug, Write};

use smol_str::SmolStr;
use statig::blocking::{IntoStateMachine, State, StateExt, Superstate};
use statig::{Outcome, StateOrSuperstate};

use super::outbox::Scoped;
use super::{name_in, name_of};

/// One level of a place: a superstate, or the leaf itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Level {
    /// The state's name.
    pub name: SmolStr,
    /// The `Debug` form of the state with its data.
    pub debug: String,
}

/// How a machine answered: by whom, and where it goes.
#[derive(Debug)]
pub enum Handling<S> {
    /// No level took it.
    Nobody,
    /// The level at this depth took it and stays.
    Stays(usize),
    /// The level at this depth took it and goes to another place.
    Goes(usize, S),
}

/// A machine's levels, run one at a time. Implemented for every statig machine.
pub trait Hierarchy: IntoStateMachine + Sized {
    /// The levels of `place`, the outermost first, the leaf last.
    fn levels(place: &mut Self::State) -> Vec<Level>;

    /// The names of the levels of `place`, in the same order, without their data.
    fn path(place: &mut Self::State) -> Vec<SmolStr>;

    /// Runs handlers from the leaf outwards until one takes `event`.
    fn dispatch(
        &mut self,
        place: &mut Self::State,
        event: &Self::Event<'_>,
        context: &mut Self::Context<'_>,
    ) -> Handling<Self::State>;

    /// Like [`Hierarchy::dispatch`], but as if the innermost `skipped` levels deferred.
    fn dispatch_above(
        &mut self,
        skipped: usize,
        place: &mut Self::State,
        event: &Self::Event<'_>,
        context: &mut Self::Context<'_>,
    ) -> Handling<Self::State>;

    /// How many levels are left and entered from `source` to `target`, both counted from their leaf.
    fn crossing(source: &mut Self::State, target: &mut Self::State) -> (usize, usize);

    /// Runs the entry actions of the innermost `count` levels, the outermost of them first.
    fn enter(&mut self, place: &mut Self::State, count: usize, context: &mut Self::Context<'_>);

    /// Runs the exit actions of the innermost `count` levels, the leaf first.
    fn exit(&mut self, place: &mut Self::State, count: usize, context: &mut Self::Context<'_>);

    /// Runs one action of the superstate at `depth`, if there is one: its exit action, or its entry action.
    fn act(
        &mut self,
        place: &mut Self::State,
        depth: usize,
        action: Action,
        context: &mut Self::Context<'_>,
    );
}

/// What a level does when it is entered or left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The entry action.
    Entry,
    /// The exit action.
    Exit,
}

impl<M> Hierarchy for M
where
    M: IntoStateMachine,
    M::State: State<M> + Debug,
    for<'s> M::Superstate<'s>: Superstate<M> + Debug,
    for<'c> M::Context<'c>: Scoped,
{
    fn levels(place: &mut M::State) -> Vec<Level> {
        let leaf = level(place);
        let mut levels = Vec::with_capacity(4);
        if let Some(mut above) = place.superstate() {
            push_levels::<M>(&mut above, &mut levels);
        }
        levels.push(leaf);
        levels
    }

    fn path(place: &mut M::State) -> Vec<SmolStr> {
        let leaf = name_of(place);
        let mut names = Vec::with_capacity(4);
        if let Some(mut above) = place.superstate() {
            push_names::<M>(&mut above, &mut names);
        }
        names.push(leaf);
        names
    }

    fn dispatch(
        &mut self,
        place: &mut M::State,
        event: &M::Event<'_>,
        context: &mut M::Context<'_>,
    ) -> Handling<M::State> {
        let depth = place.depth();
        context.at_depth(depth);
        self.before_dispatch(StateOrSuperstate::State(place), event, context);
        let outcome = place.call_handler(self, event, context);
        self.after_dispatch(StateOrSuperstate::State(place), event, context);
        match outcome {
            Outcome::Handled => Handling::Stays(depth),
            Outcome::Transition(target) => Handling::Goes(depth, target),
            Outcome::Super => match place.superstate() {
                Some(mut above) => defer(self, &mut above, depth - 1, event, context),
                None => Handling::Nobody,
            },
        }
    }

    fn dispatch_above(
        &mut self,
        skipped: usize,
        place: &mut M::State,
        event: &M::Event<'_>,
        context: &mut M::Context<'_>,
    ) -> Handling<M::State> {
        if skipped == 0 {
            return self.dispatch(place, event, context);
        }
        let depth = place.depth();
        match place.superstate() {
            Some(mut above) => defer_above(self, &mut above, (skipped, depth), event, context),
            None => Handling::Nobody,
        }
    }

    fn crossing(source: &mut M::State, target: &mut M::State) -> (usize, usize) {
        source.transition_path(target)
    }

    fn enter(&mut self, place: &mut M::State, count: usize, context: &mut M::Context<'_>) {
        if count == 0 {
            return;
        }
        let depth = place.depth();
        if count > 1
            && let Some(mut above) = place.superstate()
        {
            enter_above(self, &mut above, count - 1, depth - 1, context);
        }
        context.at_depth(depth);
        place.call_entry_action(self, context);
    }

    fn exit(&mut self, place: &mut M::State, count: usize, context: &mut M::Context<'_>) {
        if count == 0 {
            return;
        }
        let depth = place.depth();
        context.at_depth(depth);
        place.call_exit_action(self, context);
        if count > 1
            && let Some(mut above) = place.superstate()
        {
            exit_above(self, &mut above, count - 1, depth - 1, context);
        }
    }

    fn act(
        &mut self,
        place: &mut M::State,
        depth: usize,
        action: Action,
        context: &mut M::Context<'_>,
    ) {
        let at = place.depth();
        if let Some(mut above) = place.superstate() {
            act_above(self, &mut above, (depth, at - 1), action, context);
        }
    }
}

/// Asks `superstate`, `skipped` levels above a leaf at `depth`, or the first above it that is.
fn defer_above<M>(
    machine: &mut M,
    superstate: &mut M::Superstate<'_>,
    (skipped, depth): (usize, usize),
    event: &M::Event<'_>,
    context: &mut M::Context<'_>,
) -> Handling<M::State>
where
    M: IntoStateMachine,
    M::State: State<M>,
    for<'s> M::Superstate<'s>: Superstate<M>,
    for<'c> M::Context<'c>: Scoped,
{
    if skipped == 1 {
        return defer(machine, superstate, depth - 1, event, context);
    }
    match superstate.superstate() {
        Some(mut above) => defer_above(
            machine,
            &mut above,
            (skipped - 1, depth - 1),
            event,
            context,
        ),
        None => Handling::Nobody,
    }
}

fn act_above<M>(
    machine: &mut M,
    superstate: &mut M::Superstate<'_>,
    (depth, at): (usize, usize),
    action: Action,
    context: &mut M::Context<'_>,
) where
    M: IntoStateMachine,
    for<'s> M::Superstate<'s>: Superstate<M>,
    for<'c> M::Context<'c>: Scoped,
{
    if depth < at {
        if let Some(mut above) = superstate.superstate() {
            act_above(machine, &mut above, (depth, at - 1), action, context);
        }
        return;
    }
    context.at_depth(depth);
    match action {
        Action::Entry => superstate.call_entry_action(machine, context),
        Action::Exit => superstate.call_exit_action(machine, context),
    }
}

fn level(state: &impl Debug) -> Level {
    let mut debug = String::with_capacity(64);
    write!(debug, "{state:?}").expect("writing to a String cannot fail");
    Level {
        name: name_in(&debug).into(),
        debug,
    }
}

fn push_levels<M>(superstate: &mut M::Superstate<'_>, levels: &mut Vec<Level>)
where
    M: IntoStateMachine,
    for<'s> M::Superstate<'s>: Superstate<M> + Debug,
{
    let this = level(superstate);
    if let Some(mut above) = superstate.superstate() {
        push_levels::<M>(&mut above, levels);
    }
    levels.push(this);
}

fn push_names<M>(superstate: &mut M::Superstate<'_>, names: &mut Vec<SmolStr>)
where
    M: IntoStateMachine,
    for<'s> M::Superstate<'s>: Superstate<M> + Debug,
{
    let this = name_of(superstate);
    if let Some(mut above) = superstate.superstate() {
        push_names::<M>(&mut above, names);
    }
    names.push(this);
}

/// Asks `superstate`, then those above it. The hooks bracket a level together with what it defers to, as
/// statig's own do.
fn defer<M>(
    machine: &mut M,
    superstate: &mut M::Superstate<'_>,
    depth: usize,
    event: &M::Event<'_>,
    context: &mut M::Context<'_>,
) -> Handling<M::State>
where
    M: IntoStateMachine,
    M::State: State<M>,
    for<'s> M::Superstate<'s>: Superstate<M>,
    for<'c> M::Context<'c>: Scoped,
{
    context.at_depth(depth);
    machine.before_dispatch(StateOrSuperstate::Superstate(superstate), event, context);
    let answer = match superstate.call_handler(machine, event, context) {
        Outcome::Handled => Handling::Stays(depth),
        Outcome::Transition(target) => Handling::Goes(depth, target),
        Outcome::Super => match superstate.superstate() {
            Some(mut above) => defer(machine, &mut above, depth - 1, event, context),
            None => Handling::Nobody,
        },
    };
    context.at_depth(depth);
    machine.after_dispatch(StateOrSuperstate::Superstate(superstate), event, context);
    answer
}

fn enter_above<M>(
    machine: &mut M,
    superstate: &mut M::Superstate<'_>,
    count: usize,
    depth: usize,
    context: &mut M::Context<'_>,
) where
    M: IntoStateMachine,
    for<'s> M::Superstate<'s>: Superstate<M>,
    for<'c> M::Context<'c>: Scoped,
{
    if count > 1
        && let Some(mut above) = superstate.superstate()
    {
        enter_above(machine, &mut above, count - 1, depth - 1, context);
    }
    context.at_depth(depth);
    superstate.call_entry_action(machine, context);
}

fn exit_above<M>(
    machine: &mut M,
    superstate: &mut M::Superstate<'_>,
    count: usize,
    depth: usize,
    context: &mut M::Context<'_>,
) where
    M: IntoStateMachine,
    for<'s> M::Superstate<'s>: Superstate<M>,
    for<'c> M::Context<'c>: Scoped,
{
    context.at_depth(depth);
    superstate.call_exit_action(machine, context);
    if count > 1
        && let Some(mut above) = superstate.superstate()
    {
        exit_above(machine, &mut above, count - 1, depth - 1, context);
    }
}
