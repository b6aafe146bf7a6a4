//! The counts of wrong passwords and codes.

use crate::access::throttle::Tally;
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Writer};

pub(crate) fn tally(db: Reader<'_>, subject: &str) -> Result<Tally> {
    let found = db.maybe("SELECT failures FROM throttles WHERE subject = ?1", [subject], |row| {
        Ok(Tally { failures: row.get(0)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// The time is for people who look into the file: no wait is reckoned from it.
pub(crate) fn put_tally(db: Writer<'_>, subject: &str, tally: Tally, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO throttles (subject, failures, last_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
        (subject, tally.failures, at),
    )?;
    Ok(())
}

pub(crate) fn clear_tally(db: Writer<'_>, subject: &str) -> Result<()> {
    db.run("DELETE FROM throttles WHERE subject = ?1", [subject])?;
    Ok(())
}
