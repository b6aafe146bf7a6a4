//! Reading the journal.

use super::Activity;
use crate::error::Result;
use crate::storage::Reader;

/// What the log is narrowed to.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    pub before: Option<i64>,
    pub member: Option<&'a str>,
    pub refusals: bool,
    pub elevated: bool,
    pub limit: i64,
}

pub(crate) fn list(db: Reader<'_>, filter: &Filter<'_>) -> Result<Vec<Activity>> {
    db.all(
        "SELECT j.seq, j.at, j.member_id, m.name, j.role, j.command, j.outcome, coalesce(e.name, j.elevated_by),
                j.details, coalesce(c.count, 1), r.reason
         FROM journal j LEFT JOIN members m ON m.id = j.member_id LEFT JOIN members e ON e.id = j.elevated_by
             LEFT JOIN refusal_counts c ON c.seq = j.seq LEFT JOIN journal_reasons r ON r.seq = j.seq
         WHERE (?1 IS NULL OR j.seq < ?1) AND (?2 IS NULL OR j.member_id = ?2)
             AND (?3 = 0 OR j.outcome <> 'done') AND (?4 = 0 OR j.elevated_by IS NOT NULL)
         ORDER BY j.seq DESC LIMIT ?5",
        (filter.before, filter.member, filter.refusals, filter.elevated, filter.limit),
        |row| {
            let details: String = row.get(8)?;
            Ok(Activity {
                seq: row.get(0)?,
                at: row.get(1)?,
                member_id: row.get(2)?,
                member: row.get(3)?,
                role: row.get(4)?,
                command: row.get(5)?,
                outcome: row.get(6)?,
                elevated_by: row.get(7)?,
                details: serde_json::from_str(&details).unwrap_or_default(),
                count: row.get(9)?,
                reason: row.get(10)?,
            })
        },
    )
}
