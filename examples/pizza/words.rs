//! The pizza bot's options as people ask for them: ids, labels, and the words they may type.

use smol_str::SmolStr;
use statechat::bot::Choice;

use super::machine::Input;
use super::menu::{Line, Menu, Order, Pizza, Size};
use super::replies;

/// [`Choice::listed`] or [`Choice::unlisted`].
pub(crate) type Show<'w> = fn(&'w str, &'w str, Input) -> Choice<'w, Input>;

/// Small numbers as people type them. Those that are too many for an order are words for "more".
const NUMBERS: &[&str] = &[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "15", "20", "dozen", "a dozen",
];
const BACK: &[&str] = &["back", "no", "never mind", "undo", "wait"];
const START_OVER: &[&str] = &["restart", "reset", "cancel", "cancel my order", "new order"];
const MY_ORDER: &[&str] = &["order", "show my order", "basket", "what do i have"];
const ADD: &[&str] = &[
    "yes",
    "yes please",
    "add",
    "more",
    "another",
    "another pizza",
    "menu",
];
const CHANGE: &[&str] = &[
    "change",
    "edit",
    "change my order",
    "change amount",
    "remove",
];
const CHECK_OUT: &[&str] = &[
    "no",
    "no thanks",
    "no thank you",
    "done",
    "that’s all",
    "that's all",
    "pay",
];
const PLACE: &[&str] = &["yes", "yes please", "ok", "confirm", "order", "sure"];
const AGAIN: &[&str] = &["again", "retry", "yes"];
const HELP: &[&str] = &[
    "?",
    "what do you have",
    "what can i say",
    "how does this work",
];
const GOODBYE: &[&str] = &["bye", "exit", "quit", "see you"];
const THANKS: &[&str] = &["thank you", "thx", "great"];
const GREETING: &[&str] = &["hi", "hey", "good evening", "ciao"];

static MEDIUM: [SmolStr; 3] = [word("medium"), word("regular"), word("small")];
static LARGE: [SmolStr; 2] = [word("large"), word("big")];
static REMOVE: [SmolStr; 4] = [word("no"), word("remove"), word("drop"), word("without")];

const fn word(word: &'static str) -> SmolStr {
    SmolStr::new_static(word)
}

/// All pizzas, as they are chosen from a list.
pub(crate) fn pizzas<'w>(
    menu: &'w Menu,
    show: Show<'w>,
) -> impl Iterator<Item = Choice<'w, Input>> {
    menu.pizzas.iter().map(move |pizza| {
        let input = Input::ChoosePizza {
            pizza: pizza.id.clone(),
        };
        // Near, so that the pizza alone means the pizza and not one of its sizes.
        show(&pizza.id, &pizza.name, input)
            .found_by(&pizza.phrases)
            .near(true)
    })
}

/// All pizzas together with a size: "a large funghi".
pub(crate) fn sized_pizzas(menu: &Menu) -> impl Iterator<Item = Choice<'_, Input>> {
    let sized = |pizza| Size::ALL.map(|size| (pizza, size));
    menu.pizzas.iter().flat_map(sized).map(|(pizza, size)| {
        let id = format!("{}-{}", pizza.id, size.name());
        of_size(
            Choice::unlisted(id, &*pizza.name, choose(&pizza.id, size)),
            pizza,
            size,
        )
    })
}

pub(crate) fn sizes<'w>(
    pizza: &'w Pizza,
    show: fn(&'w str, String, Input) -> Choice<'w, Input>,
) -> impl Iterator<Item = Choice<'w, Input>> {
    Size::ALL.into_iter().map(move |size| {
        let label = replies::size(pizza, size);
        show(size.name(), label, choose(&pizza.id, size)).also(match size {
            Size::Medium => &["small", "regular"],
            Size::Large => &["big"],
        })
    })
}

/// The lines of an order, to be changed.
pub(crate) fn lines<'w>(order: &Order, menu: &'w Menu) -> Vec<Choice<'w, Input>> {
    let line = |line: &Line| {
        let pizza = menu.pizza(&line.pizza);
        let id = format!("{}-{}", line.pizza, line.size.name());
        let input = choose(&line.pizza, line.size);
        of_size(
            Choice::listed(id, replies::line(line, menu), input),
            pizza,
            line.size,
        )
    };
    order.lines.iter().map(line).collect()
}

