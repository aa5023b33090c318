//! The market: exchanges and their stocks, in the order of their file.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use super::file;
use super::market_error::MarketError;
use super::price::Price;
use super::words;
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

const BUNDLED: &str = include_str!("../../../data/stock-data.json");
const SAMPLE: &str = include_str!("sample.json");

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
        let mut market = Self {
            exchanges: file::read(json)?,
        };
        market.name_phrases();
        Ok(market)
    }

    /// All exchanges, in the order of the data.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// How many exchanges and stocks there are.
    pub(super) fn len(&self) -> usize {
        let stocks = self.exchanges.iter().map(|exchange| exchange.stocks.len());
        self.exchanges.len() + stocks.sum::<usize>()
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
        let companies: HashSet<Vec<String>> = self
            .exchanges
            .iter()
            .flat_map(|exchange| exchange.stocks.iter().map(|stock| plain_words(&stock.name)))
            .collect();
        let mut starts = HashMap::new();
        for words in &companies {
            for count in 1..=words.len() {
                *starts.entry(words[..count].join(" ")).or_default() += 1;
            }
        }
        for exchange in &mut self.exchanges {
            let short = exchange.name.replace("Stock Exchange", "");
            exchange.phrases = vec![exchange.code.clone(), exchange.name.as_str().into()];
            if !short.trim().is_empty() {
                exchange.phrases.push(short.trim().into());
            }
            let usual = words::usual_names(&exchange.code).iter();
            exchange.phrases.extend(usual.map(|&name| name.into()));
            for stock in &mut exchange.stocks {
                stock.phrases = stock_phrases(stock, &starts);
                let notations = words::notations(&exchange.code, &stock.code);
                stock.phrases.extend(notations);
            }
        }
    }
}

impl Stock {
    /// What people call the company: `Croda` for `CRODA INTERNATIONAL PLC`. Its whole name, where it has nothing
    /// shorter that names it alone.
    #[must_use]
    pub fn said_name(&self) -> String {
        let is_start = |phrase: &&SmolStr| self.name.to_lowercase().starts_with(phrase.as_str());
        let starts = self.phrases.iter().filter(is_start);
        // In words and not in bytes: in small letters a name may be longer or shorter.
        let fewest = starts.map(|phrase| words_of(phrase).count()).min();
        let name = fewest.map(|count| {
            words_of(&self.name)
                .take(count)
                .collect::<Vec<_>>()
                .join(" ")
        });
        let Some(name) = name.filter(|name| name.chars().count() >= PHRASE_CHARS_MIN) else {
            return self.name.clone();
        };
        let shouted = !name.chars().any(char::is_lowercase);
        let words = name.split(' ').map(|word| match shouted {
            true => {
                let mut letters = word.chars();
                let first = letters.next().map(String::from).unwrap_or_default();
                first + &letters.as_str().to_lowercase()
            }
            false => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

impl World for Market {
    fn sample() -> Self {
        Self::parse(SAMPLE).expect("the sample market is sound")
    }
}

/// The code, the name, and the shorter forms of the name that people say: without the legal form, and its first
/// words as long as no other company of the market starts with them (`starts` counts those that do).
fn stock_phrases(stock: &Stock, starts: &HashMap<String, usize>) -> Vec<SmolStr> {
    let words = plain_words(&stock.name);
    let mut phrases = vec![stock.code.clone(), stock.name.as_str().into()];
    for count in (1..=words.len()).rev() {
        let phrase = words[..count].join(" ");
        let alone = starts.get(&phrase) == Some(&1);
        if alone && phrase.chars().count() >= PHRASE_CHARS_MIN {
            phrases.push(phrase.into());
        }
    }
    phrases
}

/// The words of a name as they stand in it.
fn words_of(name: &str) -> impl Iterator<Item = &str> {
    let words = name.split(|c: char| c.is_whitespace() || c == ',');
    let words = words.map(|word| word.trim_matches('.'));
    words.filter(|word| !word.is_empty())
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
    let mut words: Vec<String> = words_of(name).map(str::to_lowercase).collect();
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
        let phrases = ["TSLA", "Tesla, Inc.", "tesla"];
        assert_eq!(tesla.phrases[..3], phrases);
        assert!(tesla.phrases.contains(&"TSLA.O".into()));
        assert_eq!(
            ["CRDA", "GSK", "BDEV"].map(|code| market.stock("LSE", code).unwrap().said_name()),
            ["Croda", "GSK PLC", "Barratt"]
        );
        assert_eq!(tesla.said_name(), "Tesla");
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
    fn first_words_name_a_company_where_no_other_starts_with_them() {
        let stock = |code: &str, name: &str| {
            format!(r#"{{"code":"{code}","stockName":"{name}","price":1}}"#)
        };
        let stocks = [
            stock("BA", "Barclays Bank plc"),
            stock("BD", "Barclays Bank Deutschland AG"),
            stock("LC", "LendingClub Corp"),
        ];
        let market = format!(
            r#"[{{"code":"X","stockExchange":"X","topStocks":[{}]}}]"#,
            stocks.join(",")
        );
        let market = Market::parse(&market).unwrap();
        let phrases = |code| &market.stock("X", code).unwrap().phrases[..];
        assert_eq!(phrases("BA"), ["BA", "Barclays Bank plc", "BA.X"]);
        let deutschland = [
            "BD",
            "Barclays Bank Deutschland AG",
            "barclays bank deutschland",
            "BD.X",
        ];
        assert_eq!(phrases("BD"), deutschland);
        assert_eq!(
            phrases("LC"),
            ["LC", "LendingClub Corp", "lendingclub", "LC.X"]
        );
    }

    #[test]
    fn a_company_is_called_by_whole_words() {
        let said = |name: &str| {
            let market = format!(
                r#"[{{"code":"X","stockExchange":"X","topStocks":[{{"code":"A1","stockName":"{name}","price":1}}]}}]"#
            );
            let market = Market::parse(&market).unwrap();
            market.stock("X", "A1").unwrap().said_name()
        };
        for (name, called) in [
            ("İŞBANK HOLDING", "İşbank"),
            ("ÇİMSA AŞ", "Çi\u{307}msa"),
            ("Tesla, Inc.", "Tesla"),
            ("STRAẞE AG", "Straße"),
            ("Nestlé S.A.", "Nestlé"),
        ] {
            assert_eq!(said(name), called, "{name}");
        }
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
}
