//! A text as it is compared: words in lower case, without the punctuation around them.

use std::ops::Range;

/// Words shorter than this are not searched for typing errors: almost anything is near them.
const TYPO_CHARS_MIN: usize = 4;

/// What was said, or a name that it is compared with.
pub(super) struct Said {
    /// The words, one space between them.
    pub(super) whole: String,
    pub(super) words: Vec<String>,
    /// The words as they were written, for names that are also everyday words.
    written: Vec<String>,
}

/// A number that somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// In digits: `2`, `#2`, `2nd`.
    Digits(usize),
    /// In words: `two`, `the second one`.
    Words(usize),
}

impl Said {
    pub(super) fn new(text: &str) -> Self {
        let mut written: Vec<String> = words_of(text).map(str::to_owned).collect();
        // A lone question mark says something, too.
        if written.is_empty() && text.trim() == "?" {
            written.push("?".to_owned());
        }
        let words: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
        Self {
            whole: words.join(" "),
            words,
            written,
        }
    }

    /// Whether all that was said stands in `label` as whole words.
    pub(super) fn is_part_of(&self, label: &str) -> bool {
        let label = Self::new(label);
        label
            .words
            .windows(self.words.len())
            .any(|words| words == self.words)
    }

    /// Where `phrase` stands in the text as whole words. An everyday word ("IT", "ALL") counts only where it is
    /// written as in the phrase, or is all that was said.
    pub(super) fn spans(&self, phrase: &str) -> Vec<Range<usize>> {
        let phrase = Self::new(phrase);
        let as_written = phrase.words.len() == 1
            && self.words.len() > 1
            && EVERYDAY.contains(&phrase.whole.as_str());
        let mut spans = self.find(&phrase.words);
        spans.retain(|span| !as_written || self.written[span.start] == phrase.written[0]);
        spans
    }

    /// Whether the text asks for `alias` and for nothing else: "could you go back please".
    pub(super) fn asks_for(&self, alias: &str) -> bool {
        let spans = self.find(&Self::new(alias).words);
        spans.iter().any(|span| {
            let (before, after) = (&self.words[..span.start], &self.words[span.end..]);
            before.iter().chain(after).all(|word| is_common(word))
        })
    }

    /// The words that could be a name with a typing error in it.
    pub(super) fn uncommon_words(&self) -> impl Iterator<Item = &str> {
        self.words
            .iter()
            .map(String::as_str)
            .filter(|word| word.chars().count() > TYPO_CHARS_MIN && !is_common(word))
    }

    /// The number that was said, if a number is all that was said: `2`, `option 2`, `the second one`.
    pub(super) fn number(&self) -> Option<Number> {
        let mut words = self
            .words
            .iter()
            .map(String::as_str)
            .filter(|word| !CHOOSING.contains(word));
        let first = words.next()?;
        let ordinal = position(ORDINALS, first);
        let number = match ordinal.or_else(|| position(CARDINALS, first)) {
            Some(number) => Number::Words(number),
            None => Number::Digits(digits(first)?),
        };
        let takes_one = ordinal.is_some() || !first.ends_with(|c: char| c.is_ascii_digit());
        match (words.next(), words.next()) {
            (None, _) => Some(number),
            (Some("one"), None) if takes_one => Some(number),
            _ => None,
        }
    }

    fn find(&self, words: &[String]) -> Vec<Range<usize>> {
        if words.is_empty() {
            return Vec::new();
        }
        let windows = self.words.windows(words.len()).enumerate();
        windows
            .filter(|(_, window)| *window == words)
            .map(|(start, _)| start..start + words.len())
            .collect()
    }
}

/// How many slips of the finger part `said` from `name`: one at most, two in a long word; else `None`.
pub(super) fn typing_error(said: &str, name: &str) -> Option<usize> {
    let chars = said.chars().count();
    let allowed = match chars {
        0..TYPO_CHARS_MIN => return None,
        TYPO_CHARS_MIN..8 => 1,
        _ => 2,
    };
    if chars.abs_diff(name.chars().count()) > allowed {
        return None;
    }
    let distance = strsim::osa_distance(said, name);
    (distance <= allowed).then_some(distance)
}

