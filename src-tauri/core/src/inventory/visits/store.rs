//! The rows of what visits used.

use super::VisitSupply;
use crate::clock::Millis;
use crate::error::Result;
use crate::inventory::shelf::LotVisit;
use crate::storage::{Reader, Row, Writer};

/// A row that is not undone and undoes none.
const SUPPLY: &str = "SELECT s.id, s.appointment_id, p.starts_at, a.name, v.name, s.item_id, i.name, i.category, i.unit,
        s.lot_id, l.number, l.expires, s.quantity, s.at, m.name
    FROM visit_supplies s JOIN appointments p ON p.id = s.appointment_id JOIN artists a ON a.id = p.artist_id
        JOIN services v ON v.id = p.service_id JOIN items i ON i.id = s.item_id JOIN members m ON m.id = s.member_id
        LEFT JOIN lots l ON l.id = s.lot_id
    WHERE s.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM visit_supplies u WHERE u.undoes = s.id)";

fn supply(row: &Row<'_>) -> rusqlite::Result<VisitSupply> {
    Ok(VisitSupply {
        id: row.get(0)?,
        appointment_id: row.get(1)?,
        starts_at: row.get(2)?,
        artist_name: row.get(3)?,
        service_name: row.get(4)?,
        item_id: row.get(5)?,
        item_name: row.get(6)?,
        category: row.get(7)?,
        unit: row.get(8)?,
        lot_id: row.get(9)?,
        lot: row.get(10)?,
        expires: row.get(11)?,
        quantity: row.get(12)?,
        at: row.get(13)?,
        by: row.get(14)?,
    })
}

pub(crate) fn of_visit(db: Reader<'_>, appointment: &str) -> Result<Vec<VisitSupply>> {
    db.all(&format!("{SUPPLY} AND s.appointment_id = ?1 ORDER BY s.rowid"), [appointment], supply)
}

/// Of all of a client's visits, or of those with one artist; the last visit first. What was laid out for a visit that did
/// not take place is in nobody's skin.
pub(crate) fn of_client(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Vec<VisitSupply>> {
    db.all(
        &format!(
            "{SUPPLY} AND p.client_id = ?1 AND (?2 IS NULL OR p.artist_id = ?2)
                 AND p.status NOT IN ('cancelled', 'no_show')
             ORDER BY p.starts_at DESC, s.appointment_id, s.rowid LIMIT 2000"
        ),
        (client, artist),
        supply,
    )
}

/// The visits that took place and used a lot, or those of one artist; the last first.
pub(crate) fn of_lot(db: Reader<'_>, lot: &str, artist: Option<&str>) -> Result<Vec<LotVisit>> {
    db.all(
        "SELECT p.id, p.starts_at, a.name, c.id, c.name, c.phone, c.email
         FROM appointments p JOIN artists a ON a.id = p.artist_id JOIN clients c ON c.id = p.client_id
         WHERE p.id IN (SELECT s.appointment_id FROM visit_supplies s WHERE s.lot_id = ?1 AND s.undoes IS NULL
                 AND NOT EXISTS (SELECT 1 FROM visit_supplies u WHERE u.undoes = s.id))
             AND (?2 IS NULL OR p.artist_id = ?2) AND p.status NOT IN ('cancelled', 'no_show')
         ORDER BY p.starts_at DESC, p.id",
        (lot, artist),
        |row| {
            Ok(LotVisit {
                appointment_id: row.get(0)?,
                starts_at: row.get(1)?,
                artist_name: row.get(2)?,
                client_id: row.get(3)?,
                client_name: row.get(4)?,
                phone: row.get(5)?,
                email: row.get(6)?,
            })
        },
    )
}

/// A row as it was written.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub appointment: String,
    pub item: String,
    pub lot: Option<String>,
    pub quantity: i64,
    /// It was undone, or undoes another.
    pub over: bool,
}

pub(crate) fn by_id(db: Reader<'_>, id: &str) -> Result<Option<Kept>> {
    db.maybe(
        "SELECT s.appointment_id, s.item_id, s.lot_id, s.quantity,
             s.undoes IS NOT NULL OR EXISTS (SELECT 1 FROM visit_supplies u WHERE u.undoes = s.id)
         FROM visit_supplies s WHERE s.id = ?1",
        [id],
        |row| {
            Ok(Kept {
                appointment: row.get(0)?,
                item: row.get(1)?,
                lot: row.get(2)?,
                quantity: row.get(3)?,
                over: row.get(4)?,
            })
        },
    )
}

pub(crate) fn add(
    db: Writer<'_>,
    id: &str,
    kept: &Kept,
    undoes: Option<&str>,
    (at, by): (Millis, &str),
) -> Result<()> {
    db.run(
        "INSERT INTO visit_supplies (id, appointment_id, item_id, lot_id, quantity, at, member_id, undoes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (id, &kept.appointment, &kept.item, &kept.lot, kept.quantity, at, by, undoes),
    )?;
    Ok(())
}

/// How many pieces of an item there are of this lot, or of none.
pub(crate) fn of_lot_on_hand(db: Reader<'_>, item: &str, lot: Option<&str>) -> Result<i64> {
    let found = db.maybe(
        "SELECT on_hand FROM stock_now WHERE item_id = ?1 AND coalesce(lot_id, '') = coalesce(?2, '')",
        (item, lot),
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}
