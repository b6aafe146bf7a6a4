//! Everything out of a studio's file: each table as CSV and as JSON, the pictures, the signed papers, and a page that says
//! what is what.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use rusqlite::types::ValueRef;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;

use super::files::{self, Making};
use super::words::{self, Kind};
use crate::calendar::Zone;
use crate::clock::Millis;
use crate::consent;
use crate::door::journal::Head;
use crate::door::{Change, Desk};
use crate::error::{Code, Error, Result};
use crate::money::Money;
use crate::sheet::harmless;
use crate::storage::backup::with_ending;
use crate::storage::tables::{self, Column, Order, Table};
use crate::storage::{Copy, Halt, Pictures, Reader, Row, is_unreadable, seal};
use crate::studio::{Settings, store as studio};

/// Grows when what is in an export is written down another way. A new table or column does not count.
const FORMAT: i64 = 1;

/// What went where.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Exported {
    /// The folder, which is new.
    pub folder: String,
    pub tables: i64,
    pub rows: i64,
    pub pictures: i64,
    /// Signed papers, each as a document of its own.
    pub papers: i64,
    /// Files of pictures that are damaged or gone: the rows that name them are there.
    pub pictures_lost: i64,
    /// Tables of a damaged file that could not be read to their end.
    pub unread: Vec<Unread>,
    /// The file is gone or beyond reading, and this is its newest backup: when that was made. What was done since is not
    /// in it.
    pub as_of: Option<Millis>,
    pub files: i64,
    pub bytes: i64,
}

/// What a damaged file did not give up.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Unread {
    pub table: String,
    /// How many of its rows are in the export all the same.
    pub rows: i64,
}

/// The operator's way: writes everything to a new folder, or to one that is there and empty, journaled as the command
/// line's.
pub fn export(desk: &Desk, folder: &Path) -> Result<Exported> {
    let tag = tag(desk)?;
    check_apart(desk, folder)?;
    if let Some(parent) = std::path::absolute(folder)?.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let making = Making::begin(folder, &tag)?;
    match desk.studio()?.file.halted() {
        None => {
            let leaves = Leaving::count(desk)?;
            desk.operate("studio.export", |cx| leaves.note(cx))?;
        }
        // What takes no change can be taken out all the same: there may be no other copy.
        Some(_) => log::warn!("the export is not in the journal: the file takes no change"),
    }
    write(desk, making, None)
}

/// What lies in the studio's own folders is tidied away, or taken for a part of it.
pub(super) fn check_apart(desk: &Desk, folder: &Path) -> Result<()> {
    let folder = std::path::absolute(folder)?;
    let real = folder.parent().and_then(|parent| parent.canonicalize().ok());
    let file = desk.studio()?.file.path().to_owned();
    let file = file
        .parent()
        .and_then(|parent| parent.canonicalize().ok())
        .map_or(file.clone(), |real| real.join(file.file_name().unwrap_or_default()));
    let inside =
        |own: &Path| folder.starts_with(own) || real.as_ref().is_some_and(|parent| parent.starts_with(own));
    if [".pictures", ".backups"].iter().any(|ending| inside(&with_ending(&file, ending))) {
        return Err(Error::invalid("folder", "the studio's own"));
    }
    Ok(())
}

/// A name for what is not finished, that nothing else has.
pub(super) fn tag(desk: &Desk) -> Result<String> {
    Ok(crate::ids::fresh_code(&*desk.tools().random, 8)?.to_lowercase())
}

/// What the journal keeps of an export: in the journal before anything leaves.
pub(super) struct Leaving {
    tables: i64,
    rows: i64,
}

impl Leaving {
    /// Counted before the change: where a page cannot be read, nothing is written in the same transaction any more.
    pub(super) fn count(desk: &Desk) -> Result<Leaving> {
        desk.peek(|db| {
            let mut leaves = Leaving { tables: 0, rows: 0 };
            for table in leaving(db)? {
                leaves.tables += 1;
                leaves.rows += match tables::count(db, &table.name) {
                    // Its place in the export says so.
                    Err(error) if is_unreadable(&error) => 0,
                    count => count?,
                };
            }
            Ok(leaves)
        })
    }

