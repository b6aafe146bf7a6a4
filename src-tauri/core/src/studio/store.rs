//! The rows of the studio's own settings and services.

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::commands::SettingChange;
use super::{DepositKind, DepositPolicy, Service, ServiceKind, Settings, TaxRate};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::{Reader, Row, Writer};

pub(crate) fn studio_id(conn: &Connection) -> Result<String> {
    Reader::new(conn)
        .maybe("SELECT id FROM studio", [], |row| row.get(0))?
        .ok_or(Error::NotAStudio("set-up was never finished"))
}

/// The first row of a new studio.
pub(crate) fn found(db: Writer<'_>, id: &str, demo: bool, at: Millis) -> Result<()> {
    db.run("INSERT INTO studio (id, created_at, demo) VALUES (?1, ?2, ?3)", (id, at, demo))?;
    Ok(())
}

pub(crate) fn founded_at(db: Reader<'_>) -> Result<Millis> {
    db.one("SELECT created_at FROM studio", [], |row| row.get(0))
}

pub(crate) fn is_demo(db: Reader<'_>) -> Result<bool> {
    db.one("SELECT demo FROM studio", [], |row| row.get(0))
}

pub(crate) fn settings(db: Reader<'_>) -> Result<Settings> {
    let rows: Vec<(String, String)> =
        db.all("SELECT name, value FROM settings", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut fields = Map::new();
    for (name, value) in rows {
        let value: Value =
            serde_json::from_str(&value).map_err(|_| Error::Damaged(format!("setting {name}")))?;
        fields.insert(name, value);
    }
    serde_json::from_value(Value::Object(fields))
        .map_err(|error| Error::Damaged(format!("settings: {error}")))
}

/// Asked after each movement of cash, so it reads no more than it must.
pub(crate) fn has_printer(db: Reader<'_>) -> Result<bool> {
    let sql = "SELECT count(*) FROM settings WHERE name = 'printer_host' AND value <> '\"\"'";
    db.one(sql, [], |row| row.get::<_, i64>(0)).map(|found| found > 0)
}

pub(crate) fn zone(db: Reader<'_>) -> Result<crate::calendar::Zone> {
    let value: String = db.one("SELECT value FROM settings WHERE name = 'zone'", [], |row| row.get(0))?;
    let name: String = serde_json::from_str(&value).map_err(|_| Error::Damaged("setting zone".to_owned()))?;
    crate::calendar::Zone::parse(&name)
}

/// Writes a setting and keeps what it was (A033). Returns whether anything changed.
pub(crate) fn put_setting(
    db: Writer<'_>,
    reader: Reader<'_>,
    id: &str,
    name: &str,
    value: &Value,
    at: Millis,
    by: Option<&str>,
) -> Result<bool> {
    let value = value.to_string();
    let before: Option<String> =
        reader.maybe("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0))?;
    if before.as_ref() == Some(&value) {
        return Ok(false);
    }
    if let Some(before) = before {
        db.run(
            "INSERT INTO settings_history (id, name, value, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5)",
            (id, name, before, at, by),
        )?;
    }
    db.run(
        "INSERT INTO settings (name, value, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at,
             changed_by = excluded.changed_by",
        (name, &value, at, by),
    )?;
    Ok(true)
}

const CHANGE: &str = "SELECT h.id, h.name, h.value, h.changed_at, m.name
    FROM settings_history h LEFT JOIN members m ON m.id = h.changed_by";

fn change(row: &Row<'_>) -> rusqlite::Result<SettingChange> {
    let value: String = row.get(2)?;
    Ok(SettingChange {
        id: row.get(0)?,
        name: row.get(1)?,
        value: serde_json::from_str(&value).unwrap_or_default(),
        changed_at: row.get(3)?,
        by: row.get(4)?,
    })
}

pub(crate) fn setting_history(db: Reader<'_>, limit: i64) -> Result<Vec<SettingChange>> {
    db.all(&format!("{CHANGE} ORDER BY h.changed_at DESC, h.id DESC LIMIT ?1"), [limit], change)
}

pub(crate) fn setting_change(db: Reader<'_>, id: &str) -> Result<Option<SettingChange>> {
    db.maybe(&format!("{CHANGE} WHERE h.id = ?1"), [id], change)
}

const SERVICE: &str =
    "SELECT id, name, kind, minutes, price, setup_minutes, cleanup_minutes, active, tax_rate_id, deposit_kind,
        deposit_value, deposit_minimum, guardian_below, minimum_age FROM services";

/// The deposit that is asked for, from three columns on.
fn deposit(row: &Row<'_>, at: usize) -> rusqlite::Result<DepositPolicy> {
    let kind: String = row.get(at)?;
    Ok(DepositPolicy { kind: DepositKind::parse(&kind), value: row.get(at + 1)?, minimum: row.get(at + 2)? })
}

fn tax_rate_row(row: &Row<'_>) -> rusqlite::Result<TaxRate> {
    Ok(TaxRate { id: row.get(0)?, name: row.get(1)?, bp: row.get(2)?, active: row.get(3)? })
}

pub(crate) fn tax_rates(db: Reader<'_>) -> Result<Vec<TaxRate>> {
    db.all("SELECT id, name, bp, active FROM tax_rates ORDER BY active DESC, position", [], tax_rate_row)
}

/// A rate can be given to what is sold: it is there and offered, or what is sold has it already.
pub(crate) fn offered_rate(db: Reader<'_>, id: &str, before: Option<&str>) -> Result<()> {
    match tax_rate(db, id)? {
        None => Err(Error::NotFound { what: "tax_rate" }),
        Some(rate) if !rate.active && before != Some(id) => {
            Err(Error::Conflict { reason: "tax_rate_inactive" })
        }
        Some(_) => Ok(()),
    }
}

pub(crate) fn tax_rate(db: Reader<'_>, id: &str) -> Result<Option<TaxRate>> {
    db.maybe("SELECT id, name, bp, active FROM tax_rates WHERE id = ?1", [id], tax_rate_row)
}

pub(crate) fn put_tax_rate(db: Writer<'_>, rate: &TaxRate) -> Result<()> {
    db.run(
        "INSERT INTO tax_rates (id, name, bp, active, position)
         VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(position), 0) + 1 FROM tax_rates))
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, bp = excluded.bp, active = excluded.active",
        (&rate.id, &rate.name, rate.bp, rate.active),
    )?;
    Ok(())
}

