//! Names that cannot be guessed.

const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// How many of these it takes for 128 bits. A `SmolStr` holds no more than 23 in itself: with a longer id every copy would
/// count references, and every look-up follow a pointer.
const ID_CHARS: usize = 22;

/// A name that cannot be guessed: 128 random bits in letters and digits.
///
/// # Errors
/// If the system gives no random bytes.
pub fn random_id() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    let mut rest = u128::from_le_bytes(bytes);
    let digits = (0..ID_CHARS).map(|_| {
        let digit = ALPHANUMERIC[(rest % 62) as usize];
        rest /= 62;
        char::from(digit)
    });
    Ok(digits.collect())
}
