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

/// The same where there is little room: "20 Nov 2026", "20 nov 2026"; without the year where it is known.
pub(crate) fn short_day(language: Language, day: Day, with_year: bool) -> String {
    let (year, month, of_month) = day.parts();
    let at = usize::try_from(month).unwrap_or(1).saturating_sub(1).min(11);
    let name = match language {
        Language::English => MONTHS[0][at],
        Language::Spanish => MONTHS[1][at],
    };
    let short: String = name.chars().take(3).collect();
    if with_year { format!("{of_month} {short} {year}") } else { format!("{of_month} {short}") }
}

/// The language of a document, as PDF wants it.
pub(crate) fn tag(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Spanish => "es-MX",
    }
}

pub(crate) fn page(language: Language, page: usize, pages: usize) -> String {
    match language {
        Language::English => format!("Page {page} of {pages}"),
        Language::Spanish => format!("Página {page} de {pages}"),
    }
}

/// A label on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Client,
    Born,
    Signed,
    Signer,
    Guardian,
    Method,
    Drawn,
    Typed,
    OnPaper,
    Witness,
    HandedOver,
    Version,
    Answers,
    Yes,
    No,
    ImageUse,
    Allowed,
    NotAllowed,
    TakenBack,
    Signature,
    TextHash,
    NotIntact,
}

pub(crate) fn label(language: Language, label: Label) -> &'static str {
    let (english, spanish) = match label {
        Label::Client => ("Client", "Cliente"),
        Label::Born => ("Date of birth", "Fecha de nacimiento"),
        Label::Signed => ("Signed", "Firmado"),
        Label::Signer => ("Signed by", "Firma"),
        Label::Guardian => ("Parent or guardian", "Madre, padre o tutor"),
        Label::Method => ("How", "Cómo"),
        Label::Drawn => ("Drawn on the screen", "Firma dibujada en pantalla"),
        Label::Typed => ("Name typed", "Nombre escrito"),
        Label::OnPaper => ("Signed on paper", "Firmado en papel"),
        Label::Witness => ("Witness", "Testigo"),
        Label::HandedOver => ("Handed over by", "Entregó"),
        Label::Version => ("Version", "Versión"),
        Label::Answers => ("Questions and answers", "Preguntas y respuestas"),
        Label::Yes => ("Yes", "Sí"),
        Label::No => ("No", "No"),
        Label::ImageUse => ("Pictures may be shown", "Se pueden mostrar fotos"),
        Label::Allowed => ("Yes", "Sí"),
        Label::NotAllowed => ("No", "No"),
        Label::TakenBack => ("Taken back", "Retirado"),
        Label::Signature => ("Signature", "Firma"),
        Label::TextHash => ("SHA-256 of the text", "SHA-256 del texto"),
        Label::NotIntact => (
            "This is no longer exactly what was signed: the record was changed outside Inkpoint.",
            "Esto ya no es exactamente lo que se firmó: el registro se cambió fuera de Inkpoint.",
        ),
    };
    match language {
        Language::English => english,
        Language::Spanish => spanish,
    }
}
