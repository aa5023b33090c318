//! What the pizza bot says.

use rust_decimal::Decimal;

use super::menu::{Line, Menu, Order, Pizza, Size};

pub(crate) const HELLO: &str = "Ciao! I take your pizza order.";
pub(crate) const WELCOME: &str = "You’re welcome.";
pub(crate) const HELP: &str = "Pick one of the options, by its button, number or name. While you order you can name any \
     pizza (“a large funghi”), take one off (“no funghi”), see “my order”, “go back” or “start over”.";
pub(crate) const WHICH_PIZZA: &str = "Which pizza would you like?";
pub(crate) const WHICH_ELSE: &str = "Which pizza shall I add?";
pub(crate) const WHICH_LINE: &str = "Which one shall I change?";
pub(crate) const EMPTY: &str = "There’s nothing in your order yet.";
pub(crate) const START_OVER: &str = "All right, we start afresh.";
pub(crate) const PLACING: &str = "One moment, I’m just passing your order to the kitchen.";
pub(crate) const NOT_PLACED: &str =
    "Sorry, the kitchen couldn’t take your order. You can try again, or go back and change it.";
pub(crate) const GOODBYE: &str =
    "Ciao! I keep no order that isn’t placed. Say anything to start a new one.";
pub(crate) const IDLE: &str =
    "You’ve been quiet for a while, so I’ve closed this order. Say anything to start a new one.";

pub(crate) fn which_size(pizza: &Pizza) -> String {
    format!("{}, good choice. Medium or large?", pizza.name)
}

pub(crate) fn size(pizza: &Pizza, size: Size) -> String {
    format!("{}, {}", capitalised(size.name()), euros(pizza.price(size)))
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

pub(crate) fn how_many(pizza: &Pizza, size: Size, now: u8) -> String {
    let name = format!("{} {}", size.name(), pizza.name);
    match now {
        0 => format!("How many {name}?"),
        _ => format!("You have {now} {name}. How many shall it be?"),
    }
}

pub(crate) fn pizzas(count: u8) -> String {
    match count {
        1 => "1 pizza".to_owned(),
        _ => format!("{count} pizzas"),
    }
}

pub(crate) fn too_many(menu: &Menu) -> String {
    format!(
        "From 1 to {} of a kind, please: the oven is small.",
        menu.count_max
    )
}

pub(crate) fn full(menu: &Menu) -> String {
    format!(
        "I can only remember {} different pizzas. You can change or remove one.",
        menu.lines_max
    )
}

pub(crate) fn removed(pizza: &Pizza) -> String {
    format!("No {}, then.", pizza.name)
}

pub(crate) fn not_in_it(pizza: &Pizza) -> String {
    format!("There’s no {} in your order.", pizza.name)
}

pub(crate) fn line(line: &Line, menu: &Menu) -> String {
    let Line { pizza, size, count } = line;
    format!("{count} {} {}", size.name(), menu.pizza(pizza).name)
}

pub(crate) fn so_far(order: &Order, menu: &Menu) -> String {
    let lines: Vec<String> = order.lines.iter().map(|l| line(l, menu)).collect();
    let total = euros(menu.total(order));
    format!("{}: {total} so far. Anything else?", lines.join(", "))
}

pub(crate) fn confirm(order: &Order, menu: &Menu) -> String {
    let priced = |l| format!("{}, {}", line(l, menu), euros(menu.price(l)));
    let lines: Vec<String> = order.lines.iter().map(priced).collect();
    format!(
        "{}. That’s {} in all, to pay when you collect. Shall I place the order?",
        lines.join("; "),
        euros(menu.total(order))
    )
}

pub(crate) fn ordered(minutes: u8, total: Decimal) -> String {
    format!(
        "It’s ordered. Come and collect it in {minutes} minutes; that’s {}. Buon appetito!",
        euros(total)
    )
}

fn euros(amount: Decimal) -> String {
    format!("€{amount:.2}")
}

pub(crate) fn missed(candidates: &[String]) -> String {
    match candidates {
        [] => "Sorry, I didn’t get that. Please pick one of the options, or say “help”.".to_owned(),
        [one] => format!("Did you mean {one}?"),
        [rest @ .., last] => format!("Did you mean {} or {last}?", rest.join(", ")),
    }
}
