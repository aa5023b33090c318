//! Tests that cannot try here what they are for.

use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Notes that the running test was skipped, and why. It passes nevertheless, and who looks at what passed only would
/// take it for tried: `test.sh` counts the notes.
pub(crate) fn skipped(why: &str) {
    let thread = std::thread::current();
    let note = format!("{}: {why}\n", thread.name().unwrap_or("a test"));
    eprint!("not tried: {note}");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped");
    let mut notes = File::options()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    // In one piece: other tests write there as well.
    notes.write_all(note.as_bytes()).unwrap();
}
