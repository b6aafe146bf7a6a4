//! The embedded font: how wide a text is, and where its lines break.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::error::{Error, Result};

/// Inter, reduced to Latin, Greek and Cyrillic with what stands between them.
const PLAIN: &[u8] = include_bytes!("../../../../assets/fonts/Inter-Regular.otf");
const STRONG: &[u8] = include_bytes!("../../../../assets/fonts/Inter-SemiBold.otf");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Plain,
    Strong,
}

/// How a text looks: its size in points, and its grey from 0, black, to 255.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub weight: Weight,
    pub size: f32,
    pub grey: u8,
}

struct One {
    font: Font,
    read: FontRef<'static>,
    units: f32,
}

/// Both weights.
pub(super) struct Fonts {
    plain: One,
    strong: One,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fonts")
    }
}

fn one(bytes: &'static [u8]) -> Result<One> {
    let font = Font::new(bytes.into(), 0).ok_or_else(|| Error::internal("the font cannot be read"))?;
    let read = FontRef::new(bytes).map_err(Error::internal)?;
    let units = font.units_per_em().max(1.0);
    Ok(One { font, read, units })
}

/// Characters that are not seen but would reorder or hide what stands around them, and those that control a terminal.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FE00}'..='\u{FE0F}')
}

impl Fonts {
    pub(super) fn new() -> Result<Fonts> {
        Ok(Fonts { plain: one(PLAIN)?, strong: one(STRONG)? })
    }

    fn of(&self, weight: Weight) -> &One {
        match weight {
            Weight::Plain => &self.plain,
            Weight::Strong => &self.strong,
        }
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.of(weight).font.clone()
    }

    /// The letters of a line, each with its width as a part of the size.
    pub(super) fn glyphs(&self, text: &str, weight: Weight) -> Vec<KrillaGlyph> {
        let one = self.of(weight);
        let letters = one.read.charmap();
        let widths = one.read.glyph_metrics(Size::unscaled(), LocationRef::default());
        text.char_indices()
            .map(|(at, c)| {
                // Zero is the empty box.
                let glyph = letters.map(c).unwrap_or_default();
                let width = widths.advance_width(glyph).unwrap_or(0.0) / one.units;
                let id = GlyphId::new(glyph.to_u32());
                KrillaGlyph::new(id, width, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None)
            })
            .collect()
    }

    /// In points.
    pub(super) fn width(&self, text: &str, face: Face) -> f32 {
        self.glyphs(text, face.weight).iter().map(|glyph| glyph.x_advance).sum::<f32>() * face.size
    }

    /// Breaks a text into lines that fit. A word that is wider than a line is broken where it must be.
    pub(super) fn wrap(&self, text: &str, face: Face, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            let mut used = 0.0;
            let space = self.width(" ", face);
            for word in paragraph.split_whitespace() {
                let word: String = word.chars().filter(|c| !is_hidden(*c)).collect();
                if word.is_empty() {
                    continue;
                }
                let long = self.width(&word, face);
                if !line.is_empty() && used + space + long > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                if long <= width {
                    if !line.is_empty() {
                        line.push(' ');
                        used += space;
                    }
                    line.push_str(&word);
                    used += long;
                    continue;
                }
                for c in word.chars() {
                    let wide = self.width(c.encode_utf8(&mut [0; 4]), face);
                    if !line.is_empty() && used + wide > width {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(c);
                    used += wide;
                }
            }
            lines.push(line);
        }
        lines
    }
}
