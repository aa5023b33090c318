//! The pizza bot's machine: its states, what each takes and where that leads.
//!
//! ```text
//! Conversation                     help, small talk, goodbye, idle; what nobody understood
//! ├─ Ordering                      any pizza or size, take one off, my order, go back, start over
//! │  ├─ ChoosePizza
//! │  ├─ ChooseSize { pizza }
//! │  ├─ ChooseCount { pizza, size }
//! │  ├─ Review                     add, change, check out
//! │  ├─ ChooseLine                 which one to change
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
use statechat::bot::{Bot, Choice, Outbox};
use statig::prelude::*;

use super::menu::{Menu, Order, Size};
use super::{replies, words};

/// What the pizza bot remembers beside its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct PizzaBot {
    order: Order,
}

/// Anything the pizza bot handles.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Input {
    ChoosePizza { pizza: SmolStr },
    ChooseSize { pizza: SmolStr, size: Size },
    SetCount { count: u8 },
    TooMany,
    Remove { pizza: SmolStr, size: Size },
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
            Input::Help => context.say(replies::HELP),
            Input::Greeting => context.say(replies::HELLO),
            Input::Thanks => context.say(replies::WELCOME),
            Input::NotUnderstood { candidates } => context.say(replies::missed(candidates)),
            Input::Goodbye => {
                context.say(replies::GOODBYE);
                return Transition(State::ended());
            }
            Input::Idle => {
                context.say(replies::IDLE);
                return Transition(State::ended());
            }
            _ => return Super,
        }
        Handled
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
            Input::Remove { pizza, size } => {
                self.order.set(pizza, *size, 0);
                context.say(replies::removed(menu.pizza(pizza), *size));
                Transition(self.order_so_far())
            }
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
                Transition(State::review())
            }
            Input::TooMany => {
                context.say(replies::too_many(context.world()));
                Handled
            }
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
            Input::Change => Transition(State::choose_line()),
            Input::CheckOut => Transition(State::confirm()),
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
            _ => {
                context.say(replies::PLACING);
                Handled
            }
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

impl Bot for PizzaBot {
    type World = Menu;
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "pizza";
    const TITLE: &'static str = "Pizza bot";

    fn new(_menu: &Menu) -> Self {
        Self::default()
    }

    fn options<'w>(&self, place: &State, menu: &'w Menu) -> Vec<Choice<'w, Input>> {
        let mut options = self.listed(place, menu);
        if matches!(place, State::Placing {} | State::Ended {}) {
            return options;
        }
        options.extend(words::talk());
        if matches!(place, State::Ordered {}) {
            return options;
        }
        options.push(words::go_back(Choice::unlisted));
        options.push(words::start_over(Choice::unlisted));
        options.push(words::my_order());
        options.extend(words::removals(&self.order, menu));
        // Where a line of the order is to be named, a pizza's name is that line.
        if !matches!(place, State::ChooseLine {}) {
            options.extend(words::pizzas(menu, Choice::unlisted));
            options.extend(words::sized_pizzas(menu));
        }
        options
    }

    fn listed<'w>(&self, place: &State, menu: &'w Menu) -> Vec<Choice<'w, Input>> {
        let go_back = words::go_back(Choice::listed);
        let start_over = words::start_over(Choice::listed);
        match place {
            State::ChoosePizza {} => {
                let ordered = !self.order.lines.is_empty();
                let pizzas = words::pizzas(menu, Choice::listed);
                pizzas.chain(ordered.then_some(go_back)).collect()
            }
            State::ChooseSize { pizza } => {
                let sizes = words::sizes(menu.pizza(pizza));
                sizes.chain([go_back]).collect()
            }
            State::ChooseCount { pizza, size } => {
                let ordered = self.order.count(pizza, *size) > 0;
                let remove = ordered.then(|| words::remove(pizza, *size));
                let counts = words::counts(menu);
                counts.chain(remove).chain([go_back]).collect()
            }
            State::Review {} => vec![
                words::add(),
                words::change(),
                words::check_out(),
                start_over,
            ],
            State::ChooseLine {} => {
                let lines = words::lines(&self.order, menu);
                lines.into_iter().chain([go_back]).collect()
            }
            State::Confirm {} => vec![words::place(), go_back, start_over],
            State::NotPlaced {} => vec![words::try_again(), go_back, start_over],
            State::Ordered {} | State::Ended {} => vec![start_over],
            State::Placing {} => vec![],
        }
    }

    fn miss(candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood {
            candidates: Choice::labels(candidates),
        }
    }

    fn outcomes(effect: &Effect) -> Vec<Input> {
        let Effect::PlaceOrder { .. } = effect;
        vec![Input::Placed { minutes: 15 }, Input::NotPlaced]
    }

    fn idle() -> Option<Input> {
        Some(Input::Idle)
    }

    fn is_final(place: &State) -> bool {
        matches!(place, State::Ordered {} | State::Ended {})
    }
}
