//! The pizza bot's machine: its states, what each takes and where that leads.
//!
//! ```text
//! Conversation                     help, small talk, goodbye, idle; what nobody understood
//! ├─ Ordering                      any pizza, take one off, change, check out, go back, start over
//! │  ├─ ChoosePizza
//! │  ├─ ChooseSize { pizza }
//! │  ├─ ChooseCount { pizza, size }
//! │  ├─ Review                     the order so far; add
//! │  ├─ ChooseLine                 which pizza of the order to change
//! │  ├─ Confirm                    the total; place the order
//! │  └─ NotPlaced                  try again
//! ├─ Placing                       waits for the kitchen; nothing can be changed any more
//! └─ Ordered                       start over
//! Ended                            any message starts over
//! ```
//!
//! The order itself is the bot's memory rather than data of its states: it outlives them all.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use statechat::bot::Outbox;
use statig::prelude::*;

use super::menu::{Menu, Order, Size};
use super::replies;

/// What the pizza bot remembers beside its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct PizzaBot {
    pub(crate) order: Order,
}

/// Anything the pizza bot handles.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Input {
    ChoosePizza { pizza: SmolStr },
    ChooseSize { pizza: SmolStr, size: Size },
    SetCount { count: u8 },
    TooMany,
    Remove { pizza: SmolStr },
    ShowOrder,
    Add,
    Change,
    CheckOut,
    PlaceOrder,
    Placed { minutes: u8 },
    NotPlaced,
    TryAgain,
    GoBack,
    StartOver,
    Help,
    Greeting,
    Thanks,
    Goodbye,
    NotUnderstood { candidates: Vec<String> },
    Idle,
}

/// What the pizza bot asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Effect {
    /// Have the kitchen take this order at this price.
    PlaceOrder { order: Order, total: Decimal },
}

type Out<'w> = Outbox<'w, Menu, Input, Effect>;

