//! Tables that leave the house as CSV (RFC 4180), safe to open in a spreadsheet.

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::error::{Error, Result};

/// A file that the desk saves for the member who asked.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SheetFile {
    /// A file name without a folder.
    pub name: String,
    pub text: String,
    pub rows: i64,
}

/// A table being written.
#[derive(Debug)]
pub(crate) struct Sheet {
    writer: csv::Writer<Vec<u8>>,
    rows: i64,
}

impl Sheet {
    pub fn new(headers: &[&str]) -> Result<Sheet> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(headers).map_err(Error::internal)?;
        Ok(Sheet { writer, rows: 0 })
    }

    pub fn row(&mut self, cells: &[String]) -> Result<()> {
        self.writer.write_record(cells.iter().map(|cell| harmless(cell))).map_err(Error::internal)?;
        self.rows += 1;
        Ok(())
    }

    pub fn file(self, name: String) -> Result<SheetFile> {
        let bytes = self.writer.into_inner().map_err(Error::internal)?;
        // The mark tells a spreadsheet that the text is UTF-8.
        let text = format!("\u{FEFF}{}", String::from_utf8(bytes).map_err(Error::internal)?);
        Ok(SheetFile { name, text, rows: self.rows })
    }
}

/// A cell that no spreadsheet takes for a formula (attack 42): what begins like one gets a quote in front. A negative
/// number keeps its sign; nothing here is written with a plus but somebody's words.
pub(crate) fn harmless(cell: &str) -> String {
    let first = cell.trim_start_matches([' ', '\u{A0}']).chars().next();
    // Wide ones as well, which some read as the narrow ones.
    let wide = matches!(first, Some('＝' | '＋' | '－' | '＠'));
    let starts = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%'));
    let number = cell.starts_with('-') && cell.parse::<f64>().is_ok();
    if (starts || wide || cell.starts_with('\t')) && !number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn attack_42_a_cell_is_never_a_formula() {
        for formula in
            ["=1+1", "@SUM(A1)", "+1-2", "-cmd|' /C calc'!A0", "\t=1", "  =1", "%0", "|x", "+5", "＝1", "-x"]
        {
            assert!(harmless(formula).starts_with('\''), "{formula}");
        }
        for plain in ["Joana", "-12.50", "12", "", "a=b", "Ñandú"] {
            assert_eq!(harmless(plain), plain);
        }
    }
}
