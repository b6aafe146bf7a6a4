//! Taking another tool's list of clients in: a table as salon tools export it, whole or not at all.
//!
//! Lives here: what encoding and separator a table has, what each line becomes, and why one cannot. Says line by line
//! what it would do before it does it. Beside it: `columns` knows what a column is, `birth` reads birth dates, `twins`
//! sees who is here already.

mod birth;
mod columns;
mod twins;

use std::io::Read;

use base64::Engine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use self::birth::day_by_name;
use self::birth::{Born, born, date_order, date_parts};
use self::twins::Seen;
use super::merge::Likeness;
use super::{ClientForm, store};
use crate::access::Permit;
use crate::clock::Millis;
use crate::door::{Change, Desk, Look, Tools};
use crate::error::{Error, Result};
use crate::storage::Reader;
use crate::text::{digits, fold};

/// A larger request with a table in it is not looked into.
pub(crate) const LARGEST_TABLE: usize = 24 * 1024 * 1024;
const MOST_LINES: usize = 200_000;
/// A longer cell is no cell: what was read is no table, or a quotation mark in it is never closed.
const LONGEST_CELL: usize = 64 * 1024;
/// How many lines a preview shows, and how many of its problems.
const SHOWN: usize = 20;
const PROBLEMS_SHOWN: usize = 200;
/// How many lines of a title may stand above the one that names the columns.
const TITLES: usize = 10;

/// What a column of the table is. Several columns may be the same: names and addresses are put together, of phones and
/// the rest the first that says something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    Name,
    FirstName,
    LastName,
    Pronouns,
    Phone,
    Email,
    Instagram,
    Address,
    BirthDate,
    EmergencyName,
    EmergencyPhone,
    Alerts,
    Preferences,
    Source,
    /// Where a line says no other name, this is the name.
    Company,
}

/// How "04/05/1990" is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// What says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateProof {
    /// There is no such date in the table.
    Unneeded,
    /// Whoever imports said so.
    Given,
    /// A date of the table can only be read this way.
    Shown,
    /// Every date of the table can be read both ways: the day is taken to come first.
    Assumed,
    /// Dates of the table contradict each other; those that do not fit are refused.
    Mixed,
}

#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ImportArgs {
    /// The file's bytes, in base64: what they are written in is found out.
    pub base64: Option<String>,
    /// Or its text.
    pub text: Option<String>,
    /// What each column is, null for one that is left out; found out when left out.
    pub mapping: Option<Vec<Option<ImportField>>>,
    /// Whether the first line names the columns; found out when left out.
    pub header: Option<bool>,
    /// How dates are read; found out when left out.
    pub dates: Option<DateOrder>,
    /// Leave out who is here already, rather than taking them in twice.
    pub skip_duplicates: Option<bool>,
}

/// A column as it was found.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ImportColumn {
    /// Its name in the table; empty without a header.
    pub name: String,
    /// What it is taken for.
    pub field: Option<ImportField>,
    /// The first cells that say something.
    pub samples: Vec<String>,
}

/// A line that cannot come in. While there is one, nothing does.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RefusedLine {
    /// As the file counts, from 1.
    pub line: u64,
    pub field: Option<ImportField>,
    /// "too long", "control character", "not a day", "not a phone", "too many cells"; of the whole file "no name column",
    /// "cell too long", or "quote not closed": a quotation mark on it swallows the rest of the file.
    pub reason: String,
    /// The cell, cut short.
    pub cell: String,
}

/// A line that looks like somebody who is here, or like an earlier line.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct DuplicateLine {
    pub line: u64,
    pub name: String,
    pub because: Likeness,
    /// It comes in nonetheless: another name stands there, under a phone or mail that several share, or everything is to
    /// come in.
    pub comes_in: bool,
    pub client_id: Option<String>,
    pub earlier_line: Option<u64>,
}

/// Why a line stays out, or comes in without a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportReason {
    /// A title: it stands above the line that names the columns.
    AboveHeader,
    /// A sum or a count below the clients.
    Totals,
    /// It names nobody.
    Nobody,
    /// It comes in without a birth date: there was only a part of one.
    BirthInPart,
}

