//! Taking a sale back, in part or whole (D13): entries that point at it, never a change to it.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::commands::{Posting, TipLine, record};
use super::receipts::receipt_of;
use super::store::{self, Sale};
use super::{CartLine, Receipt, SaleKind, Tender, Tip, deposits};
use crate::access::{Owner, Permit};
use crate::door::Change;
use crate::drawer::store as drawer;
use crate::error::{Error, Result};
use crate::inventory::store as inventory;
use crate::money::Money;
use crate::text::{Id, Short};

/// A line to give back.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RefundLine {
    pub line_id: Id,
    /// How many come back; with neither quantity nor amount, all that is left.
    pub quantity: Option<i64>,
    /// How much goes back; the quantity's share when left out.
    pub amount: Option<Money>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RefundArgs {
    pub sale_id: Id,
    /// What goes back; everything that is left, tips too, when left out.
    pub lines: Option<Vec<RefundLine>>,
    /// Tips that go back, beside the lines.
    pub tips: Option<Vec<TipLine>>,
    pub tender: Tender,
    pub reason: Short,
    /// Returned items go back on the shelf; yes when left out.
    pub restock: Option<bool>,
}

/// The sale a refund or void is about; only a sale can be taken back.
fn original(cx: &Change<'_>, id: &str) -> Result<(Permit, Sale)> {
    let found = store::sale_by_id(cx.db(), id)?;
    let permit = cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "sale")?;
    let sale = found.ok_or(Error::NotFound { what: "sale" })?;
    if sale.kind != SaleKind::Sale {
        return Err(Error::Conflict { reason: "not_a_sale" });
    }
    Ok((permit, sale))
}

/// One line given back, negative, with its share of the tax.
fn give_back(
    cx: &Change<'_>,
    line: &super::ReceiptLine,
    quantity: Option<i64>,
    amount: Option<Money>,
    at: usize,
) -> Result<CartLine> {
    let field = |name: &str| format!("lines[{at}].{name}");
    let (quantity, amount) = match (quantity, amount) {
        (None, None) => (line.quantity_left, line.amount_left),
        (Some(quantity), amount) => {
            if quantity < 1 || quantity > line.quantity_left {
                return Err(Error::invalid(field("quantity"), "more than is left"));
            }
            let share = if quantity == line.quantity_left {
                line.amount_left
            } else {
                let parts = line.amount_left.split(&[quantity, line.quantity_left - quantity])?;
                parts.first().copied().unwrap_or_default()
            };
            (quantity, amount.unwrap_or(share))
        }
        (None, Some(amount)) => (0, amount),
    };
    if amount.is_negative() || amount > line.amount_left || (amount == Money::ZERO && quantity == 0) {
        return Err(Error::invalid(field("amount"), "more than is left"));
    }
    let tax_left = line.tax.plus(store::tax_taken_back(cx.db(), &line.id)?)?;
    let tax = if amount == line.amount_left {
        tax_left
    } else {
        let parts = tax_left.split(&[amount.minor(), line.amount_left.minus(amount)?.minor()])?;
        parts.first().copied().unwrap_or_default()
    };
    // All of a line's tax was put on top, or none.
    let added = if line.tax_added == Money::ZERO { Money::ZERO } else { tax };
    Ok(CartLine {
        service_id: line.service_id.clone(),
        item_id: line.item_id.clone(),
        artist_id: line.artist_id.clone(),
        label: line.label.clone(),
        quantity: -quantity,
        list_price: line.list_price,
        unit_price: line.unit_price,
        discount: Money::ZERO,
        before_tax: amount.minus(added)?.negated(),
        tax_rate_id: line.tax_rate_id.clone(),
        tax_name: line.tax_name.clone(),
        tax_bp: line.tax_bp,
        tax: tax.negated(),
        tax_added: added.negated(),
        amount: amount.negated(),
    })
}

