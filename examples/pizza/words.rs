//! The pizza bot's options as people ask for them: ids, labels, and the words they may type.

use smol_str::SmolStr;
use statechat::bot::Choice;

use super::machine::Input;
use super::menu::{Menu, Order, Pizza, Size};
use super::replies;

type Words<'w> = Choice<'w, Input>;

/// Small numbers as people type them. Those that are too many for an order are words for "more".
const NUMBERS: &[&str] = &[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12", "20", "a dozen",
];

static MEDIUM: [SmolStr; 3] = [word("medium"), word("regular"), word("small")];
static LARGE: [SmolStr; 2] = [word("large"), word("big")];
static REMOVE: [SmolStr; 4] = [word("no"), word("remove"), word("drop"), word("without")];

const fn word(word: &'static str) -> SmolStr {
    SmolStr::new_static(word)
}

/// The menu's pizzas, by their names.
pub(crate) fn pizzas(menu: &Menu) -> impl Iterator<Item = Words<'_>> {
    menu.pizzas.iter().map(|pizza| {
        let input = Input::ChoosePizza {
            pizza: pizza.id.clone(),
        };
        // Near, so that the pizza alone means the pizza and not one of its sizes.
        Choice::listed(&*pizza.id, &*pizza.name, input)
            .found_by(&pizza.phrases)
            .near(true)
    })
}

/// The same together with a size: "a large funghi".
pub(crate) fn sized_pizzas(menu: &Menu) -> impl Iterator<Item = Words<'_>> {
    let sized = |pizza| Size::ALL.map(|size| (pizza, size));
    menu.pizzas.iter().flat_map(sized).map(|(pizza, size)| {
        let id = format!("{}-{}", pizza.id, size.name());
        Choice::listed(id, &*pizza.name, choose(pizza, size))
            .found_by(&pizza.phrases)
            .part_of(size.name(), words(size))
    })
}

/// The same, to be taken off the order: "remove the funghi".
pub(crate) fn removals<'w>(order: &Order, menu: &'w Menu) -> impl Iterator<Item = Words<'w>> {
    menu.pizzas.iter().map(|pizza| {
        let input = Input::Remove {
            pizza: pizza.id.clone(),
        };
        // "No funghi" takes it off, but "no, funghi" asks for it.
        let ordered = order.lines.iter().any(|line| line.pizza == pizza.id);
        let words = if ordered { &REMOVE[..] } else { &REMOVE[1..] };
        Choice::listed(format!("remove-{}", pizza.id), &*pizza.name, input)
            .found_by(&pizza.phrases)
            .part_of("remove", words)
    })
}

/// The lines of an order, to be changed.
pub(crate) fn lines<'w>(order: &Order, menu: &'w Menu) -> impl Iterator<Item = Words<'w>> {
    order.lines.iter().map(|line| {
        let (pizza, size) = (menu.pizza(&line.pizza), line.size);
        let id = format!("{}-{}", pizza.id, size.name());
        Choice::listed(id, replies::line(line, menu), choose(pizza, size))
            .found_by(&pizza.phrases)
            .part_of(size.name(), words(size))
    })
}

/// The sizes of a pizza, with their prices.
pub(crate) fn sizes(pizza: &Pizza) -> impl Iterator<Item = Words<'_>> {
    Size::ALL.into_iter().map(move |size| {
        let label = replies::size(pizza, size);
        Choice::listed(size.name(), label, choose(pizza, size)).found_by(words(size))
    })
}

fn words(size: Size) -> &'static [SmolStr] {
    match size {
        Size::Medium => &MEDIUM,
        Size::Large => &LARGE,
    }
}

fn choose(pizza: &Pizza, size: Size) -> Input {
    Input::ChooseSize {
        pizza: pizza.id.clone(),
        size,
    }
}

/// 1, 2, 3, and more than there can be. "More" is listed so that 7 never means the seventh button.
pub(crate) fn counts<'w>(menu: &Menu) -> impl Iterator<Item = Words<'w>> {
    let (counts, more) = NUMBERS.split_at(menu.count_max.into());
    let count = |(count, &number)| {
        Choice::listed(number, replies::pizzas(count), Input::SetCount { count })
    };
    let more = Choice::listed("more", "More", Input::TooMany).also(more);
    (1..).zip(counts).map(count).chain([more])
}

pub(crate) fn none<'w>() -> Words<'w> {
    let words = &["0", "zero", "none", "delete"];
    Choice::listed("remove", "Remove it", Input::SetCount { count: 0 }).also(words)
}

pub(crate) fn go_back<'w>() -> Words<'w> {
    let words = &["back", "no", "never mind", "forget it", "cancel"];
    Choice::listed("go-back", "Go back", Input::GoBack).also(words)
}

pub(crate) fn start_over<'w>() -> Words<'w> {
    let words = &[
        "restart",
        "cancel",
        "cancel my order",
        "new order",
        "remove everything",
    ];
    Choice::listed("start-over", "Start over", Input::StartOver).also(words)
}

pub(crate) fn my_order<'w>() -> Words<'w> {
    let words = &["order", "show my order", "how much", "total"];
    Choice::listed("my-order", "My order", Input::ShowOrder).also(words)
}

pub(crate) fn add<'w>() -> Words<'w> {
    let words = &["yes", "add", "more", "another", "menu"];
    Choice::listed("add", "Add a pizza", Input::Add).also(words)
}

pub(crate) fn change<'w>() -> Words<'w> {
    let words = &["change", "edit", "change my order", "remove"];
    Choice::listed("change", "Change something", Input::Change).also(words)
}

pub(crate) fn check_out<'w>() -> Words<'w> {
    let words = &[
        "no",
        "done",
        "checkout",
        "nothing",
        "nothing else",
        "that’s all",
        "that is all",
        "pay",
    ];
    Choice::listed("check-out", "Check out", Input::CheckOut).also(words)
}

pub(crate) fn place<'w>() -> Words<'w> {
    let words = &["yes", "ok", "sure", "order"];
    Choice::listed("place-order", "Place the order", Input::PlaceOrder).also(words)
}

pub(crate) fn try_again<'w>() -> Words<'w> {
    Choice::listed("try-again", "Try again", Input::TryAgain).also(&["again", "yes"])
}

/// Help, goodbye and small talk.
pub(crate) fn talk<'w>() -> [Words<'w>; 4] {
    [
        Choice::listed("help", "Help", Input::Help).also(&["?", "what can i say"]),
        Choice::listed("goodbye", "Goodbye", Input::Goodbye).also(&["bye", "quit", "exit"]),
        Choice::listed("thanks", "Thanks", Input::Thanks).also(&["thank you", "great"]),
        Choice::listed("hello", "Hello", Input::Greeting).also(&["hi", "hey", "ciao"]),
    ]
}
