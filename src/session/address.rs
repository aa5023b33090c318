//! Addressing a bot by its name, where people talk with each other.

/// What `text` says to `bot`, if it begins with its name: `@stock price of tesla`.
#[must_use]
pub fn addressed<'a>(text: &'a str, bot: &str) -> Option<&'a str> {
    let rest = text.trim_start().strip_prefix('@')?;
    let (name, rest) = rest.split_once(char::is_whitespace)?;
    let rest = rest.trim();
    (name.eq_ignore_ascii_case(bot) && !rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_is_addressed_by_its_name_and_nothing_else() {
        assert_eq!(
            addressed("@stock price of tesla", "stock"),
            Some("price of tesla")
        );
        assert_eq!(addressed(" @Stock  help ", "stock"), Some("help"));
        for other in [
            "@stock",
            "@stock ",
            "@stocks help",
            "stock help",
            "@ stock help",
            "hello @stock",
        ] {
            assert_eq!(addressed(other, "stock"), None, "{other:?}");
        }
    }
}
