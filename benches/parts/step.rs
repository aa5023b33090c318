//! A step of the machine: by the whole session, by the bare driver, and by statig's own.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use statechat::bot::{Machine, Moment, Outbox};
use statechat::bots::stock::{Input, Market, StockBot};
use statechat::record::UserId;
use statechat::session::{Message, Places, Session};
use statig::blocking::{IntoStateMachineExt, StateMachine};

use crate::table::{Ratio, Table};
use crate::talk::{CHOICES, message, quote};

const RATIOS: &[Ratio] = &[
    Ratio {
        header: "of the driver",
        of: "driver",
        figure: 0,
    },
    Ratio {
        header: "of statig",
        of: "statig",
        figure: 0,
    },
];

/// How long each is measured in a round.
const TIME: Duration = Duration::from_millis(500);

/// Steps of one walk through the flow.
const STEPS: u32 = 5;

/// Walks between two looks at the clock.
const WALKS: u32 = 100;

pub(crate) fn measure(rounds: usize) -> anyhow::Result<Table> {
    let mut table = Table::new("step", &["ns a step"], RATIOS);
    let market = Arc::new(Market::bundled());
    let (inputs, user) = (inputs()?, "user".parse()?);
    let at = Timestamp::now();
    for _ in 0..rounds {
        for with_row in [true, false] {
            let mut walk = Walk::new(&market, &user, at)?;
            let name = if with_row {
                "session, head row"
            } else {
                "session"
            };
            table.add("", name, vec![nanoseconds(|| walk.walk(with_row))?]);
        }
        let nanoseconds_driver = nanoseconds(driven(&market, &inputs, at))?;
        table.add("", "driver", vec![nanoseconds_driver]);
        let nanoseconds_statig = nanoseconds(by_statig(&market, &inputs))?;
        table.add("", "statig", vec![nanoseconds_statig]);
    }
    Ok(table)
}

/// Nanoseconds that each step of `walk` takes.
fn nanoseconds(mut walk: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let (begun, mut walks) = (Instant::now(), 0);
    while begun.elapsed() < TIME {
        for _ in 0..WALKS {
            walk()?;
        }
        walks += WALKS;
    }
    Ok(begun.elapsed().as_secs_f64() * 1e9 / f64::from(walks * STEPS))
}

fn inputs() -> anyhow::Result<[Input; STEPS as usize]> {
    Ok([
        Input::ChooseExchange {
            exchange: "LSE".into(),
        },
        Input::ChooseStock {
            exchange: "LSE".into(),
            stock: "GSK".into(),
        },
        Input::QuoteArrived { quote: quote()? },
        Input::GoBack,
        Input::MainMenu,
    ])
}

/// Whole steps, as the chat takes them: each tried on a clone, which then becomes the session.
struct Walk {
    session: Session<StockBot>,
    messages: [Message; 4],
    arrived: Input,
    at: Timestamp,
}

impl Walk {
    fn new(market: &Arc<Market>, user: &UserId, at: Timestamp) -> anyhow::Result<Self> {
        Ok(Self {
            session: Session::open(Places::new(Arc::clone(market)), at).0,
            messages: CHOICES.map(|option| message(user, option)),
            arrived: Input::QuoteArrived { quote: quote()? },
            at,
        })
    }

    fn walk(&mut self, with_row: bool) -> anyhow::Result<()> {
        for turn in 0..self.messages.len() {
            let message = self.messages[turn].clone();
            let mut clone = self.session.clone();
            let written = clone.say(message, self.at)?;
            self.took(clone, with_row);
            black_box(&written.records);
            for work in &written.started {
                let mut clone = self.session.clone();
                black_box(clone.finish(work.id, Some(self.arrived.clone()), self.at));
                self.took(clone, with_row);
            }
        }
        Ok(())
    }

    fn took(&mut self, clone: Session<StockBot>, with_row: bool) {
        if with_row {
            black_box(clone.state());
        }
        self.session = clone;
    }
}

fn driven(market: &Market, inputs: &[Input], at: Timestamp) -> impl FnMut() -> anyhow::Result<()> {
    let mut seq = 1;
    let (mut machine, _) = Machine::<StockBot>::start(market, Moment { seq, at });
    move || {
        for input in inputs {
            seq += 1;
            if let Some(id) = machine.pending().first().map(|work| work.id) {
                machine.settle(id);
            }
            black_box(machine.step(input, market, Moment { seq, at }));
        }
        Ok(())
    }
}

fn by_statig(market: &Market, inputs: &[Input]) -> impl FnMut() -> anyhow::Result<()> {
    let mut machine: StateMachine<StockBot> = StockBot::default().state_machine();
    machine.init_with_context(&mut Outbox::new(market));
    move || {
        for input in inputs {
            let mut outbox = Outbox::new(market);
            machine.handle_with_context(input, &mut outbox);
            black_box(outbox);
        }
        Ok(())
    }
}
