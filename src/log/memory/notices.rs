//! Kept notifications in memory, and who got them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use lru::LruCache;
use smol_str::SmolStr;

use crate::record::{Kept, UserId};

/// How many notifications are kept. Past that the one that was kept first is forgotten.
const NOTICES_MAX: usize = 10_000;

/// By their ids, in the order in which they came.
pub(super) struct Notices(LruCache<SmolStr, Notice>);

struct Notice {
    kept: Kept,
    got_by: BTreeSet<UserId>,
}

impl Notices {
    pub(super) fn new() -> Self {
        Self(LruCache::unbounded())
    }

    pub(super) fn keep(&mut self, kept: Kept) -> bool {
        if self.0.contains(&kept.id) {
            return false;
        }
        let got_by = BTreeSet::new();
        self.0.push(kept.id.clone(), Notice { kept, got_by });
        if self.0.len() > NOTICES_MAX {
            self.0.pop_lru();
        }
        true
    }

    pub(super) fn kept(&self, now: Timestamp, limit: usize) -> Vec<(Kept, Vec<UserId>)> {
        let notices = self.0.iter().map(|(_, notice)| notice);
        let mut notices: Vec<&Notice> = notices.filter(|notice| notice.kept.until > now).collect();
        notices.sort_by_key(|notice| (notice.kept.at, &notice.kept.id));
        let notices = notices.into_iter().take(limit);
        let got = |notice: &Notice| notice.got_by.iter().cloned().collect();
        notices
            .map(|notice| (notice.kept.clone(), got(notice)))
            .collect()
    }

    pub(super) fn delivered(&mut self, id: &str, user: &UserId) -> bool {
        // Not `get`, which would bring it to the front: to be got does not make it newer.
        let notice = self.0.peek_mut(id);
        notice.is_some_and(|notice| notice.got_by.insert(user.clone()))
    }

    pub(super) fn forget(&mut self, now: Timestamp) {
        let notices = self.0.iter().map(|(id, notice)| (id, &notice.kept));
        let past = notices.filter(|(_, kept)| kept.until <= now);
        let past: Vec<SmolStr> = past.map(|(id, _)| id.clone()).collect();
        for id in past {
            self.0.pop(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_its_limit_what_was_kept_first_is_forgotten() {
        let mut notices = Notices::new();
        let kept = |n: usize| Kept {
            id: n.to_string().into(),
            to: "{}".into(),
            event: "{}".into(),
            at: Timestamp::UNIX_EPOCH,
            until: Timestamp::MAX,
        };
        for n in 0..NOTICES_MAX {
            assert!(notices.keep(kept(n)));
        }
        // To be got, or sent once more, keeps it no longer.
        let user = "u1".parse().unwrap();
        assert!(notices.delivered("0", &user));
        assert!(!notices.keep(kept(0)));
        assert!(notices.keep(kept(NOTICES_MAX)));
        assert_eq!(notices.0.len(), NOTICES_MAX);
        assert!(!notices.delivered("0", &user), "it is not kept any more");
        assert!(notices.delivered("1", &user));
    }
}
