//! The hash of a money or stock row, as the journal keeps it.

use rusqlite::{Connection, types::ValueRef};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Every table whose rows are sealed, with the columns that a seal covers, in order. Frozen with the migrations:
/// a later column gets a second list, so that old seals still hold.
pub(crate) const SEALED: &[(&str, &str)] = &[
    ("drawer_sessions", "id, register, opened_at, opened_by, float"),
    (
        "sales",
        "id, register, receipt, kind, at, member_id, client_id, appointment_id, session_id, original_id, reason, \
         goods, discount, tax, tips, total, currency",
    ),
    (
        "sale_lines",
        "id, sale_id, position, kind, service_id, item_id, artist_id, label, quantity, list_price, unit_price, \
         discount, tax, amount, original_id",
    ),
    ("sale_tips", "id, sale_id, artist_id, amount"),
    ("sale_tenders", "id, sale_id, position, tender, amount, given"),
    ("cash_moves", "id, session_id, direction, amount, reason, at, member_id"),
    (
        "drawer_closings",
        "id, session_id, register, z, at, member_id, counts, counted, expected, difference, reason, float_left, \
         first_receipt, last_receipt, perpetual, head",
    ),
    ("ledger_entries", "id, at, kind, sale_id, session_id"),
    ("ledger_lines", "id, entry_id, account, artist_id, amount"),
    ("stock_moves", "id, item_id, kind, quantity, unit_cost, reason, sale_id, at, member_id"),
    (
        "consents",
        "id, client_id, appointment_id, service_id, template_id, version_id, kind, at, member_id, method, guardian, \
         image_use, paper_hash",
    ),
    ("consent_withdrawals", "id, consent_id, at, member_id"),
];

pub(crate) type Hash = [u8; 32];

/// Feeds one value with its type and length, so that no two rows can read the same.
pub(crate) fn feed(hasher: &mut Sha256, value: ValueRef<'_>) {
    let (tag, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => {
            hasher.update([1]);
            hasher.update(number.to_be_bytes());
            return;
        }
        ValueRef::Real(number) => {
            hasher.update([2]);
            hasher.update(number.to_be_bytes());
            return;
        }
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(blob) => (4, blob),
    };
    hasher.update([tag]);
    hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    hasher.update(bytes);
}

/// Hashes the row that a statement over `columns` stands on.
pub(crate) fn hash_row(table: &str, row: &rusqlite::Row<'_>, columns: usize) -> Result<Hash> {
    let mut hasher = Sha256::new();
    feed(&mut hasher, ValueRef::Text(table.as_bytes()));
    for column in 0..columns {
        feed(&mut hasher, row.get_ref(column)?);
    }
    Ok(hasher.finalize().into())
}

/// As [`hash_row`] for a row of nothing but texts, as it is written down.
pub(crate) fn hash_texts(table: &str, texts: &[Option<&str>]) -> String {
    let mut hasher = Sha256::new();
    feed(&mut hasher, ValueRef::Text(table.as_bytes()));
    for text in texts {
        feed(&mut hasher, text.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes())));
    }
    hex(&hasher.finalize().into())
}

/// Reads back the row `id` of `table` and hashes it as it now stands in the file.
pub(crate) fn seal(conn: &Connection, table: &'static str, id: &str) -> Result<Hash> {
    let columns = SEALED
        .iter()
        .find(|(name, _)| *name == table)
        .map(|(_, columns)| *columns)
        .ok_or_else(|| Error::internal(format!("{table} is not sealed")))?;
    let mut statement = conn.prepare_cached(&format!("SELECT {columns} FROM {table} WHERE id = ?1"))?;
    let count = statement.column_count();
    let mut rows = statement.query([id])?;
    match rows.next()? {
        Some(row) => hash_row(table, row, count),
        None => Err(Error::internal(format!("no row to seal in {table}"))),
    }
}

/// A hash as it is written down.
pub(crate) fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A plain SHA-256, for callers that have bytes rather than rows.
pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}
