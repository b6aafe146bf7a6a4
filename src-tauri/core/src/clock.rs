//! Time, injected: no room reads a clock of its own, so no test sleeps.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// UTC milliseconds since 1970.
pub type Millis = i64;

/// One reading of both clocks.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// What the wall says. Can jump either way.
    pub wall: Millis,
    /// Never goes back, but stops while the computer sleeps.
    pub mono: Duration,
}

impl Moment {
    /// Elapsed since `earlier`: the larger of the two clocks, because the monotonic one stops in sleep (D24).
    pub fn since(&self, earlier: &Moment) -> Duration {
        let wall = Duration::from_millis(self.wall.saturating_sub(earlier.wall).max(0).unsigned_abs());
        wall.max(self.mono.saturating_sub(earlier.mono))
    }

    /// Whether the clocks drifted apart by more than 5 s since `earlier`: a jump or a sleep (D24).
    pub fn jumped_since(&self, earlier: &Moment) -> bool {
        let wall = self.wall.saturating_sub(earlier.wall);
        let mono = i64::try_from(self.mono.saturating_sub(earlier.mono).as_millis()).unwrap_or(i64::MAX);
        wall.abs_diff(mono) > 5_000
    }
}

pub trait Clock: Send + Sync + std::fmt::Debug {
    fn now(&self) -> Moment;
}

/// The computer's clocks.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    #[allow(clippy::disallowed_methods)] // As below.
    pub fn new() -> SystemClock {
        SystemClock { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        SystemClock::new()
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // The one place that reads the computer's clock.
    fn now(&self) -> Moment {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment { wall: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX), mono: self.start.elapsed() }
    }
}
