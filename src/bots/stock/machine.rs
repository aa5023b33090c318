//! The stock bot's machine: its states, what each takes and where that leads.
//!
//! ```text
//! Conversation                     help, small talk, main menu, goodbye, idle; any stock by name
//! ├─ ChooseExchange
//! └─ Exchange { exchange }         go back, another exchange by name
//!    ├─ ChooseStock
//!    ├─ FetchQuote { stock }       waits for the quote
//!    ├─ ShowPrice { stock, quote }
//!    └─ QuoteUnavailable { stock }
//! Ended                            any message starts over
//! ```

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use statig::prelude::*;

use super::market::{Code, Exchange, Market, Stock};
use super::price::Quote;
use super::replies::{self, PriceCard};
use super::words;
use crate::bot::{Bot, Choice, Outbox};

/// What the stock bot remembers beside its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StockBot {
    /// Whether the last message was not understood.
    missed: bool,
}

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
    before_dispatch = "Self::forget_miss",
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
                let lost = self.missed && candidates.is_empty();
                context.say(match lost {
                    true => replies::missed_again(context.world()),
                    false => replies::missed(candidates),
                });
                self.missed = true;
                Handled
            }
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
        if let Some(exchange) = context.world().exchange(exchange) {
            context.say(replies::which_stock(exchange));
        }
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
                if let Some((_, stock)) = listing(context.world(), exchange, stock) {
                    context.say(replies::still_looking(stock));
                }
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
        if let Some((exchange, stock)) = listing(context.world(), exchange, stock) {
            let card = PriceCard::new(exchange, stock, quote);
            context.say(card.text());
            context.show(card);
        }
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
        if let Some((_, stock)) = listing(context.world(), exchange, stock) {
            context.say(replies::unavailable(stock));
        }
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
    fn forget_miss(
        &mut self,
        _level: StateOrSuperstate<'_, State, Superstate<'_>>,
        event: &Input,
        _context: &mut Out<'_>,
    ) {
        if !matches!(event, Input::NotUnderstood { .. }) {
            self.missed = false;
        }
    }
}

fn listing<'w>(
    market: &'w Market,
    exchange: &str,
    stock: &str,
) -> Option<(&'w Exchange, &'w Stock)> {
    Some((market.exchange(exchange)?, market.stock(exchange, stock)?))
}

fn exchange_of(place: &State) -> Option<&Code> {
    match place {
        State::ChooseStock { exchange }
        | State::FetchQuote { exchange, .. }
        | State::ShowPrice { exchange, .. }
        | State::QuoteUnavailable { exchange, .. } => Some(exchange),
        State::ChooseExchange {} | State::Ended {} => None,
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
            State::Ended {} => return options,
            State::ChooseExchange {} => {
                options.push(words::go_back(Choice::unlisted, Input::MainMenu));
            }
            State::FetchQuote { .. } => {
                options.push(words::go_back(Choice::unlisted, Input::GoBack));
            }
            _ => {}
        }
        options.push(words::main_menu(Choice::unlisted, "Main menu"));
        options.extend(words::talk());
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
        match place {
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
            State::Ended {} => vec![words::main_menu(Choice::listed, "Start over")],
        }
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

    fn is_final(place: &State) -> bool {
        matches!(place, State::Ended {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GSK is listed twice, and both exchanges have a stock of the code `A`.
    const TWICE: &str = r#"[
        {"code":"LSE","stockExchange":"London Stock Exchange","topStocks":[
            {"code":"GSK","stockName":"GSK PLC","price":1574.80},
            {"code":"A","stockName":"Avon","price":1}]},
        {"code":"NYSE","stockExchange":"New York Stock Exchange","topStocks":[
            {"code":"GSK","stockName":"GSK plc","price":42},
            {"code":"A","stockName":"Agilent","price":1}]}]"#;

    #[track_caller]
    fn check(place: &State, text: &str, expected: Result<(&str, &str), &[&str]>) {
        let market = Market::parse(TWICE).expect("a market");
        let expected = match expected {
            Ok((exchange, stock)) => Input::ChooseStock {
                exchange: exchange.into(),
                stock: stock.into(),
            },
            Err(candidates) => Input::NotUnderstood {
                candidates: candidates.iter().map(|&label| label.to_owned()).collect(),
            },
        };
        let read = StockBot::default().read(place, text, &market);
        assert_eq!(read, expected, "{text:?} in {place:?}");
    }

    #[test]
    fn a_stock_that_is_listed_twice_is_told_apart_or_taken_where_one_is() {
        let outside = State::choose_exchange();
        check(&outside, "gsk", Err(&["GSK PLC (LSE)", "GSK plc (NYSE)"]));
        check(
            &outside,
            "price of gsk",
            Err(&["GSK PLC (LSE)", "GSK plc (NYSE)"]),
        );
        check(&outside, "GSK PLC (NYSE)", Ok(("NYSE", "GSK")));
        check(&outside, "GSK.L", Ok(("LSE", "GSK")));
        check(&outside, "a", Err(&["Avon", "Agilent"]));
        let place = |exchange: &str| State::quote_unavailable(exchange.into(), "A".into());
        for inside in [State::choose_stock("NYSE".into()), place("NYSE")] {
            for text in ["gsk", "price of gsk", "gsk plc", "gks plc", "nyse:gsk"] {
                check(&inside, text, Ok(("NYSE", "GSK")));
            }
            check(&inside, "gsk in london", Ok(("LSE", "GSK")));
            check(&inside, "a", Ok(("NYSE", "A")));
            check(&inside, "avon", Ok(("LSE", "A")));
        }
    }

    #[test]
    fn listed_options_are_those_that_are_listed() {
        let (market, bot) = (Market::bundled(), StockBot::default());
        let (exchange, stock) = (Code::from("LSE"), Code::from("GSK"));
        let quote = Quote {
            price: "1.00".parse().expect("a price"),
            at: Timestamp::UNIX_EPOCH,
        };
        for place in [
            State::choose_exchange(),
            State::choose_stock(exchange.clone()),
            State::fetch_quote(exchange.clone(), stock.clone()),
            State::show_price(exchange.clone(), stock.clone(), quote),
            State::quote_unavailable(exchange, stock),
            State::ended(),
        ] {
            let mut options = bot.options(&place, &market);
            options.retain(|choice| choice.listed);
            assert_eq!(bot.listed(&place, &market), options, "{place:?}");
        }
    }
}
