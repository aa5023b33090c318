//! What holds whatever is said: nothing panics, records are dense, and a session can be put away and brought back
//! at any point without a difference.

use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;
use statechat::bot::Bot;
use statechat::bots::stock::{Market, StockBot};
use statechat::record::{Kind, Public};
use statechat::session::{Message, Places, Said, Session};

/// One thing that happens to a session.
#[derive(Clone, Debug)]
enum Happening {
    Text(String),
    /// The listed option of this number, counted round.
    Option(usize),
    /// The oldest pending effect ends in this of its outcomes, counted round.
    Outcome(usize),
    Idle,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        2 => any::<String>().prop_map(Happening::Text),
        2 => "(price of |and )?(tesla|gsk|lse|nyse|back|help|menu|bye|again|[0-9]|[a-z]{1,5})( please)?"
            .prop_map(Happening::Text),
        4 => any::<usize>().prop_map(Happening::Option),
        4 => any::<usize>().prop_map(Happening::Outcome),
        1 => Just(Happening::Idle),
    ]
}

type Stock = Session<StockBot>;

/// Lets it happen; the public parts of what was written, if it can happen now.
fn happen(session: &mut Stock, happening: &Happening, at: Timestamp) -> Vec<(Kind, Public)> {
    let said = |said| Message {
        user: "u1".parse().unwrap(),
        said,
        client_id: None,
    };
    let written = match happening {
        Happening::Text(text) => session.say(said(Said::Text(text.clone())), at).ok(),
        Happening::Option(number) => {
            let offers = session.offers();
            let offer = offers.get(number % offers.len().max(1));
            offer.and_then(|offer| {
                session
                    .say(said(Said::Choose(offer.id.to_string())), at)
                    .ok()
            })
        }
        Happening::Outcome(number) => {
            let pending = session.machine().pending().first().cloned();
            pending.and_then(|pending| {
                let statechat::bot::Work::Effect(effect) = pending.work else {
                    return None;
                };
                let mut outcomes = StockBot::outcomes(&effect);
                let outcome = outcomes.swap_remove(number % outcomes.len());
                session.finish(pending.id, Some(outcome), at)
            })
        }
        Happening::Idle => session.idle(at),
    };
    let records = written.map(|written| written.records).unwrap_or_default();
    let public = |record: &statechat::record::Record| serde_json::from_str(&record.public).unwrap();
    records
        .iter()
        .map(|record| (record.kind, public(record)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_happens_the_session_can_be_put_away_and_brought_back(
        happenings in prop::collection::vec(happening(), 1..40)
    ) {
        let places = Places::new(Arc::new(Market::bundled()));
        let at = Timestamp::UNIX_EPOCH;
        let (mut session, _) = Stock::open(Arc::clone(&places), at);
        let mut seq = 1;
        for happening in &happenings {
            let mut restored =
                Stock::restore(Arc::clone(&places), session.head(), &session.state()).unwrap();
            let written = happen(&mut session, happening, at);
            prop_assert_eq!(&happen(&mut restored, happening, at), &written);
            prop_assert_eq!(restored.state(), session.state());
            for (kind, public) in written {
                seq += 1;
                prop_assert_eq!(public.seq, seq);
                prop_assert_eq!(kind == Kind::Message, public.text.is_some());
                let waits = public.pending.as_ref().is_some_and(|pending| !pending.is_empty());
                prop_assert!(public.text.is_some() || waits, "a step that says nothing waits");
            }
            prop_assert_eq!(session.head(), seq);
        }
    }
}
