//! Taking another tool's list of clients in: a table as salon tools export it, whole or not at all.
//!
//! Lives here: what encoding, separator and columns a table has, what each line becomes, and why one cannot. Says line
//! by line what it would do before it does it.

use std::collections::HashMap;
use std::io::Read;

use base64::Engine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::merge::Likeness;
use super::{ClientForm, store};
use crate::access::Permit;
use crate::calendar::Day;
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
    /// "missing", "too long", "control character", "not a day", "not a phone", "too many cells", or "quote not closed":
    /// a quotation mark on it swallows the rest of the file.
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
    pub client_id: Option<String>,
    pub earlier_line: Option<u64>,
}

/// A line as it would come in.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ImportLine {
    pub line: u64,
    pub client: ClientForm,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ImportReport {
    /// "UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE".
    pub encoding: String,
    /// The character between two cells.
    pub delimiter: String,
    pub header: bool,
    pub columns: Vec<ImportColumn>,
    pub dates: DateOrder,
    pub dates_proof: DateProof,
    /// Lines with something in them, the header left out.
    pub lines: i64,
    /// How many of them come in.
    pub ready: i64,
    /// The first of those.
    pub preview: Vec<ImportLine>,
    pub refused_lines: i64,
    /// All of them; a preview shows the first.
    pub refused: Vec<RefusedLine>,
    pub duplicate_lines: i64,
    pub duplicates: Vec<DuplicateLine>,
    /// How many came in: none in a preview, and none while a line is refused.
    pub imported: i64,
}

// ---- reading the table -----------------------------------------------------------------------------------------------

fn decode(bytes: &[u8]) -> (String, &'static str) {
    let with = |encoding: &'static encoding_rs::Encoding| {
        (encoding.decode_with_bom_removal(bytes).0.into_owned(), encoding.name())
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
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), encoding_rs::UTF_8.name()),
        Err(_) => with(encoding_rs::WINDOWS_1252),
    }
}

/// A line and its cells, cleaned.
struct Record {
    line: u64,
    cells: Vec<String>,
}

/// Behind the last line stands one more: where it ends up inside a cell, a quotation mark was never closed.
const BEHIND: &str = "\nX";

/// The lines, and what is behind a quotation mark that is never closed.
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
        if record.iter().any(|cell| cell.len() > LONGEST_CELL) {
            return Err(Error::invalid("base64", "not a table"));
        }
        let cells: Vec<String> = record.iter().map(clean).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            // Counted here: the reader's own count is one short where lines end as Windows ends them.
            let begun = record.position().map_or(0, csv::Position::byte);
            let begun = usize::try_from(begun).map_err(Error::internal)?;
            let blank = text.bytes().skip(begun).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            line += breaks(text.get(counted..begun + blank).unwrap_or_default());
            counted = begun + blank;
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

