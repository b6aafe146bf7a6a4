//! The till: what a sale costs, how it is paid, and taking it back.
//!
//! Prices come from the file, never from the request. A refund or void adds entries that point at the sale (D13).

pub(crate) mod commands;
pub(crate) mod deposits;
pub(crate) mod ledger;
pub(crate) mod receipts;
pub(crate) mod store;
pub(crate) mod taking_back;

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
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
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
    /// Quantity times price, less the discount: what stands on the line.
    pub before_tax: Money,
    pub tax_rate_id: Option<String>,
    /// The rate's name; none for the usual one.
    pub tax_name: Option<String>,
    /// Basis points; none on a receipt from before rates were kept.
    pub tax_bp: Option<i64>,
    /// All tax in the amount.
    pub tax: Money,
    /// The part of the tax that was put on top, because prices are without it.
    pub tax_added: Money,
    /// What the client pays for it, with every tax.
    pub amount: Money,
}

/// A tip and whose it is.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Tip {
    pub artist_id: String,
    pub amount: Money,
}

/// What was taxed at one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct TaxSum {
    /// None for the usual rate.
    pub name: Option<String>,
    /// Basis points; none for receipts from before rates were kept.
    pub bp: Option<i64>,
    /// Without the tax.
    pub net: Money,
    pub tax: Money,
}

/// Adds amounts up by rate, the highest first.
pub(crate) fn tax_sums<'a>(
    lines: impl Iterator<Item = (Option<&'a str>, Option<i64>, Money, Money)>,
) -> Result<Vec<TaxSum>> {
    let mut sums: Vec<TaxSum> = Vec::new();
    for (name, bp, amount, tax) in lines {
        let net = amount.minus(tax)?;
        match sums.iter_mut().find(|sum| sum.name.as_deref() == name && sum.bp == bp) {
            Some(sum) => {
                sum.net = sum.net.plus(net)?;
                sum.tax = sum.tax.plus(tax)?;
            }
            None => sums.push(TaxSum { name: name.map(str::to_owned), bp, net, tax }),
        }
    }
    sums.sort_by(|a, b| b.bp.cmp(&a.bp).then_with(|| a.name.cmp(&b.name)));
    Ok(sums)
}

/// A deposit and what of it pays for a sale.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CartDeposit {
    pub deposit_id: String,
    pub taken_at: Millis,
    pub amount: Money,
}

/// What a sale would cost. The sum of goods and tips is the total; less the deposits it is what is left to pay.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Cart {
    pub lines: Vec<CartLine>,
    pub tips: Vec<Tip>,
    /// What stands on the lines together, before tax that is put on top.
    pub before_tax: Money,
    /// With every tax.
    pub goods: Money,
    pub discount: Money,
    /// All tax in the goods, and the part of it that was put on top.
    pub tax: Money,
    pub tax_added: Money,
    pub taxes: Vec<TaxSum>,
    pub tip: Money,
    pub total: Money,
    /// The deposits that pay a part of it.
    pub deposits: Vec<CartDeposit>,
    pub to_pay: Money,
    /// To pay when all of it is paid in cash, and what rounding to the smallest coin makes of it.
    pub cash_to_pay: Money,
    pub rounding: Money,
    /// What a client may hand over in cash, exact first.
    pub cash_suggestions: Vec<Money>,
    /// Whether a discount was given, or a price changed: what has to be asked for beyond selling.
    pub discounted: bool,
    pub repriced: bool,
}