pub(crate) fn refund(cx: &mut Change<'_>, args: RefundArgs) -> Result<Receipt> {
    let (permit, sale) = original(cx, &args.sale_id)?;
    let known = store::lines(cx.db(), &sale.id)?;
    let mut lines = Vec::new();
    match &args.lines {
        None => {
            for (at, line) in known.iter().enumerate() {
                if line.amount_left != Money::ZERO || line.quantity_left != 0 {
                    lines.push((give_back(cx, line, None, None, at)?, Some(line.id.clone())));
                }
            }
        }
        Some(asked) => {
            for (at, ask) in asked.iter().enumerate() {
                let line = known.iter().find(|line| line.id == *ask.line_id).ok_or_else(|| {
                    Error::invalid(format!("lines[{at}].line_id"), "not a line of this sale")
                })?;
                if lines.iter().any(|(_, original)| original.as_deref() == Some(&*ask.line_id)) {
                    return Err(Error::invalid(format!("lines[{at}].line_id"), "a line twice"));
                }
                lines.push((give_back(cx, line, ask.quantity, ask.amount, at)?, Some(line.id.clone())));
            }
        }
    }
    let tips = tips_back(cx, &sale.id, args.lines.is_none(), args.tips.as_deref())?;
    let goods = Money::sum(lines.iter().map(|(line, _)| line.amount))?;
    let tip = Money::sum(tips.iter().map(|tip| tip.amount))?;
    let total = goods.plus(tip)?;
    if total == Money::ZERO {
        return Err(Error::Conflict { reason: "nothing_to_refund" });
    }
    let out = goes_out(cx, &sale.id, total.negated(), &known, args.tender)?;
    let session = check_cash_out(cx, args.tender, out)?;
    let refund = Sale {
        id: cx.id()?,
        receipt: store::next_number(cx.write(&permit), super::REGISTER, "receipt")?,
        kind: SaleKind::Refund,
        at: cx.now(),
        member: cx.caller()?.id.clone(),
        session,
        original: Some(sale.id.clone()),
        reason: Some(args.reason.into()),
        goods,
        discount: Money::ZERO,
        tax: Money::sum(lines.iter().map(|(line, _)| line.tax))?,
        tips: tip,
        total,
        rounding: total.plus(out)?.negated(),
        ..sale
    };
    let back = [(args.tender, out.negated(), out.negated())];
    let tenders: &[_] = if out == Money::ZERO { &[] } else { &back };
    let posting = Posting { lines: &lines, tips: &tips, tenders, ..Posting::default() };
    record(cx, &permit, &refund, &posting)?;
    if args.restock.unwrap_or(true) {
        restock(cx, &permit, &refund.id, &args.sale_id, &lines)?;
    }
    receipt_of(cx, &refund.id)
}

/// What leaves the till for `due`: cash in coins there are, and never more than was paid and is still there. With the
/// last of a sale goes what its rounding left.
fn goes_out(
    cx: &Change<'_>,
    sale: &str,
    due: Money,
    lines: &[super::ReceiptLine],
    tender: Tender,
) -> Result<Money> {
    let paid = store::paid_left(cx.db(), sale)?;
    let tips = Money::sum(store::tips(cx.db(), sale)?.iter().map(|tip| tip.amount_left))?;
    let left = Money::sum(lines.iter().map(|line| line.amount_left))?.plus(tips)?;
    let exact = if due == left { paid } else { due.min(paid) };
    let coin = cx.settings()?.cash_rounding;
    if tender != Tender::Cash || coin <= Money::ZERO {
        return Ok(exact);
    }
    let most = Money::new(paid.minor() / coin.minor() * coin.minor())?;
    Ok(exact.round_to(coin)?.min(most))
}

/// The open drawer, if there is one; cash that goes out must be in it.
pub(super) fn check_cash_out(cx: &Change<'_>, tender: Tender, out: Money) -> Result<Option<String>> {
    let session = drawer::open_session(cx.db(), super::REGISTER)?.map(|open| open.id);
    if tender == Tender::Cash {
        let Some(open) = &session else { return Err(Error::Conflict { reason: "drawer_closed" }) };
        if drawer::cash_in(cx.db(), open)?.minus(out)?.is_negative() {
            return Err(Error::Conflict { reason: "not_enough_cash" });
        }
    }
    Ok(session)
}

