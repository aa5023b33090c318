//! The stock bot: choose an exchange, choose a stock, see its price.

mod file;
// The enums that statig generates are public and carry no docs.
#[allow(missing_docs)]
mod machine;
mod market;
mod market_error;
mod object;
mod price;
mod replies;
#[cfg(test)]
mod tests;
mod words;

pub use machine::{Effect, Input, State as Place, StockBot};
pub use market::{Code, Exchange, Market, Stock};
pub use market_error::MarketError;
pub use price::{Price, Quote};