/// All pizzas, to be taken off the order by name: "remove the funghi". Labelled as the pizza, so that its name alone
/// means the near one of [`pizzas`].
pub(crate) fn removals<'w>(
    order: &Order,
    menu: &'w Menu,
) -> impl Iterator<Item = Choice<'w, Input>> {
    menu.pizzas.iter().map(|pizza| {
        let id = format!("remove-{}", pizza.id);
        let input = Input::Remove {
            pizza: pizza.id.clone(),
        };
        let ordered = order.lines.iter().any(|line| line.pizza == pizza.id);
        // "No funghi" takes it off, but "no, funghi" asks for it.
        let words = if ordered { &REMOVE[..] } else { &REMOVE[1..] };
        Choice::unlisted(id, &*pizza.name, input)
            .found_by(&pizza.phrases)
            .part_of("remove", words)
    })
}

fn of_size<'w>(choice: Choice<'w, Input>, pizza: &'w Pizza, size: Size) -> Choice<'w, Input> {
    let words: &[SmolStr] = match size {
        Size::Medium => &MEDIUM,
        Size::Large => &LARGE,
    };
    choice.found_by(&pizza.phrases).part_of(size.name(), words)
}

fn choose(pizza: &SmolStr, size: Size) -> Input {
    Input::ChooseSize {
        pizza: pizza.clone(),
        size,
    }
}

/// 1, 2, 3, and more than there can be. "More" is listed so that 7 never means the seventh button.
pub(crate) fn counts<'w>(menu: &Menu) -> impl Iterator<Item = Choice<'w, Input>> {
    let (counts, more) = NUMBERS.split_at(menu.count_max.into());
    let count = |(count, &number)| {
        Choice::listed(number, replies::pizzas(count), Input::SetCount { count })
    };
    let more = Choice::listed("more", "More", Input::TooMany).also(more);
    (1..).zip(counts).map(count).chain([more])
}

pub(crate) fn none<'w>() -> Choice<'w, Input> {
    let input = Input::SetCount { count: 0 };
    Choice::listed("remove", "Remove it", input).also(&["0", "none", "delete"])
}

pub(crate) fn go_back(show: Show<'_>) -> Choice<'_, Input> {
    show("go-back", "Go back", Input::GoBack).also(BACK)
}

pub(crate) fn start_over(show: Show<'_>) -> Choice<'_, Input> {
    show("start-over", "Start over", Input::StartOver).also(START_OVER)
}

pub(crate) fn my_order<'w>() -> Choice<'w, Input> {
    Choice::unlisted("my-order", "My order", Input::ShowOrder).also(MY_ORDER)
}

pub(crate) fn add<'w>() -> Choice<'w, Input> {
    Choice::listed("add", "Add a pizza", Input::Add).also(ADD)
}

pub(crate) fn change(show: Show<'_>) -> Choice<'_, Input> {
    show("change", "Change something", Input::Change).also(CHANGE)
}

pub(crate) fn check_out(show: Show<'_>) -> Choice<'_, Input> {
    show("check-out", "Check out", Input::CheckOut).also(CHECK_OUT)
}

pub(crate) fn place<'w>() -> Choice<'w, Input> {
    Choice::listed("place-order", "Place the order", Input::PlaceOrder).also(PLACE)
}

pub(crate) fn try_again<'w>() -> Choice<'w, Input> {
    Choice::listed("try-again", "Try again", Input::TryAgain).also(AGAIN)
}

pub(crate) fn talk<'w>() -> [Choice<'w, Input>; 4] {
    [
        Choice::unlisted("help", "Help", Input::Help).also(HELP),
        Choice::unlisted("goodbye", "Goodbye", Input::Goodbye).also(GOODBYE),
        Choice::unlisted("thanks", "Thanks", Input::Thanks).also(THANKS),
        Choice::unlisted("hello", "Hello", Input::Greeting).also(GREETING),
    ]
}