fn restock(
    cx: &mut Change<'_>,
    permit: &Permit,
    refund: &str,
    original: &str,
    lines: &[(CartLine, Option<String>)],
) -> Result<()> {
    for (line, _) in lines {
        if let Some(item) = line.item_id.as_ref().filter(|_| line.quantity < 0) {
            inventory::put_back(cx, permit, item, -line.quantity, (refund, original))?;
        }
    }
    Ok(())
}

/// Tips that go back, negative: all that is left, or those asked for.
fn tips_back(cx: &Change<'_>, sale: &str, all: bool, asked: Option<&[TipLine]>) -> Result<Vec<Tip>> {
    let known = store::tips(cx.db(), sale)?;
    let Some(asked) = asked else {
        let left = known.into_iter().filter(|tip| all && tip.amount_left != Money::ZERO);
        return Ok(left
            .map(|tip| Tip { artist_id: tip.artist_id, amount: tip.amount_left.negated() })
            .collect());
    };
    let mut back: Vec<Tip> = Vec::new();
    for (at, ask) in asked.iter().enumerate() {
        let left = known
            .iter()
            .find(|tip| tip.artist_id == *ask.artist_id)
            .map_or(Money::ZERO, |tip| tip.amount_left);
        let twice = back.iter().any(|tip| tip.artist_id == *ask.artist_id);
        if ask.amount <= Money::ZERO || ask.amount > left || twice {
            return Err(Error::invalid(format!("tips[{at}].amount"), "more than is left"));
        }
        back.push(Tip { artist_id: ask.artist_id.to_string(), amount: ask.amount.negated() });
    }
    Ok(back)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct VoidArgs {
    pub sale_id: Id,
    pub reason: Short,
}

/// Takes a sale back whole before its Z (D27); afterwards it is refunded.
pub(crate) fn void(cx: &mut Change<'_>, args: VoidArgs) -> Result<Receipt> {
    let (permit, sale) = original(cx, &args.sale_id)?;
    if !store::reversals(cx.db(), &sale.id)?.is_empty() {
        return Err(Error::Conflict { reason: "already_taken_back" });
    }
    if sale.receipt <= drawer::last_receipt_closed(cx.db(), super::REGISTER)? {
        return Err(Error::Conflict { reason: "after_z" });
    }
    let tenders = store::tenders(cx.db(), &sale.id)?;
    let cash = tenders.iter().filter(|line| line.tender == Tender::Cash);
    let cash = Money::sum(cash.map(|line| line.amount))?;
    let session = check_cash_out(cx, if cash == Money::ZERO { Tender::Card } else { Tender::Cash }, cash)?;
    let mut lines = Vec::new();
    for (at, line) in store::lines(cx.db(), &sale.id)?.iter().enumerate() {
        lines.push((give_back(cx, line, None, None, at)?, Some(line.id.clone())));
    }
    let tips = tips_back(cx, &sale.id, true, None)?;
    let tenders: Vec<(Tender, Money, Money)> =
        tenders.iter().map(|line| (line.tender, line.amount.negated(), line.amount.negated())).collect();
    // A deposit that paid for it is held again.
    let uses = deposits::store::restorable(cx.db(), &sale.id)?;
    let void = Sale {
        id: cx.id()?,
        receipt: store::next_number(cx.write(&permit), super::REGISTER, "receipt")?,
        kind: SaleKind::Void,
        at: cx.now(),
        member: cx.caller()?.id.clone(),
        session,
        original: Some(sale.id.clone()),
        reason: Some(args.reason.into()),
        goods: sale.goods.negated(),
        discount: Money::ZERO,
        tax: sale.tax.negated(),
        tips: sale.tips.negated(),
        total: sale.total.negated(),
        rounding: sale.rounding.negated(),
        ..sale
    };
    let posting =
        Posting { lines: &lines, tips: &tips, tenders: &tenders, uses: &uses, ..Posting::default() };
    record(cx, &permit, &void, &posting)?;
    restock(cx, &permit, &void.id, &args.sale_id, &lines)?;
    receipt_of(cx, &void.id)
}
