//! Amounts as people type them, and as other programs keep them in text.

use iso_currency::Currency;

use crate::error::{Error, Result};
use crate::money::Money;

/// How people write a currency besides its code and its sign.
const WORDS: [&str; 25] = [
    "bs", "dollar", "dollars", "dolar", "dolares", "euro", "euros", "fr", "ft", "kc", "kr", "lei", "mn",
    "peso", "pesos", "reais", "real", "rm", "rp", "rs", "sol", "soles", "won", "yen", "zl",
];

fn is_sign(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¥' | '฿' | '₡' | '\u{20a0}'..='\u{20cf}')
}

/// "MXN", "US$", "Fr." or "pesos". Any other word could mean anything: "500 mil" is not five hundred, "2 x 500" neither.
fn is_currency(word: &str) -> bool {
    if word.chars().any(|c| is_sign(c) || c == '/') {
        return word.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    }
    let word = crate::text::fold(&word.replace('.', ""));
    WORDS.contains(&word.as_str()) || Currency::from_code(&word.to_uppercase()).is_some()
}

/// The figures of an amount with their separators, and whether it is less than nothing.
pub(crate) fn figures(text: &str) -> Option<(bool, String)> {
    let stands = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let text = text.trim().replace('\u{2212}', "-");
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    // ".50" begins with its point, "Fr.50" does not.
    let before = text[..first].strip_suffix('.').filter(|before| !before.ends_with(char::is_alphabetic));
    let (before, point) = before.map_or((&text[..first], ""), |before| (before, "."));
    let negative = before.contains('-');
    let (before, after) = (before.replacen('-', "", 1), text[last + 1..].trim_start_matches(['.', ',']));
    for word in before.split_whitespace().chain(after.split_whitespace()) {
        if !is_currency(word) {
            return None;
        }
    }
    let groups: Vec<&str> = text[first..=last].split([' ', '\u{a0}', '\u{202f}', '\'', '\u{2019}']).collect();
    let leading = |group: &str| group.bytes().take_while(u8::is_ascii_digit).count();
    // "1 234,50": three figures in each but the first.
    let grouped = groups.len() == 1
        || (groups[0].len() <= 3
            && leading(groups[0]) == groups[0].len()
            && groups.iter().skip(1).all(|group| leading(group) == 3));
    if !grouped || !groups.iter().all(|group| group.chars().all(stands)) {
        return None;
    }
    Some((negative, format!("{point}{}", groups.concat())))
}

/// Reads an amount as a person types it: "1,234.50", "1.234,5", "1 234,50", "$ 80", "80 MXN". Up to the currency's
/// decimals.
///
/// # Errors
/// `invalid(text)`: "not an amount".
pub(crate) fn parse_amount(text: &str, exponent: i64) -> Result<Money> {
    let bad = || Error::invalid("text", "not an amount");
    let (negative, body) = figures(text).filter(|(_, body)| body.len() <= 24).ok_or_else(bad)?;
    let places = usize::try_from(exponent).map_err(Error::internal)?;
    // Of two kinds the last is the decimal one: with more figures behind it than the currency has, it is no amount of it.
    let mixed = body.contains('.') && body.contains(',');
    // The last separator is the decimal one when what follows fits the currency and no other of its kind is there.
    let split = body.rfind(['.', ',']).filter(|&at| {
        let after = body.len() - at - 1;
        let sign = &body[at..=at];
        after <= places && body.matches(sign).count() == 1
    });
    if mixed && split.is_none() {
        return Err(bad());
    }
    let (whole, fraction) = match split {
        Some(at) => (&body[..at], &body[at + 1..]),
        None => (body.as_str(), ""),
    };
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    if groups.len() > 1
        && (!(1..=3).contains(&groups[0].len()) || groups.iter().skip(1).any(|group| group.len() != 3))
    {
        return Err(bad());
    }
    let mut minor = groups.concat();
    minor.push_str(fraction);
    minor.extend(std::iter::repeat_n('0', places - fraction.len()));
    let amount: i64 = minor.parse().map_err(|_| bad())?;
    Money::new(if negative { -amount } else { amount })?.single()
}
