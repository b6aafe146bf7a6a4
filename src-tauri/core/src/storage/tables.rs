//! What tables a file has, read from its own schema, and their rows whatever they hold.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;

use super::{Reader, Row, is_unreadable, migrate};
use crate::error::Result;

/// A table as the file describes it.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub name: String,
    /// As it was declared: INTEGER, TEXT, BLOB, REAL.
    pub declared: String,
    /// Never without a value.
    pub required: bool,
    /// A part of the table's own key.
    pub key: bool,
    /// The table and column whose values these are.
    pub points_at: Option<(String, String)>,
    /// Holds JSON, and the file insists on it.
    pub json: bool,
}

/// Every table that holds rows of its own, by name. What an index of words keeps for itself is no table here.
pub(crate) fn tables(db: Reader<'_>) -> Result<Vec<Table>> {
    let found: Vec<(String, String)> = db.all(
        "SELECT l.name, coalesce(s.sql, '') FROM pragma_table_list l JOIN sqlite_schema s ON s.name = l.name
         WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    found.into_iter().map(|(name, sql)| Ok(Table { columns: columns(db, &name, &sql)?, name })).collect()
}

fn columns(db: Reader<'_>, table: &str, sql: &str) -> Result<Vec<Column>> {
    let mut points: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (from, to_table, to) in db.all(
        "SELECT \"from\", \"table\", coalesce(\"to\", 'id') FROM pragma_foreign_key_list(?1)",
        [table],
        |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)),
    )? {
        points.insert(from, (to_table, to));
    }
    db.all("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1) ORDER BY cid", [table], |row| {
        let name: String = row.get(0)?;
        let pk: i64 = row.get(3)?;
        Ok(Column {
            declared: row.get(1)?,
            required: row.get::<_, bool>(2)? || pk > 0,
            key: pk > 0,
            points_at: points.get(&name).cloned(),
            json: sql.contains(&format!("json_valid({name})")),
            name,
        })
    })
}

/// How many rows a table has.
pub(crate) fn count(db: Reader<'_>, table: &str) -> Result<i64> {
    db.one(&format!("SELECT count(*) FROM {}", quoted(table)), [], |row| row.get(0))
}

/// What stands in a column of texts, each once.
pub(crate) fn texts(db: Reader<'_>, table: &str, column: &str) -> Result<Vec<String>> {
    let (table, column) = (quoted(table), quoted(column));
    db.all(
        &format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1"),
        [],
        |row| row.get(0),
    )
}

/// In which order rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Of the table's key.
    Key,
    /// As they lie, from one end of the table until something cannot be read and then from the other.
    Salvage,
}

/// Calls `each` with the columns of every row in turn.
pub(crate) fn rows(
    db: Reader<'_>,
    table: &str,
    columns: &[&Column],
    order: Order,
    mut each: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    // A table that does not number its rows can only be read from its first one.
    let numbers =
        || db.maybe(&format!("SELECT rowid FROM {} LIMIT 0", quoted(table)), [], |_| Ok(())).is_ok();
    if order == Order::Salvage && numbers() {
        let numbered = format!("SELECT {}, rowid FROM {} NOT INDEXED", names.join(", "), quoted(table));
        let mut last = i64::MIN;
        let broke = db.each(&format!("{numbered} ORDER BY rowid"), [], |row| {
            each(row)?;
            last = row.get(names.len())?;
            Ok(())
        });
        let broke = match broke {
            Err(error) if is_unreadable(&error) => error,
            done => return done,
        };
        return match db.each(&format!("{numbered} WHERE rowid > ?1 ORDER BY rowid DESC"), [last], each) {
            Err(error) if !is_unreadable(&error) => Err(error),
            _ => Err(broke),
        };
    }
    let keys: Vec<String> =
        columns.iter().filter(|column| column.key).map(|column| quoted(&column.name)).collect();
    let order = if keys.is_empty() { "1".to_owned() } else { keys.join(", ") };
    db.each(&format!("SELECT {} FROM {} ORDER BY {order}", names.join(", "), quoted(table)), [], each)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Bytes as they are written down.
pub(crate) fn hex(value: ValueRef<'_>) -> Option<String> {
    let bytes = value.as_blob().ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What the migrations say of tables (no column) and of columns: the comment above each.
pub(crate) fn remarks() -> BTreeMap<(String, Option<String>), String> {
    let mut found = BTreeMap::new();
    for sql in migrate::scripts() {
        read_remarks(sql, &mut found);
    }
    found
}

fn read_remarks(sql: &str, found: &mut BTreeMap<(String, Option<String>), String>) {
    let mut remark: Vec<&str> = Vec::new();
    // A remark stands for all the columns that are added right below it, and for none below the next one.
    let mut used = false;
    // The table whose columns follow, by the name it ends up with; one that is made anew keeps what was said of it.
    let mut inside: Option<String> = None;
    let word = |line: &str| line.split([' ', '(']).next().unwrap_or_default().to_owned();
    for line in sql.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("--") {
            if std::mem::take(&mut used) {
                remark.clear();
            }
            remark.push(text.trim());
            continue;
        }
        let mut told = |table: &str, column: Option<String>| {
            if !remark.is_empty() {
                found.insert((table.to_owned(), column), remark.join(" "));
            }
        };
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            let name = word(rest);
            match name.strip_prefix("new_") {
                Some(anew) => inside = Some(anew.to_owned()),
                None => {
                    told(&name, None);
                    inside = Some(name);
                }
            }
        } else if let Some(rest) = line.strip_prefix("ALTER TABLE ") {
            let mut words = rest.split(' ');
            if let (Some(table), Some("ADD"), Some("COLUMN"), Some(column)) =
                (words.next(), words.next(), words.next(), words.next())
            {
                told(table, Some(column.to_owned()));
                used = true;
                continue;
            }
        } else if let Some(table) = &inside {
            if line.starts_with(')') {
                inside = None;
            } else if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                told(table, Some(word(line)));
            }
        }
        remark.clear();
        used = false;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_the_migrations_say_of_a_column_is_found() {
        let found = remarks();
        let said = |table: &str, column: Option<&str>| {
            found.get(&(table.to_owned(), column.map(str::to_owned))).map(String::as_str)
        };
        assert_eq!(said("stock_moves", None), Some("The only source of quantities."));
        assert!(said("sale_lines", Some("amount")).unwrap().contains("quantity * unit_price"));
        assert!(said("services", Some("cleanup_minutes")).unwrap().starts_with("Time an artist needs"));
        assert!(said("payouts", Some("reverses")).unwrap().contains("takes back"), "of a table made anew");
        assert_eq!(said("payouts", None), Some("What was paid to an artist."));
        assert_eq!(said("clients", Some("id")), None);
        let paid_by = said("appointments", Some("paid_by")).unwrap();
        assert!(paid_by.starts_with("The sale that paid"), "its own remark alone: {paid_by}");
    }
}
