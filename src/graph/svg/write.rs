//! A drawing written as SVG.
//!
//! All geometry stands in attributes, the size of each text beside it, so that no page's style changes it; and everything is drawn in the colour of the text around
//! it: the picture is whole where its style sheet is not applied. The sheet only colours it.

use std::fmt::{self, Display, Write};

use super::chart::{Change, Chart, ChartArrow, ChartState, signed};
use super::layout::{Drawing, Point};
use super::measure::{
    BASELINE, INSET, LINE, NAME_HEIGHT, NAME_SIZE, Rect, START, TEXT_SIZE, TITLE_SIZE, length,
};
use super::text::escaped;

const STYLE: &str = include_str!("style.css");
const FONTS: &str = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";
/// The length and half the width of an arrow's head.
const HEAD: (f64, f64) = (7.0, 3.5);
/// The radius of a line's corners.
const BEND: f64 = 7.0;

/// Writes a drawing of a chart.
pub(super) fn write(chart: &Chart, drawing: &Drawing) -> String {
    let mut writer = Writer { out: String::new() };
    writer.open(chart, drawing);
    for (index, state) in chart.states.iter().enumerate() {
        let is_compound = chart.states.iter().any(|other| other.parent == Some(index));
        writer.state(state, drawing.boxes[index], is_compound);
    }
    for (index, arrow) in chart.arrows.iter().enumerate() {
        let ends = (&chart.states[arrow.from], &chart.states[arrow.to]);
        writer.arrow(arrow, ends, &drawing.ways[index], drawing.labels[index]);
    }
    writer.line(format_args!("</svg>"));
    writer.out
}

struct Writer {
    out: String,
}

impl Writer {
    fn line(&mut self, text: fmt::Arguments<'_>) {
        writeln!(self.out, "{text}").expect("writing to a String cannot fail");
    }

