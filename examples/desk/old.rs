//! A desk that books slots, as it was when conversations were held with it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, NoEffect, Outbox};
use statig::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Desk;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Input {
    Book,
    Weather,
    Lose,
    Morning,
    Back,
    Remind,
    Missed,
}

type Out<'w> = Outbox<'w, (), Input, NoEffect>;

#[state_machine(
    initial = "State::asking()",
    visibility = "pub(crate)",
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
impl Desk {
    #[superstate]
    fn open(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Back => Transition(State::asking()),
            _ => {
                context.say("Pardon?");
                Handled
            }
        }
    }

    #[state(superstate = "open", entry_action = "ask")]
    fn asking(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Book => Transition(State::slot()),
            Input::Weather => {
                context.say("It is sunny.");
                Handled
            }
            Input::Lose => Transition(State::lost()),
            _ => Super,
        }
    }

    #[action]
    fn ask(context: &mut Out<'_>) {
        context.say("What can I do for you?");
    }

    #[state(superstate = "open", entry_action = "ask_slot")]
    fn slot(event: &Input) -> Outcome<State> {
        match event {
            Input::Morning => Transition(State::booked()),
            _ => Super,
        }
    }

    #[action]
    fn ask_slot(context: &mut Out<'_>) {
        context.say("When?");
    }

    #[state(superstate = "open", entry_action = "book")]
    fn booked(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Remind => {
                context.say("Do not forget.");
                Handled
            }
            _ => Super,
        }
    }

    #[action]
    fn book(context: &mut Out<'_>) {
        context.say("Booked.");
        context.after(Duration::from_secs(3600), Input::Remind);
    }

    #[state(superstate = "open", entry_action = "lose")]
    fn lost() -> Outcome<State> {
        Super
    }

    #[action]
    fn lose(context: &mut Out<'_>) {
        context.say("I am sorry to hear that.");
    }
}

impl Bot for Desk {
    type World = ();
    type Input = Input;
    type Effect = NoEffect;
    type Place = State;
    const NAME: &'static str = "desk";
    const TITLE: &'static str = "Desk";

    fn new(_world: &()) -> Self {
        Self
    }

    fn options<'w>(&self, place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        let back = Choice::listed("back", "Back", Input::Back);
        match place {
            State::Asking {} => vec![
                Choice::listed("book", "Book", Input::Book),
                Choice::listed("weather", "Weather", Input::Weather),
                Choice::unlisted("lose", "Lose", Input::Lose),
            ],
            State::Slot {} => vec![Choice::listed("morning", "Morning", Input::Morning), back],
            State::Booked {} | State::Lost {} => vec![back],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::Missed
    }
}
