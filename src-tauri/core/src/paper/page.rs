//! Pages: what stands where, and the file they become.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;

use super::font::{Face, Fonts};
use crate::error::{Error, Result};

/// Something on a page, in points from its left upper corner.
#[derive(Debug)]
pub(super) enum Mark {
    Text { x: f32, base: f32, text: String, face: Face },
    Stroke { points: Vec<(f32, f32)>, width: f32, grey: u8 },
}

impl Mark {
    pub(super) fn text(x: f32, base: f32, text: &str, face: Face) -> Mark {
        Mark::Text { x, base, text: text.to_owned(), face }
    }

    pub(super) fn line(from: (f32, f32), to: (f32, f32)) -> Mark {
        Mark::Stroke { points: vec![from, to], width: 0.6, grey: 190 }
    }
}

/// Pages of one size, and how far the last is written.
#[derive(Debug)]
pub(super) struct Sheet {
    width: f32,
    height: f32,
    margin: f32,
    foot: f32,
    pages: Vec<Vec<Mark>>,
    top: f32,
}

impl Sheet {
    pub(super) fn new(width: f32, height: f32, margin: f32, foot: f32) -> Sheet {
        Sheet { width, height, margin, foot, pages: vec![Vec::new()], top: margin }
    }

    pub(super) fn margin(&self) -> f32 {
        self.margin
    }

    /// Between the margins.
    pub(super) fn width(&self) -> f32 {
        self.width - 2.0 * self.margin
    }

    /// Of the whole page.
    pub(super) fn height(&self) -> f32 {
        self.height
    }

    pub(super) fn top(&self) -> f32 {
        self.top
    }

    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Begins a new page when so much does not fit on this one any more.
    pub(super) fn need(&mut self, height: f32) {
        if self.top + height > self.height - self.foot - 24.0 && self.top > self.margin {
            self.pages.push(Vec::new());
            self.top = self.margin;
        }
    }

    /// Space at the top of a new page is left out.
    pub(super) fn down(&mut self, height: f32) {
        if self.top > self.margin || self.pages.last().is_some_and(|page| !page.is_empty()) {
            self.top += height;
        }
    }

    /// Cuts the last page off where its writing ends.
    pub(super) fn cut(&mut self) {
        if self.pages.len() == 1 {
            self.height = self.top + self.margin;
        }
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub(super) fn mark_on(&mut self, page: usize, mark: Mark) {
        if let Some(page) = self.pages.get_mut(page) {
            page.push(mark);
        }
    }

    pub(super) fn write(&self, fonts: &Fonts, title: &str, language: &str) -> Result<Vec<u8>> {
        let mut document = Document::new();
        let about = Metadata::new().title(title.to_owned()).language(language.to_owned());
        document.set_metadata(about.creator("Inkpoint".to_owned()));
        for page in &self.pages {
            let size = PageSettings::from_wh(self.width, self.height);
            let mut written = document.start_page_with(size.ok_or_else(|| Error::internal("no such page"))?);
            let mut surface = written.surface();
            for mark in page {
                draw(&mut surface, fonts, mark);
            }
            surface.finish();
            written.finish();
        }
        document.finish().map_err(|error| Error::internal(format!("{error:?}")))
    }
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, mark: &Mark) {
    let shade = |grey: u8| rgb::Color::new(grey, grey, grey).into();
    match mark {
        Mark::Text { x, base, text, face } => {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: shade(face.grey), ..Fill::default() }));
            let glyphs = fonts.glyphs(text, face.weight);
            let font = fonts.font(face.weight);
            surface.draw_glyphs(Point::from_xy(*x, *base), &glyphs, font, text, face.size, false);
        }
        Mark::Stroke { points, width, grey } => {
            let mut path = PathBuilder::new();
            let Some((first, rest)) = points.split_first() else { return };
            path.move_to(first.0, first.1);
            for point in rest {
                path.line_to(point.0, point.1);
            }
            if rest.is_empty() {
                // A dot.
                path.line_to(first.0 + 0.1, first.1);
            }
            let Some(path) = path.finish() else { return };
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: shade(*grey),
                width: *width,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
        }
    }
}
