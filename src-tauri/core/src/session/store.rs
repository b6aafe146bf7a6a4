//! The counts of wrong passwords and codes, and what the room reads of members beside their account.

use crate::access::password::Cost;
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

/// What most members' hashes cost: what a name that nobody has must cost too.
pub(crate) fn usual_cost(db: Reader<'_>) -> Result<Cost> {
    db.one(
        "SELECT CAST(substr(password_hash, 5, 2) AS INTEGER) AS cost FROM members
         GROUP BY cost ORDER BY count(*) DESC, cost DESC LIMIT 1",
        [],
        |row| row.get(0).map(Cost::Fixed),
    )
}
