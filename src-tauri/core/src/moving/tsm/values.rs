//! What stands in another program's cells, as what it means here.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::calendar::{Day, Zone};
use crate::clock::Millis;
use crate::money::{LIMIT, Money};
use crate::storage::foreign::Cell;

/// Millionths of a minor unit: sums of rounding are told in them.
pub(super) const FINE: i128 = 1_000_000;

/// An amount to the cent, and what stood there in millionths of a minor unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub money: Money,
    pub exact: i128,
    /// It stood there as text.
    pub text: bool,
}

impl Amount {
    pub(super) fn is_rounded(&self) -> bool {
        i128::from(self.money.minor()) * FINE != self.exact
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAmount {
    Nothing,
    NotMoney,
    TooLarge,
}

pub(super) fn amount(cell: &Cell, exponent: i64) -> Result<Amount, NoAmount> {
    match cell {
        Cell::Nothing => Err(NoAmount::Nothing),
        Cell::Bytes(_) => Err(NoAmount::NotMoney),
        Cell::Whole(units) => decimal(&units.to_string(), exponent),
        // The shortest figures that read back as this float: what somebody typed.
        Cell::Real(float) if float.is_finite() => decimal(&float.to_string(), exponent),
        Cell::Real(_) => Err(NoAmount::NotMoney),
        Cell::Text(text) => {
            let text = text.trim();
            if text.is_empty() {
                return Err(NoAmount::Nothing);
            }
            let read = match decimal(text, exponent) {
                Ok(read) if exponent > 0 || !is_grouped(text) => read,
                Ok(_) | Err(NoAmount::NotMoney) => typed(text, exponent)?,
                Err(other) => return Err(other),
            };
            Ok(Amount { text: true, ..read })
        }
    }
}

/// "12.500": of money without decimals these are thousands.
fn is_grouped(text: &str) -> bool {
    let body = text.strip_prefix('-').unwrap_or(text);
    body.split_once('.').is_some_and(|(whole, rest)| {
        (1..=3).contains(&whole.len()) && !whole.starts_with('0') && rest.len() == 3
    })
}

/// As a person types it; behind a decimal separator may stand more figures than the money has.
fn typed(text: &str, exponent: i64) -> Result<Amount, NoAmount> {
    if let Ok(money) = crate::studio::parse_amount(text, exponent) {
        return Ok(Amount { money, exact: i128::from(money.minor()) * FINE, text: true });
    }
    let (negative, body) = crate::studio::figures(text).ok_or(NoAmount::NotMoney)?;
    // "1,250.505" and "1250,505": a separator of another kind than those before it, or behind more than three figures.
    let (whole, fraction) = body.rsplit_once(['.', ',']).ok_or(NoAmount::NotMoney)?;
    let grouped = whole
        .split_once(['.', ','])
        .is_none_or(|(first, rest)| first.len() <= 3 && rest.split(['.', ',']).all(|group| group.len() == 3));
    let decimal_sign = &body[whole.len()..=whole.len()];
    if whole.contains(decimal_sign) || !grouped {
        return Err(NoAmount::NotMoney);
    }
    let sign = if negative { "-" } else { "" };
    decimal(&format!("{sign}{}.{fraction}", whole.replace(['.', ','], "")), exponent)
}

/// "-1600.005" to the minor unit, halves away from zero.
fn decimal(text: &str, exponent: i64) -> Result<Amount, NoAmount> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !figures(whole) || !figures(fraction) {
        return Err(NoAmount::NotMoney);
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > 15 {
        return Err(NoAmount::TooLarge);
    }
    let places = usize::try_from(exponent).unwrap_or(2) + 6;
    let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    let exact: i128 = format!("{whole}{fraction}").parse().map_err(|_| NoAmount::NotMoney)?;
    let minor = (exact + FINE / 2) / FINE;
    if minor > i128::from(LIMIT) {
        return Err(NoAmount::TooLarge);
    }
    let sign = if negative { -1 } else { 1 };
    let money = i64::try_from(sign * minor).ok().and_then(|minor| Money::new(minor).ok());
    Ok(Amount { money: money.ok_or(NoAmount::TooLarge)?, exact: sign * exact, text: false })
}

/// "0.0125" of the whole unit for so many millionths of the minor one.
pub(super) fn exactly(sum: i128, exponent: i64) -> String {
    let places = usize::try_from(exponent).unwrap_or(2) + 6;
    let figures = format!("{:0>width$}", sum.unsigned_abs(), width = places + 1);
    let (whole, fraction) = figures.split_at(figures.len() - places);
    let kept = fraction.trim_end_matches('0');
    // Never fewer decimals than the currency has.
    let least = usize::try_from(exponent).unwrap_or(2);
    let fraction = if kept.len() < least { &fraction[..least] } else { kept };
    let sign = if sum < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A share as basis points: 0.55, 55 or "55%".
pub(super) fn share(cell: &Cell) -> Option<i64> {
    let number = match cell {
        #[allow(clippy::cast_precision_loss)] // A share is small, or refused.
        Cell::Whole(number) => *number as f64,
        Cell::Real(number) => *number,
        Cell::Text(text) => text.trim().trim_end_matches('%').trim().replace(',', ".").parse().ok()?,
        Cell::Nothing | Cell::Bytes(_) => return None,
    };
    let part = if number > 1.0 { number / 100.0 } else { number };
    if !(0.0..=1.0).contains(&part) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // Between 0 and 10000.
    Some((part * 10_000.0).round() as i64)
}

pub(super) fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(number) => Some(*number),
        #[allow(clippy::cast_possible_truncation)] // A count beyond this is refused by whoever asked.
        Cell::Real(number) if number.is_finite() && number.abs() < 9e15 => Some(number.floor() as i64),
        // "12", and as some spreadsheets leave it: "12.0", "1,000".
        Cell::Text(text) => text.trim().parse().ok().or_else(|| {
            let count = decimal(text.trim(), 0).or_else(|_| typed(text.trim(), 0)).ok()?;
            (!count.is_rounded()).then_some(count.money.minor())
        }),
        _ => None,
    }
}

/// The id that a cell is, or points at: programs write numbers, and some write them as text.
pub(super) fn id(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Whole(number) => Some(number.to_string()),
        Cell::Real(number) if number.abs() < 9e15 && number.fract() == 0.0 => Some(number.to_string()),
        Cell::Real(number) if number.is_finite() => Some(format!("{number:e}")),
        Cell::Text(text) if !text.trim().is_empty() => {
            let text = text.trim();
            // "1.0", as a table of figures with gaps writes a 1.
            let whole = text.trim_end_matches('0').strip_suffix('.').filter(|whole| {
                let figures = whole.strip_prefix('-').unwrap_or(whole);
                !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit())
            });
            Some(whole.unwrap_or(text).chars().take(64).collect())
        }
        _ => None,
    }
}

