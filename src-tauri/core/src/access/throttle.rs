//! Wrong passwords and codes: five tries, then a wait that doubles from 30 seconds to 15 minutes.
//!
//! How many there were is kept in the file, so that a restart forgives none. A wait runs on the monotonic clock, which
//! nobody can set: from the last wrong entry that this process saw, or, for those before it, from when the studio was
//! opened. So neither a restart nor a clock set forward makes it shorter.

use std::time::Duration;

/// Wrong entries before the first wait.
pub const TRIES: u32 = 5;
const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// What the file holds for one name or for the master code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub failures: u32,
}

impl Tally {
    /// What is left of the wait, if one is on. Both times are the monotonic clock's; `since` is when it began.
    pub fn wait_left(self, now: Duration, since: Duration) -> Option<Duration> {
        let over = self.failures.checked_sub(TRIES)?;
        let wait = FIRST_WAIT.saturating_mul(1 << over.min(10)).min(LONGEST_WAIT);
        wait.checked_sub(now.saturating_sub(since)).filter(|left| !left.is_zero())
    }

    #[must_use]
    pub fn failed(self) -> Tally {
        Tally { failures: self.failures.saturating_add(1) }
    }

    pub fn tries_left(self) -> u32 {
        TRIES.saturating_sub(self.failures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn attack_21_the_wait_begins_with_the_fifth_and_doubles_to_a_quarter_of_an_hour() {
        let waits: Vec<u64> = (4..12)
            .map(|failures| Tally { failures }.wait_left(SECOND, SECOND).map_or(0, |left| left.as_secs()))
            .collect();
        assert_eq!(waits, [0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(Tally { failures: u32::MAX }.wait_left(SECOND, SECOND), Some(LONGEST_WAIT));
    }

    #[test]
    fn attack_21_a_wait_is_over_after_its_length_and_not_a_moment_before() {
        let five = Tally { failures: 5 };
        let almost = FIRST_WAIT - Duration::from_millis(1);
        assert_eq!(five.wait_left(SECOND + almost, SECOND), Some(Duration::from_millis(1)));
        assert_eq!(five.wait_left(SECOND + FIRST_WAIT, SECOND), None);
        assert_eq!(
            five.wait_left(Duration::ZERO, SECOND),
            Some(FIRST_WAIT),
            "from before it began: all of it"
        );
    }
}
