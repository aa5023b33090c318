//! What a chat must know of the pizza bot's machine: above all, what may be chosen where.

use statechat::bot::{Bot, Choice};

use super::machine::{Effect, Input, PizzaBot, State};
use super::menu::{Menu, Order};
use super::words;

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
        let mut options = buttons(&self.order, place, menu);
        let typed = typed(&self.order, place, menu).into_iter();
        options.extend(typed.map(Choice::without_button));
        options
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

/// What is offered in a place.
fn buttons<'w>(order: &Order, place: &State, menu: &'w Menu) -> Vec<Choice<'w, Input>> {
    use words::{add, change, check_out, go_back, none, start_over, try_again};
    let back = [go_back()];
    match place {
        State::ChoosePizza {} if order.lines.is_empty() => words::pizzas(menu).collect(),
        State::ChoosePizza {} => words::pizzas(menu).chain(back).collect(),
        State::ChooseSize { pizza } => words::sizes(menu.pizza(pizza)).chain(back).collect(),
        State::ChooseCount { pizza, size } => {
            let ordered = order.count(pizza, *size) > 0;
            let counts = words::counts(menu).chain(ordered.then(none));
            counts.chain(back).collect()
        }
        State::Review {} if order.lines.len() == menu.lines_max => {
            vec![change(), check_out(), start_over()]
        }
        State::Review {} => vec![add(), change(), check_out(), start_over()],
        State::ChooseLine {} => words::lines(order, menu).chain(back).collect(),
        State::Confirm {} => vec![words::place(), go_back(), start_over()],
        State::NotPlaced {} => vec![try_again(), go_back(), start_over()],
        State::Ordered {} | State::Ended {} => vec![start_over()],
        State::Placing {} => vec![],
    }
}

/// What is understood there as well, though it has no button.
fn typed<'w>(order: &Order, place: &State, menu: &'w Menu) -> Vec<Choice<'w, Input>> {
    let mut options = match place {
        State::Placing {} | State::Ended {} => return vec![],
        State::Ordered {} => return words::talk().into(),
        State::ChooseCount { pizza, .. } => {
            let sizes = words::sizes(menu.pizza(pizza));
            sizes.chain([words::none()]).collect()
        }
        _ => vec![],
    };
    options.extend(words::talk());
    options.extend([words::go_back(), words::start_over(), words::my_order()]);
    if !order.lines.is_empty() {
        options.extend([words::change(), words::check_out()]);
    }
    // Where a line of the order is to be named, a pizza's name is that line.
    if !matches!(place, State::ChooseLine {}) {
        options.extend(words::pizzas(menu));
        options.extend(words::sized_pizzas(menu));
        options.extend(words::removals(order, menu));
    }
    options
}
