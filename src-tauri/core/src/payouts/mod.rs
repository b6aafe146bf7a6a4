//! What the artists earn: rates, commission on each line sold, and what is paid out to them.
//!
//! Commission is earned when a line is sold, on its price without tax, and a refund takes its share back with entries
//! that point at the original. Does not live here: sales (room `till`), base shares as terms of a member (room `staff`).

pub(crate) mod commands;
pub(crate) mod earning;
pub(crate) mod rates;
pub(crate) mod statement;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::Day;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::till::ledger::Account;

/// How an artist is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayoutTender {
    /// Out of the open drawer.
    Cash,
    Transfer,
    /// It was paid before Inkpoint knew of it, out of the drawer or elsewhere.
    Earlier,
}

impl PayoutTender {
    const NAMES: [(PayoutTender, &'static str); 3] = [
        (PayoutTender::Cash, "cash"),
        (PayoutTender::Transfer, "transfer"),
        (PayoutTender::Earlier, "earlier"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(tender, _)| *tender == self).map_or("", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> Result<PayoutTender> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(tender, _)| *tender)
            .ok_or_else(|| Error::Damaged(format!("no such tender of a payout: {name}")))
    }

    /// The account that the money leaves. What was paid earlier left as a pay-out then.
    pub(crate) fn account(self) -> Account {
        match self {
            PayoutTender::Cash => Account::CashDrawer,
            PayoutTender::Transfer => Account::Bank,
            PayoutTender::Earlier => Account::PayOuts,
        }
    }
}

/// Money paid to an artist, with a number of its own.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Payout {
    pub id: String,
    pub number: i64,
    pub at: Millis,
    pub by: String,
    pub artist_id: String,
    pub artist_name: String,
    /// The last day that it settles.
    pub until: Day,
    pub tender: PayoutTender,
    pub amount: Money,
    /// Of the amount.
    pub commission: Money,
    pub tips: Money,
    pub note: Option<String>,
    /// The number of the payout that this one takes back: its amounts are negative.
    pub reverses: Option<i64>,
    /// The number of the one that took this payout back.
    pub reversed_by: Option<i64>,
}

/// What the studio owes an artist.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Owed {
    pub artist_id: String,
    pub name: String,
    pub active: bool,
    /// Earned and not paid; negative when a refund took back what was already paid.
    pub commission: Money,
    pub tips: Money,
    pub balance: Money,
    pub last_payout: Option<Payout>,
}

/// The two balances of an artist.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    pub commission: Money,
    pub tips: Money,
}

impl Balance {
    pub(crate) fn total(self) -> Result<Money> {
        self.commission.plus(self.tips)
    }

    /// How much of a payment is tips and how much commission: tips first, and what one of the two is short of comes out
    /// of the other.
    pub(crate) fn divide(self, amount: Money) -> Result<Balance> {
        let tips = if self.commission.is_negative() {
            amount.minus(self.commission)?
        } else {
            self.tips.min(amount)
        };
        Ok(Balance { commission: amount.minus(tips)?, tips })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64) -> Money {
        Money::new(minor).unwrap_or_default()
    }

    #[test]
    fn a_payment_takes_tips_first_and_leaves_no_side_above_what_it_owes() {
        for (commission, tips, amount, expected) in [
            (500, 300, 800, (500, 300)),
            (500, 300, 200, (0, 200)),
            (500, 300, 400, (100, 300)),
            (500, -100, 400, (500, -100)),
            (500, -100, 100, (200, -100)),
            (-100, 300, 200, (-100, 300)),
            (-100, 300, 50, (-100, 150)),
        ] {
            let part = Balance { commission: money(commission), tips: money(tips) }
                .divide(money(amount))
                .map(|part| (part.commission.minor(), part.tips.minor()));
            assert_eq!(part.ok(), Some(expected), "{amount} of {commission} + {tips}");
        }
    }
}
