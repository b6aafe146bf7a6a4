//! What a backup's note and a preview tell of a file.

use std::collections::BTreeSet;

use super::commands::{DoneSince, LostPicture};
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::Reader;
use crate::storage::backup::Counts;

pub(crate) fn studio(db: Reader<'_>) -> Result<String> {
    db.one("SELECT id FROM studio", [], |row| row.get(0))
}

/// Where the chain ends and when its last row was written.
pub(crate) fn head(db: Reader<'_>) -> Result<((i64, String), Millis)> {
    let last = db.maybe("SELECT seq, hex(hash), at FROM journal ORDER BY seq DESC LIMIT 1", [], |row| {
        Ok(((row.get(0)?, row.get::<_, String>(1)?.to_lowercase()), row.get(2)?))
    })?;
    Ok(last.unwrap_or(((0, "00".repeat(32)), 0)))
}

pub(crate) fn counts(db: Reader<'_>) -> Result<Counts> {
    db.one(
        "SELECT (SELECT count(*) FROM sales), (SELECT coalesce(sum(total), 0) FROM sales),
             (SELECT count(*) FROM appointments), (SELECT count(*) FROM clients),
             (SELECT count(*) FROM pictures) + (SELECT count(*) FROM portfolio_items)",
        [],
        |row| {
            Ok(Counts {
                sales: row.get(0)?,
                total: row.get(1)?,
                appointments: row.get(2)?,
                clients: row.get(3)?,
                pictures: row.get(4)?,
            })
        },
    )
}

pub(crate) fn erased(db: Reader<'_>) -> Result<Vec<String>> {
    db.all("SELECT client_id FROM erased_clients ORDER BY client_id", [], |row| row.get(0))
}

/// What is known of the pictures of these hashes.
pub(super) fn pictures(db: Reader<'_>, hashes: &BTreeSet<String>) -> Result<Vec<LostPicture>> {
    let hashes = crate::storage::id_list(hashes.iter().map(String::as_str))?;
    db.all(
        "SELECT p.id, p.hash, c.name, p.title, p.added_at AS at FROM pictures p JOIN clients c ON c.id = p.client_id
         WHERE p.hash IN (SELECT value FROM json_each(?1))
         UNION ALL
         SELECT i.id, i.hash, a.name, i.title, i.added_at FROM portfolio_items i JOIN artists a ON a.id = i.artist_id
         WHERE i.hash IN (SELECT value FROM json_each(?1))
         UNION ALL
         SELECT i.id, i.original_hash, a.name, i.title, i.added_at FROM portfolio_items i
         JOIN artists a ON a.id = i.artist_id
         WHERE i.original_hash IN (SELECT value FROM json_each(?1)) ORDER BY at, 1",
        [hashes],
        |row| {
            Ok(LostPicture {
                id: row.get(0)?,
                hash: row.get(1)?,
                of: row.get(2)?,
                title: row.get(3)?,
                at: row.get(4)?,
            })
        },
    )
}

/// The hashes of pictures and of their small copies, as the rows of these have them.
pub(super) fn copies(db: Reader<'_>, hashes: &BTreeSet<String>) -> Result<BTreeSet<(String, String)>> {
    let hashes = crate::storage::id_list(hashes.iter().map(String::as_str))?;
    let rows = db.all(
        "SELECT hash, thumb_hash FROM pictures WHERE hash IN (SELECT value FROM json_each(?1))
         UNION SELECT hash, thumb_hash FROM portfolio_items WHERE hash IN (SELECT value FROM json_each(?1))
         UNION SELECT original_hash, original_thumb_hash FROM portfolio_items
         WHERE original_hash IN (SELECT value FROM json_each(?1))",
        [hashes],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// What was done after an entry of the journal, the most often first; without what stays as it is today
/// (`staff::kept`, P16). Who signed in, and backups, are nothing that anybody would miss.
pub(super) fn done_since(db: Reader<'_>, seq: i64) -> Result<Vec<DoneSince>> {
    db.all(
        "SELECT command, count(*) FROM journal WHERE seq > ?1 AND outcome = 'done' AND command NOT LIKE 'session.%'
             AND command NOT LIKE 'backups.%' AND command NOT IN ('staff.set_active', 'staff.change_role',
                 'staff.set_switch', 'staff.reset_password', 'security.rotate_code', 'security.report_suspicion',
                 'studio.transfer', 'clients.erase') GROUP BY command ORDER BY 2 DESC, 1 LIMIT 8",
        [seq],
        |row| Ok(DoneSince { command: row.get(0)?, times: row.get(1)? }),
    )
}

/// Whether an entry of the journal is in this chain.
pub(crate) fn has_entry(db: Reader<'_>, head: &(i64, String)) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM journal WHERE seq = ?1 AND lower(hex(hash)) = ?2)";
    db.one(sql, (head.0, &head.1), |row| row.get(0))
}
