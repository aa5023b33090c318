//! A small bot that waits: for an effect, for a timer, and for its user.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, Outbox, Source, WorkId, World};
use statechat::registry::Bots;
use statig::prelude::*;
use tokio::sync::Semaphore;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Egg;

/// How long an egg boils.
pub(crate) struct Minutes(pub(crate) Duration);

impl World for Minutes {
    fn sample() -> Self {
        Self(Duration::from_secs(240))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    Boil,
    Ready,
    FetchSalt,
    Fetched,
    NoSalt,
    Silence,
    NotUnderstood,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    Salt,
}

#[state_machine(
    initial = "State::kitchen()",
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
impl Egg {
    #[superstate]
    fn house(event: &Input, context: &mut Outbox<'_, Minutes, Input, Effect>) -> Outcome<State> {
        match event {
            Input::Silence => context.say("are you there?"),
            _ => context.say("what?"),
        }
        Handled
    }

    #[state(superstate = "house")]
    fn kitchen(event: &Input) -> Outcome<State> {
        match event {
            Input::Boil => Transition(State::boiling()),
            Input::FetchSalt => Transition(State::fetching()),
            _ => Super,
        }
    }

    #[state(superstate = "house", entry_action = "boil")]
    fn boiling(event: &Input, context: &mut Outbox<'_, Minutes, Input, Effect>) -> Outcome<State> {
        match event {
            Input::Ready => {
                context.say("it is ready");
                Transition(State::kitchen())
            }
            _ => Super,
        }
    }

    #[action]
    fn boil(context: &mut Outbox<'_, Minutes, Input, Effect>) {
        context.after(context.world().0, Input::Ready);
    }

    #[state(superstate = "house", entry_action = "fetch")]
    fn fetching(event: &Input, context: &mut Outbox<'_, Minutes, Input, Effect>) -> Outcome<State> {
        match event {
            Input::Fetched => context.say("here is the salt"),
            Input::NoSalt => context.say("there is no salt"),
            _ => return Super,
        }
        Transition(State::kitchen())
    }

    #[action]
    fn fetch(context: &mut Outbox<'_, Minutes, Input, Effect>) {
        context.start(Effect::Salt);
    }
}

impl Bot for Egg {
    type World = Minutes;
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "egg";
    const TITLE: &'static str = "Egg";

    fn new(_world: &Minutes) -> Self {
        Self
    }

    fn options<'w>(&self, place: &State, _world: &'w Minutes) -> Vec<Choice<'w, Input>> {
        match place {
            State::Kitchen {} => vec![
                Choice::listed("boil", "Boil", Input::Boil),
                Choice::listed("salt", "Salt", Input::FetchSalt),
            ],
            State::Boiling {} | State::Fetching {} => vec![],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }

    fn outcomes(_effect: &Effect) -> Vec<Input> {
        vec![Input::Fetched, Input::NoSalt]
    }

    fn idle() -> Option<Input> {
        Some(Input::Silence)
    }
}

/// Fetches salt, when it is let.
#[derive(Clone)]
pub(crate) struct Shop {
    asked: Arc<AtomicUsize>,
    open: Arc<Semaphore>,
}

impl Shop {
    pub(crate) fn open() -> Self {
        let shop = Self::closed();
        shop.serve(Semaphore::MAX_PERMITS);
        shop
    }

    /// Lets everybody wait.
    pub(crate) fn closed() -> Self {
        Self {
            asked: Arc::default(),
            open: Arc::new(Semaphore::new(0)),
        }
    }

    /// Lets so many more have salt.
    pub(crate) fn serve(&self, more: usize) {
        self.open.add_permits(more);
    }

    /// How often somebody came.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    pub(crate) fn bots(&self, boiling: Duration) -> Bots {
        Bots::new().with_source::<Egg>(Minutes(boiling), self.clone())
    }
}

impl Source<Egg> for Shop {
    async fn perform(&self, _effect: Effect, _key: WorkId) -> Input {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.open.acquire().await.unwrap().forget();
        Input::Fetched
    }
}
