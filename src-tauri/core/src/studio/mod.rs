//! The studio: its settings and services, making one, handing it over or giving it up, and the
//! picker of studio files.
//!
//! Does not live here: the master code (room `security`), members (room `staff`).

mod amount;
pub(crate) mod commands;
pub(crate) mod making;
pub(crate) mod ownership;
pub(crate) mod picker;
pub(crate) mod store;

pub(crate) use amount::{figures, parse_amount};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::Zone;
use crate::consent::{PaperworkAt, PaperworkGate};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::printing::encode::{CodePage, KickPin};
use crate::text::Name;

/// Opening hours of one weekday, minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// 1 is Monday, 7 is Sunday.
    #[schemars(range(min = 1, max = 7))]
    pub weekday: i64,
    pub opens: i64,
    pub closes: i64,
}

impl Hours {
    pub(crate) fn check(week: &[Hours], field: &'static str) -> Result<()> {
        let mut seen = [false; 8];
        for day in week {
            let place = usize::try_from(day.weekday).ok().filter(|at| (1..=7).contains(at));
            let Some(at) = place else { return Err(Error::invalid(field, "no such weekday")) };
            if seen[at] {
                return Err(Error::invalid(field, "a weekday twice"));
            }
            seen[at] = true;
            if !(0 <= day.opens && day.opens < day.closes && day.closes <= 24 * 60) {
                return Err(Error::invalid(field, "closes before it opens"));
            }
        }
        Ok(())
    }
}

/// The language of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub enum Language {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "es-MX")]
    Spanish,
}

/// Everything a studio sets for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Settings {
    pub name: String,
    /// ISO 4217. Fixed once made: every amount in the file is in it.
    pub currency: String,
    /// Minor units in one unit, as a power of ten.
    pub exponent: i64,
    /// BCP 47: how figures and dates are written.
    pub locale: String,
    pub language: Language,
    /// IANA time zone.
    pub zone: String,
    /// 1 is Monday, 7 is Sunday.
    pub week_start: i64,
    /// Opening hours; a weekday without a row is closed.
    pub hours: Vec<Hours>,
    /// The usual tax, in basis points; a service or an item may have a rate of its own.
    pub tax_bp: i64,
    /// Whether the tax is inside the prices, or put on top of them.
    pub prices_include_tax: bool,
    /// The smallest coin that cash is paid in, in minor units; 0 pays to the cent.
    pub cash_rounding: Money,
    /// A visit cancelled later than this many hours before it suggests keeping its deposit, 0 to 720.
    pub deposit_cancel_hours: i64,
    /// Whoever closes the drawer counts before they are told what should be in it.
    pub blind_count: bool,
    /// A difference above this needs a second person at the close; none: never.
    pub difference_limit: Option<Money>,
    /// How long the master code opens the locked actions (T060), 1 to 30.
    pub elevation_minutes: i64,
    /// When an idle desk locks, 1 to 30.
    pub idle_minutes: i64,
    /// After how many days a rotation of the master code is due (D06).
    pub rotation_days: i64,
    /// Whether an elevation must say why (D05).
    pub elevation_reason: bool,
    /// Whether the desk locks when a sale is done.
    pub lock_after_sale: bool,
    /// Address, tax number, thanks: printed on every receipt.
    pub receipt_note: String,
    /// The receipt printer's name or address on the network; empty: there is none.
    pub printer_host: String,
    pub printer_port: i64,
    /// Characters on a line of its paper: 32, 42 or 48.
    pub printer_columns: i64,
    pub printer_letters: CodePage,
    pub printer_pin: KickPin,
    /// Whether it opens the drawer when cash moves.
    pub printer_drawer: bool,
    /// What happens where required paperwork is missing.
    pub paperwork_gate: PaperworkGate,
    /// From which step on.
    pub paperwork_at: PaperworkAt,
    /// For how many years a signed consent outlives an erasure (D29), 1 to 30.
    pub consent_years: i64,
    /// Whether an artist's share is of the price after discounts; otherwise the studio bears them.
    pub commission_after_discount: bool,
}

impl Settings {
    pub fn zone(&self) -> Result<Zone> {
        Zone::parse(&self.zone)
    }
}

/// What a change of settings may name. A field left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SettingsArgs {
    pub name: Option<Name>,
    pub locale: Option<crate::text::Line<35>>,
    pub language: Option<Language>,
    pub zone: Option<crate::text::Line<64>>,
    pub week_start: Option<i64>,
    pub hours: Option<Vec<Hours>>,
    pub tax_bp: Option<i64>,
    pub prices_include_tax: Option<bool>,
    pub cash_rounding: Option<Money>,
    pub deposit_cancel_hours: Option<i64>,
    pub blind_count: Option<bool>,
    /// Below zero takes the limit away.
    pub difference_limit: Option<Money>,
    pub elevation_minutes: Option<i64>,
    pub idle_minutes: Option<i64>,
    pub rotation_days: Option<i64>,
    pub elevation_reason: Option<bool>,
    pub lock_after_sale: Option<bool>,
    /// At most 500 characters; empty takes it away.
    pub receipt_note: Option<String>,
    /// Empty takes the printer away.
    pub printer_host: Option<crate::text::OrEmpty<253, false>>,
    pub printer_port: Option<i64>,
    /// 32, 42 or 48.
    pub printer_columns: Option<i64>,
    pub printer_letters: Option<CodePage>,
    pub printer_pin: Option<KickPin>,
    pub printer_drawer: Option<bool>,
    pub paperwork_gate: Option<PaperworkGate>,
    pub paperwork_at: Option<PaperworkAt>,
    pub consent_years: Option<i64>,
    pub commission_after_discount: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    Tattoo,
    Piercing,
    Consultation,
    Other,
}

