//! What is read and what is listed, place by place.

use jiff::Timestamp;

use super::machine::{Input, State, StockBot};
use super::market::{Code, Market};
use super::price::Quote;
use crate::bot::{Bot, Machine, Moment};

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
    let outside = State::ChooseExchange {};
    check(&outside, "gsk", Err(&["GSK PLC (LSE)", "GSK plc (NYSE)"]));
    check(
        &outside,
        "price of gsk",
        Err(&["GSK PLC (LSE)", "GSK plc (NYSE)"]),
    );
    check(&outside, "GSK PLC (NYSE)", Ok(("NYSE", "GSK")));
    check(&outside, "GSK.L", Ok(("LSE", "GSK")));
    check(&outside, "a", Err(&["Avon", "Agilent"]));
    let (exchange, stock) = (Code::from("NYSE"), Code::from("A"));
    let choosing = State::ChooseStock {
        exchange: exchange.clone(),
    };
    for inside in [choosing, State::QuoteUnavailable { exchange, stock }] {
        for text in ["gsk", "price of gsk", "gsk plc", "gks plc", "nyse:gsk"] {
            check(&inside, text, Ok(("NYSE", "GSK")));
        }
        check(&inside, "gsk in london", Ok(("LSE", "GSK")));
        check(&inside, "a", Ok(("NYSE", "A")));
        check(&inside, "avon", Ok(("LSE", "A")));
    }
}

/// Every kind of place.
fn places() -> Vec<State> {
    let (exchange, stock) = (Code::from("LSE"), Code::from("GSK"));
    let (of, choosing) = ((exchange.clone(), stock.clone()), exchange.clone());
    let quote = Quote {
        price: "1.00".parse().expect("a price"),
        at: Timestamp::UNIX_EPOCH,
    };
    vec![
        State::ChooseExchange {},
        State::ChooseStock { exchange: choosing },
        State::FetchQuote {
            exchange: of.0.clone(),
            stock: of.1.clone(),
        },
        State::ShowPrice {
            exchange: of.0,
            stock: of.1,
            quote,
        },
        State::QuoteUnavailable { exchange, stock },
        State::WaitingForAgent {},
        State::WithAgent {},
        State::Ended {},
    ]
}

#[test]
fn listed_options_are_those_that_are_listed() {
    let (market, bot) = (Market::bundled(), StockBot::default());
    for place in places() {
        let mut options = bot.options(&place, &market);
        options.retain(|choice| choice.listed);
        assert_eq!(bot.listed(&place, &market), options, "{place:?}");
    }
}

#[test]
fn a_person_is_asked_for_from_anywhere() {
    let (market, bot) = (Market::bundled(), StockBot::default());
    for text in [
        "person",
        "Talk to a person",
        "can I talk to a person?",
        "human",
        "a human please",
        "HUMAN!",
        "agent",
        "I want to speak to an agent about my order",
        "is there a real person here",
        "speak to someone",
        "could I talk with someone, please",
        "customer service",
        "talk to a persn",
    ] {
        for place in places() {
            let wanted = match place {
                State::WithAgent {} | State::Ended {} => continue,
                State::WaitingForAgent {} => Input::Wait,
                _ => Input::Person,
            };
            let read = bot.read(&place, text, &market);
            assert_eq!(read, wanted, "{text:?} in {place:?}");
        }
    }
}

/// What names a stock or an exchange goes on naming it, wherever the user is.
#[test]
fn asking_for_a_person_takes_no_name_from_the_market() {
    let (market, bot) = (Market::bundled(), StockBot::default());
    let mut names: Vec<&str> = Vec::new();
    for exchange in market.exchanges() {
        names.extend([exchange.code.as_str(), exchange.name.as_str()]);
        names.extend(exchange.phrases.iter().map(|phrase| phrase.as_str()));
        for stock in &exchange.stocks {
            names.extend([stock.code.as_str(), stock.name.as_str()]);
            names.extend(stock.phrases.iter().map(|phrase| phrase.as_str()));
        }
    }
    assert!(names.len() > 100, "{names:?}");
    for name in names {
        for place in places() {
            if let State::WithAgent {} | State::Ended {} = place {
                continue;
            }
            for text in [name.to_owned(), format!("price of {name} please")] {
                let read = bot.read(&place, &text, &market);
                let names_it = matches!(
                    read,
                    Input::ChooseExchange { .. } | Input::ChooseStock { .. }
                );
                assert!(names_it, "{text:?} in {place:?} is {read:?}");
            }
        }
    }
}

/// A conversation may outlive the market in which it began.
#[test]
fn what_is_not_listed_any_more_is_said() {
    let market = Market::parse(TWICE).expect("a market");
    let quote = Quote {
        price: "1.20".parse().expect("a price"),
        at: Timestamp::UNIX_EPOCH,
    };
    for (exchange, stock) in [("NASDAQ", "AMD"), ("LSE", "CRDA")].map(|(e, s)| (e.into(), s.into()))
    {
        let (exchange, stock): (Code, Code) = (exchange, stock);
        let shown = State::ShowPrice {
            exchange: exchange.clone(),
            stock: stock.clone(),
            quote: quote.clone(),
        };
        let places = [
            shown,
            State::ChooseStock {
                exchange: exchange.clone(),
            },
            State::FetchQuote {
                exchange: exchange.clone(),
                stock: stock.clone(),
            },
            State::QuoteUnavailable {
                exchange: exchange.clone(),
                stock: stock.clone(),
            },
        ];
        let inputs = [
            Input::GoBack,
            Input::Refresh,
            Input::TryAgain,
            Input::QuoteFailed,
            Input::QuoteArrived {
                quote: quote.clone(),
            },
            Input::NotUnderstood {
                candidates: Vec::new(),
            },
        ];
        for place in &places {
            for input in &inputs {
                let json = serde_json::json!({ "bot": StockBot::default(), "place": place, "pending": [] });
                let mut machine: Machine<StockBot> =
                    serde_json::from_value(json).expect("a machine");
                let moment = Moment {
                    seq: 9,
                    at: Timestamp::UNIX_EPOCH,
                };
                let step = machine.step(input, &market, moment);
                let goes_on = step.text.is_some() || !step.started.is_empty();
                // What no level takes here happens nowhere.
                assert!(
                    goes_on || step.handled_by.is_none(),
                    "{place:?} takes {input:?} in silence"
                );
            }
        }
    }
}
