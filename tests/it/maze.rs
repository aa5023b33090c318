//! The explorer against a naive second one, on random machines.
//!
//! The machine's handlers look up in their world what to do, and a world is drawn from a seed: where each door leads,
//! what is asked for on the way, and what comes of it.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, Machine, Moment, Outbox, Work, World};
use statechat::graph::{Way, explore};
use statig::prelude::*;

use crate::dice::{Dice, seed};

const MAZES: u64 = 200;
const ROOMS: usize = 6;
const DOORS: usize = 3;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Walker {
    /// Changed by some doors.
    lamp: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Input {
    Door(usize),
    Echo(usize),
    Silence,
    NotUnderstood,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shout(usize);

/// What lies behind a door.
#[derive(Clone, Copy, Debug)]
enum Behind {
    Wall,
    Room(usize),
    Switch,
    Exit,
}

/// By room and by what is done: three doors, an echo, silence.
pub(crate) struct Plan {
    behind: [[Behind; DOORS + 2]; ROOMS],
    /// What a room does when it is entered: nothing, shout, or set a timer for a door.
    entering: [usize; ROOMS],
}

impl World for Plan {
    fn sample() -> Self {
        Self::drawn(&mut Dice::new(0))
    }
}

impl Plan {
    fn drawn(dice: &mut Dice) -> Self {
        let mut behind = || match dice.below(8) {
            0 => Behind::Wall,
            1 => Behind::Switch,
            2 if dice.one_in(4) => Behind::Exit,
            _ => Behind::Room(dice.below(ROOMS)),
        };
        Self {
            behind: std::array::from_fn(|_| std::array::from_fn(|_| behind())),
            entering: std::array::from_fn(|_| dice.below(4)),
        }
    }
}

type Out<'w> = Outbox<'w, Plan, Input, Shout>;

#[state_machine(
    initial = "State::room(0)",
    state(derive(
        Clone,
        Debug,
        PartialEq,
        Eq,
        Hash,
        Serialize,
        Deserialize,
        strum::VariantNames
    )),
    superstate(derive(Debug))
)]
impl Walker {
    #[superstate]
    fn inside(&mut self, room: &mut usize, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        let done = match event {
            Input::Door(door) => *door,
            Input::Echo(_) => DOORS,
            Input::Silence => DOORS + 1,
            Input::NotUnderstood => return Super,
        };
        match context.world().behind[*room][done] {
            Behind::Wall => Handled,
            Behind::Room(room) => Transition(State::room(room)),
            Behind::Switch => {
                self.lamp = !self.lamp;
                Handled
            }
            Behind::Exit => Transition(State::outside()),
        }
    }

    #[state(
        superstate = "inside",
        entry_action = "enter",
        local_storage("room: usize")
    )]
    fn room() -> Outcome<State> {
        Super
    }

    #[action]
    fn enter(room: &mut usize, context: &mut Out<'_>) {
        match context.world().entering[*room] {
            0 => context.start(Shout(*room)),
            1 => context.after(Duration::from_secs(1), Input::Door(*room % DOORS)),
            _ => {}
        }
    }

    #[state]
    fn outside() -> Outcome<State> {
        Super
    }
}

impl Bot for Walker {
    type World = Plan;
    type Input = Input;
    type Effect = Shout;
    type Place = State;

    const NAME: &'static str = "walker";
    const TITLE: &'static str = "Walker";

    fn new(_plan: &Plan) -> Self {
        Self::default()
    }

    fn options<'w>(&self, place: &State, _plan: &'w Plan) -> Vec<Choice<'w, Input>> {
        let door = |door| match door == 0 && !self.lamp {
            true => Choice::unlisted("dark", "Dark", Input::Door(door)),
            false => Choice::listed(door.to_string(), "Door", Input::Door(door)),
        };
        match place {
            State::Room { .. } => (0..DOORS).map(door).collect(),
            State::Outside {} => vec![],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }

    fn outcomes(effect: &Shout) -> Vec<Input> {
        vec![Input::Echo(effect.0), Input::Echo(0)]
    }

    fn idle() -> Option<Input> {
        Some(Input::Silence)
    }

    fn is_final(place: &State) -> bool {
        matches!(place, State::Outside {})
    }
}

