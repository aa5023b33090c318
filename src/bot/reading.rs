//! How a text finds an option.
//!
//! From the surest reading to the weakest: a listed option's id, label or alias word for word; the number of a listed
//! option; an unlisted option's id or label, then its alias; a phrase somewhere in the text; a number in words; an
//! alias with nothing but small words around it; the start of an id or label; words of a listed option's label; a
//! phrase in the text once words are parted that a mark joins; a small typing error in the whole text, or in a word of
//! it. The first reading that finds anything decides. If it finds several inputs, all of them are candidates: better to
//! ask than to guess.

use smol_str::SmolStr;

use super::Choice;
use super::said::{Number, Said};
use super::spelling::{Name, Spelling};

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

/// A phrase shorter than this is not what a longer text means by a typing error.
const PHRASE_CHARS_MIN: usize = 4;

type Matches<'a, 'w, I> = Vec<&'a Choice<'w, I>>;

/// Finds the option among `options` that `text` names.
#[must_use]
pub fn find<'a, 'w, I: PartialEq>(text: &str, options: &'a [Choice<'w, I>]) -> Found<'a, 'w, I> {
    let said = Said::new(text);
    if said.words.is_empty() {
        return Found::Nothing;
    }
    let named = |choice: &Choice<'_, I>| names(choice).any(|name| said.is(name));
    let known = |choice: &Choice<'_, I>| choice.aliases.iter().any(|alias| said.is(alias));
    let asked_for = |choice: &&Choice<'_, I>| choice.aliases.iter().any(|a| said.asks_for(a));
    let long = said.whole.chars().count() >= PREFIX_CHARS_MIN;
    let begun = |choice: &Choice<'_, I>| match choice.listed {
        true => names(choice).any(|name| said.begins(name)),
        false => long && names(choice).any(|name| said.surely_begins(name)),
    };
    let (digits, number) = match said.number() {
        Some(Number::Digits(digits)) => (Some(digits), None),
        Some(Number::Words(number)) => (None, Some(number)),
        None => (None, None),
    };

    let readings: [&dyn Fn() -> Matches<'a, 'w, I>; 12] = [
        &|| {
            matching(options, |choice| {
                choice.listed && (named(choice) || known(choice))
            })
        },
        &|| numbered(digits, options),
        &|| matching(options, named),
        &|| matching(options, known),
        &|| inside(&said, options),
        &|| numbered(number, options),
        // Aliases are few and the bot's own words, so the order of its options says which goes first.
        &|| options.iter().find(asked_for).into_iter().collect(),
        &|| listed_first(matching(options, begun)),
        &|| {
            matching(options, |choice| {
                choice.listed && said.is_part_of(&choice.label)
            })
        },
        &|| {
            let parted = said.parted();
            parted.map_or(Vec::new(), |said| inside(&said, options))
        },
        &|| {
            let whole = Spelling::of(&said.whole);
            whole.map_or(Vec::new(), |whole| {
                nearest(options, |choice| nearest_name(&whole, choice))
            })
        },
        &|| {
            let words: Vec<_> = said.uncommon_words().filter_map(Spelling::of).collect();
            nearest(options, |choice| nearest_word(&words, choice))
        },
    ];
    let mut matches = readings.iter().map(|reading| reading());
    found(
        matches
            .find(|matches| !matches.is_empty())
            .unwrap_or_default(),
    )
}

/// The names by which an option goes.
fn names<'n, I>(choice: &'n Choice<'_, I>) -> impl Iterator<Item = &'n str> {
    [&*choice.id, &*choice.label].into_iter()
}

fn matching<'a, 'w, I>(
    options: &'a [Choice<'w, I>],
    fits: impl Fn(&Choice<'_, I>) -> bool,
) -> Matches<'a, 'w, I> {
    options.iter().filter(|choice| fits(choice)).collect()
}

fn listed_first<'a, 'w, I>(matches: Matches<'a, 'w, I>) -> Matches<'a, 'w, I> {
    let listed: Vec<_> = matches.iter().copied().filter(|c| c.listed).collect();
    if listed.is_empty() { matches } else { listed }
}

/// The options whose phrases stand in the text; of those, the ones that are named together with what they are part
/// of, if there are any: "gsk in london".
fn inside<'a, 'w, I>(said: &Said, options: &'a [Choice<'w, I>]) -> Matches<'a, 'w, I> {
    let mut matches = Vec::new();
    let mut placed = Vec::new();
    for choice in options {
        let phrases = choice.phrases.iter().filter(|phrase| said.may_hold(phrase));
        let spans: Vec<_> = phrases.flat_map(|phrase| said.spans(phrase)).collect();
        if spans.is_empty() {
            continue;
        }
        matches.push(choice);
        let beside = |place: &std::ops::Range<usize>| {
            let apart =
                |span: &std::ops::Range<usize>| span.end <= place.start || place.end <= span.start;
            spans.iter().any(apart)
        };
        let mut places = choice.whole_phrases.iter();
        if places.any(|phrase| said.spans(phrase).any(|place| beside(&place))) {
            placed.push(choice);
        }
    }
    if placed.is_empty() { matches } else { placed }
}

