//! What the triage bot says.

use smol_str::SmolStr;

use super::rota::Service;

pub(crate) const HELLO: &str =
    "Hello, this is support. I’ll get the right people to look at your problem.";
pub(crate) const WHICH_SERVICE: &str = "What is the problem with?";
pub(crate) const WELCOME: &str = "You’re welcome.";
pub(crate) const HELP: &str = "Pick one of the options, by its button, number or name. Say “hold on” if you need a moment, \
     “go back” if I got you wrong, “solved” when it works again, or “start over”.";
pub(crate) const FILING: &str = "One moment, I’m filing your ticket.";
pub(crate) const NOT_FILED: &str = "Sorry, I couldn’t file a ticket just now. Shall I try again, or is it urgent enough to page somebody?";
pub(crate) const ANSWERED: &str =
    "Good, then you’re in the best hands. Say anything if you need me again.";
pub(crate) const SOLVED: &str = "Glad it works again. Say anything if you need me.";
pub(crate) const ON_HOLD: &str = "Of course, take your time; I do nothing until you’re back. In ten minutes I carry on by myself.";
pub(crate) const STILL_ON_HOLD: &str = "I’m on hold. Shall I carry on where we were?";
pub(crate) const GOODBYE: &str = "Goodbye. Say anything if you need me again.";
pub(crate) const IDLE: &str = "You’ve been quiet for a while, so I’ve closed this conversation. Say anything if you need me again.";

pub(crate) fn how_urgent(service: &Service) -> String {
    format!(
        "{}, I see. Is your work stopped by it, or can it wait until tomorrow?",
        service.name
    )
}

pub(crate) fn filed(service: &Service, ticket: &str) -> String {
    format!(
        "Your ticket is {ticket} ({}). Somebody will write to you by tomorrow.",
        service.name
    )
}

pub(crate) fn paging(person: &str) -> String {
    format!("One moment, I’m paging {person}.")
}

pub(crate) fn not_paged(person: &str) -> String {
    format!("Sorry, I can’t reach {person}’s pager. Shall I try again, or page somebody else?")
}

pub(crate) fn waiting(person: &str, next: Option<&SmolStr>) -> String {
    let paged = format!("{person} has been paged and should call you within a minute");
    match next {
        Some(next) => format!("{paged}. If not, I’ll page {next}."),
        None => format!("{paged}."),
    }
}

pub(crate) fn no_answer(person: &str) -> String {
    format!("No answer from {person}.")
}

pub(crate) fn unanswered(service: &Service) -> String {
    format!(
        "I’ve tried everybody on call for {}. Shall I page them all again, or file a ticket?",
        service.name
    )
}

pub(crate) fn missed(candidates: &[String]) -> String {
    match candidates {
        [] => "Sorry, I didn’t get that. Please pick one of the options, or say “help”.".to_owned(),
        [one] => format!("Did you mean {one}?"),
        [rest @ .., last] => format!("Did you mean {} or {last}?", rest.join(", ")),
    }
}