/// A line that refuses nothing, and of which something stays out.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ImportRemark {
    pub line: u64,
    pub reason: ImportReason,
    /// All of it stays out.
    pub left_out: bool,
    /// What stands there, cut short.
    pub cell: String,
}

/// A line as it would come in.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ImportLine {
    pub line: u64,
    pub client: ClientForm,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ImportReport {
    /// "UTF-8", "windows-1252", "macintosh", "UTF-16LE", "UTF-16BE".
    pub encoding: String,
    /// The character between two cells.
    pub delimiter: String,
    pub header: bool,
    pub columns: Vec<ImportColumn>,
    pub dates: DateOrder,
    pub dates_proof: DateProof,
    /// Lines with something in them below the header.
    pub lines: i64,
    /// How many of them come in.
    pub ready: i64,
    /// The first of those.
    pub preview: Vec<ImportLine>,
    pub refused_lines: i64,
    /// All of them; a preview shows the first.
    pub refused: Vec<RefusedLine>,
    /// Lines that are somebody who is here, or an earlier line.
    pub duplicate_lines: i64,
    /// Lines that share a phone or a mail with somebody of another name: they come in.
    pub possible_lines: i64,
    /// Both of them.
    pub duplicates: Vec<DuplicateLine>,
    pub left_out_lines: i64,
    pub remark_lines: i64,
    pub remarks: Vec<ImportRemark>,
    /// How many came in: none in a preview, and none while a line is refused.
    pub imported: i64,
}

// ---- reading the table -----------------------------------------------------------------------------------------------

fn decode(bytes: &[u8]) -> Result<(String, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Error::invalid("base64", "a workbook or packed file, no table of text"));
    }
    let with = |encoding: &'static encoding_rs::Encoding| {
        if encoding != encoding_rs::UTF_8 && encoding.name().starts_with("UTF") && bytes.len() % 2 == 1 {
            return Err(Error::invalid("base64", "cut off in the middle of a letter"));
        }
        Ok((encoding.decode_with_bom_removal(bytes).0.into_owned(), encoding.name()))
    };
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return with(encoding);
    }
    // UTF-16 without its mark: every other byte of plain letters is empty.
    let start = &bytes[..bytes.len().min(2_000)];
    let empty = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 4;
    if empty(1) > start.len() && empty(0) * 8 < start.len() {
        return with(encoding_rs::UTF_16LE);
    }
    if empty(0) > start.len() && empty(1) * 8 < start.len() {
        return with(encoding_rs::UTF_16BE);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), encoding_rs::UTF_8.name()));
    }
    // A Mac of old ends lines its own way, and keeps its letters where Windows has quotes and dashes.
    let within = |from: u8, to: u8| bytes.iter().filter(|byte| (from..=to).contains(*byte)).count();
    let mac = !bytes.contains(&b'\n') && bytes.contains(&b'\r') && within(0x80, 0x9F) > within(0xC0, 0xFF);
    with(if mac { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 })
}

/// What is plainly something else says what it is, rather than coming in as people of strange names.
fn check_kind(text: &str) -> Result<()> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    let in_bracket = || text.get(1..).unwrap_or("").trim_start().starts_with(['{', '[', '"', ']']);
    if begins("{\\rtf") {
        Err(Error::invalid("base64", "a formatted document (RTF), no table"))
    } else if begins("{") || begins("[") && in_bracket() {
        Err(Error::invalid("base64", "JSON, no table"))
    } else if begins("<") {
        Err(Error::invalid("base64", "a web page or XML, no table"))
    } else if begins("BEGIN:VCARD") {
        Err(Error::invalid("base64", "contact cards (vCard), no table"))
    } else if begins("%PDF") {
        Err(Error::invalid("base64", "a PDF, no table"))
    } else {
        Ok(())
    }
}

/// A line and its cells, cleaned.
struct Record {
    line: u64,
    cells: Vec<String>,
}

/// Behind the last line stands one more: where it ends up inside a cell, a quotation mark was never closed.
const BEHIND: &str = "\nX";

