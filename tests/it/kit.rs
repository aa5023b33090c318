//! The test kit tested: what its expectations say when they fail, and whether it finds the flaws of a broken bot.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use statechat::testing::{Conversation, Coverage, Move, every_transition, start_time, walks};

use crate::egg::Egg;
use crate::kiosk::{Effect, Flaws, Input, Kiosk, let_help_differ};

type Chat = Conversation<Kiosk>;

fn paying() -> Chat {
    Chat::new().chooses("ticket")
}

/// What `test` panics with.
#[track_caller]
fn panic_of<T>(test: impl FnOnce() -> T) -> String {
    let panicked = catch_unwind(AssertUnwindSafe(test)).err();
    let panicked = panicked.expect("it holds, and should not");
    *panicked.downcast::<String>().unwrap()
}

/// `test` fails with `problem`, and shows the transcript.
#[track_caller]
fn check(problem: &str, test: impl FnOnce() -> Chat) {
    let text = panic_of(test);
    let (said, transcript) = text.split_once("\n\nThe conversation so far:\n\n").unwrap();
    assert_eq!(said, problem);
    assert!(transcript.starts_with("bot: A ticket?\n"), "{text}");
}

#[test]
fn what_is_expected_and_holds_goes_on() {
    let chat = Chat::new()
        .expect_state("Choosing")
        .expect_reply("A ticket?")
        .expect_options(["ticket", "help"])
        .says("a tiket")
        .expect_within("Open")
        .expect_no_reply()
        .expect_pending(["Charge", "TimeUp"])
        .fails()
        .expect_state("Refused")
        .chooses("again")
        .waits(Duration::from_secs(59))
        .expect_state("Paying")
        .waits(Duration::from_secs(1))
        .expect_reply_containing("ticket")
        .is_silent()
        .expect_reply("What?")
        .with_sample_source()
        .chooses("ticket")
        .expect_reply("Here is your ticket.\n\nBon voyage!")
        .expect_pending([])
        .expect_final();
    insta::assert_snapshot!(chat);
}

#[test]
fn what_is_expected_and_does_not_hold_is_told() {
    check("expected the state Sold, but it is Choosing", || {
        Chat::new().expect_state("Sold")
    });
    check(
        "expected to be within Closed, but it is in Open/Choosing",
        || Chat::new().expect_within("Closed"),
    );
    check(
        r#"expected the reply "A tick", but it is "A ticket?""#,
        || Chat::new().expect_reply("A tick"),
    );
    check(
        r#"expected the reply "A ticket?", but it is nothing"#,
        || paying().expect_reply("A ticket?"),
    );
    check(
        r#"expected a reply that contains "tea", but it is "A ticket?""#,
        || Chat::new().expect_reply_containing("tea"),
    );
    check(r#"expected no reply, but it is "A ticket?""#, || {
        Chat::new().expect_no_reply()
    });
    check(
        r#"expected the options ["help"], but they are ["ticket", "help"]"#,
        || Chat::new().expect_options(["help"]),
    );
    check(
        r#"expected the pending work ["Charge"], but they are ["Charge", "TimeUp"]"#,
        || paying().expect_pending(["Charge"]),
    );
    check(
        "expected the conversation to be over, but Paying is not final",
        || paying().expect_final(),
    );
}

#[test]
#[should_panic(
    expected = "expected the state Sold, but it is Paying\n\nThe conversation so far:\n\nbot: A ticket?"
)]
fn a_failed_expectation_shows_the_conversation() {
    let _ = paying().expect_state("Sold");
}

#[test]
#[should_panic(
    expected = "walked 1 of 10 transitions, 2 of 4 states\nnot walked by any conversation:"
)]
fn incomplete_coverage_shows_what_is_missing() {
    Coverage::of(&[paying()]).assert_complete();
}

#[test]
#[should_panic(expected = "there is no way on\n\nThe shortest such conversation, 4 of ")]
fn a_failed_walk_shows_the_shortest_conversation() {
    let blocks = Flaws {
        blocks: true,
        ..Flaws::default()
    };
    walks::<Kiosk>().in_world(blocks).check(way_on);
}

#[test]
fn what_cannot_happen_does_not() {
    check(r#""tea" is not offered; what is: "ticket", "help""#, || {
        Chat::new().chooses("tea")
    });
    check(r#""help" is not offered; nothing is"#, || {
        paying().chooses("help")
    });
    check("no effect is pending", || Chat::new().fails());
    check(
        "Charged is the outcome of an effect, and none is pending",
        || Chat::new().gets(Input::Charged),
    );
    check(
        "Help ends no pending effect; what can end: Charge with Charged or Declined",
        || paying().gets(Input::Help),
    );
    check("silence means nothing to the bot here", || {
        paying().gets(Input::Charged).is_silent()
    });
    check(
        "the bot has been told of this silence; it is told once a message",
        || Chat::new().is_silent().is_silent(),
    );
    check("no such timer is set", || {
        Chat::new().plays(&Move::Rings(Input::TimeUp))
    });
    let end = || Move::Ends {
        effect: Effect::Charge,
        input: Input::Charged,
    };
    check("no such effect is pending", || Chat::new().plays(&end()));
    let ticks = Flaws {
        ticks: true,
        ..Flaws::default()
    };
    check(
        "timers follow each other without end (1000 of them)",
        || {
            let chat = Chat::in_world(ticks).chooses("ticket");
            chat.waits(Duration::ZERO)
        },
    );
    let greedy = Flaws {
        greedy: true,
        ..Flaws::default()
    };
    check(
        "effects follow each other without end (1000 of them)",
        || {
            let chat = Chat::in_world(greedy).with_sample_source();
            chat.chooses("ticket")
        },
    );
}