/// The words of a text, without a possessive's ending: "Tesla’s" is Tesla.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || (!c.is_alphanumeric() && !"&.'’-".contains(c)))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(|word| {
            let ending = ["'s", "’s", "'S", "’S"];
            let bare = ending.iter().find_map(|ending| word.strip_suffix(ending));
            bare.unwrap_or(word)
        })
        .filter(|word| !word.is_empty())
}

/// `2`, `2nd`.
fn digits(word: &str) -> Option<usize> {
    let bare = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    bare.unwrap_or(word).parse().ok()
}

fn position(list: &[&str], word: &str) -> Option<usize> {
    let index = list.iter().position(|&listed| listed == word)?;
    Some(index + 1)
}

fn is_common(word: &str) -> bool {
    EVERYDAY.contains(&word) || AROUND.contains(&word)
}

const CARDINALS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

/// What may stand around a number that chooses.
const CHOOSING: &[&str] = &[
    "the", "option", "number", "choice", "button", "item", "nr", "stock", "exchange", "please",
    "pick", "choose", "select", "take", "show", "give", "me", "i", "i’ll", "i'll", "i’d", "i'd",
    "want", "would", "like", "ok", "go", "for", "with",
];

/// Short words that are common in English and also common as codes.
const EVERYDAY: &[&str] = &[
    "a", "all", "am", "an", "and", "any", "are", "as", "at", "be", "big", "but", "by", "can", "do",
    "for", "get", "go", "good", "has", "he", "hi", "how", "i", "if", "in", "is", "it", "key",
    "low", "ma", "me", "my", "new", "no", "now", "of", "ok", "on", "one", "open", "or", "out",
    "pm", "see", "she", "so", "still", "the", "to", "too", "up", "us", "was", "we", "well", "what",
    "who", "with", "you",
];

/// Other words that people put around what they want. They are nobody's name with a typing error.
const AROUND: &[&str] = &[
    "about",
    "again",
    "also",
    "bot",
    "bye",
    "bring",
    "cheers",
    "check",
    "choose",
    "cost",
    "costs",
    "could",
    "current",
    "day",
    "different",
    "does",
    "dont",
    "exchange",
    "exchanges",
    "first",
    "from",
    "give",
    "great",
    "have",
    "hello",
    "help",
    "here",
    "hey",
    "i'd",
    "i'm",
    "i’d",
    "i’m",
    "just",
    "know",
    "latest",
    "let",
    "like",
    "list",
    "looking",
    "lot",
    "many",
    "market",
    "markets",
    "maybe",
    "more",
    "much",
    "need",
    "nice",
    "okay",
    "other",
    "pick",
    "please",
    "pls",
    "price",
    "prices",
    "quick",
    "quote",
    "right",
    "share",
    "shares",
    "should",
    "show",
    "some",
    "stock",
    "stocks",
    "take",
    "tell",
    "thank",
    "thanks",
    "that",
    "their",
    "then",
    "there",
    "thing",
    "think",
    "this",
    "thx",
    "time",
    "today",
    "trade",
    "trading",
    "use",
    "value",
    "very",
    "wanna",
    "want",
    "were",
    "where",
    "which",
    "will",
    "worth",
    "would",
    "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Number>) {
        assert_eq!(Said::new(text).number(), expected, "{text:?}");
    }

    #[test]
    fn numbers_are_said_in_many_ways() {
        for text in [
            "2",
            "#2",
            "2.",
            "2)",
            "option 2",
            "number 2",
            "2nd",
            "pick 2 please",
        ] {
            check(text, Some(Number::Digits(2)));
        }
        for text in [
            "two",
            "second",
            "the second one",
            "Option two",
            "second stock",
        ] {
            check(text, Some(Number::Words(2)));
        }
        check("tenth", Some(Number::Words(10)));
        check("eleventh", None);
        check("2 3", None);
        check("another one", None);
        check("one more time", None);
        check("two tickets", None);
        check("the", None);
    }
}
