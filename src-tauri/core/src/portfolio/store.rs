//! The rows of portfolios.

use super::{PortfolioArtist, PortfolioColour, PortfolioStage};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::{Reader, Row, Writer};

/// A picture of a portfolio as its row has it.
#[derive(Debug)]
pub(crate) struct ItemRow {
    pub id: String,
    pub artist: String,
    pub artist_name: String,
    /// Who was named, or else who has the same picture among those of their visits, or was named where else it stands.
    pub client: Option<(String, String)>,
    /// Everybody whose skin it shows: whoever has it among their pictures or was named for it, here or wherever else it
    /// stands in a portfolio.
    pub people: Vec<String>,
    pub appointment: Option<String>,
    pub words: Words,
    pub width: i64,
    pub height: i64,
    pub added_at: Millis,
    pub by: String,
    pub hash: String,
    /// What the picture was cut from; none of one that is shown whole.
    pub original: Option<Original>,
    pub removed: bool,
}

/// A whole picture of which a part is shown.
#[derive(Debug, Clone)]
pub(crate) struct Original {
    pub hash: String,
    pub thumb_hash: String,
    pub width: i64,
    pub height: i64,
    /// Where in it the part begins. How large that is, the item says.
    pub x: i64,
    pub y: i64,
}

impl ItemRow {
    pub(crate) fn original_hash(&self) -> Option<&str> {
        self.original.as_ref().map(|original| original.hash.as_str())
    }
}

/// What is said of a picture.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    pub title: Option<String>,
    pub description: Option<String>,
    pub styles: Vec<String>,
    pub body_area: Option<String>,
    pub colour: Option<PortfolioColour>,
    pub stage: Option<PortfolioStage>,
    pub featured: bool,
    pub published: bool,
}

/// A row `x` of a client's pictures with the bytes of `i`, of their own skin: what they want is on somebody else's. Of
/// those taken out of sight only where none is kept: a picture put with the wrong client ties nobody. A part of a picture
/// shows the same skin as all of it, also where the part came back as a picture of its own, or as what another was cut from;
/// but that is known only for as long as the first still shows this part.
const SAME: &str =
    "(x.hash IN (i.hash, i.original_hash) OR x.hash IN (SELECT o.original_hash FROM portfolio_items o
            WHERE o.hash IN (i.hash, i.original_hash) AND o.original_hash IS NOT NULL))
        AND x.kind <> 'reference' AND (x.removed_at IS NULL OR NOT EXISTS
        (SELECT 1 FROM pictures y WHERE y.hash = x.hash AND y.kind <> 'reference' AND y.removed_at IS NULL))";

/// A row `p` of a portfolio that somebody was named for and that shows the same picture as `i`: the same bytes, a part of
/// the same one, or all of it. One that was removed says whose it is only where none that is kept does.
const NAMED: &str = "p.client_id IS NOT NULL AND (p.hash IN (i.hash, i.original_hash)
            OR p.original_hash IN (i.hash, i.original_hash)
            OR p.hash IN (SELECT o.hash FROM portfolio_items o WHERE o.original_hash IN (i.hash, i.original_hash))
            OR p.hash IN (SELECT o.original_hash FROM portfolio_items o
                WHERE o.hash IN (i.hash, i.original_hash) AND o.original_hash IS NOT NULL)
            OR p.original_hash IN (SELECT o.original_hash FROM portfolio_items o
                WHERE o.hash IN (i.hash, i.original_hash) AND o.original_hash IS NOT NULL))
        AND (p.removed_at IS NULL OR NOT EXISTS (SELECT 1 FROM portfolio_items k
            WHERE k.client_id IS NOT NULL AND k.removed_at IS NULL
                AND (k.hash IN (p.hash, p.original_hash) OR k.original_hash IN (p.hash, p.original_hash))))";

/// An `i` that client `?1` was named for, here or where the same picture stands, or whose bytes are among their own.
fn theirs() -> String {
    format!(
        "(i.client_id = ?1 OR EXISTS (SELECT 1 FROM pictures x WHERE x.client_id = ?1 AND {SAME})
             OR EXISTS (SELECT 1 FROM portfolio_items p WHERE p.client_id = ?1 AND {NAMED}))"
    )
}