/// The separator that cuts the first lines into the same number of cells, and into most.
fn delimiter_of(text: &str) -> u8 {
    let mut best = (0, b',');
    for delimiter in [b';', b',', b'\t', b'|'] {
        let Ok((lines, _)) = records(text, delimiter, 50) else { continue };
        let Some(width) = lines.first().map(|line| line.cells.len()).filter(|width| *width > 1) else {
            continue;
        };
        let alike = lines.iter().filter(|line| line.cells.len() == width).count();
        let score = alike * 1_000 / lines.len().max(1) * 100 + width;
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

// ---- what a column is ------------------------------------------------------------------------------------------------

/// Names of columns, without accents, spaces and signs, in English, Spanish, Portuguese and German.
const HEADERS: &[(ImportField, &[&str])] = &[
    (
        ImportField::Name,
        &[
            "name",
            "fullname",
            "clientname",
            "client",
            "customer",
            "customername",
            "displayname",
            "contactname",
            "nombre",
            "nombrecompleto",
            "nombreyapellidos",
            "nombreyapellido",
            "nombredelcliente",
            "cliente",
            "nome",
            "nomecompleto",
            "nomedocliente",
            "kunde",
            "kundenname",
            "vollstandigername",
        ],
    ),
    (
        ImportField::FirstName,
        &[
            "firstname",
            "first",
            "givenname",
            "forename",
            "middlename",
            "nombres",
            "primernombre",
            "segundonombre",
            "nombredepila",
            "primeironome",
            "nomeproprio",
            "vorname",
            "rufname",
        ],
    ),
    (
        ImportField::LastName,
        &[
            "lastname",
            "last",
            "surname",
            "familyname",
            "apellido",
            "apellidos",
            "primerapellido",
            "segundoapellido",
            "apellidopaterno",
            "apellidomaterno",
            "sobrenome",
            "apelido",
            "ultimonome",
            "nachname",
            "familienname",
            "zuname",
        ],
    ),
    (ImportField::Pronouns, &["pronouns", "pronombres", "pronombre", "pronomes", "pronomen"]),
    (
        ImportField::Phone,
        &[
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "cell",
            "cellphone",
            "cellular",
            "tel",
            "telephone",
            "telephonenumber",
            "contactnumber",
            "homephone",
            "workphone",
            "phone1",
            "phone2",
            "whatsapp",
            "telefono",
            "telefono1",
            "telefono2",
            "telefonomovil",
            "telefonofijo",
            "movil",
            "celular",
            "numerodetelefono",
            "numerodecelular",
            "telefone",
            "telemovel",
            "telefonecelular",
            "handy",
            "handynummer",
            "mobil",
            "mobilnummer",
            "mobiltelefon",
            "telefon",
            "telefonnummer",
            "rufnummer",
        ],
    ),
    (
        ImportField::Email,
        &[
            "email",
            "mail",
            "emailaddress",
            "correo",
            "correoelectronico",
            "direcciondecorreo",
            "correoe",
            "enderecodeemail",
            "emailadresse",
            "mailadresse",
        ],
    ),
    (
        ImportField::Instagram,
        &["instagram", "insta", "ig", "instagramhandle", "instagramname", "usuariodeinstagram"],
    ),
    (
        ImportField::Address,
        &[
            "address",
            "street",
            "streetaddress",
            "address1",
            "address2",
            "addressline1",
            "addressline2",
            "city",
            "town",
            "suburb",
            "zip",
            "zipcode",
            "postalcode",
            "postcode",
            "state",
            "province",
            "country",
            "direccion",
            "domicilio",
            "calle",
            "colonia",
            "ciudad",
            "codigopostal",
            "cp",
            "estado",
            "provincia",
            "pais",
            "endereco",
            "morada",
            "rua",
            "bairro",
            "cidade",
            "cep",
            "adresse",
            "anschrift",
            "strasse",
            "straße",
            "hausnummer",
            "ort",
            "stadt",
            "plz",
            "postleitzahl",
            "bundesland",
            "land",
        ],
    ),
    (
        ImportField::BirthDate,
        &[
            "birthday",
            "birthdate",
            "dateofbirth",
            "dob",
            "born",
            "fechadenacimiento",
            "fechanacimiento",
            "nacimiento",
            "cumpleanos",
            "datadenascimento",
            "datanascimento",
            "nascimento",
            "aniversario",
            "geburtstag",
            "geburtsdatum",
        ],
    ),
    (
        ImportField::EmergencyName,
        &[
            "emergencycontact",
            "emergencyname",
            "emergencycontactname",
            "contactodeemergencia",
            "contatodeemergencia",
            "contactoemergencia",
            "notfallkontakt",
        ],
    ),
    (
        ImportField::EmergencyPhone,
        &[
            "emergencyphone",
            "emergencycontactphone",
            "emergencynumber",
            "emergencycontactnumber",
            "telefonodeemergencia",
            "telefonoemergencia",
            "telefonedeemergencia",
            "notfalltelefon",
            "notfallnummer",
        ],
    ),
    (
        ImportField::Alerts,
        &[
            "alerts",
            "alert",
            "healthalerts",
            "allergies",
            "allergy",
            "medical",
            "medicalconditions",
            "medicalnotes",
            "health",
            "alergias",
            "alertas",
            "salud",
            "alertasmedicas",
            "saude",
            "allergien",
            "gesundheit",
        ],
    ),
    (
        ImportField::Preferences,
        &[
            "notes",
            "note",
            "comments",
            "comment",
            "remarks",
            "preferences",
            "notas",
            "nota",
            "comentarios",
            "comentario",
            "observaciones",
            "preferencias",
            "observacoes",
            "notizen",
            "notiz",
            "bemerkung",
            "bemerkungen",
            "kommentar",
            "vorlieben",
        ],
    ),
    (
        ImportField::Source,
        &[
            "source",
            "leadsource",
            "referral",
            "referredby",
            "referralsource",
            "howdidyouhearaboutus",
            "origen",
            "fuente",
            "procedencia",
            "comonosconocio",
            "recomendadopor",
            "origem",
            "fonte",
            "herkunft",
            "quelle",
            "empfohlenvon",
        ],
    ),
];

/// These stand for a first name where a column of last names stands beside them, and for a last name beside first ones.
const LOOSE_NAMES: [&str; 3] = ["name", "nombre", "nome"];

fn plain(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn by_header(header: &str) -> Option<ImportField> {
    let plain = plain(header);
    HEADERS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(field, _)| *field)
}

fn mapping_of(headers: &[String]) -> Vec<Option<ImportField>> {
    let mut fields: Vec<Option<ImportField>> = headers.iter().map(|header| by_header(header)).collect();
    let has = |fields: &[Option<ImportField>], field| fields.contains(&Some(field));
    let (first, last) = (has(&fields, ImportField::FirstName), has(&fields, ImportField::LastName));
    for at in 0..fields.len() {
        if fields[at] != Some(ImportField::Name) {
            continue;
        }
        let loose = LOOSE_NAMES.contains(&plain(&headers[at]).as_str());
        fields[at] = match (first, last) {
            (false, true) if loose => Some(ImportField::FirstName),
            (true, false) if loose => Some(ImportField::LastName),
            // The parts are there: the whole would say it twice.
            (true, true) => None,
            _ => Some(ImportField::Name),
        };
    }
    fields
}

/// What the columns hold, for a table that does not name them.
fn by_content(lines: &[Record], width: usize) -> Vec<Option<ImportField>> {
    let mut fields = vec![None; width];
    let mut words = Vec::new();
    for (at, field) in fields.iter_mut().enumerate() {
        let cells: Vec<&str> = lines
            .iter()
            .take(100)
            .filter_map(|line| line.cells.get(at).map(String::as_str))
            .filter(|cell| !cell.is_empty())
            .collect();
        let most = |holds: &dyn Fn(&str) -> bool| {
            !cells.is_empty() && cells.iter().filter(|cell| holds(cell)).count() * 10 >= cells.len() * 7
        };
        *field = if most(&|cell| cell.find('@').is_some_and(|at| at > 0)) {
            Some(ImportField::Email)
        } else if most(&|cell| cell.starts_with('@')) {
            Some(ImportField::Instagram)
        } else if most(&|cell| date_parts(cell).is_some()) {
            Some(ImportField::BirthDate)
        } else if most(&|cell| is_phone(cell) && digits(cell).len() >= 7) {
            Some(ImportField::Phone)
        } else {
            if most(&|cell| cell.chars().any(char::is_alphabetic)) {
                words.push((at, most(&|cell| !cell.contains(' '))));
            }
            None
        };
    }
    match words.as_slice() {
        [(first, true), (last, true), ..] => {
            fields[*first] = Some(ImportField::FirstName);
            fields[*last] = Some(ImportField::LastName);
        }
        [(name, _), ..] => fields[*name] = Some(ImportField::Name),
        [] => {}
    }
    fields
}

// ---- what a cell is --------------------------------------------------------------------------------------------------

fn is_phone(cell: &str) -> bool {
    cell.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | '\u{A0}' | '\u{2011}' | '\u{2013}')
    })
}

