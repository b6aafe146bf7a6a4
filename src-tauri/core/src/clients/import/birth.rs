//! Birth dates, in every form that such tools write them.

use super::{DateOrder, DateProof, Record};
use crate::calendar::Day;
use crate::text::fold;

/// Three figures of a date, and whether the year came first. A time behind it is left out.
pub(super) fn date_parts(cell: &str) -> Option<([u32; 3], bool)> {
    let day = cell.split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.trim_end_matches('.').split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    if [a, b, c].iter().any(|part| part.is_empty() || part.len() > 4) {
        return None;
    }
    let read = |part: &str| part.parse::<u32>().ok();
    Some(([read(a)?, read(b)?, read(c)?], a.len() == 4))
}

pub(super) fn date_order(lines: &[Record], columns: &[usize]) -> (DateOrder, DateProof) {
    let (mut day, mut month, mut any) = (false, false, false);
    for line in lines {
        for cell in columns.iter().filter_map(|at| line.cells.get(*at)) {
            if let Some(([a, b, _], false)) = date_parts(cell) {
                any = true;
                day |= a > 12;
                month |= b > 12;
            }
        }
    }
    match (any, day, month) {
        (false, ..) => (DateOrder::DayFirst, DateProof::Unneeded),
        (true, true, true) => (DateOrder::DayFirst, DateProof::Mixed),
        (true, true, false) => (DateOrder::DayFirst, DateProof::Shown),
        (true, false, true) => (DateOrder::MonthFirst, DateProof::Shown),
        (true, false, false) => (DateOrder::DayFirst, DateProof::Assumed),
    }
}

/// What a cell says of a birth.
#[derive(Debug, PartialEq)]
pub(super) enum Born {
    On(Day),
    /// Nothing, such as 00/00/0000.
    Unsaid,
    /// A birthday without its year, a year or a month without its day.
    InPart,
}

/// Contact lists that must write a year write this one for a birthday without it.
const NO_YEAR: u32 = 1604;

pub(super) fn born(cell: &str, order: DateOrder, this_year: u32) -> Result<Born, &'static str> {
    let on = |year: u32, month: u32, date: u32| {
        // Nobody was born in a year to come.
        if year > this_year {
            return Err("not a day");
        }
        Day::try_from(format!("{year:04}-{month:02}-{date:02}")).map(Born::On)
    };
    let century = |year: u32| match year {
        0..100 if year <= this_year % 100 => this_year / 100 * 100 + year,
        0..100 => (this_year / 100 - 1) * 100 + year,
        _ => year,
    };
    let in_part = |is: bool| if is { Ok(Born::InPart) } else { Err("not a day") };
    if let Some((parts, year_first)) = date_parts(cell) {
        let [a, b, c] = parts;
        if parts == [0, 0, 0] {
            return Ok(Born::Unsaid);
        }
        let (year, month, date) = match (year_first, order) {
            (true, _) => (a, b, c),
            (false, DateOrder::DayFirst) => (c, b, a),
            (false, DateOrder::MonthFirst) => (c, a, b),
        };
        let without = year == NO_YEAR || year == 0 && cell.contains("0000");
        return if without { in_part(is_birthday(month, date)) } else { on(century(year), month, date) };
    }
    let is_year = |year: u32| (1900..=this_year).contains(&year);
    let numbers = |text: &str| -> Option<Vec<u32>> {
        text.split(['/', '-', '.']).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect()
    };
    match numbers(cell).as_deref() {
        // 19900504, a spreadsheet's count of days, and a year.
        Some(&[number]) if cell.len() == 8 => return on(number / 10_000, number / 100 % 100, number % 100),
        Some(&[number]) if (3_000..=60_000).contains(&number) => {
            let day = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)
                .and_then(|first| first.checked_add_days(chrono::Days::new(u64::from(number))))
                .ok_or("not a day")?;
            let [year, month, date] = [
                chrono::Datelike::year(&day).unsigned_abs(),
                chrono::Datelike::month(&day),
                chrono::Datelike::day(&day),
            ];
            return on(year, month, date);
        }
        Some(&[number]) => return in_part(is_year(number)),
        // "--05-17", "05-04", "05/1990".
        Some(&[a, b]) => {
            return in_part(
                is_birthday(a, b) || is_birthday(b, a) || is_year(a.max(b)) && (1..=12).contains(&a.min(b)),
            );
        }
        _ => {}
    }
    match named(cell).ok_or("not a day")? {
        (month, [date, year], 2) if date <= 31 => on(century(year), month, date),
        (month, [year, date], 2) => on(year, month, date),
        (month, [number, _], 1) => in_part(is_birthday(month, number) || is_year(number)),
        _ => Err("not a day"),
    }
}

/// The year, month and day of a date that names its month; a year of two figures is of this century, or of the last one
/// where that is the nearer.
pub(crate) fn day_by_name(cell: &str) -> Option<(u32, u32, u32)> {
    let (month, numbers, 2) = named(cell)? else { return None };
    let (year, day) = match numbers {
        [year @ (1_000..), day] | [day, year @ (1_000..)] => (year, day),
        [day, year @ (..90)] => (2_000 + year, day),
        [day, year @ (..100)] => (1_900 + year, day),
        _ => return None,
    };
    Some((year, month, day))
}

fn is_birthday(month: u32, date: u32) -> bool {
    // In a leap year every day is one.
    chrono::NaiveDate::from_ymd_opt(2000, month, date).is_some()
}

/// Months in English, Spanish, German, French, Italian, Portuguese and Swedish, as `fold` leaves them.
const MONTHS: [&str; 12] = [
    "january januar janner enero janvier gennaio janeiro januari",
    "february februar febrero fevrier febbraio fevereiro februari feber",
    "march marz maerz marzo mars marco",
    "april abril avril aprile",
    "may mai mayo maggio maio maj",
    "june juni junio juin giugno junho",
    "july juli julio juillet luglio julho",
    "august agosto aout augusti",
    "september septiembre setiembre septembre settembre setembro",
    "october oktober octubre octobre ottobre outubro",
    "november noviembre novembre novembro",
    "december dezember diciembre decembre dicembre dezembro",
];

/// The month that a word names, whole or by its first letters.
fn month(word: &str) -> Option<u32> {
    let mut found = (1..)
        .zip(MONTHS)
        .filter(|(_, names)| word.len() >= 3 && names.split(' ').any(|name| name.starts_with(word)));
    // "jui" is juin and juillet.
    let first = found.next();
    first.filter(|_| found.next().is_none()).map(|(number, _)| number)
}

/// "15 Mar 1990", "March 5th, 1990", "5 de mayo", "4-May-90": the month, and what stands beside it.
fn named(cell: &str) -> Option<(u32, [u32; 2], usize)> {
    let (mut found, mut numbers, mut count) = (None, [0; 2], 0);
    for word in fold(cell).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if matches!(word, "de" | "del" | "of" | "the" | "el" | "le" | "den" | "der") {
            continue;
        }
        let figures = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        if figures.is_empty() {
            if found.replace(month(word)?).is_some() {
                return None;
            }
        } else if matches!(&word[figures.len()..], "" | "st" | "nd" | "rd" | "th" | "er" | "o" | "º" | "e") {
            *numbers.get_mut(count)? = figures.parse().ok()?;
            count += 1;
        } else {
            return None;
        }
    }
    Some((found?, numbers, count))
}
