//! Prices: exact decimals, and how people read them.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::Timestamp;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// A price in its exchange's currency, with as many decimals as its source gave: `1.10` is not `1.1`. A string in JSON.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Price(#[serde(with = "rust_decimal::serde::str")] Decimal);

impl PartialEq for Price {
    fn eq(&self, other: &Self) -> bool {
        self.0.serialize() == other.0.serialize()
    }
}

impl Eq for Price {}

impl Hash for Price {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.serialize().hash(state);
    }
}

/// What a stock cost, and when that was so.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quote {
    /// The price of one share.
    pub price: Price,
    /// When the source said so.
    pub at: Timestamp,
}

/// Why a text is no price.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "{0:?} is not a price: write a decimal number above 0 and below 1000000000, with at most 6 decimals"
)]
pub struct PriceError(String);

const PRICE_LIMIT: i64 = 1_000_000_000;
const DECIMALS_MAX: u32 = 6;

/// How much of a text an error shows that cannot be read.
pub(super) const TEXT_CHARS_SHOWN: usize = 40;

impl FromStr for Price {
    type Err = PriceError;

    fn from_str(text: &str) -> Result<Self, PriceError> {
        let error = || PriceError(text.chars().take(TEXT_CHARS_SHOWN).collect());
        let plain = text.starts_with(|c: char| c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !plain {
            return Err(error());
        }
        let decimal = Decimal::from_str_exact(text).map_err(|_| error())?;
        let sound = decimal > Decimal::ZERO
            && decimal < Decimal::from(PRICE_LIMIT)
            && decimal.scale() <= DECIMALS_MAX;
        if sound {
            Ok(Self(decimal))
        } else {
            Err(error())
        }
    }
}

/// The digits as they came, without separators: `1574.80`.
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Price {
    /// As people read it: `1,574.80 GBX`, or without a currency where none is known.
    #[must_use]
    pub fn display(self, currency: Option<&str>) -> String {
        let digits = grouped(&self.0.to_string());
        match currency {
            Some(currency) => format!("{digits} {currency}"),
            None => digits,
        }
    }

    /// A price in pence as the pounds that people expect: `£15.75`. Halves of a penny are rounded up.
    #[must_use]
    pub fn pounds(self) -> String {
        let pounds = self.0 / Decimal::ONE_HUNDRED;
        let rounded = pounds.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        format!("£{}", grouped(&format!("{rounded:.2}")))
    }
}

/// Commas between the thousands of a decimal's whole part.
fn grouped(digits: &str) -> String {
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, display: &str, pounds: &str) {
        let price: Price = text.parse().unwrap();
        assert_eq!(price.to_string(), text);
        assert_eq!(price.display(Some("GBX")), display);
        assert_eq!(price.pounds(), pounds);
    }

    #[test]
    fn a_price_is_as_exact_as_its_source() {
        let price = |text: &str| text.parse::<Price>().unwrap();
        assert_eq!(price("1.10"), price("1.10"));
        assert_ne!(price("1.10"), price("1.1"));
    }

    #[test]
    fn digits_are_kept_and_grouped() {
        check("1574.80", "1,574.80 GBX", "£15.75");
        check("542.60", "542.60 GBX", "£5.43");
        check("16340.00", "16,340.00 GBX", "£163.40");
        check("4807", "4,807 GBX", "£48.07");
        check("0.5", "0.5 GBX", "£0.01");
        check(
            "999999999.999999",
            "999,999,999.999999 GBX",
            "£10,000,000.00",
        );
        check("123456789", "123,456,789 GBX", "£1,234,567.89");
    }

    #[test]
    fn what_is_no_price_is_refused() {
        for text in [
            "",
            "0",
            "0.00",
            "-1",
            "+1",
            "1e3",
            "1000000000",
            "1.1234567",
            "NaN",
            ".5",
            "5.",
            "1,5",
            "1.2.3",
            "9999999999999999999999999999999999999999",
        ] {
            assert!(text.parse::<Price>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn json_holds_a_string() {
        let price: Price = "190.350".parse().unwrap();
        assert_eq!(serde_json::to_string(&price).unwrap(), "\"190.350\"");
        assert_eq!(
            serde_json::from_str::<Price>("\"190.350\"")
                .unwrap()
                .to_string(),
            "190.350"
        );
    }
}
