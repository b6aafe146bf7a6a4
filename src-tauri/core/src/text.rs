//! Text a caller sends, checked once on the way in: trimmed, bounded, free of control characters.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One line of 1 to `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Line<const MAX: usize>(String);

/// Text of 1 to `MAX` characters that may hold line breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Prose<const MAX: usize>(String);

/// What a label or a barcode says, of 1 to `MAX` characters. Those that nobody sees are left out: two codes that look
/// alike are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Mark<const MAX: usize>(String);

/// A person's or a thing's name.
pub type Name = Line<120>;
/// A phone number, a mail address, a handle, a reason.
pub type Short = Line<200>;
/// A note.
pub type Note = Prose<4000>;
/// The id of a record: opaque, made by Inkpoint.
pub type Id = Line<64>;

/// A password or code on its way in. Never printed, never serialised.
#[derive(Clone, Deserialize, TS)]
#[serde(try_from = "String")]
#[ts(type = "string")]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl TryFrom<String> for Secret {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Secret, &'static str> {
        if text.len() > 1_024 { Err("too long") } else { Ok(Secret(text)) }
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": 1024, "writeOnly": true})
    }
}

/// Characters that reorder what stands around them: a name must not be able to disguise itself.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters without a shape of their own.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn checked(text: &str, max: usize, breaks: bool) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("empty");
    }
    // Bytes first: counting the characters of ten megabytes is wasted work.
    if text.len() > max * 4 || text.chars().count() > max {
        return Err("too long");
    }
    if text
        .chars()
        .any(|c| is_bidi_control(c) || (c.is_control() && !(breaks && matches!(c, '\n' | '\r' | '\t'))))
    {
        return Err("control character");
    }
    Ok(text.to_owned())
}

macro_rules! text {
    ($name:ident, $breaks:literal, $kept:expr) => {
        impl<const MAX: usize> TryFrom<String> for $name<MAX> {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, &'static str> {
                checked(&$kept(text), MAX, $breaks).map(Self)
            }
        }
        impl<const MAX: usize> From<$name<MAX>> for String {
            fn from(text: $name<MAX>) -> String {
                text.0
            }
        }
        impl<const MAX: usize> std::ops::Deref for $name<MAX> {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl<const MAX: usize> JsonSchema for $name<MAX> {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                format!("{}{MAX}", stringify!($name)).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "minLength": 1, "maxLength": MAX})
            }
        }
    };
}
text!(Line, false, std::convert::identity::<String>);
text!(Prose, true, std::convert::identity::<String>);
text!(Mark, false, |text: String| text.replace(is_invisible, ""));

/// Text that may also be sent empty, which takes away what stood there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(try_from = "String")]
#[ts(type = "string")]
pub struct OrEmpty<const MAX: usize, const BREAKS: bool>(Option<String>);

/// One line, or nothing.
pub type ShortOrEmpty = OrEmpty<200, false>;
/// A note, or nothing.
pub type NoteOrEmpty = OrEmpty<4000, true>;

impl<const MAX: usize, const BREAKS: bool> OrEmpty<MAX, BREAKS> {
    pub fn into_text(self) -> Option<String> {
        self.0
    }
}

impl<const MAX: usize, const BREAKS: bool> TryFrom<String> for OrEmpty<MAX, BREAKS> {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, &'static str> {
        match text.trim() {
            "" => Ok(OrEmpty(None)),
            text => checked(text, MAX, BREAKS).map(|text| OrEmpty(Some(text))),
        }
    }
}

impl<const MAX: usize, const BREAKS: bool> JsonSchema for OrEmpty<MAX, BREAKS> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("OrEmpty{MAX}").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": MAX})
    }
}

/// Folded for search: lower case, accents gone, so that "jose" finds "José" however it was written, and letters that stand
/// for two as those two: whoever has no key for "ß" types "ss".
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'č' | 'ć' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => folded.push('e'),
            'ğ' => folded.push('g'),
            'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'į' => folded.push('i'),
            'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'ř' => folded.push('r'),
            'š' | 'ś' | 'ş' | 'ș' => folded.push('s'),
            'ť' | 'ţ' | 'ț' => folded.push('t'),
            'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ž' | 'ź' | 'ż' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            // An accent that stands for itself, as some systems write them.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// A code as it is compared with others: as search folds a word, without what nobody sees, and letters of full width, as
/// some keyboards write them, as those of half.
pub fn fold_code(code: &str) -> String {
    let seen = code.chars().filter(|c| !is_invisible(*c));
    let narrow = seen.map(|c| match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        other => other,
    });
    fold(&narrow.collect::<String>())
}

/// The digits of a phone number, for search and duplicate checks.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
