//! The pictures of machines: of bots, of hostile names, and of machines that nobody made.

use std::fmt::Write as _;

use roxmltree::Document;
use statechat::bots::stock::StockBot;
use statechat::graph::{
    Change, Chart, ChartArrow, ChartNote, ChartState, Diagram, Edge, Format, Graph, Ids, View,
    draw, export,
};

use crate::dice::{Dice, seed};
use crate::drawn::{Picture, faults, shared};
use crate::hostile::hostile;
use crate::lamp::Lamp;
use crate::server::Running;

/// Everything that holds for each picture.
#[track_caller]
fn check(chart: &Chart) -> Picture {
    let svg = draw(chart);
    let picture = Picture::read(&svg, chart);
    let faults = faults(chart, &picture);
    assert!(faults.is_empty(), "{}:\n{}", chart.title, faults.join("\n"));
    picture
}

fn chart(graph: &Graph, view: View) -> Chart {
    Chart::of(&Diagram::new(graph, view))
}

#[test]
fn the_pictures_of_bots_hold_the_rules() {
    for graph in [Graph::of::<StockBot>(), Graph::of::<Lamp>(), hostile()] {
        for view in View::ALL {
            check(&chart(&graph, view));
        }
    }
}

/// Each rule, broken once.
#[test]
fn the_rules_are_seen_to_be_broken() {
    let chart = chart(&Graph::of::<StockBot>(), View::Shape);
    let index = |id: &str| {
        let states = chart.states.iter().position(|state| state.id == id);
        states
            .or_else(|| chart.arrows.iter().position(|arrow| arrow.id == id))
            .unwrap()
    };
    let [show, fetch] = ["state-ShowPrice", "state-FetchQuote"].map(index);
    let [quote, refresh] = [
        "transition-ChooseStock-FetchQuote",
        "transition-ShowPrice-FetchQuote",
    ]
    .map(index);
    let check = |rule: &str, break_it: &dyn Fn(&mut Picture)| {
        let mut picture = Picture::read(&draw(&chart), &chart);
        break_it(&mut picture);
        let faults = faults(&chart, &picture);
        assert!(
            faults.iter().any(|fault| fault.contains(rule)),
            "{rule}: {faults:?}"
        );
    };
    check("is not inside its parent", &|p| {
        p.boxes[show] = p.boxes[show].moved(-200.0)
    });
    check("lies on state", &|p| p.boxes[show] = p.boxes[fetch]);
    check("does not start at its state", &|p| {
        p.ways[refresh][0].1 += 5.0
    });
    check("does not end at its state", &|p| {
        p.ways[quote].last_mut().unwrap().1 += 5.0
    });
    check("is too short", &|p| {
        p.ways[quote] = vec![p.ways[quote][0]; 2]
    });
    check("is slanted", &|p| p.ways[quote][0].0 += 30.0);
    check("runs through state-", &|p| {
        p.ways[quote].push((p.boxes[show].left + 30.0, 5000.0))
    });
    check("runs through the text", &|p| {
        p.ways[quote].push((p.texts[0].left + 9.0, 0.0))
    });
    check("runs through a label", &|p| {
        p.ways[quote][0].0 = p.labels[quote].unwrap().left + 9.0
    });
    check("lies on a state", &|p| {
        p.labels[quote] = Some(p.boxes[fetch])
    });
    check("lies on the text", &|p| p.labels[quote] = Some(p.texts[0]));
    check("lies on another label", &|p| {
        p.labels[quote] = p.labels[refresh]
    });
    check("is far from", &|p| {
        p.labels[quote] = p.labels[quote].map(|label| label.moved(40.0))
    });
    let mut picture = Picture::read(&draw(&chart), &chart);
    picture.ways[quote] = picture.ways[refresh].clone();
    assert_eq!(shared(&picture), 1);
    check("is outside", &|p| p.view.bottom -= 40.0);
}

#[test]
fn the_stock_bots_picture_is_small_and_clear() {
    let chart = chart(&Graph::of::<StockBot>(), View::Shape);
    let picture = check(&chart);
    assert!(
        picture.view.right <= 830.0,
        "a README would make its text smaller"
    );
    assert!(picture.view.bottom <= 1200.0);
    assert_eq!(shared(&picture), 0);
}

#[test]
fn pictures_of_any_machine_hold_the_rules() {
    let mut dice = Dice::new(seed(7));
    let (mut lines, mut on_each_other) = (0, 0);
    for round in 0..12 {
        let mut chart = random(&mut dice);
        write!(chart.title, " {round}").unwrap();
        let picture = check(&chart);
        lines += chart.arrows.len();
        on_each_other += shared(&picture);
    }
    eprintln!("{on_each_other} of {lines} arrows run on another one for a while");
    assert!(on_each_other * 50 <= lines, "{on_each_other} of {lines}");
}

const WORDS: &[&str] = &[
    "Ask", "Wait", "Choose", "Payment", "Delivery", "Done", "Address", "Retry",
];

