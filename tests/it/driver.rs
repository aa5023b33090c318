//! The driver: the same steps as statig's own, and work that belongs to levels.

use jiff::Timestamp;
use statechat::bot::{Machine, Moment, Outbox, Shown, Step, Work};
use statig::blocking::{IntoStateMachineExt, StateMachine};

use crate::house::{Act, Effect, Goal, House, Input};

const STEPS: u64 = 100_000;

fn moment(seq: u64) -> Moment {
    Moment {
        seq,
        at: Timestamp::UNIX_EPOCH,
    }
}

/// Random numbers that are the same everywhere: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u8) -> u8 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u8::try_from((mixed ^ (mixed >> 31)) % u64::from(limit)).unwrap()
    }

    fn goal(&mut self) -> Goal {
        let (floor, room) = (self.below(3), self.below(3));
        match self.below(8) {
            0 => Goal::Garden,
            1 => Goal::Stairs,
            2 => Goal::Hall(floor),
            3..5 => Goal::Desk(floor, room),
            5..7 => Goal::Bed(floor, room),
            _ => Goal::Back,
        }
    }

    fn input(&mut self) -> Input {
        let goal = self.goal();
        let act = match self.below(8) {
            0 => Act::Stay,
            1 => Act::Change,
            2 => Act::Ask,
            3 => Act::AskAndGo(goal),
            4 => Act::ChangeAndGo(goal),
            _ => Act::Go(goal),
        };
        let depth = self.below(5);
        Input { depth, act }
    }
}

/// What a step of either machine left in the outbox.
#[derive(Debug, PartialEq)]
struct Left {
    said: String,
    shown: Option<Shown>,
    asked: Vec<Work<Input, Effect>>,
}

impl Left {
    fn by_statig(outbox: &Outbox<'_, (), Input, Effect>) -> Self {
        let said: Vec<String> = outbox.said().iter().map(|line| mended(line)).collect();
        Self {
            said: said.join("\n\n"),
            shown: outbox.shown().cloned(),
            asked: outbox.asked().cloned().collect(),
        }
    }

    fn by_us(step: &Step<House>) -> Self {
        Self {
            said: step.text.clone().unwrap_or_default(),
            shown: step.data.clone(),
            asked: step.started.iter().map(|work| work.work.clone()).collect(),
        }
    }
}

/// statig 0.4.1 calls `before_transition(target, source)`, against its own documentation; our driver passes the
/// source first. So here, and only for that hook, the two are put right before they are compared. If this fails
/// after an update of statig, the bug is mended there and this function can go.
fn mended(line: &str) -> String {
    match line
        .strip_prefix("before_transition ")
        .and_then(|states| states.split_once(" to "))
    {
        Some((target, source)) => format!("before_transition {source} to {target}"),
        None => line.to_owned(),
    }
}

#[test]
fn steps_are_those_of_statig() {
    let mut theirs: StateMachine<House> = House::default().state_machine();
    let mut outbox = Outbox::new(&());
    theirs.init_with_context(&mut outbox);
    let (mut ours, step) = Machine::<House>::start(&(), moment(1));
    assert_eq!(Left::by_us(&step), Left::by_statig(&outbox));

    let mut random = Random(7);
    let (mut internal, mut unhandled, mut moved) = (0, 0, 0);
    for seq in 2..STEPS + 2 {
        let input = random.input();
        let mut outbox = Outbox::new(&());
        theirs.handle_with_context(&input, &mut outbox);
        let step = ours.step(&input, &(), moment(seq));
        assert_eq!(Left::by_us(&step), Left::by_statig(&outbox), "{input:?}");
        assert_eq!(ours.place(), theirs.state(), "{input:?}");
        assert_eq!(ours.bot(), theirs.inner(), "{input:?}");
        match (&step.handled_by, step.entered.is_empty()) {
            (None, _) => unhandled += 1,
            (Some(_), true) => internal += 1,
            (Some(_), false) => moved += 1,
        }
    }
    // The walk has seen every kind of step many times.
    assert!(internal > 5_000 && unhandled > 5_000 && moved > 5_000);
}

/// A machine at the desk of room 0 on floor 0, whose light is being switched on.
fn at_desk() -> Machine<House> {
    Machine::start(&(), moment(1)).0
}

