//! The market: exchanges and their stocks, read from a JSON file and checked whole before anything is served.

use std::collections::HashSet;

use iso_currency::Currency;
use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::price::Price;
use crate::bot::World;

/// The code of an exchange or a stock, as it stands in the data: `LSE`, `GSK`.
pub type Code = SmolStr;

/// All exchanges, in the order of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Market {
    exchanges: Vec<Exchange>,
}

/// A stock exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Unique in the market, whatever its case.
    pub code: Code,
    /// Its full name.
    pub name: String,
    /// An ISO 4217 code or `GBX` (pence); unknown in older data.
    pub currency: Option<SmolStr>,
    /// Its stocks, in the order of the data. Never empty.
    pub stocks: Vec<Stock>,
    /// Words by which people name it inside a longer text.
    pub phrases: Vec<SmolStr>,
}

/// A stock as it is traded on one exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Unique on its exchange, whatever its case.
    pub code: Code,
    /// The company's name.
    pub name: String,
    /// The price that the data gives.
    pub price: Price,
    /// Words by which people name it inside a longer text.
    pub phrases: Vec<SmolStr>,
}

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

/// Ids of options that no code may take.
pub(super) const RESERVED_IDS: &[&str] = &[
    "main-menu",
    "go-back",
    "refresh",
    "try-again",
    "help",
    "goodbye",
];

const BUNDLED: &str = include_str!("../../../data/stock-data.json");
const SAMPLE: &str = include_str!("sample.json");

const CODE_CHARS_MAX: usize = 16;
const NAME_CHARS_MAX: usize = 100;
/// Shorter first words of a name are too common to find a stock by.
const PHRASE_CHARS_MIN: usize = 4;

impl Market {
    /// The market that comes with the program.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[must_use]
    pub fn bundled() -> Self {
        Self::parse(BUNDLED).expect("the bundled market is sound")
    }

    /// Reads a market.
    ///
    /// # Errors
    /// The first thing that is wrong with it; nothing is repaired or left out.
    pub fn parse(json: &str) -> Result<Self, MarketError> {
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
        let mut market = Self { exchanges };
        market.name_phrases();
        Ok(market)
    }

    /// All exchanges, in the order of the data.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// The exchange with this code.
    #[must_use]
    pub fn exchange(&self, code: &str) -> Option<&Exchange> {
        self.exchanges.iter().find(|exchange| exchange.code == code)
    }

    /// The stock with this code on this exchange.
    #[must_use]
    pub fn stock(&self, exchange: &str, code: &str) -> Option<&Stock> {
        let stocks = &self.exchange(exchange)?.stocks;
        stocks.iter().find(|stock| stock.code == code)
    }

    /// Finds for every exchange and stock the words that name it and no other.
    fn name_phrases(&mut self) {
        let names: Vec<Vec<String>> = self
            .exchanges
            .iter()
            .flat_map(|exchange| exchange.stocks.iter().map(|stock| plain_words(&stock.name)))
            .collect();
        for exchange in &mut self.exchanges {
            let short = exchange.name.replace("Stock Exchange", "");
            exchange.phrases = vec![exchange.code.clone(), exchange.name.as_str().into()];
            if !short.trim().is_empty() {
                exchange.phrases.push(short.trim().into());
            }
            for stock in &mut exchange.stocks {
                stock.phrases = stock_phrases(stock, &names);
            }
        }
    }
}

impl World for Market {
    fn sample() -> Self {
        Self::parse(SAMPLE).expect("the sample market is sound")
    }
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

/// The code, the name, and the shorter forms of the name that people say: without the legal form, and its first
/// words as long as no other company of the market starts with them.
fn stock_phrases(stock: &Stock, names: &[Vec<String>]) -> Vec<SmolStr> {
    let words = plain_words(&stock.name);
    let mut phrases = vec![stock.code.clone(), stock.name.as_str().into()];
    for count in (1..=words.len()).rev() {
        let start = &words[..count];
        let phrase = start.join(" ");
        let alone = names
            .iter()
            .all(|other| *other == words || !other.starts_with(start));
        if alone && phrase.chars().count() >= PHRASE_CHARS_MIN {
            phrases.push(phrase.into());
        }
    }
    phrases
}

/// The words of a company's name without the legal form at its end.
fn plain_words(name: &str) -> Vec<String> {
    const LEGAL_FORMS: &[&str] = &[
        "plc",
        "inc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "holding",
        "holdings",
        "group",
        "trust",
        "sa",
        "se",
        "nv",
        "ag",
        "llc",
        "lp",
    ];
    let mut words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1
        && words
            .last()
            .is_some_and(|word| LEGAL_FORMS.contains(&word.as_str()))
    {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_market_is_read_with_its_digits() {
        let market = Market::bundled();
        let codes: Vec<_> = market.exchanges().iter().map(|e| e.code.as_str()).collect();
        assert_eq!(codes, ["LSE", "NYSE", "NASDAQ"]);
        let gsk = market.stock("LSE", "GSK").unwrap();
        assert_eq!(
            (gsk.name.as_str(), gsk.price.to_string().as_str()),
            ("GSK PLC", "1574.80")
        );
        let tesla = market.stock("NASDAQ", "TSLA").unwrap();
        assert_eq!(tesla.phrases, ["TSLA", "Tesla, Inc.", "tesla"]);
        assert_eq!(
            market
                .exchanges()
                .iter()
                .map(|e| e.stocks.len())
                .sum::<usize>(),
            15
        );
    }

    #[test]
    fn a_missing_currency_is_an_older_file() {
        let market = Market::parse(
            r#"[{"code":"X","stockExchange":"X","topStocks":[{"code":"A","stockName":"A","price":"1.10"}]}]"#,
        );
        let market = market.unwrap();
        assert_eq!(market.exchanges()[0].currency, None);
        assert_eq!(market.exchanges()[0].stocks[0].price.to_string(), "1.10");
    }

    #[track_caller]
    fn check(json: &str, error: &str) {
        let found = Market::parse(json).unwrap_err().to_string();
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