/// Three figures of a date, and whether the year came first. A time behind it is left out.
fn date_parts(cell: &str) -> Option<([u32; 3], bool)> {
    let day = cell.split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.trim_end_matches('.').split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    if [a, b, c].iter().any(|part| part.is_empty() || part.len() > 4) {
        return None;
    }
    let read = |part: &str| part.parse::<u32>().ok();
    Some(([read(a)?, read(b)?, read(c)?], a.len() == 4))
}

fn date_order(lines: &[Record], columns: &[usize]) -> (DateOrder, DateProof) {
    let (mut day, mut month, mut any) = (false, false, false);
    for line in lines {
        for cell in columns.iter().filter_map(|at| line.cells.get(*at)) {
            if let Some(([a, b, _], false)) = date_parts(cell) {
                any = true;
                day |= a > 12;
                month |= b > 12;
            }
        }
    }
    match (any, day, month) {
        (false, ..) => (DateOrder::DayFirst, DateProof::Unneeded),
        (true, true, true) => (DateOrder::DayFirst, DateProof::Mixed),
        (true, true, false) => (DateOrder::DayFirst, DateProof::Shown),
        (true, false, true) => (DateOrder::MonthFirst, DateProof::Shown),
        (true, false, false) => (DateOrder::DayFirst, DateProof::Assumed),
    }
}

