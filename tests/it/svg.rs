//! The pictures of machines: read back from the SVG that was written, nothing lies where it must not.

use std::collections::HashSet;
use std::fmt::Write as _;

use roxmltree::{Document, Node};
use statechat::bots::stock::StockBot;
use statechat::graph::{
    Change, Chart, ChartArrow, ChartNote, ChartState, Diagram, Edge, Format, Graph, Ids, View,
    draw, export,
};

use crate::dice::{Dice, seed};
use crate::hostile::hostile;
use crate::lamp::Lamp;
use crate::server::Running;

type Point = (f64, f64);

#[derive(Clone, Copy, Debug)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    fn overlaps(&self, other: &Self, by: f64) -> bool {
        self.left + by < other.right
            && other.left + by < self.right
            && self.top + by < other.bottom
            && other.top + by < self.bottom
    }

    fn contains(&self, other: &Self, margin: f64) -> bool {
        self.left + margin <= other.left
            && self.top + margin <= other.top
            && other.right + margin <= self.right
            && other.bottom + margin <= self.bottom
    }

    fn has_on_border(&self, (x, y): Point) -> bool {
        let near = |one: f64, other: f64| (one - other).abs() < 0.7;
        let within_x = self.left - 0.7 < x && x < self.right + 0.7;
        let within_y = self.top - 0.7 < y && y < self.bottom + 0.7;
        (within_x && (near(y, self.top) || near(y, self.bottom)))
            || (within_y && (near(x, self.left) || near(x, self.right)))
    }

    fn moved(&self, x: f64) -> Self {
        Self {
            left: self.left + x,
            right: self.right + x,
            ..*self
        }
    }

    fn around(points: &[Point]) -> Self {
        let fold = |f: fn(f64, f64) -> f64, pick: fn(&Point) -> f64| {
            points.iter().map(pick).reduce(f).unwrap()
        };
        Self {
            left: fold(f64::min, |point| point.0),
            top: fold(f64::min, |point| point.1),
            right: fold(f64::max, |point| point.0),
            bottom: fold(f64::max, |point| point.1),
        }
    }
}

/// What was drawn, in the order of the chart.
struct Picture {
    view: Rect,
    boxes: Vec<Rect>,
    /// Names of states, and the transitions that are text in them.
    texts: Vec<Rect>,
    /// The way of each arrow up to the tip of its head.
    ways: Vec<Vec<Point>>,
    labels: Vec<Option<Rect>>,
}

impl Picture {
    fn read(svg: &str, chart: &Chart) -> Self {
        let document = Document::parse(svg).expect("the picture is well-formed");
        let root = document.root_element();
        check_ids(&root);
        let view = numbers(root.attribute("viewBox").unwrap());
        let group = |id: &str| {
            let mut groups = root
                .descendants()
                .filter(|node| node.attribute("id") == Some(id));
            groups.next().unwrap_or_else(|| panic!("{id} is not drawn"))
        };
        let states = chart.states.iter().map(|state| group(&state.id));
        let arrows = chart.arrows.iter().map(|arrow| group(&arrow.id));
        Self {
            view: Rect {
                left: view[0],
                top: view[1],
                right: view[2],
                bottom: view[3],
            },
            boxes: states
                .clone()
                .map(|group| read_box(&child(&group, "rect", None)))
                .collect(),
            texts: states.flat_map(|group| read_texts(&group)).collect(),
            ways: arrows.clone().map(|group| read_way(&group)).collect(),
            labels: arrows
                .map(|group| read_texts(&group).into_iter().reduce(joined))
                .collect(),
        }
    }
}

fn joined(one: Rect, other: Rect) -> Rect {
    Rect {
        left: one.left.min(other.left),
        top: one.top.min(other.top),
        right: one.right.max(other.right),
        bottom: one.bottom.max(other.bottom),
    }
}

fn check_ids(root: &Node<'_, '_>) {
    let mut ids = HashSet::new();
    for id in root.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "{id} is there twice");
        let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(
            id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.chars().all(valid),
            "{id}"
        );
    }
    assert!(
        root.descendants()
            .all(|node| node.attribute("style").is_none())
    );
    for group in root.descendants().filter(|node| node.has_tag_name("g")) {
        let title = child(&group, "title", None).text().unwrap_or_default();
        assert!(
            !title.is_empty(),
            "{:?} has no tooltip",
            group.attribute("id")
        );
    }
}

fn child<'a, 'i>(group: &Node<'a, 'i>, tag: &str, class: Option<&str>) -> Node<'a, 'i> {
    let mut children = group
        .children()
        .filter(|node| node.tag_name().name() == tag);
    let found = children.find(|node| class.is_none() || node.attribute("class") == class);
    found.unwrap_or_else(|| panic!("{:?} has no {tag} {class:?}", group.attribute("id")))
}

