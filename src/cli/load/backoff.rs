//! Waits between tries that grow as long as nothing works.

use std::time::Duration;

const WAIT_MIN: Duration = Duration::from_millis(20);
const WAIT_MAX: Duration = Duration::from_secs(1);

/// How often something did not work.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// How long to wait before the next try.
    pub(super) fn next(&mut self) -> Duration {
        let wait = WAIT_MIN * 2_u32.pow(self.tries.min(10));
        self.tries += 1;
        wait.min(WAIT_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_a_second() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..100).map(|_| backoff.next().as_millis()).collect();
        assert_eq!(waits[..7], [20, 40, 80, 160, 320, 640, 1000]);
        assert_eq!(waits[99], 1000);
    }
}
