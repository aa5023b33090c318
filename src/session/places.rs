//! Places: what is known of a place (its path, what is listed, its JSON), worked out once for all conversations that come
//! there.

use std::fmt;
use std::hash::BuildHasher;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;
use lru::LruCache;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use smol_str::SmolStr;

use crate::bot::{Bot, Choice, Machine};
use crate::record::Offer;

/// How many places are kept.
const PLACES_MAX: NonZeroUsize = NonZeroUsize::new(1_000).expect("more than none");

/// How many places are remembered as asked for.
const ASKED_MAX: usize = 1_024;

/// A bot's world, and what is known of the places that many conversations come to: the world never changes, so neither
/// does that.
pub struct Places<B: Bot> {
    world: Arc<B::World>,
    hasher: RandomState,
    // A std Mutex: nothing waits while it is held.
    seen: Mutex<Seen<B>>,
}

/// What is known, by the hashes of places. A place is kept when it is asked for again: one whose data is hardly ever the
/// same would only drive out others.
struct Seen<B: Bot> {
    kept: LruCache<u64, Kept<B>>,
    /// The hash of a place that was asked for, where the hash itself says.
    asked: Vec<u64>,
}

struct Kept<B: Bot> {
    bot: B,
    place: B::Place,
    known: Arc<Known<B::Input>>,
}

/// What is known of a place.
#[derive(Debug)]
pub(super) struct Known<I> {
    /// The names of its levels, the outermost first.
    pub(super) path: Vec<SmolStr>,
    /// The machine that is there and waits for nothing, as JSON.
    machine: Arc<str>,
    listed: Vec<Item<I>>,
    /// All that is listed as clients see it: [`Offer`]s as JSON.
    offers: Box<RawValue>,
}

/// A [`Machine`] that waits for nothing, field by field; a test holds the two together.
#[derive(Serialize)]
struct AtRest<'a, B, P> {
    bot: &'a B,
    place: &'a P,
    pending: [(); 0],
}

/// Something that is listed.
#[derive(Debug)]
struct Item<I> {
    offer: Offer,
    input: I,
}

impl<B: Bot> Places<B> {
    /// No places yet.
    #[must_use]
    pub fn new(world: Arc<B::World>) -> Arc<Self> {
        Arc::new(Self {
            world,
            hasher: RandomState::default(),
            seen: Mutex::new(Seen {
                kept: LruCache::new(PLACES_MAX),
                asked: vec![0; ASKED_MAX],
            }),
        })
    }

    /// The world that they are of.
    #[must_use]
    pub fn world(&self) -> &B::World {
        &self.world
    }

    /// What is known of where `machine` is.
    pub(super) fn of(&self, machine: &Machine<B>) -> Arc<Known<B::Input>> {
        let hash = self.hasher.hash_one((machine.bot(), machine.place()));
        if let Some(known) = self.seen().get(hash, machine) {
            return known;
        }
        // Not under the lock: it is the bot's code.
        let known = Arc::new(Known::new(machine, &self.world));
        self.seen().put(hash, machine, &known);
        known
    }

    fn seen(&self) -> MutexGuard<'_, Seen<B>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B: Bot> Seen<B> {
    fn get(&mut self, hash: u64, machine: &Machine<B>) -> Option<Arc<Known<B::Input>>> {
        let kept = self.kept.get(&hash)?;
        let is_same = kept.bot == *machine.bot() && kept.place == *machine.place();
        is_same.then(|| Arc::clone(&kept.known))
    }

    fn put(&mut self, hash: u64, machine: &Machine<B>, known: &Arc<Known<B::Input>>) {
        let asked = &mut self.asked[hash as usize % ASKED_MAX];
        if std::mem::replace(asked, hash) == hash {
            let kept = Kept {
                bot: machine.bot().clone(),
                place: machine.place().clone(),
                known: Arc::clone(known),
            };
            self.kept.put(hash, kept);
        }
    }
}

impl<B: Bot> fmt::Debug for Places<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Places").finish_non_exhaustive()
    }
}

