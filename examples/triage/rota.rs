//! Who is called for what.

use smol_str::{SmolStr, StrExt as _};
use statechat::bot::World;

/// The bot's world: the services, each with the people who look after it.
pub(crate) struct Rota {
    pub(crate) services: Vec<Service>,
}

pub(crate) struct Service {
    pub(crate) id: SmolStr,
    pub(crate) name: SmolStr,
    /// By which it is found in a longer text.
    pub(crate) phrases: Vec<SmolStr>,
    /// Whom to page, one after another; at least one.
    pub(crate) on_call: Vec<SmolStr>,
}

impl Rota {
    pub(crate) fn of_the_company() -> Self {
        let service = Service::new;
        Self {
            services: vec![
                service(
                    "Payments",
                    &["payment", "paying", "checkout"],
                    &["Ana", "Bo", "Chen"],
                ),
                service("Website", &["site", "page", "shop"], &["Dara", "Chen"]),
                service("Email", &["mail", "mails", "inbox"], &["Eli"]),
            ],
        }
    }

    pub(crate) fn service(&self, id: &str) -> &Service {
        let service = self.services.iter().find(|service| service.id == id);
        service.expect("every service that is talked about is on the rota")
    }

    /// Whom to page for a service, from level 0.
    pub(crate) fn person(&self, service: &str, level: usize) -> &str {
        &self.service(service).on_call[level]
    }

    /// Whom to page after that; `None` after the last.
    pub(crate) fn next(&self, service: &str, level: usize) -> Option<&SmolStr> {
        self.service(service).on_call.get(level + 1)
    }
}

impl World for Rota {
    fn sample() -> Self {
        let payments = Service::new("Payments", &["payment"], &["Ana", "Bo"]);
        let email = Service::new("Email", &["mail"], &["Eli"]);
        Self {
            services: vec![payments, email],
        }
    }
}

impl Service {
    fn new(name: &str, phrases: &[&str], on_call: &[&str]) -> Self {
        Self {
            id: name.to_lowercase_smolstr(),
            name: name.into(),
            phrases: [name]
                .iter()
                .chain(phrases)
                .map(|&phrase| phrase.into())
                .collect(),
            on_call: on_call.iter().map(|&person| person.into()).collect(),
        }
    }
}
