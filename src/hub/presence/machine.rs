//! The machine of one user's presence: its states, what each takes and where that leads.
//!
//! ```text
//! Connected           with a stream at least; loses the last
//! ├─ Online           looks at one of them
//! └─ Away             looks at none
//! Disconnected        without a stream; comes back, online or away
//! ├─ Reconnecting     for as long as the grace lasts
//! └─ Offline          also who has never been here
//! ```
//!
//! What it says is the state in a word, for those who explore it: nobody chats with it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use statig::prelude::*;

use crate::bot::{Bot, Choice, NoEffect, Outbox, World};

/// How long a user without streams is expected back before others are told that it is offline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grace(pub Duration);

impl Default for Grace {
    /// Ten seconds: a page that is reloaded, or whose connection broke, is back by then.
    fn default() -> Self {
        Self(Duration::from_secs(10))
    }
}

impl World for Grace {
    fn sample() -> Self {
        Self::default()
    }
}

/// One user's presence. It remembers nothing beside its place, so that a user who is offline can be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Presence;

/// What becomes of a user's streams, taken together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    /// One at least is looked at.
    Active,
    /// There are some, and none is looked at.
    Away,
    /// There is none.
    Gone,
    /// There has been none for the whole grace.
    GraceOver,
    /// A text, which nobody sends it.
    NotUnderstood,
}

type Out<'w> = Outbox<'w, Grace, Input, NoEffect>;

#[state_machine(
    initial = "State::offline()",
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
impl Presence {
    #[superstate]
    fn connected(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Gone => Transition(State::reconnecting()),
            _ => nothing_new(context),
        }
    }

    #[state(superstate = "connected", entry_action = "say_online")]
    fn online(event: &Input) -> Outcome<State> {
        match event {
            Input::Away => Transition(State::away()),
            _ => Super,
        }
    }

    #[state(superstate = "connected", entry_action = "say_away")]
    fn away(event: &Input) -> Outcome<State> {
        match event {
            Input::Active => Transition(State::online()),
            _ => Super,
        }
    }

    #[superstate]
    fn disconnected(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Active => Transition(State::online()),
            Input::Away => Transition(State::away()),
            _ => nothing_new(context),
        }
    }

    #[state(superstate = "disconnected", entry_action = "wait")]
    fn reconnecting(event: &Input) -> Outcome<State> {
        match event {
            Input::GraceOver => Transition(State::offline()),
            _ => Super,
        }
    }

    #[state(superstate = "disconnected", entry_action = "say_offline")]
    fn offline() -> Outcome<State> {
        Super
    }

    #[action]
    fn say_online(context: &mut Out<'_>) {
        context.say("online");
    }

    #[action]
    fn say_away(context: &mut Out<'_>) {
        context.say("away");
    }

    #[action]
    fn wait(context: &mut Out<'_>) {
        context.say("reconnecting");
        context.after(context.world().0, Input::GraceOver);
    }

    #[action]
    fn say_offline(context: &mut Out<'_>) {
        context.say("offline");
    }
}

fn nothing_new(context: &mut Out<'_>) -> Outcome<State> {
    context.say("nothing new");
    Handled
}

impl Bot for Presence {
    type World = Grace;
    type Input = Input;
    type Effect = NoEffect;
    type Place = State;

    const NAME: &'static str = "presence";
    const TITLE: &'static str = "Presence of a user";

    fn new(_grace: &Grace) -> Self {
        Self
    }

    /// What can happen to the user's streams: anything but what is the case already. The grace is the machine's own.
    fn options<'w>(&self, place: &State, _grace: &'w Grace) -> Vec<Choice<'w, Input>> {
        let active = || Choice::listed("active", "Looks here", Input::Active);
        let away = || Choice::listed("away", "Looks elsewhere", Input::Away);
        let gone = || Choice::listed("gone", "Lost its last stream", Input::Gone);
        match place {
            State::Online {} => vec![away(), gone()],
            State::Away {} => vec![active(), gone()],
            State::Reconnecting {} | State::Offline {} => vec![active(), away()],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }
}
