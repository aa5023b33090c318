//! Why a file is no market, in one line that is not long, whatever the file holds.

use super::price::TEXT_CHARS_SHOWN;
use crate::bot::disturbs_a_line;

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

/// What serde says of a file's shape, on one line.
pub(super) fn shape_error(error: serde_json::Error) -> MarketError {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let place = format!(" at line {line} column {column}");
    let problem = text.strip_suffix(&place).unwrap_or(&text);
    MarketError::Shape {
        line,
        column,
        problem: shortened(problem).chars().map(escaped).collect(),
    }
}

/// What serde says, with as much of the file as an error shows.
fn shortened(problem: &str) -> String {
    let cut = || {
        let (found, expected) = problem.rsplit_once(", expected ")?;
        let start = found.find(['`', '"'])? + 1;
        let text = found.get(start..found.len() - 1)?;
        let (before, quote) = (&found[..start], &found[start - 1..start]);
        Some(format!(
            "{before}{}{quote}, expected {expected}",
            shown(text)
        ))
    };
    cut().unwrap_or_else(|| problem.to_owned())
}

/// As much of a text as an error shows.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(TEXT_CHARS_SHOWN).collect()
}

fn escaped(c: char) -> String {
    match disturbs_a_line(c) {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    }
}

/// What is wrong at a place of the file, and the mend.
pub(super) fn content(place: &str, problem: impl ToString) -> MarketError {
    MarketError::Content {
        place: place.to_owned(),
        problem: problem.to_string(),
    }
}