/// The lines, and where they end before the file does: at a quotation mark that is never closed, or at what is no cell.
fn records(text: &str, delimiter: u8, most: usize) -> Result<(Vec<Record>, Option<RefusedLine>)> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes().chain(BEHIND.as_bytes()));
    let mut found = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut line, mut counted) = (1, 0);
    while found.len() < most && reader.read_record(&mut record).map_err(Error::internal)? {
        if reader.position().byte() > u64::try_from(text.len() + 1).map_err(Error::internal)? {
            let last = record.iter().next_back().unwrap_or_default();
            let Some(swallowed) = last.strip_suffix(BEHIND) else { break };
            let line = 1 + breaks(text) - breaks(swallowed);
            let reason = "quote not closed".to_owned();
            return Ok((found, Some(RefusedLine { line, field: None, reason, cell: cut(swallowed) })));
        }
        let cells: Vec<String> = record.iter().map(clean).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            // Counted here: the reader's own count is one short where lines end as Windows ends them.
            let begun = record.position().map_or(0, csv::Position::byte);
            let begun = usize::try_from(begun).map_err(Error::internal)?;
            let blank = text.bytes().skip(begun).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            line += breaks(text.get(counted..begun + blank).unwrap_or_default());
            counted = begun + blank;
            if let Some(cell) = cells.iter().find(|cell| cell.len() > LONGEST_CELL) {
                let reason = "cell too long".to_owned();
                return Ok((found, Some(RefusedLine { line, field: None, reason, cell: cut(cell) })));
            }
            found.push(Record { line, cells });
        }
    }
    Ok((found, None))
}

/// How often a text goes on to another line, as each kind of computer says it.
fn breaks(text: &str) -> u64 {
    let mut count = 0;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        count += u64::from(byte == b'\n' || byte == b'\r' && bytes.peek() != Some(&b'\n'));
    }
    count
}

/// A cell without what spreadsheets wrap it in: `="0123"` and the quote before what looks like a formula.
fn clean(cell: &str) -> String {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let cell = match cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')) {
        Some(inner) => inner,
        None => cell,
    };
    match cell.strip_prefix('\'') {
        Some(inner) if inner.starts_with(['=', '+', '-', '@', '|', '%']) => inner.trim().to_owned(),
        _ => cell.trim().replace("\r\n", "\n"),
    }
}

/// The separator that finds the line that names the columns, or cuts the first lines into the same number of cells, and
/// into most.
fn delimiter_of(text: &str) -> u8 {
    let mut best = (0, b',');
    for delimiter in [b';', b',', b'\t', b'|'] {
        let Ok((lines, _)) = records(text, delimiter, 50) else { continue };
        let header = lines.iter().take(TITLES).find(|line| columns::names_people(&line.cells));
        let Some(width) = header.or(lines.first()).map(|line| line.cells.len()).filter(|width| *width > 1)
        else {
            continue;
        };
        let alike = lines.iter().filter(|line| line.cells.len() == width).count();
        let named = if header.is_some() { 1_000_000 } else { 0 };
        let score = named + alike * 1_000 / lines.len().max(1) * 100 + width;
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

// ---- what a cell is --------------------------------------------------------------------------------------------------

fn is_phone(cell: &str) -> bool {
    cell.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | '\u{A0}' | '\u{2011}' | '\u{2013}')
    })
}

/// A number that somebody could call.
fn is_number(cell: &str) -> bool {
    is_phone(cell) && digits(cell).len() >= 7
}

/// Whether a cell only says that there is nothing.
fn says_nothing(cell: &str) -> bool {
    matches!(fold(cell).as_str(), "" | "-" | "--" | "---" | "n/a" | "na" | "null" | "none" | "." | "?")
}

/// Whether a cell about health says that there is nothing to take care of.
fn says_no(cell: &str) -> bool {
    let folded = fold(cell);
    let plain = folded.trim_matches(|c: char| !c.is_alphanumeric());
    says_nothing(cell)
        || matches!(
            plain,
            "" | "no"
                | "nope"
                | "nil"
                | "nothing"
                | "false"
                | "0"
                | "none known"
                | "no known allergies"
                | "nkda"
                | "no allergies"
                | "ninguna"
                | "ninguno"
                | "ningun"
                | "ningunas"
                | "ningunos"
                | "nada"
                | "no tiene"
                | "no aplica"
                | "sin alergias"
                | "ninguna conocida"
                | "keine"
                | "keins"
                | "kein"
                | "nein"
                | "nichts"
                | "keine bekannt"
                | "keine allergien"
                | "nao"
                | "nenhum"
                | "nenhuma"
                | "sem alergias"
                | "non"
                | "aucun"
                | "aucune"
                | "rien"
                | "nessuna"
                | "nessuno"
                | "niente"
                | "nej"
                | "inga"
                | "ingen"
                | "inget"
        )
}

