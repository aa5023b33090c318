//! Panics that are caught, and not printed: while a walk is shrunk the same one comes hundreds of times.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Does it, and says what it panicked with.
pub(super) fn catch<T>(does: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        // The hook is the process's: other threads' panics are printed as before.
        let print = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                print(panic);
            }
        }));
    });
    let was_quiet = QUIET.replace(true);
    // Whatever was under way when it panicked is not looked at again.
    let done = catch_unwind(AssertUnwindSafe(does));
    QUIET.set(was_quiet);
    done.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("something that is not text").to_owned()
    })
}
