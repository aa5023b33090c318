//! Permits: how much each who speaks in a conversation may say still, so that nobody silences the others.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::bucket::{Bucket, Rate};
use crate::record::UserId;

/// Of how many people a conversation remembers how much they have said.
const PEOPLE_MAX: usize = 64;

/// What a permit is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Saying {
    /// A message.
    Message,
    /// What is said beside messages: who types, who has read what, who is invited.
    Aside,
}

/// Two buckets for each.
#[derive(Default)]
pub(super) struct Permits(BTreeMap<UserId, [Bucket; 2]>);

impl Permits {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Takes a permit of `user`, or says how long to wait for one.
    pub(super) fn take(
        &mut self,
        user: &UserId,
        saying: Saying,
        rate: Rate,
        now: Instant,
    ) -> Result<(), Duration> {
        if self.0.len() >= PEOPLE_MAX && !self.0.contains_key(user) {
            // Who is forgotten starts with full ones.
            self.0.pop_first();
        }
        let full = || [Bucket::full(rate, now); 2];
        let buckets = self.0.entry(user.clone()).or_insert_with(full);
        buckets[saying as usize].take(rate, now)
    }
}
