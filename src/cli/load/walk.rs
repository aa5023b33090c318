//! A walk: what a user does next, drawn at random.

use fastrand::Rng;

use crate::record::Offer;
use crate::session::Said;

/// What a user does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Says something.
    Say(Said),
    /// Drops the stream, says something, and resumes.
    DropAndSay(Said),
    /// Sends the last message again: the same, or something else by the same name.
    Repeat { other: Option<Said> },
}

/// How often in 100 turns.
const REPEATS: u8 = 3;
const DROPS: u8 = 2;
/// How often in 100 messages.
const NAMED: u8 = 10;
const TALK: u8 = 4;
const NONSENSE: u8 = 4;

/// What people say wherever they are. What it means here, the machine knows.
const SAYINGS: [&str; 9] = [
    "help",
    "hello!",
    "thank you",
    "goodbye",
    "go back",
    "main menu",
    "the second one",
    "price of gsk please",
    "what is there?",
];

/// Pieces of which no sense is made: letters, marks, another script, what looks like markup or JSON.
const PIECES: [&str; 12] = [
    "qx", "zzyzx", "7", " ", "\n", "\"}", "\\", "<b>", "жук", "🦆", "\u{202e}", "data: ",
];
const PIECES_MAX: usize = 40;

pub(super) fn turn(rng: &mut Rng, offers: &[Offer]) -> Turn {
    let drawn = rng.u8(..100);
    if drawn < REPEATS {
        let other = rng.bool().then(|| Said::Text(nonsense(rng)));
        return Turn::Repeat { other };
    }
    let said = said(rng, offers);
    match drawn < REPEATS + DROPS {
        true => Turn::DropAndSay(said),
        false => Turn::Say(said),
    }
}

fn said(rng: &mut Rng, offers: &[Offer]) -> Said {
    let drawn = rng.u8(..100);
    if drawn < NONSENSE {
        return Said::Text(nonsense(rng));
    }
    let index = (!offers.is_empty()).then(|| rng.usize(..offers.len()));
    match index {
        Some(index) if drawn >= NONSENSE + TALK + NAMED => {
            Said::Choose(offers[index].id.to_string())
        }
        Some(index) if drawn >= NONSENSE + TALK => named(rng, index, &offers[index]),
        _ => talk(rng),
    }
}

fn talk(rng: &mut Rng) -> Said {
    Said::Text(SAYINGS[rng.usize(..SAYINGS.len())].to_owned())
}

/// A text that names an offer.
fn named(rng: &mut Rng, index: usize, offer: &Offer) -> Said {
    let text = match rng.u8(..4) {
        0 => offer.label.clone(),
        1 => offer.id.to_lowercase(),
        2 => (index + 1).to_string(),
        _ => format!("{}, please", offer.label),
    };
    Said::Text(text)
}

fn nonsense(rng: &mut Rng) -> String {
    let count = rng.usize(..PIECES_MAX);
    let pieces = (0..count).map(|_| PIECES[rng.usize(..PIECES.len())]);
    // Begins with a letter, so that it is never blank.
    std::iter::once("x").chain(pieces).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(seed: u64, offers: &[Offer]) -> Vec<Turn> {
        let mut rng = Rng::with_seed(seed);
        (0..2_000).map(|_| turn(&mut rng, offers)).collect()
    }

    #[test]
    fn a_seed_is_a_walk() {
        let offers = ["a", "b"].map(|id| Offer {
            id: id.into(),
            label: id.to_uppercase(),
        });
        let turns = walked(7, &offers);
        assert_eq!(turns, walked(7, &offers));
        assert_ne!(turns, walked(8, &offers));
        for wanted in [
            Turn::Say(Said::Choose("a".into())),
            Turn::Say(Said::Choose("b".into())),
            Turn::Say(Said::Text("2".into())),
            Turn::Say(Said::Text("goodbye".into())),
            Turn::DropAndSay(Said::Choose("a".into())),
            Turn::Repeat { other: None },
        ] {
            assert!(turns.contains(&wanted), "{wanted:?}");
        }
    }

    #[test]
    fn where_nothing_is_offered_people_talk() {
        let talks = |turn: &Turn| match turn {
            Turn::Say(said) | Turn::DropAndSay(said) => matches!(said, Said::Text(_)),
            Turn::Repeat { .. } => true,
        };
        assert!(walked(7, &[]).iter().all(talks));
    }
}
