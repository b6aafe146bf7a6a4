//! The rows of walk-ins.

use super::{WalkIn, Wish};
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Row, Writer};

/// How long a walk-in takes when nobody said.
const USUAL_MINUTES: i64 = 60;

const WALK_IN: &str =
    "SELECT w.id, w.client_id, c.name, c.alerts, c.phone, w.wish, w.artist_id, a.name, w.service_id,
        s.name, coalesce(s.minutes, ?1), w.note, w.arrived_at
    FROM walk_ins w JOIN clients c ON c.id = w.client_id LEFT JOIN artists a ON a.id = w.artist_id
        LEFT JOIN services s ON s.id = w.service_id
    WHERE w.settled_at IS NULL";

fn walk_in(row: &Row<'_>) -> rusqlite::Result<WalkIn> {
    let wish: String = row.get(5)?;
    Ok(WalkIn {
        id: row.get(0)?,
        client_id: row.get(1)?,
        client_name: row.get(2)?,
        alerts: row.get(3)?,
        phone: row.get(4)?,
        wish: Wish::parse(&wish),
        artist_id: row.get(6)?,
        artist_name: row.get(7)?,
        service_id: row.get(8)?,
        service_name: row.get(9)?,
        minutes: row.get(10)?,
        note: row.get(11)?,
        arrived_at: row.get(12)?,
        turn_at: None,
        turn_artist_id: None,
    })
}

/// Whoever waits, first come first.
pub(crate) fn open(db: Reader<'_>) -> Result<Vec<WalkIn>> {
    db.all(&format!("{WALK_IN} ORDER BY w.arrived_at, w.rowid"), [USUAL_MINUTES], walk_in)
}

pub(crate) fn open_one(db: Reader<'_>, id: &str) -> Result<Option<WalkIn>> {
    db.maybe(&format!("{WALK_IN} AND w.id = ?2"), (USUAL_MINUTES, id), walk_in)
}

/// Whether this client waits already.
pub(crate) fn waits(db: Reader<'_>, client: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM walk_ins WHERE client_id = ?1 AND settled_at IS NULL)",
        [client],
        |row| row.get(0),
    )
}

#[derive(Debug)]
pub(crate) struct NewWalkIn<'a> {
    pub id: &'a str,
    pub client: &'a str,
    pub wish: &'a Wish,
    pub artist: Option<&'a str>,
    pub service: Option<&'a str>,
    pub note: Option<&'a str>,
}

pub(crate) fn add(db: Writer<'_>, new: &NewWalkIn<'_>, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO walk_ins (id, client_id, wish, artist_id, service_id, note, arrived_at, created_by, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, lower(hex(randomblob(16))))",
        (new.id, new.client, new.wish.name(), new.artist, new.service, new.note, at, by),
    )?;
    Ok(())
}

pub(crate) fn seated(db: Writer<'_>, id: &str, appointment: &str, at: Millis) -> Result<()> {
    db.run(
        "UPDATE walk_ins SET settled_at = ?3, outcome = 'seated', appointment_id = ?2 WHERE id = ?1",
        (id, appointment, at),
    )?;
    Ok(())
}

pub(crate) fn left(db: Writer<'_>, id: &str, reason: Option<&str>, at: Millis) -> Result<()> {
    db.run(
        "UPDATE walk_ins SET settled_at = ?3, outcome = 'left', reason = ?2 WHERE id = ?1",
        (id, reason, at),
    )?;
    Ok(())
}

/// A visit that began at the desk: the client came before it did.
pub(crate) fn begin(db: Writer<'_>, appointment: &str, arrived_at: Millis, at: Millis) -> Result<()> {
    db.run(
        "UPDATE appointments SET status = 'in_session', arrived_at = ?2, started_at = ?3 WHERE id = ?1",
        (appointment, arrived_at, at),
    )?;
    Ok(())
}

pub(crate) fn waiting(db: Reader<'_>) -> Result<i64> {
    db.one(
        "SELECT count(*) FROM wait_list w JOIN clients c ON c.id = w.client_id
         WHERE w.settled_at IS NULL AND c.archived_at IS NULL",
        [],
        |row| row.get(0),
    )
}
