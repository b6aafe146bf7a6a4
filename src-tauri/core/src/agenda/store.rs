//! The rows of appointments and time off.

use super::{ArtistColumn, Block, BlockKind, Card, CardDetail, VisitStatus};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};

/// An appointment as rules need it.
#[derive(Debug, Clone)]
pub(crate) struct Appointment {
    pub id: String,
    pub artist: String,
    pub client: String,
    pub service: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub status: VisitStatus,
    pub price: Money,
    pub note: Option<String>,
    pub rev: i64,
}

const APPOINTMENT: &str =
    "SELECT id, artist_id, client_id, service_id, starts_at, ends_at, status, price, note, rev
    FROM appointments";

fn appointment_row(row: &Row<'_>) -> rusqlite::Result<(Appointment, String)> {
    let status: String = row.get(6)?;
    let seen = Appointment {
        id: row.get(0)?,
        artist: row.get(1)?,
        client: row.get(2)?,
        service: row.get(3)?,
        starts_at: row.get(4)?,
        ends_at: row.get(5)?,
        status: VisitStatus::Booked,
        price: row.get(7)?,
        note: row.get(8)?,
        rev: row.get(9)?,
    };
    Ok((seen, status))
}

fn with_state((seen, status): (Appointment, String)) -> Result<Appointment> {
    Ok(Appointment { status: VisitStatus::parse(&status)?, ..seen })
}

pub(crate) fn appointment(db: Reader<'_>, id: &str) -> Result<Option<Appointment>> {
    db.maybe(&format!("{APPOINTMENT} WHERE id = ?1"), [id], appointment_row)?.map(with_state).transpose()
}

pub(crate) fn add(db: Writer<'_>, new: &Appointment, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO appointments (id, artist_id, client_id, service_id, starts_at, ends_at, status, price, note,
             created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        (
            &new.id,
            &new.artist,
            &new.client,
            &new.service,
            new.starts_at,
            new.ends_at,
            new.status.name(),
            new.price,
            &new.note,
            at,
            by,
        ),
    )?;
    Ok(())
}

/// Writes an edited appointment; its status is not touched.
pub(crate) fn put(db: Writer<'_>, changed: &Appointment) -> Result<()> {
    db.run(
        "UPDATE appointments SET artist_id = ?2, client_id = ?3, service_id = ?4, starts_at = ?5, ends_at = ?6,
             price = ?7, note = ?8, rev = rev + 1 WHERE id = ?1",
        (
            &changed.id,
            &changed.artist,
            &changed.client,
            &changed.service,
            changed.starts_at,
            changed.ends_at,
            changed.price,
            &changed.note,
        ),
    )?;
    Ok(())
}

pub(crate) fn set_status(
    db: Writer<'_>,
    id: &str,
    status: VisitStatus,
    reason: Option<&str>,
    at: Millis,
) -> Result<()> {
    db.run(
        "UPDATE appointments SET status = ?2, reason = ?3, rev = rev + 1,
             arrived_at = CASE WHEN ?2 = 'arrived' THEN ?4 WHEN ?2 IN ('booked', 'confirmed') THEN NULL ELSE arrived_at END,
             started_at = CASE WHEN ?2 = 'in_session' THEN coalesce(started_at, ?4)
                 WHEN ?2 IN ('booked', 'confirmed', 'arrived') THEN NULL ELSE started_at END,
             completed_at = CASE WHEN ?2 = 'completed' THEN ?4 ELSE NULL END
         WHERE id = ?1",
        (id, status.name(), reason, at),
    )?;
    Ok(())
}

/// Whether the artist has another appointment in the time. Touching ends are allowed, cancelled ones ignored.
pub(crate) fn overlaps(
    db: Reader<'_>,
    artist: &str,
    starts_at: Millis,
    ends_at: Millis,
    except: &str,
) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM appointments
             WHERE artist_id = ?1 AND starts_at < ?3 AND starts_at > ?2 - 86400000 AND ends_at > ?2 AND id <> ?4
                 AND status NOT IN ('cancelled', 'no_show'))",
        (artist, starts_at, ends_at, except),
        |row| row.get(0),
    )
}