    pub(super) fn note(&self, cx: &mut Change<'_>) -> Result<()> {
        cx.note("tables", self.tables);
        cx.note("rows", self.rows);
        Ok(())
    }
}

/// The tables that leave, each with the columns that leave.
fn leaving(db: Reader<'_>) -> Result<Vec<Table>> {
    let mut found = tables::tables(db)?;
    found.retain(|table| words::stays(&table.name).is_none());
    for table in &mut found {
        let name = table.name.clone();
        table.columns.retain(|column| words::hidden(&name, &column.name).is_none());
    }
    Ok(found)
}

/// What a table came to.
struct Done {
    table: Table,
    rows: i64,
    /// Why no more rows could be read.
    broke: Option<String>,
    files: [super::files::Written; 2],
}

/// What stands in an export for the key it was asked for with.
pub(super) fn asked(desk: &Desk, member: &str, key: &str) -> Result<String> {
    let studio = &desk.studio()?.id;
    Ok(seal::hex(&seal::sha256(format!("studio.export {studio} {member} {key}").as_bytes())))
}

/// The export in this folder that was asked for with this key, told of as when it was written.
pub(super) fn find(parent: &Path, asked: &str) -> Result<Option<Exported>> {
    for (folder, text) in files::manifests(parent)? {
        if text.contains(asked)
            && let Ok(manifest) = serde_json::from_str::<Value>(&text)
            && manifest["asked"] == asked
        {
            return Ok(Some(Exported::of_manifest(&folder, &manifest, text.len())));
        }
    }
    Ok(None)
}

impl Exported {
    /// Whether everything that the studio has is in it.
    pub fn is_whole(&self) -> bool {
        self.unread.is_empty() && self.as_of.is_none()
    }

    /// Of which moment it is, in UTC, when it is of a backup in the file's place.
    pub fn as_of_utc(&self) -> Option<String> {
        self.as_of.map(utc)
    }

    fn of_manifest(folder: &Path, manifest: &Value, size: usize) -> Exported {
        let list = |name: &str| manifest[name].as_array().map_or(&[][..], Vec::as_slice);
        let many = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let figure = |of: &Value, name: &str| of[name].as_i64().unwrap_or_default();
        let tables = list("unread").iter().map(|unread| Unread {
            table: unread["table"].as_str().unwrap_or_default().to_owned(),
            rows: figure(unread, "rows"),
        });
        let papers = figure(manifest, "papers");
        Exported {
            folder: folder.to_string_lossy().into_owned(),
            tables: many(list("tables").len()),
            rows: figure(manifest, "rows"),
            pictures: figure(manifest, "pictures"),
            papers,
            pictures_lost: many(list("pictures_lost").len()),
            unread: tables.chain(of_papers(papers, list("papers_lost").len())).collect(),
            as_of: manifest["as_of"]
                .as_str()
                .and_then(|at| Some(chrono::DateTime::parse_from_rfc3339(at).ok()?.timestamp_millis())),
            // The manifest does not name itself.
            files: many(list("files").len() + 1),
            bytes: list("files").iter().map(|file| figure(file, "bytes")).sum::<i64>() + many(size),
        }
    }
}

/// Signed papers that could not all be read.
fn of_papers(papers: i64, lost: usize) -> Option<Unread> {
    (lost > 0).then(|| Unread { table: "consents".to_owned(), rows: papers })
}

/// Writes everything on one snapshot of the file; the folder appears when it is whole.
pub(super) fn write(desk: &Desk, making: Making, asked: Option<&str>) -> Result<Exported> {
    written(desk, making, asked).map_err(|error| match error.code() {
        Code::DiskFull => Error::DiskFull,
        _ => error,
    })
}

