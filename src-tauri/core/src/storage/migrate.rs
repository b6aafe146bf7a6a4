//! Bringing a file to the newest schema. Migrations are frozen once released; each runs whole or not at all.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

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
    include_str!("../../migrations/0017_portfolio.sql"),
    include_str!("../../migrations/0018_standing.sql"),
    include_str!("../../migrations/0019_crops.sql"),
    include_str!("../../migrations/0020_salts.sql"),
    include_str!("../../migrations/0021_counted.sql"),
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

/// Why a file is refused that has our mark, and other things in it.
pub(super) const FOREIGN: &str = "its tables are not Inkpoint's";

type Schema = Vec<(String, String, String, Option<String>)>;

/// What a file is made of, but for what SQLite makes for itself.
fn schema(conn: &Connection) -> Result<Schema> {
    let mut statement = conn.prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema
         WHERE NOT (type = 'index' AND sql IS NULL)
             AND NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))
         ORDER BY type, name",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Refuses a file that has more in it than its migrations put there, or other things: a trigger would run with our
/// rights (F17).
pub(super) fn check_schema(conn: &Connection) -> Result<()> {
    if schema(conn)? == made_by_migrations(version(conn)?)? {
        Ok(())
    } else {
        Err(Error::NotAStudio(FOREIGN))
    }
}

/// What the migrations up to this one make. Worked out once: a file is looked at each time it is opened.
#[allow(clippy::disallowed_methods)] // What the migrations make is looked at nowhere but here.
fn made_by_migrations(upto: i64) -> Result<Schema> {
    static MADE: Mutex<BTreeMap<i64, Schema>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(schema) = made.get(&upto) {
        return Ok(schema.clone());
    }
    let fresh = Connection::open_in_memory()?;
    run(&fresh, upto)?;
    let schema = schema(&fresh)?;
    made.insert(upto, schema.clone());
    Ok(schema)
}
