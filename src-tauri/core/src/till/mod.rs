//! The till: what a sale costs, how it is paid, and taking it back.
//!
//! Prices come from the file, never from the request. A refund or void adds entries that point at the sale (D13).

pub(crate) mod commands;
pub(crate) mod ledger;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;

/// The studio's one counter. The column exists so that a second one needs no migration.
pub(crate) const REGISTER: i64 = 1;

/// How something is paid. Card and transfer are recorded, not processed (D16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tender {
    Cash,
    Card,
    Transfer,
}

impl Tender {
    pub(crate) const ALL: [Tender; 3] = [Tender::Cash, Tender::Card, Tender::Transfer];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Tender::Cash => "cash",
            Tender::Card => "card",
            Tender::Transfer => "transfer",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<Tender> {
        Tender::ALL
            .into_iter()
            .find(|tender| tender.name() == name)
            .ok_or_else(|| Error::Damaged(format!("no such tender: {name}")))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SaleKind {
    Sale,
    Refund,
    Void,
}

impl SaleKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            SaleKind::Sale => "sale",
            SaleKind::Refund => "refund",
            SaleKind::Void => "void",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<SaleKind> {
        match name {
            "sale" => Ok(SaleKind::Sale),
            "refund" => Ok(SaleKind::Refund),
            "void" => Ok(SaleKind::Void),
            other => Err(Error::Damaged(format!("no such kind of sale: {other}"))),
        }
    }
}

/// A discount, by share or by amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Discount {
    /// Basis points, 1 to 10000.
    Percent(i64),
    Amount(Money),
}

impl Discount {
    /// What it takes off `price`; never more than the price itself.
    pub(crate) fn off(self, price: Money) -> Result<Money> {
        let off = match self {
            Discount::Percent(bp) if (1..=10_000).contains(&bp) => price.share(bp)?,
            Discount::Percent(_) => return Err(Error::invalid("discount", "not 1 to 10000 basis points")),
            Discount::Amount(amount) => amount,
        };
        if off.is_negative() || off > price {
            return Err(Error::invalid("discount", "more than the price"));
        }
        Ok(off)
    }
}

/// One line of a sale, with its price worked out.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CartLine {
    pub service_id: Option<String>,
    pub item_id: Option<String>,
    pub artist_id: Option<String>,
    pub label: String,
    pub quantity: i64,
    /// What the file says it costs.
    pub list_price: Money,
    /// What is asked for it; another than the list price needs a right of its own.
    pub unit_price: Money,
    pub discount: Money,
    /// The tax inside the amount.
    pub tax: Money,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tip {
    pub artist_id: String,
    pub amount: Money,
}

/// A sale before it is paid.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Cart {
    pub lines: Vec<CartLine>,
    pub tips: Vec<Tip>,
    /// Sum of the lines.
    pub goods: Money,
    pub discount: Money,
    pub tax: Money,
    pub tip: Money,
    pub total: Money,
    /// Sums in cash that somebody is likely to hand over: exact first, then rounder ones.
    pub cash_suggestions: Vec<Money>,
    /// It holds a discount or another price: what was asked for beyond selling.
    pub discounted: bool,
    pub repriced: bool,
}

impl Cart {
    /// Works out amounts: the line's discount first, then the whole sale's spread over the lines so that it adds up.
    pub(crate) fn price(
        mut lines: Vec<CartLine>,
        whole: Option<Discount>,
        tips: Vec<Tip>,
        tax_bp: i64,
        denominations: &[i64],
    ) -> Result<Cart> {
        for line in &mut lines {
            line.amount = line.unit_price.times(line.quantity)?.minus(line.discount)?;
        }
        if let Some(discount) = whole {
            let before = Money::sum(lines.iter().map(|line| line.amount))?;
            let off = discount.off(before)?;
            let weights: Vec<i64> = lines.iter().map(|line| line.amount.minor()).collect();
            if off != Money::ZERO {
                for (line, part) in lines.iter_mut().zip(off.split(&weights)?) {
                    line.discount = line.discount.plus(part)?;
                    line.amount = line.amount.minus(part)?;
                }
            }
        }
        for line in &mut lines {
            line.tax = line.amount.tax_inside(tax_bp)?;
        }
        let goods = Money::sum(lines.iter().map(|line| line.amount))?;
        let discount = Money::sum(lines.iter().map(|line| line.discount))?;
        let tip = Money::sum(tips.iter().map(|tip| tip.amount))?;
        let total = goods.plus(tip)?;
        Ok(Cart {
            goods,
            discount,
            tax: Money::sum(lines.iter().map(|line| line.tax))?,
            tip,
            total,
            cash_suggestions: cash_suggestions(total, denominations)?,
            discounted: discount != Money::ZERO,
            repriced: lines.iter().any(|line| line.unit_price != line.list_price),
            lines,
            tips,
        })
    }
}

/// Exact, then the next multiple of each larger note: at most five, all different.
fn cash_suggestions(total: Money, denominations: &[i64]) -> Result<Vec<Money>> {
    if total <= Money::ZERO {
        return Ok(Vec::new());
    }
    let mut sums = vec![total.minor()];
    for note in denominations.iter().rev().filter(|note| **note > 0) {
        let Some(up) = total.minor().checked_add(note - 1).map(|sum| sum / note * note) else { continue };
        // A coin's worth above exact is nothing anybody hands over.
        if up > total.minor() && !sums.contains(&up) && *note * 50 >= total.minor() {
            sums.push(up);
        }
    }
    sums.sort_unstable();
    sums.truncate(5);
    sums.into_iter().map(Money::new).collect()
}

/// One line of a receipt.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReceiptLine {
    pub id: String,
    pub label: String,
    pub artist_id: Option<String>,
    pub artist_name: Option<String>,
    pub service_id: Option<String>,
    pub item_id: Option<String>,
    pub quantity: i64,
    pub list_price: Money,
    pub unit_price: Money,
    pub discount: Money,
    pub tax: Money,
    pub amount: Money,
    /// Not yet given back.
    pub amount_left: Money,
    pub quantity_left: i64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReceiptTip {
    pub artist_id: String,
    pub artist_name: String,
    pub amount: Money,
    pub amount_left: Money,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReceiptTender {
    pub tender: Tender,
    pub amount: Money,
    pub given: Money,
    pub change: Money,
}

/// Another receipt that this one points at, or that points at this one.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReceiptLink {
    pub sale_id: String,
    pub receipt: i64,
    pub kind: SaleKind,
    pub at: Millis,
    pub total: Money,
    pub reason: Option<String>,
}

/// A numbered receipt, of a sale, a refund or a void.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Receipt {
    pub sale_id: String,
    pub receipt: i64,
    pub kind: SaleKind,
    pub at: Millis,
    pub by: String,
    pub client_id: Option<String>,
    pub client_name: Option<String>,
    pub appointment_id: Option<String>,
    /// The sale that a refund or void took back.
    pub original: Option<ReceiptLink>,
    /// What was taken back from this sale.
    pub reversals: Vec<ReceiptLink>,
    pub reason: Option<String>,
    pub lines: Vec<ReceiptLine>,
    pub tips: Vec<ReceiptTip>,
    pub tenders: Vec<ReceiptTender>,
    pub goods: Money,
    pub discount: Money,
    pub tax: Money,
    pub tip: Money,
    pub total: Money,
    /// Cash handed back at the counter.
    pub change: Money,
    /// What can still be refunded.
    pub refundable: Money,
    /// Still in the open drawer's time and untouched: it can be voided.
    pub voidable: bool,
}