/// Whether a cell says how somebody stands as a client, not where they live.
fn says_state(cell: &str) -> bool {
    matches!(
        fold(cell).as_str(),
        "activo"
            | "activa"
            | "inactivo"
            | "inactiva"
            | "active"
            | "inactive"
            | "ativo"
            | "ativa"
            | "inativo"
            | "inativa"
            | "alta"
            | "baja"
            | "archivado"
            | "archivada"
            | "archived"
            | "bloqueado"
            | "bloqueada"
            | "blocked"
            | "nuevo"
            | "nueva"
            | "vip"
    )
}

/// What became of the table before the file was asked about anybody.
struct Table {
    report: ImportReport,
    lines: Vec<ImportLine>,
}

fn read_args(args: &ImportArgs) -> Result<(String, &'static str)> {
    match (&args.base64, &args.text) {
        (Some(base64), None) => {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(base64.as_bytes())
                .map_err(|_| Error::invalid("base64", "not base64"))?;
            decode(&bytes)
        }
        (None, Some(text)) => Ok((text.trim_start_matches('\u{FEFF}').to_owned(), "UTF-8")),
        (Some(_), Some(_)) => Err(Error::invalid("text", "not both")),
        (None, None) => Err(Error::invalid("base64", "missing")),
    }
}

/// Columns as somebody named them: what a column is, null for one that is left out, and its name or its number from 1.
type Named = [(Option<ImportField>, String)];

/// Puts what was said of some columns over what was found.
fn put_named(fields: &mut [Option<ImportField>], headers: &[String], named: &Named) -> Result<()> {
    let place = |column: &str| {
        let same = |header: &String| fold(header) == fold(column.trim());
        let number = || column.trim().parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < fields.len());
        headers.iter().position(same).or_else(number).ok_or(Error::invalid("mapping", "no such column"))
    };
    let places = named
        .iter()
        .map(|(field, column)| Ok((place(column)?, *field)))
        .collect::<Result<Vec<(usize, Option<ImportField>)>>>()?;
    let said = |field: Option<ImportField>| places.iter().any(|(_, other)| *other == field);
    let (whole, part) = (
        said(Some(ImportField::Name)),
        said(Some(ImportField::FirstName)) || said(Some(ImportField::LastName)),
    );
    for field in fields.iter_mut().filter(|field| field.is_some()) {
        // What was found gives way: said once, it is said of this column alone.
        let gives_way = match *field {
            Some(ImportField::Name) => whole || part,
            Some(ImportField::FirstName | ImportField::LastName) if whole => true,
            other => said(other),
        };
        if gives_way {
            *field = None;
        }
    }
    for (at, field) in places {
        fields[at] = field;
    }
    Ok(())
}

