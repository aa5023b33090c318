//! The pizza bot of the examples: its flows, its transitions, its program.

#[path = "../../examples/pizza/bot.rs"]
mod bot;
#[path = "../../examples/pizza/machine.rs"]
mod machine;
#[path = "../../examples/pizza/menu.rs"]
mod menu;
#[path = "../../examples/pizza/replies.rs"]
mod replies;
#[path = "../../examples/pizza/words.rs"]
mod words;

use crate::play::{chat, check_serves, play, transitions};
use machine::PizzaBot;
use menu::Menu;

fn transcript(lines: &[&str]) -> String {
    play::<PizzaBot>(Menu::of_the_house(), lines)
}

#[test]
fn an_order_from_greeting_to_oven() {
    insta::assert_snapshot!(transcript(&[
        ">margherita",
        ">large",
        ">2",
        "and a medium funghi please",
        "three",
        ">check-out",
        ">place-order",
        "thanks",
        ">start-over"
    ]));
}

#[test]
fn changes_of_mind() {
    insta::assert_snapshot!(transcript(&[
        "my order",
        "diavola",
        "no, margherita",
        "medium",
        "large",
        "7",
        "2",
        "quattro formagi",
        "big",
        "1",
        "change",
        "margherita",
        "4",
        "change",
        "the second one",
        ">go-back",
        "change",
        "formaggi",
        ">remove",
        "a funghi",
        "small",
        "1",
        "no funghi",
        "remove the diavola",
        "remove margherita"
    ]));
}

#[test]
fn back_from_every_step_and_starting_over() {
    insta::assert_snapshot!(transcript(&[
        "back",
        "my order",
        "large marinara",
        "back",
        "back",
        "large marinara",
        "1",
        "back",
        "back",
        ">change",
        "back",
        "that’s all",
        "no",
        "check out",
        "cancel my order"
    ]));
}

#[test]
fn the_kitchen_does_not_answer() {
    insta::assert_snapshot!(transcript(&[
        "large funghi",
        "6",
        "no thanks",
        "!fail",
        "yes",
        "!fail",
        ">try-again",
        "back",
        "that’s all",
        "!fail",
        "ok",
        "banana",
        "again"
    ]));
}

#[test]
fn an_order_has_only_so_many_lines() {
    let mut lines = vec![];
    for pizza in ["margherita", "marinara", "funghi", "diavola", "capricciosa"] {
        lines.extend([pizza, "large", "1"]);
    }
    lines.extend(["medium funghi", "change", "the marinara", "2"]);
    let transcript = transcript(&lines);
    let last = transcript.split("you: capricciosa").nth(1).unwrap();
    insta::assert_snapshot!(last);
}

#[test]
fn misses_help_silence_and_goodbye() {
    insta::assert_snapshot!(transcript(&[
        "sushi",
        "help",
        "hello",
        "m",
        "margerita",
        "large",
        "1",
        "bye",
        "hi",
        "!idle",
        ">start-over"
    ]));
}

#[test]
fn its_transitions() {
    insta::assert_snapshot!(transitions::<PizzaBot>(1_000));
}

#[test]
fn its_program_chats() {
    let said = chat("pizza", "large funghi\n2\nthat’s all\nyes\n");
    assert!(said.contains("That’s €23.00 in all"), "{said}");
    assert!(said.contains("collect it in 14 minutes"), "{said}");
}

#[tokio::test]
async fn its_program_serves() {
    let lines = ["Placing --> Ordered : Placed", "NotPlaced --> Placing"];
    check_serves("pizza", &lines).await;
}
