//! The counts of wrong passwords and codes.

use crate::access::throttle::Tally;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::{Reader, Writer};

pub(crate) fn tally(db: Reader<'_>, subject: &str) -> Result<Tally> {
    let found = db.maybe("SELECT failures, last_at FROM throttles WHERE subject = ?1", [subject], |row| {
        Ok(Tally { failures: row.get(0)?, last_at: row.get(1)? })
    })?;
    Ok(found.unwrap_or_default())
}

pub(crate) fn put_tally(db: Writer<'_>, subject: &str, tally: Tally) -> Result<()> {
    db.run(
        "INSERT INTO throttles (subject, failures, last_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
        (subject, tally.failures, tally.last_at),
    )?;
    Ok(())
}

pub(crate) fn clear_tally(db: Writer<'_>, subject: &str) -> Result<()> {
    db.run("DELETE FROM throttles WHERE subject = ?1", [subject])?;
    Ok(())
}

/// Refuses while a wait is on.
pub(crate) fn check_tally(tally: Tally, now: Millis) -> Result<()> {
    match tally.blocked_until() {
        Some(until) if now < until => Err(Error::Throttled { until, wait_ms: until - now }),
        _ => Ok(()),
    }
}
