//! The file of a market: read as JSON, and checked whole before anything is served.

use std::collections::HashSet;

use iso_currency::Currency;
use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::market::{Code, Exchange, Stock};
use super::market_error::{MarketError, content, shape_error, shown};
use super::object::Object;
use super::words::RESERVED_IDS;
use crate::bot::{disturbs_a_line, is_visible};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExchangeData {
    code: String,
    stock_exchange: String,
    currency: Option<String>,
    top_stocks: Vec<Object<StockData>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
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
    let data: Vec<Object<ExchangeData>> = serde_json::from_str(json).map_err(shape_error)?;
    if data.is_empty() {
        return Err(content(
            "the array",
            "it is empty; give at least one exchange",
        ));
    }
    let mut taken = Taken::default();
    let mut exchanges = Vec::with_capacity(data.len());
    for (index, Object(exchange)) in data.into_iter().enumerate() {
        exchanges.push(checked_exchange(
            &format!("[{index}]"),
            exchange,
            &mut taken,
        )?);
    }
    Ok(exchanges)
}

/// The codes and names that are given already, as they are compared.
#[derive(Default)]
struct Taken {
    codes: HashSet<String>,
    names: HashSet<String>,
}

fn checked_exchange(
    place: &str,
    data: ExchangeData,
    taken: &mut Taken,
) -> Result<Exchange, MarketError> {
    let code = checked_code(
        &format!("{place}.code"),
        &data.code,
        &mut taken.codes,
        "exchange of the file",
    )?;
    let name = checked_name(
        &format!("{place}.stockExchange"),
        data.stock_exchange,
        &mut taken.names,
        "exchange of the file",
    )?;
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
    let mut taken = Taken::default();
    let mut stocks = Vec::with_capacity(data.top_stocks.len());
    for (index, Object(stock)) in data.top_stocks.into_iter().enumerate() {
        let place = format!("{place}.topStocks[{index}]");
        stocks.push(checked_stock(&place, stock, &mut taken)?);
    }
    Ok(Exchange {
        code,
        name,
        currency,
        stocks,
        phrases: Vec::new(),
    })
}

