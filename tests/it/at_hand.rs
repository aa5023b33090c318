//! Outcomes that are at hand: stored with the step that asked for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use statechat::bot::{Bot, Choice, Outbox, Source, WorkId};
use statechat::bots::stock::{Market, Quote};
use statechat::registry::{Bots, Live, Stepped};
use statechat::session::{Message, Said};
use statechat::sources::quotes::{FileQuotes, QuoteError, QuoteSource};
use statig::prelude::*;

use crate::faults::gated;
use crate::server::{Opened, Running, stock};

/// The bundled market's prices, and whether they are at hand.
struct Prices {
    hand: Hand,
    asked: Arc<AtomicUsize>,
}

#[derive(Clone, Copy)]
enum Hand {
    Full,
    Empty,
    Panics,
}

impl QuoteSource for Prices {
    async fn quote(&self, exchange: &str, stock: &str) -> Result<Quote, QuoteError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        file().quote(exchange, stock).await
    }

    fn at_hand(&self, exchange: &str, stock: &str) -> Option<Quote> {
        match self.hand {
            Hand::Full => file().at_hand(exchange, stock),
            Hand::Empty => None,
            Hand::Panics => panic!("the source panicked, as the test wants"),
        }
    }
}

fn file() -> FileQuotes {
    FileQuotes(Arc::new(Market::bundled()))
}

/// A server with such prices, how many records each append had, and how often the source was asked.
async fn asked_for_gsk(hand: Hand) -> (Opened, Running, Vec<usize>, usize) {
    let appends: Arc<std::sync::Mutex<Vec<usize>>> = Arc::default();
    let counted = Arc::clone(&appends);
    let log = gated(move |batch| {
        counted.lock().unwrap().push(batch.records.len());
        Box::pin(std::future::ready(Ok(())))
    });
    let asked = Arc::new(AtomicUsize::new(0));
    let prices = Prices {
        hand,
        asked: Arc::clone(&asked),
    };
    let server = Running::start_over(&[], stock(prices), log);
    let session = server.open().await;
    session.choose("LSE").await;
    session.choose("GSK").await;
    session
        .record(|record| record["data"]["price"] == "1574.80")
        .await;
    let appends = appends.lock().unwrap().clone();
    (session, server, appends, asked.load(Ordering::SeqCst))
}

/// Records without what differs from run to run.
async fn timeless(session: &Opened) -> Vec<Value> {
    let mut records = session.records().await;
    for record in &mut records {
        record["at"] = Value::Null;
        if let Some(at) = record.pointer_mut("/data/at") {
            *at = Value::Null;
        }
        if record["from"]["kind"] == "user" {
            record["from"]["id"] = json!("user");
        }
    }
    records
}

#[tokio::test]
async fn a_price_that_is_at_hand_is_stored_with_the_step_that_asks_for_it() {
    let (session, server, appends, asked) = asked_for_gsk(Hand::Full).await;
    assert_eq!((appends, asked), (vec![2, 3], 0));
    let (other, _other_server, appends, asked) = asked_for_gsk(Hand::Empty).await;
    assert_eq!((appends, asked), (vec![2, 2, 1], 1));
    assert_eq!(timeless(&session).await, timeless(&other).await);
    let metrics = server.get("/metrics").await.body;
    for line in [
        r#"statechat_steps_total{bot="stock",outcome="message"} 2"#,
        r#"statechat_steps_total{bot="stock",outcome="transition"} 1"#,
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
}

#[tokio::test]
async fn a_source_that_panics_when_it_is_asked_at_once_is_asked_again() {
    let (.., appends, asked) = asked_for_gsk(Hand::Panics).await;
    assert_eq!((appends, asked), (vec![2, 2, 1], 1));
}

/// A bot that asks for two things and a timer at once, and once it has the first, for it again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Greedy;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    Ask,
    Taste,
    Got,
    Late,
    NotUnderstood,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    Near,
    Far,
    Sour,
}