/// Options that stand for the same input are one option, and one that is near goes before others of its name.
fn found<'a, 'w, I: PartialEq>(matches: Matches<'a, 'w, I>) -> Found<'a, 'w, I> {
    let mut candidates: Vec<&Choice<'_, I>> = Vec::new();
    for &choice in &matches {
        let outdone = |other: &&Choice<'_, I>| {
            other.near && !choice.near && (other.id == choice.id || other.is_labelled_as(choice))
        };
        let known = candidates.iter().any(|other| other.input == choice.input);
        if !known && !matches.iter().any(outdone) {
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

fn numbered<'a, 'w, I>(number: Option<usize>, options: &'a [Choice<'w, I>]) -> Matches<'a, 'w, I> {
    let index = number.and_then(|number| number.checked_sub(1));
    let mut listed = options.iter().filter(|choice| choice.listed);
    index
        .and_then(|index| listed.nth(index))
        .into_iter()
        .collect()
}

/// The options that are the fewest typing errors away, as far as a typing error goes.
fn nearest<'a, 'w, I>(
    options: &'a [Choice<'w, I>],
    distance: impl Fn(&Choice<'_, I>) -> Option<usize>,
) -> Matches<'a, 'w, I> {
    let mut best = usize::MAX;
    let mut matches = Vec::new();
    for choice in options {
        match distance(choice) {
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

/// How many typing errors the `whole` text is away from a name of `choice`.
fn nearest_name<I>(whole: &Spelling<'_>, choice: &Choice<'_, I>) -> Option<usize> {
    let aliases = choice.aliases.iter().copied();
    let phrases = choice.phrases.iter().map(SmolStr::as_str);
    let names = names(choice).chain(aliases).chain(phrases);
    let near = names.filter(|name| !whole.exceeds(name));
    near.filter_map(|name| whole.slips(&Name::of(name))).min()
}

/// How many typing errors one of `words` is away from a phrase of one word.
fn nearest_word<I>(words: &[Spelling<'_>], choice: &Choice<'_, I>) -> Option<usize> {
    let slips = choice.phrases.iter().filter_map(|phrase| {
        // Of the words of a text that makes no sense, all are too long.
        let mut words = words.iter().filter(|word| !word.exceeds(phrase)).peekable();
        words.peek()?;
        let name = Name::of(phrase);
        let slips = words.filter_map(|word| word.slips(&name)).min()?;
        // Asked last: most phrases are near no word.
        is_long_word(phrase).then_some(slips)
    });
    slips.min()
}

fn is_long_word(phrase: &str) -> bool {
    phrase.chars().count() >= PHRASE_CHARS_MIN && !phrase.contains(char::is_whitespace)
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
            Choice::unlisted("goodbye", "Goodbye", 4).also(&["bye", "what else"]),
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
    fn a_sigma_is_the_same_wherever_it_stands() {
        let options = [Choice::listed("ALPHA", "ΟΔΟΣ", 1)];
        for text in ["ΟΔΟΣ", "οδος", "οδοσ"] {
            check_one(text, &options, 1);
        }
    }

    #[test]
    fn numbers_count_the_listed_options() {
        check("1", &["GSK"]);
        check("3.", &["go-back"]);
        check("4", &[]);
        check("0", &[]);
        check("-1", &["GSK"]);
        check("option 2", &["CRDA"]);
        check("the second one", &["CRDA"]);
        check("tenth", &[]);
    }

    #[test]
    fn a_number_is_a_button_before_it_is_a_code_that_is_not_listed() {
        let mut options = vec![
            Choice::listed("GSK", "GSK PLC", 1),
            Choice::unlisted("1", "CK Hutchison", 2),
            Choice::unlisted("5", "HSBC", 3),
        ];
        check_one("1", &options, 1);
        check_one("5", &options, 3);
        options.push(Choice::listed("1", "Number 1", 4));
        check_one("1", &options, 4);
    }

    #[track_caller]
    fn check_one(text: &str, options: &[Choice<'_, i32>], input: i32) {
        let Found::One(choice) = find(text, options) else {
            panic!("{text:?} finds several options, or none");
        };
        assert_eq!(choice.input, input, "{text:?}");
    }

    #[test]
    fn a_prefix_is_enough_when_it_is_unique() {
        check("cro", &["CRDA"]);
        check("g", &["GSK", "go-back"]);
        check("goodb", &["goodbye"]);
        check("good!", &[]);
        let options = [Choice::unlisted("NYSE", "New York Stock Exchange", 1)];
        check_one("new", &options, 1);
        check("te", &[]);
        check("tes", &["TSLA"]);
        check("what", &[]);
    }

    #[test]
    fn phrases_are_found_inside_a_longer_text() {
        check("price of tesla please", &["TSLA"]);
        check("what does tsla cost?", &["TSLA"]);
        check("teslas", &["TSLA"]);
        check("price of tesla.Thanks", &["TSLA"]);
        check("tesla...please", &["TSLA"]);
        check("tesla-price?", &["TSLA"]);
        check("abc.'''.def tesla-price?", &["TSLA"]);
        check("in the a.m.", &[]);
        check("tesla or ashland", &["TSLA", "ASH"]);
        check("is it open", &[]);
        check("price of IT", &["IT"]);
        check("it", &["IT"]);
        check("tesla’s price", &["TSLA"]);
    }

    #[test]
    fn aliases_may_have_small_words_around_them() {
        check("could you go back please", &["go-back"]);
        check("take me back please", &["go-back"]);
        check("bye, tesla", &["TSLA"]);
        check("back of the envelope", &[]);
        check("ok bye", &["goodbye"]);
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
        check("telsa price", &["TSLA"]);
        check("price of ashlnad", &["ASH"]);
        check("price of bananas", &[]);
    }

    #[test]
    fn blank_and_strange_texts_find_nothing() {
        check("", &[]);
        check(" \u{2028}\r\n", &[]);
        check("<script>", &[]);
        check("99999999999999999999999", &[]);
        check(&format!("{}tesla", "zyxwv ".repeat(63)), &["TSLA"]);
        check(&format!("{}tesla", "zyxwv ".repeat(64)), &[]);
    }
}
