//! The rows of the wait-list.

use super::Waiting;
use crate::calendar::Day;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::{Reader, Row, Writer};

const WAITING: &str =
    "SELECT w.id, w.client_id, c.name, c.alerts, c.phone, c.email, w.artist_id, a.name, w.service_id,
        s.name, w.minutes, w.from_day, w.until_day, w.note, w.created_at
    FROM wait_list w JOIN clients c ON c.id = w.client_id JOIN services s ON s.id = w.service_id
        LEFT JOIN artists a ON a.id = w.artist_id
    WHERE w.settled_at IS NULL AND c.archived_at IS NULL";

fn waiting(row: &Row<'_>) -> rusqlite::Result<(Option<Waiting>, String)> {
    let (from, until): (String, String) = (row.get(11)?, row.get(12)?);
    let days = Day::try_from(from.clone()).ok().zip(Day::try_from(until).ok());
    let Some((from, until)) = days else { return Ok((None, from)) };
    let waiting = Waiting {
        id: row.get(0)?,
        client_id: row.get(1)?,
        client_name: row.get(2)?,
        alerts: row.get(3)?,
        phone: row.get(4)?,
        email: row.get(5)?,
        artist_id: row.get(6)?,
        artist_name: row.get(7)?,
        service_id: row.get(8)?,
        service_name: row.get(9)?,
        minutes: row.get(10)?,
        from,
        until,
        note: row.get(13)?,
        created_at: row.get(14)?,
    };
    Ok((Some(waiting), String::new()))
}

fn whole((waiting, day): (Option<Waiting>, String)) -> Result<Waiting> {
    waiting.ok_or_else(|| Error::Damaged(format!("no such day: {day}")))
}

/// Whoever waits, longest first; of one artist, or of all.
pub(crate) fn open(db: Reader<'_>, artist: Option<&str>) -> Result<Vec<Waiting>> {
    let rows = db.all(
        &format!("{WAITING} AND (?1 IS NULL OR w.artist_id = ?1) ORDER BY w.created_at, w.rowid LIMIT 500"),
        [artist],
        waiting,
    )?;
    rows.into_iter().map(whole).collect()
}

/// Whoever waits and would fit: the artist or any, the day, the length.
pub(crate) fn fitting(db: Reader<'_>, artist: &str, day: &str, minutes: i64) -> Result<Vec<Waiting>> {
    let rows = db.all(
        &format!(
            "{WAITING} AND (w.artist_id IS NULL OR w.artist_id = ?1) AND w.from_day <= ?2 AND w.until_day >= ?2
                 AND w.minutes <= ?3
             ORDER BY w.artist_id IS NULL, w.created_at, w.rowid LIMIT 50"
        ),
        (artist, day, minutes),
        waiting,
    )?;
    rows.into_iter().map(whole).collect()
}

/// An open entry and its artist.
pub(crate) fn artist_of(db: Reader<'_>, id: &str) -> Result<Option<Option<String>>> {
    db.maybe("SELECT artist_id FROM wait_list WHERE id = ?1 AND settled_at IS NULL", [id], |row| row.get(0))
}

#[derive(Debug)]
pub(crate) struct NewWaiting<'a> {
    pub id: &'a str,
    pub client: &'a str,
    pub artist: Option<&'a str>,
    pub service: &'a str,
    pub minutes: i64,
    pub from: Day,
    pub until: Day,
    pub note: Option<&'a str>,
}

pub(crate) fn add(db: Writer<'_>, new: &NewWaiting<'_>, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO wait_list (id, client_id, artist_id, service_id, minutes, from_day, until_day, note, created_at,
             created_by, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, lower(hex(randomblob(16))))",
        (
            new.id,
            new.client,
            new.artist,
            new.service,
            new.minutes,
            String::from(new.from),
            String::from(new.until),
            new.note,
            at,
            by,
        ),
    )?;
    Ok(())
}

pub(crate) fn settle(db: Writer<'_>, id: &str, outcome: &str, at: Millis) -> Result<()> {
    db.run("UPDATE wait_list SET settled_at = ?3, outcome = ?2 WHERE id = ?1", (id, outcome, at))?;
    Ok(())
}