pub(crate) fn blocked(db: Reader<'_>, artist: &str, starts_at: Millis, ends_at: Millis) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM blocks
             WHERE artist_id = ?1 AND starts_at < ?3 AND ends_at > ?2 AND removed_at IS NULL)",
        (artist, starts_at, ends_at),
        |row| row.get(0),
    )
}

/// The visits of an artist that have not begun, in their order.
pub(crate) fn ahead(db: Reader<'_>, artist: &str, from: Millis) -> Result<Vec<Appointment>> {
    let rows = db.all(
        &format!(
            "{APPOINTMENT} WHERE artist_id = ?1 AND starts_at >= ?2 AND status IN ('booked', 'confirmed')
             ORDER BY starts_at, id"
        ),
        (artist, from),
        appointment_row,
    )?;
    rows.into_iter().map(with_state).collect()
}

/// Whether an artist can be booked: the profile exists and is active.
pub(crate) fn bookable(db: Reader<'_>, artist: &str) -> Result<Option<bool>> {
    db.maybe("SELECT active FROM artists WHERE id = ?1", [artist], |row| row.get(0))
}

/// The working hours of an artist on a weekday.
pub(crate) fn hours(db: Reader<'_>, artist: &str, weekday: i64) -> Result<Option<(i64, i64)>> {
    db.maybe(
        "SELECT opens, closes FROM artist_hours WHERE artist_id = ?1 AND weekday = ?2",
        (artist, weekday),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The columns: active artists, and those who left but still stand in these days.
pub(crate) fn columns(db: Reader<'_>, from: Millis, to: Millis, weekday: i64) -> Result<Vec<ArtistColumn>> {
    db.all(
        "SELECT a.id, a.name, h.opens, h.closes,
                (SELECT coalesce(sum(min(p.ends_at, ?2) - max(p.starts_at, ?1)), 0) / 60000 FROM appointments p
                 WHERE p.artist_id = a.id AND p.starts_at < ?2 AND p.starts_at > ?1 - 86400000 AND p.ends_at > ?1
                     AND p.status NOT IN ('cancelled', 'no_show')) AS booked
         FROM artists a LEFT JOIN artist_hours h ON h.artist_id = a.id AND h.weekday = ?3
         WHERE a.active = 1 OR booked > 0
         ORDER BY a.position",
        (from, to, weekday),
        |row| {
            Ok(ArtistColumn {
                artist_id: row.get(0)?,
                name: row.get(1)?,
                opens: row.get(2)?,
                closes: row.get(3)?,
                booked_minutes: row.get(4)?,
            })
        },
    )
}

const CARD: &str = "SELECT p.id, p.artist_id, c.name, p.starts_at, p.ends_at, c.id, p.status, p.service_id, s.name,
        p.price, p.note, p.reason, c.alerts, c.phone, p.arrived_at, p.started_at,
        (SELECT x.id FROM sales x WHERE x.appointment_id = p.id AND x.kind = 'sale'
             AND x.total + (SELECT coalesce(sum(r.total), 0) FROM sales r WHERE r.original_id = x.id) > 0 LIMIT 1),
        p.rev
    FROM appointments p JOIN clients c ON c.id = p.client_id JOIN services s ON s.id = p.service_id";

fn card(row: &Row<'_>) -> rusqlite::Result<(Card, String)> {
    let status: String = row.get(6)?;
    let card = Card {
        id: row.get(0)?,
        artist_id: row.get(1)?,
        client_name: row.get(2)?,
        starts_at: row.get(3)?,
        ends_at: row.get(4)?,
        detail: Some(CardDetail {
            client_id: row.get(5)?,
            status: VisitStatus::Booked,
            service_id: row.get(7)?,
            service_name: row.get(8)?,
            price: row.get(9)?,
            note: row.get(10)?,
            reason: row.get(11)?,
            alerts: row.get(12)?,
            phone: row.get(13)?,
            arrived_at: row.get(14)?,
            started_at: row.get(15)?,
            sale_id: row.get(16)?,
            rev: row.get(17)?,
        }),
    };
    Ok((card, status))
}

fn with_status((mut card, status): (Card, String)) -> Result<Card> {
    if let Some(detail) = card.detail.as_mut() {
        detail.status = VisitStatus::parse(&status)?;
    }
    Ok(card)
}

/// The cards of some days, of one artist or of all.
pub(crate) fn cards(db: Reader<'_>, from: Millis, to: Millis, artist: Option<&str>) -> Result<Vec<Card>> {
    let rows = db.all(
        &format!(
            "{CARD} WHERE p.starts_at < ?2 AND p.starts_at > ?1 - 86400000 AND p.ends_at > ?1
                 AND (?3 IS NULL OR p.artist_id = ?3)
             ORDER BY p.starts_at, p.id"
        ),
        (from, to, artist),
        card,
    )?;
    rows.into_iter().map(with_status).collect()
}

pub(crate) fn card_by_id(db: Reader<'_>, id: &str) -> Result<Card> {
    let row = db.maybe(&format!("{CARD} WHERE p.id = ?1"), [id], card)?;
    with_status(row.ok_or(Error::NotFound { what: "appointment" })?)
}

/// A client's visits, newest first; an artist sees only those with them (D28).
pub(crate) fn visits(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Vec<Card>> {
    let rows = db.all(
        &format!("{CARD} WHERE p.client_id = ?1 AND (?2 IS NULL OR p.artist_id = ?2) ORDER BY p.starts_at DESC LIMIT 100"),
        (client, artist),
        card,
    )?;
    rows.into_iter().map(with_status).collect()
}

fn block(row: &Row<'_>) -> rusqlite::Result<Block> {
    let kind: String = row.get(4)?;
    Ok(Block {
        id: row.get(0)?,
        artist_id: row.get(1)?,
        starts_at: row.get(2)?,
        ends_at: row.get(3)?,
        kind: Some(BlockKind::parse(&kind)),
        note: row.get(5)?,
    })
}

pub(crate) fn blocks(db: Reader<'_>, from: Millis, to: Millis, artist: Option<&str>) -> Result<Vec<Block>> {
    db.all(
        "SELECT id, artist_id, starts_at, ends_at, kind, note FROM blocks
         WHERE starts_at < ?2 AND ends_at > ?1 AND removed_at IS NULL AND (?3 IS NULL OR artist_id = ?3)
         ORDER BY starts_at",
        (from, to, artist),
        block,
    )
}

pub(crate) fn block_by_id(db: Reader<'_>, id: &str) -> Result<Option<Block>> {
    db.maybe(
        "SELECT id, artist_id, starts_at, ends_at, kind, note FROM blocks WHERE id = ?1 AND removed_at IS NULL",
        [id],
        block,
    )
}

pub(crate) fn add_block(db: Writer<'_>, new: &Block, all_day: bool, at: Millis, by: &str) -> Result<()> {
    let kind = new.kind.unwrap_or(BlockKind::Other);
    db.run(
        "INSERT INTO blocks (id, artist_id, kind, starts_at, ends_at, all_day, note, created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        (&new.id, &new.artist_id, kind.name(), new.starts_at, new.ends_at, all_day, &new.note, at, by),
    )?;
    Ok(())
}

pub(crate) fn remove_block(db: Writer<'_>, id: &str, at: Millis) -> Result<()> {
    db.run("UPDATE blocks SET removed_at = ?2 WHERE id = ?1", (id, at))?;
    Ok(())
}