impl<I> Known<I> {
    fn new<B: Bot<Input = I>>(machine: &Machine<B>, world: &B::World) -> Self {
        let item = |choice: Choice<'_, I>| Item {
            offer: Offer {
                id: SmolStr::new(choice.id),
                label: choice.label.into_owned(),
            },
            input: choice.input,
        };
        let listed: Vec<Item<I>> = machine.listed(world).into_iter().map(item).collect();
        let offers: Vec<&Offer> = listed.iter().map(|item| &item.offer).collect();
        let at_rest = AtRest {
            bot: machine.bot(),
            place: machine.place(),
            pending: [],
        };
        Self {
            path: machine.path(),
            machine: to_json(&at_rest).into(),
            offers: to_raw_value(&offers).expect("offers are plain data"),
            listed,
        }
    }

    /// The label of what is chosen by `id`, and the input that it stands for.
    pub(super) fn chosen(&self, id: &str) -> Option<(&str, &I)> {
        let item = self.listed.iter().find(|item| item.offer.id == id)?;
        Some((&item.offer.label, &item.input))
    }

    pub(super) fn offers(&self) -> Vec<Offer> {
        self.listed.iter().map(|item| item.offer.clone()).collect()
    }

    pub(super) fn offers_json(&self) -> &RawValue {
        &self.offers
    }

    /// The machine that is there and waits for `pending`, as serde would write it.
    pub(super) fn machine_json(&self, pending: &[impl Serialize]) -> Arc<str> {
        if pending.is_empty() {
            return Arc::clone(&self.machine);
        }
        let up_to_pending = self.machine.strip_suffix("[]}");
        let up_to_pending = up_to_pending.expect("pending work comes last");
        [up_to_pending, &to_json(&pending), "}"].concat().into()
    }
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a machine is plain data")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::bots::stock::{Input, Market, Quote, StockBot};
    use crate::session::{Message, Said, Session};

    fn choice(id: &str) -> Message {
        Message {
            user: "u".parse().unwrap(),
            said: Said::Choose(id.to_owned()),
            client_id: None,
        }
    }

    /// Also where numbers are as large as each other: a place is known by what it is written as.
    #[test]
    fn a_price_is_written_with_the_decimals_that_it_came_with() {
        let places = Places::<StockBot>::new(Arc::new(Market::bundled()));
        let at = Timestamp::UNIX_EPOCH;
        for price in ["1.10", "1.10", "1.1", "1.1"] {
            let (mut session, _) = Session::open(Arc::clone(&places), at);
            session.say(choice("LSE"), at).unwrap();
            let asked = session.say(choice("GSK"), at).unwrap();
            let price = price.parse().unwrap();
            let quote = Quote { price, at };
            let arrived = Input::QuoteArrived { quote };
            session.finish(asked.started[0].id, Some(arrived), at);
            let state = serde_json::to_string(session.machine()).unwrap();
            assert!(state.contains(&format!("\"{price}\"")), "{state}");
            assert_eq!(*session.state(), *state);
        }
    }

    #[test]
    fn a_machine_is_written_as_serde_would() {
        let places = Places::<StockBot>::new(Arc::new(Market::bundled()));
        let check = |session: &Session<StockBot>, is_pending: bool| {
            let machine = session.machine();
            assert_eq!(machine.pending().is_empty(), !is_pending);
            let state = serde_json::to_string(machine).unwrap();
            assert_eq!(*session.state(), *state);
            // The same for one that does not know its place yet.
            let back = Session::<StockBot>::restore(Arc::clone(&places), 1, &state).unwrap();
            assert_eq!(*back.state(), *state);
        };
        let (mut session, _) = Session::open(Arc::clone(&places), Timestamp::UNIX_EPOCH);
        check(&session, false);
        for (id, is_pending) in [("LSE", false), ("GSK", true)] {
            session.say(choice(id), Timestamp::UNIX_EPOCH).unwrap();
            check(&session, is_pending);
            assert_eq!(session.known().path, session.machine().path());
        }
    }
}
