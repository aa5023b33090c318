//! How a text finds an option.
//!
//! From the surest reading to the weakest: an id, label or alias word for word; the number of a listed option;
//! a phrase somewhere in the text; the start of an id, label or alias; words of a listed option's label; a small
//! typing error. The first reading
//! that finds anything decides, and a listed option goes before an unlisted one. If a reading finds several
//! inputs, all of them are candidates: better to ask than to guess.

use super::Choice;

/// What a text was found to mean.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a, 'w, I> {
    /// One option.
    One(&'a Choice<'w, I>),
    /// Any of these, at most [`CANDIDATES_MAX`].
    Several(Vec<&'a Choice<'w, I>>),
    /// No option.
    Nothing,
}

/// How many options a "did you mean" names at most.
pub const CANDIDATES_MAX: usize = 4;

/// A beginning this long is enough to name what is not listed; anything shorter names what is in sight.
const PREFIX_CHARS_MIN: usize = 3;

/// Words shorter than this are not searched for typing errors: almost anything is near them.
const TYPO_CHARS_MIN: usize = 4;

/// Finds the option among `options` that `text` names.
#[must_use]
pub fn find<'a, 'w, I: PartialEq>(text: &str, options: &'a [Choice<'w, I>]) -> Found<'a, 'w, I> {
    let said = Said::new(text);
    if said.words.is_empty() {
        return Found::Nothing;
    }
    let exactly = |choice: &Choice<'_, I>| names(choice).any(|name| name == said.whole);
    let inside = |choice: &Choice<'_, I>| choice.phrases.iter().any(|phrase| said.holds(phrase));
    let begun = |choice: &Choice<'_, I>| {
        let enough = choice.listed || said.whole.chars().count() >= PREFIX_CHARS_MIN;
        enough && names(choice).any(|name| name.starts_with(&said.whole))
    };
    let part = |choice: &Choice<'_, I>| choice.listed && said.is_part_of(&choice.label);

    let mut matches = matching(options, exactly);
    if matches.is_empty() {
        matches.extend(numbered(&said.whole, options));
    }
    if matches.is_empty() {
        matches = matching(options, inside);
    }
    if matches.is_empty() {
        matches = matching(options, begun);
    }
    if matches.is_empty() {
        matches = matching(options, part);
    }
    if matches.is_empty() {
        matches = nearest(&said, options);
    }
    found(matches)
}

/// A text as it is compared: words in lower case, without the punctuation around them.
struct Said {
    whole: String,
    words: Vec<String>,
    /// The words as they were written, for names that are also everyday words.
    written: Vec<String>,
}

impl Said {
    fn new(text: &str) -> Self {
        let written: Vec<String> = words_of(text).map(str::to_owned).collect();
        let words: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
        Self {
            whole: words.join(" "),
            words,
            written,
        }
    }

    /// Whether all that was said stands in `label` as whole words.
    fn is_part_of(&self, label: &str) -> bool {
        let label = Self::new(label);
        label
            .words
            .windows(self.words.len())
            .any(|words| words == self.words)
    }

    /// Whether `phrase` stands in the text as whole words. An everyday word ("IT", "ALL") counts only where it
    /// is written as in the phrase, or is all that was said.
    fn holds(&self, phrase: &str) -> bool {
        let phrase_words: Vec<&str> = words_of(phrase).collect();
        let [single] = phrase_words[..] else {
            let lower: Vec<String> = phrase_words.iter().map(|w| w.to_lowercase()).collect();
            return !lower.is_empty() && self.words.windows(lower.len()).any(|w| w == lower);
        };
        let lower = single.to_lowercase();
        if self.words.len() > 1 && EVERYDAY.contains(&lower.as_str()) {
            return self.written.iter().any(|word| word == single);
        }
        self.words.contains(&lower)
    }
}

/// Short words that are common in English and also common as codes.
const EVERYDAY: &[&str] = &[
    "a", "all", "am", "an", "and", "any", "are", "as", "at", "be", "big", "but", "by", "can", "do",
    "for", "get", "go", "good", "has", "he", "hi", "how", "i", "if", "in", "is", "it", "key",
    "low", "ma", "me", "my", "new", "no", "now", "of", "ok", "on", "one", "open", "or", "out",
    "pm", "see", "she", "so", "still", "the", "to", "too", "up", "us", "was", "we", "well", "what",
    "who", "with", "you",
];

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || (!c.is_alphanumeric() && !"&.'’-".contains(c)))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// The names by which an option goes, as they are compared.
fn names<I>(choice: &Choice<'_, I>) -> impl Iterator<Item = String> {
    [&*choice.id, &*choice.label]
        .into_iter()
        .chain(choice.aliases.iter().copied())
        .map(|name| Said::new(name).whole)
        .filter(|name| !name.is_empty())
}

/// The options that fit; of those, the listed ones if there are any.
fn matching<'a, 'w, I>(
    options: &'a [Choice<'w, I>],
    fits: impl Fn(&Choice<'_, I>) -> bool,
) -> Vec<&'a Choice<'w, I>> {
    let matches = options.iter().filter(|choice| fits(choice)).collect();
    listed_first(matches)
}

