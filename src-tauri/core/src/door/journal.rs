//! The journal: one hash-chained, append-only row for each change and each refusal.
//!
//! Holds ids, the action and row hashes, never personal data, so that erasing a person does not break the chain.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, types::ValueRef};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::Reader;
use crate::storage::seal::{self, Hash};
use crate::storage::standing::{self, Tx};

/// Equal refusals within this long of the first are one row with a count (D20).
const FOLD: Millis = 60_000;

pub(crate) const COLUMNS: &str =
    "seq, at, member_id, role, command, outcome, elevated_by, details, seals, prev, hash";

/// Where the chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub seq: i64,
    pub hash: Hash,
}

impl Head {
    pub(crate) fn start() -> Head {
        Head { seq: 0, hash: [0; 32] }
    }

    /// The last row and when it was written.
    pub(crate) fn read(conn: &Connection) -> Result<(Head, Millis)> {
        let last = conn
            .prepare_cached("SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| Ok((Head { seq: row.get(0)?, hash: row.get(1)? }, row.get(2)?)))
            .optional()?;
        Ok(last.unwrap_or((Head::start(), 0)))
    }
}

/// One row. Nothing of it is copied: the check of a file goes through all there ever were.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub seq: i64,
    pub at: Millis,
    pub member: Option<&'a str>,
    pub role: Option<&'a str>,
    pub command: &'a str,
    pub outcome: &'a str,
    pub elevated_by: Option<&'a str>,
    pub details: &'a str,
    pub seals: &'a str,
    pub prev: Hash,
    pub hash: Hash,
}

impl<'a> Entry<'a> {
    pub(crate) fn read(row: &'a rusqlite::Row<'_>) -> rusqlite::Result<Entry<'a>> {
        Ok(Entry {
            seq: row.get(0)?,
            at: row.get(1)?,
            member: row.get_ref(2)?.as_str_or_null()?,
            role: row.get_ref(3)?.as_str_or_null()?,
            command: row.get_ref(4)?.as_str()?,
            outcome: row.get_ref(5)?.as_str()?,
            elevated_by: row.get_ref(6)?.as_str_or_null()?,
            details: row.get_ref(7)?.as_str()?,
            seals: row.get_ref(8)?.as_str()?,
            prev: row.get(9)?,
            hash: row.get(10)?,
        })
    }

    /// The hash over the previous hash and every field, each with its length.
    pub(crate) fn digest(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(self.prev);
        seal::feed(&mut hasher, ValueRef::Integer(self.seq));
        seal::feed(&mut hasher, ValueRef::Integer(self.at));
        for field in [self.member, self.role, self.elevated_by] {
            let value = field.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes()));
            seal::feed(&mut hasher, value);
        }
        for field in [self.command, self.outcome, self.details, self.seals] {
            seal::feed(&mut hasher, ValueRef::Text(field.as_bytes()));
        }
        hasher.finalize().into()
    }

    /// The rows it sealed: the seal's name, the row's id, the first half of its hash. Of a table whose rows change: its
    /// name with its schema, what it came to before, and since.
    pub(crate) fn sealed(&self) -> Result<Vec<(&'a str, Uuid, u128)>> {
        let damaged = || Error::Damaged("journal seals".to_owned());
        let seals: Vec<(&str, &str, &str)> = serde_json::from_str(self.seals).map_err(|_| damaged())?;
        let read = seals.into_iter().map(|(name, id, hash)| {
            let half =
                hash.as_bytes().get(..32)?.iter().try_fold(0, |half, digit| {
                    Some(half << 4 | u128::from(char::from(*digit).to_digit(16)?))
                })?;
            Some((name, Uuid::try_parse(id).ok()?, half))
        });
        read.collect::<Option<_>>().ok_or_else(damaged)
    }
}

