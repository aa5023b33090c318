//! A machine with everything that a statig machine can have: four levels, data at each, actions at each, all four
//! hooks, history kept in the bot. Its handlers and actions say what they do, so that their order can be read.
//!
//! ```text
//! House
//! ├─ Stairs
//! └─ Floor { floor }
//!    ├─ Hall
//!    └─ Room { room }
//!       ├─ Desk { papers }
//!       └─ Bed
//! Garden
//! ```

use std::time::Duration;

use serde::{Deserialize, Serialize};
use statechat::bot::{Bot, Choice, Outbox};
use statig::prelude::*;

/// What the house remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct House {
    /// History: the room that was left last.
    last_room: Option<(u8, u8)>,
    dispatches: u8,
    actions: u8,
}

/// An input for the level at `depth`; all others defer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Input {
    pub depth: u8,
    pub act: Act,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Act {
    /// Nothing.
    Stay,
    /// Changes the level's own data in place.
    Change,
    /// Goes.
    Go(Goal),
    /// Changes the level's own data in place, and goes.
    ChangeAndGo(Goal),
    /// Asks for an effect and a timer.
    Ask,
    /// Asks for an effect, and goes.
    AskAndGo(Goal),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Goal {
    Garden,
    Stairs,
    Hall(u8),
    Desk(u8, u8),
    Bed(u8, u8),
    /// The room that was left last.
    Back,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// Asked for by a room that is entered.
    Light { floor: u8, room: u8 },
    /// Asked for by a handler.
    Ring,
}

type Out<'w> = Outbox<'w, (), Input, Effect>;

#[state_machine(
    initial = "State::desk(0, 0, 0)",
    before_dispatch = "Self::before_dispatch",
    after_dispatch = "Self::after_dispatch",
    before_transition = "Self::before_transition",
    after_transition = "Self::after_transition",
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
    #[superstate(entry_action = "enter_house", exit_action = "exit_house")]
    fn house(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(1, event, context, || ())
    }

    #[state(
        superstate = "house",
        entry_action = "enter_stairs",
        exit_action = "exit_stairs"
    )]
    fn stairs(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(2, event, context, || ())
    }

    #[superstate(
        superstate = "house",
        entry_action = "enter_floor",
        exit_action = "exit_floor"
    )]
    fn floor(&mut self, floor: &mut u8, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(2, event, context, || *floor = (*floor + 1) % 3)
    }

    #[state(
        superstate = "floor",
        entry_action = "enter_hall",
        exit_action = "exit_hall",
        local_storage("floor: u8")
    )]
    fn hall(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(3, event, context, || ())
    }

    #[superstate(
        superstate = "floor",
        entry_action = "enter_room",
        exit_action = "exit_room",
        local_storage("floor: &'sub mut u8")
    )]
    fn room(&mut self, room: &mut u8, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(3, event, context, || *room = (*room + 1) % 3)
    }

    #[state(
        superstate = "room",
        entry_action = "enter_desk",
        exit_action = "exit_desk",
        local_storage("floor: u8", "room: u8")
    )]
    fn desk(&mut self, papers: &mut u8, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(4, event, context, || *papers = (*papers + 1) % 3)
    }

    #[state(
        superstate = "room",
        entry_action = "enter_bed",
        exit_action = "exit_bed",
        local_storage("floor: u8", "room: u8")
    )]
    fn bed(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(4, event, context, || ())
    }

    #[state(entry_action = "enter_garden", exit_action = "exit_garden")]
    fn garden(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        self.act(1, event, context, || ())
    }

    #[action]
    fn enter_house(&mut self, context: &mut Out<'_>) {
        self.note("enter house".into(), context);
    }

    #[action]
    fn exit_house(&mut self, context: &mut Out<'_>) {
        self.note("exit house".into(), context);
    }

    #[action]
    fn enter_stairs(&mut self, context: &mut Out<'_>) {
        self.note("enter stairs".into(), context);
    }

    #[action]
    fn exit_stairs(&mut self, context: &mut Out<'_>) {
        self.note("exit stairs".into(), context);
    }

    #[action]
    fn enter_floor(&mut self, floor: &mut u8, context: &mut Out<'_>) {
        self.note(format!("enter floor {floor}"), context);
    }

    #[action]
    fn exit_floor(&mut self, floor: &mut u8, context: &mut Out<'_>) {
        self.note(format!("exit floor {floor}"), context);
    }

    #[action]
    fn enter_hall(&mut self, floor: &mut u8, context: &mut Out<'_>) {
        self.note(format!("enter hall {floor}"), context);
    }

    #[action]
    fn exit_hall(&mut self, floor: &mut u8, context: &mut Out<'_>) {
        self.note(format!("exit hall {floor}"), context);
    }

    #[action]
    fn enter_room(&mut self, floor: &mut u8, room: &mut u8, context: &mut Out<'_>) {
        self.note(format!("enter room {floor} {room}"), context);
        context.start(Effect::Light {
            floor: *floor,
            room: *room,
        });
    }

    #[action]
    fn exit_room(&mut self, floor: &mut u8, room: &mut u8, context: &mut Out<'_>) {
        self.note(format!("exit room {floor} {room}"), context);
        self.last_room = Some((*floor, *room));
    }

    /// Entry actions may change their state's data as well.
    #[action]
    fn enter_desk(&mut self, papers: &mut u8, context: &mut Out<'_>) {
        *papers = (*papers + 1) % 3;
        self.note(format!("enter desk {papers}"), context);
        context.show(*papers);
    }

    #[action]
    fn exit_desk(&mut self, papers: &mut u8, context: &mut Out<'_>) {
        self.note(format!("exit desk {papers}"), context);
    }

    #[action]
    fn enter_bed(&mut self, context: &mut Out<'_>) {
        self.note("enter bed".into(), context);
    }

    #[action]
    fn exit_bed(&mut self, context: &mut Out<'_>) {
        self.note("exit bed".into(), context);
    }

    #[action]
    fn enter_garden(&mut self, context: &mut Out<'_>) {
        self.note("enter garden".into(), context);
    }

    #[action]
    fn exit_garden(&mut self, context: &mut Out<'_>) {
        self.note("exit garden".into(), context);
    }
}

