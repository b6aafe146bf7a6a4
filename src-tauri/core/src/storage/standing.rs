//! What the tables whose rows change come to: a change made outside Inkpoint shows (P5).
//!
//! A row that is never changed is sealed for itself ([`super::seal`]). Of a table whose rows change, the journal keeps a
//! sum over the hashes of all rows, before and after each change: a sum takes as long to bring up to date as the rows
//! that changed, however many stand beside them. Nobody has to remember to: SQLite itself tells of every row written.
//!
//! The sum is against somebody who edits the file, not against somebody who searches for rows that come to the same.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use sha2::{Digest, Sha256};

use super::migrate::SCHEMA_VERSION;
use super::seal::{feed, half};
use crate::error::{Error, Result};

/// A table whose rows change. Those with words that may be about people have a salt: what the journal keeps of them nobody
/// can try words against once the salt is gone with them (P16).
#[derive(Debug)]
pub(crate) struct Standing {
    pub table: &'static str,
}

const fn standing(table: &'static str) -> Standing {
    Standing { table }
}

/// Every table whose rows change, but for those that follow from others and those that nothing hangs on.
pub(crate) const STANDING: &[Standing] = &[
    standing("appointments"),
    standing("artist_hours"),
    standing("artists"),
    standing("blocks"),
    standing("checklist_ticks"),
    standing("client_merges"),
    standing("client_notes"),
    standing("clients"),
    standing("commission_rates"),
    standing("commission_start"),
    standing("consent_template_services"),
    standing("consent_templates"),
    standing("consent_versions"),
    standing("consent_waivers"),
    standing("different_clients"),
    standing("erased_clients"),
    standing("items"),
    standing("journal_reasons"),
    standing("lent_roles"),
    standing("lots"),
    standing("members"),
    standing("password_history"),
    standing("pictures"),
    standing("portfolio_items"),
    standing("projects"),
    standing("reviews"),
    standing("saved_reports"),
    standing("secrets"),
    standing("services"),
    standing("settings"),
    standing("settings_history"),
    standing("studio"),
    standing("supply_requests"),
    standing("switches"),
    standing("tax_rates"),
    standing("wait_list"),
    standing("walk_ins"),
];

/// Stands between a table and the schema it was counted in, where the journal keeps a sum beside its seals.
pub(crate) const COUNTED: char = '=';

/// What the SQL of this file calls to tell of a row.
const TELL: &str = "inkpoint_stood";

/// What a transaction did to the sums so far.
#[derive(Debug, Default)]
struct Changes {
    /// By the table's place in [`STANDING`]. Sums run around at their end.
    sums: BTreeMap<usize, u128>,
    /// Whether every table was counted in today's schema.
    counted: bool,
    /// Whether this transaction did the counting: undone with it.
    counting: bool,
}

type Shared = Arc<Mutex<Changes>>;

/// A panic in a command leaves whole sums behind, and the next transaction begins with none.
fn hold(changes: &Shared) -> MutexGuard<'_, Changes> {
    changes.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The connection that writes. Whatever is written on it is counted.
#[derive(Debug)]
pub(super) struct Writing {
    conn: Connection,
    changes: Shared,
    /// From the first transaction on: many a file is only looked at.
    watched: bool,
}

/// A transaction on the file, and what it did.
#[derive(Debug)]
pub(crate) struct Tx<'c> {
    conn: &'c Connection,
    changes: &'c Shared,
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.conn
    }
}

impl Writing {
    /// A connection to a file of today's schema.
    pub(super) fn new(conn: Connection) -> Writing {
        Writing { conn, changes: Shared::default(), watched: false }
    }

    fn watch(&mut self) -> Result<()> {
        if self.watched {
            return Ok(());
        }
        let told = Arc::clone(&self.changes);
        self.conn
            .create_scalar_function(TELL, -1, FunctionFlags::SQLITE_UTF8, move |call| tell(&told, call))?;
        for (place, standing) in STANDING.iter().enumerate() {
            self.conn.execute_batch(&standing.triggers(&self.conn, place)?)?;
        }
        self.watched = true;
        Ok(())
    }

