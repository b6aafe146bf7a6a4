//! What leaves the house on paper: PDF, A4 or Letter, in the studio's language.
//!
//! A paper is written from top to bottom and breaks into pages by itself. Text is placed letter by letter with one
//! embedded font; a letter that it does not have stands as an empty box and can still be copied out of the file.

pub(crate) mod figures;
mod font;
mod page;
mod roll;
pub(crate) mod words;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::error::Result;
use crate::studio::{Language, Settings};
pub(crate) use font::is_hidden;
use font::{Face, Fonts, Weight};
use page::{Mark, Sheet};
pub(crate) use roll::roll;

/// A document that the desk saves for the member who asked.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PaperFile {
    /// A file name without a folder.
    pub name: String,
    pub base64: String,
}

/// Where a cell's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A cell as it is set.
#[derive(Debug)]
struct Column {
    left: f32,
    width: f32,
    align: Align,
    lines: Vec<String>,
}

/// All measures are points, 72 to an inch.
const MARGIN: f32 = 56.0;
/// Of a page full of figures.
const NARROW: f32 = 40.0;
const BODY: f32 = 10.0;
/// Of tables with many columns.
const FINE: f32 = 8.0;
const SMALL: f32 = 8.0;
const HEADING: f32 = 12.0;
const TITLE: f32 = 18.0;
/// Of a line, as a multiple of its letters.
const LEADING: f32 = 1.45;
/// Between the cells of a row.
const GUTTER: f32 = 10.0;
const FOOT: f32 = 36.0;

const INK: u8 = 20;
const GREY: u8 = 110;

/// A document being written.
#[derive(Debug)]
pub(crate) struct Paper {
    fonts: Fonts,
    language: Language,
    title: String,
    /// Stands at the foot of each page, beside its number.
    foot: String,
    sheet: Sheet,
}

/// Letter where that is what printers hold, A4 elsewhere.
fn size(locale: &str) -> (f32, f32) {
    const LETTER: [&str; 18] = [
        "US", "CA", "MX", "PH", "CO", "CL", "VE", "GT", "CR", "PA", "SV", "HN", "NI", "DO", "PR", "BZ", "BO",
        "EC",
    ];
    let region = locale.split('-').skip(1).find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    if region.is_some_and(|region| LETTER.contains(&region.as_str())) {
        (612.0, 792.0)
    } else {
        (595.0, 842.0)
    }
}

impl Paper {
    /// Begins with the studio's name and a title.
    pub(crate) fn new(settings: &Settings, title: &str) -> Result<Paper> {
        Paper::within(settings, title, MARGIN)
    }

    /// As [`Paper::new`], with room for a table of many columns.
    pub(crate) fn wide(settings: &Settings, title: &str) -> Result<Paper> {
        Paper::within(settings, title, NARROW)
    }

    fn within(settings: &Settings, title: &str, margin: f32) -> Result<Paper> {
        let (width, height) = size(&settings.locale);
        let mut paper = Paper {
            fonts: Fonts::new()?,
            language: settings.language,
            title: title.to_owned(),
            foot: settings.name.clone(),
            sheet: Sheet::new(width, height, margin, FOOT),
        };
        paper.put(&settings.name, Face { weight: Weight::Strong, size: SMALL, grey: GREY }, 0.0);
        paper.space(4.0);
        paper.put(title, Face { weight: Weight::Strong, size: TITLE, grey: INK }, 0.0);
        paper.space(10.0);
        Ok(paper)
    }

    /// What else stands at the foot of each page, after the studio's name.
    pub(crate) fn foot(&mut self, text: &str) {
        self.foot = format!("{}  ·  {text}", self.foot);
    }

    pub(crate) fn heading(&mut self, text: &str) {
        self.space(8.0);
        // A heading alone at the end of a page belongs to the next.
        self.sheet.need(HEADING * LEADING + 3.0 * BODY * LEADING);
        self.put(text, Face { weight: Weight::Strong, size: HEADING, grey: INK }, 0.0);
        self.space(2.0);
    }

    /// A paragraph; line breaks in it are kept.
    pub(crate) fn text(&mut self, text: &str) {
        self.put(text, Face { weight: Weight::Plain, size: BODY, grey: INK }, 0.0);
        self.space(5.0);
    }

    /// A remark.
    pub(crate) fn small(&mut self, text: &str) {
        self.put(text, Face { weight: Weight::Plain, size: SMALL, grey: GREY }, 0.0);
        self.space(3.0);
    }

    pub(crate) fn list(&mut self, items: &[&str]) {
        let face = Face { weight: Weight::Plain, size: BODY, grey: INK };
        for item in items {
            self.sheet.need(BODY * LEADING);
            let top = self.sheet.top();
            self.sheet.mark(Mark::text(self.sheet.margin() + 4.0, top + BODY, "•", face));
            self.put(item, face, 16.0);
            self.space(2.0);
        }
        self.space(3.0);
    }

    /// A row of a table. `widths` are parts of the whole; a cell that is too long goes on below itself.
    pub(crate) fn row(&mut self, cells: &[&str], widths: &[f32], align: &[Align]) {
        self.cells(cells, widths, align, Face { weight: Weight::Plain, size: BODY, grey: INK });
    }

    /// A row that says what the others come to.
    pub(crate) fn sum(&mut self, cells: &[&str], widths: &[f32], align: &[Align]) {
        self.cells(cells, widths, align, Face { weight: Weight::Strong, size: BODY, grey: INK });
    }

    /// A row of a table with many columns.
    pub(crate) fn fine(&mut self, cells: &[&str], widths: &[f32], align: &[Align]) {
        self.cells(cells, widths, align, Face { weight: Weight::Plain, size: FINE, grey: INK });
    }

