//! The pizza bot's tests: what is said, that nothing is left out, and that nobody pays for what they did not order.

use rust_decimal::Decimal;
use statechat::bot::Work;
use statechat::testing::{Conversation, Coverage, every_transition, walks};

use super::machine::{Effect, Input, PizzaBot};
use super::menu::{Menu, Order};

type Chat = Conversation<PizzaBot>;

/// A conversation about the real menu, with a kitchen that takes every order.
fn chat() -> Chat {
    slow_kitchen().with_sample_source()
}

/// The same with a kitchen that answers when the test says so.
fn slow_kitchen() -> Chat {
    Chat::in_world(Menu::of_the_house())
}

fn placed() -> Input {
    Input::Placed { minutes: 15 }
}

fn an_order() -> Chat {
    chat()
        .chooses("margherita")
        .chooses("large")
        .chooses("2")
        .says("and a medium funghi please")
        .says("three")
        .chooses("check-out")
        .chooses("place-order")
        .says("thanks")
        .chooses("start-over")
}

fn changes_of_mind() -> Chat {
    chat()
        .says("my order")
        .says("diavola")
        .says("no, margherita")
        .says("medium")
        .says("large")
        .says("7")
        .says("2")
        .says("quattro formagi")
        .says("big")
        .says("1")
        .says("change")
        .says("margherita")
        .says("4")
        .says("change")
        .says("the second one")
        .chooses("go-back")
        .says("change")
        .says("formaggi")
        .chooses("remove")
        .says("a funghi")
        .says("small")
        .says("1")
        .says("no funghi")
        .says("remove the diavola")
        .says("remove margherita")
}

fn back_and_over() -> Chat {
    chat()
        .says("back")
        .says("my order")
        .says("large marinara")
        .says("back")
        .says("back")
        .says("large marinara")
        .says("1")
        .says("back")
        .says("back")
        .chooses("change")
        .says("back")
        .says("that’s all")
        .says("no")
        .says("check out")
        .says("cancel my order")
}

fn second_thoughts() -> Chat {
    chat()
        .says("a large funghi")
        .says("0")
        .says("large funghi")
        .says("2")
        .says("add")
        .says("diavola")
        .says("cancel")
        .says("forget it")
        .says("how much is it?")
        .says("nothing else")
        .says("cancel")
}

fn no_answer() -> Chat {
    slow_kitchen()
        .says("large funghi")
        .says("6")
        .says("no thanks")
        .says("yes")
        .fails()
        .chooses("try-again")
        .fails()
        .says("back")
        .says("that’s all")
        .says("ok")
        .fails()
        .says("banana")
        .says("again")
        .gets(placed())
}

fn impatience() -> Chat {
    slow_kitchen()
        .says("large funghi")
        .says("1")
        .says("done")
        .says("yes")
        .says("wait, no, make it two")
        .is_silent()
        .gets(placed())
        .says("bye")
}

fn five_kinds() -> Chat {
    let pizzas = ["margherita", "marinara", "funghi", "diavola", "capricciosa"];
    let order = |chat: Chat, pizza| chat.says(pizza).says("large").says("1");
    let full = pizzas.into_iter().fold(chat(), order);
    full.says("medium funghi")
        .says("change")
        .says("the marinara")
        .says("2")
}

fn misses_and_goodbye() -> Chat {
    chat()
        .says("sushi")
        .says("help")
        .says("hello")
        .says("m")
        .says("margerita")
        .says("large")
        .says("1")
        .says("bye")
        .says("hi")
        .is_silent()
        .chooses("start-over")
}

/// All of them, each under the name of its snapshot.
fn conversations() -> Vec<(&'static str, Chat)> {
    vec![
        ("an_order_from_greeting_to_oven", an_order()),
        ("changes_of_mind", changes_of_mind()),
        ("back_from_every_step_and_starting_over", back_and_over()),
        ("second_thoughts", second_thoughts()),
        ("the_kitchen_does_not_answer", no_answer()),
        ("what_is_said_while_the_kitchen_is_asked", impatience()),
        ("an_order_has_only_so_many_lines", five_kinds()),
        ("misses_help_silence_and_goodbye", misses_and_goodbye()),
    ]
}

#[test]
fn what_is_said_stays_what_is_said() {
    for (name, conversation) in conversations() {
        insta::assert_snapshot!(name, conversation);
    }
}

#[test]
fn the_conversations_walk_the_whole_machine() {
    let conversations = conversations();
    Coverage::of(conversations.iter().map(|(_, chat)| chat)).assert_complete();
}

#[test]
fn its_transitions() {
    let nothing_walked = Coverage::<PizzaBot>::new();
    let transitions: Vec<_> = nothing_walked.missing().map(ToString::to_string).collect();
    insta::assert_snapshot!(transitions.join("\n"));
}

#[test]
fn everything_has_an_answer() {
    let tour = every_transition::<PizzaBot>(|path, chat| {
        let answers = chat.reply().is_some() || !chat.pending().is_empty();
        assert!(answers, "{path}\n{chat}");
    });
    assert_eq!(tour.to_string(), "3147 transitions among 177 nodes");
}

#[test]
fn what_is_shown_is_what_is_ordered() {
    let property = |chat: &Chat| {
        let (menu, order) = (chat.world(), &chat.machine().bot().order);
        let sum = sum(order, menu);
        match chat.reply().as_deref().and_then(total_in) {
            Some(total) if total != sum => return Err(format!("{total} is shown for {sum}")),
            _ => {}
        }
        for pending in chat.pending() {
            let Work::Effect(Effect::PlaceOrder {
                order: placed,
                total,
            }) = &pending.work
            else {
                continue;
            };
            if (placed, *total) != (order, sum) {
                return Err(format!("the kitchen is asked for {placed:?} at {total}"));
            }
        }
        within_bounds(chat)
    };
    walks().count(200).check(property);
    let menu = Menu::of_the_house();
    walks().in_world(menu).count(100).steps(60).check(property);
}

/// Pizza by pizza, and so not as the bot computes it.
fn sum(order: &Order, menu: &Menu) -> Decimal {
    let pizzas = order.lines.iter().flat_map(|line| {
        let price = menu.pizza(&line.pizza).price(line.size);
        std::iter::repeat_n(price, line.count.into())
    });
    pizzas.sum()
}

/// The amount that a reply says the order comes to.
fn total_in(reply: &str) -> Option<Decimal> {
    let (before, _) = reply
        .split_once(" so far")
        .or(reply.split_once(" in all"))?;
    let (_, amount) = before.rsplit_once('€')?;
    Some(amount.parse().expect("an amount"))
}

fn within_bounds(chat: &Chat) -> Result<(), String> {
    let (menu, lines) = (chat.world(), &chat.machine().bot().order.lines);
    let fits = |count: u8| (1..=menu.count_max).contains(&count);
    if lines.len() > menu.lines_max || !lines.iter().all(|line| fits(line.count)) {
        return Err(format!("more than an order may be: {lines:?}"));
    }
    let needed = ["Review", "ChooseLine", "Confirm", "Placing", "NotPlaced"];
    match lines.is_empty() && needed.contains(&chat.state().as_str()) {
        true => Err(format!("nothing is ordered in {}", chat.state())),
        false => Ok(()),
    }
}
