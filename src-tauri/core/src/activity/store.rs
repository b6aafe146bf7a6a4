//! Reading the journal.

use std::collections::BTreeMap;

use super::{Activity, ActivityKind};
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Writer, seal};

/// What the log is narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter<'a> {
    pub before: Option<i64>,
    pub member: Option<&'a str>,
    pub commands: Option<Vec<&'static str>>,
    pub refusals: bool,
    pub elevated: bool,
    pub role_changes: bool,
    pub from: Option<Millis>,
    pub to: Option<Millis>,
    pub limit: i64,
}

pub(crate) fn list(db: Reader<'_>, filter: &Filter<'_>) -> Result<Vec<Activity>> {
    let commands =
        filter.commands.as_ref().map(|commands| serde_json::Value::from(commands.as_slice()).to_string());
    let rows: Vec<(Activity, String)> = db.all(
        "SELECT j.seq, j.at, j.member_id, m.name, j.role, j.command, j.outcome, coalesce(e.name, j.elevated_by),
                j.details, coalesce(c.count, 1), r.reason, j.hash, j.seals
         FROM journal j LEFT JOIN members m ON m.id = j.member_id LEFT JOIN members e ON e.id = j.elevated_by
             LEFT JOIN refusal_counts c ON c.seq = j.seq LEFT JOIN journal_reasons r ON r.seq = j.seq
         WHERE (?1 IS NULL OR j.seq < ?1) AND (?2 IS NULL OR j.member_id = ?2)
             AND (?3 = 0 OR j.outcome <> 'done') AND (?4 = 0 OR j.elevated_by IS NOT NULL)
             AND (?5 IS NULL OR j.command IN (SELECT value FROM json_each(?5)))
             AND (?6 = 0 OR (j.command IN ('staff.change_role', 'studio.transfer') AND j.outcome = 'done'))
             AND (?7 IS NULL OR j.at >= ?7) AND (?8 IS NULL OR j.at < ?8)
         ORDER BY j.seq DESC LIMIT ?9",
        (
            filter.before,
            filter.member,
            filter.refusals,
            filter.elevated,
            commands,
            filter.role_changes,
            filter.from,
            filter.to,
            filter.limit,
        ),
        |row| {
            let details: String = row.get(8)?;
            let command: String = row.get(5)?;
            let hash: [u8; 32] = row.get(11)?;
            let activity = Activity {
                seq: row.get(0)?,
                at: row.get(1)?,
                member_id: row.get(2)?,
                member: row.get(3)?,
                role: row.get(4)?,
                kind: ActivityKind::of(&command),
                command,
                outcome: row.get(6)?,
                elevated_by: row.get(7)?,
                details: serde_json::from_str(&details).unwrap_or_default(),
                names: BTreeMap::new(),
                count: row.get(9)?,
                reason: row.get(10)?,
                hash: seal::hex(&hash),
            };
            Ok((activity, row.get(12)?))
        },
    )?;
    rows.into_iter()
        .map(|(row, seals)| {
            let names = names(db, &row.details)?;
            let reason = match row.reason {
                None => reason(db, &row.command, &row.details, &seals)?,
                given => given,
            };
            Ok(Activity { names, reason, ..row })
        })
        .collect()
}

/// Why, where the reason stands with the thing itself: a refund, a pay-out, a correction of stock, a cancelled visit.
fn reason(db: Reader<'_>, command: &str, details: &serde_json::Value, seals: &str) -> Result<Option<String>> {
    let seals: Vec<(String, String, String)> = serde_json::from_str(seals).unwrap_or_default();
    for (table, id, _) in seals {
        let sql = match table.trim_end_matches(seal::WIDE) {
            "sales" => "SELECT reason FROM sales WHERE id = ?1",
            "cash_moves" => "SELECT reason FROM cash_moves WHERE id = ?1",
            "drawer_closings" => "SELECT reason FROM drawer_closings WHERE id = ?1",
            "deposit_moves" => "SELECT reason FROM deposit_moves WHERE id = ?1",
            "drawer_takeovers" => "SELECT reason FROM drawer_takeovers WHERE id = ?1",
            "stock_counts" => "SELECT reason FROM stock_counts WHERE id = ?1",
            "stock_moves" => "SELECT reason FROM stock_moves WHERE id = ?1",
            _ => continue,
        };
        let found: Option<Option<String>> = db.maybe(sql, [id], |row| row.get(0))?;
        if let Some(reason) = found.flatten() {
            return Ok(Some(reason));
        }
    }
    match details.get("appointment").and_then(serde_json::Value::as_str) {
        Some(visit) if command == "agenda.cancel" => {
            let found: Option<Option<String>> =
                db.maybe("SELECT reason FROM appointments WHERE id = ?1", [visit], |row| row.get(0))?;
            Ok(found.flatten())
        }
        _ => Ok(None),
    }
}

