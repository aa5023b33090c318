//! The triage bot of the examples: its flows, its transitions, its program.

#[path = "../../examples/triage/bot.rs"]
mod bot;
#[path = "../../examples/triage/machine.rs"]
mod machine;
#[path = "../../examples/triage/replies.rs"]
mod replies;
#[path = "../../examples/triage/rota.rs"]
mod rota;
#[path = "../../examples/triage/words.rs"]
mod words;

use crate::play::{chat, check_serves, play, transitions};
use machine::Triage;
use rota::Rota;

fn transcript(lines: &[&str]) -> String {
    play::<Triage>(Rota::of_the_company(), lines)
}

#[test]
fn a_ticket_that_becomes_urgent() {
    insta::assert_snapshot!(transcript(&[
        ">website",
        ">can-wait",
        "thanks",
        ">urgent",
        ">answered",
        ">start-over"
    ]));
}

#[test]
fn nobody_answers() {
    insta::assert_snapshot!(transcript(&[
        "the payments are down",
        "urgent",
        "!ring",
        "nobody called",
        "!ring",
        "page them again",
        "it can wait",
        "fixed"
    ]));
}

#[test]
fn hold_on_and_carry_on_where_we_were() {
    insta::assert_snapshot!(transcript(&[
        "hold on",
        "i’m back",
        "email",
        "one moment please",
        "hold on",
        "banana",
        "help",
        ">carry-on",
        ">urgent",
        ">hold-on",
        "!ring",
        "!ring",
        "hold on",
        ">solved"
    ]));
}

#[test]
fn pagers_and_tickets_fail() {
    insta::assert_snapshot!(transcript(&[
        "website",
        "!fail",
        "it's down",
        "!fail",
        ">try-again",
        ">escalate",
        "!fail",
        ">can-wait",
        ">try-again",
        "back",
        "back"
    ]));
}

#[test]
fn misses_help_silence_and_goodbye() {
    insta::assert_snapshot!(transcript(&[
        "printer",
        "help",
        "hi",
        "emial",
        "payments",
        "goodbye",
        "hello",
        "!idle",
        ">start-over"
    ]));
}

#[test]
fn its_transitions() {
    insta::assert_snapshot!(transitions::<Triage>(1_000));
}

#[test]
fn its_program_chats() {
    let said = chat("triage", "website\nurgent\nsomebody else\nthey called\n");
    let in_order = ["can’t reach Dara", "Chen has been paged", "the best hands"];
    let places = in_order.map(|words| said.find(words).expect(words));
    assert!(places.is_sorted(), "{said}");
}

#[tokio::test]
async fn its_program_serves() {
    let lines = ["Paging --> Waiting : Paged", "Urgent --> Closed : Answered"];
    check_serves("triage", &lines).await;
}
