//! How something is spelled, and how near a name is to it.

use super::said::compared;

/// Words shorter than this are not searched for typing errors: almost anything is near them.
pub(super) const TYPO_CHARS_MIN: usize = 4;

/// What was said, or a word of it, to be held against names.
pub(super) struct Spelling<'a> {
    text: &'a str,
    chars: usize,
    letters: u64,
    /// How many slips of the finger are forgiven.
    slips_max: usize,
}

/// A name at a glance: at least so many characters, and these letters, are in it as it is compared. Names are many, and
/// most need no other look. Without the letter s, which in a possessive's ending is not compared.
pub(super) struct Name<'n> {
    name: &'n str,
    chars: usize,
    letters: u64,
}

impl<'a> Spelling<'a> {
    /// How `text` is spelled, which is in lower case; `None` if it is too short to be near anything.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let chars = text.chars().count();
        let slips_max = match chars {
            0..TYPO_CHARS_MIN => return None,
            TYPO_CHARS_MIN..8 => 1,
            _ => 2,
        };
        Some(Self {
            text,
            chars,
            letters: letters_of(text).fold(0, |letters, letter| letters | letter),
            slips_max,
        })
    }

    /// Whether this is too long to be near `name`, which is not compared as more characters than it has bytes.
    pub(super) fn exceeds(&self, name: &str) -> bool {
        name.len() + self.slips_max < self.chars
    }

    /// How many slips of the finger part this from `name`; `None` for more than are forgiven.
    pub(super) fn slips(&self, name: &Name<'_>) -> Option<usize> {
        let others = (name.letters & !self.letters).count_ones() as usize;
        if name.chars > self.chars + self.slips_max || others > self.slips_max {
            return None;
        }
        let name: String = compared(name.name).collect();
        if self.chars.abs_diff(name.chars().count()) > self.slips_max {
            return None;
        }
        let slips = strsim::osa_distance(self.text, &name);
        (slips <= self.slips_max).then_some(slips)
    }
}

impl<'n> Name<'n> {
    pub(super) fn of(name: &'n str) -> Self {
        let (mut chars, mut letters) = (0, 0);
        for letter in letters_of(name) {
            chars += usize::from(letter != 0);
            letters |= letter;
        }
        Self {
            name,
            chars,
            letters,
        }
    }
}

/// The places of those letters of a text that count at a glance; none for every other byte.
fn letters_of(text: &str) -> impl Iterator<Item = u64> {
    text.bytes().map(|byte| LETTERS[usize::from(byte)])
}

/// A letter's place in a set of letters, which some of them share.
const fn bit(letter: u8) -> u64 {
    1 << (letter % 64)
}

/// Each byte's place in a set of letters, the same for capitals; none for what does not count at a glance.
const LETTERS: [u64; 256] = {
    let mut letters = [0; 256];
    let mut letter = 0_u8;
    while letter < 128 {
        if letter.is_ascii_alphanumeric() && !letter.eq_ignore_ascii_case(&b's') {
            letters[letter as usize] = bit(letter.to_ascii_lowercase());
        }
        letter += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slips_are_letters_that_are_missing_too_many_others_or_swapped() {
        let check = |said, name, slips| {
            let spelling = Spelling::of(said).expect("it is long enough");
            assert_eq!(spelling.slips(&Name::of(name)), slips, "{said} {name}");
        };
        check("tesla", "Tesla", Some(0));
        check("telsa", "Tesla", Some(1));
        check("tsla", "Tesla", Some(1));
        check("texla", "Tesla", Some(1));
        check("txxla", "Tesla", None);
        check("goodbeye", "Goodbye!", Some(1));
        check("mcdonald", "McDonald’s", Some(0));
        check("wendx", "Wendy's", Some(1));
        check("mcdonlad", "McDonald's", Some(1));
        check("жуки", "Жуки", Some(0));
        check("жукс", "Жуки", Some(1));
        assert!(Spelling::of("gsk").is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(4_096)
        })]

        /// What is told apart at a glance would be told apart by its distance.
        #[test]
        fn a_glance_is_never_wrong(
            said in "[ab0pséK]{4}([absé ]{4})?",
            name in "[abC0pPéKſ]{2,5}(['’][sS])?([ é-][a-cs]{1,4})?",
        ) {
            let said: String = compared(&said).collect();
            prop_assume!(Spelling::of(&said).is_some());
            let spelling = Spelling::of(&said).expect("it is long enough");
            let name_as_compared: String = compared(&name).collect();
            let slips = strsim::osa_distance(&said, &name_as_compared);
            let expected = (slips <= spelling.slips_max).then_some(slips);
            prop_assert_eq!(spelling.slips(&Name::of(&name)), expected);
            prop_assert!(!spelling.exceeds(&name) || expected.is_none());
        }
    }
}