/// A yes or a no; none where nothing stands there, or what cannot be read as either.
pub(super) fn flag(cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Whole(number) => Some(*number != 0),
        Cell::Real(number) => Some(*number != 0.0),
        Cell::Text(text) => match crate::text::fold(text.trim()).as_str() {
            "1" | "1.0" | "true" | "si" | "yes" | "y" | "t" | "s" | "verdadero" | "x" | "on" => Some(true),
            "0" | "0.0" | "false" | "no" | "n" | "f" | "falso" | "off" | "" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// How a row is marked that was deleted.
const GONE: [&str; 9] =
    ["deleted", "borrado", "borrada", "eliminado", "eliminada", "anulado", "anulada", "removed", "void"];

/// Whether somebody or something is still in use, in the words that such columns hold.
pub(super) fn in_use(cell: &Cell) -> Option<bool> {
    const YES: [&str; 8] =
        ["activo", "activa", "active", "enabled", "habilitado", "habilitada", "alta", "vigente"];
    const NO: [&str; 18] = [
        "inactivo",
        "inactiva",
        "inactive",
        "disabled",
        "deshabilitado",
        "deshabilitada",
        "baja",
        "suspendido",
        "suspendida",
        "suspended",
        "bloqueado",
        "bloqueada",
        "blocked",
        "archivado",
        "archivada",
        "archived",
        "cancelado",
        "cancelada",
    ];
    match word(cell) {
        Some(word) if YES.contains(&word.as_str()) => Some(true),
        Some(word) if NO.contains(&word.as_str()) || GONE.contains(&word.as_str()) => Some(false),
        _ => flag(cell),
    }
}

/// Whether a row was deleted, in the words that such columns hold.
pub(super) fn is_gone(cell: &Cell) -> Option<bool> {
    match word(cell) {
        Some(word) if GONE.contains(&word.as_str()) => Some(true),
        _ => flag(cell),
    }
}

fn word(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(crate::text::fold(text.trim())),
        _ => None,
    }
}

/// Nothing but spaces, or nothing at all.
pub(super) fn is_empty(cell: &Cell) -> bool {
    match cell {
        Cell::Nothing => true,
        Cell::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// No studio's books begin before, and none end after.
const FIRST: Millis = 631_152_000_000;
const LAST: Millis = 4_102_444_800_000;

/// As are the years that are written with two figures.
const LAST_SHORT: u32 = 89;

/// A moment: written with or without a zone, as a day alone (its noon), or as a number of seconds. What names no zone is
/// on the studio's clock.
pub(super) fn moment(cell: &Cell, zone: Zone) -> Option<Millis> {
    read(cell, zone).map(|(at, _)| at)
}

/// Whether a moment's day is clear and its hour is not.
pub(super) fn is_hour_unsure(cell: &Cell, zone: Zone) -> bool {
    read(cell, zone).is_some_and(|(_, sure)| !sure)
}

fn read(cell: &Cell, zone: Zone) -> Option<(Millis, bool)> {
    let (at, sure) = match cell {
        Cell::Text(text) => match counted(text.trim()) {
            Some(number) => return read(&number, zone),
            None => written(text, zone)?,
        },
        Cell::Whole(number) if (100_000_000_000..).contains(number) => (*number, true),
        Cell::Whole(number) => (number.checked_mul(1_000)?, true),
        #[allow(clippy::cast_possible_truncation)] // Out of range is refused below.
        Cell::Real(number) if (2_400_000.0..2_500_000.0).contains(number) => {
            // A Julian day.
            (((number - 2_440_587.5) * 86_400_000.0).round() as i64, true)
        }
        #[allow(clippy::cast_possible_truncation)] // As above.
        Cell::Real(number) if number.is_finite() => ((number * 1_000.0).round() as i64, true),
        _ => return None,
    };
    (FIRST..LAST).contains(&at).then_some((at, sure))
}

/// A moment that is a number, in a column of texts: seconds, or a Julian day. Eight figures are a date, fourteen one with
/// its time.
fn counted(text: &str) -> Option<Cell> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let figures = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    match whole.len() {
        _ if !figures => None,
        9..=13 if fraction.is_empty() => text.parse().map(Cell::Whole).ok(),
        9..=10 => text.parse().map(Cell::Real).ok(),
        7 if !fraction.is_empty() => text.parse().map(Cell::Real).ok(),
        _ => None,
    }
}

/// A moment, and whether its hour is sure: one that cannot be read counts as noon.
fn written(text: &str, zone: Zone) -> Option<(Millis, bool)> {
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let strict = text.replacen(' ', "T", 1);
    if let Ok(at) = DateTime::parse_from_rfc3339(&strict)
        .or_else(|_| DateTime::parse_from_str(&strict, "%Y-%m-%dT%H:%M:%S%.f %z"))
        .or_else(|_| DateTime::parse_from_str(&strict.replace('Z', "+0000"), "%Y%m%dT%H%M%S %z"))
    {
        return Some((at.timestamp_millis(), true));
    }
    if let Ok(at) = NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S") {
        return Some((local(at, zone)?, true));
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
    let on = |day: &str| date(&with_century(day.trim_end_matches(','), LAST_SHORT)).or_else(|| named(day));
    if let Some(day) = on(text) {
        return Some((local(day.and_time(noon), zone)?, true));
    }
    // The hour begins before its colon, or behind the first word.
    let begins = match text.find(':') {
        Some(colon) => text[..colon].rfind([' ', 'T'])?,
        None => text.find([' ', 'T'])?,
    };
    let day = on(text[..begins].trim())?;
    let (time, sure) = clock(text[begins + 1..].trim()).map_or((noon, false), |(time, sure)| (time, sure));
    Some((local(day.and_time(time), zone)?, sure))
}

/// The time of a day; unsure where a word behind it may name another zone.
fn clock(text: &str) -> Option<(NaiveTime, bool)> {
    let mut text = text.to_ascii_uppercase();
    for half in ["A", "P"] {
        for dots in [". M.", ".M.", ".M", " M"] {
            text = text.replace(&format!("{half}{dots}"), &format!("{half}M"));
        }
    }
    let read = |text: &str| {
        ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I %p"]
            .iter()
            .find_map(|form| NaiveTime::parse_from_str(text, form).ok())
    };
    if let Some(time) = read(text.trim()) {
        return Some((time, true));
    }
    let bare = text.trim_end_matches('.').trim_end_matches(|c: char| c.is_ascii_uppercase());
    let word = text.trim_end_matches('.').get(bare.len()..)?;
    Some((read(bare.trim())?, matches!(word, "H" | "HR" | "HRS" | "HORAS")))
}

/// "15-ene-2024", "15 de enero de 2024", "January 15, 2024".
fn named(text: &str) -> Option<NaiveDate> {
    let (year, month, day) = crate::clients::import::day_by_name(text)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A day with the year first, or the day first; the month first where nothing else is possible.
fn date(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%m-%d-%Y", "%Y%m%d"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .filter(|day| (1_000..10_000).contains(&day.year()))
}

/// "03/02/24" with all of its year: of this century up to `last`, of the one before behind it.
fn with_century(day: &str, last: u32) -> String {
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match (lengths.as_slice(), parts.last().and_then(|year| year.parse::<u32>().ok())) {
        ([1 | 2, 1 | 2, 2], Some(year)) => {
            let century = if year <= last { 20 } else { 19 };
            parts[..2].join("/") + &format!("/{century}{year:02}")
        }
        _ => day.to_owned(),
    }
}

fn local(at: NaiveDateTime, zone: Zone) -> Option<Millis> {
    let day = Day::try_from(at.date().format("%Y-%m-%d").to_string()).ok()?;
    let minute = i64::from(at.time().num_seconds_from_midnight() / 60);
    let rest = i64::from(at.time().second()) * 1_000 + i64::from(at.time().nanosecond() / 1_000_000).min(999);
    Some(zone.instant(day, minute).ok()? + rest)
}

/// A day, of two figures for its year none after `until`.
pub(super) fn day(cell: &Cell, until: Option<Millis>) -> Option<Day> {
    let Cell::Text(text) = cell else { return None };
    let text = text.trim();
    let until = until.and_then(DateTime::from_timestamp_millis);
    let last = until.map_or(LAST_SHORT, |until| until.year().unsigned_abs() % 100);
    let day = date(&with_century(text.split(['T', ' ']).next().unwrap_or(text), last))?;
    Day::try_from(day.format("%Y-%m-%d").to_string()).ok()
}

/// A text that a form would take: trimmed, at most so long, without what a form refuses. And whether something went.
pub(super) fn clean(text: &str, most: usize, lines: bool) -> (Option<String>, bool) {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let mut lost = false;
    let mut kept = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        if c == '\n' || c == '\t' {
            kept.push(if lines { c } else { ' ' });
        } else if c.is_control() || turns(c) || c == '\u{FFFD}' {
            lost = true;
        } else {
            kept.push(c);
        }
    }
    let kept = kept.trim();
    let short: String = kept.chars().take(most).collect();
    lost |= short.len() < kept.len();
    let short = short.trim();
    ((!short.is_empty()).then(|| short.to_owned()), lost)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn real(float: f64) -> Result<(i64, bool), NoAmount> {
        amount(&Cell::Real(float), 2).map(|amount| (amount.money.minor(), amount.is_rounded()))
    }

    fn text(text: &str) -> Result<i64, NoAmount> {
        amount(&Cell::Text(text.to_owned()), 2).map(|amount| amount.money.minor())
    }

    #[test]
    fn a_float_becomes_the_cents_that_somebody_typed() {
        assert_eq!(real(600.0), Ok((60_000, false)));
        assert_eq!(real(0.1 + 0.2), Ok((30, false)), "0.30000000000000004 differs by less than a millionth");
        assert_eq!(real(1.005), Ok((101, true)));
        assert_eq!(real(-1.005), Ok((-101, true)));
        assert_eq!(real(2.675), Ok((268, true)));
        assert_eq!(real(1e12), Err(NoAmount::TooLarge));
        assert_eq!(real(1e300), Err(NoAmount::TooLarge));
        for strange in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(real(strange), Err(NoAmount::NotMoney));
        }
        assert_eq!(real(-0.0), Ok((0, false)));
        assert_eq!(real(5e-324), Ok((0, false)));
        assert_eq!(amount(&Cell::Whole(i64::MAX), 2), Err(NoAmount::TooLarge));
        assert_eq!(amount(&Cell::Whole(i64::MIN), 2), Err(NoAmount::TooLarge));
        assert_eq!(amount(&Cell::Real(1.6), 0).map(|amount| amount.money.minor()), Ok(2));
    }

    #[test]
    fn an_amount_that_stands_as_text_is_read_too() {
        assert_eq!(text("1200.50"), Ok(120_050));
        assert_eq!(text("$1,200.50"), Ok(120_050));
        assert_eq!(text(" 1200 "), Ok(120_000));
        assert_eq!(text("gratis"), Err(NoAmount::NotMoney));
        assert_eq!(text(""), Err(NoAmount::Nothing));
        assert_eq!(text("inf"), Err(NoAmount::NotMoney));
    }

    #[test]
    fn sums_are_told_exactly() {
        assert_eq!(exactly(60_000 * FINE, 2), "600.00");
        assert_eq!(exactly(500_000, 2), "0.005");
        assert_eq!(exactly(-500_000, 2), "-0.005");
        assert_eq!(exactly(0, 2), "0.00");
        assert_eq!(exactly(7 * FINE, 0), "7");
    }

    #[test]
    fn dates_are_read_in_every_form_such_programs_write() {
        let zone = Zone::parse("America/Mexico_City").unwrap();
        let at = |text: &str| moment(&Cell::Text(text.to_owned()), zone).map(|at| zone.written(at).unwrap());
        for (text, read) in [
            ("2025-08-27 19:35:59.838872", "2025-08-27 19:35:59"),
            ("2025-08-27T19:35:59", "2025-08-27 19:35:59"),
            ("2025-08-27 19:35", "2025-08-27 19:35:00"),
            ("2025-08-28T01:35:59Z", "2025-08-27 19:35:59"),
            ("2025-08-27 19:35:59-06:00", "2025-08-27 19:35:59"),
            ("2025-08-27", "2025-08-27 12:00:00"),
            ("27/08/2025", "2025-08-27 12:00:00"),
            ("27/08/2025 7:35 p.m.", "2025-08-27 19:35:00"),
            ("08/27/2025", "2025-08-27 12:00:00"),
            ("03/04/2025", "2025-04-03 12:00:00"),
            ("27-08-2025 19:35:00", "2025-08-27 19:35:00"),
            ("27/08/25", "2025-08-27 12:00:00"),
            ("8/27/25 19:35", "2025-08-27 19:35:00"),
            ("27.08.95", "1995-08-27 12:00:00"),
            ("27/08/2025, 19:35:00", "2025-08-27 19:35:00"),
            ("27/08/2025, 7:35:00 p.\u{a0}m.", "2025-08-27 19:35:00"),
            ("27/08/2025 07:35 p. m.", "2025-08-27 19:35:00"),
            ("2025-08-27T19:35:59-0600", "2025-08-27 19:35:59"),
            ("2025-08-27 19:35:59.5 -0600", "2025-08-27 19:35:59"),
            ("20250828T013559Z", "2025-08-27 19:35:59"),
            ("2025-08-27 19:35 hrs", "2025-08-27 19:35:00"),
            ("27-ago-2025", "2025-08-27 12:00:00"),
            ("27 de agosto de 2025", "2025-08-27 12:00:00"),
            ("Aug 27, 2025 7:35 PM", "2025-08-27 19:35:00"),
            ("27-OCT-2025 19:35", "2025-10-27 19:35:00"),
        ] {
            assert_eq!(at(text).as_deref(), Some(read), "{text}");
            assert!(!is_hour_unsure(&Cell::Text(text.to_owned()), zone), "{text}");
        }
        // The day is clear, and somebody is told that the hour is not.
        for (text, read) in [
            ("2025-08-27 25:00", "2025-08-27 12:00:00"),
            ("2025-08-27 24:00", "2025-08-27 12:00:00"),
            ("2025-08-27 19:35 CST", "2025-08-27 19:35:00"),
            ("27/08/2025 por la tarde", "2025-08-27 12:00:00"),
        ] {
            assert_eq!(at(text).as_deref(), Some(read), "{text}");
            assert!(is_hour_unsure(&Cell::Text(text.to_owned()), zone), "{text}");
        }
        for nothing in
            ["", "mañana", "2025-13-01", "0000-00-00", "0001-01-01", "99999-01-01", "25:00", "T", ":"]
        {
            assert_eq!(at(nothing), None, "{nothing}");
        }
        let born = |text: &str| day(&Cell::Text(text.to_owned()), Some(1_780_000_000_000)).map(String::from);
        assert_eq!(born("03/02/85").as_deref(), Some("1985-02-03"));
        assert_eq!(born("03/02/26").as_deref(), Some("2026-02-03"));
        let seconds = moment(&Cell::Whole(1_756_344_959), zone);
        assert_eq!(seconds, moment(&Cell::Whole(1_756_344_959_000), zone));
        assert!(seconds.is_some());
        assert_eq!(moment(&Cell::Real(f64::NAN), zone), None);
        assert_eq!(moment(&Cell::Whole(i64::MAX), zone), None);
    }

    #[test]
    fn shares_flags_and_texts() {
        assert_eq!(share(&Cell::Real(0.55)), Some(5_500));
        assert_eq!(share(&Cell::Whole(55)), Some(5_500));
        assert_eq!(share(&Cell::Text("55 %".to_owned())), Some(5_500));
        assert_eq!(share(&Cell::Real(-0.1)), None);
        assert_eq!(share(&Cell::Real(f64::NAN)), None);
        assert_eq!(flag(&Cell::Text("Sí".to_owned())), Some(true));
        assert_eq!(clean("  a\u{0}b\u{202E} ", 10, false), (Some("ab".to_owned()), true));
        assert_eq!(clean("abc", 2, false), (Some("ab".to_owned()), true));
        assert_eq!(clean(" \n ", 5, true), (None, false));
    }
}
