//! The hash of a money or stock row, as the journal keeps it.

use rusqlite::{Connection, types::ValueRef};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A table whose rows are sealed.
#[derive(Debug)]
pub(crate) struct Sealed {
    pub table: &'static str,
    /// The columns a seal covers, in order. Frozen with the migrations.
    pub columns: &'static str,
    /// Columns that came later. A row from before has nothing in them, and its seal holds as it is.
    pub later: &'static str,
}

/// Ends the name under which the journal keeps a seal that covers the later columns too.
pub(crate) const WIDE: char = '+';

impl Sealed {
    /// Every column.
    pub fn all(&self) -> String {
        if self.later.is_empty() {
            self.columns.to_owned()
        } else {
            format!("{}, {}", self.columns, self.later)
        }
    }

    /// The name under which a row of today is sealed.
    fn name(&self) -> String {
        if self.later.is_empty() { self.table.to_owned() } else { format!("{}{WIDE}", self.table) }
    }
}

const fn sealed(table: &'static str, columns: &'static str) -> Sealed {
    Sealed { table, columns, later: "" }
}

/// Every table whose rows are sealed.
pub(crate) const SEALED: &[Sealed] = &[
    sealed("drawer_sessions", "id, register, opened_at, opened_by, float"),
    Sealed {
        table: "sales",
        columns: "id, register, receipt, kind, at, member_id, client_id, appointment_id, session_id, original_id, \
                  reason, goods, discount, tax, tips, total, currency",
        later: "rounding",
    },
    Sealed {
        table: "sale_lines",
        columns: "id, sale_id, position, kind, service_id, item_id, artist_id, label, quantity, list_price, \
                  unit_price, discount, tax, amount, original_id",
        later: "tax_rate_id, tax_name, tax_bp, tax_added",
    },
    sealed("sale_tips", "id, sale_id, artist_id, amount"),
    sealed("sale_tenders", "id, sale_id, position, tender, amount, given"),
    sealed("cash_moves", "id, session_id, direction, amount, reason, at, member_id"),
    Sealed {
        table: "drawer_closings",
        columns: "id, session_id, register, z, at, member_id, counts, counted, expected, difference, reason, \
                  float_left, first_receipt, last_receipt, perpetual, head",
        later: "approved_by, waived",
    },
    sealed("drawer_takeovers", "id, session_id, at, member_id, reason"),
    sealed("ledger_entries", "id, at, kind, sale_id, session_id"),
    sealed("ledger_lines", "id, entry_id, account, artist_id, amount"),
    Sealed {
        table: "stock_moves",
        columns: "id, item_id, kind, quantity, unit_cost, reason, sale_id, at, member_id",
        later: "lot_id, count_id, supply_id",
    },
    sealed("stock_counts", "id, register, number, at, member_id, category, blind, reason"),
    Sealed {
        table: "stock_count_lines",
        columns: "id, count_id, position, item_id, expected, counted",
        later: "sku, name, unit, cost",
    },
    sealed("visit_supplies", "id, appointment_id, item_id, lot_id, quantity, at, member_id, undoes"),
    sealed(
        "deposits",
        "id, register, receipt, at, member_id, client_id, appointment_id, artist_id, session_id, entry_id, amount, \
         currency",
    ),
    sealed(
        "deposit_moves",
        "id, deposit_id, kind, amount, sale_id, appointment_id, artist_id, register, receipt, session_id, entry_id, \
         at, member_id, reason",
    ),
    sealed("deposit_tenders", "id, deposit_id, move_id, position, tender, amount, given"),
    sealed("receipt_copies", "id, sale_id, at, member_id"),
    sealed("receipt_papers", "id, register, receipt, way, at, member_id, undone"),
    sealed(
        "consents",
        "id, client_id, appointment_id, service_id, template_id, version_id, kind, at, member_id, method, guardian, \
         image_use, paper_hash",
    ),
    sealed("consent_withdrawals", "id, consent_id, at, member_id"),
    sealed("commissions", "id, at, artist_id, worker_id, sale_id, line_id, basis, bp, amount, original_id"),
    Sealed {
        table: "payouts",
        columns: "id, register, number, at, member_id, artist_id, until, session_id, tender, amount, commission, \
                  tips, note",
        later: "reverses",
    },
];

pub(crate) type Hash = [u8; 32];

/// The half of a hash that is compared: as far out of a forger's reach as the whole.
pub(crate) fn half(hash: &Hash) -> u128 {
    hash.iter().take(16).fold(0, |half, byte| half << 8 | u128::from(*byte))
}

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

/// Hashes the first `columns` of the row that a statement stands on, as the journal calls the list they are.
pub(crate) fn hash_row(name: &str, row: &rusqlite::Row<'_>, columns: usize) -> Result<Hash> {
    let mut hasher = Sha256::new();
    feed(&mut hasher, ValueRef::Text(name.as_bytes()));
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

/// Reads back the row `id` of `table` and hashes it as it now stands in the file: the seal's name and hash.
pub(crate) fn seal(conn: &Connection, table: &'static str, id: &str) -> Result<(String, Hash)> {
    let sealed = SEALED
        .iter()
        .find(|sealed| sealed.table == table)
        .ok_or_else(|| Error::internal(format!("{table} is not sealed")))?;
    let mut statement =
        conn.prepare_cached(&format!("SELECT {} FROM {table} WHERE id = ?1", sealed.all()))?;
    let count = statement.column_count();
    let mut rows = statement.query([id])?;
    match rows.next()? {
        Some(row) => {
            let name = sealed.name();
            let hash = hash_row(&name, row, count)?;
            Ok((name, hash))
        }
        None => Err(Error::internal(format!("no row to seal in {table}"))),
    }
}

/// What the seal `name` of a row would be as the row now stands; none when an older row has grown what it never had.
/// The statement is over every column.
pub(crate) fn rehash(
    sealed: &Sealed,
    name: &str,
    row: &rusqlite::Row<'_>,
    columns: usize,
) -> Result<Option<Hash>> {
    if sealed.later.is_empty() || name != sealed.table {
        return hash_row(name, row, columns).map(Some);
    }
    let narrow = columns - sealed.later.split(',').count();
    for column in narrow..columns {
        if row.get_ref(column)? != ValueRef::Null {
            return Ok(None);
        }
    }
    hash_row(name, row, narrow).map(Some)
}

/// A hash as it is written down.
pub(crate) fn hex(hash: &Hash) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// A plain SHA-256, for callers that have bytes rather than rows.
pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}
