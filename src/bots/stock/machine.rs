//! The stock bot's machine: its states, what each takes and where that leads.
//!
//! ```text
//! Conversation                     help, small talk, main menu, goodbye, idle; any stock by name; talk to a person
//! ├─ ChooseExchange
//! ├─ Exchange { exchange }         go back, another exchange by name
//! │  ├─ ChooseStock
//! │  ├─ FetchQuote { stock }       waits for the quote
//! │  ├─ ShowPrice { stock, quote }
//! │  └─ QuoteUnavailable { stock }
//! └─ Handoff                       back to where the user was
//!    ├─ WaitingForAgent            wait, or go on
//!    └─ WithAgent                  the bot is silent
//! Ended                            any message starts over
//! ```
//!
//! Silence does not end a conversation that waits for a person: it is said that it still does.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use statig::prelude::*;

use super::market::{Code, Exchange, Market, Stock};
use super::price::Quote;
use super::replies::{self, PriceCard};
use super::words;
use crate::bot::{Attendance, Bot, Choice, Handoff, Outbox};

/// What the stock bot remembers beside its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StockBot {
    /// How many of the last messages in a row were not understood; no more than [`MISSES_MAX`] are counted.
    misses: u8,
    /// History: during a handoff, the place to go back to.
    left: Option<State>,
}

/// After so many misses in a row a person is offered.
const MISSES_MAX: u8 = 3;

/// Anything the stock bot handles.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    /// An exchange was chosen or named.
    ChooseExchange {
        exchange: Code,
    },
    /// A stock was chosen or named.
    ChooseStock {
        exchange: Code,
        stock: Code,
    },
    /// The quote came back.
    QuoteArrived {
        quote: Quote,
    },
    /// No quote could be had.
    QuoteFailed,
    /// The price once more.
    Refresh,
    /// The quote once more, after it failed.
    TryAgain,
    GoBack,
    MainMenu,
    Help,
    /// Small talk at any time: hello.
    Greeting,
    /// Small talk at any time: thank you.
    Thanks,
    Goodbye,
    /// A text that means nothing here, or several things.
    NotUnderstood {
        candidates: Vec<String>,
    },
    /// The user has been silent for long.
    Idle,
    /// The user wants to talk to a person.
    Person,
    /// The user goes on waiting for one.
    Wait,
    /// The handoff is done: the user wants the bot back, or the person has given the conversation back, or no person has
    /// been there for too long.
    Done {
        abandoned: bool,
    },
    /// A person could come now.
    Staffed,
    /// No person could come now.
    Nobody,
    /// A person has taken over.
    Taken {
        name: Option<SmolStr>,
    },
}

/// What the stock bot asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// The present price of a stock.
    FetchQuote { exchange: Code, stock: Code },
}

/// What the stock bot's handlers get as their context.
type Out<'w> = Outbox<'w, Market, Input, Effect>;

