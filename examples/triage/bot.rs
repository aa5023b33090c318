//! What a chat must know of the triage bot's machine: above all, what may be chosen where.

use statechat::bot::{Bot, Choice};

use super::machine::{Effect, Input, State, Triage};
use super::rota::Rota;
use super::words;

impl Bot for Triage {
    type World = Rota;
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "triage";
    const TITLE: &'static str = "Triage bot";

    fn new(_rota: &Rota) -> Self {
        Self::default()
    }

    fn options<'w>(&self, place: &State, rota: &'w Rota) -> Vec<Choice<'w, Input>> {
        let mut options = buttons(place, rota);
        let typed = typed(place, rota).into_iter();
        options.extend(typed.map(Choice::without_button));
        options
    }

    fn miss(candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood {
            candidates: Choice::labels(candidates),
        }
    }

    fn outcomes(effect: &Effect) -> Vec<Input> {
        match effect {
            Effect::Page { .. } => vec![Input::Paged, Input::NotPaged],
            Effect::FileTicket { .. } => {
                let ticket = "SUP-1".into();
                vec![Input::Filed { ticket }, Input::NotFiled]
            }
        }
    }

    fn idle() -> Option<Input> {
        Some(Input::Idle)
    }

    fn is_final(place: &State) -> bool {
        matches!(place, State::Closed {})
    }
}

/// What is offered in a place.
fn buttons<'w>(place: &State, rota: &'w Rota) -> Vec<Choice<'w, Input>> {
    use words::{
        answered, can_wait, carry_on, escalate, go_back, hold_on, services, solved, start_over,
        try_again, urgent,
    };
    match place {
        State::ChooseService {} => services(rota).collect(),
        State::ChooseUrgency { .. } => vec![urgent(), can_wait(), go_back()],
        State::Filing { .. } | State::Paging { .. } => vec![],
        State::NotFiled { .. } => vec![try_again(), urgent(), go_back()],
        State::Filed { .. } => vec![urgent(), solved(), start_over()],
        State::NotPaged { .. } => vec![try_again(), escalate(), can_wait()],
        State::Waiting { .. } => vec![answered(), escalate(), can_wait(), hold_on()],
        State::Unanswered { .. } => vec![try_again(), answered(), can_wait()],
        State::OnHold {} => vec![carry_on(), solved(), start_over()],
        State::Closed {} => vec![start_over()],
    }
}

/// What is understood there as well, though it has no button.
fn typed<'w>(place: &State, rota: &'w Rota) -> Vec<Choice<'w, Input>> {
    let mut options = Vec::from(words::talk());
    options.extend([words::solved(), words::start_over()]);
    match place {
        State::Closed {} => options.clear(),
        // What is under way is soon over.
        State::Filing { .. } | State::Paging { .. } => {}
        State::OnHold {} => options.push(words::hold_on()),
        _ => options.extend([words::go_back(), words::hold_on()]),
    }
    if let State::ChooseUrgency { .. } = place {
        options.extend(words::services(rota));
    }
    options
}
