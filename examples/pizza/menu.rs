//! What there is to eat, and what somebody wants of it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, StrExt as _, format_smolstr};
use statechat::bot::World;

/// The bot's world: the pizzas, and how much of them one order may be. Bounded, because what a machine remembers
/// must not grow without end.
pub(crate) struct Menu {
    pub(crate) pizzas: Vec<Pizza>,
    /// How many different pizzas an order has at most.
    pub(crate) lines_max: usize,
    /// How many of each.
    pub(crate) count_max: u8,
}

pub(crate) struct Pizza {
    pub(crate) id: SmolStr,
    pub(crate) name: SmolStr,
    /// By which it is found in a longer text.
    pub(crate) phrases: [SmolStr; 2],
    /// Medium and large.
    prices: [Decimal; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Size {
    Medium,
    Large,
}

/// Lines in the order in which they were asked for, each of another pizza or size, none of them empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) pizza: SmolStr,
    pub(crate) size: Size,
    pub(crate) count: u8,
}

impl Menu {
    pub(crate) fn of_the_house() -> Self {
        Self {
            pizzas: vec![
                Pizza::new("Margherita", 850, 1050),
                Pizza::new("Marinara", 790, 990),
                Pizza::new("Funghi", 950, 1150),
                Pizza::new("Diavola", 1050, 1290),
                Pizza::new("Capricciosa", 1150, 1390),
                Pizza::new("Quattro Formaggi", 1090, 1350),
            ],
            lines_max: 5,
            count_max: 6,
        }
    }

    pub(crate) fn pizza(&self, id: &str) -> &Pizza {
        let pizza = self.pizzas.iter().find(|pizza| pizza.id == id);
        pizza.expect("every pizza that is talked about is on the menu")
    }

    pub(crate) fn total(&self, order: &Order) -> Decimal {
        order.lines.iter().map(|line| self.price(line)).sum()
    }

    pub(crate) fn price(&self, line: &Line) -> Decimal {
        self.pizza(&line.pizza).price(line.size) * Decimal::from(line.count)
    }
}

impl World for Menu {
    fn sample() -> Self {
        Self {
            pizzas: vec![
                Pizza::new("Margherita", 850, 1050),
                Pizza::new("Funghi", 950, 1150),
            ],
            lines_max: 2,
            count_max: 1,
        }
    }
}

impl Pizza {
    fn new(name: &str, medium_cents: i64, large_cents: i64) -> Self {
        let last = name.split(' ').next_back().unwrap_or(name);
        Self {
            id: name.to_lowercase_smolstr().replace_smolstr(" ", "-"),
            name: name.into(),
            phrases: [last.into(), format_smolstr!("{last}s")],
            prices: [medium_cents, large_cents].map(|cents| Decimal::new(cents, 2)),
        }
    }

    pub(crate) fn price(&self, size: Size) -> Decimal {
        self.prices[size as usize]
    }
}

impl Size {
    pub(crate) const ALL: [Self; 2] = [Self::Medium, Self::Large];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

impl Order {
    /// How many there are of this pizza in this size.
    pub(crate) fn count(&self, pizza: &str, size: Size) -> u8 {
        let line = self.lines.iter().find(|line| line.is(pizza, size));
        line.map_or(0, |line| line.count)
    }

    /// Makes it `count` of this pizza in this size; 0 takes it off.
    pub(crate) fn set(&mut self, pizza: &str, size: Size, count: u8) {
        match self.lines.iter_mut().find(|line| line.is(pizza, size)) {
            Some(line) => line.count = count,
            None => self.lines.push(Line {
                pizza: pizza.into(),
                size,
                count,
            }),
        }
        self.lines.retain(|line| line.count > 0);
    }

    /// Takes this pizza off in all sizes; says whether there was any.
    pub(crate) fn remove(&mut self, pizza: &str) -> bool {
        let before = self.lines.len();
        self.lines.retain(|line| line.pizza != pizza);
        self.lines.len() < before
    }
}

impl Line {
    fn is(&self, pizza: &str, size: Size) -> bool {
        self.pizza == pizza && self.size == size
    }
}