    fn open(&mut self, chart: &Chart, drawing: &Drawing) {
        let (width, height) = (Number(drawing.width), Number(drawing.height));
        let title = escaped(&chart.title);
        self.line(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"statechart\" role=\"img\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" font-family=\"{FONTS}\" font-size=\"{TEXT_SIZE}\" color=\"#13201f\">"
        ));
        self.line(format_args!("<title>{title}</title>"));
        self.line(format_args!("<style>\n{STYLE}</style>"));
        self.line(format_args!(
            "<rect class=\"paper\" width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"none\"/>"
        ));
        let (x, y) = (Number(drawing.title.0), drawing.title.1 + TITLE_SIZE - 2.0);
        self.line(format_args!(
            "<text class=\"title\" x=\"{x}\" y=\"{}\" font-size=\"{TITLE_SIZE}\" font-weight=\"600\" fill=\"currentColor\">{title}</text>",
            Number(y)
        ));
        if let Some(notice) = &chart.notice {
            self.line(format_args!(
                "<text class=\"notice\" font-size=\"{TEXT_SIZE}\" x=\"{x}\" y=\"{}\" font-style=\"italic\" fill=\"currentColor\">{}</text>",
                Number(y + LINE + 2.0),
                escaped(notice)
            ));
        }
    }

    fn state(&mut self, state: &ChartState, frame: Rect, is_compound: bool) {
        let kind = match (is_compound, state.is_final) {
            (true, _) => "compound",
            (false, true) => "final",
            (false, false) => "atomic",
        };
        let initial = if state.is_initial { " initial" } else { "" };
        let class = format!("state {kind}{initial}{}", class(state.change));
        let tooltip = [&state.tooltip, &state.label][usize::from(state.tooltip.is_empty())];
        self.open_group(&state.id, &class, &[("state", &state.label)], tooltip);
        let fill = if is_compound {
            " fill-opacity=\"0.035\""
        } else {
            ""
        };
        let fill = if is_compound {
            format!("currentColor\"{fill}")
        } else {
            "none\"".to_owned()
        };
        let stroke = stroke(state.change, 0.45);
        self.rect("", frame, 8.0, &format!("fill=\"{fill} {stroke}"));
        if kind == "final" {
            self.rect(
                "inner",
                inset(frame, 3.5),
                5.0,
                &format!("fill=\"none\" {stroke}"),
            );
        }
        if state.is_initial {
            self.start(frame);
        }
        self.names(state, frame, kind);
        self.line(format_args!("</g>"));
    }

    /// `names` say in `data-` attributes which state or transition it is, whatever its id became.
    fn open_group(&mut self, id: &str, class: &str, names: &[(&str, &str)], tooltip: &str) {
        let (id, tooltip) = (escaped(id), escaped(tooltip));
        let names = names
            .iter()
            .map(|(what, name)| format!(" data-{what}=\"{}\"", escaped(name)));
        let names: String = names.collect();
        self.line(format_args!("<g id=\"{id}\" class=\"{class}\"{names}>"));
        self.line(format_args!("<title>{tooltip}</title>"));
    }

    fn rect(&mut self, class: &str, frame: Rect, radius: f64, looks: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!("class=\"{class}\" ")
        };
        self.line(format_args!(
            "<rect {class}x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" {looks}/>",
            Number(frame.x),
            Number(frame.y),
            Number(frame.width),
            Number(frame.height),
            Number(radius)
        ));
    }

    /// The dot in which a conversation starts, and its arrow.
    fn start(&mut self, frame: Rect) {
        let y = Number(frame.y + NAME_HEIGHT / 2.0);
        let (dot, tip) = (Number(frame.x - START + 6.0), frame.x);
        let (neck, tip) = (Number(tip - HEAD.0), Number(tip));
        self.line(format_args!(
            "<circle class=\"start\" cx=\"{dot}\" cy=\"{y}\" r=\"5\" fill=\"currentColor\"/>"
        ));
        self.line(format_args!(
            "<path class=\"start\" d=\"M{dot} {y}H{neck}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
        ));
        self.line(format_args!(
            "<path class=\"start\" d=\"M{tip} {y}l-{} -{}v{}z\" fill=\"currentColor\"/>",
            Number(HEAD.0),
            Number(HEAD.1),
            Number(2.0 * HEAD.1)
        ));
    }

    /// A state's name, and below it the transitions that are text.
    fn names(&mut self, state: &ChartState, frame: Rect, kind: &str) {
        let lines: usize = state.notes.iter().map(|note| note.lines.len()).sum();
        let below = if lines == 0 {
            0.0
        } else {
            LINE * length(lines) + 4.0
        };
        let (mut y, x, anchor) = if kind == "compound" {
            (frame.y + BASELINE, frame.x + INSET, "start")
        } else {
            let top = frame.y + (frame.height - NAME_HEIGHT - below) / 2.0;
            (top + BASELINE, frame.x + frame.width / 2.0, "middle")
        };
        let name = escaped(&signed(state.change, &state.label));
        self.line(format_args!(
            "<text class=\"name\" x=\"{}\" y=\"{}\" font-size=\"{NAME_SIZE}\" font-weight=\"600\" text-anchor=\"{anchor}\" fill=\"currentColor\">{name}</text>",
            Number(x),
            Number(y)
        ));
        y += 18.0;
        for note in &state.notes {
            let class = format!("transition note{}", class(note.change));
            let lines = note.lines.join(" ");
            let tooltip = [&note.tooltip, &lines][usize::from(note.tooltip.is_empty())];
            let ends = [("from", &*state.label), ("to", &*note.to)];
            self.open_group(&note.id, &class, &ends, tooltip);
            self.text("", (x, y), anchor, note.change, &note.lines);
            self.line(format_args!("</g>"));
            y += LINE * length(note.lines.len());
        }
    }

    /// Lines of text, the first with its baseline at a height.
    fn text(
        &mut self,
        class: &str,
        at: Point,
        anchor: &str,
        change: Option<Change>,
        lines: &[String],
    ) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        let mut text = String::new();
        for (index, line) in lines.iter().enumerate() {
            let y = Number(at.1 + LINE * length(index));
            let line = if index == 0 {
                signed(change, line)
            } else {
                line.clone()
            };
            write!(
                text,
                "<tspan x=\"{}\" y=\"{y}\">{}</tspan>",
                Number(at.0),
                escaped(&line)
            )
            .expect("writing to a String cannot fail");
        }
        self.line(format_args!(
            "<text{class} font-size=\"{TEXT_SIZE}\" text-anchor=\"{anchor}\" fill=\"currentColor\">{text}</text>"
        ));
    }

    fn arrow(
        &mut self,
        arrow: &ChartArrow,
        (from, to): (&ChartState, &ChartState),
        way: &[Point],
        label: Option<Point>,
    ) {
        let class = format!("transition{}", class(arrow.change));
        let made = format!("{} → {}: {}", from.label, to.label, arrow.lines.join(" "));
        let tooltip = [&arrow.tooltip, &made][usize::from(arrow.tooltip.is_empty())];
        let ends = [("from", &*from.label), ("to", &*to.label)];
        self.open_group(&arrow.id, &class, &ends, tooltip);
        let (line, head) = line_and_head(way);
        let stroke = stroke(arrow.change, 0.7);
        self.line(format_args!(
            "<path class=\"line\" d=\"{line}\" fill=\"none\" {stroke}/>"
        ));
        self.line(format_args!(
            "<path class=\"head\" d=\"{head}\" fill=\"currentColor\" fill-opacity=\"0.7\" stroke=\"none\"/>"
        ));
        if let Some((x, y)) = label {
            self.text(
                "label",
                (x, y + TEXT_SIZE),
                "start",
                arrow.change,
                &arrow.lines,
            );
        }
        self.line(format_args!("</g>"));
    }
}

