//! Elevation (D05): a right master code opens the locked actions for a few minutes.
//!
//! It lives in memory only (T061), belongs to one sign-in, and is absolute: acting does not stretch it.

use std::time::Duration;

use super::Role;
use crate::clock::{Millis, Moment};

/// How many minutes a window may last (T060).
pub const MINUTES: std::ops::RangeInclusive<i64> = 1..=30;

/// An open window.
#[derive(Debug, Clone)]
pub struct Elevation {
    since: Moment,
    length: Duration,
    /// The generation of the master code that opened it: a rotation closes it (T066).
    generation: i64,
    /// The member's rights when it opened: a new role or switch closes it (D12).
    rights_epoch: i64,
    /// The role it was opened in: one that was lent and has ended closes it too.
    role: Role,
    /// The member whose password opened it, or none for the master code.
    approver: Option<String>,
}

impl Elevation {
    pub fn open(
        since: Moment,
        minutes: i64,
        generation: i64,
        rights_epoch: i64,
        role: Role,
        approver: Option<String>,
    ) -> Elevation {
        let minutes = minutes.clamp(*MINUTES.start(), *MINUTES.end());
        Elevation {
            since,
            length: Duration::from_secs(minutes.unsigned_abs() * 60),
            generation,
            rights_epoch,
            role,
            approver,
        }
    }

    /// Whether it still holds, against the file as it is now.
    pub fn holds(&self, now: &Moment, generation: i64, rights_epoch: i64, role: Role) -> bool {
        now.since(&self.since) < self.length
            && !now.jumped_since(&self.since)
            && generation == self.generation
            && rights_epoch == self.rights_epoch
            && role == self.role
    }

    /// When it ends on the wall clock, for the countdown.
    pub fn expires_at(&self) -> Millis {
        self.since.wall.saturating_add(i64::try_from(self.length.as_millis()).unwrap_or(i64::MAX))
    }

    /// What the journal writes: the approver's id, or "code".
    pub fn opened_by(&self) -> &str {
        self.approver.as_deref().unwrap_or("code")
    }
}
