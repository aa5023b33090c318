//! An option: what the user may do now.

use std::borrow::Cow;

use smol_str::SmolStr;

/// Something the user may do now, and the input it stands for.
///
/// Listed options are buttons and may be chosen by their id. Unlisted ones are found by text only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<'w, I> {
    /// What a client sends to choose it; unique among the options of a place.
    pub id: Cow<'w, str>,
    /// What people read on the button.
    pub label: Cow<'w, str>,
    /// What the machine gets.
    pub input: I,
    /// Whether it is shown as a button.
    pub listed: bool,
    /// Other words for it, found also with nothing but small words around them.
    pub aliases: &'w [&'w str],
    /// Phrases by which it is found anywhere in a longer text.
    pub phrases: &'w [SmolStr],
    /// What it is part of, shown only to tell it from another option of the same label; empty for nothing.
    pub whole: &'w str,
    /// Phrases that name what it is part of.
    pub whole_phrases: &'w [SmolStr],
    /// Whether it goes before other options of the same id or label.
    pub near: bool,
}

impl<'w, I> Choice<'w, I> {
    /// A button.
    pub fn listed(id: impl Into<Cow<'w, str>>, label: impl Into<Cow<'w, str>>, input: I) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            input,
            listed: true,
            aliases: &[],
            phrases: &[],
            whole: "",
            whole_phrases: &[],
            near: false,
        }
    }

    /// Something that can be typed, but has no button.
    pub fn unlisted(id: impl Into<Cow<'w, str>>, label: impl Into<Cow<'w, str>>, input: I) -> Self {
        Self {
            listed: false,
            ..Self::listed(id, label, input)
        }
    }

    /// The same option without its button: it can be typed, but is not shown.
    #[must_use]
    pub fn without_button(mut self) -> Self {
        self.listed = false;
        self
    }

    /// The same option, known by other words as well: "back" for "Go back".
    #[must_use]
    pub fn also(mut self, aliases: &'w [&'w str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The same option, found also where one of `phrases` stands in a longer text: "tesla" in "price of tesla
    /// please".
    #[must_use]
    pub fn found_by(mut self, phrases: &'w [SmolStr]) -> Self {
        self.phrases = phrases;
        self
    }

    /// The same option as a part of `whole`: named together with one of its `phrases`, it goes before others that
    /// the text names ("gsk in london").
    #[must_use]
    pub fn part_of(mut self, whole: &'w str, phrases: &'w [SmolStr]) -> Self {
        self.whole = whole;
        self.whole_phrases = phrases;
        self
    }

    /// The same option, which goes before others of the same id or label if it is `near` to where the user is.
    #[must_use]
    pub fn near(mut self, near: bool) -> Self {
        self.near = near;
        self
    }

    /// The labels of `candidates`, each told apart from the others: "GSK PLC (LSE)" where two are "GSK PLC".
    #[must_use]
    pub fn labels(candidates: &[&Self]) -> Vec<String> {
        let label = |choice: &&Self| {
            let twins = candidates
                .iter()
                .filter(|other| other.is_labelled_as(choice));
            match twins.count() > 1 && !choice.whole.is_empty() {
                true => format!("{} ({})", choice.label, choice.whole),
                false => choice.label.to_string(),
            }
        };
        candidates.iter().map(label).collect()
    }

    pub(super) fn is_labelled_as(&self, other: &Self) -> bool {
        self.label.to_lowercase() == other.label.to_lowercase()
    }
}