#[state_machine(
    initial = "State::choose_exchange()",
    before_dispatch = "Self::forget_misses",
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
impl StockBot {
    #[superstate(entry_action = "greet")]
    fn conversation(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::ChooseStock { exchange, stock } => {
                Transition(State::fetch_quote(exchange.clone(), stock.clone()))
            }
            Input::ChooseExchange { exchange } => Transition(State::choose_stock(exchange.clone())),
            Input::MainMenu => Transition(State::choose_exchange()),
            Input::Help => {
                context.say(replies::help(context.world()));
                Handled
            }
            Input::Greeting => {
                context.say(replies::greeting(context.world()));
                Handled
            }
            Input::Thanks => {
                context.say(replies::WELCOME);
                Handled
            }
            Input::NotUnderstood { candidates } => {
                self.misses = MISSES_MAX.min(self.misses + 1);
                context.say(match self.misses {
                    _ if !candidates.is_empty() => replies::did_you_mean(candidates),
                    1 => replies::MISSED.to_owned(),
                    2 => replies::missed_again(context.world()),
                    _ => replies::MISSED_OFTEN.to_owned(),
                });
                if self.misses == MISSES_MAX {
                    context.say(replies::OFFER_PERSON);
                }
                Handled
            }
            Input::Person => Transition(State::waiting_for_agent()),
            Input::Goodbye => {
                context.say(replies::GOODBYE);
                Transition(State::ended())
            }
            Input::Idle => {
                context.say(replies::IDLE);
                Transition(State::ended())
            }
            _ => Super,
        }
    }

    #[action]
    fn greet(context: &mut Out<'_>) {
        context.say(replies::HELLO);
    }

    #[state(superstate = "conversation", entry_action = "ask_exchange")]
    fn choose_exchange(event: &Input) -> Outcome<State> {
        match event {
            Input::ChooseExchange { exchange } => Transition(State::choose_stock(exchange.clone())),
            _ => Super,
        }
    }

    #[action]
    fn ask_exchange(context: &mut Out<'_>) {
        context.say(replies::WHICH_EXCHANGE);
    }

    #[superstate(superstate = "conversation")]
    fn exchange(exchange: &mut Code, event: &Input) -> Outcome<State> {
        match event {
            Input::ChooseExchange { exchange } => Transition(State::choose_stock(exchange.clone())),
            Input::GoBack => Transition(State::choose_stock(exchange.clone())),
            _ => Super,
        }
    }

    #[state(
        superstate = "exchange",
        entry_action = "ask_stock",
        local_storage("exchange: Code")
    )]
    fn choose_stock(event: &Input) -> Outcome<State> {
        match event {
            Input::ChooseStock { exchange, stock } => {
                Transition(State::fetch_quote(exchange.clone(), stock.clone()))
            }
            Input::GoBack => Transition(State::choose_exchange()),
            _ => Super,
        }
    }

    #[action]
    fn ask_stock(exchange: &mut Code, context: &mut Out<'_>) {
        context.say(match context.world().exchange(exchange) {
            Some(exchange) => replies::which_stock(exchange),
            None => replies::unlisted(exchange),
        });
    }

    #[state(superstate = "exchange", entry_action = "fetch")]
    fn fetch_quote(
        exchange: &mut Code,
        stock: &mut Code,
        event: &Input,
        context: &mut Out<'_>,
    ) -> Outcome<State> {
        match event {
            Input::QuoteArrived { quote } => Transition(State::show_price(
                exchange.clone(),
                stock.clone(),
                quote.clone(),
            )),
            Input::QuoteFailed => {
                Transition(State::quote_unavailable(exchange.clone(), stock.clone()))
            }
            Input::NotUnderstood { .. } => {
                context.say(replies::still_looking(name(
                    context.world(),
                    exchange,
                    stock,
                )));
                Handled
            }
            _ => Super,
        }
    }

    #[action]
    fn fetch(exchange: &mut Code, stock: &mut Code, context: &mut Out<'_>) {
        context.start(Effect::FetchQuote {
            exchange: exchange.clone(),
            stock: stock.clone(),
        });
    }

    #[state(
        superstate = "exchange",
        entry_action = "show",
        local_storage("quote: Quote")
    )]
    fn show_price(exchange: &mut Code, stock: &mut Code, event: &Input) -> Outcome<State> {
        match event {
            Input::Refresh => Transition(State::fetch_quote(exchange.clone(), stock.clone())),
            _ => Super,
        }
    }

    #[action]
    fn show(exchange: &mut Code, stock: &mut Code, quote: &mut Quote, context: &mut Out<'_>) {
        let Some((exchange, stock)) = listing(context.world(), exchange, stock) else {
            return context.say(replies::unlisted(stock));
        };
        let card = PriceCard::new(exchange, stock, quote);
        context.say(card.text());
        context.show(card);
    }

    #[state(superstate = "exchange", entry_action = "apologise")]
    fn quote_unavailable(exchange: &mut Code, stock: &mut Code, event: &Input) -> Outcome<State> {
        match event {
            Input::TryAgain => Transition(State::fetch_quote(exchange.clone(), stock.clone())),
            _ => Super,
        }
    }

    #[action]
    fn apologise(exchange: &mut Code, stock: &mut Code, context: &mut Out<'_>) {
        context.say(match listing(context.world(), exchange, stock) {
            Some((_, stock)) => replies::unavailable(stock),
            None => replies::unlisted(stock),
        });
    }

    #[superstate(superstate = "conversation")]
    fn handoff(&mut self, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        let Input::Done { abandoned } = event else {
            return Super;
        };
        context.say(match abandoned {
            true => replies::ABANDONED,
            false => replies::BACK,
        });
        let place = self.left.take();
        Transition(place.unwrap_or_else(State::choose_exchange))
    }

    #[state(superstate = "handoff", entry_action = "look_for_person")]
    fn waiting_for_agent(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        match event {
            Input::Taken { name } => {
                context.say(replies::talking_with(name.as_deref()));
                Transition(State::with_agent())
            }
            Input::ChooseExchange { .. } | Input::ChooseStock { .. } | Input::MainMenu => {
                context.say(replies::STOPPED_LOOKING);
                Super
            }
            _ => match replies::while_waiting(event) {
                Some(reply) => {
                    context.say(reply);
                    Handled
                }
                None => Super,
            },
        }
    }

    #[action]
    fn look_for_person(context: &mut Out<'_>) {
        context.say(replies::LOOKING);
    }

    #[state(superstate = "handoff")]
    fn with_agent() -> Outcome<State> {
        Super
    }

    #[state]
    fn ended(event: &Input) -> Outcome<State> {
        match event {
            Input::Idle => Handled,
            _ => Transition(State::choose_exchange()),
        }
    }
}

impl StockBot {
    fn forget_misses(
        &mut self,
        _level: StateOrSuperstate<'_, State, Superstate<'_>>,
        event: &Input,
        _context: &mut Out<'_>,
    ) {
        if !matches!(event, Input::NotUnderstood { .. }) {
            self.misses = 0;
        }
    }

    fn remember(&mut self, source: &State, target: &State, _context: &mut Out<'_>) {
        match (
            <Self as Bot>::handoff(source),
            <Self as Bot>::handoff(target),
        ) {
            (None, Some(_)) => self.left = Some(source.clone()),
            (_, None) => self.left = None,
            (Some(_), Some(_)) => {}
        }
    }
}

