//! What the stock bot says.

use serde::Serialize;

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

pub(super) fn which_stock(exchange: &Exchange) -> String {
    format!("{}: which stock would you like to see?", exchange.name)
}

pub(super) fn still_looking(stock: &Stock) -> String {
    format!("One moment, I’m still looking up {}.", stock.name)
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
         go to the “main menu”, or say “goodbye”.",
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

pub(super) fn missed(candidates: &[String]) -> String {
    match candidates {
        [] => {
            "Sorry, I didn’t get that. Please pick one of the options, or type “help”.".to_owned()
        }
        [one] => format!("Did you mean {one}?"),
        [rest @ .., last] => format!("Did you mean {} or {last}?", rest.join(", ")),
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
