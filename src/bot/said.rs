//! A text as it is compared: words in lower case, without the punctuation around them.

use std::ops::Range;

use super::small_words::{EVERYDAY, is_small};
use super::spelling::TYPO_CHARS_MIN;

/// Nobody asks for something in more words; each is compared with all names there are.
const WORDS_MAX: usize = 64;

/// A part of a joined word shorter than this is not looked for.
const PART_CHARS_MIN: usize = 3;

/// What was said.
pub(super) struct Said {
    /// The words, one space between them.
    pub(super) whole: String,
    pub(super) words: Vec<String>,
    /// The words' first letters: most names begin with none of them, and need no other look.
    initials: Vec<char>,
    /// The same as a set, which some letters share.
    initial_bits: u64,
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
        Self::of(words_of(text).take(WORDS_MAX).map(str::to_owned).collect())
    }

    fn of(written: Vec<String>) -> Self {
        let words: Vec<String> = written.iter().map(|word| lowered(word).collect()).collect();
        let initials: Vec<char> = words.iter().filter_map(|word| initial(word)).collect();
        Self {
            whole: words.join(" "),
            initial_bits: initials.iter().fold(0, |bits, &letter| bits | bit(letter)),
            initials,
            words,
            written,
        }
    }

    /// The same with words parted that a dot or a hyphen joins ("tesla-price"); `None` if there are none. Pieces of a
    /// letter or two are no words: "a.m." stays as it is.
    pub(super) fn parted(&self) -> Option<Self> {
        const JOINS: [char; 2] = ['.', '-'];
        if !self.whole.contains(JOINS) {
            return None;
        }
        let mut written = Vec::new();
        for word in &self.written {
            let parts = word.split(JOINS).map(bare).filter(|part| !part.is_empty());
            match parts
                .clone()
                .all(|part| part.chars().count() >= PART_CHARS_MIN)
            {
                true => written.extend(parts.map(str::to_owned)),
                false => written.push(word.clone()),
            }
        }
        (written.len() > self.written.len()).then(|| Self::of(written))
    }

    /// Whether all that was said are words that people put around what they want.
    fn is_small(&self) -> bool {
        self.words.iter().all(|word| is_small(word))
    }

    /// Whether `name` is what was said, and nothing else was.
    pub(super) fn is(&self, name: &str) -> bool {
        initial(name) == self.initials.first().copied() && compared(name).eq(self.whole.chars())
    }

    /// Whether what was said is how `name` begins.
    pub(super) fn begins(&self, name: &str) -> bool {
        self.rest(name).is_some()
    }

    /// Whether what was said is how `name` begins, and more than words that people put around what they want, unless it
    /// begins with the whole of them: "new" is New York, and "good" is not Goodbye.
    pub(super) fn surely_begins(&self, name: &str) -> bool {
        self.rest(name)
            .is_some_and(|mut rest| !self.is_small() || rest.next().is_none_or(|c| c == ' '))
    }

    /// What follows in `name`, if what was said is how it begins.
    fn rest<'n>(&self, name: &'n str) -> Option<impl Iterator<Item = char> + use<'n>> {
        if initial(name) != self.initials.first().copied() {
            return None;
        }
        let mut name = compared(name);
        let begins = self.whole.chars().all(|said| name.next() == Some(said));
        begins.then_some(name)
    }

    /// Whether all that was said stands in `label` as whole words.
    pub(super) fn is_part_of(&self, label: &str) -> bool {
        let label: Vec<&str> = words_of(label).collect();
        let are_said = |words: &[&str]| {
            words
                .iter()
                .zip(&self.words)
                .all(|(word, said)| is_word(said, word))
        };
        label.windows(self.words.len()).any(are_said)
    }

    /// Whether a word of the text begins as `phrase` does: else it does not stand there.
    pub(super) fn may_hold(&self, phrase: &str) -> bool {
        initial(phrase).is_some_and(|letter| self.initial_bits & bit(letter) != 0)
    }

    /// Where `phrase` stands in the text as whole words. An everyday word ("IT", "ALL") counts only where it is
    /// written as in the phrase, or is all that was said.
    pub(super) fn spans(&self, phrase: &str) -> impl Iterator<Item = Range<usize>> {
        self.places(phrase).filter(move |span| {
            let everyday = span.len() == 1
                && self.words.len() > 1
                && EVERYDAY.contains(&&*self.words[span.start]);
            !everyday || words_of(phrase).next() == Some(&*self.written[span.start])
        })
    }

    /// Whether the text asks for `alias` and for nothing else: "could you go back please".
    pub(super) fn asks_for(&self, alias: &str) -> bool {
        self.places(alias).any(|span| {
            let (before, after) = (&self.words[..span.start], &self.words[span.end..]);
            before.iter().chain(after).all(|word| is_small(word))
        })
    }

    /// The words that could be a name with a typing error in it.
    pub(super) fn uncommon_words(&self) -> impl Iterator<Item = &str> {
        let words = self.words.iter().map(String::as_str);
        words.filter(|word| word.chars().count() > TYPO_CHARS_MIN && !is_small(word))
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

    /// Where the words of `name` stand in the text, one after the other.
    fn places(&self, name: &str) -> impl Iterator<Item = Range<usize>> {
        let initial = initial(name).filter(|&letter| self.initial_bits & bit(letter) != 0);
        let initials: &[char] = match initial {
            Some(_) => &self.initials,
            None => &[],
        };
        let initials = initials.iter().enumerate();
        let begins = initials.filter(move |&(_, &letter)| Some(letter) == initial);
        begins.filter_map(move |(start, _)| {
            let mut said = self.words[start..].iter();
            let mut words = words_of(name);
            let stand = words.all(|word| said.next().is_some_and(|said| is_word(said, word)));
            let end = self.words.len() - said.len();
            stand.then_some(start..end)
        })
    }
}

