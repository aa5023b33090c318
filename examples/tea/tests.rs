//! The tea bot's tests: what is said, that nothing is left out, and what holds whatever is said.

use std::time::Duration;

use statechat::testing::{Conversation, Coverage, every_transition, walks};

use super::Tea;

type Chat = Conversation<Tea>;

fn an_order() -> Chat {
    Chat::new()
        .chooses("black")
        .expect_state("Steeping")
        .waits(Duration::from_secs(3))
        .expect_reply_containing("Your black tea is ready.")
        .expect_options(["green", "black"])
}

fn something_else() -> Chat {
    Chat::new().says("coffee")
}

#[test]
fn an_order_is_taken() {
    insta::assert_snapshot!(an_order(), @r"
    bot: Green or black?
         starts: +Open +Choosing
         Open/Choosing [green black]

    you: [black] black
    bot: The black tea is steeping.
         Choosing takes Order: -Choosing +Steeping
         starts a timer of 3s for Ready
         Open/Steeping []

    time: 3s passes

    timer: Ready rings
    bot: Your black tea is ready. ¶ Green or black?
         Steeping takes Ready: -Steeping +Choosing
         Open/Choosing [green black]
    ");
}

#[test]
fn what_is_not_tea_is_not_known() {
    let _ = something_else().expect_reply("Sorry, I only know about tea.");
}

#[test]
fn the_conversations_walk_the_whole_machine() {
    Coverage::of(&[an_order(), something_else()]).assert_complete();

    // One of them does not:
    insta::assert_snapshot!(Coverage::of(&[something_else()]), @r"
    walked 1 of 3 transitions, 1 of 2 states
    not walked by any conversation:
      Choosing takes Order to Steeping
      Steeping takes Ready to Choosing
    states that no conversation came to:
      Steeping
    ");
}

#[test]
fn everything_has_an_answer() {
    let tour = every_transition::<Tea>(|path, chat| assert!(chat.reply().is_some(), "{path}"));
    assert_eq!(tour.to_string(), "7 transitions among 3 nodes");
}

#[test]
fn whoever_waits_gets_tea() {
    walks::<Tea>().check(|chat| {
        let waited = chat.clone().waits(Duration::from_secs(3));
        match waited.state() == "Choosing" {
            true => Ok(()),
            false => Err("three seconds later there is no tea".to_owned()),
        }
    });
}
