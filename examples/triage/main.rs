//! A bot that takes a problem, and files a ticket for it or pages people until one of them answers.
//!
//! `cargo run --example triage` serves it; `cargo run --example triage -- chat` chats with it in the terminal.

mod bot;
mod machine;
mod replies;
mod rota;
#[cfg(test)]
mod tests;
mod words;

use std::sync::atomic::{AtomicU32, Ordering};

use machine::{Effect, Input, Triage};
use rota::Rota;
use smol_str::format_smolstr;
use statechat::bot::{Source, WorkId};

/// The pagers and the ticket system; here only their place.
struct Desk {
    tickets: AtomicU32,
}

/// Whose pager is switched off; page her to see it fail.
const UNREACHABLE: &str = "Dara";

impl Source<Triage> for Desk {
    async fn perform(&self, effect: Effect, key: WorkId) -> Input {
        match effect {
            Effect::Page { person, .. } if person == UNREACHABLE => Input::NotPaged,
            Effect::Page { service, person } => {
                tracing::info!(%service, %person, effect = %key, "paged");
                Input::Paged
            }
            Effect::FileTicket { .. } => {
                let number = self.tickets.fetch_add(1, Ordering::Relaxed) + 1;
                let ticket = format_smolstr!("SUP-{number}");
                Input::Filed { ticket }
            }
        }
    }
}

fn main() -> std::process::ExitCode {
    let desk = Desk {
        tickets: AtomicU32::new(0),
    };
    let bots = statechat::Bots::new();
    statechat::main(bots.with_source::<Triage>(Rota::of_the_company(), desk))
}