/// What the ids among an entry's details are called today. The journal itself names nobody (P16).
fn names(db: Reader<'_>, details: &serde_json::Value) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for (detail, id) in details.as_object().into_iter().flatten() {
        let Some(id) = id.as_str() else { continue };
        let sql = match detail.as_str() {
            "member" | "approver" | "former_owner" => "SELECT name FROM members WHERE id = ?1",
            "client" | "merged" | "unmerged" => "SELECT name FROM clients WHERE id = ?1",
            "artist" | "old_artist" | "new_artist" | "mentor" => "SELECT name FROM artists WHERE id = ?1",
            "service" => "SELECT name FROM services WHERE id = ?1",
            "template" => "SELECT name FROM consent_templates WHERE id = ?1",
            "item" => "SELECT name FROM items WHERE id = ?1",
            "lot" => "SELECT coalesce(number, expires) FROM lots WHERE id = ?1",
            "count" => "SELECT CAST(number AS TEXT) FROM stock_counts WHERE id = ?1",
            "request" => {
                "SELECT coalesce(i.name, r.what) FROM supply_requests r LEFT JOIN items i ON i.id = r.item_id WHERE r.id = ?1"
            }
            "appointment" => {
                "SELECT c.name FROM appointments p JOIN clients c ON c.id = p.client_id WHERE p.id = ?1"
            }
            "block" => "SELECT a.name FROM blocks b JOIN artists a ON a.id = b.artist_id WHERE b.id = ?1",
            "tax_rate" => "SELECT name FROM tax_rates WHERE id = ?1",
            "deposit" => "SELECT CAST(receipt AS TEXT) FROM deposits WHERE id = ?1",
            "sale" | "original" => "SELECT CAST(receipt AS TEXT) FROM sales WHERE id = ?1",
            _ => continue,
        };
        if let Some(name) = db.maybe(sql, [id], |row| row.get::<_, String>(0))? {
            names.insert(detail.clone(), name);
        }
    }
    Ok(names)
}

/// The last entry: its number and hash, and when it was.
pub(crate) fn head(db: Reader<'_>) -> Result<((i64, String), Option<Millis>)> {
    let last = db.maybe("SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1", [], |row| {
        let hash: [u8; 32] = row.get(1)?;
        Ok(((row.get(0)?, seal::hex(&hash)), Some(row.get(2)?)))
    })?;
    Ok(last.unwrap_or(((0, String::new()), None)))
}

/// One entry that the review counts.
#[derive(Debug)]
pub(crate) struct Counted {
    pub at: Millis,
    pub member: Option<String>,
    pub command: String,
    pub outcome: String,
    pub elevated_by: Option<String>,
    pub count: i64,
}

/// Refusals and what was done under elevation, in a period.
pub(crate) fn counted(db: Reader<'_>, from: Millis, to: Millis) -> Result<Vec<Counted>> {
    db.all(
        "SELECT j.at, m.name, j.command, j.outcome, coalesce(e.name, j.elevated_by), coalesce(c.count, 1)
         FROM journal j LEFT JOIN members m ON m.id = j.member_id LEFT JOIN members e ON e.id = j.elevated_by
             LEFT JOIN refusal_counts c ON c.seq = j.seq
         WHERE j.at >= ?1 AND j.at < ?2 AND (j.outcome <> 'done' OR j.elevated_by IS NOT NULL
             OR j.command IN ('session.elevate', 'security.rotate_code'))
         ORDER BY j.seq",
        (from, to),
        |row| {
            Ok(Counted {
                at: row.get(0)?,
                member: row.get(1)?,
                command: row.get(2)?,
                outcome: row.get(3)?,
                elevated_by: row.get(4)?,
                count: row.get(5)?,
            })
        },
    )
}

/// What left the house as a file, in a period.
pub(crate) fn exports(db: Reader<'_>, from: Millis, to: Millis) -> Result<Vec<super::review::ReviewExport>> {
    db.all(
        "SELECT j.at, m.name, j.command, json_extract(j.details, '$.rows')
         FROM journal j LEFT JOIN members m ON m.id = j.member_id
         WHERE j.at >= ?1 AND j.at < ?2 AND j.outcome = 'done' AND j.command LIKE '%.export' ORDER BY j.seq",
        (from, to),
        |row| {
            Ok(super::review::ReviewExport {
                at: row.get(0)?,
                member: row.get(1)?,
                command: row.get(2)?,
                rows: row.get(3)?,
            })
        },
    )
}

/// Under a month's review.
#[derive(Debug)]
pub(crate) struct Signature {
    pub at: Millis,
    pub by: Option<String>,
    pub note: Option<String>,
}

/// Whether the studio came from another program at or after `from`.
pub(crate) fn brought_over_since(db: Reader<'_>, from: Millis) -> Result<bool> {
    let found = db.maybe(
        "SELECT 1 FROM journal WHERE at >= ?1 AND command = 'studio.import_tsm' LIMIT 1",
        [from],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

pub(crate) fn signature(db: Reader<'_>, month: &str) -> Result<Option<Signature>> {
    db.maybe(
        "SELECT r.signed_at, m.name, r.note FROM reviews r LEFT JOIN members m ON m.id = r.signed_by
         WHERE r.month = ?1",
        [month],
        |row| Ok(Signature { at: row.get(0)?, by: row.get(1)?, note: row.get(2)? }),
    )
}

pub(crate) fn sign(db: Writer<'_>, month: &str, at: Millis, by: &str, note: Option<&str>) -> Result<()> {
    db.run(
        "INSERT INTO reviews (month, signed_at, signed_by, note, salt) VALUES (?1, ?2, ?3, ?4, lower(hex(randomblob(16))))",
        (month, at, by, note),
    )?;
    Ok(())
}