fn checked_stock(place: &str, data: StockData, taken: &mut Taken) -> Result<Stock, MarketError> {
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
            &mut taken.codes,
            "stock of an exchange",
        )?,
        name: checked_name(
            &format!("{place}.stockName"),
            data.stock_name,
            &mut taken.names,
            "stock of an exchange",
        )?,
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
        let shown = shown(code);
        let problem = format!(
            "{shown:?} is not a code; write 1 to {CODE_CHARS_MAX} letters, digits or any of . _ : = - ^"
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

fn checked_name(
    place: &str,
    name: String,
    taken: &mut HashSet<String>,
    whose: &str,
) -> Result<String, MarketError> {
    let sound = name.chars().any(is_visible)
        && name.chars().count() <= NAME_CHARS_MAX
        && !name.chars().any(disturbs_a_line);
    if !sound {
        let shown = shown(&name);
        let problem = format!(
            "{shown:?} is not a name; write 1 to {NAME_CHARS_MAX} characters on one line, without control or direction characters"
        );
        return Err(content(place, problem));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    if !taken.insert(words.join(" ").to_lowercase()) {
        let problem =
            format!("{name:?} stands here for a second time; give each {whose} its own name");
        return Err(content(place, problem));
    }
    Ok(name)
}

fn checked_currency(place: &str, currency: String) -> Result<SmolStr, MarketError> {
    let money = |currency: Currency| !currency.is_special() && !currency.is_fund();
    if currency == "GBX" || Currency::from_code(&currency).is_some_and(money) {
        return Ok(currency.into());
    }
    let shown = shown(&currency);
    let problem = format!(
        "{shown:?} is not a currency; write an ISO 4217 code such as USD, or GBX for pence"
    );
    Err(content(place, problem))
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

    fn with(exchange: &str) -> String {
        format!(r#"[{{"code":"LSE","stockExchange":"London",{exchange}}}]"#)
    }

    fn stock(code: &str, name: &str) -> String {
        format!(r#"{{"code":"{code}","stockName":"{name}","price":1}}"#)
    }

    #[test]
    fn a_misspelt_field_is_not_passed_over() {
        let stock = stock("GSK", "GSK");
        check(
            &with(&format!(r#""currencyy":"GBX","topStocks":[{stock}]"#)),
            "line 1, column 51: unknown field `currencyy`, expected one of `code`, ",
        );
        let stock = stock.replace("price", "prize");
        check(
            &with(&format!(r#""topStocks":[{stock}]"#)),
            "line 1, column 92: unknown field `prize`, expected one of `code`, ",
        );
    }

    #[test]
    fn a_list_is_not_taken_for_an_exchange_or_a_stock() {
        check(
            r#"[["LSE","London",null,[{"code":"A","stockName":"A","price":1}]]]"#,
            "line 1, column 1: invalid type: sequence, expected an object",
        );
        check(
            &with(r#""topStocks":[["GSK","GSK",1]]"#),
            "line 1, column 53: invalid type: sequence, expected an object",
        );
    }

    #[test]
    fn what_is_wrong_is_said_on_one_line_that_is_not_long() {
        #[track_caller]
        fn short(json: &str, error: &str) {
            check(json, error);
            let found = read(json).unwrap_err().to_string();
            assert!(found.chars().count() < 400, "{found}");
            assert!(!found.contains(disturbs_a_line), "{found}");
        }
        let long = "x".repeat(100_000);
        short(
            &with(r#""a\nb\u001b\u202e at line 7 column 7":1"#),
            "line 1, column 77: unknown field `a\\nb\\u{1b}\\u{202e} at line 7 column 7`, expected one of `code`, ",
        );
        short(
            &with(&format!(r#""{long}":1"#)),
            &format!(
                "line 1, column 100042: unknown field `{}`, expected one of `code`, ",
                &long[..40]
            ),
        );
        short(
            &with(&format!(r#""topStocks":"{long}""#)),
            "line 1, column 100054: invalid type: string \"xxxxxxxx",
        );
        short(
            &with(&format!(r#""topStocks":[{}]"#, stock(&long, "A"))),
            "[0].topStocks[0].code: \"xxx",
        );
        short(
            &with(&format!(r#""topStocks":[{}]"#, stock("A", &long))),
            "[0].topStocks[0].stockName: \"xxx",
        );
        let currency = format!(r#""currency":"{long}","topStocks":[{}]"#, stock("A", "A"));
        short(&with(&currency), "[0].currency: \"xxx");
    }

    #[test]
    fn codes_that_are_no_money_are_no_currencies() {
        let currency = |code: &str| {
            let stock = stock("GSK", "GSK");
            with(&format!(r#""currency":"{code}","topStocks":[{stock}]"#))
        };
        for code in [
            "XXX", "XTS", "XAU", "XDR", "XUA", "XBA", "XSU", "USN", "CLF", "usd",
        ] {
            check(&currency(code), &format!("[0].currency: {code:?} is not"));
        }
        for code in ["GBX", "USD", "XOF", "XAF", "XCD", "XPF"] {
            assert!(read(&currency(code)).is_ok(), "{code}");
        }
    }

    #[test]
    fn names_can_be_read_and_told_apart() {
        let named = |names: &[&str]| {
            let stocks = names.iter().zip('A'..);
            let stocks: Vec<_> = stocks
                .map(|(name, c)| stock(&c.to_string(), name))
                .collect();
            with(&format!(r#""topStocks":[{}]"#, stocks.join(",")))
        };
        for name in [
            "",
            " ",
            "\u{200b}\u{200f}",
            "\u{3164}",
            "A\u{202e}B",
            "\u{2066}A",
            "A\u{2028}B",
            "A\u{85}B",
            &"x".repeat(101),
        ] {
            check(&named(&[name]), "[0].topStocks[0].stockName: ");
        }
        assert!(read(&named(&["\u{200f}\u{5d0}", "☕", "Nestlé S.A."])).is_ok());
        check(
            &named(&["GSK PLC", "gsk  plc"]),
            "[0].topStocks[1].stockName: \"gsk  plc\" stands here for a second time",
        );
        let one = named(&["GSK"]);
        let other = one.replace("LSE", "LS2").replace("London", "LONDON");
        let both = format!("{},{}", &one[..one.len() - 1], &other[1..]);
        check(
            &both,
            "[1].stockExchange: \"LONDON\" stands here for a second time",
        );
    }
}
