//! A whole bot: it takes an order for tea, and says when the tea is ready.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, NoEffect, Outbox};
use statig::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Tea;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Input {
    Order { tea: String },
    Ready,
    NotUnderstood,
}

type Out<'w> = Outbox<'w, (), Input, NoEffect>;

#[state_machine(
    initial = "State::choosing()",
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
impl Tea {
    #[superstate]
    fn open(context: &mut Out<'_>) -> Outcome<State> {
        context.say("Sorry, I only know about tea.");
        Handled
    }

    #[state(superstate = "open", entry_action = "ask")]
    fn choosing(event: &Input) -> Outcome<State> {
        match event {
            Input::Order { tea } => Transition(State::steeping(tea.clone())),
            _ => Super,
        }
    }

    #[action]
    fn ask(context: &mut Out<'_>) {
        context.say("Green or black?");
    }

    #[state(superstate = "open", entry_action = "steep")]
    fn steeping(tea: &mut String, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Ready => {
                context.say(format!("Your {tea} tea is ready."));
                Transition(State::choosing())
            }
            _ => Super,
        }
    }

    #[action]
    fn steep(tea: &mut String, context: &mut Out<'_>) {
        context.say(format!("The {tea} tea is steeping."));
        context.after(std::time::Duration::from_secs(3), Input::Ready);
    }
}

impl Bot for Tea {
    type World = ();
    type Input = Input;
    type Effect = NoEffect;
    type Place = State;
    const NAME: &'static str = "tea";
    const TITLE: &'static str = "Tea bot";

    fn new(_world: &()) -> Self {
        Self
    }

    fn options<'w>(&self, place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        let order = |tea: &'w str| Choice::listed(tea, tea, Input::Order { tea: tea.into() });
        match place {
            State::Choosing {} => vec![order("green"), order("black")],
            State::Steeping { .. } => vec![],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }
}

fn main() -> std::process::ExitCode {
    statechat::main(statechat::Bots::new().with::<Tea>(()))
}