fn read(
    args: &ImportArgs,
    named: &Named,
    (text, encoding): (String, &'static str),
    now: Millis,
) -> Result<Table> {
    check_kind(&text)?;
    // Excel's own first line that says what stands between cells.
    let (text, told, skipped) = match text.split_once('\n') {
        Some((first, rest)) if first.trim().len() == 5 && first.to_ascii_lowercase().starts_with("sep=") => {
            (rest, first.as_bytes().get(4).copied(), 1)
        }
        _ => (text.as_str(), None, 0),
    };
    let delimiter = match told {
        Some(told) if told.is_ascii() => told,
        _ => delimiter_of(text),
    };
    let (mut lines, mut stopped) = records(text, delimiter, MOST_LINES + 2)?;
    for line in
        lines.iter_mut().map(|line| &mut line.line).chain(stopped.iter_mut().map(|line| &mut line.line))
    {
        *line += skipped;
    }
    let Some(first) = lines.first() else {
        return match stopped {
            None => Err(Error::invalid("base64", "nothing in it")),
            Some(problem) if problem.reason == "cell too long" => {
                Err(Error::invalid("base64", "not a table"))
            }
            Some(problem) => Ok(Table::stopped(encoding, delimiter, problem)),
        };
    };
    let (first_line, below) = (first.line, lines.get(1..).unwrap_or_default());
    let guessed = || columns::names_one(&first.cells) || columns::names_unknown(&first.cells, below);
    let header_at = match args.header {
        Some(false) => None,
        given => lines
            .iter()
            .take(TITLES)
            .position(|line| columns::names_people(&line.cells))
            .or_else(|| (given == Some(true) || guessed()).then_some(0)),
    };
    let header = header_at.is_some();
    let mut remarks: Vec<ImportRemark> =
        lines.drain(..header_at.unwrap_or(0)).map(|line| line.left_out(ImportReason::AboveHeader)).collect();
    let headers = if header { lines.remove(0).cells } else { Vec::new() };
    if lines.len() > MOST_LINES {
        return Err(Error::invalid("base64", "too many"));
    }
    let width =
        if header { headers.len() } else { lines.iter().map(|line| line.cells.len()).max().unwrap_or(0) };
    let mut fields = match &args.mapping {
        Some(mapping) if mapping.len() > width => return Err(Error::invalid("mapping", "too many")),
        Some(mapping) => mapping.clone(),
        None if header => columns::mapping_of(&headers, &lines),
        None => columns::by_content(&lines, width),
    };
    fields.resize(width, None);
    put_named(&mut fields, &headers, named)?;
    let births: Vec<usize> = (0..width).filter(|at| fields[*at] == Some(ImportField::BirthDate)).collect();
    let (order, proof) = match args.dates {
        Some(order) => (order, DateProof::Given),
        None => date_order(&lines, &births),
    };
    let columns = (0..width)
        .map(|at| ImportColumn {
            name: headers.get(at).cloned().unwrap_or_default(),
            field: fields[at],
            samples: lines
                .iter()
                .filter_map(|line| line.cells.get(at))
                .filter(|cell| !cell.is_empty())
                .take(3)
                .map(|cell| cut(cell))
                .collect(),
        })
        .collect();
    let this_year = chrono::DateTime::from_timestamp_millis(now)
        .and_then(|now| now.format("%Y").to_string().parse().ok())
        .unwrap_or(2_000);
    let count = i64::try_from(lines.len() + usize::from(stopped.is_some())).map_err(Error::internal)?;
    let rules = Rules { fields, order, this_year, exact: header };
    let (mut ready, mut refused) = (Vec::new(), Vec::new());
    if rules.fields.iter().any(|field| columns::is_name(*field)) {
        while let Some(line) = lines.pop_if(|line| rules.is_totals(line)) {
            remarks.push(line.left_out(ImportReason::Totals));
        }
        for line in &lines {
            match rules.client(line, &mut remarks) {
                Ok(Some(client)) => ready.push(ImportLine { line: line.line, client }),
                Ok(None) => remarks.push(line.left_out(ImportReason::Nobody)),
                Err(problem) => refused.push(problem),
            }
        }
    } else if stopped.is_none() {
        // One cause, not one for every line.
        let (field, reason) = (Some(ImportField::Name), "no name column".to_owned());
        let cell = headers.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        refused.push(RefusedLine { line: first_line, field, reason, cell: cut(&cell) });
    }
    refused.extend(stopped);
    remarks.sort_by_key(|remark| remark.line);
    let counted = |count: usize| i64::try_from(count).map_err(Error::internal);
    let report = ImportReport {
        header,
        columns,
        dates: rules.order,
        dates_proof: proof,
        lines: count,
        refused_lines: counted(refused.len())?,
        refused,
        left_out_lines: counted(remarks.iter().filter(|remark| remark.left_out).count())?,
        remark_lines: counted(remarks.len())?,
        remarks,
        ..ImportReport::of(encoding, delimiter)
    };
    Ok(Table { report, lines: ready })
}

impl ImportReport {
    /// Of a table of which nothing is known yet.
    fn of(encoding: &str, delimiter: u8) -> ImportReport {
        ImportReport {
            encoding: encoding.to_owned(),
            delimiter: char::from(delimiter).to_string(),
            header: false,
            columns: Vec::new(),
            dates: DateOrder::DayFirst,
            dates_proof: DateProof::Unneeded,
            lines: 0,
            ready: 0,
            preview: Vec::new(),
            refused_lines: 0,
            refused: Vec::new(),
            duplicate_lines: 0,
            possible_lines: 0,
            duplicates: Vec::new(),
            left_out_lines: 0,
            remark_lines: 0,
            remarks: Vec::new(),
            imported: 0,
        }
    }
}

impl Table {
    /// One of which not even the first line can be read.
    fn stopped(encoding: &str, delimiter: u8, problem: RefusedLine) -> Table {
        let report = ImportReport {
            lines: 1,
            refused_lines: 1,
            refused: vec![problem],
            ..ImportReport::of(encoding, delimiter)
        };
        Table { report, lines: Vec::new() }
    }
}

impl Record {
    fn left_out(&self, reason: ImportReason) -> ImportRemark {
        let said = self.cells.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str);
        ImportRemark { line: self.line, reason, left_out: true, cell: cut(said) }
    }
}

