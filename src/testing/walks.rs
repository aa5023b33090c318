//! Random walks: conversations nobody thought of, a property that must hold at every step of each, and the shortest
//! conversation in which it does not.

use std::fmt;
use std::sync::Arc;

use fastrand::Rng;

use super::conversation::{Conversation, start_time};
use super::moves::{Move, as_code};
use super::quiet::catch;
use super::random::random_move;
use super::shrink::shrink;
use crate::bot::{Bot, World};
use crate::session::Places;

/// How many walks there are where nobody says otherwise.
const COUNT: u64 = 100;

/// How many steps each has.
const STEPS: usize = 30;

/// Random walks through conversations with `B`: 100 of 30 steps each from seed 1, until told otherwise. The same seed
/// gives the same walks.
#[must_use]
pub fn walks<B: Bot>() -> Walks<B> {
    Walks {
        places: None,
        seed: 1,
        count: COUNT,
        steps: STEPS,
    }
}

/// Random walks, as [`walks`] makes them.
#[derive(Debug)]
pub struct Walks<B: Bot> {
    places: Option<Arc<Places<B>>>,
    seed: u64,
    count: u64,
    steps: usize,
}

/// A walk in which the property does not hold, as short as leaving out moves makes it.
///
/// Its `Display` form tells what failed, the conversation as a transcript and as code, and the seed.
#[derive(Debug)]
pub struct Failure<B: Bot> {
    /// The seed that gives this walk as the first.
    pub seed: u64,
    /// What the property said, or what somebody panicked with.
    pub reason: String,
    /// The moves that are needed.
    pub moves: Vec<Move<B>>,
    /// How many moves the walk had before it was shrunk.
    pub walked: usize,
    /// The conversation that they are; without the last move, if that panics.
    pub conversation: Conversation<B>,
    in_sample_world: bool,
}

/// A walk's end.
struct Fall<B: Bot> {
    reason: String,
    moves: Vec<Move<B>>,
    conversation: Conversation<B>,
}

impl<B: Bot> Walks<B> {
    /// Walks in this world rather than in the bot's sample world.
    #[must_use]
    pub fn in_world(mut self, world: impl Into<Arc<B::World>>) -> Self {
        self.places = Some(Places::new(world.into()));
        self
    }

    /// The first walk's seed; each further walk has the next one.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many walks.
    #[must_use]
    pub fn count(mut self, count: u64) -> Self {
        self.count = count;
        self
    }

    /// How many steps each.
    #[must_use]
    pub fn steps(mut self, steps: usize) -> Self {
        self.steps = steps;
        self
    }

    /// Walks, and holds every conversation against `property` at its start and after each step.
    ///
    /// # Panics
    /// If the property fails or panics, or a handler does: with a [`Failure`].
    #[track_caller]
    pub fn check(self, property: impl FnMut(&Conversation<B>) -> Result<(), String>) {
        if let Some(failure) = self.find(property) {
            panic!("{failure}");
        }
    }

    /// As [`Walks::check`], but gives the failure back.
    #[must_use]
    pub fn find(
        self,
        mut property: impl FnMut(&Conversation<B>) -> Result<(), String>,
    ) -> Option<Failure<B>> {
        let in_sample_world = self.places.is_none();
        let places = self
            .places
            .unwrap_or_else(|| Places::new(Arc::new(B::World::sample())));
        (0..self.count).find_map(|walk| {
            let seed = self.seed.wrapping_add(walk);
            let mut rng = Rng::with_seed(seed);
            let mut left = self.steps;
            let fall = run(&places, &mut property, |conversation| {
                left = left.checked_sub(1)?;
                Some(random_move(&mut rng, conversation))
            })?;
            let failure = shortest(&places, &mut property, fall, seed);
            Some(Failure {
                in_sample_world,
                ..failure
            })
        })
    }
}

fn shortest<B: Bot>(
    places: &Arc<Places<B>>,
    property: &mut impl FnMut(&Conversation<B>) -> Result<(), String>,
    fall: Fall<B>,
    seed: u64,
) -> Failure<B> {
    let walked = fall.moves.len();
    let mut last = fall;
    shrink(last.moves.clone(), |moves| {
        let mut moves = moves.iter().cloned();
        let fall = run(places, property, |_| moves.next())?;
        last = fall;
        Some(last.moves.clone())
    });
    Failure {
        seed,
        reason: last.reason,
        moves: last.moves,
        walked,
        conversation: last.conversation,
        in_sample_world: true,
    }
}

/// Plays what `next` says, skipping what cannot happen, until there is no more or the property fails.
fn run<B: Bot>(
    places: &Arc<Places<B>>,
    property: &mut impl FnMut(&Conversation<B>) -> Result<(), String>,
    mut next: impl FnMut(&Conversation<B>) -> Option<Move<B>>,
) -> Option<Fall<B>> {
    let mut conversation = Conversation::with_places(Arc::clone(places), start_time());
    let mut moves = Vec::new();
    let mut checked = hold(property, &conversation);
    loop {
        if let Err(reason) = checked {
            return Some(Fall {
                reason,
                moves,
                conversation,
            });
        }
        let step = next(&conversation)?;
        match catch(|| conversation.play(&step)) {
            Ok(Err(_)) => {}
            Ok(Ok(())) => {
                moves.push(step);
                checked = hold(property, &conversation);
            }
            Err(panic) => {
                checked = Err(format!("{step} panics: {panic}"));
                moves.push(step);
            }
        }
    }
}

fn hold<B: Bot>(
    property: &mut impl FnMut(&Conversation<B>) -> Result<(), String>,
    conversation: &Conversation<B>,
) -> Result<(), String> {
    catch(|| property(conversation)).unwrap_or_else(Err)
}

impl<B: Bot> fmt::Display for Failure<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (needed, walked, seed) = (self.moves.len(), self.walked, self.seed);
        let start = match self.in_sample_world {
            true => "new()",
            false => "in_world(world)",
        };
        let code = as_code(&self.moves, start);
        writeln!(f, "{}\n", self.reason)?;
        writeln!(
            f,
            "The shortest such conversation, {needed} of {walked} moves:\n"
        )?;
        writeln!(f, "{}", self.conversation)?;
        writeln!(f, "As a test:\n\n{code}\n")?;
        write!(f, "Again: .seed({seed}).count(1)")
    }
}