/// The first client whose `i` is without their being named for it.
fn first() -> String {
    format!(
        "coalesce((SELECT x.client_id FROM pictures x WHERE {SAME} ORDER BY x.added_at, x.id LIMIT 1),
             (SELECT p.client_id FROM portfolio_items p WHERE {NAMED} ORDER BY p.added_at, p.id LIMIT 1))"
    )
}

/// What every picture is read by.
fn item_sql() -> String {
    let first = first();
    format!(
        "SELECT i.id, i.artist_id, a.name, c.id, c.name, i.appointment_id, i.title, i.description,
             i.styles, i.body_area, i.featured, i.published, i.width, i.height, i.added_at, m.name, i.colour, i.stage,
             i.hash, (SELECT json_group_array(DISTINCT client_id) FROM (
                 SELECT x.client_id FROM pictures x WHERE {SAME}
                 UNION ALL SELECT p.client_id FROM portfolio_items p WHERE {NAMED})),
             i.original_hash, i.original_thumb_hash, i.original_width, i.original_height, i.crop_x, i.crop_y,
             i.removed_at IS NOT NULL
         FROM portfolio_items i JOIN artists a ON a.id = i.artist_id JOIN members m ON m.id = i.added_by
         LEFT JOIN clients c ON c.id = coalesce(i.client_id, {first})"
    )
}

type Named = (ItemRow, Option<String>, Option<String>);

fn item(row: &Row<'_>) -> rusqlite::Result<Named> {
    let client: Option<String> = row.get(3)?;
    let name: Option<String> = row.get(4)?;
    let styles: String = row.get(8)?;
    let people: String = row.get(19)?;
    let mut people: Vec<String> = serde_json::from_str(&people).unwrap_or_default();
    if let Some(client) = client.as_ref().filter(|client| !people.contains(client)) {
        people.push(client.clone());
    }
    let item = ItemRow {
        id: row.get(0)?,
        artist: row.get(1)?,
        artist_name: row.get(2)?,
        client: client.zip(name),
        people,
        appointment: row.get(5)?,
        words: Words {
            title: row.get(6)?,
            description: row.get(7)?,
            styles: serde_json::from_str(&styles).unwrap_or_default(),
            body_area: row.get(9)?,
            colour: None,
            stage: None,
            featured: row.get(10)?,
            published: row.get(11)?,
        },
        width: row.get(12)?,
        height: row.get(13)?,
        added_at: row.get(14)?,
        by: row.get(15)?,
        hash: row.get(18)?,
        original: match row.get::<_, Option<String>>(20)? {
            None => None,
            Some(hash) => Some(Original {
                hash,
                thumb_hash: row.get(21)?,
                width: row.get(22)?,
                height: row.get(23)?,
                x: row.get(24)?,
                y: row.get(25)?,
            }),
        },
        removed: row.get(26)?,
    };
    Ok((item, row.get(16)?, row.get(17)?))
}

fn named((mut item, colour, stage): Named) -> Result<ItemRow> {
    item.words.colour = colour.as_deref().map(PortfolioColour::parse).transpose()?;
    item.words.stage = stage.as_deref().map(PortfolioStage::parse).transpose()?;
    Ok(item)
}

/// What a list is narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter<'a> {
    pub artist: Option<&'a str>,
    pub style: Option<&'a str>,
    pub body_area: Option<&'a str>,
    pub colour: Option<PortfolioColour>,
    pub stage: Option<PortfolioStage>,
    pub featured: Option<bool>,
    pub published: Option<bool>,
}

const WHERE: &str = "i.removed_at IS NULL AND (?1 IS NULL OR i.artist_id = ?1)
    AND (?2 IS NULL OR EXISTS (SELECT 1 FROM json_each(i.styles) s WHERE s.value = ?2))
    AND (?3 IS NULL OR i.body_area = ?3) AND (?4 IS NULL OR i.colour = ?4) AND (?5 IS NULL OR i.stage = ?5)
    AND (?6 IS NULL OR i.featured = ?6) AND (?7 IS NULL OR i.published = ?7)";