fn cut(cell: &str) -> String {
    cell.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

struct Rules {
    fields: Vec<Option<ImportField>>,
    order: DateOrder,
    this_year: u32,
    /// The header says how many cells a line has.
    exact: bool,
}

impl Rules {
    /// Whether a line below the clients only adds them up: "Total, , 12", "2 clients".
    fn is_totals(&self, line: &Record) -> bool {
        let holds = |field: ImportField, holds: &dyn Fn(&str) -> bool| {
            self.fields.iter().zip(&line.cells).any(|(known, cell)| *known == Some(field) && holds(cell))
        };
        if holds(ImportField::Email, &|cell| cell.contains('@'))
            || holds(ImportField::Phone, &|cell| digits(cell).len() >= 5)
            || holds(ImportField::BirthDate, &|cell| date_parts(cell).is_some())
        {
            return false;
        }
        let said = fold(line.cells.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str));
        let words: Vec<&str> =
            said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_sum = |word: &&str| {
            matches!(
                *word,
                "total"
                    | "totals"
                    | "totales"
                    | "totale"
                    | "totali"
                    | "totaux"
                    | "totais"
                    | "summe"
                    | "summa"
                    | "gesamt"
                    | "gesamtsumme"
                    | "gesamtzahl"
                    | "anzahl"
                    | "suma"
                    | "sum"
                    | "count"
            )
        };
        let is_whose = |word: &&str| {
            matches!(
                *word,
                "client"
                    | "clients"
                    | "customer"
                    | "customers"
                    | "contact"
                    | "contacts"
                    | "people"
                    | "records"
                    | "rows"
                    | "cliente"
                    | "clientes"
                    | "contactos"
                    | "registros"
                    | "personas"
                    | "kunden"
                    | "kontakte"
                    | "clienti"
                    | "contatos"
                    | "kunder"
                    | "grand"
                    | "general"
                    | "of"
                    | "de"
            )
        };
        words.iter().all(|word| is_number(word) || is_sum(word) || is_whose(word))
            && (words.iter().any(is_sum)
                || matches!(words.as_slice(), [count, whose] if is_number(count) && is_whose(whose)))
    }

    /// Who a line names, if it names somebody.
    fn client(
        &self,
        line: &Record,
        remarks: &mut Vec<ImportRemark>,
    ) -> Result<Option<ClientForm>, RefusedLine> {
        let refuse = |field, reason: &str, cell: &str| RefusedLine {
            line: line.line,
            field,
            reason: reason.to_owned(),
            cell: cut(cell),
        };
        if self.exact
            && let Some(cell) = line.cells.iter().skip(self.fields.len()).find(|cell| !cell.is_empty())
        {
            return Err(refuse(None, "too many cells", cell));
        }
        let all = |field: ImportField| {
            self.fields
                .iter()
                .zip(&line.cells)
                .filter(move |(known, cell)| **known == Some(field) && !cell.is_empty())
                .map(|(_, cell)| cell.as_str())
        };
        let first = |field: ImportField| all(field).find(|cell| !says_nothing(cell));
        // One line of a form is one line, however the cell was broken.
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        fn typed<T: TryFrom<String, Error = &'static str>>(
            text: Option<String>,
            refuse: impl Fn(&str, &str) -> RefusedLine,
        ) -> Result<Option<T>, RefusedLine> {
            let Some(text) = text else { return Ok(None) };
            T::try_from(text.clone()).map(Some).map_err(|reason| refuse(reason, &text))
        }
        // Several in one cell, as address books write them: the first.
        let line_of = |field: ImportField| first(field).and_then(|cell| cell.split(" ::: ").next()).map(flat);
        let phone = |field: ImportField| match line_of(field) {
            // 5.21555E+11: a spreadsheet has lost the digits.
            Some(cell) if !cell.chars().any(|c| c.is_ascii_digit()) || is_scientific(&cell) => {
                Err(refuse(Some(field), "not a phone", &cell))
            }
            other => Ok(other),
        };
        macro_rules! read {
            ($field:ident, $text:expr) => {
                typed($text, |reason, cell| refuse(Some(ImportField::$field), reason, cell))?
            };
        }
        let names = |fields: &[ImportField]| -> Vec<String> {
            fields.iter().flat_map(|field| all(*field).map(flat).collect::<Vec<_>>()).collect()
        };
        let mut parts = names(&[ImportField::FirstName, ImportField::LastName]);
        // Where both parts have their columns, the whole would say it twice.
        let in_parts = [ImportField::FirstName, ImportField::LastName]
            .iter()
            .all(|field| self.fields.contains(&Some(*field)));
        if parts.is_empty() || !in_parts {
            parts.extend(names(&[ImportField::Name]));
        }
        if parts.is_empty() {
            parts = names(&[ImportField::Company]);
        }
        let mut name = parts.join(" ");
        // "Melo, Joana" in one column.
        if parts.len() == 1
            && let Some((last, given)) = name.split_once(", ")
            && !given.contains(',')
        {
            name = format!("{} {}", given.trim(), last.trim());
        }
        if name.is_empty() {
            // Who can be reached is somebody, and comes in by name or not at all.
            let somebody = [ImportField::Phone, ImportField::Email, ImportField::BirthDate];
            return match somebody.iter().find_map(|field| first(*field)) {
                Some(_) => Err(refuse(Some(ImportField::Name), "missing", "")),
                None => Ok(None),
            };
        }
        let address =
            all(ImportField::Address).filter(|cell| !says_nothing(cell)).collect::<Vec<_>>().join(", ");
        let mut in_part = None;
        let birth_date = match first(ImportField::BirthDate) {
            None => None,
            Some(cell) => match born(cell, self.order, self.this_year)
                .map_err(|reason| refuse(Some(ImportField::BirthDate), reason, cell))?
            {
                Born::On(day) => Some(day),
                Born::Unsaid => None,
                Born::InPart => {
                    in_part = Some(cut(cell));
                    None
                }
            },
        };
        let prose = |field: ImportField, nothing: &dyn Fn(&str) -> bool| {
            let text = all(field).filter(|cell| !nothing(cell)).collect::<Vec<_>>().join("\n");
            (!text.is_empty()).then_some(text)
        };
        let Some(name) = read!(Name, Some(name)) else { return Ok(None) };
        let form = ClientForm {
            name,
            pronouns: read!(Pronouns, line_of(ImportField::Pronouns)),
            phone: read!(Phone, phone(ImportField::Phone)?),
            email: read!(Email, line_of(ImportField::Email)),
            instagram: read!(Instagram, line_of(ImportField::Instagram)),
            address: read!(Address, (!address.is_empty()).then_some(address)),
            birth_date,
            emergency_name: read!(EmergencyName, line_of(ImportField::EmergencyName)),
            emergency_phone: read!(EmergencyPhone, phone(ImportField::EmergencyPhone)?),
            alerts: read!(Alerts, prose(ImportField::Alerts, &says_no)),
            preferences: read!(Preferences, prose(ImportField::Preferences, &says_nothing)),
            source: read!(Source, line_of(ImportField::Source)),
        };
        remarks.extend(in_part.map(|cell| ImportRemark {
            line: line.line,
            reason: ImportReason::BirthInPart,
            left_out: false,
            cell,
        }));
        Ok(Some(form))
    }
}

