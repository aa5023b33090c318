//! Lines: what somebody said, written for people to read. Nobody's words look like another's: they begin no line, and
//! turn none around.

/// Whether `c` draws something: no blank, no mark of a direction or a join, no filler. What is left out is Unicode's
/// `Default_Ignorable_Code_Point`, and braille without a dot.
pub(crate) fn is_visible(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !(invisible || c.is_whitespace() || c.is_control())
}

/// Whether `c` breaks a line, or changes the direction of what stands after it.
pub(crate) fn disturbs_a_line(c: char) -> bool {
    let separates = matches!(c, '\u{2028}' | '\u{2029}');
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || separates || turns
}

/// What somebody said, under who said it: all lines but the first are set in.
pub(crate) fn said_by(who: &str, text: &str) -> String {
    let text = printable(text);
    let indent = " ".repeat(who.chars().count() + 2);
    let mut lines = text.lines();
    let mut said = format!("{who}: {}\n", lines.next().unwrap_or_default());
    for line in lines {
        said += format!("{indent}{line}").trim_end();
        said.push('\n');
    }
    said
}

/// A text on one line.
pub(crate) fn on_one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// A text in its lines, without what a terminal would obey.
fn printable(text: &str) -> String {
    let text = text.replace(['\u{2028}', '\u{2029}'], "\n");
    text.chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|&c| c == '\n' || !disturbs_a_line(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_begin_a_line_of_their_own() {
        for (text, said) in [
            ("hi", "you: hi\n"),
            ("", "you: \n"),
            ("a\n\nstock: b", "you: a\n\n     stock: b\n"),
            ("a\r\nstock: b\n", "you: a\n     stock: b\n"),
            ("a\u{2028}b\u{85}c\rd\te", "you: a\n     bcd e\n"),
            ("\u{1b}[2J\u{202e}x\u{2066}", "you: [2Jx\n"),
            ("🏳️‍🌈 \u{200f}\u{5d0}", "you: 🏳️‍🌈 \u{200f}\u{5d0}\n"),
        ] {
            assert_eq!(said_by("you", text), said);
        }
        assert_eq!(on_one_line("a\nb\u{2029}c\u{7}"), "a b c");
    }

    #[test]
    fn what_draws_nothing_is_not_visible() {
        for c in
            "\u{3164}\u{2800}\u{ffa0}\u{115f}\u{1160}\u{202a}\u{202e}\u{2066}\u{2069} \0".chars()
        {
            assert!(!is_visible(c), "{c:?}");
        }
        for c in "a.☕é\u{5d0}".chars() {
            assert!(is_visible(c), "{c:?}");
        }
    }
}