fn listed_first<'a, 'w, I>(matches: Vec<&'a Choice<'w, I>>) -> Vec<&'a Choice<'w, I>> {
    let listed: Vec<_> = matches.iter().copied().filter(|c| c.listed).collect();
    if listed.is_empty() { matches } else { listed }
}

/// Options that stand for the same input are one option.
fn found<'a, 'w, I: PartialEq>(matches: Vec<&'a Choice<'w, I>>) -> Found<'a, 'w, I> {
    let mut candidates: Vec<&Choice<'_, I>> = Vec::new();
    for choice in matches {
        if candidates.iter().all(|other| other.input != choice.input) {
            candidates.push(choice);
        }
    }
    match candidates[..] {
        [] => Found::Nothing,
        [one] => Found::One(one),
        _ => {
            candidates.truncate(CANDIDATES_MAX);
            Found::Several(candidates)
        }
    }
}

fn numbered<'a, 'w, I>(said: &str, options: &'a [Choice<'w, I>]) -> Option<&'a Choice<'w, I>> {
    let number: usize = said.parse().ok()?;
    options
        .iter()
        .filter(|choice| choice.listed)
        .nth(number.checked_sub(1)?)
}

/// The options that are the fewest typing errors away, as far as a typing error goes.
fn nearest<'a, 'w, I>(said: &Said, options: &'a [Choice<'w, I>]) -> Vec<&'a Choice<'w, I>> {
    let mut best = usize::MAX;
    let mut matches = Vec::new();
    for choice in options {
        let phrases = choice.phrases.iter().map(|phrase| phrase.to_lowercase());
        let distance = names(choice)
            .chain(phrases)
            .filter_map(|name| typing_error(&said.whole, &name))
            .min();
        match distance {
            Some(distance) if distance < best => {
                best = distance;
                matches = vec![choice];
            }
            Some(distance) if distance == best => matches.push(choice),
            _ => {}
        }
    }
    listed_first(matches)
}

/// How many slips of the finger part `said` from `name`: one at most, two in a long word; else `None`.
fn typing_error(said: &str, name: &str) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use smol_str::SmolStr;

    use super::*;

    fn phrases(list: &[&str]) -> Vec<SmolStr> {
        list.iter().map(|&phrase| phrase.into()).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (tesla, it, ash) = (
            phrases(&["TSLA", "Tesla"]),
            phrases(&["IT", "Gartner"]),
            phrases(&["ASH", "Ashland"]),
        );
        let options = [
            Choice::listed("GSK", "GSK PLC", 1),
            Choice::listed("CRDA", "CRODA INTERNATIONAL PLC", 2),
            Choice::listed("go-back", "Go back", 3).also(&["back"]),
            Choice::unlisted("goodbye", "Goodbye", 4).also(&["bye"]),
            Choice::unlisted("TSLA", "Tesla, Inc.", 5).found_by(&tesla),
            Choice::unlisted("IT", "Gartner, Inc.", 6).found_by(&it),
            Choice::unlisted("ASH", "Ashland Inc.", 7).found_by(&ash),
            Choice::unlisted("GSK", "GSK PLC", 1),
        ];
        let ids: Vec<&str> = match find(text, &options) {
            Found::One(choice) => vec![&choice.id],
            Found::Several(candidates) => candidates.iter().map(|c| &*c.id).collect(),
            Found::Nothing => vec![],
        };
        assert_eq!(ids, expected, "{text:?}");
    }

    #[test]
    fn ids_labels_and_aliases_are_found_whatever_their_case() {
        check("gsk", &["GSK"]);
        check("  GSK  plc! ", &["GSK"]);
        check("BACK", &["go-back"]);
        check("go back", &["go-back"]);
        check("bye.", &["goodbye"]);
    }

    #[test]
    fn numbers_count_the_listed_options() {
        check("1", &["GSK"]);
        check("3.", &["go-back"]);
        check("4", &[]);
        check("0", &[]);
        check("-1", &["GSK"]);
    }

    #[test]
    fn a_prefix_is_enough_when_it_is_unique() {
        check("cro", &["CRDA"]);
        check("g", &["GSK", "go-back"]);
        check("goodb", &["goodbye"]);
        check("te", &[]);
        check("tes", &["TSLA"]);
    }

    #[test]
    fn phrases_are_found_inside_a_longer_text() {
        check("price of tesla please", &["TSLA"]);
        check("what does tsla cost?", &["TSLA"]);
        check("teslas", &["TSLA"]);
        check("tesla or ashland", &["TSLA", "ASH"]);
        check("is it open", &[]);
        check("price of IT", &["IT"]);
        check("it", &["IT"]);
    }

    #[test]
    fn words_of_a_listed_label_are_enough() {
        check("international", &["CRDA"]);
        check("plc", &["GSK", "CRDA"]);
        check("inc", &[]);
    }

    #[test]
    fn small_typing_errors_are_forgiven() {
        check("telsa", &["TSLA"]);
        check("goodbey", &["goodbye"]);
        check("crdoa international plc", &["CRDA"]);
        check("gks", &[]);
        check("banana", &[]);
    }

    #[test]
    fn blank_and_strange_texts_find_nothing() {
        check("", &[]);
        check(" \u{2028}\r\n", &[]);
        check("<script>", &[]);
        check("99999999999999999999999", &[]);
    }
}
