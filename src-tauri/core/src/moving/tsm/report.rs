//! An account of every row of another program's database: what became of it, what was changed, and why one stayed behind.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use super::source::Record;
use super::values::{Amount, FINE, exactly};
use crate::error::{Error, Result};
use crate::money::Money;

/// Why a row was changed, or stayed behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TsmReason {
    /// A text was longer than there is room for, or held signs that no text may hold.
    TextCut,
    /// Somebody or something without a name got one made from its number.
    NoName,
    /// A day or a moment that cannot be read was left empty or taken from elsewhere; one whose day alone is clear is its noon.
    DateUnread,
    /// It lies in the future although it is about the past.
    DateAhead,
    /// An amount or number that cannot be read counts as nothing.
    NumberUnread,
    /// A yes or no that cannot be read: an account stays closed, everything else is as it usually is.
    FlagUnread,
    /// An amount that stood as text.
    NumberAsText,
    /// An amount was brought to the cent.
    Rounded,
    /// It names a row that is not there: one was made in its place, or it goes without.
    LinkMissing,
    /// A state that is not known: booked.
    StateUnknown,
    /// On hold: booked.
    OnHold,
    /// A visit without a usable end, or longer than a day.
    LengthChanged,
    /// A way to pay that is not known: bank transfer.
    TenderUnknown,
    /// Negative: a refund of what was paid for the visit, the newest receipt first.
    Refunded,
    /// Negative: a deposit, or part of it, that was given back.
    DepositReturned,
    /// More than was left of its visit's payments: the rest is a refund of the client's others.
    RefundElsewhere,
    /// A refund under another artist: it is taken from whoever was paid for.
    RefundArtist,
    /// A refund that is older than what it gives back: it stands right behind it.
    RefundMoved,
    /// Paid in advance for a visit to come: a deposit.
    Deposit,
    /// A commission below nothing or above the amount.
    CommissionLimited,
    /// Commission that did not stand there, or differed: the artist's share counts, and a refund takes its part of it back.
    CommissionReckoned,
    /// A commission on a deposit: it is earned when the visit is paid.
    CommissionLater,
    /// A commission without an artist.
    CommissionOfNobody,
    /// A role of the desk by another name: now an assistant.
    DeskRole,
    /// A user name was changed to one that can be typed here, or to one that is free.
    UsernameChanged,
    /// An artist's account got a profile of its own.
    ProfileMade,
    /// An account that is not an artist's lost its profile.
    ProfileDropped,
    /// An SKU was made, or changed to one that is free.
    SkuChanged,
    /// It is no longer used there: it is here, archived.
    NotUsed,
    /// What it says has no place here.
    NoPlace,

    /// Its id stands there twice.
    Twice,
    /// Deleted there.
    Deleted,
    /// Nothing was paid.
    NothingPaid,
    /// An amount that cannot be read.
    NotMoney,
    /// More money than an amount here can be.
    TooMuch,
    /// Negative, and more than the client of its visit ever paid and did not get back.
    NothingToRefund,
    /// Neither it nor its visit says when.
    NoDate,
    /// A role that is not known.
    RoleUnknown,
    /// Its picture is not in the database.
    PictureElsewhere,
}

/// One thing that was done to a row.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmRemark {
    pub table: String,
    /// Its id there, or its place with a # in front.
    pub row: String,
    pub reason: TsmReason,
    /// The row stayed behind.
    pub left_out: bool,
    pub column: Option<String>,
    /// What stood there, cut short.
    pub value: Option<String>,
}

/// How often something was done to the rows of a table.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmCount {
    pub reason: TsmReason,
    pub left_out: bool,
    pub rows: i64,
}

/// What became of a table. Imported and left out together are its rows; changed ones are among the imported.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmTable {
    pub table: String,
    /// Whether the file has it.
    pub there: bool,
    pub rows: i64,
    pub imported: i64,
    pub changed: i64,
    pub left_out: i64,
    pub counts: Vec<TsmCount>,
    /// Columns that this version does not have.
    pub missing: Vec<String>,
    /// Columns that have no place here.
    pub unread: Vec<String>,
}

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TsmSumOf {
    Cash,
    Card,
    Transfer,
    Payments,
    Commission,
    VisitPrices,
}

/// A sum there and here. What is there and what was reckoned here is what came in, what was left out, and the rounding.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmSum {
    pub of: TsmSumOf,
    /// In whole units, with every decimal that stood there.
    pub there: String,
    /// What did not stand there: commission by the rules of here. Negative when refunds took more back.
    pub reckoned: Money,
    /// What the studio now says.
    pub imported: Money,
    pub left_out: String,
    pub rounding: String,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmOther {
    pub table: String,
    pub rows: i64,
}

/// The account of every row.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmReport {
    /// SHA-256 of the database's file.
    pub sha256: String,
    /// The database may have its newest changes in a file beside it, which was not sent along.
    pub log_apart: bool,
    pub studio: String,
    pub currency: String,
    /// Decimals of the currency.
    pub exponent: i64,
    pub zone: String,
    pub tables: Vec<TsmTable>,
    /// Tables that are no part of it, such as settings.
    pub others: Vec<TsmOther>,
    pub sums: Vec<TsmSum>,
    /// Who becomes the owner: a user name of here.
    pub owner: String,
    /// Nobody there was an active administrator: the owner's account is new.
    pub owner_made: bool,
    /// Visits of the past that nobody completed or cancelled.
    pub open_visits: i64,
    /// Visits to come that run into another one of the same artist.
    pub overlaps: i64,
    pub remarks: Vec<TsmRemark>,
    /// How many there are, shown or not.
    pub remarks_in_all: i64,
}

#[derive(Debug, Default)]
struct Sum {
    there: i128,
    reckoned: i128,
    imported: i128,
    left_out: i128,
}

