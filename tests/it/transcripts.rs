//! Transcripts of the stock bot's flows, and of how it reads what people type.

use std::fmt::Write;
use std::sync::Arc;

use jiff::Timestamp;
use statechat::bot::{Bot, Work};
use statechat::bots::stock::{Effect, Input, Market, Quote, StockBot};
use statechat::record::{Public, Record, SpeakerKind};
use statechat::session::{Menus, Message, Said, Session};

/// Says `lines` to the stock bot, one after another, and writes down what happens. A line starting with `!` is
/// not said: `!fail` lets the next quote fail, `!idle` is the user's silence.
fn transcript(lines: &[&str]) -> String {
    let menus = Menus::new(Arc::new(Market::bundled()));
    let at: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
    let (mut session, written) = Session::<StockBot>::open(Arc::clone(&menus), at);
    let mut text = String::new();
    write_down(&mut text, &written.records);
    let mut failing = false;
    for line in lines {
        let mut written = match *line {
            "!fail" => {
                failing = true;
                continue;
            }
            "!idle" => session.idle(at).expect("the bot minds silence here"),
            line => session.say(message(line), at).unwrap(),
        };
        write_down(&mut text, &written.records);
        while let Some(work) = written.started.pop() {
            let Work::Effect(Effect::FetchQuote { exchange, stock }) = work.work else {
                unreachable!("the stock bot sets no timers")
            };
            let price = menus.world().stock(&exchange, &stock).unwrap().price;
            let arrived = Input::QuoteArrived {
                quote: Quote { price, at },
            };
            let outcome = (!std::mem::take(&mut failing)).then_some(arrived);
            written = session.finish(work.id, outcome, at).unwrap();
            write_down(&mut text, &written.records);
        }
    }
    text
}

pub(crate) fn message(line: &str) -> Message {
    Message {
        user: "u1".parse().unwrap(),
        said: match line.strip_prefix('>') {
            Some(id) => Said::Choose(id.to_owned()),
            None => Said::Text(line.to_owned()),
        },
        client_id: None,
    }
}

pub(crate) fn write_down(text: &mut String, records: &[Record]) {
    for record in records {
        let public: Public = serde_json::from_str(&record.public).unwrap();
        let said = public.text.as_deref().unwrap_or("…").replace("\n\n", " ¶ ");
        if public.from.kind == SpeakerKind::User {
            writeln!(text, "\nyou: {said}").unwrap();
            continue;
        }
        let (state, step) = (public.state.unwrap(), public.transition.unwrap());
        let path = state.join("/");
        let input = step.input.unwrap_or_default();
        let by = step.handled_by.unwrap_or_default();
        writeln!(text, "bot: {said}").unwrap();
        writeln!(
            text,
            "     {path}  ({input} by {by}; -{:?} +{:?})",
            step.exited, step.entered
        )
        .unwrap();
        let options: Vec<_> = public
            .options
            .iter()
            .flatten()
            .map(|offer| offer.id.as_str())
            .collect();
        writeln!(text, "     [{}]", options.join(" ")).unwrap();
    }
}

#[test]
fn the_main_flow_and_back() {
    insta::assert_snapshot!(transcript(&[
        ">LSE",
        ">GSK",
        ">refresh",
        ">go-back",
        ">go-back",
        ">NASDAQ",
        ">main-menu"
    ]));
}

#[test]
fn shortcuts_from_anywhere() {
    insta::assert_snapshot!(transcript(&[
        "price of tesla please",
        "and croda?",
        "new york",
        "home",
        "2",
        "1"
    ]));
}

#[test]
fn misses_help_and_did_you_mean() {
    insta::assert_snapshot!(transcript(&[
        "banana",
        "nothing",
        "lse",
        "pear",
        "help",
        "a",
        "gskk",
        "telsa",
        "tesla or ashland"
    ]));
}

#[test]
fn a_failed_quote_can_be_tried_again() {
    insta::assert_snapshot!(transcript(&[
        "lse",
        "!fail",
        "gsk",
        "!fail",
        ">try-again",
        "again",
        "back"
    ]));
}

#[test]
fn goodbye_silence_and_starting_over() {
    insta::assert_snapshot!(transcript(&[
        "goodbye",
        "tesla",
        "lse",
        "!idle",
        ">main-menu"
    ]));
}

#[test]
fn a_stock_with_its_exchange_or_its_possessive() {
    insta::assert_snapshot!(transcript(&[
        "gsk in london",
        "NASDAQ:TSLA",
        "GSK.L",
        "croda’s price",
        "gsk in new york",
        "price of telsa"
    ]));
}

#[test]
fn small_talk_and_other_words() {
    insta::assert_snapshot!(transcript(&[
        "Hi there!",
        "what exchanges do you have",
        "the first one",
        "what",
        "option 2",
        "thanks",
        "update please",
        "another stock",
        "hi, price of tesla",
        "i need help with gsk",
        "change exchange",
        "never mind",
        "thanks, bye"
    ]));
}

#[test]
fn restoring_runs_no_handler() {
    let menus = Menus::new(Arc::new(Market::bundled()));
    let at = Timestamp::UNIX_EPOCH;
    let (mut session, _) = Session::<StockBot>::open(Arc::clone(&menus), at);
    session.say(message(">LSE"), at).unwrap();
    session.say(message(">GSK"), at).unwrap();
    let restored = Session::<StockBot>::restore(menus, session.head(), &session.state()).unwrap();
    assert_eq!(restored.state(), session.state());
    assert_eq!(restored.machine(), session.machine());
    assert_eq!(
        restored.machine().pending().len(),
        1,
        "what was pending is pending still"
    );
    assert_eq!(restored.offers(), session.offers());
}

#[test]
fn every_place_of_the_bundled_market_offers_what_it_lists_once() {
    let market = Market::bundled();
    let bot = StockBot::new(&market);
    for exchange in market.exchanges() {
        let place = statechat::bots::stock::Place::ChooseStock {
            exchange: exchange.code.clone(),
        };
        let options = bot.options(&place, &market);
        let mut ids: Vec<_> = options
            .iter()
            .filter(|o| o.listed)
            .map(|o| o.id.to_lowercase())
            .collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
