//! The words of what leaves the house: in the studio's language, whoever is at the desk and whatever they read.

use crate::calendar::Day;
use crate::studio::Language;

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

/// A day that nobody can misread: "20 November 2026", "20 de noviembre de 2026".
pub(crate) fn day(language: Language, day: Day) -> String {
    let (year, month, of_month) = day.parts();
    let at = usize::try_from(month).unwrap_or(1).saturating_sub(1).min(11);
    match language {
        Language::English => format!("{of_month} {} {year}", MONTHS[0][at]),
        Language::Spanish => format!("{of_month} de {} de {year}", MONTHS[1][at]),
    }
}