fn written(desk: &Desk, mut making: Making, asked: Option<&str>) -> Result<Exported> {
    let studio = desk.studio()?;
    let pictures = studio.file.pictures();
    let now = desk.now();
    let (settings, done, papers, lost, pictured, head) = studio.file.read(|conn| {
        let db = Reader::new(conn);
        let settings = studio::settings(db)?;
        let writing = Writing { zone: settings.zone()?, exponent: settings.exponent };
        let mut done = Vec::new();
        for table in leaving(db)? {
            done.push(writing.table(db, &mut making, table)?);
        }
        let papers = consents(db, &settings, &mut making)?;
        let (pictured, lost) = copy_pictures(db, &pictures, &mut making)?;
        let head = match Head::read(conn) {
            Err(error) if is_unreadable(&error) => None,
            head => Some(head?.0),
        };
        Ok((settings, done, papers, lost, pictured, head))
    })?;
    let (papers, papers_lost) = papers;
    // A backup that somebody names is what they wanted.
    let as_of = studio.file.halted().filter(|(halt, _)| *halt != Halt::Backup).and_then(|(_, as_of)| as_of);
    making.put("README.md", read_me(&settings, &done, now, as_of)?.as_bytes())?;
    let rows = done.iter().map(|table| table.rows).sum();
    let manifest = json!({
        "format": "inkpoint export",
        "version": FORMAT,
        "inkpoint": env!("CARGO_PKG_VERSION"),
        "made_at": utc(now),
        "as_of": as_of.map(utc),
        "asked": asked,
        "studio": {"id": studio.id, "name": settings.name, "currency": settings.currency,
            "exponent": settings.exponent, "zone": settings.zone},
        "journal_head": head.map(|head| json!({"seq": head.seq, "hash": seal::hex(&head.hash)})),
        "rows": rows,
        "tables": done.iter().map(|table| json!({"table": table.table.name, "rows": table.rows,
            "files": table.files.iter().map(|file| &file.path).collect::<Vec<_>>()})).collect::<Vec<_>>(),
        "left_out": studio.file.read(|conn| left_out(Reader::new(conn)))?,
        "unread": done.iter().filter_map(|table| Some(json!({"table": table.table.name, "rows": table.rows,
            "why": table.broke.as_ref()?}))).collect::<Vec<_>>(),
        "pictures": pictured,
        "pictures_lost": lost,
        "papers": papers,
        "papers_lost": papers_lost,
        "files": making.written,
    });
    let text = serde_json::to_string_pretty(&manifest).map_err(Error::internal)?;
    making.put("manifest.json", text.as_bytes())?;
    let files = i64::try_from(making.written.len()).map_err(Error::internal)?;
    let bytes: u64 = making.written.iter().map(|file| file.bytes).sum();
    let folder = making.finish()?;
    let tables = done.iter().filter(|table| table.broke.is_some());
    let unread = tables.map(|table| Unread { table: table.table.name.clone(), rows: table.rows });
    Ok(Exported {
        unread: unread.chain(of_papers(papers, papers_lost.len())).collect(),
        as_of,
        folder: folder.to_string_lossy().into_owned(),
        tables: i64::try_from(done.len()).map_err(Error::internal)?,
        rows,
        pictures: pictured,
        papers,
        pictures_lost: i64::try_from(lost.len()).map_err(Error::internal)?,
        files,
        bytes: i64::try_from(bytes).map_err(Error::internal)?,
    })
}

/// What stays, and why, for whoever misses it.
fn left_out(db: Reader<'_>) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    for table in tables::tables(db)? {
        if let Some(why) = words::stays(&table.name) {
            found.push(json!({"table": table.name, "why": why}));
            continue;
        }
        for column in &table.columns {
            if let Some(why) = words::hidden(&table.name, &column.name) {
                found.push(json!({"table": table.name, "column": column.name, "why": why}));
            }
        }
    }
    Ok(found)
}