    pub(super) fn conn(&self) -> &Connection {
        &self.conn
    }

    pub(super) fn into_conn(self) -> Connection {
        self.conn
    }

    /// Runs `change` in one BEGIN IMMEDIATE … COMMIT: all of it or nothing. What changes a standing row without a row of
    /// the journal is refused.
    pub(super) fn transact<T>(&mut self, change: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.watch()?;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut changes = hold(&self.changes);
            changes.sums.clear();
            changes.counting = false;
        }
        let done = change(&Tx { conn: &tx, changes: &self.changes })?;
        let counting = {
            let changes = hold(&self.changes);
            if let Some((place, _)) = changes.sums.iter().find(|(_, sum)| **sum != 0) {
                let table = STANDING.get(*place).map_or("", |standing| standing.table);
                return Err(Error::internal(format!("{table} was changed, and the journal does not say so")));
            }
            changes.counting
        };
        tx.commit()?;
        hold(&self.changes).counted |= counting;
        Ok(done)
    }
}

impl Standing {
    /// Its columns, in their order.
    fn columns(&self, conn: &Connection) -> Result<Vec<String>> {
        let mut statement = conn.prepare_cached("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let names = statement.query_map([self.table], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }

    /// Triggers of this connection alone: nothing of them is in the file.
    fn triggers(&self, conn: &Connection, place: usize) -> Result<String> {
        let table = self.table;
        let columns = self.columns(conn)?;
        let tell = |sign: i8, which: &str| {
            let values: String = columns.iter().map(|column| format!(", {which}.{column}")).collect();
            format!("SELECT {TELL}({place}, {sign}{values});")
        };
        let (gone, come) = (tell(-1, "OLD"), tell(1, "NEW"));
        Ok(["INSERT", "UPDATE", "DELETE"]
            .iter()
            .map(|event| {
                let told = match *event {
                    "INSERT" => come.clone(),
                    "DELETE" => gone.clone(),
                    _ => format!("{gone} {come}"),
                };
                format!(
                    "CREATE TEMP TRIGGER IF NOT EXISTS {table}_{event} AFTER {event} ON main.{table} BEGIN {told} END;\n"
                )
            })
            .collect())
    }

    /// Gives rows from before there were salts theirs, where the table is yet to be counted. Rows of erased people get one
    /// that never stood beside their words.
    fn salt(&self, conn: &Connection) -> Result<()> {
        let counted = stood(conn, self)?.is_some_and(|(version, _)| version == SCHEMA_VERSION);
        if !counted && self.columns(conn)?.iter().any(|column| column == "salt") {
            let table = self.table;
            conn.execute_batch(&format!(
                "UPDATE {table} SET salt = lower(hex(randomblob(16))) WHERE salt IS NULL"
            ))?;
        }
        Ok(())
    }

    /// Goes through the whole table.
    fn count(&self, conn: &Connection) -> Result<u128> {
        let columns = self.columns(conn)?;
        let mut statement = conn.prepare(&format!("SELECT {} FROM {}", columns.join(", "), self.table))?;
        let mut rows = statement.query([])?;
        let mut sum = 0u128;
        while let Some(row) = rows.next()? {
            let mut hasher = self.hasher();
            for column in 0..columns.len() {
                feed(&mut hasher, row.get_ref(column)?);
            }
            sum = sum.wrapping_add(half(&hasher.finalize().into()));
        }
        Ok(sum)
    }

    fn hasher(&self) -> Sha256 {
        let mut hasher = Sha256::new();
        feed(&mut hasher, ValueRef::Text(self.table.as_bytes()));
        hasher
    }
}

/// Called by the triggers: the table's place, whether the row comes or goes, and what is in it.
fn tell(changes: &Shared, call: &Context<'_>) -> rusqlite::Result<Option<i64>> {
    let (place, comes): (i64, bool) = (call.get(0)?, call.get::<i64>(1)? > 0);
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    let Some(standing) = STANDING.get(place) else {
        return Err(rusqlite::Error::InvalidParameterName(TELL.to_owned()));
    };
    let mut hasher = standing.hasher();
    for value in 2..call.len() {
        feed(&mut hasher, call.get_raw(value));
    }
    let hash = half(&hasher.finalize().into());
    let mut changes = hold(changes);
    let sum = changes.sums.entry(place).or_default();
    *sum = if comes { sum.wrapping_add(hash) } else { sum.wrapping_sub(hash) };
    Ok(None)
}

/// A sum that changed, as the journal keeps it: the table and its schema, before, after.
pub(crate) type Kept = (String, String, String);

fn kept(table: &str, before: u128, after: u128) -> Kept {
    (format!("{table}{COUNTED}{SCHEMA_VERSION}"), format!("{before:032x}"), format!("{after:032x}"))
}

/// Brings the sums up to what the transaction did, for the row of the journal that says so.
pub(crate) fn settle(tx: &Tx<'_>) -> Result<Vec<Kept>> {
    let counted = {
        let changes = hold(tx.changes);
        changes.counted || changes.counting
    };
    if !counted {
        for standing in STANDING {
            standing.salt(tx)?;
        }
    }
    let sums = std::mem::take(&mut hold(tx.changes).sums);
    let mut done = Vec::new();
    for (place, standing) in STANDING.iter().enumerate() {
        let change = sums.get(&place).copied().unwrap_or(0);
        if counted && change == 0 {
            continue;
        }
        let (version, before) = stood(tx, standing)?.unwrap_or((0, 0));
        // A file whose schema is newer than its sums is counted whole, with what the transaction changed.
        let after =
            if version == SCHEMA_VERSION { before.wrapping_add(change) } else { standing.count(tx)? };
        if version != SCHEMA_VERSION || change != 0 {
            put(tx, standing, after)?;
            done.push(kept(standing.table, before, after));
        }
    }
    hold(tx.changes).counting |= !counted;
    Ok(done)
}

fn stood(conn: &Connection, standing: &Standing) -> Result<Option<(i64, u128)>> {
    let row = conn
        .prepare_cached("SELECT version, sum FROM standing WHERE name = ?1")?
        .query_row([standing.table], |row| Ok((row.get(0)?, row.get::<_, [u8; 16]>(1)?)))
        .optional()?;
    Ok(row.map(|(version, sum)| (version, u128::from_be_bytes(sum))))
}

fn put(conn: &Connection, standing: &Standing, sum: u128) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO standing (name, version, sum) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET version = excluded.version, sum = excluded.sum",
    )?
    .execute((standing.table, SCHEMA_VERSION, sum.to_be_bytes()))?;
    Ok(())
}

