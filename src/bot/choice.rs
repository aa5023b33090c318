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
    /// Other words for it, matched like the label.
    pub aliases: &'w [&'w str],
    /// Phrases by which it is found anywhere in a longer text.
    pub phrases: &'w [SmolStr],
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
        }
    }

    /// Something that can be typed, but has no button.
    pub fn unlisted(id: impl Into<Cow<'w, str>>, label: impl Into<Cow<'w, str>>, input: I) -> Self {
        Self {
            listed: false,
            ..Self::listed(id, label, input)
        }
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
}
