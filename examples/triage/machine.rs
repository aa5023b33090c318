//! The triage bot's machine: its states, what each takes and where that leads.
//!
//! ```text
//! Conversation                     help, small talk, hold on, solved, start over, goodbye, idle
//! ├─ Intake                        another service by name
//! │  ├─ ChooseService
//! │  └─ ChooseUrgency { service }
//! ├─ Case { service }              go back
//! │  ├─ Routine                    it became urgent
//! │  │  ├─ Filing                  waits for the ticket's number
//! │  │  ├─ NotFiled                try again
//! │  │  └─ Filed { ticket }
//! │  └─ Urgent                     somebody called; it can wait after all
//! │     ├─ Paging { level }        waits for the pager
//! │     ├─ NotPaged { level }      try again, or page the next one
//! │     ├─ Waiting { level }       page the next one; by itself after a minute
//! │     └─ Unanswered              page everybody again
//! └─ OnHold                        carry on where we were; by itself after ten minutes
//! Closed                           any message starts over
//! ```
//!
//! Holding on leaves the place, and with it cancels the timer of `Waiting`; carrying on enters the same place anew.
//! A case's service never changes while one is in the case, so `Case` can hold it; the level does, and cannot be
//! held by `Urgent`: a level whose data changes is not entered anew.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use statechat::bot::Outbox;
use statig::prelude::*;

use super::replies;
use super::rota::Rota;

/// How long somebody who was paged has to answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// How long nothing happens when the user says "hold on".
pub(crate) const HOLD_MAX: Duration = Duration::from_secs(10 * 60);

/// What the triage bot remembers beside its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Triage {
    /// History: while on hold, the place to carry on in.
    held: Option<State>,
}

/// Anything the triage bot handles.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Input {
    ChooseService { service: SmolStr },
    Urgent,
    CanWait,
    Filed { ticket: SmolStr },
    NotFiled,
    Paged,
    NotPaged,
    Answered,
    Escalate,
    TryAgain,
    Solved,
    HoldOn,
    CarryOn,
    GoBack,
    StartOver,
    Help,
    Greeting,
    Thanks,
    Goodbye,
    NotUnderstood { candidates: Vec<String> },
    Idle,
}

/// What the triage bot asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Effect {
    /// Page this person.
    Page { service: SmolStr, person: SmolStr },
    /// Have somebody look at this service in time.
    FileTicket { service: SmolStr },
}

type Out<'w> = Outbox<'w, Rota, Input, Effect>;