fn numbers(text: &str) -> Vec<f64> {
    let separate = |c: char| !(c.is_ascii_digit() || c == '.' || c == '-');
    let numbers = text.split(separate).filter(|number| !number.is_empty());
    numbers.map(|number| number.parse().unwrap()).collect()
}

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

fn read_box(rect: &Node<'_, '_>) -> Rect {
    let (left, top) = (number(rect, "x"), number(rect, "y"));
    Rect {
        left,
        top,
        right: left + number(rect, "width"),
        bottom: top + number(rect, "height"),
    }
}

/// The texts of a group, each about as wide as a common font makes it.
fn read_texts(group: &Node<'_, '_>) -> Vec<Rect> {
    let lines = group
        .descendants()
        .filter(|node| node.tag_name().name() == "tspan");
    lines
        .chain(names(group))
        .map(|line| read_text(&line))
        .collect()
}

fn names<'a, 'i>(group: &Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let texts = group
        .children()
        .filter(|node| node.tag_name().name() == "text");
    texts.filter(|node| node.attribute("class") == Some("name"))
}

fn read_text(line: &Node<'_, '_>) -> Rect {
    let text = line.text().unwrap_or_default();
    let (x, y) = (number(line, "x"), number(line, "y"));
    let inherited = |name: &str| {
        line.ancestors()
            .find_map(|node| node.attribute(name))
            .unwrap()
    };
    let size: f64 = inherited("font-size").parse().unwrap();
    let width = 0.5 * size * text.chars().count() as f64;
    let left = match inherited("text-anchor") {
        "middle" => x - width / 2.0,
        _ => x,
    };
    Rect {
        left,
        top: y - 0.75 * size,
        right: left + width,
        bottom: y + 0.2 * size,
    }
}

/// The corners of a line, as if none were round, and then the tip.
fn read_way(group: &Node<'_, '_>) -> Vec<Point> {
    let line = child(group, "path", Some("line")).attribute("d").unwrap();
    let mut way = Vec::new();
    for step in line.split(['M', 'L', 'Q']) {
        let numbers = numbers(step);
        if let [x, y, ..] = numbers[..] {
            way.push((x, y));
        }
        if let [_, _, x, y] = numbers[..] {
            way.push((x, y));
        }
    }
    let head = child(group, "path", Some("head")).attribute("d").unwrap();
    let tip = numbers(head);
    way.push((tip[0], tip[1]));
    way
}

/// Everything that holds for each picture.
#[track_caller]
fn check(chart: &Chart) -> Picture {
    let svg = draw(chart);
    let picture = Picture::read(&svg, chart);
    let faults = faults(chart, &picture);
    assert!(faults.is_empty(), "{}:\n{}", chart.title, faults.join("\n"));
    picture
}

fn faults(chart: &Chart, picture: &Picture) -> Vec<String> {
    let mut faults = Vec::new();
    nesting(chart, picture, &mut faults);
    ends(chart, picture, &mut faults);
    crossings(chart, picture, &mut faults);
    labels(chart, picture, &mut faults);
    bounds(picture, &mut faults);
    faults
}

fn leaves(chart: &Chart) -> impl Iterator<Item = usize> {
    let parents: HashSet<usize> = chart
        .states
        .iter()
        .filter_map(|state| state.parent)
        .collect();
    (0..chart.states.len()).filter(move |index| !parents.contains(index))
}

/// States lie inside their parents, and apart from each other.
fn nesting(chart: &Chart, picture: &Picture, faults: &mut Vec<String>) {
    for (index, state) in chart.states.iter().enumerate() {
        let own = &picture.boxes[index];
        if state
            .parent
            .is_some_and(|parent| !picture.boxes[parent].contains(own, 6.0))
        {
            faults.push(format!("{} is not inside its parent", state.id));
        }
        for (other, sibling) in chart.states.iter().enumerate().take(index) {
            if sibling.parent == state.parent && own.overlaps(&picture.boxes[other], -8.0) {
                faults.push(format!("{} lies on {}", state.id, sibling.id));
            }
        }
    }
}