#[derive(Debug, Default)]
struct Tally {
    rows: i64,
    imported: i64,
    changed: i64,
    left_out: i64,
    counts: BTreeMap<(TsmReason, bool), i64>,
}

/// The account as it is kept while the rows come in.
#[derive(Debug, Default)]
pub(super) struct Account {
    tallies: BTreeMap<&'static str, Tally>,
    remarks: Vec<TsmRemark>,
    in_all: i64,
    sums: BTreeMap<TsmSumOf, Sum>,
}

/// As many remarks are kept; the counts go on.
const KEPT: i64 = 100_000;

/// A row on its way in.
#[derive(Debug, Clone)]
pub(super) struct Told {
    table: &'static str,
    row: String,
    changes: Vec<(TsmReason, Option<&'static str>, Option<String>)>,
}

impl Told {
    pub(super) fn new(table: &'static str, record: &Record) -> Told {
        Told { table, row: record.label.clone(), changes: Vec::new() }
    }

    pub(super) fn changed(&mut self, reason: TsmReason, column: &'static str, value: impl Into<String>) {
        let value = value.into();
        self.changes.push((reason, Some(column), (!value.is_empty()).then_some(value)));
    }
}

fn short(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

impl Account {
    fn remark(
        &mut self,
        told: &Told,
        reason: TsmReason,
        left_out: bool,
        at: (Option<&'static str>, Option<String>),
    ) {
        self.in_all += 1;
        if self.in_all <= KEPT {
            self.remarks.push(TsmRemark {
                table: told.table.to_owned(),
                row: told.row.clone(),
                reason,
                left_out,
                column: at.0.map(str::to_owned),
                value: at.1.map(|value| short(&value)),
            });
        }
    }

    pub(super) fn imported(&mut self, mut told: Told) {
        let changes = std::mem::take(&mut told.changes);
        let tally = self.tallies.entry(told.table).or_default();
        tally.rows += 1;
        tally.imported += 1;
        tally.changed += i64::from(!changes.is_empty());
        let mut seen = Vec::new();
        for (reason, ..) in &changes {
            // Counts rows, not columns.
            if !seen.contains(reason) {
                seen.push(*reason);
                *tally.counts.entry((*reason, false)).or_default() += 1;
            }
        }
        for (reason, column, value) in changes {
            self.remark(&told, reason, false, (column, value));
        }
    }

    pub(super) fn left_out(&mut self, told: &Told, reason: TsmReason, value: Option<String>) {
        let tally = self.tallies.entry(told.table).or_default();
        tally.rows += 1;
        tally.left_out += 1;
        *tally.counts.entry((reason, true)).or_default() += 1;
        self.remark(told, reason, true, (None, value));
    }

    /// Money that came in, to the cent.
    pub(super) fn came(&mut self, of: TsmSumOf, amount: Amount, as_much: Money) {
        let sum = self.sums.entry(of).or_default();
        sum.there += amount.exact;
        sum.imported += i128::from(as_much.minor()) * FINE;
    }

    /// Money of a row that stayed behind.
    pub(super) fn stayed(&mut self, of: TsmSumOf, amount: Amount) {
        let sum = self.sums.entry(of).or_default();
        sum.there += amount.exact;
        sum.left_out += amount.exact;
    }

    /// Money that did not stand there.
    pub(super) fn reckoned(&mut self, of: TsmSumOf, money: Money) {
        let sum = self.sums.entry(of).or_default();
        sum.reckoned += i128::from(money.minor()) * FINE;
        sum.imported += i128::from(money.minor()) * FINE;
    }

    pub(super) fn imported_sum(&self, of: TsmSumOf) -> i128 {
        self.sums.get(&of).map_or(0, |sum| sum.imported / FINE)
    }

    pub(super) fn tables(
        &self,
        found: &[super::source::Found],
        rows: &BTreeMap<&str, i64>,
    ) -> Result<Vec<TsmTable>> {
        let nothing = Tally::default();
        found
            .iter()
            .map(|table| {
                let tally = self.tallies.get(table.name).unwrap_or(&nothing);
                let there = rows.get(table.name).copied().unwrap_or(0);
                if tally.rows != there || tally.imported + tally.left_out != there {
                    return Err(Error::internal(format!("{}: {} of {there} rows", table.name, tally.rows)));
                }
                Ok(TsmTable {
                    table: table.name.to_owned(),
                    there: table.there,
                    rows: there,
                    imported: tally.imported,
                    changed: tally.changed,
                    left_out: tally.left_out,
                    counts: tally
                        .counts
                        .iter()
                        .map(|((reason, left_out), rows)| TsmCount {
                            reason: *reason,
                            left_out: *left_out,
                            rows: *rows,
                        })
                        .collect(),
                    missing: table.missing.clone(),
                    unread: table.unread.clone(),
                })
            })
            .collect()
    }

    pub(super) fn sums(&self, exponent: i64) -> Result<Vec<TsmSum>> {
        // More than an amount may be: then it is no sum that anybody reads.
        let money = |fine: i128| Money::new(i64::try_from(fine / FINE).map_err(Error::internal)?);
        self.sums
            .iter()
            .map(|(of, sum)| {
                Ok(TsmSum {
                    of: *of,
                    there: exactly(sum.there, exponent),
                    reckoned: money(sum.reckoned)?,
                    imported: money(sum.imported)?,
                    left_out: exactly(sum.left_out, exponent),
                    rounding: exactly(sum.there + sum.reckoned - sum.left_out - sum.imported, exponent),
                })
            })
            .collect()
    }

    pub(super) fn remarks(self) -> (Vec<TsmRemark>, i64) {
        (self.remarks, self.in_all)
    }
}
