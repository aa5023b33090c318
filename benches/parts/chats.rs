//! A chat to measure, without a server around it and without any limit that a measurement would run into.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use statechat::Bots;
use statechat::bots::stock::{Market, StockBot};
use statechat::chat::{Chat, ChatLimits, Log, Rate};
use statechat::hub::{HubLimits, Listener};
use statechat::identity::Identity;
use statechat::metrics::Metrics;
use statechat::record::HeadRow;
use statechat::sources::quotes::{FileQuotes, Quotes};

const HOUR: Duration = Duration::from_secs(3_600);

/// The stock bot alone.
pub(crate) fn bots() -> Bots {
    let market = Market::bundled();
    let quotes = Quotes(FileQuotes(Arc::new(market.clone())));
    Bots::new().with_source::<StockBot>(market, quotes)
}

pub(crate) fn over(log: Arc<dyn Log>) -> Arc<Chat> {
    let limits = ChatLimits {
        rate: Rate {
            size: 0,
            period: Duration::from_secs(1),
        },
        sessions_max: 1_000_000,
        session_records_max: u64::MAX,
        text_chars_max: 2_000,
        effect_timeout: HOUR,
        idle_timeout: HOUR,
        keep: None,
        participants_max: 32,
        handoff_timeout: std::time::Duration::from_secs(300),
        presence_grace: std::time::Duration::from_secs(10),
        heartbeat: HOUR,
        streams: HubLimits {
            streams_max: usize::MAX,
            streams_per_session: usize::MAX,
        },
    };
    Chat::new(bots(), log, limits, Arc::new(Metrics::new()))
}

/// The stream of a session's owner.
pub(crate) fn listener(row: &HeadRow) -> Listener {
    let identity = Identity::new(row.owner.clone(), Timestamp::UNIX_EPOCH, Timestamp::MAX);
    Listener::of(row.session.clone(), "s", Arc::new(identity))
}
