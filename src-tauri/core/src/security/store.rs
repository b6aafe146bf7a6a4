//! The rows of the master code and the recovery code: hashes and ages, never the codes.

use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Writer};

#[derive(Debug)]
pub(crate) struct SecretRow {
    pub hash: String,
    /// Grows with each rotation: an elevation of an older one no longer holds.
    pub generation: i64,
    pub changed_at: Millis,
    pub changed_by: Option<String>,
    /// Why it is due before its time is up.
    pub due_because: Option<String>,
}

pub(crate) fn secret(db: Reader<'_>, name: &str) -> Result<SecretRow> {
    db.one(
        "SELECT hash, generation, changed_at, changed_by, due_because FROM secrets WHERE name = ?1",
        [name],
        |row| {
            Ok(SecretRow {
                hash: row.get(0)?,
                generation: row.get(1)?,
                changed_at: row.get(2)?,
                changed_by: row.get(3)?,
                due_because: row.get(4)?,
            })
        },
    )
}

pub(crate) fn put_secret(db: Writer<'_>, name: &str, hash: &str, at: Millis, by: Option<&str>) -> Result<()> {
    db.run(
        "INSERT INTO secrets (name, hash, generation, changed_at, changed_by) VALUES (?1, ?2, 1, ?3, ?4)
         ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, generation = secrets.generation + 1,
             changed_at = excluded.changed_at, changed_by = excluded.changed_by, due_because = NULL",
        (name, hash, at, by),
    )?;
    Ok(())
}

/// The same code under another hash: no rotation.
pub(crate) fn rehash(db: Writer<'_>, name: &str, hash: &str) -> Result<()> {
    db.run("UPDATE secrets SET hash = ?2 WHERE name = ?1", (name, hash))?;
    Ok(())
}

/// When a code was made, of a studio whose books begin before it came here.
pub(crate) fn made_at(db: Writer<'_>, name: &str, at: Millis) -> Result<()> {
    db.run("UPDATE secrets SET changed_at = ?2 WHERE name = ?1", (name, at))?;
    Ok(())
}

/// A code must be made anew now (T068). A suspicion is not forgotten because somebody leaves.
pub(crate) fn mark_due(db: Writer<'_>, name: &str, because: &str) -> Result<()> {
    db.run(
        "UPDATE secrets SET due_because = CASE WHEN due_because = 'suspicion' THEN due_because ELSE ?2 END
         WHERE name = ?1",
        [name, because],
    )?;
    Ok(())
}
