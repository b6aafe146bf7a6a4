//! The cash drawer: opened with a float, counted at the close, sealed as a numbered Z report.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::till::{SaleKind, TaxSum, Tender};

/// Money that moves without a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A pay-in.
    In,
    /// A pay-out.
    Out,
    /// Into the safe.
    Drop,
}

impl Direction {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Direction::In => "in",
            Direction::Out => "out",
            Direction::Drop => "drop",
        }
    }
}

/// How many of one coin or note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The coin or note, in minor units.
    pub value: Money,
    pub count: i64,
}

pub(crate) fn counted(counts: &[Count]) -> Result<Money> {
    if counts.len() > 60 {
        return Err(Error::invalid("counts", "too many"));
    }
    let mut sum = Money::ZERO;
    for (at, line) in counts.iter().enumerate() {
        if line.value <= Money::ZERO || !(0..=1_000_000).contains(&line.count) {
            return Err(Error::invalid(format!("counts[{at}]"), "out of range"));
        }
        if counts.iter().take(at).any(|earlier| earlier.value == line.value) {
            return Err(Error::invalid(format!("counts[{at}].value"), "twice"));
        }
        sum = sum.plus(line.value.times(line.count)?)?;
    }
    sum.single()
}

/// One movement of cash in the open drawer.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CashMove {
    pub at: Millis,
    /// sale, refund, void, deposit_taken, deposit_returned, in, out, drop, or payout and payout_back: then the receipt is
    /// its number and the reason the artist.
    pub kind: String,
    pub receipt: Option<i64>,
    pub sale_id: Option<String>,
    pub amount: Money,
    pub by: String,
    pub reason: Option<String>,
}

/// Somebody of the owner's or the admins' took over a drawer that another left open.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Takeover {
    pub at: Millis,
    pub member_id: String,
    pub by: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct OpenDrawer {
    pub session_id: String,
    pub opened_at: Millis,
    pub opened_by: String,
    /// Whose drawer it is now: whoever opened it, or took it over last.
    pub held_by: String,
    pub held_by_id: String,
    pub takeovers: Vec<Takeover>,
    pub float: Money,
    /// A blind count is due, and this caller may not know what should be in it: no movements are told (D27).
    pub blind: bool,
    /// Who may stand beside this caller for a difference above the studio's limit. Nobody: there is no limit, or the rule
    /// is waived (D27).
    pub confirmers: Vec<Confirmer>,
    /// Newest first.
    pub moves: Vec<CashMove>,
}

/// Somebody who may confirm a difference with their password.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Confirmer {
    pub username: String,
    pub name: String,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Drawer {
    pub open: Option<OpenDrawer>,
    /// What the last close left in it.
    pub suggested_float: Money,
    pub last_z: Option<i64>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TenderTotal {
    pub tender: Tender,
    /// Taken in and given back, deposits too.
    pub sales: Money,
    pub refunds: Money,
    pub net: Money,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ArtistTips {
    pub artist_id: String,
    pub name: String,
    pub amount: Money,
}

/// Deposits of a day: taken and given back as money, used up by sales.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct DepositFigures {
    pub taken: Money,
    pub returned: Money,
    pub applied: Money,
    pub kept: Money,
}

/// A refund or void of a day.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Reversal {
    pub sale_id: String,
    pub receipt: i64,
    pub kind: SaleKind,
    pub at: Millis,
    pub by: String,
    pub total: Money,
    pub reason: Option<String>,
    pub original_receipt: i64,
}

/// What a day's receipts come to, in an X and in a Z alike.
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct DayFigures {
    pub first_receipt: Option<i64>,
    pub last_receipt: Option<i64>,
    pub sales: i64,
    pub refunds: i64,
    pub voids: i64,
    pub goods: Money,
    pub discount: Money,
    pub tax: Money,
    pub taxes: Vec<TaxSum>,
    pub tips: Money,
    pub tips_by_artist: Vec<ArtistTips>,
    pub total: Money,
    /// Paid beyond the totals, or less, because there is no smaller coin.
    pub rounding: Money,
    pub deposits: DepositFigures,
    pub tenders: Vec<TenderTotal>,
    pub reversals: Vec<Reversal>,
    pub moves: Vec<CashMove>,
    /// All sales since the studio began, before refunds.
    pub perpetual: Money,
}

/// The open drawer's day so far: not numbered, not sealed.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct XReport {
    pub session_id: String,
    pub at: Millis,
    pub opened_at: Millis,
    pub opened_by: String,
    pub held_by: String,
    pub float: Money,
    pub expected: Money,
    #[serde(flatten)]
    pub figures: DayFigures,
}

/// A closed drawer, sealed for good.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ZReport {
    pub z: i64,
    pub session_id: String,
    pub opened_at: Millis,
    pub opened_by: String,
    pub closed_at: Millis,
    pub closed_by: String,
    pub float: Money,
    pub counts: Vec<Count>,
    pub counted: Money,
    pub expected: Money,
    pub difference: Money,
    pub reason: Option<String>,
    /// Who else stood for the difference.
    pub approved_by: Option<String>,
    /// The rule of the second person gave way: nobody else could stand for the difference (D27), or whoever did had a hand
    /// in the drawer too, as everybody who could.
    pub waived: bool,
    pub takeovers: Vec<Takeover>,
    pub float_left: Money,
    pub to_safe: Money,
    #[serde(flatten)]
    pub figures: DayFigures,
    /// The journal's head at the close: sequence and hash (D26).
    pub head: String,
}

/// A line of the list of closings.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ZLine {
    pub z: i64,
    pub closed_at: Millis,
    pub closed_by: String,
    pub counted: Money,
    pub difference: Money,
}