/// Featured ones first (T126); then one artist's in the artist's order, everybody's by when they came.
pub(crate) fn list(db: Reader<'_>, filter: &Filter<'_>, skip: i64, limit: i64) -> Result<Vec<ItemRow>> {
    let rows = db.all(
        &format!(
            "{} WHERE {WHERE}
             ORDER BY i.featured DESC, CASE WHEN ?1 IS NULL THEN -i.added_at ELSE i.position END, i.id
             LIMIT ?8 OFFSET ?9",
            item_sql()
        ),
        (
            filter.artist,
            filter.style,
            filter.body_area,
            filter.colour.map(PortfolioColour::name),
            filter.stage.map(PortfolioStage::name),
            filter.featured,
            filter.published,
            limit,
            skip,
        ),
        item,
    )?;
    rows.into_iter().map(named).collect()
}

pub(crate) fn count(db: Reader<'_>, filter: &Filter<'_>) -> Result<i64> {
    db.one(
        &format!("SELECT count(*) FROM portfolio_items i WHERE {WHERE}"),
        (
            filter.artist,
            filter.style,
            filter.body_area,
            filter.colour.map(PortfolioColour::name),
            filter.stage.map(PortfolioStage::name),
            filter.featured,
            filter.published,
        ),
        |row| row.get(0),
    )
}

/// Everything of the artists who work here that they let clients see, artist by artist in the order of the agenda. Whose
/// permission is missing, the caller knows.
pub(crate) fn published(db: Reader<'_>) -> Result<Vec<ItemRow>> {
    let rows = db.all(
        &format!(
            "{} WHERE i.removed_at IS NULL AND i.published = 1 AND a.active = 1
             ORDER BY a.position, i.featured DESC, i.position, i.id LIMIT 5000",
            item_sql()
        ),
        [],
        item,
    )?;
    rows.into_iter().map(named).collect()
}

/// A picture, also one that was removed.
pub(crate) fn by_id(db: Reader<'_>, id: &str) -> Result<Option<ItemRow>> {
    db.maybe(&format!("{} WHERE i.id = ?1", item_sql()), [id], item)?.map(named).transpose()
}

/// The hashes of a picture and of its small copy, whether it was removed or not.
pub(crate) fn hashes(db: Reader<'_>, id: &str) -> Result<(String, String)> {
    db.one("SELECT hash, thumb_hash FROM portfolio_items WHERE id = ?1", [id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The profile that a picture which clients may see belongs to is still in use.
pub(crate) fn artist_works_here(db: Reader<'_>, artist: &str) -> Result<bool> {
    db.one("SELECT EXISTS (SELECT 1 FROM artists WHERE id = ?1 AND active = 1)", [artist], |row| row.get(0))
}

/// Those who work here, and those who left and have pictures.
pub(crate) fn artists(db: Reader<'_>) -> Result<Vec<PortfolioArtist>> {
    db.all(
        "SELECT * FROM (SELECT a.id, a.name, a.active, (SELECT count(*) FROM portfolio_items i
                 WHERE i.artist_id = a.id AND i.removed_at IS NULL) AS pictures, a.position FROM artists a)
         WHERE active = 1 OR pictures > 0 ORDER BY active DESC, position",
        [],
        |row| {
            Ok(PortfolioArtist {
                artist_id: row.get(0)?,
                name: row.get(1)?,
                active: row.get(2)?,
                pictures: row.get(3)?,
            })
        },
    )
}

pub(crate) fn styles(db: Reader<'_>) -> Result<Vec<String>> {
    db.all(
        "SELECT DISTINCT s.value FROM portfolio_items i, json_each(i.styles) s WHERE i.removed_at IS NULL
         ORDER BY s.value COLLATE NOCASE",
        [],
        |row| row.get(0),
    )
}

pub(crate) fn body_areas(db: Reader<'_>) -> Result<Vec<String>> {
    db.all(
        "SELECT DISTINCT body_area FROM portfolio_items WHERE removed_at IS NULL AND body_area IS NOT NULL
         ORDER BY body_area COLLATE NOCASE",
        [],
        |row| row.get(0),
    )
}

/// Whose skin the picture under a hash shows, by the pictures of clients, the first of them first; with what it was cut
/// from.
pub(crate) fn people_of(db: Reader<'_>, hash: &str, original: Option<&str>) -> Result<Vec<String>> {
    db.all(
        &format!(
            "SELECT x.client_id FROM (SELECT ?1 AS hash, ?2 AS original_hash) i JOIN pictures x ON {SAME}
             GROUP BY x.client_id ORDER BY min(x.added_at), x.client_id"
        ),
        (hash, original),
        |row| row.get(0),
    )
}

/// Who was named for the picture under a hash wherever else it stands in a portfolio; `but` is the row that is looked at.
pub(crate) fn named_for(
    db: Reader<'_>,
    hash: &str,
    original: Option<&str>,
    but: Option<&str>,
) -> Result<Vec<String>> {
    db.all(
        &format!(
            "SELECT DISTINCT p.client_id FROM (SELECT ?1 AS hash, ?2 AS original_hash) i JOIN portfolio_items p ON {NAMED}
             WHERE p.id IS NOT ?3 ORDER BY 1"
        ),
        (hash, original, but),
        |row| row.get(0),
    )
}

/// Whether an artist's portfolio has this picture already.
pub(crate) fn has(db: Reader<'_>, artist: &str, hash: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM portfolio_items
             WHERE artist_id = ?1 AND (hash = ?2 OR original_hash = ?2) AND removed_at IS NULL)",
        [artist, hash],
        |row| row.get(0),
    )
}