#[test]
fn every_transition_is_played_but_those_that_nobody_can_say() {
    let mut longest = String::new();
    let tour = every_transition::<Kiosk>(|path, chat| {
        assert_eq!(
            path.moves().count(),
            chat.to_string().matches("\n\n").count()
        );
        if path.to_string().len() > longest.len() {
            longest = path.to_string();
        }
    });
    assert_eq!(
        tour.to_string(),
        "38 transitions among 11 nodes; no text says: Secret in Choosing"
    );
    let expected = concat!(
        r#".chooses("ticket").gets(Input::Declined).chooses("again").gets(Input::Declined)"#,
        r#".chooses("again").plays(&Move::Rings(Input::TimeUp)).chooses("ticket")"#
    );
    assert_eq!(longest, expected);
}

#[test]
fn time_passes_and_what_is_due_rings() {
    let chat = Conversation::<Egg>::new().chooses("boil");
    let chat = chat.waits(Duration::from_secs(239)).expect_state("Boiling");
    let chat = chat.waits(Duration::from_secs(2)).expect_state("Kitchen");
    assert_eq!(chat.now().duration_since(start_time()).as_secs(), 241);
    assert!(every_transition::<Egg>(|_, _| {}).unsaid.is_empty());
}

#[test]
fn a_handler_that_knows_more_than_its_world_is_found() {
    let_help_differ();
    let text = panic_of(|| every_transition::<Kiosk>(|_, _| {}));
    let problem = text.lines().next().unwrap();
    assert!(
        problem.starts_with(r#".chooses("help") did not do what was explored: the reply was"#),
        "{text}"
    );
}

#[test]
fn coverage_names_what_is_missing() {
    let mut coverage = Coverage::<Kiosk>::of([&paying()]);
    insta::assert_snapshot!(coverage);
    let text = panic_of(|| coverage.assert_complete());
    assert_eq!(text, coverage.to_string());
    coverage.add(&paying().fails().chooses("again").gets(Input::Charged));
    let blocks = Flaws {
        blocks: true,
        ..Flaws::default()
    };
    let chat = Chat::in_world(blocks).chooses("ticket").fails();
    coverage.add(&chat.chooses("again").fails());
    insta::assert_snapshot!("coverage_of_more", coverage);
}

fn way_on(chat: &Chat) -> Result<(), String> {
    match chat.options().is_empty() && chat.pending().is_empty() && !chat.is_final() {
        true => Err("there is no way on".to_owned()),
        false => Ok(()),
    }
}

#[test]
fn a_dead_end_is_found_and_shrunk_to_what_leads_there() {
    let blocks = Flaws {
        blocks: true,
        ..Flaws::default()
    };
    let walk = || walks::<Kiosk>().in_world(blocks).seed(7).steps(50);
    let failure = walk().find(way_on).unwrap();
    assert!(failure.walked > failure.moves.len());
    let again = walks::<Kiosk>().in_world(blocks).seed(failure.seed);
    let again = again.steps(50).count(1).find(way_on).unwrap();
    assert_eq!(again.moves, failure.moves);
    assert_eq!(panic_of(|| walk().check(way_on)), failure.to_string());
    insta::assert_snapshot!(failure);
}

#[test]
fn a_handler_that_panics_is_found_and_shrunk_to_what_leads_there() {
    let breaks = Flaws {
        breaks: true,
        ..Flaws::default()
    };
    let failure = walks::<Kiosk>().in_world(breaks).find(way_on);
    insta::assert_snapshot!(failure.unwrap());
}

#[test]
fn a_property_may_be_an_expectation() {
    let failure = walks::<Kiosk>().find(|chat| {
        if chat.is_final() {
            let _ = chat.clone().expect_state("Choosing");
        }
        Ok(())
    });
    let failure = failure.unwrap();
    let problem = "expected the state Choosing, but it is Sold";
    assert!(failure.reason.starts_with(problem), "{failure}");
    assert_eq!(failure.moves.len(), 2);
}

#[test]
fn what_holds_is_walked_to_the_end() {
    let mut steps = 0;
    walks::<Kiosk>().count(10).steps(20).check(|chat| {
        steps += 1;
        way_on(chat)
    });
    assert_eq!(steps, 10 * (1 + 20));
}
