//! Exploration: everything that can happen to a machine, breadth first, on its bot's sample world.
//!
//! What is tried in a node: every option, listed or not; every outcome of every pending effect; every pending
//! timer; the idle input, unless the conversation is over; what agents do, where a person is waited for or has taken over;
//! and one text that means nothing. Where a person has taken over only buttons are tried, because texts do not reach the
//! machine. Left out on purpose: texts that mean several things, because a bot's machine treats them as texts that mean
//! nothing.

use std::any::Any;
use std::borrow::Cow;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use jiff::Timestamp;

use crate::bot::{Attendance, Bot, Machine, Moment, Step, Work, WorkId};

/// How many nodes are explored where nobody says otherwise. A machine with more has data in it that grows, which
/// belongs in the log.
pub const NODES_MAX: usize = 100_000;

/// How many pieces of work may be pending in a node. A machine that asks for another with each input has no end of
/// them, and each multiplies what can come next: that is cut here, long before there are too many nodes.
const PENDING_MAX: usize = 16;

/// Steps of an exploration all stand at one moment, so that no node differs by when it was reached.
pub(super) const MOMENT: Moment = Moment {
    seq: 0,
    at: Timestamp::UNIX_EPOCH,
};

/// What was reached.
#[derive(Debug)]
pub struct Explored<'w, B: Bot> {
    /// Every node, in the order of discovery; the first is where a conversation starts.
    pub machines: Vec<Rc<Machine<B>>>,
    /// The step that starts a conversation.
    pub opening: Step<B>,
    /// The nodes with edges to what the limit left out, in order. Empty if all was explored.
    pub cut: Vec<usize>,
    /// What panicked, in the order of discovery.
    pub panics: Vec<Panic<'w, B::Input>>,
}

/// A panic on the way: that edge was left out.
#[derive(Debug)]
pub struct Panic<'w, I> {
    /// The node in which it happened: an index into [`Explored::machines`].
    pub node: usize,
    /// What the machine got; `None` if it was asked for what it can get.
    pub candidate: Option<Candidate<'w, I>>,
    /// What the panic said.
    pub message: String,
}

/// An input that a node can get.
#[derive(Debug)]
pub struct Candidate<'w, I> {
    /// What the machine gets.
    pub input: I,
    /// How it comes about.
    pub way: Way<'w>,
}

/// How an input comes about, as [`Cause`](super::Cause) without a copy of any name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way<'w> {
    /// By an option.
    Option {
        /// The option's id.
        id: Cow<'w, str>,
        /// Whether it is a button.
        listed: bool,
    },
    /// By a text that means nothing.
    Text,
    /// By the end of this pending effect.
    Outcome(WorkId),
    /// By this pending timer.
    Timer(WorkId),
    /// By silence.
    Idle,
    /// By what an agent does.
    Person(Attendance),
}

/// One edge as it is found.
#[derive(Debug)]
pub struct Found<'w, B: Bot> {
    /// The node before: an index into [`Explored::machines`].
    pub from: usize,
    /// The node after.
    pub to: usize,
    /// What the machine got.
    pub candidate: Candidate<'w, B::Input>,
    /// What came of it.
    pub step: Step<B>,
}

/// Explores the machine of `B` in `world` up to `nodes_max` nodes (one at least), and shows each edge to `visit`
/// together with the machine it leaves. Edges to nodes beyond the limit are not shown, nor steps that panic.
///
/// # Panics
/// If the start of a conversation does.
pub fn explore<'w, B: Bot>(
    world: &'w B::World,
    nodes_max: usize,
    mut visit: impl FnMut(&Machine<B>, Found<'w, B>),
) -> Explored<'w, B> {
    let (machine, opening) = Machine::<B>::start(world, MOMENT);
    let mut nodes = Nodes::new(nodes_max);
    nodes.index_of(machine.renumbered());
    let (mut cut, mut panics) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(machine) = nodes.machines.get(from).cloned() {
        let offered = guarded(|| candidates(&machine, world)).unwrap_or_else(|message| {
            panics.push(Panic {
                node: from,
                candidate: None,
                message,
            });
            Vec::new()
        });
        for candidate in offered {
            let (after, step) = match guarded(|| after(&machine, &candidate, world)) {
                Ok(came) => came,
                Err(message) => {
                    panics.push(Panic {
                        node: from,
                        candidate: Some(candidate),
                        message,
                    });
                    continue;
                }
            };
            let Some(to) = nodes.index_of(after.renumbered()) else {
                cut.push(from);
                continue;
            };
            let found = Found {
                from,
                to,
                candidate,
                step,
            };
            visit(&machine, found);
        }
        from += 1;
    }
    cut.dedup();
    Explored {
        machines: nodes.machines,
        opening,
        cut,
        panics,
    }
}

