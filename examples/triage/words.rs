//! The triage bot's options as people ask for them: ids, labels, and the words they may type.

use statechat::bot::Choice;

use super::machine::Input;
use super::rota::Rota;

/// [`Choice::listed`] or [`Choice::unlisted`].
pub(crate) type Show<'w> = fn(&'w str, &'w str, Input) -> Choice<'w, Input>;

const URGENT: &[&str] = &[
    "down",
    "it’s down",
    "it's down",
    "nothing works",
    "stopped",
    "emergency",
    "an emergency",
    "worse",
    "got worse",
    "its down",
    "now",
    "yes",
];
const CAN_WAIT: &[&str] = &[
    "wait",
    "not urgent",
    "it’s not urgent",
    "it's not urgent",
    "tomorrow",
    "ticket",
    "no",
];
const ANSWERED: &[&str] = &[
    "answered",
    "they called",
    "somebody called",
    "called",
    "yes",
];
const ESCALATE: &[&str] = &["next", "nobody called", "no answer", "escalate", "no"];
const AGAIN: &[&str] = &["again", "retry", "yes", "page again", "page them again"];
const SOLVED: &[&str] = &[
    "solved",
    "fixed",
    "it’s fixed",
    "its fixed",
    "it works",
    "it works again",
    "works again",
    "works now",
];
const HOLD_ON: &[&str] = &[
    "hold",
    "wait",
    "one moment",
    "just a moment",
    "moment",
    "brb",
];
const CARRY_ON: &[&str] = &[
    "continue",
    "go on",
    "resume",
    "back",
    "i’m back",
    "i'm back",
    "go back",
    "yes",
];
const BACK: &[&str] = &["back", "never mind", "undo"];
const START_OVER: &[&str] = &["restart", "reset", "another problem", "something else"];
const HELP: &[&str] = &["?", "what can i say", "how does this work"];
const GOODBYE: &[&str] = &["bye", "exit", "quit", "see you"];
const THANKS: &[&str] = &["thank you", "thx", "great"];
const GREETING: &[&str] = &["hi", "hey", "good morning"];

pub(crate) fn services<'w>(
    rota: &'w Rota,
    show: Show<'w>,
) -> impl Iterator<Item = Choice<'w, Input>> {
    rota.services.iter().map(move |service| {
        let input = Input::ChooseService {
            service: service.id.clone(),
        };
        show(&service.id, &service.name, input).found_by(&service.phrases)
    })
}

pub(crate) fn urgent(show: Show<'_>) -> Choice<'_, Input> {
    show("urgent", "It’s urgent", Input::Urgent).also(URGENT)
}

pub(crate) fn can_wait(show: Show<'_>) -> Choice<'_, Input> {
    show("can-wait", "It can wait", Input::CanWait).also(CAN_WAIT)
}

pub(crate) fn answered<'w>() -> Choice<'w, Input> {
    Choice::listed("answered", "They’ve called me", Input::Answered).also(ANSWERED)
}

pub(crate) fn escalate<'w>() -> Choice<'w, Input> {
    Choice::listed("escalate", "Page somebody else", Input::Escalate).also(ESCALATE)
}

pub(crate) fn try_again<'w>() -> Choice<'w, Input> {
    Choice::listed("try-again", "Try again", Input::TryAgain).also(AGAIN)
}

pub(crate) fn solved(show: Show<'_>) -> Choice<'_, Input> {
    show("solved", "It’s solved", Input::Solved).also(SOLVED)
}

pub(crate) fn hold_on(show: Show<'_>) -> Choice<'_, Input> {
    show("hold-on", "Hold on", Input::HoldOn).also(HOLD_ON)
}

pub(crate) fn carry_on<'w>() -> Choice<'w, Input> {
    Choice::listed("carry-on", "Carry on", Input::CarryOn).also(CARRY_ON)
}

pub(crate) fn go_back(show: Show<'_>) -> Choice<'_, Input> {
    show("go-back", "Go back", Input::GoBack).also(BACK)
}

pub(crate) fn start_over(show: Show<'_>) -> Choice<'_, Input> {
    show("start-over", "Start over", Input::StartOver).also(START_OVER)
}

/// Help, goodbye and small talk.
pub(crate) fn talk<'w>() -> [Choice<'w, Input>; 4] {
    [
        Choice::unlisted("help", "Help", Input::Help).also(HELP),
        Choice::unlisted("goodbye", "Goodbye", Input::Goodbye).also(GOODBYE),
        Choice::unlisted("thanks", "Thanks", Input::Thanks).also(THANKS),
        Choice::unlisted("hello", "Hello", Input::Greeting).also(GREETING),
    ]
}