/// A picture about to be added.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub id: &'a str,
    pub artist: &'a str,
    pub client: Option<&'a str>,
    pub appointment: Option<&'a str>,
    pub words: &'a Words,
    pub hash: &'a str,
    pub thumb_hash: &'a str,
    pub width: i64,
    pub height: i64,
    pub member: &'a str,
}

fn list_of(words: &[String]) -> Result<String> {
    serde_json::to_string(words).map_err(Error::internal)
}

/// Before all others of the artist.
pub(crate) fn add(db: Writer<'_>, new: &New<'_>, at: Millis) -> Result<()> {
    let words = new.words;
    db.run(
        "INSERT INTO portfolio_items (id, artist_id, client_id, appointment_id, position, hash, thumb_hash, width,
             height, added_at, added_by, styles, featured, published, salt)
         VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(min(position), 0) - 1 FROM portfolio_items WHERE artist_id = ?2),
             ?5, ?6, ?7, ?8, ?9, ?10, '[]', 0, 0, lower(hex(randomblob(16))))",
        (
            new.id,
            new.artist,
            new.client,
            new.appointment,
            new.hash,
            new.thumb_hash,
            new.width,
            new.height,
            at,
            new.member,
        ),
    )?;
    put(db, new.id, words)
}

pub(crate) fn put(db: Writer<'_>, id: &str, words: &Words) -> Result<()> {
    db.run(
        "UPDATE portfolio_items SET title = ?2, description = ?3, styles = ?4, body_area = ?5, colour = ?6, stage = ?7,
             featured = ?8, published = ?9 WHERE id = ?1",
        (
            id,
            &words.title,
            &words.description,
            list_of(&words.styles)?,
            &words.body_area,
            words.colour.map(PortfolioColour::name),
            words.stage.map(PortfolioStage::name),
            words.featured,
            words.published,
        ),
    )?;
    Ok(())
}

/// Says whose tattoo it is and from which visit, or no longer.
pub(crate) fn link(db: Writer<'_>, id: &str, client: Option<&str>, visit: Option<&str>) -> Result<()> {
    db.run(
        "UPDATE portfolio_items SET client_id = ?2, appointment_id = ?3 WHERE id = ?1",
        (id, client, visit),
    )?;
    Ok(())
}

/// What a picture shows from now on: itself, or a part of what it was cut from.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    pub hash: &'a str,
    pub thumb_hash: &'a str,
    pub width: i64,
    pub height: i64,
    pub original: Option<Original>,
}