impl ServiceKind {
    pub(crate) const NAMES: [(ServiceKind, &'static str); 4] = [
        (ServiceKind::Tattoo, "tattoo"),
        (ServiceKind::Piercing, "piercing"),
        (ServiceKind::Consultation, "consultation"),
        (ServiceKind::Other, "other"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> ServiceKind {
        Self::NAMES.iter().find(|(_, known)| *known == name).map_or(ServiceKind::Other, |(kind, _)| *kind)
    }
}

/// A rate beside the usual one: reduced, or none at all.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TaxRate {
    pub id: String,
    pub name: String,
    /// Basis points.
    pub bp: i64,
    /// An inactive one is not offered any more; what has it keeps it.
    pub active: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepositKind {
    None,
    Fixed,
    Percent,
}

impl DepositKind {
    const NAMES: [(DepositKind, &'static str); 3] =
        [(DepositKind::None, "none"), (DepositKind::Fixed, "fixed"), (DepositKind::Percent, "percent")];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("none", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> DepositKind {
        Self::NAMES.iter().find(|(_, known)| *known == name).map_or(DepositKind::None, |(kind, _)| *kind)
    }
}

/// What is asked for in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DepositPolicy {
    pub kind: DepositKind,
    /// Minor units when fixed; basis points of the visit's price, 1 to 10000, when a share.
    pub value: i64,
    /// A share is at least this, in minor units.
    pub minimum: Money,
}

impl DepositPolicy {
    pub(crate) const NONE: DepositPolicy =
        DepositPolicy { kind: DepositKind::None, value: 0, minimum: Money::ZERO };

    pub(crate) fn check(self) -> Result<DepositPolicy> {
        let fits = match self.kind {
            DepositKind::None => return Ok(DepositPolicy::NONE),
            DepositKind::Fixed => self.value > 0 && Money::new(self.value).is_ok(),
            DepositKind::Percent => (1..=10_000).contains(&self.value),
        };
        if !fits {
            return Err(Error::invalid("deposit", "out of range"));
        }
        if self.minimum.is_negative() {
            return Err(Error::invalid("deposit", "negative"));
        }
        Ok(self)
    }

    /// What is asked for a visit of this price, never more than the price.
    pub(crate) fn due(self, price: Money) -> Result<Money> {
        let asked = match self.kind {
            DepositKind::None => Money::ZERO,
            DepositKind::Fixed => Money::new(self.value)?,
            DepositKind::Percent => price.share(self.value)?.max(self.minimum),
        };
        Ok(asked.min(price))
    }
}

/// Something the studio does for a price.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Service {
    pub id: String,
    pub name: String,
    pub kind: ServiceKind,
    pub minutes: i64,
    pub price: Money,
    /// Time the artist needs before and after, for setting up and cleaning.
    pub setup_minutes: i64,
    pub cleanup_minutes: i64,
    /// None: the usual rate.
    pub tax_rate_id: Option<String>,
    pub deposit: DepositPolicy,
    /// Below this age, in years, a guardian signs too; 0: never.
    pub guardian_below: i64,
    /// Below this age the service is not done, guardian or not; 0: no limit.
    pub minimum_age: i64,
    pub active: bool,
}

/// The age of majority almost everywhere.
pub(crate) const OF_AGE: i64 = 18;

/// The coins and notes of the studio's currency, largest first, in minor units.
pub(crate) fn denominations(settings: &Settings) -> Vec<i64> {
    let listed: &[i64] = match settings.currency.as_str() {
        "MXN" => &[100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
        "USD" => &[10_000, 5_000, 2_000, 1_000, 500, 100, 25, 10, 5, 1],
        "CAD" => &[10_000, 5_000, 2_000, 1_000, 500, 200, 100, 25, 10, 5],
        "EUR" => &[20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
        "GBP" => &[5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
        "CHF" => &[20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
        "BRL" => &[20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5],
        "COP" => &[
            10_000_000, 5_000_000, 2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000,
            5_000,
        ],
        "CLP" => &[20_000, 10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10],
        "ARS" => &[2_000_000, 1_000_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000],
        "JPY" => &[10_000, 5_000, 1_000, 500, 100, 50, 10, 5, 1],
        _ => &[],
    };
    if !listed.is_empty() {
        return listed.to_vec();
    }
    let unit = 10_i64.pow(u32::try_from(settings.exponent).unwrap_or(2));
    [200, 100, 50, 20, 10, 5, 2, 1].iter().map(|times| times * unit).collect()
}
