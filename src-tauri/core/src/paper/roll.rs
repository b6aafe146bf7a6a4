//! A slip as a document: as wide as the roll of a receipt printer, and as long as it takes.

use super::font::{Face, Fonts, Weight};
use super::page::{Mark, Sheet};
use super::{GREY, INK, LEADING, PaperFile, STANDARD, words};
use crate::error::Result;
use crate::printing::slip::{Row, Slip, Weight as Stands};
use crate::studio::Settings;

use base64::Engine;

/// 80 mm of paper, of which 72 are printed on.
const WIDTH: f32 = 226.8;
const MARGIN: f32 = 11.3;
/// No PDF has longer pages; a slip that is longer goes on over another.
const LONGEST: f32 = 14_000.0;
const GAP: f32 = 8.0;

fn face(stands: Stands) -> Face {
    let (weight, size, grey) = match stands {
        Stands::Minor => (Weight::Plain, 7.5, GREY),
        Stands::Plain => (Weight::Plain, 9.0, INK),
        Stands::Strong => (Weight::Strong, 9.0, INK),
        Stands::Large => (Weight::Strong, 12.0, INK),
    };
    Face { weight, size, grey }
}

/// The file of a slip.
pub(crate) fn roll(settings: &Settings, slip: &Slip, name: String) -> Result<PaperFile> {
    let fonts = Fonts::new()?;
    let mut roll = Roll { sheet: Sheet::new(WIDTH, LONGEST, MARGIN, 0.0), fonts };
    for row in &slip.rows {
        match row {
            Row::Centre(text, stands) => roll.centre(text, face(*stands)),
            Row::Text(text, stands) => roll.text(text, face(*stands)),
            Row::Pair(label, value, stands) => roll.pair(label, value, face(*stands)),
            Row::Rule => roll.rule(),
            Row::Space => roll.sheet.down(GAP),
        }
    }
    roll.sheet.cut();
    let bytes = roll.sheet.write(&roll.fonts, &slip.title, words::tag(settings.language))?;
    Ok(PaperFile { name, base64: STANDARD.encode(bytes) })
}

struct Roll {
    sheet: Sheet,
    fonts: Fonts,
}

/// What leads a text indents it.
fn indent(text: &str) -> f32 {
    if text.starts_with("  ") { 8.0 } else { 0.0 }
}

impl Roll {
    fn line(&mut self, x: f32, text: &str, face: Face) {
        self.sheet.need(face.size * LEADING);
        let base = self.sheet.top() + face.size;
        self.sheet.mark(Mark::text(x, base, text, face));
    }

    fn centre(&mut self, text: &str, face: Face) {
        for line in self.fonts.wrap(text, face, self.sheet.width()) {
            let x = MARGIN + (self.sheet.width() - self.fonts.width(&line, face)) / 2.0;
            self.line(x, &line, face);
            self.sheet.down(face.size * LEADING);
        }
    }

    fn text(&mut self, text: &str, face: Face) {
        let indent = indent(text);
        for line in self.fonts.wrap(text, face, self.sheet.width() - indent) {
            self.line(MARGIN + indent, &line, face);
            self.sheet.down(face.size * LEADING);
        }
    }

    fn pair(&mut self, label: &str, value: &str, face: Face) {
        let wide = self.fonts.width(value, face);
        let room = self.sheet.width() - wide - GAP;
        let own_line = room < self.sheet.width() / 4.0;
        let indent = indent(label);
        let room = if own_line { self.sheet.width() } else { room };
        let lines = self.fonts.wrap(label, face, room - indent);
        let right = MARGIN + self.sheet.width() - wide;
        for (at, line) in lines.iter().enumerate() {
            self.line(MARGIN + indent, line, face);
            if at == 0 && !own_line {
                self.line(right, value, face);
            }
            self.sheet.down(face.size * LEADING);
        }
        if own_line {
            for line in self.fonts.wrap(value, face, self.sheet.width()) {
                let x = MARGIN + self.sheet.width() - self.fonts.width(&line, face);
                self.line(x, &line, face);
                self.sheet.down(face.size * LEADING);
            }
        }
    }

    fn rule(&mut self) {
        self.sheet.down(4.0);
        let top = self.sheet.top();
        self.sheet.mark(Mark::line((MARGIN, top), (MARGIN + self.sheet.width(), top)));
        self.sheet.down(4.0);
    }
}
