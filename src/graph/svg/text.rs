//! Text as it is drawn: how wide it is, and how it is written into XML.
//!
//! No font is read: widths are those of Helvetica and Arial, which the picture asks for, with some slack for what
//! else a viewer may have.

/// What the widths below are made larger by, for fonts that are a little wider.
const SLACK: f64 = 1.06;
/// Bold letters are wider by about this much.
const BOLD: f64 = 1.07;

/// The advance widths of the printable ASCII characters from the space on, in thousandths of the font's size.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278,
    278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// The width of `text` at a font size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(advance).sum();
    (f64::from(thousandths) / 1000.0 * size * SLACK).ceil()
}

/// The width of `text` in bold letters.
pub(super) fn bold_width(text: &str, size: f64) -> f64 {
    (width(text, size) * BOLD).ceil()
}

/// Scripts that are wider than Latin are taken for as wide as they are high; all others for a wide letter.
fn advance(c: char) -> u32 {
    let ascii = u32::from(c).checked_sub(0x20);
    if let Some(&advance) = ascii.and_then(|index| ASCII.get(index as usize)) {
        return u32::from(advance);
    }
    match u32::from(c) {
        0x00..0x20 => 278,
        0x7f..0x0530 => 800,
        0x2010..0x2040 => 1000,
        _ => 1050,
    }
}

/// `text` for XML, between tags or quotes. Characters that XML 1.0 does not have become blanks.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
