//! `statechat check`: each broken bot is caught by its rule and by no other; good ones are clean.

mod house;
mod nasty;
mod reach;
mod runs;
mod talk;

use std::collections::BTreeSet;

use statechat::bot::{Bot, World};
use statechat::bots::stock::StockBot;
use statechat::graph::{NODES_MAX, Report, Rule, Severity, check, check_in};

use self::house::{House, Plan};
use crate::house::House as Noisy;
use crate::lamp::Lamp;

/// Nodes that are enough for every house but those that grow.
const ENOUGH: usize = 500;

fn checked(change: impl FnOnce(&mut Plan)) -> Report {
    let mut plan = Plan::sample();
    change(&mut plan);
    check_in::<House>(&plan, ENOUGH)
}

/// A house with one fault is caught by one rule, which shows the conversation that is expected.
#[track_caller]
fn caught(rule: Rule, expected: &str, change: impl FnOnce(&mut Plan)) {
    let report = checked(change);
    let rules: BTreeSet<_> = report.findings.iter().map(|f| f.rule.name()).collect();
    assert_eq!(rules, BTreeSet::from([rule.name()]), "{report}");
    let finding = &report.findings[0];
    let conversation = finding.conversation.iter().map(|turn| turn.did.as_str());
    let found = format!(
        "{} {}: {} ({})",
        finding.state.as_deref().unwrap_or("-"),
        finding.input.as_deref().unwrap_or("-"),
        finding.message,
        conversation.collect::<Vec<_>>().join(", "),
    );
    assert_eq!(found, expected, "{report}");
}

/// A house that may look broken, but is not.
#[track_caller]
fn sound(change: impl FnOnce(&mut Plan)) {
    let report = checked(change);
    assert_eq!(report.findings, [], "{report}");
}

#[track_caller]
fn clean<B: Bot>(expected: &str) {
    assert_eq!(check::<B>(NODES_MAX).to_string(), expected);
}

#[test]
fn good_bots_are_clean() {
    clean::<House>("house: 0 errors, 0 warnings; 6 states, 8 transitions, 5 nodes, 18 steps tried");
    let stock = check::<StockBot>(NODES_MAX);
    assert_eq!(stock.findings, [], "{stock}");
}

#[test]
fn bots_made_to_be_odd_are_caught() {
    insta::assert_snapshot!("lamp", check::<Lamp>(NODES_MAX));
    let noisy = check::<Noisy>(100);
    assert!(
        noisy
            .findings
            .iter()
            .any(|finding| finding.rule == Rule::Truncated),
        "{noisy}"
    );
}

#[test]
fn a_report_says_what_where_and_how_to_mend_it() {
    let report = checked(|plan| {
        plan.away = |_, _, out| house::say(out, "nobody hears you");
        plan.options = |place| match place {
            house::State::Away {} => vec![],
            place => (Plan::sample().options)(place),
        };
    });
    insta::assert_snapshot!("dead-end", report);
    insta::assert_json_snapshot!("dead-end.json", report);
    assert_eq!(report.count(Severity::Error), 1);
    let names: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(names.len(), Rule::ALL.len());
}
