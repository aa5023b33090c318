//! The file of a market: read as JSON, and checked whole before anything is served.

use std::collections::HashSet;

use iso_currency::Currency;
use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::market::{Code, Exchange, Stock};
use super::words::RESERVED_IDS;

/// Why a file is no market, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum MarketError {
    /// Not the JSON of a market.
    #[error(
        "line {line}, column {column}: {problem}; write an array of {{code, stockExchange, currency, topStocks: [{{code, stockName, price}}]}}"
    )]
    Shape {
        /// The line at which reading stopped, from 1.
        line: usize,
        /// The column at which reading stopped, from 1.
        column: usize,
        /// What was wrong there.
        problem: String,
    },
    /// The JSON of a market that cannot be.
    #[error("{place}: {problem}")]
    Content {
        /// The path of the bad value: `[0].topStocks[2].price`.
        place: String,
        /// What is wrong, and the mend.
        problem: String,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExchangeData {
    code: String,
    stock_exchange: String,
    currency: Option<String>,
    top_stocks: Vec<StockData>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StockData {
    code: String,
    stock_name: String,
    price: Box<RawValue>,
}

const CODE_CHARS_MAX: usize = 16;
const NAME_CHARS_MAX: usize = 100;

/// The exchanges that `json` holds.
pub(super) fn read(json: &str) -> Result<Vec<Exchange>, MarketError> {
    let json = json.trim_start_matches('\u{feff}');
    let data: Vec<ExchangeData> = serde_json::from_str(json).map_err(shape_error)?;
    if data.is_empty() {
        return Err(content(
            "the array",
            "it is empty; give at least one exchange",
        ));
    }
    let mut codes = HashSet::new();
    let mut exchanges = Vec::with_capacity(data.len());
    for (index, exchange) in data.into_iter().enumerate() {
        exchanges.push(checked_exchange(
            &format!("[{index}]"),
            exchange,
            &mut codes,
        )?);
    }
    Ok(exchanges)
}

fn checked_exchange(
    place: &str,
    data: ExchangeData,
    codes: &mut HashSet<String>,
) -> Result<Exchange, MarketError> {
    let code = checked_code(
        &format!("{place}.code"),
        &data.code,
        codes,
        "exchange of the file",
    )?;
    let name = checked_name(&format!("{place}.stockExchange"), data.stock_exchange)?;
    let currency = data
        .currency
        .map(|currency| checked_currency(&format!("{place}.currency"), currency))
        .transpose()?;
    if data.top_stocks.is_empty() {
        return Err(content(
            &format!("{place}.topStocks"),
            "it is empty; give at least one stock, or leave the exchange out",
        ));
    }
    let mut stock_codes = HashSet::new();
    let mut stocks = Vec::with_capacity(data.top_stocks.len());
    for (index, stock) in data.top_stocks.into_iter().enumerate() {
        let place = format!("{place}.topStocks[{index}]");
        stocks.push(checked_stock(&place, stock, &mut stock_codes)?);
    }
    Ok(Exchange {
        code,
        name,
        currency,
        stocks,
        phrases: Vec::new(),
    })
}

fn checked_stock(
    place: &str,
    data: StockData,
    codes: &mut HashSet<String>,
) -> Result<Stock, MarketError> {
    let raw = data.price.get();
    let price = raw
        .strip_prefix('"')
        .and_then(|raw| raw.strip_suffix('"'))
        .unwrap_or(raw)
        .parse()
        .map_err(|error| content(&format!("{place}.price"), error))?;
    Ok(Stock {
        code: checked_code(
            &format!("{place}.code"),
            &data.code,
            codes,
            "stock of an exchange",
        )?,
        name: checked_name(&format!("{place}.stockName"), data.stock_name)?,
        price,
        phrases: Vec::new(),
    })
}

fn checked_code(
    place: &str,
    code: &str,
    taken: &mut HashSet<String>,
    whose: &str,
) -> Result<Code, MarketError> {
    let sound = code.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '^')
        && code.len() <= CODE_CHARS_MAX
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "^._:=-".contains(c));
    if !sound {
        let problem = format!(
            "{code:?} is not a code; write 1 to {CODE_CHARS_MAX} letters, digits or any of . _ : = - ^"
        );
        return Err(content(place, problem));
    }
    if RESERVED_IDS.contains(&code.to_lowercase().as_str()) {
        return Err(content(
            place,
            format!("{code:?} is a word the bot needs itself; use another code"),
        ));
    }
    if !taken.insert(code.to_lowercase()) {
        let problem =
            format!("{code:?} stands here for a second time; give each {whose} its own code");
        return Err(content(place, problem));
    }
    Ok(code.into())
}

