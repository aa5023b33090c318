//! A sound bot whose every function can be exchanged for a broken one.
//!
//! ```text
//! House                  help, back, silence, what means nothing
//! ├─ Home                the start
//! ├─ Away
//! └─ Room { room }       the other room
//!    └─ Table { room }
//! Over                   the end
//! ```

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, Outbox, World};
use statig::prelude::*;

/// The bot, and what it remembers: nothing, unless a broken function changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct House {
    pub(crate) memory: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    Go,
    Sit,
    Back,
    Help,
    Done,
    Failed,
    Rang,
    Silence,
    Missed,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    Work,
    /// Without outcomes.
    Hopeless,
}

pub(crate) type Out<'w> = Outbox<'w, Plan, Input, Effect>;
type Handler = fn(&mut u64, &Input, &mut Out<'_>) -> Outcome<State>;
type Action = fn(&mut Out<'_>);
type Options = fn(&State) -> Vec<Choice<'static, Input>>;

/// What the house does at each point.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) house: Handler,
    pub(crate) home: Handler,
    pub(crate) enter_home: Action,
    pub(crate) away: Handler,
    pub(crate) enter_away: Action,
    pub(crate) room: fn(u8, &Input, &mut Out<'_>) -> Outcome<State>,
    pub(crate) enter_room: fn(u8, &mut Out<'_>),
    pub(crate) table: Handler,
    pub(crate) options: Options,
    pub(crate) listed: Option<Options>,
}

impl World for Plan {
    fn sample() -> Self {
        Self {
            house: |_, input, out| match input {
                Input::Help => say(out, "you can go, sit and come back"),
                Input::Back => Transition(State::Home {}),
                Input::Silence => {
                    out.say("bye");
                    Transition(State::Over {})
                }
                _ => say(out, "what?"),
            },
            home: |_, input, _| match input {
                Input::Go => Transition(State::Away {}),
                Input::Sit => Transition(State::Table { room: 0 }),
                _ => Super,
            },
            enter_home: |out| out.say("hello"),
            away: |_, _, _| Super,
            enter_away: |out| out.say("you are away"),
            room: |room, input, _| match input {
                Input::Go => Transition(State::Table {
                    room: (room + 1) % 2,
                }),
                _ => Super,
            },
            enter_room: |_, _| {},
            table: |_, _, _| Super,
            options: |place| match place {
                State::Home {} => buttons(&[Input::Go, Input::Sit, Input::Help]),
                State::Away {} => buttons(&[Input::Back, Input::Help]),
                State::Table { .. } => buttons(&[Input::Go, Input::Back]),
                State::Over {} => vec![],
            },
            listed: None,
        }
    }
}

/// Says something and stays.
pub(crate) fn say(out: &mut Out<'_>, text: &str) -> Outcome<State> {
    out.say(text);
    Handled
}

/// Buttons by their inputs.
pub(crate) fn buttons(inputs: &[Input]) -> Vec<Choice<'static, Input>> {
    let button = |input: &Input| {
        let label = format!("{input:?}");
        Choice::listed(label.to_lowercase(), label, input.clone())
    };
    inputs.iter().map(button).collect()
}

#[state_machine(
    initial = "State::home()",
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
impl House {
    #[superstate]
    fn house(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        (context.world().house)(&mut self.memory, event, context)
    }

    #[state(superstate = "house", entry_action = "enter_home")]
    fn home(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        (context.world().home)(&mut self.memory, event, context)
    }

    #[action]
    fn enter_home(context: &mut Out<'_>) {
        (context.world().enter_home)(context);
    }

    #[state(superstate = "house", entry_action = "enter_away")]
    fn away(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        (context.world().away)(&mut self.memory, event, context)
    }

    #[action]
    fn enter_away(context: &mut Out<'_>) {
        (context.world().enter_away)(context);
    }

    #[superstate(superstate = "house", entry_action = "enter_room")]
    fn room(room: &mut u8, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        (context.world().room)(*room, event, context)
    }

    #[action]
    fn enter_room(room: &mut u8, context: &mut Out<'_>) {
        (context.world().enter_room)(*room, context);
    }

    #[state(
        superstate = "room",
        entry_action = "enter_table",
        local_storage("room: u8")
    )]
    fn table(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        (context.world().table)(&mut self.memory, event, context)
    }

    #[action]
    fn enter_table(context: &mut Out<'_>) {
        context.say("you sit");
    }

    #[state]
    fn over(context: &mut Out<'_>) -> Outcome<State> {
        context.say("it is over");
        Handled
    }
}

impl Bot for House {
    type World = Plan;
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "house";
    const TITLE: &'static str = "House";

    fn new(_plan: &Plan) -> Self {
        Self::default()
    }

    fn options<'w>(&self, place: &State, plan: &'w Plan) -> Vec<Choice<'w, Input>> {
        (plan.options)(place)
    }

    fn listed<'w>(&self, place: &State, plan: &'w Plan) -> Vec<Choice<'w, Input>> {
        let mut options = plan.listed.unwrap_or(plan.options)(place);
        options.retain(|choice| choice.listed);
        options
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::Missed
    }

    fn outcomes(effect: &Effect) -> Vec<Input> {
        match effect {
            Effect::Work => vec![Input::Done, Input::Failed],
            Effect::Hopeless => vec![],
        }
    }

    fn idle() -> Option<Input> {
        Some(Input::Silence)
    }

    fn is_final(place: &State) -> bool {
        matches!(place, State::Over {})
    }
}
