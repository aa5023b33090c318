//! States that cannot be reached, or cannot be left.

use std::time::Duration;

use statechat::bot::World;
use statechat::graph::{Rule, Severity, check_in};
use statig::prelude::*;

use super::house::{Effect, House, Input, Out, Plan, State, buttons, say};
use super::{caught, checked, sound};

/// What the sound house offers, but for Away.
macro_rules! but_away {
    ($options:expr) => {
        |place| match place {
            State::Away {} => buttons($options),
            place => (Plan::sample().options)(place),
        }
    };
}

/// A superstate without a way to the start, where the states below have their own ways.
fn no_way_back(memory: &mut u64, input: &Input, out: &mut Out<'_>) -> Outcome<State> {
    match input {
        Input::Back | Input::Help => Super,
        input => (Plan::sample().house)(memory, input, out),
    }
}

#[test]
fn a_state_to_which_nothing_leads() {
    caught(
        Rule::UnreachedState,
        "Away -: it is declared, but no conversation reaches it ()",
        |plan| {
            plan.home = |_, input, _| match input {
                Input::Sit => Transition(State::Table { room: 0 }),
                _ => Super,
            };
            plan.options = |place| match place {
                State::Home {} => buttons(&[Input::Sit, Input::Help]),
                place => (Plan::sample().options)(place),
            };
        },
    );
}

#[test]
fn a_state_to_which_only_what_nobody_offers_leads() {
    caught(
        Rule::UnreachedState,
        "Away -: it is declared, but no conversation reaches it ()",
        |plan| {
            plan.options = |place| match place {
                State::Home {} => buttons(&[Input::Sit, Input::Help]),
                place => (Plan::sample().options)(place),
            };
        },
    );
}

#[test]
fn a_state_that_keeps_everybody() {
    caught(
        Rule::DeadEnd,
        "Away -: no input leads out of it, and it is not final (chooses go)",
        |plan| {
            plan.away = |_, _, out| say(out, "nobody hears you");
            plan.options = but_away!(&[]);
        },
    );
}

#[test]
fn a_state_that_changes_only_what_is_remembered() {
    caught(
        Rule::DeadEnd,
        "Away -: no input leads out of it, and it is not final (chooses go)",
        |plan| {
            plan.away = |memory, _, out| {
                *memory = (*memory + 1) % 3;
                say(out, "again")
            };
            plan.options = but_away!(&[]);
        },
    );
}

#[test]
fn a_state_that_only_enters_itself() {
    caught(
        Rule::DeadEnd,
        "Away -: no input leads out of it, and it is not final (chooses go)",
        |plan| {
            plan.away = |_, _, _| Transition(State::Away {});
            plan.options = but_away!(&[Input::Go]);
        },
    );
}

#[test]
fn a_start_that_keeps_everybody() {
    let report = checked(|plan| {
        plan.home = |_, _, out| say(out, "stay a while");
        plan.options = |_| vec![];
    });
    let rules = report.findings.iter().map(|finding| finding.rule);
    let rules: Vec<Rule> = rules
        .filter(|rule| rule.severity() == Severity::Error)
        .collect();
    // Away, Over, Table.
    let unreached = [Rule::UnreachedState; 3];
    assert_eq!(
        rules,
        [&unreached[..], &[Rule::DeadEnd]].concat(),
        "{report}"
    );
}

#[test]
fn states_that_only_go_round() {
    caught(
        Rule::NoReturn,
        "Away -: from here on there are only Away, Table: no way to the start or to a final state (chooses go)",
        |plan| {
            plan.house = no_way_back;
            plan.away = |_, input, out| match input {
                Input::Go => Transition(State::Table { room: 0 }),
                _ => say(out, "only on"),
            };
            plan.table = |_, input, out| match input {
                Input::Back => Transition(State::Away {}),
                _ => say(out, "only back"),
            };
            plan.options = |place| match place {
                State::Home {} => buttons(&[Input::Go]),
                State::Away {} => buttons(&[Input::Go]),
                State::Table { .. } => buttons(&[Input::Back]),
                State::Over {} => vec![],
            };
        },
    );
}

#[test]
fn states_that_only_timers_turn() {
    caught(
        Rule::NoReturn,
        "Away -: from here on there are only Away, Table: no way to the start or to a final state (chooses go)",
        |plan| {
            plan.house = no_way_back;
            plan.enter_away = |out| {
                out.say("tick");
                out.after(Duration::from_secs(1), Input::Rang);
            };
            plan.away = |_, input, out| match input {
                Input::Rang => Transition(State::Table { room: 0 }),
                _ => say(out, "wait"),
            };
            plan.table = |_, input, out| match input {
                Input::Back => Transition(State::Away {}),
                _ => say(out, "only back"),
            };
            plan.options = |place| match place {
                State::Home {} => buttons(&[Input::Go]),
                State::Table { .. } => buttons(&[Input::Back]),
                _ => vec![],
            };
        },
    );
}

#[test]
fn data_that_grow() {
    caught(
        Rule::Truncated,
        "- -: there are more nodes than the 500 that were explored ()",
        |plan| {
            plan.house = |memory, input, out| {
                *memory += 1;
                (Plan::sample().house)(memory, input, out)
            };
        },
    );
}

#[test]
fn work_that_is_asked_for_again_and_again() {
    let mut plan = Plan::sample();
    plan.home = |memory, input, out| match input {
        Input::Help => {
            out.start(Effect::Work);
            Handled
        }
        input => (Plan::sample().home)(memory, input, out),
    };
    let report = check_in::<House>(&plan, 100_000);
    let rules: Vec<_> = report.findings.iter().map(|f| f.rule).collect();
    assert_eq!(rules, [Rule::Truncated], "{report}");
    assert!(report.counts.nodes < 100, "{report}");
}

/// Each of them would have a longer conversation to show than the one before.
#[test]
fn the_same_in_thousands_of_nodes_is_told_once() {
    let mut plan = Plan::sample();
    plan.house = |memory, input, out| match input {
        Input::Help => {
            *memory += 1;
            Handled
        }
        Input::Silence => panic!("no silence"),
        _ => (Plan::sample().house)(memory, input, out),
    };
    let report = check_in::<House>(&plan, 5_000);
    let rules: Vec<_> = report.findings.iter().map(|f| f.rule).collect();
    let silent = rules.iter().filter(|rule| **rule == Rule::SilentStep);
    assert!((1..5).contains(&silent.count()), "{report}");
    assert!(rules.contains(&Rule::Truncated), "{report}");
    assert!(rules.len() < 12, "{report}");
}

#[test]
fn a_wait_that_ends_is_no_dead_end() {
    sound(|plan| {
        plan.enter_away = |out| {
            out.say("a rest");
            out.after(Duration::from_secs(9), Input::Rang);
        };
        plan.away = |_, input, out| match input {
            Input::Rang => Transition(State::Home {}),
            _ => say(out, "shh"),
        };
        plan.options = but_away!(&[]);
    });
}