fn checked_name(place: &str, name: String) -> Result<String, MarketError> {
    let sound = !name.trim().is_empty()
        && name.chars().count() <= NAME_CHARS_MAX
        && !name.chars().any(char::is_control);
    if sound {
        return Ok(name);
    }
    let problem = format!("not a name; write 1 to {NAME_CHARS_MAX} characters on one line");
    Err(content(place, problem))
}

fn checked_currency(place: &str, currency: String) -> Result<SmolStr, MarketError> {
    if currency == "GBX" || Currency::from_code(&currency).is_some() {
        return Ok(currency.into());
    }
    let problem = format!(
        "{currency:?} is not a currency; write an ISO 4217 code such as USD, or GBX for pence"
    );
    Err(content(place, problem))
}

fn shape_error(error: serde_json::Error) -> MarketError {
    let text = error.to_string();
    let problem = text.split(" at line ").next().unwrap_or(&text);
    MarketError::Shape {
        line: error.line(),
        column: error.column(),
        problem: problem.to_owned(),
    }
}

fn content(place: &str, problem: impl ToString) -> MarketError {
    MarketError::Content {
        place: place.to_owned(),
        problem: problem.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, error: &str) {
        let found = read(json).unwrap_err().to_string();
        assert!(found.starts_with(error), "{found}");
        assert!(!found.contains('\n'), "{found}");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let with = |exchange: &str| format!("[{exchange}]");
        let lse = |rest: &str| {
            with(&format!(
                r#"{{"code":"LSE","stockExchange":"London",{rest}}}"#
            ))
        };
        let stock = |code: &str, price: &str| {
            format!(r#"{{"code":"{code}","stockName":"Name","price":{price}}}"#)
        };
        let stocks = |list: &str| lse(&format!(r#""topStocks":[{list}]"#));

        check("nonsense", "line 1, column 2: expected ident");
        check(
            "{}",
            "line 1, column 0: invalid type: map, expected a sequence",
        );
        check("[]", "the array: it is empty");
        check(
            &with(r#"{"code":"LSE"}"#),
            "line 1, column 15: missing field `stockExchange`",
        );
        check(&stocks(""), "[0].topStocks: it is empty");
        check(
            &stocks(&stock("A B", "1")),
            "[0].topStocks[0].code: \"A B\" is not a code",
        );
        check(
            &stocks(&stock("Help", "1")),
            "[0].topStocks[0].code: \"Help\" is a word the bot needs",
        );
        check(
            &stocks(&format!("{},{}", stock("GSK", "1"), stock("gsk", "2"))),
            "[0].topStocks[1].code: \"gsk\" stands here for a second time",
        );
        for price in [
            "-1",
            "0",
            "1e9",
            "1000000000",
            "true",
            "null",
            "\"x\"",
            "[1]",
        ] {
            check(&stocks(&stock("GSK", price)), "[0].topStocks[0].price: ");
        }
        let currency = format!(r#""currency":"XYZ","topStocks":[{}]"#, stock("GSK", "1"));
        check(&lse(&currency), "[0].currency: \"XYZ\" is not a currency");
    }
}
