//! The triage bot's tests: what is said, that nothing is left out, and that no urgent case is forgotten.

use statechat::bot::Work;
use statechat::testing::{Conversation, Coverage, every_transition, walks};

use super::machine::{Effect, HOLD_MAX, Input, PATIENCE, Triage};
use super::rota::Rota;

type Chat = Conversation<Triage>;

/// A conversation with the company's support, whose pagers and tickets work.
fn chat() -> Chat {
    slow_desk().with_sample_source()
}

/// The same with pagers and tickets that answer when the test says so.
fn slow_desk() -> Chat {
    Chat::in_world(Rota::of_the_company())
}

fn filed() -> Input {
    let ticket = "SUP-1".into();
    Input::Filed { ticket }
}

fn a_ticket_becomes_urgent() -> Chat {
    chat()
        .chooses("website")
        .chooses("can-wait")
        .says("thanks")
        .chooses("urgent")
        .chooses("answered")
        .chooses("start-over")
}

fn nobody_answers() -> Chat {
    chat()
        .says("the payments are down")
        .says("urgent")
        .waits(PATIENCE)
        .says("nobody called")
        .waits(PATIENCE)
        .says("page them again")
        .says("it can wait")
        .says("fixed")
}

fn hold_on_and_carry_on() -> Chat {
    chat()
        .says("hold on")
        .says("i’m back")
        .says("email")
        .says("one moment please")
        .says("hold on")
        .says("banana")
        .says("help")
        .chooses("carry-on")
        .chooses("urgent")
        .chooses("hold-on")
        .waits(HOLD_MAX)
        .waits(PATIENCE)
        .says("hold on")
        .chooses("solved")
}

fn failures() -> Chat {
    slow_desk()
        .says("website")
        .says("it's down")
        .fails()
        .chooses("try-again")
        .fails()
        .chooses("escalate")
        .gets(Input::Paged)
        .chooses("can-wait")
        .fails()
        .chooses("try-again")
        .gets(filed())
        .says("back")
        .says("back")
}

fn impatience() -> Chat {
    slow_desk()
        .says("email")
        .says("tomorrow")
        .says("well?")
        .fails()
        .says("hold on")
        .says("back")
        .says("it is an emergency")
        .says("well?")
        .fails()
        .says("wait")
        .says("hold on")
        .says("carry on")
        .chooses("escalate")
}

fn holding_everything() -> Chat {
    let resumed = |chat: Chat| chat.says("hold on").says("carry on");
    let ticket = resumed(chat().says("website").says("no"));
    resumed(ticket.says("worse").waits(PATIENCE).waits(PATIENCE))
}

fn what_must_not_close_a_case() -> Chat {
    chat()
        .says("payments")
        .says("very urgent")
        .says("ok")
        .says("they have not called")
        .says("it’s not fixed")
        .says("not solved")
        .says("no one called")
        .says("back")
        .says("something else")
}

fn misses_and_goodbye() -> Chat {
    chat()
        .says("printer")
        .says("help")
        .says("hi")
        .says("emial")
        .says("payments")
        .says("goodbye")
        .says("hello")
        .is_silent()
        .chooses("start-over")
}

/// All of them, each under the name of its snapshot.
fn conversations() -> Vec<(&'static str, Chat)> {
    vec![
        ("a_ticket_that_becomes_urgent", a_ticket_becomes_urgent()),
        ("nobody_answers", nobody_answers()),
        ("hold_on_and_carry_on_where_we_were", hold_on_and_carry_on()),
        ("pagers_and_tickets_fail", failures()),
        ("what_is_said_while_something_is_under_way", impatience()),
        ("every_case_can_be_held", holding_everything()),
        ("what_must_not_close_a_case", what_must_not_close_a_case()),
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
    let nothing_walked = Coverage::<Triage>::new();
    let transitions: Vec<_> = nothing_walked.missing().map(ToString::to_string).collect();
    insta::assert_snapshot!(transitions.join("\n"));
}

#[test]
fn everything_has_an_answer() {
    let tour = every_transition::<Triage>(|path, chat| {
        let answers = chat.reply().is_some() || !chat.pending().is_empty();
        assert!(answers, "{path}\n{chat}");
    });
    assert_eq!(tour.to_string(), "410 transitions among 36 nodes");
}

#[test]
fn somebody_will_look_at_an_urgent_case() {
    let property = |chat: &Chat| {
        if !chat.path().iter().any(|level| level == "Urgent") || help_is_coming(chat) {
            return Ok(());
        }
        // Nobody is paged and no timer runs: then one button pages.
        match help_is_coming(&chat.clone().chooses("try-again")) {
            true => Ok(()),
            false => Err(format!("nobody is called in {}", chat.state())),
        }
    };
    walks().count(200).check(property);
    let rota = Rota::of_the_company();
    walks().in_world(rota).count(100).steps(60).check(property);
}

/// Somebody is being paged, or will be if the one who was does not answer in time.
fn help_is_coming(chat: &Chat) -> bool {
    chat.pending().iter().any(|pending| match &pending.work {
        Work::Effect(effect) => matches!(effect, Effect::Page { .. }),
        Work::Timer { input, .. } => *input == Input::Escalate,
    })
}

#[test]
fn a_held_case_resumes_where_it_was() {
    let resumes = |chat: &Chat, resumed: &Chat| {
        let same =
            chat.machine().place() == resumed.machine().place() && work(chat) == work(resumed);
        match same {
            true => Ok(()),
            false => Err(format!(
                "held in {}, resumed in {}",
                chat.state(),
                resumed.state()
            )),
        }
    };
    walks().count(200).check(|chat: &Chat| {
        let held = chat.clone().says("hold on");
        if chat.state() == "OnHold" || held.state() != "OnHold" {
            return Ok(());
        }
        resumes(chat, &held.clone().chooses("carry-on"))?;
        resumes(chat, &held.waits(HOLD_MAX))
    });
}

fn work(chat: &Chat) -> Vec<&Work<Input, Effect>> {
    chat.pending().iter().map(|pending| &pending.work).collect()
}
