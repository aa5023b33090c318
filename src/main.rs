//! The statechat program: the stock bot, with the whole command line.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use statechat::bots::stock::{Market, StockBot};
use statechat::config::Data;
use statechat::hub::presence::Presence;
use statechat::registry::Bots;
use statechat::sources::quotes::{FileQuotes, Quotes};

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    statechat::main_with(|data: &Data| {
        let market = market(data)?;
        let quotes = Quotes(FileQuotes(Arc::new(market.clone())));
        let bots = Bots::new().with_source::<StockBot>(market, quotes);
        Ok(bots.drawn::<Presence>())
    })
}

fn market(data: &Data) -> anyhow::Result<Market> {
    let Some(path) = &data.data else {
        return Ok(Market::bundled());
    };
    let json = std::fs::read_to_string(path).with_context(|| {
        format!(
            "cannot read the market {}; name a JSON file with --data",
            path.display()
        )
    })?;
    Market::parse(&json).with_context(|| format!("cannot use the market {}", path.display()))
}
