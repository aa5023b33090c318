//! What panics, what does not do the same twice, and superstates that do not do what they seem to.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use statechat::bot::World;
use statechat::graph::Rule;
use statig::prelude::*;

use super::house::{Effect, Input, Plan, State, buttons, say};
use super::{caught, sound};

/// What no handler may read: another number each time. Its own for each test, since tests run side by side.
macro_rules! next {
    () => {{
        static COUNT: AtomicU64 = AtomicU64::new(0);
        COUNT.fetch_add(1, Ordering::Relaxed)
    }};
}

#[test]
fn a_handler_that_panics() {
    caught(
        Rule::Panic,
        "Away Help: the step panics: there is no help (chooses go, chooses help)",
        |plan| {
            plan.away = |_, input, out| match input {
                Input::Help => panic!("there is no help"),
                _ => (Plan::sample().away)(&mut 0, input, out),
            };
        },
    );
}

#[test]
fn an_entry_action_that_panics() {
    caught(
        Rule::Panic,
        "Home Go: the step panics: no light in here (chooses go)",
        |plan| plan.enter_away = |_| panic!("no light in here"),
    );
}

#[test]
fn options_that_panic() {
    caught(
        Rule::Panic,
        "Away -: what can be done here cannot be told: not implemented: what is offered here (chooses go)",
        |plan| {
            plan.options = |place| match place {
                State::Away {} => unimplemented!("what is offered here"),
                place => (Plan::sample().options)(place),
            };
        },
    );
}

#[test]
fn a_start_that_panics() {
    caught(
        Rule::Panic,
        "- -: no conversation can start: no bed to get up from ()",
        |plan| plan.enter_home = |_| panic!("no bed to get up from"),
    );
}

#[test]
fn an_effect_without_outcomes() {
    caught(
        Rule::Panic,
        "Away -: what can be done here cannot be told: an effect has at least one outcome (chooses go)",
        |plan| {
            plan.enter_away = |out| out.start(Effect::Hopeless);
        },
    );
}

#[test]
fn a_reply_that_counts() {
    caught(
        Rule::DifferingRuns,
        "Home Go: run twice, the step differs: its data, memory or work differ (chooses go)",
        |plan| {
            plan.enter_away = |out| {
                out.say("you are away");
                out.show(next!());
            };
        },
    );
}

#[test]
fn a_start_that_reads_the_clock() {
    caught(
        Rule::DifferingRuns,
        "Home -: two starts of a conversation differ ()",
        |plan| {
            plan.enter_home = |out| {
                out.say("hello");
                out.show(format!("{:?}", Instant::now()));
            };
            plan.home = |_, input, _| match input {
                Input::Go => Transition(State::Away {}),
                Input::Sit => Transition(State::Table { room: 0 }),
                _ => Super,
            };
            plan.house = |memory, input, out| match input {
                Input::Back => {
                    out.say("over, then");
                    Transition(State::Over {})
                }
                input => (Plan::sample().house)(memory, input, out),
            };
        },
    );
}

#[test]
fn a_way_that_chance_chooses() {
    caught(
        Rule::DifferingRuns,
        "Away Go: run twice, the step differs: it goes to Away or to Table (chooses go, chooses go)",
        |plan| {
            plan.away = |_, input, out| match input {
                Input::Go if next!() % 2 == 0 => Transition(State::Table { room: 0 }),
                Input::Go => say(out, "tails"),
                _ => Super,
            };
            plan.options = |place| match place {
                State::Away {} => buttons(&[Input::Back, Input::Go]),
                place => (Plan::sample().options)(place),
            };
        },
    );
}

#[test]
fn a_memory_that_chance_fills() {
    caught(
        Rule::DifferingRuns,
        "Away Help: run twice, the step differs: its data, memory or work differ (chooses go, chooses help)",
        |plan| {
            plan.away = |memory, input, out| match input {
                Input::Help => {
                    *memory = next!() % 2;
                    say(out, "remembered")
                }
                _ => Super,
            };
        },
    );
}

#[test]
fn a_superstate_that_never_gets_its_input() {
    caught(
        Rule::ShadowedHandler,
        "House Help: House would take Help, but wherever that comes, a level below takes it first, as Home does here ()",
        |plan| {
            let help = |_: &mut u64, input: &Input, out: &mut super::house::Out<'_>| match input {
                Input::Help => say(out, "help yourself"),
                Input::Go => Transition(State::Away {}),
                Input::Sit => Transition(State::Table { room: 0 }),
                _ => Super,
            };
            plan.home = help;
            plan.away = |_, input, out| match input {
                Input::Help => say(out, "help from afar"),
                _ => Super,
            };
        },
    );
}

#[test]
fn a_superstate_whose_data_change_unseen() {
    caught(
        Rule::StaleSuperstate,
        "Table Go: Room { room: 0 } becomes Room { room: 1 } without being left and entered again, so its actions do not run (chooses sit, chooses go)",
        |plan| {
            plan.enter_room = |room, out| out.say(format!("this is room {room}"));
        },
    );
}

#[test]
fn a_superstate_that_answers_everything_is_passed_by() {
    sound(|plan| {
        plan.house = |_, input, out| match input {
            Input::Back => Transition(State::Home {}),
            Input::Silence => {
                out.say("bye");
                Transition(State::Over {})
            }
            _ => say(out, "what?"),
        };
        plan.options = |place| match place {
            State::Home {} => buttons(&[Input::Go, Input::Sit]),
            State::Away {} => buttons(&[Input::Back]),
            State::Table { .. } => buttons(&[Input::Go, Input::Back]),
            State::Over {} => vec![],
        };
    });
}

#[test]
fn one_state_may_answer_for_itself() {
    sound(|plan| {
        plan.away = |_, input, out| match input {
            Input::Help => say(out, "help from afar"),
            _ => Super,
        };
    });
}
