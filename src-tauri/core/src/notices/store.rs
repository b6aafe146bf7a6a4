//! The rows of notices.

use serde_json::{Map, Value};

use super::{Notice, NoticeKind};
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Writer};

pub(crate) fn add(
    db: Writer<'_>,
    id: &str,
    member: &str,
    kind: NoticeKind,
    details: &Value,
    by: Option<&str>,
    at: Millis,
) -> Result<()> {
    db.run(
        "INSERT INTO notices (id, member_id, kind, details, by_member, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (id, member, kind.name(), details.to_string(), by, at),
    )?;
    Ok(())
}

/// That a client is there concerns today: after so long it is no news.
const ARRIVAL: Millis = 12 * 60 * 60 * 1000;

pub(crate) fn list(db: Reader<'_>, member: &str, now: Millis, limit: i64) -> Result<Vec<Notice>> {
    let rows: Vec<(Option<NoticeKind>, Notice)> = db.all(
        "SELECT n.id, n.kind, n.at, n.read_at IS NOT NULL, m.name, n.details
         FROM notices n LEFT JOIN members m ON m.id = n.by_member
         WHERE n.member_id = ?1 AND (n.kind <> 'client_here' OR n.at > ?3)
         ORDER BY n.at DESC, n.rowid DESC LIMIT ?2",
        (member, limit, now - ARRIVAL),
        |row| {
            let kind: String = row.get(1)?;
            let details: String = row.get(5)?;
            let notice = Notice {
                id: row.get(0)?,
                kind: NoticeKind::RoleChanged,
                at: row.get(2)?,
                read: row.get(3)?,
                by: row.get(4)?,
                details: serde_json::from_str::<Map<String, Value>>(&details).unwrap_or_default(),
            };
            Ok((NoticeKind::parse(&kind), notice))
        },
    )?;
    // A kind of a newer Inkpoint has no words here.
    Ok(rows.into_iter().filter_map(|(kind, notice)| kind.map(|kind| Notice { kind, ..notice })).collect())
}

pub(crate) fn unread(db: Reader<'_>, member: &str, now: Millis) -> Result<i64> {
    db.one(
        "SELECT count(*) FROM notices WHERE member_id = ?1 AND read_at IS NULL AND (kind <> 'client_here' OR at > ?2)",
        (member, now - ARRIVAL),
        |row| row.get(0),
    )
}

pub(crate) fn mark_read(db: Writer<'_>, member: &str, at: Millis) -> Result<()> {
    db.run("UPDATE notices SET read_at = ?2 WHERE member_id = ?1 AND read_at IS NULL", (member, at))?;
    Ok(())
}
