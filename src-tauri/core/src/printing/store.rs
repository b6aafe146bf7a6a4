//! What was handed out of each receipt.

use super::Way;
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Writer};

/// How many papers of a receipt are about, the original among them.
pub(crate) fn papers(db: Reader<'_>, register: i64, receipt: i64) -> Result<i64> {
    db.one(
        // Until the fifteenth schema only copies were counted.
        "SELECT (SELECT coalesce(sum(CASE WHEN undone IS NULL THEN 1 ELSE -1 END), 0)
                 FROM receipt_papers WHERE register = ?1 AND receipt = ?2)
             + (SELECT count(*) + min(count(*), 1) FROM receipt_copies c JOIN sales s ON s.id = c.sale_id
                WHERE s.register = ?1 AND s.receipt = ?2)",
        (register, receipt),
        |row| row.get(0),
    )
}

#[derive(Debug)]
pub(crate) struct NewPaper<'a> {
    pub id: &'a str,
    pub register: i64,
    pub receipt: i64,
    pub way: Way,
    pub member: &'a str,
    /// The paper that did not come out after all.
    pub undone: Option<&'a str>,
}

pub(crate) fn add_paper(db: Writer<'_>, new: &NewPaper<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO receipt_papers (id, register, receipt, way, at, member_id, undone)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (new.id, new.register, new.receipt, new.way.name(), at, new.member, new.undone),
    )?;
    Ok(())
}
