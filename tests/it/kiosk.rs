//! A bot that sells a ticket, and has whichever flaws its world says.

use std::cell::Cell;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, Outbox, World};
use statig::prelude::*;

/// What is wrong with a kiosk; nothing in the sample world.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flaws {
    /// Who was declined twice stands before a machine that does nothing.
    pub(crate) blocks: bool,
    /// It does not bear silence where a card was declined.
    pub(crate) breaks: bool,
    /// Its clock never comes to rest.
    pub(crate) ticks: bool,
    /// It charges again and again.
    pub(crate) greedy: bool,
}

impl World for Flaws {
    fn sample() -> Self {
        Self::default()
    }
}

thread_local! {
    /// How often help was given on this thread: what no handler may know. Counted only if it is told to.
    static HELPED: Cell<Option<u32>> = const { Cell::new(None) };
}

/// From now on help is another each time.
pub(crate) fn let_help_differ() {
    HELPED.set(Some(0));
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Kiosk {
    declined: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    Buy,
    Charged,
    Declined,
    TimeUp,
    Again,
    Help,
    Secret,
    Silence,
    NotUnderstood,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    Charge,
}

type Out<'w> = Outbox<'w, Flaws, Input, Effect>;

#[state_machine(
    initial = "State::choosing()",
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
impl Kiosk {
    #[superstate]
    fn open(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Help => {
                let helped = HELPED.get();
                HELPED.set(helped.map(|times| times + 1));
                context.say(match helped {
                    Some(times) => format!("I sell tickets, as I said {times} times."),
                    None => "I sell tickets.".to_owned(),
                });
            }
            Input::Secret => context.say("How did you say that?"),
            _ => context.say("What?"),
        }
        Handled
    }

    #[state(superstate = "open", entry_action = "offer")]
    fn choosing(event: &Input) -> Outcome<State> {
        match event {
            Input::Buy => Transition(State::paying()),
            _ => Super,
        }
    }

    #[action]
    fn offer(context: &mut Out<'_>) {
        context.say("A ticket?");
    }

    #[state(superstate = "open", entry_action = "charge")]
    fn paying(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Charged if context.world().greedy => Transition(State::paying()),
            Input::Charged => {
                context.say("Here is your ticket.\n\nBon voyage!");
                Transition(State::sold())
            }
            Input::Declined => {
                self.declined = (self.declined + 1).min(2);
                let stuck = self.declined == 2 && context.world().blocks;
                Transition(match stuck {
                    true => State::blocked(),
                    false => State::refused(),
                })
            }
            Input::TimeUp if context.world().ticks => Transition(State::paying()),
            Input::TimeUp => Transition(State::choosing()),
            _ => Super,
        }
    }

    #[action]
    fn charge(context: &mut Out<'_>) {
        context.start(Effect::Charge);
        let seconds = if context.world().ticks { 0 } else { 60 };
        context.after(Duration::from_secs(seconds), Input::TimeUp);
    }

    #[state(superstate = "open", entry_action = "refuse")]
    fn refused(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Again => Transition(State::paying()),
            Input::Silence if context.world().breaks => panic!("nobody is silent here"),
            _ => Super,
        }
    }

    #[state(superstate = "open", entry_action = "refuse")]
    fn blocked() -> Outcome<State> {
        Super
    }

    #[action]
    fn refuse(context: &mut Out<'_>) {
        context.say("Your card was declined.");
    }

    #[state]
    fn sold(context: &mut Out<'_>) -> Outcome<State> {
        context.say("I am closed.");
        Handled
    }
}

impl Bot for Kiosk {
    type World = Flaws;
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "kiosk";
    const TITLE: &'static str = "Kiosk";

    fn new(_world: &Flaws) -> Self {
        Self { declined: 0 }
    }

    fn options<'w>(&self, place: &State, _world: &'w Flaws) -> Vec<Choice<'w, Input>> {
        let help = Choice::listed("help", "Help", Input::Help);
        match place {
            State::Choosing {} => vec![
                Choice::listed("ticket", "A ticket", Input::Buy),
                help,
                // Nothing but a sign: no text finds it.
                Choice::unlisted("…", "…", Input::Secret),
            ],
            State::Refused {} => vec![Choice::listed("again", "Try again", Input::Again), help],
            State::Paying {} | State::Blocked {} | State::Sold {} => vec![],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }

    fn outcomes(_effect: &Effect) -> Vec<Input> {
        vec![Input::Charged, Input::Declined]
    }

    fn idle() -> Option<Input> {
        Some(Input::Silence)
    }

    fn is_final(place: &State) -> bool {
        matches!(place, State::Sold {})
    }
}
