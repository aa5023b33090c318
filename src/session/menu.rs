//! Menus: what is listed in a place, made once for all conversations that come there.

use std::fmt;
use std::hash::BuildHasher;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;
use lru::LruCache;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::bot::{Bot, Choice, Machine};
use crate::record::Offer;

/// How many menus are kept.
const MENUS_MAX: NonZeroUsize = NonZeroUsize::new(1_000).expect("more than none");

/// How many places are remembered as asked for.
const ASKED_MAX: usize = 1_024;

/// A bot's world, and the menus of the places that many conversations come to: the world never changes, so a
/// place's menu does not either.
pub struct Menus<B: Bot> {
    world: Arc<B::World>,
    hasher: RandomState,
    // A std Mutex: nothing waits while it is held.
    made: Mutex<Made<B>>,
}

/// Menus by the hashes of their places. A place is kept when it is asked for again: one whose data is hardly ever the
/// same would only drive out others.
struct Made<B: Bot> {
    kept: LruCache<u64, Kept<B>>,
    /// The hash of a place that was asked for, where the hash itself says.
    asked: Vec<u64>,
}

struct Kept<B: Bot> {
    bot: B,
    place: B::Place,
    menu: Arc<Menu<B::Input>>,
}

/// What is listed in a place.
#[derive(Debug)]
pub(super) struct Menu<I> {
    items: Vec<Item<I>>,
    /// All as clients see them: [`Offer`]s as JSON.
    json: Box<RawValue>,
}

#[derive(Debug)]
struct Item<I> {
    offer: Offer,
    input: I,
}

impl<B: Bot> Menus<B> {
    /// No menus yet.
    #[must_use]
    pub fn new(world: Arc<B::World>) -> Arc<Self> {
        Arc::new(Self {
            world,
            hasher: RandomState::default(),
            made: Mutex::new(Made {
                kept: LruCache::new(MENUS_MAX),
                asked: vec![0; ASKED_MAX],
            }),
        })
    }

    /// The world that they are of.
    #[must_use]
    pub fn world(&self) -> &B::World {
        &self.world
    }

    /// What is listed where `machine` is.
    pub(super) fn of(&self, machine: &Machine<B>) -> Arc<Menu<B::Input>> {
        let hash = self.hasher.hash_one((machine.bot(), machine.place()));
        if let Some(menu) = self.made().get(hash, machine) {
            return menu;
        }
        // Not under the lock: it is the bot's code.
        let menu = Arc::new(Menu::new(machine.listed(&self.world)));
        self.made().put(hash, machine, &menu);
        menu
    }

    fn made(&self) -> MutexGuard<'_, Made<B>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B: Bot> Made<B> {
    fn get(&mut self, hash: u64, machine: &Machine<B>) -> Option<Arc<Menu<B::Input>>> {
        let kept = self.kept.get(&hash)?;
        let is_same = kept.bot == *machine.bot() && kept.place == *machine.place();
        is_same.then(|| Arc::clone(&kept.menu))
    }

    fn put(&mut self, hash: u64, machine: &Machine<B>, menu: &Arc<Menu<B::Input>>) {
        let asked = &mut self.asked[hash as usize % ASKED_MAX];
        if std::mem::replace(asked, hash) == hash {
            let kept = Kept {
                bot: machine.bot().clone(),
                place: machine.place().clone(),
                menu: Arc::clone(menu),
            };
            self.kept.put(hash, kept);
        }
    }
}

impl<B: Bot> fmt::Debug for Menus<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Menus").finish_non_exhaustive()
    }
}

impl<I> Menu<I> {
    fn new(listed: Vec<Choice<'_, I>>) -> Self {
        let item = |choice: Choice<'_, I>| Item {
            offer: Offer {
                id: SmolStr::new(choice.id),
                label: choice.label.into_owned(),
            },
            input: choice.input,
        };
        let items: Vec<Item<I>> = listed.into_iter().map(item).collect();
        let offers: Vec<&Offer> = items.iter().map(|item| &item.offer).collect();
        let json = serde_json::value::to_raw_value(&offers).expect("offers are plain data");
        Self { items, json }
    }

    /// The label of what is chosen by `id`, and the input that it stands for.
    pub(super) fn chosen(&self, id: &str) -> Option<(&str, &I)> {
        let item = self.items.iter().find(|item| item.offer.id == id)?;
        Some((&item.offer.label, &item.input))
    }

    pub(super) fn offers(&self) -> Vec<Offer> {
        self.items.iter().map(|item| item.offer.clone()).collect()
    }

    pub(super) fn json(&self) -> &RawValue {
        &self.json
    }
}
