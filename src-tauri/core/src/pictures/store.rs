//! The rows of pictures.

use super::{Picture, PictureKind};
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Row, Writer};

const PICTURE: &str =
    "SELECT x.id, x.appointment_id, x.client_id, p.artist_id, x.kind, x.title, x.width, x.height,
        x.added_at, m.name,
        EXISTS (SELECT 1 FROM portfolio_items i
            WHERE (i.hash = x.hash OR i.original_hash = x.hash) AND i.removed_at IS NULL)
    FROM pictures x JOIN members m ON m.id = x.added_by LEFT JOIN appointments p ON p.id = x.appointment_id";

fn picture(row: &Row<'_>) -> rusqlite::Result<(Picture, String)> {
    let seen = Picture {
        id: row.get(0)?,
        appointment_id: row.get(1)?,
        client_id: row.get(2)?,
        artist_id: row.get(3)?,
        kind: PictureKind::Reference,
        title: row.get(5)?,
        width: row.get(6)?,
        height: row.get(7)?,
        added_at: row.get(8)?,
        by: row.get(9)?,
        in_portfolio: row.get(10)?,
    };
    Ok((seen, row.get(4)?))
}

fn with_kind((seen, kind): (Picture, String)) -> Result<Picture> {
    Ok(Picture { kind: PictureKind::parse(&kind)?, ..seen })
}

/// A client's pictures, newest first; an artist's own alone, when one is named (D28).
pub(crate) fn of_client(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Vec<Picture>> {
    let rows = db.all(
        &format!(
            "{PICTURE} WHERE x.client_id = ?1 AND x.removed_at IS NULL AND (?2 IS NULL OR p.artist_id = ?2)
             ORDER BY x.added_at DESC, x.id DESC LIMIT 500"
        ),
        (client, artist),
        picture,
    )?;
    rows.into_iter().map(with_kind).collect()
}

/// A visit's pictures, oldest first.
pub(crate) fn of_visit(db: Reader<'_>, appointment: &str) -> Result<Vec<Picture>> {
    let rows = db.all(
        &format!(
            "{PICTURE} WHERE x.appointment_id = ?1 AND x.removed_at IS NULL ORDER BY x.added_at, x.id LIMIT 500"
        ),
        [appointment],
        picture,
    )?;
    rows.into_iter().map(with_kind).collect()
}

/// A picture, also one that was removed.
pub(crate) fn by_id(db: Reader<'_>, id: &str) -> Result<Option<Picture>> {
    db.maybe(&format!("{PICTURE} WHERE x.id = ?1"), [id], picture)?.map(with_kind).transpose()
}

/// The hashes of a picture and of its small copy, unless it was removed.
pub(crate) fn hashes(db: Reader<'_>, id: &str) -> Result<Option<(String, String)>> {
    db.maybe("SELECT hash, thumb_hash FROM pictures WHERE id = ?1 AND removed_at IS NULL", [id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// A picture about to be added.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub id: &'a str,
    pub client: &'a str,
    pub appointment: Option<&'a str>,
    pub kind: PictureKind,
    pub title: Option<&'a str>,
    pub hash: &'a str,
    pub thumb_hash: &'a str,
    pub width: u32,
    pub height: u32,
    pub member: &'a str,
}

pub(crate) fn add(db: Writer<'_>, new: &New<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO pictures (id, client_id, appointment_id, kind, title, hash, thumb_hash, width, height, added_at,
             added_by, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, lower(hex(randomblob(16))))",
        (
            new.id,
            new.client,
            new.appointment,
            new.kind.name(),
            new.title,
            new.hash,
            new.thumb_hash,
            new.width,
            new.height,
            at,
            new.member,
        ),
    )?;
    Ok(())
}

pub(crate) fn put(db: Writer<'_>, id: &str, kind: PictureKind, title: Option<&str>) -> Result<()> {
    db.run("UPDATE pictures SET kind = ?2, title = ?3 WHERE id = ?1", (id, kind.name(), title))?;
    Ok(())
}

pub(crate) fn set_removed(db: Writer<'_>, id: &str, at: Option<Millis>) -> Result<()> {
    db.run("UPDATE pictures SET removed_at = ?2 WHERE id = ?1", (id, at))?;
    Ok(())
}

// ---- when a person is forgotten ----------------------------------------------------------------------------------------

/// Takes every picture of a client out of the file and notes which bytes are to go from the folder.
pub(crate) fn forget(db: Writer<'_>, client: &str) -> Result<()> {
    db.run(
        "INSERT OR IGNORE INTO gone_pictures (hash) SELECT hash FROM pictures WHERE client_id = ?1",
        [client],
    )?;
    db.run("DELETE FROM pictures WHERE client_id = ?1", [client])?;
    Ok(())
}

pub(crate) fn gone(db: Reader<'_>) -> Result<Vec<String>> {
    db.all("SELECT hash FROM gone_pictures", [], |row| row.get(0))
}

pub(crate) fn is_named(db: Reader<'_>, hash: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM pictures WHERE hash = ?1)
             OR EXISTS (SELECT 1 FROM portfolio_items WHERE hash = ?1 OR original_hash = ?1)",
        [hash],
        |row| row.get(0),
    )
}

pub(crate) fn swept(db: Writer<'_>, hash: &str) -> Result<()> {
    db.run("DELETE FROM gone_pictures WHERE hash = ?1", [hash])?;
    Ok(())
}
