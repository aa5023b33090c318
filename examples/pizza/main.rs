//! A bot that takes an order for pizza: amounts, sizes, changes of mind, and a kitchen that may not answer.
//!
//! `cargo run --example pizza` serves it; `cargo run --example pizza -- chat` chats with it in the terminal.

mod bot;
mod machine;
mod menu;
mod replies;
#[cfg(test)]
mod tests;
mod words;

use machine::{Effect, Input, PizzaBot};
use menu::Menu;
use statechat::bot::{Source, WorkId};

/// A kitchen with one oven. A real one would be asked over the network.
struct Kitchen;

/// More than this the oven does not take at once; ask for more to see an order fail.
const PIZZAS_MAX: u8 = 12;

impl Source<PizzaBot> for Kitchen {
    async fn perform(&self, effect: Effect, _key: WorkId) -> Input {
        let Effect::PlaceOrder { order, .. } = effect;
        match order.lines.iter().map(|line| line.count).sum() {
            pizzas @ ..=PIZZAS_MAX => Input::Placed {
                minutes: 10 + 2 * pizzas,
            },
            _ => Input::NotPlaced,
        }
    }
}

fn main() -> std::process::ExitCode {
    let bots = statechat::Bots::new();
    statechat::main(bots.with_source::<PizzaBot>(Menu::of_the_house(), Kitchen))
}
