//! A small bot with an effect, a timer and an end, whose nodes and edges can be counted by hand.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, Outbox};
use statig::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Lamp;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    Switch,
    Brighter,
    Glowed,
    Burned,
    TimeUp,
    NotUnderstood,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    Glow,
}

const BRIGHTEST: u8 = 3;

#[state_machine(
    initial = "State::off()",
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
impl Lamp {
    #[state]
    fn off(event: &Input) -> Outcome<State> {
        match event {
            Input::Switch => Transition(State::on(1)),
            _ => Super,
        }
    }

    #[superstate]
    fn lit(event: &Input, context: &mut Outbox<'_, (), Input, Effect>) -> Outcome<State> {
        match event {
            Input::Switch | Input::TimeUp => Transition(State::off()),
            Input::Burned => {
                context.say("pop");
                Transition(State::broken())
            }
            _ => Super,
        }
    }

    #[state(superstate = "lit", entry_action = "glow")]
    fn on(brightness: &mut u8, event: &Input) -> Outcome<State> {
        match event {
            Input::Brighter => Transition(State::on(*brightness + 1)),
            Input::Glowed => Handled,
            _ => Super,
        }
    }

    #[action]
    fn glow(context: &mut Outbox<'_, (), Input, Effect>) {
        context.start(Effect::Glow);
        context.after(Duration::from_secs(60), Input::TimeUp);
    }

    #[state]
    fn broken() -> Outcome<State> {
        Super
    }

    #[state]
    fn never_reached() -> Outcome<State> {
        Super
    }
}

impl Bot for Lamp {
    type World = ();
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "lamp";
    const TITLE: &'static str = "Lamp";

    fn new(_world: &()) -> Self {
        Self
    }

    fn options<'w>(&self, place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        let switch = Choice::listed("switch", "Switch", Input::Switch);
        let same = Choice::unlisted("button", "Button", Input::Switch);
        let brighter = Choice::unlisted("brighter", "Brighter", Input::Brighter);
        match place {
            State::Off {} => vec![switch, same],
            State::On { brightness } if *brightness < BRIGHTEST => vec![brighter, switch],
            State::On { .. } => vec![switch],
            State::Broken {} | State::NeverReached {} => vec![],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }

    fn outcomes(_effect: &Effect) -> Vec<Input> {
        vec![Input::Glowed, Input::Burned]
    }

    fn failed(_effect: &Effect) -> Input {
        Input::Burned
    }

    fn is_final(place: &State) -> bool {
        matches!(place, State::Broken {})
    }
}
