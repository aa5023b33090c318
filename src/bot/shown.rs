//! What a bot shows beside its words: JSON, written once and not looked at again.

use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// Data of a reply as JSON. Equal to what holds the same, in whatever order.
#[derive(Clone, Debug)]
pub struct Shown(Box<RawValue>);

impl Shown {
    /// `data` as JSON.
    ///
    /// # Errors
    /// If it cannot be JSON.
    pub(super) fn new(data: &impl Serialize) -> serde_json::Result<Self> {
        to_raw_value(data).map(Self)
    }

    /// It as JSON.
    #[must_use]
    pub fn json(&self) -> &RawValue {
        &self.0
    }

    fn value(&self) -> Option<Value> {
        serde_json::from_str(self.0.get()).ok()
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        // A map that hashes its keys has them in another order each time.
        self.0.get() == other.0.get() || self.value() == other.value()
    }
}

impl Eq for Shown {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_keys_is_no_difference() {
        #[derive(Serialize)]
        struct Ab {
            a: u8,
            b: u8,
        }
        #[derive(Serialize)]
        struct Ba {
            b: u8,
            a: u8,
        }
        let ab = Shown::new(&Ab { a: 1, b: 2 }).unwrap();
        let ba = Shown::new(&Ba { b: 2, a: 1 }).unwrap();
        let other = Shown::new(&Ba { b: 1, a: 2 }).unwrap();
        assert_ne!(ab.json().get(), ba.json().get());
        assert_eq!(ab, ba);
        assert_ne!(ab, other);
    }
}