#[state_machine(
    initial = "State::calm()",
    state(derive(
        Clone,
        Debug,
        PartialEq,
        Eq,
        Hash,
        Serialize,
        Deserialize,
        strum::VariantNames
    )),
    superstate(derive(Debug))
)]
impl Greedy {
    #[state]
    fn calm(event: &Input, context: &mut Outbox<'_, (), Input, Effect>) -> Outcome<State> {
        match event {
            Input::Ask => Transition(State::asking()),
            Input::Taste => Transition(State::tasting()),
            _ => {
                context.say("what?");
                Handled
            }
        }
    }

    #[state(entry_action = "ask")]
    fn asking(event: &Input) -> Outcome<State> {
        match event {
            Input::Got => Transition(State::again()),
            _ => Handled,
        }
    }

    #[action]
    fn ask(context: &mut Outbox<'_, (), Input, Effect>) {
        context.start(Effect::Near);
        context.start(Effect::Far);
        context.after(Duration::from_secs(60), Input::Late);
    }

    #[state(entry_action = "taste")]
    fn tasting(event: &Input) -> Outcome<State> {
        match event {
            Input::Got => panic!("the handler panicked, as the test wants"),
            _ => Transition(State::calm()),
        }
    }

    #[action]
    fn taste(context: &mut Outbox<'_, (), Input, Effect>) {
        context.start(Effect::Sour);
    }

    #[state(entry_action = "ask_again")]
    fn again(event: &Input) -> Outcome<State> {
        match event {
            Input::Got => Transition(State::calm()),
            _ => Handled,
        }
    }

    #[action]
    fn ask_again(context: &mut Outbox<'_, (), Input, Effect>) {
        context.start(Effect::Near);
    }
}

impl Bot for Greedy {
    type World = ();
    type Input = Input;
    type Effect = Effect;
    type Place = State;

    const NAME: &'static str = "greedy";
    const TITLE: &'static str = "Greedy";

    fn new(_world: &()) -> Self {
        Self
    }

    fn options<'w>(&self, _place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        vec![
            Choice::listed("ask", "Ask", Input::Ask),
            Choice::listed("taste", "Taste", Input::Taste),
        ]
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        Input::NotUnderstood
    }

    fn outcomes(_effect: &Effect) -> Vec<Input> {
        vec![Input::Got, Input::Late]
    }
}

struct Near;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

impl Source<Greedy> for Near {
    async fn perform(&self, _effect: Effect, _key: WorkId) -> Input {
        Input::Got
    }

    fn at_hand(&self, effect: &Effect) -> Option<Input> {
        (*effect != Effect::Far).then_some(Input::Got)
    }
}

/// A conversation with it in which `option` was chosen, and what that asked for.
fn chosen(option: &str) -> (Box<dyn Live>, Stepped) {
    let bots = Bots::new().with_source::<Greedy>((), Near);
    let (mut live, _) = bots.get("greedy").unwrap().open(AT);
    let message = Message {
        user: "u1".parse().unwrap(),
        said: Said::Choose(option.to_owned()),
        client_id: None,
    };
    let stepped = live.say(message, AT).unwrap();
    (live, stepped)
}

#[test]
fn what_an_outcome_at_hand_cancels_is_never_begun_and_what_it_asks_for_is_not_at_hand() {
    let (mut live, mut stepped) = chosen("ask");
    assert_eq!(begun(&stepped), ["3.0", "3.1", "3.2"]);
    live.enter_at_hand(&mut stepped, AT);
    assert_eq!(stepped.records.len(), 3);
    assert_eq!(live.path(), ["Again"]);
    assert_eq!(begun(&stepped), ["4.0"]);
}

#[test]
fn a_handler_that_panics_over_an_outcome_at_hand_does_not_undo_the_step_that_asked() {
    let (mut live, mut stepped) = chosen("taste");
    live.enter_at_hand(&mut stepped, AT);
    assert_eq!((stepped.records.len(), live.head()), (2, 3));
    assert_eq!(live.path(), ["Tasting"]);
    assert_eq!(begun(&stepped), ["3.0"]);
}

/// The names of what is to be performed, and then of what is to be waited for.
fn begun(stepped: &Stepped) -> Vec<String> {
    let jobs = stepped.jobs.iter().map(|job| job.id.to_string());
    let alarms = stepped.alarms.iter().map(|alarm| alarm.id.to_string());
    jobs.chain(alarms).collect()
}
