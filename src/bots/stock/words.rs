//! The stock bot's options as people ask for them: ids, labels, and the words they may type.

use smol_str::SmolStr;

use super::machine::Input;
use super::market::{Exchange, Market, Stock};
use crate::bot::Choice;

/// [`Choice::listed`] or [`Choice::unlisted`].
pub(super) type Show<'w, T> = fn(T, T, Input) -> Choice<'w, Input>;

/// The user wants the bot back.
pub(super) const RESUME: Input = Input::Done { abandoned: false };

/// Ids of options that no code may take.
pub(super) const RESERVED_IDS: &[&str] = &[
    "main-menu",
    "go-back",
    "refresh",
    "try-again",
    "help",
    "goodbye",
    "greeting",
    "thanks",
    "person",
    "wait",
    "go-on",
    "leave",
];

const BACK: &[&str] = &[
    "back",
    "previous",
    "another stock",
    "other stock",
    "other stocks",
    "different stock",
    "change stock",
    "another one",
    "cancel",
    "never mind",
    "nevermind",
    "undo",
];

const MENU: &[&str] = &[
    "menu",
    "main menu",
    "start over",
    "start again",
    "restart",
    "reset",
    "home",
    "exchanges",
    "other exchange",
    "another exchange",
    "different exchange",
    "change exchange",
    "switch exchange",
    "show all",
    "list all",
];

const AGAIN: &[&str] = &[
    "again",
    "try again",
    "once more",
    "once again",
    "one more time",
    "refresh",
    "update",
    "reload",
    "retry",
];

const HELP: &[&str] = &[
    "?",
    "help",
    "what can you do",
    "what can i do",
    "what can i say",
    "how does this work",
    "commands",
    "who are you",
];

const GOODBYE: &[&str] = &[
    "bye",
    "bye bye",
    "goodbye",
    "good bye",
    "see you",
    "see you later",
    "exit",
    "quit",
    "stop",
    "that’s all",
    "that's all",
];

const GREETING: &[&str] = &[
    "hi",
    "hi there",
    "hello",
    "hello again",
    "hey",
    "good morning",
    "good afternoon",
    "good evening",
    "good day",
    "how are you",
    "greetings",
];

const THANKS: &[&str] = &[
    "thanks",
    "thank you",
    "thanks a lot",
    "many thanks",
    "thx",
    "ty",
    "cheers",
];

const PERSON: &[&str] = &[
    "person",
    "human",
    "agent",
    "somebody",
    "someone",
    "operator",
    "representative",
    "advisor",
    "adviser",
    "customer service",
    "customer support",
];

/// Found anywhere in a text.
const PERSON_PHRASES: &[SmolStr] = &[
    SmolStr::new_static("talk to a person"),
    SmolStr::new_static("talk to a human"),
    SmolStr::new_static("talk to an agent"),
    SmolStr::new_static("talk to somebody"),
    SmolStr::new_static("talk to someone"),
    SmolStr::new_static("talk with somebody"),
    SmolStr::new_static("talk with someone"),
    SmolStr::new_static("speak to a person"),
    SmolStr::new_static("speak to a human"),
    SmolStr::new_static("speak to an agent"),
    SmolStr::new_static("speak to somebody"),
    SmolStr::new_static("speak to someone"),
    SmolStr::new_static("speak with somebody"),
    SmolStr::new_static("speak with someone"),
    SmolStr::new_static("real person"),
    SmolStr::new_static("real human"),
    SmolStr::new_static("human being"),
    SmolStr::new_static("live agent"),
    SmolStr::new_static("human agent"),
];

const WAIT: &[&str] = &[
    "wait",
    "i’ll wait",
    "i'll wait",
    "i can wait",
    "keep waiting",
    "go on waiting",
];

const GO_ON: &[&str] = &[
    "go on",
    "carry on",
    "continue",
    "bot",
    "back to the bot",
    "don’t wait",
    "don't wait",
    "stop waiting",
];

pub(super) fn exchange<'w>(exchange: &'w Exchange, show: Show<'w, &'w str>) -> Choice<'w, Input> {
    let input = Input::ChooseExchange {
        exchange: exchange.code.clone(),
    };
    show(&exchange.code, &exchange.name, input).found_by(&exchange.phrases)
}

