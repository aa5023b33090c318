//! The triage bot's options as people ask for them: ids, labels, and the words they may type.

use statechat::bot::Choice;

use super::machine::Input;
use super::rota::Rota;

type Words<'w> = Choice<'w, Input>;

pub(crate) fn services(rota: &Rota) -> impl Iterator<Item = Words<'_>> {
    rota.services.iter().map(|service| {
        let input = Input::ChooseService {
            service: service.id.clone(),
        };
        Choice::listed(&*service.id, &*service.name, input).found_by(&service.phrases)
    })
}

pub(crate) fn urgent<'w>() -> Words<'w> {
    let words = &[
        "urgent",
        "down",
        "nothing works",
        "emergency",
        "worse",
        "got worse",
        "now",
        "yes",
    ];
    Choice::listed("urgent", "It’s urgent", Input::Urgent).also(words)
}

pub(crate) fn can_wait<'w>() -> Words<'w> {
    let words = &[
        "can wait",
        "not urgent",
        "tomorrow",
        "ticket",
        "file a ticket",
        "no",
    ];
    Choice::listed("can-wait", "It can wait", Input::CanWait).also(words)
}

/// Not found by "called" among other words, nor by "yes": "no one called" must not close a case.
pub(crate) fn answered<'w>() -> Words<'w> {
    let words = &["they called", "somebody called", "she called", "he called"];
    Choice::listed("answered", "They’ve called me", Input::Answered).also(words)
}

pub(crate) fn escalate<'w>() -> Words<'w> {
    let words = &[
        "next",
        "somebody else",
        "nobody called",
        "no one called",
        "no answer",
        "no",
    ];
    Choice::listed("escalate", "Page somebody else", Input::Escalate).also(words)
}

pub(crate) fn try_again<'w>() -> Words<'w> {
    let words = &["again", "page them again", "yes"];
    Choice::listed("try-again", "Try again", Input::TryAgain).also(words)
}

/// Not labelled as "It’s solved": "not solved" is but two slips away from that.
pub(crate) fn solved<'w>() -> Words<'w> {
    let words = &["solved", "fixed", "works now"];
    Choice::listed("solved", "It works again", Input::Solved).also(words)
}

pub(crate) fn hold_on<'w>() -> Words<'w> {
    let words = &["hold", "wait", "one moment", "moment"];
    Choice::listed("hold-on", "Hold on", Input::HoldOn).also(words)
}

pub(crate) fn carry_on<'w>() -> Words<'w> {
    let words = &["continue", "go on", "back", "go back", "yes"];
    Choice::listed("carry-on", "Carry on", Input::CarryOn).also(words)
}

pub(crate) fn go_back<'w>() -> Words<'w> {
    Choice::listed("go-back", "Go back", Input::GoBack).also(&["back", "never mind"])
}

pub(crate) fn start_over<'w>() -> Words<'w> {
    let words = &["restart", "another problem", "something else"];
    Choice::listed("start-over", "Start over", Input::StartOver).also(words)
}

/// Help, goodbye and small talk.
pub(crate) fn talk<'w>() -> [Words<'w>; 4] {
    [
        Choice::listed("help", "Help", Input::Help).also(&["?", "what can i say"]),
        Choice::listed("goodbye", "Goodbye", Input::Goodbye).also(&["bye", "quit", "exit"]),
        Choice::listed("thanks", "Thanks", Input::Thanks).also(&["thank you", "ok"]),
        Choice::listed("hello", "Hello", Input::Greeting).also(&["hi", "hey"]),
    ]
}
