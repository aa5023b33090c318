//! A token bucket: so many at once, refilled at a steady rate.

use std::time::{Duration, Instant};

/// Holds up to `size` permits and gains `size` every `period`.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    permits: f64,
    filled: Instant,
}

/// How fast permits may be taken; a `size` of 0 sets no limit.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Permits in a full bucket.
    pub size: u32,
    /// How long an empty bucket takes to fill.
    pub period: Duration,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub fn full(rate: Rate, now: Instant) -> Self {
        Self {
            permits: f64::from(rate.size),
            filled: now,
        }
    }

    /// Takes a permit, or says how long to wait for one.
    ///
    /// # Errors
    /// The time until the next permit.
    pub fn take(&mut self, rate: Rate, now: Instant) -> Result<(), Duration> {
        if rate.size == 0 {
            return Ok(());
        }
        let a_second = f64::from(rate.size) / rate.period.as_secs_f64();
        let gained = now.saturating_duration_since(self.filled).as_secs_f64() * a_second;
        self.permits = (self.permits + gained).min(f64::from(rate.size));
        self.filled = now;
        if self.permits >= 1.0 {
            self.permits -= 1.0;
            return Ok(());
        }
        Err(Duration::from_secs_f64((1.0 - self.permits) / a_second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_refills() {
        let rate = Rate {
            size: 10,
            period: Duration::from_secs(1),
        };
        let start = Instant::now();
        let mut bucket = Bucket::full(rate, start);
        for _ in 0..10 {
            assert_eq!(bucket.take(rate, start), Ok(()));
        }
        let wait = bucket.take(rate, start).unwrap_err();
        assert_eq!(wait.as_millis(), 100);
        assert!(bucket.take(rate, start + wait).is_ok());
        assert!(bucket.take(rate, start + wait).is_err());
        let later = start + Duration::from_secs(60);
        assert_eq!(
            (0..20).filter(|_| bucket.take(rate, later).is_ok()).count(),
            10
        );
    }

    #[test]
    fn a_size_of_none_is_no_limit() {
        let rate = Rate {
            size: 0,
            period: Duration::from_secs(1),
        };
        let now = Instant::now();
        let mut bucket = Bucket::full(rate, now);
        assert!((0..1000).all(|_| bucket.take(rate, now).is_ok()));
    }
}
