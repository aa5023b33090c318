//! A bot of plain data: a lock with wheels to turn.

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, NoEffect, Outbox};
use statig::prelude::*;

pub(crate) const WHEELS: usize = 4;
/// What each wheel shows at most.
pub(crate) const WHEEL_MAX: u8 = 9;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Lock;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Input {
    Turn { wheel: usize },
    Silence,
    NotUnderstood,
}

#[state_machine(
    initial = "State::shut([0; WHEELS])",
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
impl Lock {
    #[superstate]
    fn held(context: &mut Outbox<'_, (), Input, NoEffect>) -> Outcome<State> {
        context.say("Click.");
        Handled
    }

    #[state(superstate = "held")]
    fn shut(wheels: &mut [u8; WHEELS], event: &Input) -> Outcome<State> {
        match event {
            Input::Turn { wheel } => {
                let mut turned = *wheels;
                turned[*wheel] = (turned[*wheel] + 1) % (WHEEL_MAX + 1);
                Transition(State::shut(turned))
            }
            _ => Super,
        }
    }
}

impl Bot for Lock {
    type World = ();
    type Input = Input;
    type Effect = NoEffect;
    type Place = State;
    const NAME: &'static str = "lock";
    const TITLE: &'static str = "Lock";

    fn new(_world: &()) -> Self {
        Self
    }

    fn options<'w>(&self, _place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        let ids = ["a", "b", "c", "d"].into_iter().enumerate();
        ids.map(|(wheel, id)| Choice::listed(id, id, Input::Turn { wheel }))
            .collect()
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }

    fn idle() -> Option<Input> {
        Some(Input::Silence)
    }
}