    /// The first row of a table with many columns.
    pub(crate) fn head(&mut self, cells: &[&str], widths: &[f32], align: &[Align]) {
        self.cells(cells, widths, align, Face { weight: Weight::Strong, size: FINE, grey: INK });
        self.rule();
    }

    /// A table with many columns. Its head stands again on each page that it goes on to.
    pub(crate) fn table(&mut self, head: &[&str], rows: &[Vec<String>], widths: &[f32], align: &[Align]) {
        let face = Face { weight: Weight::Plain, size: FINE, grey: INK };
        self.head(head, widths, align);
        for row in rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            let lines =
                self.columns(&cells, widths, align, face).iter().map(|column| column.lines.len()).max();
            let pages = self.sheet.pages();
            #[allow(clippy::cast_precision_loss)] // A few lines.
            self.sheet.need(lines.unwrap_or(0) as f32 * face.size * LEADING);
            if self.sheet.pages() > pages {
                self.head(head, widths, align);
            }
            self.fine(&cells, widths, align);
        }
    }

    /// Where each cell of a row stands, and its lines.
    fn columns(&self, cells: &[&str], widths: &[f32], align: &[Align], face: Face) -> Vec<Column> {
        let whole: f32 = widths.iter().take(cells.len()).sum::<f32>().max(f32::EPSILON);
        let mut left = self.sheet.margin();
        let mut columns = Vec::with_capacity(cells.len());
        for (at, cell) in cells.iter().enumerate() {
            let part = widths.get(at).copied().unwrap_or(0.0) / whole * self.sheet.width();
            let last = at + 1 == cells.len();
            // As far apart as the letters are high.
            let width = if last { part } else { (part - face.size).max(1.0) };
            let align = align.get(at).copied().unwrap_or(Align::Left);
            columns.push(Column { left, width, align, lines: self.fonts.wrap(cell, face, width) });
            left += part;
        }
        columns
    }

    fn cells(&mut self, cells: &[&str], widths: &[f32], align: &[Align], face: Face) {
        let columns = self.columns(cells, widths, align, face);
        let lines = columns.iter().map(|column| column.lines.len()).max().unwrap_or(0);
        for line in 0..lines {
            self.sheet.need(face.size * LEADING);
            let base = self.sheet.top() + face.size;
            for column in &columns {
                let Some(text) = column.lines.get(line) else { continue };
                let shift = match column.align {
                    Align::Left => 0.0,
                    Align::Right => column.width - self.fonts.width(text, face),
                };
                self.sheet.mark(Mark::text(column.left + shift, base, text, face));
            }
            self.sheet.down(face.size * LEADING);
        }
        self.space(1.0);
    }

    /// A line from margin to margin.
    pub(crate) fn rule(&mut self) {
        self.sheet.need(6.0);
        let top = self.sheet.top() + 2.0;
        let left = self.sheet.margin();
        self.sheet.mark(Mark::line((left, top), (left + self.sheet.width(), top)));
        self.sheet.down(6.0);
    }

    /// Something drawn, such as a signature, at most so wide and so high; in its own proportions.
    pub(crate) fn strokes(&mut self, field: (f64, f64), strokes: &[Vec<(f64, f64)>], most: (f32, f32)) {
        #[allow(clippy::cast_possible_truncation)] // A point of a drawing on paper.
        let near = |value: f64| value as f32;
        let (width, height) = (near(field.0).max(1.0), near(field.1).max(1.0));
        let scale = (most.0.min(self.sheet.width()) / width).min(most.1 / height);
        self.sheet.need(height * scale);
        let (left, top) = (self.sheet.margin(), self.sheet.top());
        let clamp = |value: f64, side: f32| near(value).clamp(0.0, side) * scale;
        for stroke in strokes {
            let points =
                stroke.iter().map(|(x, y)| (left + clamp(*x, width), top + clamp(*y, height))).collect();
            self.sheet.mark(Mark::Stroke { points, width: 1.1, grey: INK });
        }
        self.sheet.down(height * scale);
    }

    pub(crate) fn space(&mut self, height: f32) {
        self.sheet.down(height);
    }

    fn put(&mut self, text: &str, face: Face, indent: f32) {
        for line in self.fonts.wrap(text, face, self.sheet.width() - indent) {
            self.sheet.need(face.size * LEADING);
            let base = self.sheet.top() + face.size;
            self.sheet.mark(Mark::text(self.sheet.margin() + indent, base, &line, face));
            self.sheet.down(face.size * LEADING);
        }
    }

    /// Numbers the pages and writes the file.
    pub(crate) fn file(self, name: String) -> Result<PaperFile> {
        Ok(PaperFile { name, base64: STANDARD.encode(self.bytes()?) })
    }

    pub(crate) fn bytes(mut self) -> Result<Vec<u8>> {
        let face = Face { weight: Weight::Plain, size: SMALL, grey: GREY };
        let pages = self.sheet.pages();
        for page in 0..pages {
            let number = words::page(self.language, page + 1, pages);
            let room = self.sheet.width() - self.fonts.width(&number, face) - GUTTER;
            let foot = self.fonts.wrap(&self.foot, face, room);
            let base = self.sheet.height() - FOOT;
            let right = self.sheet.margin() + self.sheet.width() - self.fonts.width(&number, face);
            self.sheet.mark_on(page, Mark::text(right, base, &number, face));
            // Of a foot that is too long the first two lines.
            for (at, line) in foot.iter().take(2).enumerate() {
                let down = if at == 0 { 0.0 } else { SMALL * 1.2 };
                self.sheet.mark_on(page, Mark::text(self.sheet.margin(), base + down, line, face));
            }
        }
        let language = words::tag(self.language);
        self.sheet.write(&self.fonts, &self.title, language)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