fn is_scientific(cell: &str) -> bool {
    cell.to_ascii_uppercase().split_once("E+").is_some_and(|(front, power)| {
        front.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            && power.chars().all(|c| c.is_ascii_digit())
    })
}

// ---- who is here already ---------------------------------------------------------------------------------------------

/// Sorts out who is here already; what is left comes in.
fn settle(db: Reader<'_>, mut table: Table, skip: bool) -> Result<Table> {
    let mut seen = Seen::before(db, &table.lines)?;
    let mut duplicates: Vec<DuplicateLine> =
        table.lines.iter().filter_map(|line| seen.duplicate(line)).collect();
    let out: std::collections::HashSet<u64> =
        duplicates.iter().filter(|twin| !twin.comes_in).map(|twin| twin.line).collect();
    let counted = |count: usize| i64::try_from(count).map_err(Error::internal);
    table.report.duplicate_lines = counted(out.len())?;
    table.report.possible_lines = counted(duplicates.len() - out.len())?;
    if skip {
        table.lines.retain(|line| !out.contains(&line.line));
    } else {
        duplicates.iter_mut().for_each(|twin| twin.comes_in = true);
    }
    table.report.duplicates = duplicates;
    table.report.ready = counted(table.lines.len())?;
    table.report.preview = table.lines.iter().take(SHOWN).cloned().collect();
    Ok(table)
}

