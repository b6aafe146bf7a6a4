//! Tables of figures that leave the house, as CSV or as a workbook. What is text stays text: no cell is ever a formula
//! (attack 42).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::sheet::{Sheet, SheetFile};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    Csv,
    Xlsx,
}

impl TableFormat {
    pub(crate) fn name(self) -> &'static str {
        match self {
            TableFormat::Csv => "csv",
            TableFormat::Xlsx => "xlsx",
        }
    }
}

/// A file of bytes that the desk saves for the member who asked.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct BinaryFile {
    /// A file name without a folder.
    pub name: String,
    pub base64: String,
    pub rows: i64,
}

/// A table as text, or a workbook as bytes.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
#[serde(untagged)]
pub enum TableFile {
    Text(SheetFile),
    Binary(BinaryFile),
}

impl TableFile {
    pub(crate) fn rows(&self) -> i64 {
        match self {
            TableFile::Text(file) => file.rows,
            TableFile::Binary(file) => file.rows,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
    Money(Money),
    /// Basis points.
    Share(i64),
    Nothing,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Cell {
        cell.map_or(Cell::Nothing, Into::into)
    }
}

impl From<Money> for Cell {
    fn from(amount: Money) -> Cell {
        Cell::Money(amount)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Number(number)
    }
}

/// One table: of a workbook a page of its own.
#[derive(Debug)]
pub(crate) struct Table {
    pub title: String,
    pub headers: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// The tables as one file. `exponent` says how many decimals the studio's money has. In CSV the tables stand one below
/// the other, each line beginning with its table's title when there are several.
pub(crate) fn file(
    tables: &[Table],
    format: TableFormat,
    name: &str,
    exponent: i64,
    at: Millis,
) -> Result<TableFile> {
    let name = format!("{name}.{}", format.name());
    match format {
        TableFormat::Csv => csv(tables, name, exponent).map(TableFile::Text),
        TableFormat::Xlsx => workbook(tables, name, exponent, at).map(TableFile::Binary),
    }
}

fn csv(tables: &[Table], name: String, exponent: i64) -> Result<SheetFile> {
    let several = tables.len() > 1;
    let widest = tables.iter().max_by_key(|table| table.headers.len());
    let mut headers: Vec<&str> = if several { vec![""] } else { Vec::new() };
    headers.extend(widest.iter().flat_map(|table| &table.headers));
    let mut sheet = Sheet::new(&headers)?;
    for table in tables {
        for row in &table.rows {
            let mut cells: Vec<String> = if several { vec![table.title.clone()] } else { Vec::new() };
            cells.extend(row.iter().map(|cell| match cell {
                Cell::Text(text) => text.clone(),
                Cell::Number(number) => number.to_string(),
                Cell::Money(amount) => amount.plain(exponent),
                Cell::Share(bp) => format!("{}.{:02}", bp / 100, bp % 100),
                Cell::Nothing => String::new(),
            }));
            // Every line has as many fields as the first (RFC 4180).
            cells.resize(headers.len(), String::new());
            sheet.row(&cells)?;
        }
    }
    sheet.file(name)
}

fn workbook(tables: &[Table], name: String, exponent: i64, at: Millis) -> Result<BinaryFile> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(at / 1_000).map_err(Error::internal)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let places = usize::try_from(exponent).unwrap_or(2);
    let money = Format::new().set_num_format(if places == 0 {
        "#,##0".to_owned()
    } else {
        format!("#,##0.{}", "0".repeat(places))
    });
    let share = Format::new().set_num_format("0.00%");
    let head = Format::new().set_bold();
    let unit = 10_f64.powi(i32::try_from(exponent).unwrap_or(2));
    let mut rows = 0;
    for table in tables {
        let page = book.add_worksheet();
        page.set_name(page_name(&table.title)).map_err(Error::internal)?;
        page.set_freeze_panes(1, 0).map_err(Error::internal)?;
        for (column, header) in (0..).zip(&table.headers) {
            page.write_string_with_format(0, column, *header, &head).map_err(Error::internal)?;
            page.set_column_width(column, 16).map_err(Error::internal)?;
        }
        for (line, row) in (1..).zip(&table.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Text(text) => page.write_string(line, column, text),
                    Cell::Number(number) => page.write_number(line, column, to_number(*number)),
                    Cell::Money(amount) => {
                        page.write_number_with_format(line, column, to_number(amount.minor()) / unit, &money)
                    }
                    Cell::Share(bp) => {
                        page.write_number_with_format(line, column, to_number(*bp) / 10_000.0, &share)
                    }
                    Cell::Nothing => continue,
                }
                .map_err(Error::internal)?;
            }
            rows += 1;
        }
    }
    let bytes = book.save_to_buffer().map_err(Error::internal)?;
    Ok(BinaryFile { name, base64: STANDARD.encode(bytes), rows })
}

/// Exact: no figure of a studio comes near what a spreadsheet's number can no longer hold.
#[allow(clippy::cast_precision_loss)]
fn to_number(number: i64) -> f64 {
    number as f64
}

/// What a page of a workbook may be called.
fn page_name(title: &str) -> String {
    let kept: String = title.chars().filter(|c| !r"[]:*?/\'".contains(*c)).take(31).collect();
    if kept.is_empty() { "1".to_owned() } else { kept }
}