/// What a change or refusal leaves behind.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub at: Millis,
    pub member: Option<&'a str>,
    pub role: Option<&'a str>,
    pub command: &'a str,
    pub outcome: &'a str,
    pub elevated_by: Option<&'a str>,
    pub details: &'a serde_json::Map<String, Value>,
    pub seals: &'a [(&'static str, String)],
    /// Why, in the member's words, and a salt. They stand beside the journal.
    pub reason: Option<(&'a str, String)>,
}

/// Appends one row inside the caller's transaction and returns the new head.
pub(crate) fn append(conn: &Tx<'_>, head: Head, line: &Line<'_>) -> Result<Head> {
    if line.outcome != "done" && fold(conn, line)? {
        return Ok(head);
    }
    if let Some((reason, salt)) = &line.reason {
        // Before the row that it belongs to, which keeps what the reasons come to.
        conn.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        conn.prepare_cached("INSERT INTO journal_reasons (seq, reason, salt) VALUES (?1, ?2, ?3)")?
            .execute((head.seq + 1, reason, salt))?;
    }
    let mut seals = Vec::with_capacity(line.seals.len());
    for (table, id) in line.seals {
        let (name, hash) = seal::seal(conn, table, id)?;
        seals.push((name, Cow::Borrowed(id.as_str()), seal::hex(&hash)));
    }
    seals.extend(
        standing::settle(conn)?.into_iter().map(|(name, before, after)| (name, Cow::Owned(before), after)),
    );
    let details = serde_json::to_string(line.details).map_err(Error::internal)?;
    let seals = serde_json::to_string(&seals).map_err(Error::internal)?;
    let mut entry = Entry {
        seq: head.seq + 1,
        at: line.at,
        member: line.member,
        role: line.role,
        command: line.command,
        outcome: line.outcome,
        elevated_by: line.elevated_by,
        details: &details,
        seals: &seals,
        prev: head.hash,
        hash: [0; 32],
    };
    entry.hash = entry.digest();
    conn.prepare_cached(
        "INSERT INTO journal (seq, at, member_id, role, command, outcome, elevated_by, details, seals, prev, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute((
        entry.seq,
        entry.at,
        entry.member,
        entry.role,
        entry.command,
        entry.outcome,
        entry.elevated_by,
        entry.details,
        entry.seals,
        entry.prev,
        entry.hash,
    ))?;
    Ok(Head { seq: entry.seq, hash: entry.hash })
}

/// Counts a refusal onto an equal one of the last minute, if there is one.
fn fold(conn: &Connection, line: &Line<'_>) -> Result<bool> {
    let earlier: Option<i64> = conn
        .prepare_cached(
            "SELECT seq FROM journal WHERE at > ?1 AND member_id IS ?2 AND command = ?3 AND outcome = ?4
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row((line.at - FOLD, line.member, line.command, line.outcome), |row| row.get(0))
        .optional()?;
    let Some(seq) = earlier else { return Ok(false) };
    conn.prepare_cached(
        "INSERT INTO refusal_counts (seq, count, last_at) VALUES (?1, 2, ?2)
         ON CONFLICT (seq) DO UPDATE SET count = refusal_counts.count + 1, last_at = excluded.last_at",
    )?
    .execute((seq, line.at))?;
    Ok(true)
}

/// What was last written down of the computer's clock: that it was set back, or that somebody found it right.
#[derive(Debug)]
pub(crate) struct ClockWord {
    pub at: Millis,
    /// What the clock said.
    pub wall: Millis,
    pub confirmed: bool,
}

pub(crate) fn clock_word(db: Reader<'_>) -> Result<Option<ClockWord>> {
    db.maybe(
        // As the index has it: these rows are few among millions.
        "SELECT at, coalesce(json_extract(details, '$.wall'), at), command = 'security.confirm_clock' FROM journal
         WHERE command IN ('clock_regressed', 'security.confirm_clock') AND outcome = 'done'
         ORDER BY seq DESC LIMIT 1",
        [],
        |row| Ok(ClockWord { at: row.get(0)?, wall: row.get(1)?, confirmed: row.get(2)? }),
    )
}