fn go(machine: &mut Machine<House>, depth: u8, goal: Goal) -> Step<House> {
    let input = Input {
        depth,
        act: Act::Go(goal),
    };
    machine.step(&input, &(), moment(2))
}

/// The pending work with the depth of the level it belongs to.
fn pending(machine: &Machine<House>) -> Vec<(String, usize)> {
    let pending = machine.pending().iter();
    let name = |work: &Work<Input, Effect>| match work {
        Work::Effect(effect) => format!("{effect:?}"),
        Work::Timer { .. } => "timer".to_owned(),
    };
    pending
        .map(|pending| (name(&pending.work), pending.scope))
        .collect()
}

const LIGHT: &str = "Light { floor: 0, room: 0 }";
const ROOM_DEPTH: usize = 3;

#[test]
fn work_of_a_superstate_survives_moves_among_its_children() {
    let mut machine = at_desk();
    assert_eq!(pending(&machine), [(LIGHT.to_owned(), ROOM_DEPTH)]);
    for (depth, goal) in [
        (4, Goal::Bed(0, 0)),
        (3, Goal::Desk(0, 0)),
        (1, Goal::Desk(0, 0)),
    ] {
        let step = go(&mut machine, depth, goal);
        assert_eq!(step.cancelled, []);
        assert_eq!(pending(&machine), [(LIGHT.to_owned(), ROOM_DEPTH)]);
    }
}

#[test]
fn work_of_a_superstate_ends_when_it_is_left() {
    for goal in [Goal::Hall(0), Goal::Stairs, Goal::Garden] {
        let mut machine = at_desk();
        let id = machine.pending()[0].id;
        assert_eq!(go(&mut machine, 4, goal).cancelled, [id]);
        assert_eq!(pending(&machine), []);
    }
}

/// statig neither leaves nor enters a superstate whose data changed; its work is for the old data all the same.
#[test]
fn work_of_a_superstate_ends_when_its_data_changes() {
    for goal in [
        Goal::Desk(0, 1),
        Goal::Bed(0, 1),
        Goal::Desk(1, 0),
        Goal::Bed(1, 0),
    ] {
        let mut machine = at_desk();
        let id = machine.pending()[0].id;
        let step = go(&mut machine, 4, goal);
        assert_eq!(step.entered.len(), 1, "only the leaf is entered");
        assert_eq!(step.cancelled, [id]);
        assert_eq!(pending(&machine), []);
    }
}

#[test]
fn what_a_handler_asks_for_on_its_way_belongs_to_the_target_leaf() {
    for (goal, leaf_depth) in [
        (Goal::Garden, 1),
        (Goal::Stairs, 2),
        (Goal::Hall(0), 3),
        (Goal::Bed(0, 0), 4),
    ] {
        let mut machine = at_desk();
        let input = Input {
            depth: 1,
            act: Act::AskAndGo(goal),
        };
        machine.step(&input, &(), moment(2));
        assert!(pending(&machine).contains(&("Ring".to_owned(), leaf_depth)));
        go(&mut machine, 1, goal);
        assert!(!pending(&machine).iter().any(|(name, _)| name == "Ring"));
    }
}

#[test]
fn what_a_handler_asks_for_while_it_stays_belongs_to_its_level() {
    for depth in 1..=4 {
        let mut machine = at_desk();
        let input = Input {
            depth,
            act: Act::Ask,
        };
        machine.step(&input, &(), moment(2));
        let level = usize::from(depth);
        let asked = [("Ring".to_owned(), level), ("timer".to_owned(), level)];
        assert_eq!(pending(&machine)[1..], asked);
    }
}

#[test]
fn restoring_runs_no_action() {
    let mut machine = at_desk();
    go(&mut machine, 4, Goal::Bed(0, 0));
    let stored = serde_json::to_string(&machine).unwrap();
    let mut restored: Machine<House> = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored, machine);
    let steps = [
        go(&mut machine, 1, Goal::Back),
        go(&mut restored, 1, Goal::Back),
    ];
    assert_eq!(steps[0], steps[1]);
    assert_eq!(restored, machine);
}
