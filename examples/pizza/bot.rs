//! What a chat must know of the pizza bot's machine: above all, what may be chosen where.

use statechat::bot::{Bot, Choice};

use super::machine::{Effect, Input, PizzaBot, State};
use super::menu::Menu;
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
        if !self.order.lines.is_empty() {
            options.push(words::change(Choice::unlisted));
            options.push(words::check_out(Choice::unlisted));
        }
        if let State::ChooseCount { pizza, .. } = place {
            options.extend(words::sizes(menu.pizza(pizza), Choice::unlisted));
        }
        // Where a line of the order is to be named, a pizza's name is that line.
        if !matches!(place, State::ChooseLine {}) {
            options.extend(words::pizzas(menu, Choice::unlisted));
            options.extend(words::sized_pizzas(menu));
            options.extend(words::removals(&self.order, menu));
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
                let sizes = words::sizes(menu.pizza(pizza), Choice::listed);
                sizes.chain([go_back]).collect()
            }
            State::ChooseCount { pizza, size } => {
                let ordered = self.order.count(pizza, *size) > 0;
                let remove = ordered.then(words::none);
                let counts = words::counts(menu);
                counts.chain(remove).chain([go_back]).collect()
            }
            State::Review {} => {
                let room = self.order.lines.len() < menu.lines_max;
                let change = words::change(Choice::listed);
                let rest = [change, words::check_out(Choice::listed), start_over];
                room.then(words::add).into_iter().chain(rest).collect()
            }
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