/// Arrows begin and end at their states, and have a length.
fn ends(chart: &Chart, picture: &Picture, faults: &mut Vec<String>) {
    for (arrow, way) in chart.arrows.iter().zip(&picture.ways) {
        if !picture.boxes[arrow.from].has_on_border(way[0]) {
            faults.push(format!("{} does not start at its state", arrow.id));
        }
        if !picture.boxes[arrow.to].has_on_border(way[way.len() - 1]) {
            faults.push(format!("{} does not end at its state", arrow.id));
        }
        let steps = way
            .windows(2)
            .map(|pair| (pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs());
        if steps.sum::<f64>() < 16.0 {
            faults.push(format!("{} is too short to be seen", arrow.id));
        }
        let slanted = |pair: &[Point]| {
            (pair[0].0 - pair[1].0).abs() > 7.5 && (pair[0].1 - pair[1].1).abs() > 7.5
        };
        if way.windows(2).any(slanted) {
            faults.push(format!("{} is slanted", arrow.id));
        }
    }
}

/// No arrow runs through a state without parts, or through a text.
fn crossings(chart: &Chart, picture: &Picture, faults: &mut Vec<String>) {
    for (index, arrow) in chart.arrows.iter().enumerate() {
        for step in picture.ways[index].windows(2) {
            let step = Rect::around(step);
            for leaf in leaves(chart) {
                if step.overlaps(&picture.boxes[leaf], 0.5) {
                    faults.push(format!(
                        "{} runs through {}",
                        arrow.id, chart.states[leaf].id
                    ));
                }
            }
            if picture.texts.iter().any(|text| step.overlaps(text, 0.0)) {
                faults.push(format!("{} runs through the text of a state", arrow.id));
            }
            if picture
                .labels
                .iter()
                .flatten()
                .any(|label| step.overlaps(label, 0.0))
            {
                faults.push(format!("{} runs through a label", arrow.id));
            }
        }
    }
}

/// Labels lie on nothing.
fn labels(chart: &Chart, picture: &Picture, faults: &mut Vec<String>) {
    for (index, label) in picture.labels.iter().enumerate() {
        let id = &chart.arrows[index].id;
        let Some(label) = label else {
            assert!(chart.arrows[index].lines.is_empty(), "{id} has no label");
            continue;
        };
        if leaves(chart).any(|leaf| label.overlaps(&picture.boxes[leaf], -2.0)) {
            faults.push(format!("the label of {id} lies on a state"));
        }
        if picture.texts.iter().any(|text| label.overlaps(text, 0.0)) {
            faults.push(format!("the label of {id} lies on the text of a state"));
        }
        if picture.labels[..index]
            .iter()
            .flatten()
            .any(|other| label.overlaps(other, 0.0))
        {
            faults.push(format!("the label of {id} lies on another label"));
        }
        let near = |point: &Point| {
            let (x, y) = (point.0 - label.left, point.1);
            (-12.0..=0.0).contains(&x) && y < label.bottom + 60.0
        };
        if !picture.ways[index].iter().any(near) {
            faults.push(format!("the label of {id} is far from its arrow"));
        }
    }
}

fn bounds(picture: &Picture, faults: &mut Vec<String>) {
    let ways = picture.ways.iter().map(|way| Rect::around(way));
    let labels = picture.labels.iter().flatten().copied();
    let all = ways
        .chain(labels)
        .chain(picture.boxes.iter().copied())
        .chain(picture.texts.iter().copied());
    for thing in all.filter(|thing| !picture.view.contains(thing, 4.0)) {
        faults.push(format!("{thing:?} is outside of the picture"));
    }
}

/// How many pairs of arrows run on top of each other for a while.
fn shared(picture: &Picture) -> usize {
    let steps = |way: &[Point]| way.windows(2).map(Rect::around).collect::<Vec<_>>();
    let ways: Vec<Vec<Rect>> = picture.ways.iter().map(|way| steps(way)).collect();
    let on_each_other = |one: &Rect, other: &Rect| {
        let width = one.right.min(other.right) - one.left.max(other.left);
        let height = one.bottom.min(other.bottom) - one.top.max(other.top);
        (width > 6.0 && height > -3.0) || (height > 6.0 && width > -3.0)
    };
    let pairs = (0..ways.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    pairs
        .filter(|&(one, other)| {
            ways[one]
                .iter()
                .any(|step| ways[other].iter().any(|second| on_each_other(step, second)))
        })
        .count()
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
        p.boxes[show] = p.boxes[show].moved(-20.0)
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
    assert!(picture.view.bottom <= 1000.0);
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
    let node = graph.nodes[0].clone();
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
            from: 20 + from,
            to: 20 + to,
            handled_by,
            ..edge.clone()
        }
    }));
    let chart = chart(&graph, View::Shape);
    assert!(chart.states.len() < 1000);
    let notice = chart.notice.clone().unwrap();
    assert!(
        notice.starts_with("200 of 2021 states and 300 of "),
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
