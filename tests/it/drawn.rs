//! A picture read back from its SVG, and the rules that each keeps: nothing lies where it must not.

use std::collections::HashSet;

use roxmltree::{Document, Node};
use statechat::graph::Chart;

pub(crate) type Point = (f64, f64);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
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

    pub(crate) fn moved(&self, x: f64) -> Self {
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
pub(crate) struct Picture {
    pub(crate) view: Rect,
    pub(crate) boxes: Vec<Rect>,
    /// Names of states, and the transitions that are text in them.
    pub(crate) texts: Vec<Rect>,
    /// The way of each arrow up to the tip of its head.
    pub(crate) ways: Vec<Vec<Point>>,
    pub(crate) labels: Vec<Option<Rect>>,
}

impl Picture {
    pub(crate) fn read(svg: &str, chart: &Chart) -> Self {
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

/// What does not hold in a picture, of all that holds for each.
pub(crate) fn faults(chart: &Chart, picture: &Picture) -> Vec<String> {
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
pub(crate) fn shared(picture: &Picture) -> usize {
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
