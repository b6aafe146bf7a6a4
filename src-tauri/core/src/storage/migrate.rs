//! Bringing a file to the newest schema. Migrations are frozen once released; each runs whole or not at all.

use rusqlite::Connection;

use crate::error::{Error, Result};

/// In order; the number in `user_version` is how many have run.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_house.sql"),
    include_str!("../../migrations/0002_book.sql"),
    include_str!("../../migrations/0003_till.sql"),
    include_str!("../../migrations/0004_people.sql"),
    include_str!("../../migrations/0005_agenda.sql"),
    include_str!("../../migrations/0006_clients.sql"),
    include_str!("../../migrations/0007_apart.sql"),
    include_str!("../../migrations/0008_money.sql"),
    include_str!("../../migrations/0009_pictures.sql"),
    include_str!("../../migrations/0010_payouts.sql"),
    include_str!("../../migrations/0011_consent.sql"),
    include_str!("../../migrations/0012_saved_reports.sql"),
    include_str!("../../migrations/0013_month_sums.sql"),
    include_str!("../../migrations/0014_taken_back.sql"),
    include_str!("../../migrations/0015_printing.sql"),
    include_str!("../../migrations/0016_stock.sql"),
];

/// The schema this Inkpoint writes. A file with a larger number is refused untouched.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

/// Marks the file as Inkpoint's: "INKP".
pub(super) const APPLICATION_ID: i64 = 0x494E_4B50;

/// The text of every step, for whoever reads what it says of its tables.
pub(super) fn scripts() -> impl Iterator<Item = &'static str> {
    MIGRATIONS.iter().copied()
}

pub(super) fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Runs the migrations from where the file stands up to `upto`.
///
/// `execute_batch` alone is not atomic: a kill would leave half a schema. Each step is one transaction together with
/// its `user_version`.
pub(super) fn run(conn: &Connection, upto: i64) -> Result<()> {
    let from = version(conn)?;
    for (step, sql) in MIGRATIONS.iter().enumerate() {
        let number = i64::try_from(step).map_err(Error::internal)? + 1;
        if number <= from || number > upto {
            continue;
        }
        let done = conn.execute_batch(&format!(
            "BEGIN IMMEDIATE;\n{sql}\nPRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {number};\nCOMMIT;"
        ));
        if let Err(error) = done {
            if !conn.is_autocommit() {
                conn.execute_batch("ROLLBACK")?;
            }
            return Err(error.into());
        }
    }
    Ok(())
}
