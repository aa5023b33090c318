//! One random move: what a user, an effect or the clock may do next.

use std::time::Duration;

use fastrand::Rng;

use super::conversation::Conversation;
use super::moves::Move;
use crate::bot::{Bot, Work};
use crate::graph::{Candidate, Way, candidates};

// How often each kind of move comes where it can come at all: by kind, so that a long list of options does not drown
// the rest.
const BUTTONS: usize = 4;
const TEXTS: usize = 3;
const NONSENSE: usize = 1;
const OUTCOMES: usize = 4;
const WAITS: usize = 2;
const SILENCE: usize = 1;
const PEOPLE: usize = 2;

const WORDS: [&str; 8] = [
    "banana",
    "?",
    " ",
    "the",
    "0",
    "99",
    "é 🫖 \u{202e}",
    "a\nb",
];

const LETTERS: [char; 13] = [
    'a', 'e', 't', 's', 'q', 'é', '7', ' ', '-', '\'', '"', '<', '茶',
];

/// The moves of each kind that can come next.
struct Moves<B: Bot> {
    buttons: Vec<Move<B>>,
    texts: Vec<Move<B>>,
    nonsense: Vec<Move<B>>,
    outcomes: Vec<Move<B>>,
    waits: Vec<Move<B>>,
    silence: Vec<Move<B>>,
    people: Vec<Move<B>>,
}

/// A random move out of what can happen now. There always is one: a text can always be said.
pub(super) fn random_move<B: Bot>(rng: &mut Rng, conversation: &Conversation<B>) -> Move<B> {
    let mut moves = Moves {
        buttons: Vec::new(),
        texts: Vec::new(),
        nonsense: vec![Move::Says(nonsense(rng))],
        outcomes: Vec::new(),
        waits: waits(conversation),
        silence: Vec::new(),
        people: Vec::new(),
    };
    for candidate in candidates(conversation.machine(), conversation.world()) {
        moves.add(rng, candidate, conversation);
    }
    for offer in conversation.options() {
        moves.texts.push(Move::Says(typed(rng, &offer.label)));
    }
    moves.pick(rng)
}

impl<B: Bot> Moves<B> {
    fn add(
        &mut self,
        rng: &mut Rng,
        candidate: Candidate<'_, B::Input>,
        conversation: &Conversation<B>,
    ) {
        match candidate.way {
            Way::Option { id, listed } => {
                self.texts.push(Move::Says(typed(rng, &id)));
                let button = listed.then(|| Move::Chooses(id.into_owned()));
                self.buttons.extend(button);
            }
            Way::Outcome(id) => {
                let pending = conversation.pending().iter().find(|work| work.id == id);
                if let Some(Work::Effect(effect)) = pending.map(|pending| &pending.work) {
                    self.outcomes.push(Move::Ends {
                        effect: effect.clone(),
                        input: candidate.input,
                    });
                }
            }
            Way::Person(change) => self.people.push(Move::Attended(change)),
            Way::Idle if !conversation.told_of_silence => self.silence.push(Move::IsSilent),
            // Timers ring in their order, when time passes; and nonsense is not of one kind only.
            Way::Timer(_) | Way::Text | Way::Idle => {}
        }
    }

    /// A kind by its weight, and one of that kind.
    fn pick(self, rng: &mut Rng) -> Move<B> {
        let mut kinds = vec![
            (BUTTONS, self.buttons),
            (TEXTS, self.texts),
            (NONSENSE, self.nonsense),
            (OUTCOMES, self.outcomes),
            (WAITS, self.waits),
            (SILENCE, self.silence),
            (PEOPLE, self.people),
        ];
        kinds.retain(|(_, moves)| !moves.is_empty());
        let sum: usize = kinds.iter().map(|(weight, _)| weight).sum();
        let mut at = rng.usize(..sum);
        let kind = kinds.into_iter().find(|(weight, _)| {
            let found = at < *weight;
            at = at.saturating_sub(*weight);
            found
        });
        let (_, mut moves) = kind.expect("a text can always be said");
        moves.swap_remove(rng.usize(..moves.len()))
    }
}

/// Until the next timer rings, and half as long.
fn waits<B: Bot>(conversation: &Conversation<B>) -> Vec<Move<B>> {
    let Some((due, _)) = conversation.next_timer() else {
        return Vec::new();
    };
    let left = due.duration_since(conversation.now());
    let left = Duration::try_from(left).unwrap_or_default();
    vec![Move::Waits(left), Move::Waits(left / 2)]
}

/// A name as people type it: mostly as it is, or in lower case, within a sentence, or with a letter missing.
fn typed(rng: &mut Rng, name: &str) -> String {
    match rng.u8(..6) {
        0 => name.to_lowercase(),
        1 => format!("the {name} please"),
        2 => {
            let lost = rng.usize(..name.chars().count().max(1));
            let left = name.chars().enumerate().filter(|(at, _)| *at != lost);
            left.map(|(_, letter)| letter).collect()
        }
        _ => name.to_owned(),
    }
}

fn nonsense(rng: &mut Rng) -> String {
    if rng.bool() {
        return WORDS[rng.usize(..WORDS.len())].to_owned();
    }
    let length = rng.usize(1..20);
    (0..length)
        .map(|_| LETTERS[rng.usize(..LETTERS.len())])
        .collect()
}
