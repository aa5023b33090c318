//! A desk that books slots, as it is now: the weather has a state of its own, nothing can be lost, and one greeting reads
//! otherwise.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, NoEffect, Outbox, WhenChanged};
use statig::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Desk;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Input {
    Book,
    Weather,
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
    fn asking(event: &Input) -> Outcome<State> {
        match event {
            Input::Book => Transition(State::slot()),
            Input::Weather => Transition(State::outlook()),
            _ => Super,
        }
    }

    #[action]
    fn ask(context: &mut Out<'_>) {
        context.say("How can I help?");
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

    #[state(superstate = "open", entry_action = "look_out")]
    fn outlook() -> Outcome<State> {
        Super
    }

    #[action]
    fn look_out(context: &mut Out<'_>) {
        context.say("It is sunny.");
    }
}

impl Bot for Desk {
    type World = ();
    type Input = Input;
    type Effect = NoEffect;
    type Place = State;
    const NAME: &'static str = "desk";
    const TITLE: &'static str = "Desk";
    const WHEN_CHANGED: WhenChanged = super::POLICY;

    fn new(_world: &()) -> Self {
        Self
    }

    fn options<'w>(&self, place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        let back = Choice::listed("back", "Back", Input::Back);
        match place {
            State::Asking {} => vec![
                Choice::listed("book", "Book", Input::Book),
                Choice::listed("weather", "Weather", Input::Weather),
            ],
            State::Slot {} => vec![Choice::listed("morning", "Morning", Input::Morning), back],
            State::Booked {} | State::Outlook {} => vec![back],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::Missed
    }
}