/// A cell as a day; none for one that says nothing, such as 00/00/0000.
fn day(cell: &str, order: DateOrder, this_year: u32) -> Result<Option<Day>, &'static str> {
    let (parts, year_first) = date_parts(cell).ok_or("not a day")?;
    if parts == [0, 0, 0] {
        return Ok(None);
    }
    let [a, b, c] = parts;
    let (mut year, month, date) = match (year_first, order) {
        (true, _) => (a, b, c),
        (false, DateOrder::DayFirst) => (c, b, a),
        (false, DateOrder::MonthFirst) => (c, a, b),
    };
    if year < 100 {
        // Nobody was born in a year to come.
        let century = if year <= this_year % 100 { this_year / 100 } else { this_year / 100 - 1 };
        year += century * 100;
    }
    if year > this_year {
        return Err("not a day");
    }
    Day::try_from(format!("{year:04}-{month:02}-{date:02}")).map(Some)
}

/// Whether a cell only says that there is nothing.
fn says_nothing(cell: &str) -> bool {
    matches!(fold(cell).as_str(), "" | "-" | "--" | "---" | "n/a" | "na" | "null" | "none" | "." | "?")
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
            Ok(decode(&bytes))
        }
        (None, Some(text)) => Ok((text.trim_start_matches('\u{FEFF}').to_owned(), "UTF-8")),
        (Some(_), Some(_)) => Err(Error::invalid("text", "not both")),
        (None, None) => Err(Error::invalid("base64", "missing")),
    }
}