fn utc(at: Millis) -> String {
    chrono::DateTime::from_timestamp_millis(at)
        .map_or_else(String::new, |at| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}

/// One column's cells, as they are headed: money and moments stand twice.
fn headed(column: &str, kind: Kind) -> Vec<String> {
    match kind {
        Kind::Money => vec![format!("{column}_minor"), column.to_owned()],
        Kind::Moment => vec![column.to_owned(), format!("{column}_local")],
        _ => vec![column.to_owned()],
    }
}

struct Writing {
    zone: Zone,
    exponent: i64,
}

impl Writing {
    /// Writes a table row by row, as CSV and as JSON: it is never held whole.
    fn table(&self, db: Reader<'_>, making: &mut Making, table: Table) -> Result<Done> {
        let done = self.rows(db, making, table.clone(), Order::Key)?;
        let Some(broke) = &done.broke else { return Ok(done) };
        log::error!("{} cannot be read to its end: {broke}", table.name);
        // Whatever is on the other pages, from both of the table's ends.
        let key = done.files;
        for file in &key {
            making.forget(file)?;
        }
        self.rows(db, making, table, Order::Salvage)
    }

    fn rows(&self, db: Reader<'_>, making: &mut Making, table: Table, order: Order) -> Result<Done> {
        let mut csv = making.file(&format!("csv/{}.csv", table.name))?;
        let mut json = making.file(&format!("json/{}.json", table.name))?;
        let columns: Vec<&Column> = table.columns.iter().collect();
        let kinds: Vec<Kind> = columns.iter().map(|column| words::kind(&table, column)).collect();
        let headers: Vec<Vec<String>> =
            columns.iter().zip(&kinds).map(|(column, kind)| headed(&column.name, *kind)).collect();
        // The mark tells a spreadsheet that the text is UTF-8.
        csv.write_all("\u{FEFF}".as_bytes())?;
        let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(csv);
        sheet.write_record(headers.iter().flatten()).map_err(plain)?;
        json.write_all(b"[")?;
        let mut rows = 0_i64;
        let read = tables::rows(db, &table.name, &columns, order, |row| {
            let cells = kinds.iter().enumerate().map(|(at, kind)| self.cells(row, at, *kind));
            let cells = cells.collect::<Result<Vec<_>>>()?;
            json.write_all(if rows == 0 { "\n{" } else { ",\n{" }.as_bytes())?;
            rows += 1;
            let mut first = true;
            for (names, cells) in headers.iter().zip(cells) {
                for (name, cell) in names.iter().zip(cells) {
                    sheet.write_field(cell.to_csv()).map_err(plain)?;
                    json.write_all(if first { "" } else { "," }.as_bytes())?;
                    first = false;
                    serde_json::to_writer(&mut json, name).map_err(broken)?;
                    json.write_all(b":")?;
                    serde_json::to_writer(&mut json, &cell.to_json()).map_err(broken)?;
                }
            }
            // Ends the line.
            sheet.write_record(None::<&[u8]>).map_err(plain)?;
            Ok(json.write_all(b"}")?)
        });
        let broke = match read {
            Ok(()) => None,
            Err(error) if is_unreadable(&error) => Some(error.to_string()),
            Err(error) => return Err(error),
        };
        json.write_all(b"\n]\n")?;
        let csv = sheet.into_inner().map_err(|error| Error::Io(error.into_error()))?;
        let files = [making.keep(csv)?, making.keep(json)?];
        Ok(Done { table, rows, broke, files })
    }

    fn cells(&self, row: &Row<'_>, at: usize, kind: Kind) -> Result<Vec<Cell>> {
        let value = row.get_ref(at)?;
        Ok(match (kind, value) {
            (Kind::Money | Kind::Moment, ValueRef::Null) => vec![Cell::Nothing, Cell::Nothing],
            (_, ValueRef::Null) => vec![Cell::Nothing],
            (Kind::Money, ValueRef::Integer(minor)) => {
                let plain = Money::new(minor).map(|amount| amount.plain(self.exponent)).unwrap_or_default();
                vec![Cell::Number(minor), Cell::Figure(plain)]
            }
            (Kind::Moment, ValueRef::Integer(at)) => {
                vec![Cell::Text(utc(at)), Cell::Text(self.zone.written(at).unwrap_or_default())]
            }
            (_, ValueRef::Integer(number)) => vec![Cell::Number(number)],
            (_, ValueRef::Real(number)) => vec![Cell::Figure(number.to_string())],
            (Kind::Json, ValueRef::Text(text)) => {
                vec![Cell::Json(String::from_utf8_lossy(text).into_owned())]
            }
            (_, ValueRef::Text(text)) => vec![Cell::Text(String::from_utf8_lossy(text).into_owned())],
            (_, value @ ValueRef::Blob(_)) => vec![Cell::Text(tables::hex(value).unwrap_or_default())],
        })
    }
}

/// What stands in a cell.
enum Cell {
    Nothing,
    Number(i64),
    /// A number with a point in it, which no program may round: text in JSON.
    Figure(String),
    Text(String),
    Json(String),
}

impl Cell {
    fn to_csv(&self) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Number(number) => number.to_string(),
            Cell::Figure(figure) => figure.clone(),
            Cell::Text(text) | Cell::Json(text) => harmless(text),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Cell::Nothing => Value::Null,
            Cell::Number(number) => Value::from(*number),
            Cell::Figure(text) | Cell::Text(text) => Value::from(text.as_str()),
            Cell::Json(text) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str())),
        }
    }
}

