//! Another program's database: looked at in a copy, and itself never touched. It may mean harm.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};

use super::migrate::APPLICATION_ID;
use super::seal::hex;
use crate::error::{Error, Result};

/// A larger database is no desk's.
const LARGEST: u64 = 512 * 1024 * 1024;
/// Of a longer text the rest is not read.
const LONGEST: usize = 100_000;

/// Where the database is: a file of this computer, or bytes that somebody sent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source<'a> {
    File(&'a Path),
    Bytes(&'a [u8]),
}

/// What stands in a cell, whatever its column was declared to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Nothing,
    Whole(i64),
    Real(f64),
    Text(String),
    /// So many bytes that are no text.
    Bytes(usize),
}

impl Cell {
    /// What stands there, for whoever is told of it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Whole(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Bytes(count) => format!("{count} bytes"),
        }
    }
}

/// A table of it, with the columns as they are called there.
#[derive(Debug, Clone)]
pub(crate) struct ForeignTable {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: i64,
}

/// The copy, open. Dropped, it is gone.
#[derive(Debug)]
pub(crate) struct Foreign {
    conn: Option<Connection>,
    folder: PathBuf,
    /// SHA-256 of the database's file.
    pub sha256: String,
    /// It came alone, and is of the kind that writes its newest changes into a second file beside it.
    pub log_apart: bool,
}

impl Foreign {
    /// Copies the database into `folder`, which is made for it, and opens the copy: what a write-ahead log beside it still
    /// holds is read along, and nothing is written where it came from.
    pub(crate) fn open(source: Source<'_>, folder: &Path) -> Result<Foreign> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let mut foreign =
            Foreign { conn: None, folder: folder.to_owned(), sha256: String::new(), log_apart: false };
        let copy = folder.join("source.db");
        foreign.sha256 = match source {
            Source::Bytes(bytes) => {
                // Its header says 2 from the first change in that way on.
                foreign.log_apart = bytes.get(18) == Some(&2);
                put(&copy, &mut &*bytes)?.1
            }
            Source::File(path) => {
                let about = check_file(path)?;
                if is_unfinished(&beside(path, "-journal"))? {
                    return Err(Error::Conflict { reason: "source_not_closed" });
                }
                let sha256 = put(&copy, &mut File::open(path)?)?.1;
                let log = beside(path, "-wal");
                if fs::metadata(&log).is_ok_and(|log| log.is_file() && log.len() > 0) {
                    put(&folder.join("source.db-wal"), &mut File::open(&log)?)?;
                }
                let after = fs::metadata(path)?;
                if (about.len(), about.modified().ok()) != (after.len(), after.modified().ok()) {
                    return Err(Error::Conflict { reason: "source_in_use" });
                }
                sha256
            }
        };
        let mut first = [0; 16];
        let whole = File::open(&copy)?.read_exact(&mut first).is_ok();
        if !whole || &first != b"SQLite format 3\0" {
            return Err(Error::NotAStudio("not a database"));
        }
        let conn = connect(&copy)?;
        // Asked of SQLite: the mark may lie in the log that was read along.
        match conn.query_row("PRAGMA application_id", [], |row| row.get::<_, i64>(0))? {
            0 => {}
            APPLICATION_ID => return Err(Error::invalid("source", "already a studio of Inkpoint")),
            _ => return Err(Error::NotAStudio("another program's database")),
        }
        check_whole(&conn)?;
        foreign.conn = Some(conn);
        Ok(foreign)
    }

    fn conn(&self) -> Result<&Connection> {
        self.conn.as_ref().ok_or_else(|| Error::internal("a foreign database that is not open"))
    }

    /// Its plain tables. Views, virtual tables and columns that are reckoned are somebody's program: they are not looked at.
    pub(crate) fn tables(&self) -> Result<Vec<ForeignTable>> {
        let conn = self.conn()?;
        let mut statement = conn.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                 AND upper(ltrim(coalesce(sql, ''))) NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid LIMIT 1000",
        )?;
        let names =
            statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut found = Vec::new();
        for name in names {
            let mut statement = conn.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
            let columns =
                statement.query_map([&name], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
            let rows =
                conn.query_row(&format!("SELECT count(*) FROM {}", quoted(&name)), [], |row| row.get(0))?;
            found.push(ForeignTable { name, columns, rows });
        }
        Ok(found)
    }