fn service(row: &Row<'_>) -> rusqlite::Result<Service> {
    let kind: String = row.get(2)?;
    Ok(Service {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: ServiceKind::parse(&kind),
        minutes: row.get(3)?,
        price: row.get(4)?,
        setup_minutes: row.get(5)?,
        cleanup_minutes: row.get(6)?,
        active: row.get(7)?,
        tax_rate_id: row.get(8)?,
        deposit: deposit(row, 9)?,
        guardian_below: row.get(12)?,
        minimum_age: row.get(13)?,
    })
}

pub(crate) fn services(db: Reader<'_>) -> Result<Vec<Service>> {
    db.all(&format!("{SERVICE} ORDER BY position, name"), [], service)
}

pub(crate) fn service_by_id(db: Reader<'_>, id: &str) -> Result<Option<Service>> {
    db.maybe(&format!("{SERVICE} WHERE id = ?1"), [id], service)
}

pub(crate) fn put_service(db: Writer<'_>, service: &Service) -> Result<()> {
    db.run(
        "INSERT INTO services (id, name, kind, minutes, price, setup_minutes, cleanup_minutes, position, active,
             tax_rate_id, deposit_kind, deposit_value, deposit_minimum, guardian_below, minimum_age)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT coalesce(max(position), 0) + 1 FROM services), ?8,
             ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, minutes = excluded.minutes,
             price = excluded.price, setup_minutes = excluded.setup_minutes,
             cleanup_minutes = excluded.cleanup_minutes, active = excluded.active,
             tax_rate_id = excluded.tax_rate_id, deposit_kind = excluded.deposit_kind,
             deposit_value = excluded.deposit_value, deposit_minimum = excluded.deposit_minimum,
             guardian_below = excluded.guardian_below, minimum_age = excluded.minimum_age",
        (
            &service.id,
            &service.name,
            service.kind.name(),
            service.minutes,
            service.price,
            service.setup_minutes,
            service.cleanup_minutes,
            service.active,
            &service.tax_rate_id,
            service.deposit.kind.name(),
            service.deposit.value,
            service.deposit.minimum,
            service.guardian_below,
            service.minimum_age,
        ),
    )?;
    Ok(())
}
