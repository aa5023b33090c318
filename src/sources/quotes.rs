//! Quotes for the stock bot.

use std::sync::Arc;

use jiff::Timestamp;

use crate::bot::{Source, WorkId};
use crate::bots::stock::{Effect, Input, Market, Quote, StockBot};

/// Where quotes come from.
pub trait QuoteSource: Send + Sync + 'static {
    /// The present price of `stock` on `exchange`.
    fn quote(
        &self,
        exchange: &str,
        stock: &str,
    ) -> impl Future<Output = Result<Quote, QuoteError>> + Send;

    /// The same, if it is [at hand](Source::at_hand).
    fn at_hand(&self, _exchange: &str, _stock: &str) -> Option<Quote> {
        None
    }
}

/// Why there is no quote.
#[derive(Debug, thiserror::Error)]
pub enum QuoteError {
    /// The source knows no such stock.
    #[error("{exchange} has no stock {stock}")]
    Unknown {
        /// The exchange's code.
        exchange: String,
        /// The stock's code.
        stock: String,
    },
    /// The source cannot say now.
    #[error("the quote cannot be had now: {0}")]
    Unavailable(String),
}

/// Performs the stock bot's effects with the quotes of `Q`.
#[derive(Clone, Debug)]
pub struct Quotes<Q>(pub Q);

impl<Q: QuoteSource> Source<StockBot> for Quotes<Q> {
    async fn perform(&self, effect: Effect, key: WorkId) -> Input {
        let Effect::FetchQuote { exchange, stock } = effect;
        match self.0.quote(&exchange, &stock).await {
            Ok(quote) => Input::QuoteArrived { quote },
            Err(error) => {
                tracing::warn!(%exchange, %stock, effect = %key, %error, "no quote");
                Input::QuoteFailed
            }
        }
    }

    fn at_hand(&self, effect: &Effect) -> Option<Input> {
        let Effect::FetchQuote { exchange, stock } = effect;
        let quote = self.0.at_hand(exchange, stock)?;
        Some(Input::QuoteArrived { quote })
    }
}

/// The prices of the market's own file.
#[derive(Clone, Debug)]
pub struct FileQuotes(pub Arc<Market>);

impl QuoteSource for FileQuotes {
    async fn quote(&self, exchange: &str, stock: &str) -> Result<Quote, QuoteError> {
        let quote = self.at_hand(exchange, stock);
        quote.ok_or_else(|| QuoteError::Unknown {
            exchange: exchange.to_owned(),
            stock: stock.to_owned(),
        })
    }

    fn at_hand(&self, exchange: &str, stock: &str) -> Option<Quote> {
        let listed = self.0.stock(exchange, stock)?;
        Some(Quote {
            price: listed.price,
            at: Timestamp::now(),
        })
    }
}
