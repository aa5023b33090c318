//! The stock bot: choose an exchange, choose a stock, see its price.

// The enums that statig generates are public and carry no docs.
#[allow(missing_docs)]
mod machine;
mod market;
mod price;
mod replies;

pub use machine::{Effect, Input, State as Place, StockBot};
pub use market::{Code, Exchange, Market, MarketError, Stock};
pub use price::{Price, Quote};