    /// The names of its views, which stay unread: they are somebody's program.
    pub(crate) fn views(&self) -> Result<Vec<String>> {
        let mut statement = self
            .conn()?
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY rowid LIMIT 1000")?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }

    /// Every row of a table in the order it lies there, with these columns.
    pub(crate) fn rows(&self, table: &str, columns: &[&str]) -> Result<Vec<Vec<Cell>>> {
        let names: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        let names = if names.is_empty() { "NULL".to_owned() } else { names.join(", ") };
        let mut statement = self.conn()?.prepare(&format!("SELECT {names} FROM {}", quoted(table)))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((0..columns.len()).map(|at| Ok(cell(row.get_ref(at)?))).collect::<Result<Vec<_>>>()?);
        }
        Ok(found)
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        self.conn = None;
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            log::warn!("a copy of another program's data is left behind: {error}");
        }
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Nothing,
        ValueRef::Integer(number) => Cell::Whole(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => {
            Cell::Text(String::from_utf8_lossy(&text[..text.len().min(LONGEST)]).into_owned())
        }
        ValueRef::Blob(blob) => match std::str::from_utf8(blob) {
            // Some programs bind what they read as bytes.
            Ok(text) if blob.len() <= LONGEST => Cell::Text(text.to_owned()),
            _ => Cell::Bytes(blob.len()),
        },
    }
}

/// Every page is there and holds together: of a file that was cut off or has holes, SQLite reads what is left without a
/// word. What its own rules say of single rows is nothing to us, and neither is an index that misses one.
fn check_whole(conn: &Connection) -> Result<()> {
    const OF_PAGES: [&str; 5] =
        ["Tree ", "Freelist: ", "2nd reference to page", "invalid page number", "Failed to read ptrmap"];
    let mut statement = conn.prepare("PRAGMA quick_check")?;
    let mut said = statement.query([])?;
    while let Some(row) = said.next()? {
        let line: String = row.get(0)?;
        if OF_PAGES.iter().any(|part| line.contains(part)) {
            return Err(Error::Damaged(line));
        }
    }
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Whether a journal still holds a change that was begun and not ended. One that was used up may lie there too.
fn is_unfinished(journal: &Path) -> Result<bool> {
    const MARK: [u8; 8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7];
    if !fs::metadata(journal).is_ok_and(|journal| journal.is_file()) {
        return Ok(false);
    }
    let mut first = [0; 8];
    Ok(File::open(journal)?.read_exact(&mut first).is_ok() && first == MARK)
}

fn check_file(path: &Path) -> Result<fs::Metadata> {
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(Error::NotFound { what: "source" }),
        Err(error) => return Err(error.into()),
    };
    if !about.is_file() {
        return Err(Error::NotAStudio(if about.is_dir() { "a folder" } else { "not a plain file" }));
    }
    Ok(about)
}

/// Copies what is read into a new file of our own; how much it was and what it hashes to.
fn put(target: &Path, source: &mut dyn Read) -> Result<(u64, String)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(target)?;
    let (mut count, mut hasher, mut part) = (0, Sha256::new(), vec![0; 256 * 1024]);
    loop {
        let read = source.read(&mut part)?;
        if read == 0 {
            break;
        }
        count += u64::try_from(read).unwrap_or(u64::MAX);
        if count > LARGEST {
            return Err(Error::invalid("source", "too large"));
        }
        hasher.update(&part[..read]);
        file.write_all(&part[..read])?;
    }
    Ok((count, hex(&hasher.finalize().into())))
}

#[allow(clippy::disallowed_methods)] // Not a studio: a copy of something else, that only we have open.
fn connect(path: &Path) -> Result<Connection> {
    use rusqlite::config::DbConfig;
    let access = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, access)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
         PRAGMA ignore_check_constraints = ON;",
    )?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    Ok(conn)
}
