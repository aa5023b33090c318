//! What is offered or said wrongly.

use std::time::Duration;

use statechat::bot::{Choice, World};
use statechat::graph::Rule;
use statig::prelude::*;

use super::house::{Effect, Input, Plan, State, buttons, say};
use super::{caught, sound};

/// What the sound house offers, but for Away.
macro_rules! but_away {
    ($options:expr) => {
        |place| match place {
            State::Away {} => $options,
            place => (Plan::sample().options)(place),
        }
    };
}

#[test]
fn an_option_that_nobody_takes() {
    caught(
        Rule::UnhandledOption,
        "Away Go: the option \"go\" is offered, but no level takes it (chooses go, chooses go)",
        |plan| {
            plan.house = |memory, input, out| match input {
                Input::Go => Super,
                input => (Plan::sample().house)(memory, input, out),
            };
            plan.options = but_away!(buttons(&[Input::Back, Input::Go]));
        },
    );
}

#[test]
fn an_option_that_does_nothing() {
    caught(
        Rule::UnhandledOption,
        "Away Go: the option \"go\" changes nothing and gets no reply (chooses go, chooses go)",
        |plan| {
            plan.away = |_, input, _| match input {
                Input::Go => Handled,
                _ => Super,
            };
            plan.options = but_away!(buttons(&[Input::Back, Input::Go]));
        },
    );
}

#[test]
fn an_option_that_is_answered_as_if_it_meant_nothing() {
    caught(
        Rule::UnhandledOption,
        "Away Sit: the option \"sit\" is offered, but answered like a text that means nothing (chooses go, chooses sit)",
        |plan| {
            plan.options = but_away!(buttons(&[Input::Back, Input::Sit]));
        },
    );
}

#[test]
fn a_step_on_without_a_word() {
    caught(
        Rule::SilentStep,
        "Home Go: Home takes it to Away, but nothing is said and no effect started (chooses go)",
        |plan| plan.enter_away = |_| {},
    );
}

#[test]
fn a_text_without_an_answer() {
    caught(
        Rule::SilentStep,
        "Home Missed: no level takes it, so nothing is said (writes what means nothing here)",
        |plan| {
            plan.house = |memory, input, out| match input {
                Input::Missed | Input::Go | Input::Sit => Super,
                input => (Plan::sample().house)(memory, input, out),
            };
        },
    );
}

#[test]
fn a_start_without_a_word() {
    caught(
        Rule::SilentStep,
        "Home -: a conversation starts with nothing said ()",
        |plan| {
            plan.enter_home = |_| {};
            plan.house = |memory, input, out| {
                if let Input::Back = input {
                    out.say("home again");
                }
                (Plan::sample().house)(memory, input, out)
            };
        },
    );
}

#[test]
fn work_that_ends_without_a_word() {
    caught(
        Rule::SilentStep,
        "Away Done: Away takes it, says nothing and starts no effect (chooses go, Work ends with Done)",
        |plan| {
            plan.enter_away = |out| out.start(Effect::Work);
            plan.away = |_, input, _| match input {
                Input::Done => Handled,
                Input::Failed => Transition(State::Home {}),
                _ => Super,
            };
        },
    );
}

#[test]
fn a_timer_that_rings_without_a_word() {
    caught(
        Rule::SilentStep,
        "Away Rang: Away takes it, says nothing and starts no effect (chooses go, time brings Rang)",
        |plan| {
            plan.enter_away = |out| {
                out.say("wait for it");
                out.after(Duration::from_secs(1), Input::Rang);
            };
            plan.away = |_, input, _| match input {
                Input::Rang => Handled,
                _ => Super,
            };
        },
    );
}

#[test]
fn silence_that_is_met_with_silence() {
    caught(
        Rule::SilentStep,
        "Away Silence: Away takes it, says nothing and starts no effect (chooses go, is silent for long)",
        |plan| {
            plan.away = |_, input, _| match input {
                Input::Silence => Handled,
                _ => Super,
            };
        },
    );
}

#[test]
fn options_with_the_same_id() {
    caught(
        Rule::DuplicateId,
        "Away -: two options have the id \"b\" (chooses go)",
        |plan| {
            plan.options = but_away!(vec![
                Choice::listed("b", "Back", Input::Back),
                Choice::listed("b", "Help", Input::Help),
            ]);
        },
    );
}

#[test]
fn options_with_the_same_label() {
    caught(
        Rule::DuplicateLabel,
        "Away -: two options have the label \"BACK\", but for case (chooses go)",
        |plan| {
            plan.options = but_away!(vec![
                Choice::listed("b", "Back", Input::Back),
                Choice::listed("h", "BACK", Input::Help),
            ]);
        },
    );
}

#[test]
fn options_that_are_listed_otherwise() {
    caught(
        Rule::ListedDiffers,
        "Away -: the buttons that `listed` gives are not those that `options` lists (chooses go)",
        |plan| {
            plan.listed = Some(|place| match place {
                State::Away {} => buttons(&[Input::Back]),
                place => (Plan::sample().options)(place),
            });
        },
    );
}

#[test]
fn saying_nothing_while_work_begins_is_right() {
    sound(|plan| {
        plan.enter_away = |out| out.start(Effect::Work);
        plan.away = |_, input, out| match input {
            Input::Done | Input::Failed => say(out, "that is that"),
            _ => Super,
        };
    });
}

#[test]
fn options_that_are_not_listed_may_share_names() {
    sound(|plan| {
        plan.options = but_away!(vec![
            Choice::listed("back", "Back", Input::Back),
            Choice::unlisted("back", "back", Input::Help),
        ]);
    });
}
