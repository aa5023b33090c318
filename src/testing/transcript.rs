//! A conversation as text: who said what, what the machine did, and what it waits for.

use std::fmt::{self, Debug};

use serde::Serialize;

use super::conversation::Conversation;
use super::played::{Played, What};
use crate::bot::{Bot, Work};
use crate::graph::Input;
use crate::record::{Public, SpeakerKind, Transition};
use crate::session::Note;

/// What follows the speaker stands below what was said.
const INDENT: &str = "     ";

impl<B: Bot> fmt::Display for Conversation<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut apart = "";
        for played in &self.played {
            f.write_str(apart)?;
            write_down(f, played)?;
            apart = "\n";
        }
        Ok(())
    }
}

fn write_down<B: Bot>(f: &mut fmt::Formatter<'_>, played: &Played<B>) -> fmt::Result {
    match &played.what {
        What::Start => {}
        What::Message { chosen } => {
            let said = played.of_user().and_then(|public| public.text);
            let said = indented(&said.unwrap_or_default());
            match chosen {
                Some(id) => writeln!(f, "you: [{id}] {said}")?,
                None => writeln!(f, "you: {said}")?,
            }
        }
        What::Note(Note { kind, text, .. }) => {
            writeln!(f, "{}: {}", speaker(*kind), indented(text))?
        }
        What::Person(change) => writeln!(f, "people: {change}")?,
        What::Silence => writeln!(f, "you: (silent for long)")?,
        What::Time(time) => writeln!(f, "time: {time:?} passes")?,
        What::Timer(input) => writeln!(f, "timer: {} rings", event(input))?,
        What::Effect { effect, failed } => {
            let ends = if *failed { "fails" } else { "ends" };
            writeln!(f, "effect: {} {ends}", event(effect))?;
        }
    }
    let Some(public) = played.of_bot() else {
        return Ok(());
    };
    write_step(f, &public)?;
    for work in &played.cancelled {
        writeln!(f, "{INDENT}cancels {}", describe(work))?;
    }
    for work in &played.started {
        writeln!(f, "{INDENT}starts {}", describe(work))?;
    }
    let options = public.options.iter().flatten();
    let ids: Vec<&str> = options.map(|offer| offer.id.as_str()).collect();
    let path = public.state.unwrap_or_default().join("/");
    writeln!(f, "{INDENT}{path} [{}]", ids.join(" "))
}

fn write_step(f: &mut fmt::Formatter<'_>, public: &Public) -> fmt::Result {
    let said = public.text.as_deref().unwrap_or("…");
    writeln!(f, "bot: {}", indented(said))?;
    if let Some(data) = &public.data {
        writeln!(f, "{INDENT}shows {data}")?;
    }
    match &public.transition {
        Some(transition) => write_transition(f, transition),
        None => Ok(()),
    }
}

fn write_transition(f: &mut fmt::Formatter<'_>, transition: &Transition) -> fmt::Result {
    f.write_str(INDENT)?;
    match &transition.input {
        Some(input) => {
            let by = transition.handled_by.as_deref().unwrap_or("nobody");
            write!(f, "{by} takes {input}:")?;
        }
        None => f.write_str("starts:")?,
    }
    if transition.exited.is_empty() && transition.entered.is_empty() {
        f.write_str(" stays")?;
    }
    for level in &transition.exited {
        write!(f, " -{level}")?;
    }
    for level in &transition.entered {
        write!(f, " +{level}")?;
    }
    writeln!(f)
}

/// Who says what the bot does not hear.
fn speaker(kind: SpeakerKind) -> &'static str {
    match kind {
        SpeakerKind::User => "you",
        SpeakerKind::Agent => "agent",
        SpeakerKind::Bot => "bot",
    }
}

fn describe<I: Serialize + Debug, E: Serialize + Debug>(work: &Work<I, E>) -> String {
    match work {
        Work::Effect(effect) => event(effect),
        Work::Timer { after_ms, input } => {
            let time = std::time::Duration::from_millis(*after_ms);
            format!("a timer of {time:?} for {}", event(input))
        }
    }
}

/// The name of an input or an effect, and its data as JSON.
pub(super) fn event(value: &(impl Serialize + Debug)) -> String {
    Input::of(value).event()
}

/// Paragraphs on one line, lines below each other.
fn indented(text: &str) -> String {
    text.replace("\n\n", " ¶ ")
        .replace('\n', &format!("\n{INDENT}"))
}