/// An edge as it reads: node, input, node.
type Line = (String, String, String);

const MOMENT: Moment = Moment {
    seq: 0,
    at: Timestamp::UNIX_EPOCH,
};

/// Depth first, by a list that is searched from its start, and with no idea of what has been tried already.
fn naive(plan: &Plan) -> (BTreeSet<String>, BTreeSet<Line>) {
    let (start, _) = Machine::<Walker>::start(plan, MOMENT);
    let mut open = vec![start.renumbered()];
    let mut nodes: Vec<Machine<Walker>> = vec![];
    let mut lines = BTreeSet::new();
    while let Some(machine) = open.pop() {
        if nodes.contains(&machine) {
            continue;
        }
        for (settled, input) in can_come(&machine, plan) {
            let mut after = machine.clone();
            if let Some(id) = settled {
                after.settle(id).unwrap();
            }
            after.step(&input, plan, MOMENT);
            let after = after.renumbered();
            lines.insert((
                text(&machine),
                format!("{settled:?} {input:?}"),
                text(&after),
            ));
            open.push(after);
        }
        nodes.push(machine);
    }
    (nodes.iter().map(text).collect(), lines)
}

fn can_come(
    machine: &Machine<Walker>,
    plan: &Plan,
) -> Vec<(Option<statechat::bot::WorkId>, Input)> {
    let options = machine.options(plan).into_iter();
    let mut inputs: Vec<_> = options.map(|choice| (None, choice.input)).collect();
    inputs.push((None, Input::NotUnderstood));
    if !machine.is_final() {
        inputs.push((None, Input::Silence));
    }
    for pending in machine.pending() {
        let id = Some(pending.id);
        match &pending.work {
            Work::Effect(shout) => {
                inputs.push((id, Input::Echo(shout.0)));
                inputs.push((id, Input::Echo(0)));
            }
            Work::Timer { input, .. } => inputs.push((id, input.clone())),
        }
    }
    inputs
}

fn text(machine: &Machine<Walker>) -> String {
    format!("{machine:?}")
}

#[test]
fn the_explorer_finds_what_a_naive_one_finds() {
    let mut dice = Dice::new(seed(7));
    let (mut nodes, mut edges, mut with_work) = (0, 0, 0);
    for maze in 0..MAZES {
        let plan = Plan::drawn(&mut dice);
        let mut found = Vec::new();
        let explored = explore::<Walker>(&plan, usize::MAX, |machine, edge| {
            let settled = match edge.candidate.way {
                Way::Outcome(id) | Way::Timer(id) => Some(id),
                Way::Option { .. } | Way::Text | Way::Idle | Way::Person(_) => None,
            };
            let input = format!("{settled:?} {:?}", edge.candidate.input);
            found.push((text(machine), input, edge.to));
            with_work += usize::from(settled.is_some());
        });
        let texts: Vec<_> = explored
            .machines
            .iter()
            .map(|machine| text(machine))
            .collect();
        let lines: BTreeSet<Line> = found
            .into_iter()
            .map(|(from, input, to)| (from, input, texts[to].clone()))
            .collect();
        let (expected, ways) = naive(&plan);
        assert_eq!(
            texts.into_iter().collect::<BTreeSet<_>>(),
            expected,
            "{maze}"
        );
        assert_eq!(lines, ways, "{maze}");
        assert!(explored.cut.is_empty() && explored.panics.is_empty());
        nodes += expected.len();
        edges += ways.len();
    }
    // Machines worth the name: several nodes each, and some with work that comes back.
    assert!(nodes as u64 > 5 * MAZES && edges > nodes && with_work as u64 > MAZES);
}