fn read(args: &ImportArgs, (text, encoding): (String, &'static str), now: Millis) -> Result<Table> {
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
    let (mut lines, mut unclosed) = records(text, delimiter, MOST_LINES + 2)?;
    for line in
        lines.iter_mut().map(|line| &mut line.line).chain(unclosed.iter_mut().map(|line| &mut line.line))
    {
        *line += skipped;
    }
    if lines.is_empty() && unclosed.is_none() {
        return Err(Error::invalid("base64", "nothing in it"));
    }
    let named = |line: &Record| line.cells.iter().any(|cell| by_header(cell).is_some());
    let header = !lines.is_empty() && args.header.unwrap_or_else(|| lines.first().is_some_and(named));
    let headers = if header { lines.remove(0).cells } else { Vec::new() };
    if lines.len() > MOST_LINES {
        return Err(Error::invalid("base64", "too many"));
    }
    let width =
        if header { headers.len() } else { lines.iter().map(|line| line.cells.len()).max().unwrap_or(0) };
    let mut fields = match &args.mapping {
        Some(mapping) if mapping.len() > width => return Err(Error::invalid("mapping", "too many")),
        Some(mapping) => mapping.clone(),
        None if header => mapping_of(&headers),
        None => by_content(&lines, width),
    };
    fields.resize(width, None);
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
    let rules = Rules { fields, order, this_year, exact: header };
    let count = i64::try_from(lines.len() + usize::from(unclosed.is_some())).map_err(Error::internal)?;
    let (mut ready, mut refused) = (Vec::new(), Vec::new());
    for line in &lines {
        match rules.client(line) {
            Ok(client) => ready.push(ImportLine { line: line.line, client }),
            Err(problem) => refused.push(problem),
        }
    }
    refused.extend(unclosed);
    let report = ImportReport {
        encoding: encoding.to_owned(),
        delimiter: char::from(delimiter).to_string(),
        header,
        columns,
        dates: rules.order,
        dates_proof: proof,
        lines: count,
        ready: 0,
        preview: Vec::new(),
        refused_lines: i64::try_from(refused.len()).map_err(Error::internal)?,
        refused,
        duplicate_lines: 0,
        duplicates: Vec::new(),
        imported: 0,
    };
    Ok(Table { report, lines: ready })
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
    fn client(&self, line: &Record) -> Result<ClientForm, RefusedLine> {
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
        let line_of = |field: ImportField| first(field).map(flat);
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
        let parts: Vec<String> = [ImportField::FirstName, ImportField::LastName, ImportField::Name]
            .into_iter()
            .flat_map(|field| all(field).map(flat).collect::<Vec<_>>())
            .collect();
        let mut name = parts.join(" ");
        // "Melo, Joana" in one column.
        if parts.len() == 1
            && let Some((last, given)) = name.split_once(", ")
            && !given.contains(',')
        {
            name = format!("{} {}", given.trim(), last.trim());
        }
        if name.is_empty() {
            return Err(refuse(Some(ImportField::Name), "missing", ""));
        }
        let address =
            all(ImportField::Address).filter(|cell| !says_nothing(cell)).collect::<Vec<_>>().join(", ");
        let birth_date = match first(ImportField::BirthDate) {
            None => None,
            Some(cell) => day(cell, self.order, self.this_year)
                .map_err(|reason| refuse(Some(ImportField::BirthDate), reason, cell))?,
        };
        let prose = |field: ImportField| {
            let text = all(field).filter(|cell| !says_nothing(cell)).collect::<Vec<_>>().join("\n");
            (!text.is_empty()).then_some(text)
        };
        let named = typed(Some(name), |reason, cell| refuse(Some(ImportField::Name), reason, cell))?;
        Ok(ClientForm {
            name: named.ok_or_else(|| refuse(Some(ImportField::Name), "missing", ""))?,
            pronouns: read!(Pronouns, line_of(ImportField::Pronouns)),
            phone: read!(Phone, phone(ImportField::Phone)?),
            email: read!(Email, line_of(ImportField::Email)),
            instagram: read!(Instagram, line_of(ImportField::Instagram)),
            address: read!(Address, (!address.is_empty()).then_some(address)),
            birth_date,
            emergency_name: read!(EmergencyName, line_of(ImportField::EmergencyName)),
            emergency_phone: read!(EmergencyPhone, phone(ImportField::EmergencyPhone)?),
            alerts: read!(Alerts, prose(ImportField::Alerts)),
            preferences: read!(Preferences, prose(ImportField::Preferences)),
            source: read!(Source, line_of(ImportField::Source)),
        })
    }
}

fn is_scientific(cell: &str) -> bool {
    cell.to_ascii_uppercase().split_once("E+").is_some_and(|(front, power)| {
        front.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            && power.chars().all(|c| c.is_ascii_digit())
    })
}

// ---- who is here already ---------------------------------------------------------------------------------------------

/// Earlier lines, by what makes two clients look like one.
#[derive(Default)]
struct Seen {
    phones: HashMap<String, Vec<(String, u64)>>,
    mails: HashMap<String, u64>,
    people: HashMap<(String, String), u64>,
}

fn tail(number: &str) -> String {
    number[number.len().saturating_sub(8)..].to_owned()
}

impl Seen {
    fn duplicate(&mut self, db: Reader<'_>, line: &ImportLine) -> Result<Option<DuplicateLine>> {
        let form = &line.client;
        let twin = |because, client_id: Option<String>, earlier_line| DuplicateLine {
            line: line.line,
            name: form.name.to_string(),
            because,
            client_id,
            earlier_line,
        };
        let mut found = None;
        let number = digits(form.phone.as_deref().unwrap_or(""));
        if !number.is_empty() {
            let near = self.phones.entry(tail(&number)).or_default();
            let earlier =
                near.iter().find(|(known, _)| store::same_number(known, &number)).map(|(_, at)| *at);
            let here = store::same_phone(db, &number, "")?.into_iter().next();
            if earlier.is_some() || here.is_some() {
                found = Some(twin(Likeness::Phone, here, earlier));
            }
            near.push((number, line.line));
        }
        if let Some(mail) = form.email.as_deref() {
            let earlier = self.mails.get(&mail.to_lowercase()).copied();
            let here = store::same_mail(db, mail)?;
            if found.is_none() && (earlier.is_some() || here.is_some()) {
                found = Some(twin(Likeness::Mail, here, earlier));
            }
            self.mails.entry(mail.to_lowercase()).or_insert(line.line);
        }
        if let Some(birth) = form.birth_date.map(String::from) {
            let here = store::same_person(db, &form.name, &birth)?;
            let key = (fold(&form.name), birth);
            let earlier = self.people.get(&key).copied();
            if found.is_none() && (earlier.is_some() || here.is_some()) {
                found = Some(twin(Likeness::NameAndBirth, here, earlier));
            }
            self.people.entry(key).or_insert(line.line);
        }
        Ok(found)
    }
}

/// Sorts out who is here already; what is left comes in.
fn settle(db: Reader<'_>, mut table: Table, skip: bool) -> Result<Table> {
    let mut seen = Seen::default();
    let mut duplicates = Vec::new();
    for line in &table.lines {
        duplicates.extend(seen.duplicate(db, line)?);
    }
    if skip {
        let out: std::collections::HashSet<u64> = duplicates.iter().map(|twin| twin.line).collect();
        table.lines.retain(|line| !out.contains(&line.line));
    }
    table.report.duplicate_lines = i64::try_from(duplicates.len()).map_err(Error::internal)?;
    table.report.duplicates = duplicates;
    table.report.ready = i64::try_from(table.lines.len()).map_err(Error::internal)?;
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
    let table = read(&args, read_args(&args)?, look.now())?;
    let mut report = settle(look.db(), table, args.skip_duplicates.unwrap_or(false))?.report;
    report.refused.truncate(PROBLEMS_SHOWN);
    report.duplicates.truncate(PROBLEMS_SHOWN);
    Ok(report)
}

/// Takes the table in, whole or, while a line is refused, not at all: the report says which it was.
pub(crate) fn import(
    tools: &Tools,
    args: ImportArgs,
) -> Result<impl FnOnce(&mut Change<'_>) -> Result<ImportReport> + use<>> {
    let table = read(&args, read_args(&args)?, tools.clock.now().wall)?;
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

/// The operator's way: a file's bytes, without a member. Who is here already is left out.
pub fn import_clients(desk: &Desk, bytes: &[u8], dry_run: bool) -> Result<ImportReport> {
    let args = ImportArgs { skip_duplicates: Some(true), ..ImportArgs::default() };
    let table = read(&args, decode(bytes), desk.now())?;
    if dry_run {
        return desk.peek(|db| Ok(settle(db, table, true)?.report));
    }
    desk.operate("clients.import", |cx| {
        let permit = cx.grant().whole()?;
        commit(cx, &permit, table, true)
    })
}