fn take_in(cx: &Change<'_>, permit: &Permit, table: &mut Table) -> Result<()> {
    if !table.report.refused.is_empty() {
        return Ok(());
    }
    let by = cx.caller().ok().map(|caller| caller.id.clone());
    let db = cx.write(permit);
    for line in &table.lines {
        store::add(db, &cx.id()?, &line.client, None, cx.now(), by.as_deref())?;
    }
    table.report.imported = table.report.ready;
    Ok(())
}

// ---- the ways in -----------------------------------------------------------------------------------------------------

/// What importing would do, without doing it.
pub(crate) fn preview(look: &Look<'_>, args: ImportArgs) -> Result<ImportReport> {
    look.grant().whole()?;
    let table = read(&args, &[], read_args(&args)?, look.now())?;
    let mut report = settle(look.db(), table, args.skip_duplicates.unwrap_or(false))?.report;
    report.refused.truncate(PROBLEMS_SHOWN);
    report.remarks.truncate(PROBLEMS_SHOWN);
    report.duplicates.truncate(PROBLEMS_SHOWN);
    Ok(report)
}

/// Takes the table in, whole or, while a line is refused, not at all: the report says which it was.
pub(crate) fn import(
    tools: &Tools,
    args: ImportArgs,
) -> Result<impl FnOnce(&mut Change<'_>) -> Result<ImportReport> + use<>> {
    let table = read(&args, &[], read_args(&args)?, tools.clock.now().wall)?;
    Ok(move |cx: &mut Change<'_>| {
        let permit = cx.grant().whole()?;
        commit(cx, &permit, table, args.skip_duplicates.unwrap_or(false))
    })
}

fn commit(cx: &mut Change<'_>, permit: &Permit, table: Table, skip: bool) -> Result<ImportReport> {
    let mut table = settle(cx.db(), table, skip)?;
    take_in(cx, permit, &mut table)?;
    cx.note("rows", table.report.imported);
    cx.note("refused", table.report.refused_lines);
    cx.note("duplicates", table.report.duplicate_lines);
    Ok(table.report)
}

/// What an operator says of a table.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// What some columns are, null for one that is left out: by the column's name, or its number from 1.
    pub columns: Vec<(Option<ImportField>, String)>,
    /// How dates are read; found out when left out.
    pub dates: Option<DateOrder>,
    /// Only say what would come of it.
    pub dry_run: bool,
}

/// The operator's way: a file's bytes, without a member. Who is here already is left out.
pub fn import_clients(desk: &Desk, bytes: &[u8], options: &ImportOptions) -> Result<ImportReport> {
    let args = ImportArgs { dates: options.dates, ..ImportArgs::default() };
    let table = read(&args, &options.columns, decode(bytes)?, desk.now())?;
    if options.dry_run {
        return desk.peek(|db| Ok(settle(db, table, true)?.report));
    }
    desk.operate("clients.import", |cx| {
        let permit = cx.grant().whole()?;
        commit(cx, &permit, table, true)
    })
}