/// 40 states in up to four levels, and about 60 arrows among any two of them.
fn random(dice: &mut Dice) -> Chart {
    let mut ids = Ids::default();
    let mut depths: Vec<usize> = Vec::new();
    let mut states: Vec<ChartState> = Vec::new();
    for index in 0..40 {
        let parent = (index > 0 && !dice.one_in(5)).then(|| dice.below(index.min(14)));
        let parent = parent.filter(|&parent| depths[parent] < 3);
        depths.push(parent.map_or(0, |parent| depths[parent] + 1));
        let label = format!("{}{}{index}", dice.of(WORDS), dice.of(WORDS));
        states.push(ChartState {
            id: ids.state(&label),
            label,
            parent,
            is_initial: index == 20,
            is_final: dice.one_in(10),
            change: change(dice),
            ..ChartState::default()
        });
    }
    let mut arrows = Vec::new();
    for number in 0..60 {
        let (from, to) = (
            dice.below(40),
            if dice.one_in(12) {
                None
            } else {
                Some(dice.below(40))
            },
        );
        let to = to.unwrap_or(from);
        let label = |dice: &mut Dice| format!("{}{number}", dice.of(WORDS));
        let mut lines: Vec<String> = (0..dice.below(3)).map(|_| label(dice)).collect();
        if dice.one_in(3) {
            lines.push(format!("{}, {}", label(dice), label(dice)));
        }
        if dice.one_in(4) {
            let id = ids.transition(&states[from].id, &states[to].id);
            states[from].notes.push(ChartNote {
                id,
                lines: vec![label(dice)],
                change: change(dice),
                ..ChartNote::default()
            });
        }
        let id = ids.transition(&states[from].id, &states[to].id);
        arrows.push(ChartArrow {
            id,
            from,
            to,
            lines,
            change: change(dice),
            ..ChartArrow::default()
        });
    }
    Chart {
        title: "A machine that nobody made".to_owned(),
        notice: None,
        states,
        arrows,
    }
}

fn change(dice: &mut Dice) -> Option<Change> {
    *dice.of(&[
        None,
        None,
        None,
        Some(Change::Added),
        Some(Change::Removed),
        Some(Change::Changed),
    ])
}

/// For those who want to look at them.
#[test]
fn pictures_are_written_for_others_to_see() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("random.svg"), draw(&random(&mut Dice::new(7)))).unwrap();
}

#[test]
fn a_truncated_graph_says_so_in_its_picture() {
    let cut = Graph::explored::<StockBot>(5);
    let svg = export(&cut, Format::Svg, View::Shape);
    let document = Document::parse(&svg).unwrap();
    let mut texts = document
        .descendants()
        .filter(|node| node.tag_name().name() == "text");
    assert!(texts.any(|node| {
        node.text()
            .is_some_and(|text| text.starts_with("truncated"))
    }));
}

#[test]
fn ids_are_those_that_a_page_can_make_from_the_names() {
    let svg = export(&Graph::of::<StockBot>(), Format::Svg, View::Shape);
    let ids = [
        "state-Conversation",
        "state-ChooseExchange",
        "transition-ChooseStock-FetchQuote",
        "transition-Conversation-Ended",
        "transition-Conversation-ChooseExchange",
        "transition-FetchQuote-FetchQuote",
    ];
    for id in ids {
        assert!(svg.contains(&format!("<g id=\"{id}\"")), "{id}");
    }
    let mut ids = Ids::default();
    let keys = ["a b", "a_b", "日本", "x", "", "a-b"];
    let made = keys.map(|key| ids.state(key));
    assert_eq!(
        made,
        [
            "state-a_b",
            "state-a_b_2",
            "state-__",
            "state-x",
            "state-",
            "state-a_b_3"
        ]
    );
    assert_eq!(ids.transition(&made[0], &made[3]), "transition-a_b-x");
    assert_eq!(ids.transition(&made[0], &made[3]), "transition-a_b-x_2");
}

#[test]
fn a_picture_too_large_to_look_at_is_cut_and_says_so() {
    let mut graph = hostile();
    let (first, node) = (graph.nodes.len(), graph.nodes[0].clone());
    graph.nodes.extend((0..2000).map(|n| {
        let mut node = node.clone();
        node.levels[1].name = format!("S{n}").into();
        node
    }));
    let edge = graph.edges[0].clone();
    graph.edges.extend((0..6000).map(|n| {
        let (from, to) = (n % 2000, (n * 7 + n / 2000 * 31) % 250);
        let handled_by = Some(format!("S{from}").into());
        Edge {
            from: first + from,
            to: first + to,
            handled_by,
            ..edge.clone()
        }
    }));
    let chart = chart(&graph, View::Shape);
    assert!(chart.states.len() < 1000);
    let notice = chart.notice.clone().unwrap();
    assert!(
        notice.starts_with("200 of ") && notice.contains(" states and 300 of "),
        "{notice}"
    );
    check(&chart);
}

#[tokio::test]
async fn the_server_gives_the_picture_as_one() {
    let server = Running::start(&[]);
    let answered = server.get("/api/bots/stock/machine?format=svg").await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.headers["content-type"], "image/svg+xml");
    let policy = answered.headers["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(
        policy.contains("style-src 'unsafe-inline'"),
        "its colours are applied: {policy}"
    );
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox"),
        "{policy}"
    );
    assert_eq!(
        answered.body,
        export(&Graph::of::<StockBot>(), Format::Svg, View::Shape)
    );
    server.stop().await;
}

#[test]
fn the_same_chart_gives_the_same_picture() {
    let chart = random(&mut Dice::new(1));
    assert_eq!(draw(&chart), draw(&chart.clone()));
    assert!(draw(&Chart::default()).starts_with("<svg"));
}
