//! The rows of requests.

use super::{RequestKind, RequestState, SupplyRequest};
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Row, Writer};

const REQUEST: &str =
    "SELECT r.id, r.kind, r.item_id, coalesce(i.name, r.what), r.quantity, r.note, r.at, r.member_id,
        m.name, r.state, r.answer, r.answered_at, b.name
    FROM supply_requests r JOIN members m ON m.id = r.member_id LEFT JOIN items i ON i.id = r.item_id
        LEFT JOIN members b ON b.id = r.answered_by";

fn request(row: &Row<'_>) -> rusqlite::Result<SupplyRequest> {
    let (kind, state): (String, String) = (row.get(1)?, row.get(9)?);
    Ok(SupplyRequest {
        id: row.get(0)?,
        kind: RequestKind::parse(&kind),
        item_id: row.get(2)?,
        what: row.get(3)?,
        quantity: row.get(4)?,
        note: row.get(5)?,
        at: row.get(6)?,
        member_id: row.get(7)?,
        by: row.get(8)?,
        state: RequestState::parse(&state),
        answer: row.get(10)?,
        answered_at: row.get(11)?,
        answered_by: row.get(12)?,
    })
}

/// What waits first, the oldest before the rest; then what was answered last. Of everybody, or of one member.
pub(crate) fn list(db: Reader<'_>, member: Option<&str>) -> Result<Vec<SupplyRequest>> {
    db.all(
        &format!(
            "{REQUEST} WHERE (?1 IS NULL OR r.member_id = ?1)
             ORDER BY r.state NOT IN ('open', 'ordered'),
                 CASE WHEN r.state IN ('open', 'ordered') THEN r.at ELSE -coalesce(r.answered_at, r.at) END, r.rowid
             LIMIT 200"
        ),
        [member],
        request,
    )
}

pub(crate) fn by_id(db: Reader<'_>, id: &str) -> Result<Option<SupplyRequest>> {
    db.maybe(&format!("{REQUEST} WHERE r.id = ?1"), [id], request)
}

/// How many pieces of each item are asked for and not yet ordered.
pub(crate) fn wanted(db: Reader<'_>) -> Result<Vec<(String, i64)>> {
    db.all(
        "SELECT item_id, sum(coalesce(quantity, 1)) FROM supply_requests
         WHERE state = 'open' AND kind = 'need' AND item_id IS NOT NULL GROUP BY item_id",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How many requests of one member still wait.
pub(crate) fn waiting(db: Reader<'_>, member: &str) -> Result<i64> {
    db.one(
        "SELECT count(*) FROM supply_requests WHERE member_id = ?1 AND state IN ('open', 'ordered')",
        [member],
        |row| row.get(0),
    )
}

/// A request about to be written: an item, or what it is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct New<'a> {
    pub id: &'a str,
    pub kind: RequestKind,
    pub item: Option<&'a str>,
    pub what: Option<&'a str>,
    pub quantity: Option<i64>,
    pub note: Option<&'a str>,
}

pub(crate) fn add(db: Writer<'_>, new: New<'_>, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO supply_requests (id, kind, item_id, what, quantity, note, at, member_id, state, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open', lower(hex(randomblob(16))))",
        (new.id, new.kind.name(), new.item, new.what, new.quantity, new.note, at, by),
    )?;
    Ok(())
}

pub(crate) fn answer(
    db: Writer<'_>,
    id: &str,
    state: RequestState,
    answer: Option<&str>,
    (at, by): (Millis, &str),
) -> Result<()> {
    db.run(
        "UPDATE supply_requests SET state = ?2, answer = coalesce(?3, answer), answered_at = ?4, answered_by = ?5
         WHERE id = ?1",
        (id, state.name(), answer, at, by),
    )?;
    Ok(())
}
