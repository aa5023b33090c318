//! SCXML: the W3C's State Chart XML (<https://www.w3.org/TR/scxml/>), to be run by its interpreters.
//!
//! The expanded view runs as the bot does, without guards or data. The shape view is for drawing only: an
//! interpreter would take the first where an input leads to several states.
//!
//! What stands in attributes is made of ASCII letters, digits, `-` and `_` alone, see [`scxml_name`]; so nothing in
//! there is ever escaped, an id holds no blank (targets are lists), and an event holds no dot, at which SCXML would
//! let a shorter descriptor match it. An input that leaves everything as it is has a transition without a target.

use std::fmt::Write;

use serde_json::Value;

use super::diagram::{Diagram, Transition, View};
use super::export::title;
use super::naming::is_unprintable;

/// The diagram as an SCXML document.
#[must_use]
pub fn scxml(diagram: &Diagram<'_>) -> String {
    let mut on = vec![Vec::new(); diagram.states.len()];
    for transition in &diagram.transitions {
        // SCXML drops an event that nobody takes, as the bot does.
        if transition.handled_by.is_none() && transition.stays() {
            continue;
        }
        let line = transition_line(diagram, transition);
        let lines: &mut Vec<String> = &mut on[transition.from];
        // An option and an outcome can be the same event with the same end.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let mut writer = Writer {
        diagram,
        on,
        out: String::new(),
    };
    writer.line(0, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    let title = comment(&title(diagram));
    let view = diagram.view;
    writer.line(0, &format!("<!-- {title}; view: {view} -->"));
    if diagram.graph.truncated {
        writer.line(0, "<!-- truncated: exploration stopped at its limit -->");
    }
    let name = scxml_name(&diagram.graph.bot);
    let initial = scxml_name(&diagram.states[diagram.initial].key);
    writer.line(0, &format!("<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\" datamodel=\"null\" name=\"{name}\" initial=\"{initial}\">"));
    for root in diagram.roots() {
        writer.state(root, 1);
    }
    writer.line(0, "</scxml>");
    writer.out
}

struct Writer<'d, 'g> {
    diagram: &'d Diagram<'g>,
    /// The transitions of each state.
    on: Vec<Vec<String>>,
    out: String,
}

impl Writer<'_, '_> {
    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.out, "{:1$}{text}", "", depth * 2).expect("writing to a String cannot fail");
    }

    fn state(&mut self, index: usize, depth: usize) {
        let state = &self.diagram.states[index];
        let transitions = std::mem::take(&mut self.on[index]);
        // SCXML's final states have no transitions; ours may, to start over.
        let element = match state.kind() == "final" && transitions.is_empty() {
            true => "final",
            false => "state",
        };
        let mut open = format!("<{element} id=\"{}\"", scxml_name(&state.key));
        if transitions.is_empty() && state.children.is_empty() {
            self.line(depth, &format!("{open}/>"));
            return;
        }
        if let Some(initial) = self.diagram.first_part(index) {
            let initial = scxml_name(&self.diagram.states[initial].key);
            open.push_str(&format!(" initial=\"{initial}\""));
        }
        self.line(depth, &format!("{open}>"));
        for line in &transitions {
            self.line(depth + 1, line);
        }
        for &child in &state.children {
            self.state(child, depth + 1);
        }
        self.line(depth, &format!("</{element}>"));
    }
}

fn transition_line(diagram: &Diagram<'_>, transition: &Transition<'_>) -> String {
    let mut line = format!("<transition event=\"{}\"", scxml_event(diagram, transition));
    if !transition.stays() {
        let target = scxml_name(&diagram.states[transition.to].key);
        line.push_str(&format!(" target=\"{target}\""));
        // Without this, a superstate is left on the way to one of its own parts.
        let inwards =
            transition.from != transition.to && diagram.is_within(transition.to, transition.from);
        if inwards {
            line.push_str(" type=\"internal\"");
        }
    }
    line.push_str("/>");
    line
}

/// The name of a transition's event in the SCXML export: words, as [`scxml_name`] writes them.
///
/// The first word is the input's name. Two words follow for each field of its data in the expanded view, its name
/// and its value: `ChooseExchange {"exchange":"LSE"}` is `ChooseExchange_exchange_LSE`. A text that is itself a word
/// (ASCII letters, digits and `-`, beginning with a letter, and neither `true`, `false` nor `null`) stands as it is,
/// every other value as its JSON. Data that are no object are one word, without a field's name. If one input leads a
/// leaf to several places, how it comes about is added as in [`Transition::event`].
#[must_use]
pub fn scxml_event(diagram: &Diagram<'_>, transition: &Transition<'_>) -> String {
    let input = match (diagram.view, transition.edge) {
        (View::Expanded, Some(edge)) => &diagram.graph.inputs[edge.input],
        _ => return scxml_name(&transition.event),
    };
    let plain = input.event();
    let cause = transition.event.strip_prefix(&plain).unwrap_or_default();
    let mut words = vec![input.name.to_string()];
    match &input.data {
        Value::Null => {}
        Value::Object(fields) => {
            for (field, value) in fields {
                words.push(text_word(field));
                words.push(word(value));
            }
        }
        value => words.push(word(value)),
    }
    scxml_name(&format!("{}{cause}", words.join(" ")))
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text_word(text),
        value => value.to_string(),
    }
}

fn text_word(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if plain && starts && !["true", "false", "null"].contains(&text) {
        return text.to_owned();
    }
    Value::from(text).to_string()
}

/// A text as a name in SCXML, from which the text can be read back: legal as an id, as an event and as an event's
/// descriptor, in every version of XML.
///
/// ASCII letters, digits and `-` stand as they are, though a name begins with a letter or `_`. A blank is `_`,
/// unless an `x` follows. Every other character is its code, `_xHEX_`: a dot is `_x2E_`, an underscore `_x5F_`. No text at
/// all is `_x_`.
#[must_use]
pub fn scxml_name(text: &str) -> String {
    if text.is_empty() {
        return "_x_".to_owned();
    }
    let mut name = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let stands = match name.is_empty() {
            true => c.is_ascii_alphabetic(),
            false => c.is_ascii_alphanumeric() || c == '-',
        };
        if stands {
            name.push(c);
        } else if c == ' ' && chars.peek() != Some(&'x') {
            name.push('_');
        } else {
            write!(name, "_x{:X}_", u32::from(c)).expect("writing to a String cannot fail");
        }
    }
    name
}

/// A text inside a comment, which can hold neither two hyphens nor what XML cannot hold at all.
fn comment(text: &str) -> String {
    let mut comment = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '-' if comment.ends_with('-') => comment.push_str(" -"),
            c if is_unprintable(c) => comment.push(' '),
            c => comment.push(c),
        }
    }
    comment
}

#[cfg(test)]
mod tests {
    use super::{comment, scxml_name};

    #[test]
    fn names_can_be_read_back() {
        for (text, name) in [
            ("ShowPrice LSE GSK", "ShowPrice_LSE_GSK"),
            ("a_b", "a_x5F_b"),
            ("a x5F b", "a_x20_x5F_b"),
            ("a.b*", "a_x2E_b_x2A_"),
            ("1st", "_x31_st"),
            ("-", "_x2D_"),
            ("", "_x_"),
            ("日\u{1}", "_x65E5__x1_"),
        ] {
            assert_eq!(scxml_name(text), name);
        }
    }

    #[test]
    fn a_comment_stays_one() {
        assert_eq!(comment("a --> b\u{0}---"), "a - -> b - - -");
    }
}
