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

/// A member's PIN and what ends its use.
#[derive(Debug)]
pub(crate) struct PinRow {
    pub member: String,
    pub username: String,
    pub hash: String,
    pub password_epoch: i64,
    pub rights_epoch: i64,
}

/// The PINs of active members.
pub(crate) fn pins(db: Reader<'_>) -> Result<Vec<PinRow>> {
    db.all(
        "SELECT id, username, pin_hash, password_epoch, rights_epoch FROM members
         WHERE pin_hash IS NOT NULL AND active = 1",
        [],
        |row| {
            Ok(PinRow {
                member: row.get(0)?,
                username: row.get(1)?,
                hash: row.get(2)?,
                password_epoch: row.get(3)?,
                rights_epoch: row.get(4)?,
            })
        },
    )
}

/// No hash takes the PIN away.
pub(crate) fn set_pin(db: Writer<'_>, member: &str, hash: Option<&str>, at: Millis) -> Result<()> {
    db.run(
        "UPDATE members SET pin_hash = ?2, pin_set_at = CASE WHEN ?2 IS NULL THEN NULL ELSE ?3 END WHERE id = ?1",
        (member, hash, at),
    )?;
    Ok(())
}

/// The same PIN under another hash.
pub(crate) fn rehash_pin(db: Writer<'_>, member: &str, hash: &str) -> Result<()> {
    db.run("UPDATE members SET pin_hash = ?2 WHERE id = ?1", (member, hash))?;
    Ok(())
}

/// The generations of a member's password and rights.
pub(crate) fn epochs(db: Reader<'_>, member: &str) -> Result<(i64, i64)> {
    db.one("SELECT password_epoch, rights_epoch FROM members WHERE id = ?1", [member], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// What only the member themselves is told of their account.
#[derive(Debug)]
pub(crate) struct OwnRow {
    pub username: String,
    pub has_pin: bool,
    pub password_changed_at: Millis,
}

pub(crate) fn own(db: Reader<'_>, member: &str) -> Result<OwnRow> {
    db.one(
        "SELECT username, pin_hash IS NOT NULL, password_changed_at FROM members WHERE id = ?1",
        [member],
        |row| Ok(OwnRow { username: row.get(0)?, has_pin: row.get(1)?, password_changed_at: row.get(2)? }),
    )
}