impl House {
    fn note(&mut self, what: String, context: &mut Out<'_>) {
        self.actions = self.actions.wrapping_add(1);
        context.say(what);
    }

    fn act(
        &mut self,
        depth: u8,
        input: &Input,
        context: &mut Out<'_>,
        change: impl FnOnce(),
    ) -> Outcome<State> {
        if input.depth != depth {
            context.say(format!("level {depth} defers"));
            return Super;
        }
        context.say(format!("level {depth} acts"));
        match input.act {
            Act::Stay => Handled,
            Act::Change => {
                change();
                Handled
            }
            Act::Go(goal) => Transition(self.place(goal)),
            Act::ChangeAndGo(goal) => {
                change();
                Transition(self.place(goal))
            }
            Act::Ask => {
                context.start(Effect::Ring);
                context.after(Duration::from_secs(1), *input);
                Handled
            }
            Act::AskAndGo(goal) => {
                context.start(Effect::Ring);
                Transition(self.place(goal))
            }
        }
    }

    fn place(&self, goal: Goal) -> State {
        match (goal, self.last_room) {
            (Goal::Garden, _) => State::garden(),
            (Goal::Stairs, _) | (Goal::Back, None) => State::stairs(),
            (Goal::Hall(floor), _) => State::hall(floor),
            (Goal::Desk(floor, room), _) => State::desk(0, floor, room),
            (Goal::Bed(floor, room), _) | (Goal::Back, Some((floor, room))) => {
                State::bed(floor, room)
            }
        }
    }

    fn before_dispatch(
        &mut self,
        level: StateOrSuperstate<'_, State, Superstate<'_>>,
        input: &Input,
        context: &mut Out<'_>,
    ) {
        self.dispatches = self.dispatches.wrapping_add(1);
        context.say(format!("before_dispatch {level:?} {input:?}"));
    }

    fn after_dispatch(
        &mut self,
        level: StateOrSuperstate<'_, State, Superstate<'_>>,
        input: &Input,
        context: &mut Out<'_>,
    ) {
        context.say(format!("after_dispatch {level:?} {input:?}"));
    }

    fn before_transition(&mut self, source: &State, target: &State, context: &mut Out<'_>) {
        context.say(format!("before_transition {source:?} to {target:?}"));
    }

    fn after_transition(&mut self, source: &State, target: &State, context: &mut Out<'_>) {
        context.say(format!("after_transition {source:?} to {target:?}"));
    }
}

impl Bot for House {
    type World = ();
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "house";
    const TITLE: &'static str = "House";

    fn new(_world: &()) -> Self {
        Self::default()
    }

    fn options<'w>(&self, _place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        Vec::new()
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input {
            depth: 0,
            act: Act::Stay,
        }
    }

    fn outcomes(effect: &Effect) -> Vec<Input> {
        vec![Self::failed(effect)]
    }

    fn failed(_effect: &Effect) -> Input {
        Self::miss(&[])
    }
}
