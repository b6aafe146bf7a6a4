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
        Moment { wall: told(SystemTime::now()), mono: self.start.elapsed() }
    }
}

/// The last day of 2199: no calendar day here is later than 2200, and what is dated past it could not be read again.
const LATEST: Millis = 7_258_032_000_000;

/// What a clock says, within the years that can be written down.
fn told(wall: SystemTime) -> Millis {
    let since = wall.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).map_or(LATEST, |wall| wall.min(LATEST))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{LATEST, told};
    use crate::calendar::Zone;
    use crate::error::Result;

    #[test]
    fn f14_a_clock_set_to_any_year_says_a_day_that_can_be_read_again() -> Result<()> {
        let year = Duration::from_hours(24 * 365);
        assert_eq!(told(UNIX_EPOCH + Duration::from_millis(7)), 7);
        assert_eq!(told(UNIX_EPOCH - year), 0);
        assert_eq!(told(UNIX_EPOCH + year * 330), LATEST);
        assert_eq!(told(UNIX_EPOCH + year * 200_000), LATEST);
        for zone in ["Pacific/Kiritimati", "Pacific/Apia", "UTC"] {
            let day = String::from(Zone::parse(zone)?.day_of(LATEST)?);
            assert!(crate::calendar::Day::try_from(day.clone()).is_ok(), "{day}");
        }
        Ok(())
    }
}
