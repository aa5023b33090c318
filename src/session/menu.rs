//! Menus: what is listed in a place, made once for all conversations that come there.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::bot::{Bot, Choice, Machine};
use crate::record::Offer;

/// How many menus are kept. A place whose data is hardly ever the same has a new one each time.
const MENUS_MAX: NonZeroUsize = NonZeroUsize::new(1_000).expect("more than none");

/// A bot's world, and the menus of its places as far as they have been asked for: the world never changes, so a
/// place's menu does not either.
pub struct Menus<B: Bot> {
    world: Arc<B::World>,
    // A std Mutex: nothing waits while it is held.
    made: Mutex<Made<B>>,
}

type Made<B> = LruCache<(B, <B as Bot>::Place), Arc<Menu<<B as Bot>::Input>>>;

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
            made: Mutex::new(LruCache::new(MENUS_MAX)),
        })
    }

    /// The world that they are of.
    #[must_use]
    pub fn world(&self) -> &B::World {
        &self.world
    }

    /// What is listed where `machine` is.
    pub(super) fn of(&self, machine: &Machine<B>) -> Arc<Menu<B::Input>> {
        let lock = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (machine.bot().clone(), machine.place().clone());
        if let Some(menu) = lock().get(&place) {
            return Arc::clone(menu);
        }
        // Not under the lock: it is the bot's code.
        let menu = Arc::new(Menu::new(machine.listed(&self.world)));
        lock().put(place, Arc::clone(&menu));
        menu
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