/// The disk's own error, when that is what it was.
fn plain(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause.into(),
        other => Error::Internal(format!("{other:?}")),
    }
}

fn broken(error: serde_json::Error) -> Error {
    Error::Io(error.into())
}

/// Each signed paper that is still kept, as the document that would be printed; and those that cannot be read.
fn consents(db: Reader<'_>, settings: &Settings, making: &mut Making) -> Result<(i64, Vec<String>)> {
    let (mut count, mut lost) = (0, Vec::new());
    let ids = match consent::store::all_papers(db) {
        Err(error) if is_unreadable(&error) => {
            log::error!("the signed papers cannot be listed: {error}");
            lost.push("*".to_owned());
            Vec::new()
        }
        ids => ids?,
    };
    for id in ids {
        let document = consent::store::by_id(db, &id)
            .and_then(|kept| kept.map(|kept| consent::print::document(settings, &kept)).transpose());
        match document {
            Ok(Some(document)) => {
                making.put(&format!("consents/{id}.pdf"), &document)?;
                count += 1;
            }
            Ok(None) => {}
            Err(error) if is_unreadable(&error) => lost.push(id),
            Err(error) => return Err(error),
        }
    }
    Ok((count, lost))
}

/// The pictures, under their hashes. Those of erased people that still lie in the folder stay; what is not what was put
/// there is named instead.
fn copy_pictures(db: Reader<'_>, pictures: &Pictures, making: &mut Making) -> Result<(i64, Vec<String>)> {
    let gone: BTreeSet<String> = match crate::pictures::store::gone(db) {
        Err(error) if is_unreadable(&error) => BTreeSet::new(),
        gone => gone?.into_iter().collect(),
    };
    let (mut count, mut lost) = (0, Vec::new());
    let here = pictures.hashes()?;
    for hash in here.iter().filter(|hash| !gone.contains(*hash)) {
        match pictures.read(hash, Copy::Full, hash) {
            Ok(bytes) => {
                making.put(&format!("pictures/{hash}.jpg"), &bytes)?;
                count += 1;
            }
            Err(Error::PictureLost(_)) => lost.push(hash.clone()),
            Err(error) => return Err(error),
        }
    }
    for table in leaving(db)? {
        // Whatever room a picture belongs to, its row names it so, and what it was cut from.
        for (full, thumb) in [("hash", "thumb_hash"), ("original_hash", "original_thumb_hash")] {
            if [full, thumb].iter().all(|name| table.columns.iter().any(|column| column.name == *name)) {
                let named = match tables::texts(db, &table.name, full) {
                    Err(error) if is_unreadable(&error) => continue,
                    named => named?,
                };
                lost.extend(named.into_iter().filter(|hash| here.binary_search(hash).is_err()));
            }
        }
    }
    Ok((count, lost))
}

