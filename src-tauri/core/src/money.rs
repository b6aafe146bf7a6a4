//! Money: whole minor units of the studio's one currency, checked arithmetic, shares that always add up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{Error, Result};

/// No single amount is larger, so that sums of millions of them stay inside an i64.
pub const LIMIT: i64 = 1_000_000_000_000;

/// No sum of amounts is larger: the largest number that JSON carries to the desk exactly. What a studio takes in its
/// whole life grows past [`LIMIT`] where a coffee costs fifty thousand.
pub const LARGEST_SUM: i64 = 9_007_199_254_740_991;

/// An amount in minor units (cents, or whole yen), or a sum of such: the studio's settings say which. What a caller sends
/// is a single amount, at most [`LIMIT`].
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema,
)]
#[serde(try_from = "i64", into = "i64")]
#[ts(type = "number")]
pub struct Money(#[schemars(range(min = -1_000_000_000_000_i64, max = 1_000_000_000_000_i64))] i64);

impl TryFrom<i64> for Money {
    type Error = &'static str;
    fn try_from(minor: i64) -> Result<Money, &'static str> {
        if minor.unsigned_abs() > LIMIT.unsigned_abs() { Err("out of range") } else { Ok(Money(minor)) }
    }
}

impl From<Money> for i64 {
    fn from(money: Money) -> i64 {
        money.0
    }
}

impl Money {
    pub const ZERO: Money = Money(0);

    /// # Errors
    /// `invalid(amount)`: more than [`LARGEST_SUM`].
    pub fn new(minor: i64) -> Result<Money> {
        if minor.unsigned_abs() > LARGEST_SUM.unsigned_abs() { Err(overflow()) } else { Ok(Money(minor)) }
    }

    /// The amount, when it may stand by itself: in a sale, a line, an entry of the ledger.
    ///
    /// # Errors
    /// `invalid(amount)`: more than [`LIMIT`].
    pub fn single(self) -> Result<Money> {
        if self.0.unsigned_abs() > LIMIT.unsigned_abs() { Err(overflow()) } else { Ok(self) }
    }

    pub fn minor(self) -> i64 {
        self.0
    }

    pub fn plus(self, other: Money) -> Result<Money> {
        Money::new(self.0.checked_add(other.0).ok_or_else(overflow)?)
    }

    pub fn minus(self, other: Money) -> Result<Money> {
        Money::new(self.0.checked_sub(other.0).ok_or_else(overflow)?)
    }

    pub fn times(self, count: i64) -> Result<Money> {
        Money::new(self.0.checked_mul(count).ok_or_else(overflow)?)
    }

    /// "1234.50": for a table, whatever the locale.
    pub fn plain(self, exponent: i64) -> String {
        let places = usize::try_from(exponent).unwrap_or(2);
        let digits = format!("{:0>width$}", self.0.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.0 < 0 { "-" } else { "" };
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    pub fn negated(self) -> Money {
        Money(-self.0)
    }

    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// `basis_points` of the amount, halves away from zero.
    pub fn share(self, basis_points: i64) -> Result<Money> {
        let product = i128::from(self.0) * i128::from(basis_points);
        let half = if product < 0 { -5_000 } else { 5_000 };
        Money::new(i64::try_from((product + half) / 10_000).map_err(|_| overflow())?)
    }

    /// The tax inside an amount that includes it, halves away from zero.
    pub fn tax_inside(self, basis_points: i64) -> Result<Money> {
        let whole = i128::from(self.0) * i128::from(basis_points);
        let base = 10_000 + i128::from(basis_points);
        let half = if whole < 0 { -base / 2 } else { base / 2 };
        Money::new(i64::try_from((whole + half) / base).map_err(|_| overflow())?)
    }

    /// The nearest multiple of `step`, halves away from zero; the amount itself when there is no step.
    pub fn round_to(self, step: Money) -> Result<Money> {
        if step.0 <= 0 {
            return Ok(self);
        }
        let half = if self.0 < 0 { -(step.0 / 2) } else { step.0 / 2 };
        Money::new((self.0 + half) / step.0 * step.0)
    }

    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Result<Money> {
        amounts.into_iter().try_fold(Money::ZERO, Money::plus)
    }

    /// Splits by weight with the largest remainder first: the parts always add up to the whole.
    pub fn split(self, weights: &[i64]) -> Result<Vec<Money>> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if weights.iter().any(|weight| *weight < 0) || (total == 0 && self.0 != 0) {
            return Err(Error::invalid("weights", "nothing to split over"));
        }
        if total == 0 {
            return Ok(vec![Money::ZERO; weights.len()]);
        }
        let sign = if self.0 < 0 { -1 } else { 1 };
        let whole = i128::from(self.0.unsigned_abs());
        let mut parts: Vec<i128> = weights.iter().map(|weight| whole * i128::from(*weight) / total).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(whole * i128::from(weights[at]) % total));
        let missing = usize::try_from(whole - parts.iter().sum::<i128>()).map_err(Error::internal)?;
        for &at in order.iter().take(missing) {
            parts[at] += 1;
        }
        parts
            .into_iter()
            .map(|part| Money::new(sign * i64::try_from(part).map_err(|_| overflow())?))
            .collect()
    }
}

fn overflow() -> Error {
    Error::invalid("amount", "out of range")
}
