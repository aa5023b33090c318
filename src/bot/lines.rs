//! Lines: what may stand in one that people read, and what of it they see.

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

#[cfg(test)]
mod tests {
    use super::*;

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