/// The page that says what is what, in plain words.
fn read_me(settings: &Settings, done: &[Done], now: Millis, as_of: Option<Millis>) -> Result<String> {
    let remarks: BTreeMap<(String, Option<String>), String> = tables::remarks();
    let zone = settings.zone()?;
    let day = zone.written(now)?;
    let as_of = match as_of {
        Some(at) => format!(
            "**The studio file was gone or could not be read. This is its newest backup, of {}: what was done since is not \
             in it.**\n\n",
            zone.written(at)?
        ),
        None => String::new(),
    };
    let mut page = format!(
        "# {name}: everything in its studio file\n\n\
         Written by Inkpoint {version} on {day} ({zone}).\n\n{as_of}\
         - `csv/` has each table for a spreadsheet: UTF-8, commas, one header line.\n\
         - `json/` has the same rows for programs: one list of objects for each table.\n\
         - `pictures/` has the pictures of work, each named by its `hash` in a table.\n\
         - `consents/` has each signed paper as a PDF, named by its `consent_id`.\n\
         - `manifest.json` has the number of rows of each table, what was left out and why, and the size and SHA-256 of \
         every file.\n\n\
         ## How things are written\n\n\
         - **Ids** stay the same in every table and in every export: `sales.client_id` is the `id` of a row of `clients`.\n\
         - **Money** stands twice: `amount_minor` is a whole number of the smallest unit of {currency}, `amount` is the \
         same to read, with {exponent} decimals and a point.\n\
         - **Moments** stand twice: `at` in UTC, `at_local` on the studio's clock ({zone}). Days are written 2026-11-20.\n\
         - **Yes and no** are 1 and 0. An empty cell (`null` in JSON) means that there is nothing.\n\
         - Columns that say JSON hold lists or fields; amounts inside them are in the smallest unit.\n\
         - In CSV a text that a spreadsheet would take for a formula has a ' in front of it. In JSON it stands as it is.\n\n\
         Passwords, PINs, codes and their hashes stay in the studio file. So do sums that follow from the rows.\n\n\
         ## Tables\n",
        name = settings.name,
        version = env!("CARGO_PKG_VERSION"),
        zone = settings.zone,
        currency = settings.currency,
        exponent = settings.exponent,
    );
    for Done { table, rows, .. } in done {
        page.push_str(&format!("\n### {} ({rows} rows)\n\n", table.name));
        let said = words::told(&table.name).map(str::to_owned);
        let said = said.or_else(|| remarks.get(&(table.name.clone(), None)).cloned());
        if let Some(said) = said {
            page.push_str(&format!("{said}\n\n"));
        }
        page.push_str("| column | what it is |\n|---|---|\n");
        for column in &table.columns {
            let kind = words::kind(table, column);
            let remark = remarks.get(&(table.name.clone(), Some(column.name.clone())));
            page.push_str(&format!(
                "| {} | {} |\n",
                headed(&column.name, kind).join(", "),
                described(column, kind, remark).replace('|', "\\|")
            ));
        }
    }
    Ok(page)
}

fn described(column: &Column, kind: Kind, remark: Option<&String>) -> String {
    let mut said = Vec::new();
    match (&column.points_at, kind) {
        (Some((table, to)), _) => said.push(format!("{to} of {table}")),
        (None, Kind::Text) if column.name == "id" => said.push("this row's id".to_owned()),
        (None, Kind::Text) => said.push("text".to_owned()),
        (None, Kind::Json) => said.push("JSON".to_owned()),
        (None, Kind::Bytes) => said.push("bytes, in hexadecimal".to_owned()),
        (None, Kind::Money) => said.push("money: in the smallest unit, and to read".to_owned()),
        (None, Kind::Moment) => said.push("a moment: in UTC, and on the studio's clock".to_owned()),
        (None, Kind::Number) => said.push(words::unit(&column.name).unwrap_or("a number").to_owned()),
    }
    if !column.required {
        said.push("may be empty".to_owned());
    }
    let mut text = said.join("; ");
    if let Some(remark) = remark {
        text.push_str(". ");
        text.push_str(remark);
    }
    text
}
