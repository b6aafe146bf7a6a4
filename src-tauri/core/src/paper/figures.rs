//! Amounts, shares and moments as the studio writes them: what a window's `Intl` does, for paper.

use crate::calendar::{Day, Zone};
use crate::clock::Millis;
use crate::error::Result;
use crate::money::Money;
use crate::studio::{Language, Settings};

use super::words;

/// Between a sign and its figures, so that no line breaks there.
const TIED: char = '\u{A0}';

#[derive(Debug, Clone)]
pub(crate) struct Figures {
    pub language: Language,
    zone: Zone,
    exponent: i64,
    sign: String,
    /// Before the figures, or after them.
    leads: bool,
    group: char,
    decimal: char,
    /// Between a share and its sign.
    spaced_share: bool,
}

/// The narrow sign of a currency; its code where there is none that everybody knows.
fn sign(currency: &str) -> &str {
    match currency {
        "ARS" | "AUD" | "BBD" | "BSD" | "CAD" | "CLP" | "COP" | "DOP" | "HKD" | "MXN" | "NZD" | "SGD"
        | "TTD" | "TWD" | "USD" | "UYU" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" | "CNY" => "¥",
        "BRL" => "R$",
        "CRC" => "₡",
        "GTQ" => "Q",
        "HNL" => "L",
        "HUF" => "Ft",
        "ILS" => "₪",
        "INR" => "₹",
        "KRW" => "₩",
        "NIO" => "C$",
        "PHP" => "₱",
        "PLN" => "zł",
        "CZK" => "Kč",
        "DKK" | "NOK" | "SEK" => "kr",
        "PYG" => "₲",
        "TRY" => "₺",
        "UAH" => "₴",
        "VND" => "₫",
        "ZAR" => "R",
        other => other,
    }
}

impl Figures {
    pub(crate) fn new(settings: &Settings) -> Result<Figures> {
        let mut parts = settings.locale.split('-');
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase).unwrap_or_default();
        let region = region.as_str();
        // Where Spanish is written with a decimal point.
        let spanish_point = ["MX", "US", "GT", "HN", "NI", "PA", "SV", "PR", "DO", "PE"].contains(&region);
        let (group, decimal) = match language.as_str() {
            _ if region == "CH" => ('’', '.'),
            "es" if !spanish_point => ('.', ','),
            "de" | "it" | "nl" | "pt" | "da" | "el" | "tr" | "id" | "vi" | "hr" | "sl" | "ro" | "ca" => {
                ('.', ',')
            }
            "fr" | "pl" | "cs" | "sk" | "hu" | "sv" | "nb" | "nn" | "no" | "fi" | "ru" | "uk" | "bg" => {
                (TIED, ',')
            }
            _ => (',', '.'),
        };
        let leads = decimal == '.'
            || region == "BR"
            || (language == "es" && region != "ES" && !region.is_empty())
            || matches!(language.as_str(), "nl" | "tr" | "id");
        Ok(Figures {
            language: settings.language,
            zone: settings.zone()?,
            exponent: settings.exponent,
            sign: sign(&settings.currency).to_owned(),
            leads,
            group,
            decimal,
            spaced_share: decimal == ','
                && !matches!(language.as_str(), "pt" | "it" | "nl" | "el" | "tr" | "id"),
        })
    }

    /// The one of two wordings that the studio reads.
    pub(crate) fn say<'t>(&self, english: &'t str, spanish: &'t str) -> &'t str {
        match self.language {
            Language::English => english,
            Language::Spanish => spanish,
        }
    }

    /// Figures in groups of three.
    fn digits(&self, minor: i64, places: i64) -> String {
        let places = usize::try_from(places).unwrap_or(2);
        let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let mut text = String::with_capacity(digits.len() + 4);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.push(self.group);
            }
            text.push(digit);
        }
        if places > 0 {
            text.push(self.decimal);
            text.push_str(fraction);
        }
        text
    }

    pub(crate) fn money(&self, amount: Money) -> String {
        let minus = if amount.is_negative() { "-" } else { "" };
        let digits = self.digits(amount.minor(), self.exponent);
        if !self.leads {
            return format!("{minus}{digits}{TIED}{}", self.sign);
        }
        // A sign of letters stands apart from what it counts.
        let apart = self.sign.chars().last().is_some_and(char::is_alphabetic);
        if apart {
            format!("{minus}{}{TIED}{digits}", self.sign)
        } else {
            format!("{minus}{}{digits}", self.sign)
        }
    }

    /// With a plus, too: a difference.
    pub(crate) fn signed(&self, amount: Money) -> String {
        let plus = if amount > Money::ZERO { "+" } else { "" };
        format!("{plus}{}", self.money(amount))
    }

    /// Basis points: "16%", "8.5%".
    pub(crate) fn share(&self, bp: i64) -> String {
        let text = self.digits(bp, 2);
        let text = text.trim_end_matches('0').trim_end_matches(self.decimal);
        if self.spaced_share { format!("{text}{TIED}%") } else { format!("{text}%") }
    }

    pub(crate) fn day_of(&self, at: Millis) -> Result<Day> {
        self.zone.day_of(at)
    }

    /// "20 Nov 2026".
    pub(crate) fn short_day(&self, at: Millis) -> Result<String> {
        Ok(words::short_day(self.language, self.day_of(at)?, true))
    }

    /// "20 November 2026".
    pub(crate) fn long_day(&self, at: Millis) -> Result<String> {
        Ok(words::day(self.language, self.day_of(at)?))
    }

    /// "14:30".
    pub(crate) fn time(&self, at: Millis) -> Result<String> {
        let minute = self.zone.minute_of(at)?;
        Ok(format!("{:02}:{:02}", minute / 60, minute % 60))
    }

    /// "20 November 2026, 14:30".
    pub(crate) fn moment(&self, at: Millis) -> Result<String> {
        Ok(format!("{}, {}", self.long_day(at)?, self.time(at)?))
    }
}
