//! A desk of which more is broken than changed: it may panic when a conversation starts, and what it fetches cannot be
//! stored.

use serde::{Deserialize, Serialize, Serializer};
use statechat::bot::{Bot, Choice, Outbox, Source, WhenChanged, WorkId, World};
use statig::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Desk;

/// Whether a conversation can start.
pub(crate) struct Starts(pub(crate) bool);

impl World for Starts {
    fn sample() -> Self {
        Self(true)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Input {
    Fetch,
    Fetched,
    NotFetched,
    Silence,
    Missed,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Effect {
    Thing,
}

/// What cannot be stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
pub(crate) struct Thing;

impl Serialize for Thing {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("it does not fit"))
    }
}

type Out<'w> = Outbox<'w, Starts, Input, Effect>;

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
    #[state(entry_action = "greet")]
    fn asking(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Fetch => context.start(Effect::Thing),
            Input::Fetched => {
                context.say("here it is");
                return Transition(State::holding(Thing));
            }
            Input::NotFetched => context.say("nothing came"),
            _ => context.say("what?"),
        }
        Handled
    }

    #[action]
    fn greet(context: &mut Out<'_>) {
        assert!(context.world().0, "the desk is closed");
        context.say("hello");
    }

    #[state]
    fn holding(thing: &Thing, context: &mut Out<'_>) -> Outcome<State> {
        context.say(format!("{thing:?}"));
        Handled
    }
}

impl Bot for Desk {
    type World = Starts;
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "desk";
    const TITLE: &'static str = "Broken desk";
    const WHEN_CHANGED: WhenChanged = WhenChanged::Restart;

    fn new(_world: &Starts) -> Self {
        Self
    }

    fn options<'w>(&self, _place: &State, _world: &'w Starts) -> Vec<Choice<'w, Input>> {
        vec![Choice::listed("fetch", "Fetch", Input::Fetch)]
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::Missed
    }

    fn outcomes(_effect: &Effect) -> Vec<Input> {
        vec![Input::Fetched, Input::NotFetched]
    }

    fn idle() -> Option<Input> {
        Some(Input::Silence)
    }
}

/// Fetches at once.
pub(crate) struct Cellar;

impl Source<Desk> for Cellar {
    async fn perform(&self, _effect: Effect, _key: WorkId) -> Input {
        Input::Fetched
    }
}