/// Notes that the part which was shown before goes from the folder: it can be cut again from what stays. Where the same
/// part stands as a picture of its own, whose it is was known by this row: that is written down there.
pub(crate) fn show(db: Writer<'_>, id: &str, shown: &Shown<'_>) -> Result<()> {
    let first = first();
    db.run(
        &format!(
            "UPDATE portfolio_items AS i SET client_id = {first} FROM portfolio_items b
             WHERE b.id = ?1 AND b.hash <> ?2 AND b.original_hash IS NOT NULL
                 AND i.id <> b.id AND i.client_id IS NULL AND b.hash IN (i.hash, i.original_hash)"
        ),
        (id, shown.hash),
    )?;
    db.run(
        "INSERT OR IGNORE INTO gone_pictures (hash) SELECT hash FROM portfolio_items
             WHERE id = ?1 AND hash <> ?2 AND original_hash IS NOT NULL",
        (id, shown.hash),
    )?;
    // One that was still to go, and is shown again.
    crate::pictures::store::swept(db, shown.hash)?;
    let original = shown.original.as_ref();
    db.run(
        "UPDATE portfolio_items SET hash = ?2, thumb_hash = ?3, width = ?4, height = ?5, original_hash = ?6,
             original_thumb_hash = ?7, original_width = ?8, original_height = ?9, crop_x = ?10, crop_y = ?11
         WHERE id = ?1",
        (
            id,
            shown.hash,
            shown.thumb_hash,
            shown.width,
            shown.height,
            original.map(|original| original.hash.as_str()),
            original.map(|original| original.thumb_hash.as_str()),
            original.map(|original| original.width),
            original.map(|original| original.height),
            original.map(|original| original.x),
            original.map(|original| original.y),
        ),
    )?;
    Ok(())
}

pub(crate) fn set_removed(db: Writer<'_>, id: &str, at: Option<Millis>) -> Result<()> {
    db.run("UPDATE portfolio_items SET removed_at = ?2 WHERE id = ?1", (id, at))?;
    Ok(())
}

/// The ids of an artist's pictures in their order, also of those that were removed and may come back.
pub(crate) fn order(db: Reader<'_>, artist: &str) -> Result<Vec<String>> {
    db.all("SELECT id FROM portfolio_items WHERE artist_id = ?1 ORDER BY position, id", [artist], |row| {
        row.get(0)
    })
}

pub(crate) fn place(db: Writer<'_>, id: &str, position: i64) -> Result<()> {
    db.run("UPDATE portfolio_items SET position = ?2 WHERE id = ?1 AND position <> ?2", (id, position))?;
    Ok(())
}

// ---- whom they are of --------------------------------------------------------------------------------------------------

/// A person's picture, for their own copy of their data: when, whose portfolio, title, whether clients may see it.
pub(crate) type PictureData = (Millis, String, Option<String>, bool);

pub(crate) fn of_client(db: Reader<'_>, client: &str) -> Result<Vec<PictureData>> {
    db.all(
        &format!(
            "SELECT i.added_at, a.name, i.title, i.published FROM portfolio_items i JOIN artists a ON a.id = i.artist_id
             WHERE {} AND i.removed_at IS NULL ORDER BY i.added_at, i.id",
            theirs()
        ),
        [client],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// Takes every picture of a client out of the portfolios and notes which bytes are to go from the folder, with those that
/// they were cut from. Comes before their own pictures go: those say which of the portfolios' are theirs.
pub(crate) fn forget(db: Writer<'_>, client: &str) -> Result<()> {
    let theirs = theirs();
    db.run(
        &format!(
            "INSERT OR IGNORE INTO gone_pictures (hash) SELECT i.hash FROM portfolio_items i WHERE {theirs}
             UNION SELECT i.original_hash FROM portfolio_items i WHERE {theirs} AND i.original_hash IS NOT NULL"
        ),
        [client],
    )?;
    db.run(&format!("DELETE FROM portfolio_items AS i WHERE {theirs}"), [client])?;
    Ok(())
}