impl Cart {
    /// Works out amounts: the line's discount first, then the whole sale's spread over the lines so that it adds up,
    /// then the tax of each line, inside its price or on top of it.
    pub(crate) fn price(
        mut lines: Vec<CartLine>,
        whole: Option<Discount>,
        tips: Vec<Tip>,
        tax_inside: bool,
    ) -> Result<Cart> {
        for line in &mut lines {
            line.before_tax = line.unit_price.times(line.quantity)?.single()?.minus(line.discount)?;
        }
        if let Some(discount) = whole {
            let before = Money::sum(lines.iter().map(|line| line.before_tax))?;
            let off = discount.off(before)?;
            let weights: Vec<i64> = lines.iter().map(|line| line.before_tax.minor()).collect();
            if off != Money::ZERO {
                for (line, part) in lines.iter_mut().zip(off.split(&weights)?) {
                    line.discount = line.discount.plus(part)?;
                    line.before_tax = line.before_tax.minus(part)?;
                }
            }
        }
        for line in &mut lines {
            let bp = line.tax_bp.unwrap_or(0);
            if tax_inside {
                line.tax = line.before_tax.tax_inside(bp)?;
            } else {
                line.tax = line.before_tax.share(bp)?;
                line.tax_added = line.tax;
            }
            line.amount = line.before_tax.plus(line.tax_added)?;
        }
        let sum = |of: fn(&CartLine) -> Money| Money::sum(lines.iter().map(of));
        let goods = sum(|line| line.amount)?;
        let discount = sum(|line| line.discount)?;
        let tip = Money::sum(tips.iter().map(|tip| tip.amount))?;
        let total = goods.plus(tip)?.single()?;
        Ok(Cart {
            before_tax: sum(|line| line.before_tax)?,
            goods,
            discount,
            tax: sum(|line| line.tax)?,
            tax_added: sum(|line| line.tax_added)?,
            taxes: tax_sums(
                lines.iter().map(|line| (line.tax_name.as_deref(), line.tax_bp, line.amount, line.tax)),
            )?,
            tip,
            total,
            deposits: Vec::new(),
            to_pay: total,
            cash_to_pay: total,
            rounding: Money::ZERO,
            cash_suggestions: Vec::new(),
            discounted: discount != Money::ZERO,
            repriced: lines.iter().any(|line| line.unit_price != line.list_price),
            lines,
            tips,
        })
    }

    /// Pays with what is held, the oldest deposit first; the last may be left over in part.
    pub(crate) fn pay(
        mut self,
        held: Vec<CartDeposit>,
        smallest_coin: Money,
        denominations: &[i64],
    ) -> Result<Cart> {
        for deposit in held {
            let amount = deposit.amount.min(self.to_pay);
            if amount > Money::ZERO {
                self.to_pay = self.to_pay.minus(amount)?;
                self.deposits.push(CartDeposit { amount, ..deposit });
            }
        }
        self.cash_to_pay = self.to_pay.round_to(smallest_coin)?;
        self.rounding = self.cash_to_pay.minus(self.to_pay)?;
        self.cash_suggestions = cash_suggestions(self.cash_to_pay, denominations)?;
        Ok(self)
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
    /// Quantity times price, less the discount.
    pub before_tax: Money,
    pub tax_rate_id: Option<String>,
    /// The rate's name; none for the usual one.
    pub tax_name: Option<String>,
    /// Basis points; none on a receipt from before rates were kept.
    pub tax_bp: Option<i64>,
    pub tax: Money,
    /// The part of the tax that was put on top of the price.
    pub tax_added: Money,
    /// With every tax.
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

/// A deposit that paid a part of a sale; negative where a void gave it back to be held.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReceiptDeposit {
    pub deposit_id: String,
    /// The receipt it was taken with.
    pub receipt: i64,
    pub taken_at: Millis,
    pub amount: Money,
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
    /// What stands on the lines together, before tax that was put on top.
    pub before_tax: Money,
    /// With every tax.
    pub goods: Money,
    pub discount: Money,
    pub tax: Money,
    pub tax_added: Money,
    pub taxes: Vec<TaxSum>,
    pub tip: Money,
    /// Goods and tips.
    pub total: Money,
    pub deposits: Vec<ReceiptDeposit>,
    /// Paid beyond that, or less, because there is no smaller coin.
    pub rounding: Money,
    /// Total and rounding less the deposits: what the tenders paid.
    pub paid: Money,
    /// The deposit of a visit that did not happen became this sale.
    pub kept_deposit: bool,
    /// How many copies of it are about, beside the original.
    pub copies: i64,
    /// Whether this is one of those.
    pub copy: bool,
    /// Cash handed back at the counter.
    pub change: Money,
    /// What can still be refunded.
    pub refundable: Money,
    /// Still in the open drawer's time and untouched: it can be voided.
    pub voidable: bool,
}
