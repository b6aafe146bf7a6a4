//! From a text to the bytes that a receipt printer prints, and never to one that it obeys.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::printer::Printer;
use escpos::printer_options::PrinterOptions;
use escpos::utils::{CharacterSet, PageCode, Protocol};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::slip::{SlipLine, Weight};
use crate::error::{Error, Result};

/// Which letters the printer has beside the plain ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodePage {
    /// Western Europe and the Americas, with the euro.
    Pc858,
    /// The same without the euro.
    Pc850,
    /// What the oldest printers have.
    Pc437,
    /// Central Europe.
    Pc852,
    /// Western Europe as Windows has it.
    Wpc1252,
}

/// What a printer's cable to the drawer calls the drawer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KickPin {
    Two,
    Five,
}

/// Longer than any letter is in other letters: the name of a picture.
const LONGEST_LETTER: usize = 4;

impl CodePage {
    fn code(self) -> PageCode {
        match self {
            CodePage::Pc858 => PageCode::PC858,
            CodePage::Pc850 => PageCode::PC850,
            CodePage::Pc437 => PageCode::PC437,
            CodePage::Pc852 => PageCode::PC852,
            CodePage::Wpc1252 => PageCode::WPC1252,
        }
    }

    /// Whether the printer has this letter.
    fn has(self, c: char) -> bool {
        let bytes = collected(self, |printer| printer.write(c.encode_utf8(&mut [0; 4])).map(|_| ()));
        // A letter that is not on the page would go out as its UTF-8.
        bytes.is_ok_and(|bytes| matches!(bytes.as_slice(), [byte] if *byte >= 0x80))
    }

    /// The same text in letters that the printer has: the nearest ones for the others, a question mark where there are
    /// none, and no control character whatever.
    pub(crate) fn readable(self, text: &str) -> String {
        let mut said = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                ' '..='~' => said.push(c),
                '\t' | '\u{A0}' | '\u{202F}' | '\u{2009}' => said.push(' '),
                '€' if !self.has(c) => said.push_str("EUR"),
                _ if c.is_control() || crate::paper::is_hidden(c) => {}
                _ if self.has(c) => said.push(c),
                _ => match deunicode::deunicode_char(c).map(str::trim) {
                    Some(near) if near.len() <= LONGEST_LETTER => said.push_str(near),
                    _ => said.push('?'),
                },
            }
        }
        said
    }
}

/// Keeps what a printer would have been sent.
#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Driver for Kept {
    fn name(&self) -> String {
        "kept".to_owned()
    }

    fn write(&self, data: &[u8]) -> escpos::errors::Result<()> {
        self.0.try_borrow_mut()?.extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> escpos::errors::Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> escpos::errors::Result<()> {
        Ok(())
    }
}

fn collected(
    page: CodePage,
    write: impl FnOnce(&mut Printer<Kept>) -> escpos::errors::Result<()>,
) -> Result<Vec<u8>> {
    let kept = Kept::default();
    let mut options = PrinterOptions::default();
    options.page_code(Some(page.code()));
    let mut printer = Printer::new(kept.clone(), Protocol::default(), Some(options));
    write(&mut printer).and_then(|()| printer.print().map(|_| ())).map_err(Error::internal)?;
    Ok(kept.0.take())
}

/// A line in the printer's bytes. Plain letters are theirs in every page; escpos has a hyphen for one of them.
fn encoded(text: &str, page: CodePage) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in page.readable(text).chars() {
        match u8::try_from(c) {
            Ok(plain @ b' '..=b'~') => bytes.push(plain),
            _ => bytes
                .extend(collected(page, |printer| printer.write(c.encode_utf8(&mut [0; 4])).map(|_| ()))?),
        }
    }
    Ok(bytes)
}

/// The job that prints these lines and cuts the paper.
pub(crate) fn job(lines: &[SlipLine], page: CodePage) -> Result<Vec<u8>> {
    let texts = lines.iter().map(|line| encoded(&line.text, page)).collect::<Result<Vec<_>>>()?;
    collected(page, |printer| {
        // In the set of another country the dollar is another sign.
        printer.init()?.character_set(CharacterSet::USA)?;
        let mut now = Weight::Plain;
        for (line, text) in lines.iter().zip(&texts) {
            if line.weight != now {
                now = line.weight;
                printer.bold(matches!(now, Weight::Strong | Weight::Large))?;
                printer.size(1, if now == Weight::Large { 2 } else { 1 })?;
            }
            printer.custom(text)?.feed()?;
        }
        printer.bold(false)?.size(1, 1)?.feeds(2)?.partial_cut()?;
        Ok(())
    })
}

/// The job that opens the drawer and prints nothing.
pub(crate) fn kick(pin: KickPin) -> Vec<u8> {
    // Written by hand: escpos leaves out for how long the pulse is on and off, and the printer would take both from
    // whatever comes next. Times of 2 ms: 50 and 500.
    let pin = match pin {
        KickPin::Two => 0,
        KickPin::Five => 1,
    };
    vec![0x1B, b'p', pin, 25, 250]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{CodePage, encoded};

    const ALL: [CodePage; 5] =
        [CodePage::Pc858, CodePage::Pc850, CodePage::Pc437, CodePage::Pc852, CodePage::Wpc1252];

    #[test]
    fn every_letter_is_one_that_the_printer_has() {
        for page in ALL {
            for c in (0..0x3000_u32).chain((0x3000..0x2_0000).step_by(37)).filter_map(char::from_u32) {
                let said = page.readable(&c.to_string());
                let bytes = encoded(&said, page).unwrap();
                assert_eq!(bytes.len(), said.chars().count(), "{page:?} {c:?} {said:?}");
                assert!(bytes.iter().all(|byte| *byte >= 0x20 && *byte != 0x7F), "{page:?} {c:?} {bytes:?}");
            }
        }
    }

    #[test]
    fn a_letter_that_is_missing_becomes_the_nearest() {
        for (page, text, said) in [
            (CodePage::Pc858, "Ñandú José 12,50\u{A0}€", "Ñandú José 12,50 €"),
            (CodePage::Pc437, "Ñandú José 12,50\u{A0}€", "Ñandú José 12,50 EUR"),
            (CodePage::Pc858, "Łódź „tusz”", "Lódz ,,tusz\""),
            (CodePage::Pc852, "Łódź", "Łódź"),
            (CodePage::Pc858, "Ελλάδα Ђуро", "Ellada Djuro"),
            (CodePage::Pc858, "e\u{301} \u{202E}evil\u{202C}\u{1B}@", "e evil@"),
            (CodePage::Pc858, "👍🦄 - ~", "+1? - ~"),
        ] {
            assert_eq!(page.readable(text), said, "{page:?}");
        }
    }
}