/// The first character of `name` as it is compared.
fn initial(name: &str) -> Option<char> {
    // As nearly all do; each text is held against some hundred names.
    if let Some(first) = name.bytes().next().filter(u8::is_ascii_alphanumeric) {
        return Some(first.to_ascii_lowercase().into());
    }
    let first = name.chars().find(|c| c.is_alphanumeric());
    lower(first.or_else(|| lone(name)?.chars().next())?).next()
}

/// A letter's place in a set of letters.
fn bit(letter: char) -> u64 {
    1 << (u32::from(letter) % 64)
}

/// A name as it is compared: its words in lower case, one space between them. Names are many and most differ at once from
/// what was said, so hardly one is ever written down.
pub(super) fn compared(name: &str) -> impl Iterator<Item = char> {
    words_of(name).enumerate().flat_map(|(index, word)| {
        let space = (index > 0).then_some(' ');
        space.into_iter().chain(lowered(word))
    })
}

/// Whether `said`, a word in lower case, is `word`.
fn is_word(said: &str, word: &str) -> bool {
    match word.is_ascii() {
        true => said.eq_ignore_ascii_case(word),
        false => lowered(word).eq(said.chars()),
    }
}

/// A word in lower case.
fn lowered(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(lower)
}

/// A character in lower case, a sigma as one that does not end a word.
fn lower(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c })
}

/// A question mark, if it is all there is: it says something, too.
fn lone(text: &str) -> Option<&str> {
    (text.trim() == "?").then_some("?")
}

/// The words of a text, without a possessive's ending: "Tesla’s" is Tesla.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text
        .split(|c: char| c.is_whitespace() || (!c.is_alphanumeric() && !"&.'’-".contains(c)))
        .map(bare)
        .map(|word| {
            let ending = ["'s", "’s", "'S", "’S"];
            let bare = ending.iter().find_map(|ending| word.strip_suffix(ending));
            bare.unwrap_or(word)
        })
        .filter(|word| !word.is_empty());
    lone(text).into_iter().chain(words)
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
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
