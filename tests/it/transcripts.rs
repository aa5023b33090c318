//! Transcripts of the stock bot's flows, and of how it reads what people type; and what else its author tests.

use std::sync::Arc;

use jiff::Timestamp;
use statechat::bot::Bot;
use statechat::bots::stock::{Effect, Input, Market, Place, Quote, StockBot};
use statechat::session::{Message, Places, Said, Session};
use statechat::testing::{Conversation, Coverage, every_transition, start_time, walks};

use crate::lamp::Lamp;

type Chat = Conversation<StockBot>;

/// A conversation about the bundled market, whose quotes arrive at once.
fn quoted() -> Chat {
    unquoted().with_source(|effect, market| Some(quote(effect, market)))
}

/// A conversation about the bundled market, whose quotes arrive when the test says so.
fn unquoted() -> Chat {
    Chat::in_world(Market::bundled())
}

fn quote(effect: &Effect, market: &Market) -> Input {
    let Effect::FetchQuote { exchange, stock } = effect;
    let price = market.stock(exchange, stock).unwrap().price;
    let quote = Quote {
        price,
        at: start_time(),
    };
    Input::QuoteArrived { quote }
}

fn gsk() -> Input {
    let (exchange, stock) = ("LSE".into(), "GSK".into());
    quote(&Effect::FetchQuote { exchange, stock }, &Market::bundled())
}

fn says(lines: &[&str]) -> Chat {
    lines.iter().fold(quoted(), |chat, line| chat.says(line))
}

fn main_flow_and_back() -> Chat {
    quoted()
        .chooses("LSE")
        .chooses("GSK")
        .chooses("refresh")
        .chooses("go-back")
        .chooses("go-back")
        .chooses("NASDAQ")
        .chooses("main-menu")
}

fn shortcuts() -> Chat {
    says(&[
        "price of tesla please",
        "and croda?",
        "new york",
        "home",
        "2",
        "1",
    ])
}

fn misses() -> Chat {
    says(&[
        "banana",
        "nothing",
        "lse",
        "pear",
        "help",
        "a",
        "gskk",
        "telsa",
        "tesla or ashland",
    ])
}

fn failed_quotes() -> Chat {
    unquoted()
        .says("lse")
        .says("gsk")
        .fails()
        .chooses("try-again")
        .fails()
        .says("again")
        .gets(gsk())
        .says("back")
}

fn impatience() -> Chat {
    unquoted()
        .says("gsk")
        .says("well?")
        .says("tesla")
        .says("back")
}

fn goodbye_and_silence() -> Chat {
    quoted()
        .says("goodbye")
        .says("tesla")
        .says("lse")
        .is_silent()
        .chooses("main-menu")
}

fn stocks_with_their_exchange() -> Chat {
    says(&[
        "gsk in london",
        "NASDAQ:TSLA",
        "GSK.L",
        "croda’s price",
        "gsk in new york",
        "price of telsa",
    ])
}

fn small_talk() -> Chat {
    says(&[
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
        "thanks, bye",
    ])
}

fn talking_to_a_person() -> Chat {
    says(&["gsk", "Can I talk to a person?"])
        .nobody()
        .says("how long will it take?")
        .chooses("wait")
        .is_silent()
        .says("a real person, please")
        .staffed()
        .taken_by("Alice")
        .says("hello, is the price of gsk right?")
        .agent_says("Hello! It is.")
        .says("goodbye")
        .chooses("leave")
}

fn ways_back_from_a_person() -> Chat {
    let back = |chat: Chat| {
        chat.says("human")
            .taken_by("Alice")
            .chooses("leave")
            .says("human")
            .taken_by("Bob")
            .returned()
            .says("human")
            .abandoned()
    };
    let chat = back(unquoted());
    let chat = back(chat.says("lse"));
    let chat = back(chat.says("gsk"));
    let chat = back(chat.gets(gsk()));
    back(chat.chooses("refresh").fails())
}

fn three_misses() -> Chat {
    says(&["lse", "banana", "nothing", "pear", "plc"])
        .chooses("person")
        .says("never mind")
        .says("peach")
}

fn what_is_said_while_a_person_is_sought() -> Chat {
    says(&[
        "agent", "help", "tesla", "agent", "nyse", "agent", "menu", "agent", "go on", "agent", "a",
        "bye",
    ])
}

/// All of them, each under the name of its snapshot.
fn conversations() -> Vec<(&'static str, Chat)> {
    vec![
        ("the_main_flow_and_back", main_flow_and_back()),
        ("shortcuts_from_anywhere", shortcuts()),
        ("misses_help_and_did_you_mean", misses()),
        ("a_failed_quote_can_be_tried_again", failed_quotes()),
        ("what_is_said_while_a_quote_is_fetched", impatience()),
        ("goodbye_silence_and_starting_over", goodbye_and_silence()),
        (
            "a_stock_with_its_exchange_or_its_possessive",
            stocks_with_their_exchange(),
        ),
        ("small_talk_and_other_words", small_talk()),
        ("talking_to_a_person", talking_to_a_person()),
        ("every_way_back_from_a_person", ways_back_from_a_person()),
        ("three_misses_offer_a_person", three_misses()),
        (
            "what_is_said_while_a_person_is_sought",
            what_is_said_while_a_person_is_sought(),
        ),
    ]
}

#[test]
fn what_is_said_stays_what_is_said() {
    for (name, conversation) in conversations() {
        insta::assert_snapshot!(name, conversation);
    }
}

#[test]
fn the_conversations_walk_every_transition() {
    let conversations = conversations();
    let conversations = conversations.iter().map(|(_, conversation)| conversation);
    Coverage::of(conversations).assert_complete();
}

#[test]
fn every_explored_transition_happens_in_a_session() {
    let stock = every_transition::<StockBot>(|path, chat| {
        let silent = chat.reply().is_none() && chat.pending().is_empty();
        assert!(!silent, "{path}\n{chat}");
    });
    insta::assert_snapshot!("stock-tour", stock);
    let lamp = every_transition::<Lamp>(|_, _| {});
    // Counted by hand where the graph is tested.
    assert_eq!(lamp.to_string(), "31 transitions among 8 nodes");
}

#[test]
fn there_is_always_a_way_on() {
    let property = |chat: &Chat| {
        let way_on = !chat.options().is_empty() || !chat.pending().is_empty() || chat.is_final();
        way_on.then_some(()).ok_or("there is no way on".to_owned())
    };
    walks().seed(7).count(200).check(property);
    walks()
        .in_world(Market::bundled())
        .seed(7)
        .count(100)
        .check(property);
}

#[test]
fn restoring_runs_no_handler() {
    let places = Places::new(Arc::new(Market::bundled()));
    let at = Timestamp::UNIX_EPOCH;
    let (mut session, _) = Session::<StockBot>::open(Arc::clone(&places), at);
    for id in ["LSE", "GSK"] {
        let message = Message {
            user: "u1".parse().unwrap(),
            said: Said::Choose(id.to_owned()),
            client_id: None,
        };
        session.say(message, at).unwrap();
    }
    let restored = Session::<StockBot>::restore(places, session.head(), &session.state()).unwrap();
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
        let place = Place::ChooseStock {
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
