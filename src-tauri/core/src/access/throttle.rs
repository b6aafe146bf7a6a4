//! Wrong passwords and codes: five tries, then a wait that doubles from 30 seconds to 15 minutes.
//!
//! The count is kept in the file, so that a restart does not shorten it.

use crate::clock::Millis;

/// Wrong entries before the first wait.
pub const TRIES: u32 = 5;
const FIRST_WAIT: Millis = 30_000;
const LONGEST_WAIT: Millis = 15 * 60_000;

/// What the file holds for one name or for the master code.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub failures: u32,
    pub last_at: Millis,
}

impl Tally {
    /// Until when nobody may try. A clock set back cannot bring the wait forward: `last_at` is never after `now`
    /// as the file's clock runs.
    pub fn blocked_until(&self) -> Option<Millis> {
        let over = self.failures.checked_sub(TRIES)?;
        let wait = FIRST_WAIT.saturating_mul(1_i64 << over.min(10)).min(LONGEST_WAIT);
        Some(self.last_at.saturating_add(wait))
    }

    pub fn failed(self, now: Millis) -> Tally {
        Tally { failures: self.failures.saturating_add(1), last_at: now }
    }

    pub fn tries_left(&self) -> u32 {
        TRIES.saturating_sub(self.failures)
    }
}
