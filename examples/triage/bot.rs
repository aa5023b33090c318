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
        let mut options = self.listed(place, rota);
        if matches!(place, State::Closed {}) {
            return options;
        }
        options.extend(words::talk());
        options.push(words::solved(Choice::unlisted));
        options.push(words::start_over(Choice::unlisted));
        match place {
            // What is under way is soon over.
            State::Filing { .. } | State::Paging { .. } => return options,
            State::OnHold {} => options.push(words::hold_on(Choice::unlisted)),
            _ => {
                options.push(words::go_back(Choice::unlisted));
                options.push(words::hold_on(Choice::unlisted));
            }
        }
        if let State::ChooseUrgency { .. } = place {
            options.extend(words::services(rota, Choice::unlisted));
        }
        options
    }

    fn listed<'w>(&self, place: &State, rota: &'w Rota) -> Vec<Choice<'w, Input>> {
        let show = Choice::listed;
        match place {
            State::ChooseService {} => words::services(rota, show).collect(),
            State::ChooseUrgency { .. } => {
                vec![
                    words::urgent(show),
                    words::can_wait(show),
                    words::go_back(show),
                ]
            }
            State::Filing { .. } | State::Paging { .. } => vec![],
            State::NotFiled { .. } => {
                vec![
                    words::try_again(),
                    words::urgent(show),
                    words::go_back(show),
                ]
            }
            State::Filed { .. } => {
                vec![
                    words::urgent(show),
                    words::solved(show),
                    words::start_over(show),
                ]
            }
            State::NotPaged { .. } => {
                vec![words::try_again(), words::escalate(), words::can_wait(show)]
            }
            State::Waiting { .. } => vec![
                words::answered(),
                words::escalate(),
                words::can_wait(show),
                words::hold_on(show),
            ],
            State::Unanswered { .. } => {
                vec![words::try_again(), words::answered(), words::can_wait(show)]
            }
            State::OnHold {} => vec![
                words::carry_on(),
                words::solved(show),
                words::start_over(show),
            ],
            State::Closed {} => vec![words::start_over(show)],
        }
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
