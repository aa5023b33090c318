//! A bot of one option whose every function fails when it is told to.

use std::cell::Cell;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use statechat::bot::{Bot, Choice, NoEffect, Outbox};
use statechat::graph::{NODES_MAX, Report, Rule, check};
use statig::prelude::*;

/// What fails.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    IsFinal,
    Debug,
    Serialize,
    Unstorable,
    Lossy,
    Read,
    Options,
    Idle,
    Miss,
    Chance,
}

thread_local! {
    static FAULT: Cell<Fault> = const { Cell::new(Fault::None) };
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

fn has(fault: Fault) -> bool {
    FAULT.get() == fault
}

/// Data of a place.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct Drawer(u8);

impl fmt::Debug for Drawer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        assert!(!has(Fault::Debug), "no look into the drawer");
        write!(f, "Drawer({})", self.0)
    }
}

impl Serialize for Drawer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        assert!(!has(Fault::Serialize), "the drawer is stuck");
        match FAULT.get() {
            Fault::Unstorable => Err(serde::ser::Error::custom("the drawer is locked")),
            Fault::Lossy => serializer.serialize_u8(0),
            _ => serializer.serialize_u8(self.0),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nasty;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Input {
    Open,
    Shut,
    Turn(u8),
    Missed,
}

type Out<'w> = Outbox<'w, (), Input, NoEffect>;

#[state_machine(
    initial = "State::shut()",
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
impl Nasty {
    #[state(entry_action = "speak")]
    fn shut(event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        context.say("well");
        match event {
            Input::Open => Transition(State::open(Drawer(3))),
            _ => Handled,
        }
    }

    #[state(entry_action = "speak")]
    fn open(drawer: &Drawer, event: &Input, context: &mut Out<'_>) -> Outcome<State> {
        context.say(format!("it is {}", drawer.0));
        match event {
            Input::Shut => Transition(State::shut()),
            Input::Turn(2) if has(Fault::Chance) => {
                context.say(ASKED.replace(ASKED.get() + 1).to_string());
                Handled
            }
            Input::Turn(by) => {
                context.say(format!("it turns by {by}"));
                Handled
            }
            _ => Handled,
        }
    }

    #[action]
    fn speak(context: &mut Out<'_>) {
        context.say("well");
    }
}

impl Bot for Nasty {
    type World = ();
    type Input = Input;
    type Effect = NoEffect;
    type Place = State;

    const NAME: &'static str = "nasty";
    const TITLE: &'static str = "Nasty";

    fn new(_world: &()) -> Self {
        Self
    }

    fn options<'w>(&self, place: &State, _world: &'w ()) -> Vec<Choice<'w, Input>> {
        match place {
            State::Shut {} => vec![
                Choice::unlisted("unlock", "Unlock", Input::Open),
                Choice::listed("open", "Open", Input::Open),
            ],
            State::Open { .. } if has(Fault::Options) => {
                let asked = ASKED.replace(ASKED.get() + 1);
                vec![Choice::listed(format!("shut-{asked}"), "Shut", Input::Shut)]
            }
            State::Open { .. } => vec![
                Choice::listed("shut", "Shut", Input::Shut),
                Choice::listed("one", "Turn by one", Input::Turn(1)),
                Choice::listed("two", "Turn by two", Input::Turn(2)),
            ],
        }
    }

    fn miss(_candidates: &[&Choice<'_, Input>]) -> Input {
        assert!(!has(Fault::Miss), "one does not miss");
        Input::Missed
    }

    fn read(&self, place: &State, text: &str, world: &()) -> Input {
        let is_open = matches!(place, State::Open { .. });
        let first = match is_open && has(Fault::Read) {
            true => &text[..1],
            false => text,
        };
        match statechat::bot::find(first, &self.options(place, world)) {
            statechat::bot::Found::One(choice) => choice.input.clone(),
            _ => Self::miss(&[]),
        }
    }

    fn idle() -> Option<Input> {
        assert!(!has(Fault::Idle), "no rest");
        None
    }

    fn is_final(place: &State) -> bool {
        let is_open = matches!(place, State::Open { .. });
        assert!(!(is_open && has(Fault::IsFinal)), "who knows");
        false
    }
}

fn checked(fault: Fault) -> Report {
    FAULT.set(fault);
    let report = check::<Nasty>(NODES_MAX);
    FAULT.set(Fault::None);
    report
}

/// The first finding of what is caught by one rule.
#[track_caller]
fn caught(fault: Fault, rule: Rule, expected: &str) {
    let report = checked(fault);
    let mut findings = report.findings.iter();
    assert!(findings.all(|finding| finding.rule == rule), "{report}");
    let first = report.findings.first().map(ToString::to_string);
    let first = first.expect("it is caught");
    let shown = first.rsplit_once("  mend").map_or("", |(shown, _)| shown);
    assert_eq!(shown, expected, "{report}");
}

#[test]
fn without_a_fault_it_is_clean() {
    let report = checked(Fault::None);
    assert_eq!(report.findings, [], "{report}");
}

#[test]
fn each_function_that_panics_is_found_where_it_does() {
    let opens = "  1. chooses open → Open: \"well\\n\\nwell\"\n";
    for (fault, expected) in [
        (
            Fault::IsFinal,
            format!("error[panic] Open: what can be done here cannot be told: who knows\n{opens}"),
        ),
        (
            Fault::Idle,
            "error[panic] Shut: what can be done here cannot be told: no rest\n".to_owned(),
        ),
        (
            Fault::Miss,
            "error[panic] Shut: what can be done here cannot be told: one does not miss\n"
                .to_owned(),
        ),
        (
            Fault::Read,
            "error[panic] Open: reading the text \"é 🫖\" panics: ".to_owned(),
        ),
        (
            Fault::Debug,
            format!(
                "error[panic] Open: what can be done here cannot be told: no look into the drawer\n{opens}"
            ),
        ),
    ] {
        let report = checked(fault);
        let first = report.findings[0].to_string();
        assert!(first.starts_with(&expected), "{report}");
        let mut findings = report.findings.iter();
        assert!(findings.all(|found| found.rule == Rule::Panic), "{report}");
    }
}

#[test]
fn data_that_do_not_come_back_are_found() {
    let opens = "\n  1. chooses open → Open: \"well\\n\\nwell\"\n";
    for (fault, why) in [
        (
            Fault::Unstorable,
            "it cannot be stored: the drawer is locked",
        ),
        (
            Fault::Lossy,
            "it is not what it was once it has been stored as \
             {\"bot\":null,\"place\":{\"Open\":{\"drawer\":0}},\"pending\":[]}",
        ),
    ] {
        let expected = format!("error[lost-data] Open: {why}{opens}");
        caught(fault, Rule::LostData, &expected);
    }
    let report = checked(Fault::Serialize);
    assert!(
        report.to_string().contains("the drawer is stuck"),
        "{report}"
    );
}

#[test]
fn options_that_are_others_each_time() {
    let opens = "\n  1. chooses open → Open: \"well\\n\\nwell\"\n";
    let expected =
        format!("error[differing-runs] Open: asked twice, `options` offers something else{opens}");
    caught(Fault::Options, Rule::DifferingRuns, &expected);
}

#[test]
fn of_inputs_with_one_name_the_one_that_differs_is_shown() {
    let report = checked(Fault::Chance);
    let turns = &report.findings[0].conversation;
    let did: Vec<&str> = turns.iter().map(|turn| turn.did.as_str()).collect();
    assert_eq!(did, ["chooses open", "chooses two"], "{report}");
    assert_eq!(report.findings[0].rule, Rule::DifferingRuns, "{report}");
}
