//! What the stock bot says.

use serde::Serialize;

use super::machine::Input;
use super::market::{Exchange, Market, Stock};
use super::price::{Price, Quote};

/// The sterling penny, in which London quotes its prices.
const PENCE: &str = "GBX";

pub(super) const HELLO: &str = "Hi, I’m the stock bot. I can tell you what a share costs.";
pub(super) const WHICH_EXCHANGE: &str = "Which exchange are you interested in?";
pub(super) const GOODBYE: &str = "Goodbye, and thanks for the chat. Say anything to start over.";
pub(super) const WELCOME: &str = "You’re welcome.";
pub(super) const IDLE: &str =
    "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over.";
pub(super) const MISSED: &str =
    "Sorry, I didn’t get that. Please pick one of the options, or type “help”.";
pub(super) const MISSED_OFTEN: &str = "Sorry, I don’t get that either.";
pub(super) const OFFER_PERSON: &str = "Would you rather talk to a person?";
pub(super) const LOOKING: &str = "I’ll find somebody for you. You can wait, or go on with me.";
pub(super) const STOPPED_LOOKING: &str = "All right, I’ve stopped looking for somebody.";
pub(super) const BACK: &str = "You’re back with me, the stock bot.";
pub(super) const ABANDONED: &str =
    "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.";

/// What is said to a user who waits for a person, if `event` is for the one who waits.
pub(super) fn while_waiting(event: &Input) -> Option<String> {
    let reply = match event {
        Input::Wait => "All right. I’ll tell you when you can talk to somebody.",
        Input::Staffed => "Somebody is here now. Please wait a little longer.",
        Input::Nobody => {
            "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
        }
        Input::Idle => {
            "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
        }
        Input::NotUnderstood { candidates } if candidates.is_empty() => {
            "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on \
             with me."
        }
        Input::NotUnderstood { candidates } => return Some(did_you_mean(candidates)),
        _ => return None,
    };
    Some(reply.to_owned())
}

pub(super) fn talking_with(name: Option<&str>) -> String {
    format!(
        "You’re talking with {} now.",
        name.unwrap_or("one of our people")
    )
}

pub(super) fn which_stock(exchange: &Exchange) -> String {
    format!("{}: which stock would you like to see?", exchange.name)
}

pub(super) fn still_looking(stock: &str) -> String {
    format!("One moment, I’m still looking up {stock}.")
}

/// Said of an exchange or a stock, by its code.
pub(super) fn unlisted(code: &str) -> String {
    format!("Sorry, I don’t list {code} any more. You can go back, or go to the main menu.")
}

pub(super) fn unavailable(stock: &Stock) -> String {
    format!(
        "Sorry, I couldn’t get a price for {} just now. You can try again, or go back and pick another stock.",
        stock.name
    )
}

pub(super) fn help(market: &Market) -> String {
    format!(
        "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of {}”), \
         go to the “main menu”, ask for a “person”, or say “goodbye”.",
        example(market)
    )
}

pub(super) fn greeting(market: &Market) -> String {
    format!(
        "Hello! Pick one of the options, or name a stock (“price of {}”).",
        example(market)
    )
}

fn example(market: &Market) -> String {
    market.exchanges()[0].stocks[0].said_name()
}

/// Asks which of the `candidates` was meant, of which there is at least one.
pub(super) fn did_you_mean(candidates: &[String]) -> String {
    match candidates.split_last() {
        None => MISSED.to_owned(),
        Some((only, [])) => format!("Did you mean {only}?"),
        Some((last, others)) => format!("Did you mean {} or {last}?", others.join(", ")),
    }
}

pub(super) fn missed_again(market: &Market) -> String {
    format!(
        "Sorry, I still don’t get it. Here is what I understand. {}",
        help(market)
    )
}

/// What a client needs to draw a price as a card.
#[derive(Serialize)]
pub(super) struct PriceCard<'a> {
    kind: &'static str,
    exchange: ExchangeName<'a>,
    code: &'a str,
    name: &'a str,
    price: Price,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a str>,
    display: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pounds: Option<String>,
    at: String,
}

#[derive(Serialize)]
struct ExchangeName<'a> {
    code: &'a str,
    name: &'a str,
}

impl<'a> PriceCard<'a> {
    pub(super) fn new(exchange: &'a Exchange, stock: &'a Stock, quote: &Quote) -> Self {
        Self {
            kind: "price",
            exchange: ExchangeName {
                code: &exchange.code,
                name: &exchange.name,
            },
            code: &stock.code,
            name: &stock.name,
            price: quote.price,
            currency: exchange.currency.as_deref(),
            display: quote.price.display(exchange.currency.as_deref()),
            pounds: pounds(exchange, quote.price),
            at: format!("{:.3}", quote.at),
        }
    }

    /// The same in words.
    pub(super) fn text(&self) -> String {
        let Self { name, display, .. } = self;
        match &self.pounds {
            Some(pounds) => format!("{name} is at {display} ({pounds}) a share."),
            None => format!("{name} is at {display} a share."),
        }
    }
}

fn pounds(exchange: &Exchange, price: Price) -> Option<String> {
    (exchange.currency.as_deref() == Some(PENCE)).then(|| price.pounds())
}