pub(super) fn exchanges<'w>(
    market: &'w Market,
    show: Show<'w, &'w str>,
) -> impl Iterator<Item = Choice<'w, Input>> {
    let exchanges = market.exchanges().iter();
    exchanges.map(move |listed| exchange(listed, show))
}

pub(super) fn stocks<'w>(
    exchange: &'w Exchange,
    show: Show<'w, &'w str>,
) -> impl Iterator<Item = Choice<'w, Input>> {
    let stocks = exchange.stocks.iter();
    stocks.map(move |listed| stock(exchange, listed, show))
}

fn stock<'w>(
    exchange: &'w Exchange,
    stock: &'w Stock,
    show: Show<'w, &'w str>,
) -> Choice<'w, Input> {
    let input = Input::ChooseStock {
        exchange: exchange.code.clone(),
        stock: stock.code.clone(),
    };
    show(&stock.code, &stock.name, input)
        .found_by(&stock.phrases)
        .part_of(&exchange.code, &exchange.phrases)
}

pub(super) fn go_back<'w>(show: Show<'w, &'w str>, input: Input) -> Choice<'w, Input> {
    show("go-back", "Go back", input).also(BACK)
}

pub(super) fn main_menu<'w>(show: Show<'w, &'w str>, label: &'w str) -> Choice<'w, Input> {
    show("main-menu", label, Input::MainMenu).also(MENU)
}

pub(super) fn refresh<'w>() -> Choice<'w, Input> {
    Choice::listed("refresh", "Refresh", Input::Refresh).also(AGAIN)
}

pub(super) fn try_again<'w>() -> Choice<'w, Input> {
    Choice::listed("try-again", "Try again", Input::TryAgain).also(AGAIN)
}

pub(super) fn person<'w>(show: Show<'w, &'w str>, input: Input) -> Choice<'w, Input> {
    show("person", "Talk to a person", input)
        .also(PERSON)
        .found_by(PERSON_PHRASES)
}

pub(super) fn wait<'w>() -> Choice<'w, Input> {
    Choice::listed("wait", "Wait for a person", Input::Wait).also(WAIT)
}

pub(super) fn go_on<'w>() -> Choice<'w, Input> {
    Choice::listed("go-on", "Go on with the bot", RESUME).also(GO_ON)
}

pub(super) fn leave<'w>() -> Choice<'w, Input> {
    Choice::listed("leave", "Back to the bot", RESUME)
}

/// Help, goodbye and small talk, in the order in which they matter if a text holds several.
pub(super) fn talk<'w>() -> [Choice<'w, Input>; 4] {
    [
        Choice::unlisted("help", "Help", Input::Help).also(HELP),
        Choice::unlisted("goodbye", "Goodbye", Input::Goodbye).also(GOODBYE),
        Choice::unlisted("thanks", "Thanks", Input::Thanks).also(THANKS),
        Choice::unlisted("greeting", "Hello", Input::Greeting).also(GREETING),
    ]
}

/// Words for an exchange and its stocks that stand in no data, by the exchange's code.
pub(super) fn usual_names(exchange: &str) -> &'static [&'static str] {
    match exchange {
        "LSE" => &["LON", "London"],
        "NASDAQ" => &["Nasdaq"],
        "NYSE" => &["New York"],
        _ => &[],
    }
}

/// What a stock's code ends with in usual notations of its exchange: `GSK.L`, `GSK LN`.
fn usual_endings(exchange: &str) -> &'static [&'static str] {
    match exchange {
        "LSE" => &[".L", ".LON", " LN"],
        "NASDAQ" => &[".O", ".OQ", ".US", " US"],
        "NYSE" => &[".N", ".US", " US"],
        _ => &[],
    }
}

/// A stock's code as it is usually written together with its exchange.
pub(super) fn notations<'a>(
    exchange: &'a str,
    stock: &'a str,
) -> impl Iterator<Item = SmolStr> + 'a {
    let endings = usual_endings(exchange).iter();
    let usual = endings.map(move |ending| format!("{stock}{ending}").into());
    usual.chain([format!("{stock}.{exchange}").into()])
}