/// What `machine` becomes by `candidate`, and the step.
///
/// # Panics
/// If a handler does.
pub(super) fn after<B: Bot>(
    machine: &Machine<B>,
    candidate: &Candidate<'_, B::Input>,
    world: &B::World,
) -> (Machine<B>, Step<B>) {
    let mut after = machine.clone();
    if let Way::Outcome(id) | Way::Timer(id) = candidate.way {
        after.settle(id);
    }
    let step = after.step(&candidate.input, world, MOMENT);
    (after, step)
}

/// What `run` returns, or what its panic said.
pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    // What was in the middle of a change is dropped with the panic: every step works on a clone.
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| said(&*payload))
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("it did not say why").to_owned()
}

/// The nodes that are known, by number and by value. An `Rc` each, so that a machine is kept once.
struct Nodes<B: Bot> {
    machines: Vec<Rc<Machine<B>>>,
    numbers: HashMap<Rc<Machine<B>>, usize>,
    limit: usize,
}

impl<B: Bot> Nodes<B> {
    fn new(nodes_max: usize) -> Self {
        Self {
            machines: Vec::new(),
            numbers: HashMap::new(),
            limit: nodes_max.max(1),
        }
    }

    /// The number of `machine`, a new one if it is new; `None` if there is no room for it, or too much pending in it.
    fn index_of(&mut self, machine: Machine<B>) -> Option<usize> {
        if let Some(&known) = self.numbers.get(&machine) {
            return Some(known);
        }
        let index = self.machines.len();
        if index >= self.limit || (index > 0 && machine.pending().len() > PENDING_MAX) {
            return None;
        }
        let machine = Rc::new(machine);
        self.machines.push(Rc::clone(&machine));
        self.numbers.insert(machine, index);
        Some(index)
    }
}

/// Everything that `machine` can get next. Inputs that come about in several ways are tried once, the first way, but
/// rather by a button than by a text; what settles pending work is never the same as what does not.
pub fn candidates<'w, B: Bot>(
    machine: &Machine<B>,
    world: &'w B::World,
) -> Vec<Candidate<'w, B::Input>> {
    let mut candidates = Vec::new();
    let is_read = !machine.is_with_person();
    for choice in machine.options(world) {
        if !is_read && !choice.listed {
            continue;
        }
        let way = Way::Option {
            id: choice.id,
            listed: choice.listed,
        };
        offer(&mut candidates, choice.input, way);
    }
    if let Some(idle) = machine.idle() {
        offer(&mut candidates, idle, Way::Idle);
    }
    if is_read {
        offer(&mut candidates, B::miss(&[]), Way::Text);
    }
    for change in Attendance::samples() {
        if let Some(input) = machine.attended(&change) {
            offer(&mut candidates, input, Way::Person(change));
        }
    }
    for pending in machine.pending() {
        match &pending.work {
            Work::Effect(effect) => {
                // A time-out can happen to every effect, whether or not its bot thought of it.
                let outcomes = B::outcomes(effect).into_iter().chain([B::failed(effect)]);
                let mut endings = Vec::new();
                outcomes.for_each(|input| offer(&mut endings, input, Way::Outcome(pending.id)));
                candidates.append(&mut endings);
            }
            Work::Timer { input, .. } => candidates.push(Candidate {
                input: input.clone(),
                way: Way::Timer(pending.id),
            }),
        }
    }
    candidates
}

fn offer<'w, I: PartialEq>(candidates: &mut Vec<Candidate<'w, I>>, input: I, way: Way<'w>) {
    let known = candidates.iter_mut().find(|other| other.input == input);
    match known.map(|known| &mut known.way) {
        None => candidates.push(Candidate { input, way }),
        Some(known) => {
            let button = matches!(way, Way::Option { listed: true, .. });
            if button && matches!(known, Way::Option { listed: false, .. }) {
                *known = way;
            }
        }
    }
}
