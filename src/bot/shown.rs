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
        let json = to_raw_value(data)?;
        // JSON that was put in as it is may have line ends between its parts, and a record stands on one line.
        if json.get().contains(['\r', '\n']) {
            let on_one_line = json.get().replace(['\r', '\n'], " ");
            return RawValue::from_string(on_one_line).map(Self);
        }
        Ok(Self(json))
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
        self.0.get() == other.0.get()
            || self
                .value()
                .is_some_and(|value| other.value() == Some(value))
    }
}

impl Eq for Shown {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_that_is_put_in_stands_on_one_line() {
        let pretty = "{\r\n  \"a\": [\n    \"\\n\"\n  ]\n}";
        let raw: &RawValue = serde_json::from_str(pretty).unwrap();
        let shown = Shown::new(&[raw]).unwrap();
        assert!(!shown.json().get().contains(['\r', '\n']));
        assert_eq!(shown.value(), Some(serde_json::json!([{ "a": ["\n"] }])));
    }

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