/// What the journal says each table came to, row by row.
#[derive(Debug, Default)]
pub(super) struct Said(BTreeMap<String, (i64, u128)>);

impl Said {
    /// Takes one sum that the journal keeps. Whether it follows the one before.
    pub(super) fn follow(&mut self, table: &str, version: &str, before: u128, after: u128) -> bool {
        let Ok(version) = version.parse::<i64>() else { return false };
        let follows = match self.0.get(table) {
            // A newer schema counts other columns, once.
            Some((last, sum)) => (*last == version && *sum == before) || *last < version,
            None => true,
        };
        self.0.insert(table.to_owned(), (version, after));
        follows
    }

    /// The tables that do not come to what the journal says. A file that has just been brought to a newer schema is
    /// counted with its next row.
    pub(super) fn broken(&self, conn: &Connection) -> Result<Vec<&'static str>> {
        let mut broken = Vec::new();
        if !self.0.values().any(|(version, _)| *version == SCHEMA_VERSION) {
            return Ok(broken);
        }
        for standing in STANDING {
            let said = self.0.get(standing.table).copied();
            if stood(conn, standing)? != said || Some(standing.count(conn)?) != said.map(|(_, sum)| sum) {
                broken.push(standing.table);
            }
        }
        Ok(broken)
    }
}
