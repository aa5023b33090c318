//! A bot types as well: as long as its machine waits for an effect.

use statechat::bots::stock::Quote;
use statechat::log::{Log, MemoryLog};
use statechat::sources::quotes::{QuoteError, QuoteSource};

use super::*;
use crate::server::stock;

/// A source that never answers.
struct Silent;

impl QuoteSource for Silent {
    async fn quote(&self, _exchange: &str, _code: &str) -> Result<Quote, QuoteError> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_bot_types_while_it_waits_and_after_a_restart() {
    let log = Arc::new(MemoryLog::new(10));
    let open = || {
        let log: Arc<dyn Log> = Arc::clone(&log) as Arc<dyn Log>;
        Running::start_over(&["--effect-timeout", "60s"], stock(Silent), log)
    };
    let types = json!({ "from": { "kind": "bot", "id": "stock" }, "isTyping": true });
    let server = open();
    let ann = meeting(&server, "ann", &[]).await;
    ann.choose("LSE").await;
    let mut at_ann = listen(&ann).await;
    ann.choose("GSK").await;
    assert_eq!(heard(&mut at_ann, "typing").await, types);
    let mut late = listen(&ann).await;
    assert_eq!(heard(&mut late, "typing").await, types);
    ann.say("main menu").await;
    let over = heard(&mut at_ann, "typing").await;
    assert_eq!(over["isTyping"], false, "what was left is not waited for");
    ann.choose("LSE").await;
    ann.choose("GSK").await;
    server.stop().await;

    let server = open();
    let ann = Opened {
        address: server.address,
        ..ann
    };
    let mut at_ann = listen(&ann).await;
    assert_eq!(heard(&mut at_ann, "typing").await, types);
}