#[state_machine(
    initial = "State::choose_service()",
    visibility = "pub(crate)",
    after_transition = "Self::remember",
    state(derive(
        Clone,
        Debug,
        PartialEq,
        Eq,
        Hash,
        Serialize,
        Deserialize,
        strum::VariantNames
    )),
    superstate(derive(Debug))
)]
impl Triage {
    #[superstate(entry_action = "greet")]
    fn conversation(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Help => say(context, replies::HELP),
            Input::Greeting => say(context, replies::HELLO),
            Input::Thanks => say(context, replies::WELCOME),
            Input::NotUnderstood { candidates } => say(context, replies::missed(candidates)),
            Input::HoldOn => Transition(State::on_hold()),
            Input::StartOver => Transition(State::choose_service()),
            Input::Solved => close(context, replies::SOLVED),
            Input::Goodbye => close(context, replies::GOODBYE),
            Input::Idle => close(context, replies::IDLE),
            _ => Super,
        }
    }

    #[action]
    fn greet(context: &mut Out<'_>) {
        context.say(replies::HELLO);
    }

    #[superstate(superstate = "conversation")]
    fn intake(event: &Input) -> Outcome<State> {
        match event {
            Input::ChooseService { service } => Transition(State::choose_urgency(service.clone())),
            Input::GoBack => Transition(State::choose_service()),
            _ => Super,
        }
    }

    #[state(superstate = "intake", entry_action = "ask_service")]
    fn choose_service() -> Outcome<State> {
        Super
    }

    #[action]
    fn ask_service(context: &mut Out<'_>) {
        context.say(replies::WHICH_SERVICE);
    }

    #[state(superstate = "intake", entry_action = "ask_urgency")]
    fn choose_urgency(service: &SmolStr, event: &Input) -> Outcome<State> {
        match event {
            Input::Urgent => Transition(State::paging(service.clone(), 0)),
            Input::CanWait => Transition(State::filing(service.clone())),
            _ => Super,
        }
    }

    #[action]
    fn ask_urgency(service: &SmolStr, context: &mut Out<'_>) {
        context.say(replies::how_urgent(context.world().service(service)));
    }

    #[superstate(superstate = "conversation")]
    fn case(service: &SmolStr, event: &Input) -> Outcome<State> {
        match event {
            Input::GoBack => Transition(State::choose_urgency(service.clone())),
            _ => Super,
        }
    }

    #[superstate(superstate = "case")]
    fn routine(service: &SmolStr, event: &Input) -> Outcome<State> {
        match event {
            Input::Urgent => Transition(State::paging(service.clone(), 0)),
            _ => Super,
        }
    }

    #[state(superstate = "routine", entry_action = "file")]
    fn filing(service: &SmolStr, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Filed { ticket } => Transition(State::filed(service.clone(), ticket.clone())),
            Input::NotFiled => Transition(State::not_filed(service.clone())),
            Input::NotUnderstood { .. } => say(context, replies::FILING),
            _ => Super,
        }
    }

    #[action]
    fn file(service: &SmolStr, context: &mut Out<'_>) {
        let service = service.clone();
        context.start(Effect::FileTicket { service });
    }

    #[state(superstate = "routine", entry_action = "apologise_for_ticket")]
    fn not_filed(service: &SmolStr, event: &Input) -> Outcome<State> {
        match event {
            Input::TryAgain => Transition(State::filing(service.clone())),
            _ => Super,
        }
    }

    #[action]
    fn apologise_for_ticket(context: &mut Out<'_>) {
        context.say(replies::NOT_FILED);
    }

    #[state(
        superstate = "routine",
        entry_action = "show_ticket",
        local_storage("service: SmolStr", "ticket: SmolStr")
    )]
    fn filed() -> Outcome<State> {
        Super
    }

    #[action]
    fn show_ticket(service: &SmolStr, ticket: &SmolStr, context: &mut Out<'_>) {
        context.say(replies::filed(context.world().service(service), ticket));
    }

    #[superstate(superstate = "case")]
    fn urgent(service: &SmolStr, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::CanWait => Transition(State::filing(service.clone())),
            Input::Answered => close(context, replies::ANSWERED),
            _ => Super,
        }
    }

    #[state(superstate = "urgent", entry_action = "page")]
    fn paging(
        service: &SmolStr,
        level: &usize,
        event: &Input,
        context: &mut Out<'_>,
    ) -> Outcome<State> {
        match event {
            Input::Paged => Transition(State::waiting(service.clone(), *level)),
            Input::NotPaged => Transition(State::not_paged(service.clone(), *level)),
            Input::NotUnderstood { .. } => {
                let person = context.world().person(service, *level);
                say(context, replies::paging(person))
            }
            _ => Super,
        }
    }

    #[action]
    fn page(service: &SmolStr, level: &usize, context: &mut Out<'_>) {
        context.start(Effect::Page {
            service: service.clone(),
            person: context.world().person(service, *level).into(),
        });
    }

    #[state(superstate = "urgent", entry_action = "apologise_for_pager")]
    fn not_paged(
        service: &SmolStr,
        level: &usize,
        event: &Input,
        context: &mut Out<'_>,
    ) -> Outcome<State> {
        match event {
            Input::TryAgain => Transition(State::paging(service.clone(), *level)),
            Input::Escalate => Transition(escalated(service, *level, context.world())),
            _ => Super,
        }
    }

    #[action]
    fn apologise_for_pager(service: &SmolStr, level: &usize, context: &mut Out<'_>) {
        let person = context.world().person(service, *level);
        context.say(replies::not_paged(person));
    }

    #[state(superstate = "urgent", entry_action = "wait")]
    fn waiting(
        service: &SmolStr,
        level: &usize,
        event: &Input,
        context: &mut Out<'_>,
    ) -> Outcome<State> {
        match event {
            Input::Escalate => {
                let person = context.world().person(service, *level);
                context.say(replies::no_answer(person));
                Transition(escalated(service, *level, context.world()))
            }
            _ => Super,
        }
    }

    #[action]
    fn wait(service: &SmolStr, level: &usize, context: &mut Out<'_>) {
        let rota = context.world();
        let (person, next) = (rota.person(service, *level), rota.next(service, *level));
        context.say(replies::waiting(person, next));
        context.after(PATIENCE, Input::Escalate);
    }

    #[state(superstate = "urgent", entry_action = "despair")]
    fn unanswered(service: &SmolStr, event: &Input) -> Outcome<State> {
        match event {
            Input::TryAgain => Transition(State::paging(service.clone(), 0)),
            _ => Super,
        }
    }

    #[action]
    fn despair(service: &SmolStr, context: &mut Out<'_>) {
        context.say(replies::unanswered(context.world().service(service)));
    }

    #[state(superstate = "conversation", entry_action = "hold")]
    fn on_hold(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::CarryOn => {
                let place = self.held.take();
                Transition(place.unwrap_or_else(State::choose_service))
            }
            // Without leaving, so that what is held is not forgotten.
            Input::HoldOn | Input::NotUnderstood { .. } => say(context, replies::STILL_ON_HOLD),
            _ => Super,
        }
    }

    #[action]
    fn hold(context: &mut Out<'_>) {
        context.say(replies::ON_HOLD);
        context.after(HOLD_MAX, Input::CarryOn);
    }

    #[state]
    fn closed() -> Outcome<State> {
        Transition(State::choose_service())
    }
}

impl Triage {
    fn remember(&mut self, source: &State, target: &State, _context: &mut Out<'_>) {
        self.held = matches!(target, State::OnHold {}).then(|| source.clone());
    }
}

fn say(context: &mut Out<'_>, text: impl Into<String>) -> Outcome<State> {
    context.say(text);
    Handled
}

fn close(context: &mut Out<'_>, text: &str) -> Outcome<State> {
    context.say(text);
    Transition(State::closed())
}

/// Where it goes on when the person at `level` does not help.
fn escalated(service: &SmolStr, level: usize, rota: &Rota) -> State {
    match rota.next(service, level) {
        Some(_) => State::paging(service.clone(), level + 1),
        None => State::unanswered(service.clone()),
    }
}