fn class(change: Option<Change>) -> String {
    change.map_or(String::new(), |change| format!(" {}", change.class()))
}

/// A line's looks; its dashes tell a change without its colour.
fn stroke(change: Option<Change>, opacity: f64) -> String {
    let dashes = match change {
        None => {
            return format!(
                "stroke=\"currentColor\" stroke-opacity=\"{opacity}\" stroke-width=\"1.25\""
            );
        }
        Some(Change::Added) => "",
        Some(Change::Removed) => " stroke-dasharray=\"6 4\"",
        Some(Change::Changed) => " stroke-dasharray=\"9 3 2 3\"",
    };
    format!("stroke=\"currentColor\" stroke-width=\"2\"{dashes}")
}

fn inset(frame: Rect, by: f64) -> Rect {
    Rect {
        x: frame.x + by,
        y: frame.y + by,
        width: frame.width - 2.0 * by,
        height: frame.height - 2.0 * by,
    }
}

/// The paths of an arrow: its line with round corners up to its head, and the head.
fn line_and_head(way: &[Point]) -> (String, String) {
    let [.., before, tip] = *way else {
        return (String::new(), String::new());
    };
    let (dx, dy) = direction(before, tip);
    let neck = (tip.0 - dx * HEAD.0, tip.1 - dy * HEAD.0);
    let mut line = format!("M{}", At(way[0]));
    for at in 1..way.len() - 1 {
        let (before, corner, after) = (way[at - 1], way[at], way[at + 1]);
        let after = if at + 2 == way.len() { neck } else { after };
        let room = distance(before, corner).min(distance(corner, after)) / 2.0;
        let bend = BEND.min(room);
        let (back, on) = (direction(corner, before), direction(corner, after));
        let start = (corner.0 + back.0 * bend, corner.1 + back.1 * bend);
        let end = (corner.0 + on.0 * bend, corner.1 + on.1 * bend);
        write!(line, "L{}Q{} {}", At(start), At(corner), At(end))
            .expect("writing to a String cannot fail");
    }
    write!(line, "L{}", At(neck)).expect("writing to a String cannot fail");
    let left = (neck.0 - dy * HEAD.1, neck.1 + dx * HEAD.1);
    let right = (neck.0 + dy * HEAD.1, neck.1 - dx * HEAD.1);
    (line, format!("M{}L{}L{}Z", At(tip), At(left), At(right)))
}

fn distance(one: Point, other: Point) -> f64 {
    (one.0 - other.0).abs() + (one.1 - other.1).abs()
}

/// The way from a point to one above, below or beside it, of length one.
fn direction(from: Point, to: Point) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    match dx.abs() > dy.abs() {
        true => (dx.signum(), 0.0),
        false => (0.0, dy.signum()),
    }
}

/// A number with at most one digit after the point.
struct Number(f64);

impl Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (self.0 * 10.0).round() / 10.0;
        write!(f, "{}", rounded + 0.0)
    }
}

struct At(Point);

impl Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Number(self.0.0), Number(self.0.1))
    }
}