#[state_machine(
    initial = "State::choose_pizza()",
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
impl PizzaBot {
    #[superstate(entry_action = "greet")]
    fn conversation(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Help => say(context, replies::HELP),
            Input::Greeting => say(context, replies::HELLO),
            Input::Thanks => say(context, replies::WELCOME),
            Input::NotUnderstood { candidates } => say(context, replies::missed(candidates)),
            Input::Goodbye => close(context, replies::GOODBYE),
            Input::Idle => close(context, replies::IDLE),
            _ => Super,
        }
    }

    #[action]
    fn greet(context: &mut Out<'_>) {
        context.say(replies::HELLO);
    }

    #[superstate(superstate = "conversation")]
    fn ordering(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        let menu = context.world();
        match event {
            Input::ChoosePizza { pizza } => Transition(State::choose_size(pizza.clone())),
            Input::ChooseSize { pizza, size } => {
                if self.order.lines.len() == menu.lines_max && self.order.count(pizza, *size) == 0 {
                    context.say(replies::full(menu));
                    return Transition(State::review());
                }
                Transition(State::choose_count(pizza.clone(), *size))
            }
            Input::Remove { pizza } => {
                let name = menu.pizza(pizza);
                context.say(match self.order.remove(pizza) {
                    true => replies::removed(name),
                    false => replies::not_in_it(name),
                });
                Transition(self.order_so_far())
            }
            Input::Change => Transition(State::choose_line()),
            Input::CheckOut => Transition(State::confirm()),
            Input::ShowOrder if self.order.lines.is_empty() => say(context, replies::EMPTY),
            Input::ShowOrder | Input::GoBack => Transition(self.order_so_far()),
            Input::StartOver => {
                self.order = Order::default();
                context.say(replies::START_OVER);
                Transition(State::choose_pizza())
            }
            _ => Super,
        }
    }

    #[state(superstate = "ordering", entry_action = "ask_pizza")]
    fn choose_pizza() -> Outcome<State> {
        Super
    }

    #[action]
    fn ask_pizza(&self, context: &mut Out<'_>) {
        context.say(match self.order.lines.is_empty() {
            true => replies::WHICH_PIZZA,
            false => replies::WHICH_ELSE,
        });
    }

    #[state(
        superstate = "ordering",
        entry_action = "ask_size",
        local_storage("pizza: SmolStr")
    )]
    fn choose_size(event: &Input) -> Outcome<State> {
        match event {
            Input::GoBack => Transition(State::choose_pizza()),
            _ => Super,
        }
    }

    #[action]
    fn ask_size(pizza: &SmolStr, context: &mut Out<'_>) {
        context.say(replies::which_size(context.world().pizza(pizza)));
    }

    #[state(superstate = "ordering", entry_action = "ask_count")]
    fn choose_count(
        &mut self,
        pizza: &SmolStr,
        size: &Size,
        event: &Input,
        context: &mut Out<'_>,
    ) -> Outcome<State> {
        match event {
            Input::SetCount { count } => {
                self.order.set(pizza, *size, *count);
                Transition(self.order_so_far())
            }
            Input::TooMany => say(context, replies::too_many(context.world())),
            Input::GoBack if self.order.count(pizza, *size) == 0 => {
                Transition(State::choose_size(pizza.clone()))
            }
            _ => Super,
        }
    }

    #[action]
    fn ask_count(&self, pizza: &SmolStr, size: &Size, context: &mut Out<'_>) {
        let now = self.order.count(pizza, *size);
        context.say(replies::how_many(context.world().pizza(pizza), *size, now));
    }

    #[state(superstate = "ordering", entry_action = "show_order")]
    fn review(event: &Input) -> Outcome<State> {
        match event {
            Input::Add | Input::GoBack => Transition(State::choose_pizza()),
            _ => Super,
        }
    }

    #[action]
    fn show_order(&self, context: &mut Out<'_>) {
        context.say(replies::so_far(&self.order, context.world()));
    }

    #[state(superstate = "ordering", entry_action = "ask_line")]
    fn choose_line() -> Outcome<State> {
        Super
    }

    #[action]
    fn ask_line(context: &mut Out<'_>) {
        context.say(replies::WHICH_LINE);
    }

    #[state(superstate = "ordering", entry_action = "ask_to_confirm")]
    fn confirm(event: &Input) -> Outcome<State> {
        match event {
            Input::PlaceOrder => Transition(State::placing()),
            _ => Super,
        }
    }

    #[action]
    fn ask_to_confirm(&self, context: &mut Out<'_>) {
        context.say(replies::confirm(&self.order, context.world()));
    }

    // Not within Ordering: what the kitchen may have got already cannot be changed.
    #[state(superstate = "conversation", entry_action = "place_order")]
    fn placing(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Placed { minutes } => {
                let order = std::mem::take(&mut self.order);
                context.say(replies::ordered(*minutes, context.world().total(&order)));
                Transition(State::ordered())
            }
            Input::NotPlaced => Transition(State::not_placed()),
            _ => say(context, replies::PLACING),
        }
    }

    #[action]
    fn place_order(&self, context: &mut Out<'_>) {
        context.start(Effect::PlaceOrder {
            order: self.order.clone(),
            total: context.world().total(&self.order),
        });
    }

    #[state(superstate = "ordering", entry_action = "apologise")]
    fn not_placed(event: &Input) -> Outcome<State> {
        match event {
            Input::TryAgain => Transition(State::placing()),
            _ => Super,
        }
    }

    #[action]
    fn apologise(context: &mut Out<'_>) {
        context.say(replies::NOT_PLACED);
    }

    #[state(superstate = "conversation")]
    fn ordered(event: &Input) -> Outcome<State> {
        match event {
            Input::StartOver => Transition(State::choose_pizza()),
            _ => Super,
        }
    }

    #[state(entry_action = "forget")]
    fn ended() -> Outcome<State> {
        Transition(State::choose_pizza())
    }

    #[action]
    fn forget(&mut self) {
        self.order = Order::default();
    }
}

impl PizzaBot {
    fn order_so_far(&self) -> State {
        match self.order.lines.is_empty() {
            true => State::choose_pizza(),
            false => State::review(),
        }
    }
}

fn say(context: &mut Out<'_>, text: impl Into<String>) -> Outcome<State> {
    context.say(text);
    Handled
}

fn close(context: &mut Out<'_>, text: &str) -> Outcome<State> {
    context.say(text);
    Transition(State::ended())
}
