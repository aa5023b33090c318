//! What a caller takes: the media ranges of `Accept` (RFC 9110, section 12.5.1), their parameters aside.

/// Whether who sends this `Accept` would rather have `one` than `other`.
pub(super) fn is_rather(accept: &str, one: &str, other: &str) -> bool {
    weight(accept, one) > weight(accept, other)
}

/// How much a media type is wanted, in thousandths: as the range says that names it most exactly.
fn weight(accept: &str, media_type: &str) -> u16 {
    let ranges = accept.split(',').filter_map(|range| {
        let (range, parameters) = range.split_once(';').unwrap_or((range, ""));
        Some((exactness(range.trim(), media_type)?, quality(parameters)))
    });
    ranges.max().map_or(0, |(_, quality)| quality)
}

/// How exactly `range` names the media type; `None` if it does not.
fn exactness(range: &str, media_type: &str) -> Option<u8> {
    if range.eq_ignore_ascii_case(media_type) {
        return Some(2);
    }
    match range.split_once('/')? {
        ("*", "*") => Some(0),
        (kind, "*") => {
            let (its, _) = media_type.split_once('/')?;
            kind.eq_ignore_ascii_case(its).then_some(1)
        }
        _ => None,
    }
}

/// The `q` of a range, in thousandths. One that cannot be read is none at all.
fn quality(parameters: &str) -> u16 {
    let named = parameters
        .split(';')
        .filter_map(|pair| pair.split_once('='));
    let mut named = named.map(|(name, value)| (name.trim(), value.trim()));
    let Some((_, text)) = named.find(|(name, _)| name.eq_ignore_ascii_case("q")) else {
        return 1_000;
    };
    let quality = text.parse::<f32>().ok();
    let quality = quality.filter(|quality| (0.0..=1.0).contains(quality));
    quality.map_or(0, |quality| (quality * 1_000.0) as u16)
}