/// The exchange and the stock, if they are listed: a conversation outlives the market in which it began.
fn listing<'w>(
    market: &'w Market,
    exchange: &str,
    stock: &str,
) -> Option<(&'w Exchange, &'w Stock)> {
    Some((market.exchange(exchange)?, market.stock(exchange, stock)?))
}

/// What to call a stock: its code, where it is not listed any more.
fn name<'a>(market: &'a Market, exchange: &str, stock: &'a str) -> &'a str {
    listing(market, exchange, stock).map_or(stock, |(_, stock)| &stock.name)
}

fn exchange_of(place: &State) -> Option<&Code> {
    match place {
        State::ChooseStock { exchange }
        | State::FetchQuote { exchange, .. }
        | State::ShowPrice { exchange, .. }
        | State::QuoteUnavailable { exchange, .. } => Some(exchange),
        State::ChooseExchange {}
        | State::WaitingForAgent {}
        | State::WithAgent {}
        | State::Ended {} => None,
    }
}

impl Bot for StockBot {
    type World = Market;
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "stock";
    const TITLE: &'static str = "Stock bot";

    fn new(_market: &Market) -> Self {
        Self::default()
    }

    fn options<'w>(&self, place: &State, market: &'w Market) -> Vec<Choice<'w, Input>> {
        let mut options = self.listed(place, market);
        match place {
            State::Ended {} | State::WithAgent {} => return options,
            State::ChooseExchange {} => {
                options.push(words::go_back(Choice::unlisted, Input::MainMenu));
            }
            State::FetchQuote { .. } => {
                options.push(words::go_back(Choice::unlisted, Input::GoBack));
            }
            State::WaitingForAgent {} => {
                options.push(words::go_back(Choice::unlisted, words::RESUME));
            }
            _ => {}
        }
        let talk = words::talk();
        options.reserve(2 + talk.len() + market.len());
        options.push(match place {
            State::WaitingForAgent {} => words::person(Choice::unlisted, Input::Wait),
            _ => words::person(Choice::unlisted, Input::Person),
        });
        options.push(words::main_menu(Choice::unlisted, "Main menu"));
        options.extend(talk);
        if !matches!(place, State::ChooseExchange {}) {
            options.extend(words::exchanges(market, Choice::unlisted));
        }
        let here = exchange_of(place);
        for exchange in market.exchanges() {
            let near = here == Some(&exchange.code);
            let stocks = words::stocks(exchange, Choice::unlisted);
            options.extend(stocks.map(|stock| stock.near(near)));
        }
        options
    }

    fn listed<'w>(&self, place: &State, market: &'w Market) -> Vec<Choice<'w, Input>> {
        let go_back = words::go_back(Choice::listed, Input::GoBack);
        let main_menu = words::main_menu(Choice::listed, "Main menu");
        let mut options = match place {
            State::ChooseExchange {} => words::exchanges(market, Choice::listed).collect(),
            State::ChooseStock { exchange } => {
                let stocks = market.exchange(exchange).into_iter();
                stocks
                    .flat_map(|exchange| words::stocks(exchange, Choice::listed))
                    .map(|stock| stock.near(true))
                    .chain([go_back, main_menu])
                    .collect()
            }
            State::FetchQuote { .. } => Vec::new(),
            State::ShowPrice { .. } => vec![words::refresh(), go_back, main_menu],
            State::QuoteUnavailable { .. } => vec![words::try_again(), go_back],
            State::WaitingForAgent {} => vec![words::wait(), words::go_on()],
            State::WithAgent {} => vec![words::leave()],
            State::Ended {} => vec![words::main_menu(Choice::listed, "Start over")],
        };
        if self.misses == MISSES_MAX {
            options.push(words::person(Choice::listed, Input::Person));
        }
        options
    }

    fn miss(candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood {
            candidates: Choice::labels(candidates),
        }
    }

    fn outcomes(effect: &Effect) -> Vec<Input> {
        let Effect::FetchQuote { .. } = effect;
        let quote = Quote {
            price: "100.00".parse().expect("a sample price is a price"),
            at: Timestamp::UNIX_EPOCH,
        };
        vec![Input::QuoteArrived { quote }, Input::QuoteFailed]
    }

    fn idle() -> Option<Input> {
        Some(Input::Idle)
    }

    fn handoff(place: &State) -> Option<Handoff> {
        match place {
            State::WaitingForAgent {} => Some(Handoff::Waiting),
            State::WithAgent {} => Some(Handoff::With),
            _ => None,
        }
    }

    fn attended(change: &Attendance) -> Option<Input> {
        Some(match change {
            Attendance::Staffed => Input::Staffed,
            Attendance::Nobody => Input::Nobody,
            Attendance::Taken { name, .. } => Input::Taken { name: name.clone() },
            Attendance::Returned => Input::Done { abandoned: false },
            Attendance::Abandoned => Input::Done { abandoned: true },
        })
    }

    fn is_final(place: &State) -> bool {
        matches!(place, State::Ended {})
    }
}
