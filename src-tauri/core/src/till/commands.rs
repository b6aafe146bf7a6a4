//! What the desk can ask of the till.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::ledger::{Account, Entry};
use super::store::{self, Sale};
use super::{Cart, CartLine, Discount, Receipt, ReceiptLink, SaleKind, Tender, Tip};
use crate::access::{Action, Owner, Permit, Scope};
use crate::agenda::store as agenda;
use crate::consent::{PaperworkAt, needed::gate};
use crate::door::{Change, Look};
use crate::drawer::store as drawer;
use crate::error::{Error, Result, Why};
use crate::inventory::store as inventory;
use crate::money::Money;
use crate::payouts::earning::{Earnings, Source, Work};
use crate::payouts::store as payouts;
use crate::reports::daily::{Days, Sold};
use crate::studio::{Settings, denominations, store as studio};
use crate::text::{Id, Short};

/// Something being sold: a service or an item, never both.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SellLine {
    pub service_id: Option<Id>,
    pub item_id: Option<Id>,
    /// Who did it; the appointment's artist when left out.
    pub artist_id: Option<Id>,
    /// 1 to 9999; one when left out.
    pub quantity: Option<i64>,
    /// Another price than the file's (needs till.price_override).
    pub unit_price: Option<Money>,
    /// Off this line (needs till.discount).
    pub discount: Option<Discount>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TipLine {
    pub artist_id: Id,
    pub amount: Money,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TenderLine {
    pub tender: Tender,
    /// What it pays of the total.
    pub amount: Money,
    /// What was handed over in cash; the rest is change.
    pub given: Option<Money>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct QuoteArgs {
    pub appointment_id: Option<Id>,
    pub lines: Vec<SellLine>,
    /// Off the whole sale (needs till.discount).
    pub discount: Option<Discount>,
    #[serde(default)]
    pub tips: Vec<TipLine>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SellArgs {
    pub appointment_id: Option<Id>,
    /// The appointment's client when left out.
    pub client_id: Option<Id>,
    pub lines: Vec<SellLine>,
    /// Off the whole sale (needs till.discount).
    pub discount: Option<Discount>,
    #[serde(default)]
    pub tips: Vec<TipLine>,
    /// Their amounts add up to the total.
    pub tenders: Vec<TenderLine>,
}

/// The right to sell for this appointment, or without one (D18: owner before existence).
fn right_to_sell(look: &Look<'_>, id: Option<&Id>) -> Result<(Permit, Option<agenda::Appointment>)> {
    let Some(id) = id else {
        return Ok((look.grant().over(Some(Owner::Nobody), "appointment")?, None));
    };
    let found = agenda::appointment(look.db(), id)?;
    let owner = found.as_ref().map(|appointment| Owner::Artist(appointment.artist.clone()));
    let permit = look.grant().over(owner, "appointment")?;
    Ok((permit, found))
}

fn cart(
    look: &Look<'_>,
    settings: &Settings,
    appointment: Option<&agenda::Appointment>,
    lines: &[SellLine],
    discount: Option<Discount>,
    tips: &[TipLine],
) -> Result<Cart> {
    if !(1..=200).contains(&lines.len()) {
        return Err(Error::invalid("lines", "1 to 200"));
    }
    if tips.len() > 50 {
        return Err(Error::invalid("tips", "1 to 200"));
    }
    let mut priced = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        priced.push(cart_line(look, appointment, line, at)?);
    }
    let mut shares: Vec<Tip> = Vec::new();
    for (at, tip) in tips.iter().enumerate() {
        if tip.amount <= Money::ZERO {
            return Err(Error::invalid(format!("tips[{at}].amount"), "not positive"));
        }
        store::artist_name(look.db(), &tip.artist_id)?;
        match shares.iter_mut().find(|share| share.artist_id == *tip.artist_id) {
            Some(share) => share.amount = share.amount.plus(tip.amount)?,
            None => shares.push(Tip { artist_id: tip.artist_id.to_string(), amount: tip.amount }),
        }
    }
    // An artist takes money for their own work only.
    if let Scope::Own { artist, .. } = look.grant().scope() {
        let others = priced.iter().filter_map(|line| line.artist_id.as_ref());
        let tipped = shares.iter().map(|share| &share.artist_id);
        if others.chain(tipped).any(|owner| Some(owner) != artist.as_ref()) {
            return Err(Error::denied(Why::NotYours));
        }
    }
    Cart::price(priced, discount, shares, settings.tax_bp, &denominations(&settings.currency))
}

fn cart_line(
    look: &Look<'_>,
    appointment: Option<&agenda::Appointment>,
    line: &SellLine,
    at: usize,
) -> Result<CartLine> {
    let field = |name: &str| format!("lines[{at}].{name}");
    let quantity = line.quantity.unwrap_or(1);
    if !(1..=9_999).contains(&quantity) {
        return Err(Error::invalid(field("quantity"), "1 to 9999"));
    }
    let artist = line
        .artist_id
        .as_ref()
        .map(|artist| artist.to_string())
        .or_else(|| appointment.filter(|_| line.service_id.is_some()).map(|found| found.artist.clone()));
    let (label, list_price) = match (&line.service_id, &line.item_id) {
        (Some(service), None) => {
            let service =
                studio::service_by_id(look.db(), service)?.ok_or(Error::NotFound { what: "service" })?;
            if artist.is_none() {
                return Err(Error::invalid(field("artist_id"), "missing"));
            }
            // What was agreed for the visit is its list price.
            let agreed = appointment.filter(|found| found.service == service.id).map(|found| found.price);
            (service.name, agreed.unwrap_or(service.price))
        }
        (None, Some(item)) => {
            let item = inventory::item_by_id(look.db(), item)?.ok_or(Error::NotFound { what: "item" })?;
            if !item.active || !item.for_sale {
                return Err(Error::Conflict { reason: "item_not_for_sale" });
            }
            (item.name, item.price)
        }
        _ => return Err(Error::invalid(field("service_id"), "a service or an item")),
    };
    if let Some(artist) = &artist {
        store::artist_name(look.db(), artist)?;
    }
    let unit_price = line.unit_price.unwrap_or(list_price);
    if unit_price.is_negative() {
        return Err(Error::invalid(field("unit_price"), "negative"));
    }
    let whole = unit_price.times(quantity)?;
    let discount = line.discount.map_or(Ok(Money::ZERO), |discount| discount.off(whole))?;
    Ok(CartLine {
        service_id: line.service_id.as_ref().map(|id| id.to_string()),
        item_id: line.item_id.as_ref().map(|id| id.to_string()),
        artist_id: artist,
        label,
        quantity,
        list_price,
        unit_price,
        discount,
        tax: Money::ZERO,
        amount: Money::ZERO,
    })
}

/// What it would cost, line by line. Asks for no discount's right: nothing is sold yet.
pub(crate) fn quote(look: &Look<'_>, args: QuoteArgs) -> Result<Cart> {
    let (_permit, appointment) = right_to_sell(look, args.appointment_id.as_ref())?;
    cart(look, &look.settings()?, appointment.as_ref(), &args.lines, args.discount, &args.tips)
}

pub(crate) fn sell(cx: &mut Change<'_>, args: SellArgs) -> Result<Receipt> {
    let (permit, appointment) = right_to_sell(cx, args.appointment_id.as_ref())?;
    let settings = cx.settings()?;
    let cart = cart(cx, &settings, appointment.as_ref(), &args.lines, args.discount, &args.tips)?;
    if cart.discounted {
        cx.also(Action::TillDiscount)?.whole()?;
    }
    if cart.repriced {
        cx.also(Action::TillPriceOverride)?.whole()?;
    }
    if let Some(found) = &appointment {
        if matches!(found.status, crate::agenda::VisitStatus::Cancelled | crate::agenda::VisitStatus::NoShow)
        {
            return Err(Error::Conflict { reason: "closed_appointment" });
        }
        if store::paying_sale(cx.db(), &found.id)?.is_some() {
            return Err(Error::Conflict { reason: "already_paid" });
        }
        gate(cx, found, PaperworkAt::Checkout)?;
    }
    let client = match (&args.client_id, &appointment) {
        (Some(client), Some(found)) if **client != *found.client => {
            return Err(Error::invalid("client_id", "another than the appointment's"));
        }
        (Some(client), _) => {
            store::client_name(cx.db(), client)?;
            Some(client.to_string())
        }
        (None, Some(found)) => Some(found.client.clone()),
        (None, None) => None,
    };
    let session = check_tenders(cx, &args.tenders, cart.total)?;
    let sale = Sale {
        id: cx.id()?,
        receipt: store::next_number(cx.write(&permit), super::REGISTER, "receipt")?,
        kind: SaleKind::Sale,
        at: cx.now(),
        member: cx.caller()?.id.clone(),
        client,
        appointment: appointment.map(|found| found.id),
        session,
        original: None,
        reason: None,
        goods: cart.goods,
        discount: cart.discount,
        tax: cart.tax,
        tips: cart.tip,
        total: cart.total,
        currency: settings.currency,
    };
    let lines: Vec<(CartLine, Option<String>)> = cart.lines.into_iter().map(|line| (line, None)).collect();
    let tenders: Vec<(Tender, Money, Money)> = args
        .tenders
        .iter()
        .map(|line| (line.tender, line.amount, line.given.unwrap_or(line.amount)))
        .collect();
    record(cx, &permit, &sale, &lines, &cart.tips, &tenders)?;
    for (line, _) in lines.iter() {
        if let Some(item) = &line.item_id {
            let on_hand = inventory::on_hand(cx.db(), item)?;
            if on_hand < line.quantity {
                return Err(Error::Conflict { reason: "out_of_stock" });
            }
            let sold = inventory::Move {
                item,
                kind: "sale",
                quantity: -line.quantity,
                sale: Some(&sale.id),
                ..Default::default()
            };
            inventory::move_stock(cx, &permit, sold)?;
        }
    }
    receipt_of(cx, &sale.id)
}

/// The tenders pay the total to the cent, and cash has a drawer to go into.
fn check_tenders(cx: &Change<'_>, tenders: &[TenderLine], total: Money) -> Result<Option<String>> {
    if tenders.len() > 20 {
        return Err(Error::invalid("tenders", "too many"));
    }
    for (at, line) in tenders.iter().enumerate() {
        if line.amount <= Money::ZERO {
            return Err(Error::invalid(format!("tenders[{at}].amount"), "not positive"));
        }
        let given = line.given.unwrap_or(line.amount);
        if given < line.amount || (line.tender != Tender::Cash && given != line.amount) {
            return Err(Error::invalid(format!("tenders[{at}].given"), "does not fit the amount"));
        }
    }
    if Money::sum(tenders.iter().map(|line| line.amount))? != total {
        return Err(Error::invalid("tenders", "do not add up to the total"));
    }
    let open = drawer::open_session(cx.db(), super::REGISTER)?.map(|session| session.id);
    if open.is_none() && tenders.iter().any(|line| line.tender == Tender::Cash) {
        return Err(Error::Conflict { reason: "drawer_closed" });
    }
    Ok(open)
}

/// Writes a sale, refund or void with its lines, tips, tenders and ledger entry, and seals them all.
fn record(
    cx: &mut Change<'_>,
    permit: &Permit,
    sale: &Sale,
    lines: &[(CartLine, Option<String>)],
    tips: &[Tip],
    tenders: &[(Tender, Money, Money)],
) -> Result<()> {
    let db = cx.write(permit);
    store::add_sale(db, sale)?;
    cx.seal("sales", &sale.id);
    let mut entry = Entry::new(sale.kind.name(), Some(&sale.id), sale.session.as_deref());
    let mut days = Days::today(cx)?;
    days.receipt(&sale.member, sale.kind, sale.discount.minor(), sale.tips.minor(), sale.total.minor());
    let mut earnings = Earnings::new(Some(&sale.id));
    let mut named: Vec<&str> = Vec::new();
    for (position, (line, original)) in (1..).zip(lines) {
        let id = cx.id()?;
        store::add_line(db, &id, &sale.id, position, line, original.as_deref())?;
        cx.seal("sale_lines", &id);
        let artist = line.artist_id.as_deref();
        let revenue = if line.item_id.is_some() { Account::ProductRevenue } else { Account::ServiceRevenue };
        entry.add(revenue, artist, line.amount.plus(line.discount)?.minus(line.tax)?.negated())?;
        entry.add(Account::Discounts, artist, line.discount)?;
        entry.add(Account::TaxPayable, None, line.tax.negated())?;
        days.line(sale.kind, &sold(line));
        named.push(artist.unwrap_or_default());
        commission(cx, permit, &mut earnings, &mut days, sale, line, &id, original.as_deref())?;
    }
    for tip in tips {
        let id = cx.id()?;
        store::add_tip(db, &id, &sale.id, &tip.artist_id, tip.amount)?;
        cx.seal("sale_tips", &id);
        entry.add(Account::TipsPayable, Some(&tip.artist_id), tip.amount.negated())?;
        days.tip(&tip.artist_id, tip.amount.minor());
        named.push(&tip.artist_id);
    }
    for (position, (tender, amount, given)) in (1..).zip(tenders) {
        let id = cx.id()?;
        store::add_tender(db, &id, &sale.id, position, *tender, *amount, *given)?;
        cx.seal("sale_tenders", &id);
        entry.add(Account::of(*tender), None, *amount)?;
        days.tender(tender.name(), amount.minor());
    }
    entry.post(cx, permit)?;
    earnings.post(cx, permit)?;
    named.sort_unstable();
    named.dedup();
    named.into_iter().for_each(|artist| days.named(artist, sale.kind));
    days.keep(cx, permit)?;
    if let Some(appointment) = &sale.appointment {
        store::settle_visit(db, appointment)?;
    }
    cx.note("sale", sale.id.as_str());
    cx.note("receipt", sale.receipt);
    cx.note("total", sale.total.minor());
    if let Some(original) = &sale.original {
        cx.note("original", original.as_str());
    }
    Ok(())
}

fn sold(line: &CartLine) -> Sold<'_> {
    Sold {
        artist: line.artist_id.as_deref().unwrap_or_default(),
        item: line.item_id.is_some(),
        thing: line.item_id.as_deref().or(line.service_id.as_deref()).unwrap_or_default(),
        quantity: line.quantity,
        discount: line.discount.minor(),
        tax_bp: None,
        tax: line.tax.minor(),
        added: 0,
        amount: line.amount.minor(),
    }
}

/// What a line brings its artist, or what giving it back takes from them.
#[allow(clippy::too_many_arguments)]
fn commission(
    cx: &mut Change<'_>,
    permit: &Permit,
    earnings: &mut Earnings<'_>,
    days: &mut Days,
    sale: &Sale,
    line: &CartLine,
    id: &str,
    original: Option<&str>,
) -> Result<()> {
    let source = Source { sale: &sale.id, line: id };
    if let Some(original) = original {
        let share = store::given_back(cx.db(), original)?;
        return earnings.take_back(cx, permit, days, original, source, share);
    }
    let Some(artist) = line.artist_id.as_deref() else { return Ok(()) };
    let work = Work {
        artist,
        service: line.service_id.as_deref(),
        appointment: sale.appointment.as_deref(),
        source,
        basis: basis(cx, line)?,
    };
    earnings.earn(cx, permit, days, &work)
}

/// What an artist's share is of: the price without tax, after the discount or before it.
fn basis(cx: &Change<'_>, line: &CartLine) -> Result<Money> {
    let after = line.amount.minus(line.tax)?;
    if line.discount == Money::ZERO || payouts::after_discount(cx.db())? {
        return Ok(after);
    }
    let price = line.amount.plus(line.discount)?;
    price.minus(price.tax_inside(cx.settings()?.tax_bp)?)
}

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
    Ok(CartLine {
        service_id: line.service_id.clone(),
        item_id: line.item_id.clone(),
        artist_id: line.artist_id.clone(),
        label: line.label.clone(),
        quantity: -quantity,
        list_price: line.list_price,
        unit_price: line.unit_price,
        discount: Money::ZERO,
        tax: tax.negated(),
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
    let session = drawer::open_session(cx.db(), super::REGISTER)?;
    if args.tender == Tender::Cash {
        let Some(open) = &session else { return Err(Error::Conflict { reason: "drawer_closed" }) };
        if drawer::cash_in(cx.db(), &open.id)?.plus(total)?.is_negative() {
            return Err(Error::Conflict { reason: "not_enough_cash" });
        }
    }
    let refund = Sale {
        id: cx.id()?,
        receipt: store::next_number(cx.write(&permit), super::REGISTER, "receipt")?,
        kind: SaleKind::Refund,
        at: cx.now(),
        member: cx.caller()?.id.clone(),
        session: session.map(|open| open.id),
        original: Some(sale.id.clone()),
        reason: Some(args.reason.into()),
        goods,
        discount: Money::ZERO,
        tax: Money::sum(lines.iter().map(|(line, _)| line.tax))?,
        tips: tip,
        total,
        ..sale
    };
    record(cx, &permit, &refund, &lines, &tips, &[(args.tender, total, total)])?;
    if args.restock.unwrap_or(true) {
        restock(cx, &permit, &refund.id, &lines)?;
    }
    receipt_of(cx, &refund.id)
}

fn restock(
    cx: &mut Change<'_>,
    permit: &Permit,
    refund: &str,
    lines: &[(CartLine, Option<String>)],
) -> Result<()> {
    for (line, _) in lines {
        if let Some(item) = line.item_id.as_ref().filter(|_| line.quantity < 0) {
            let back = inventory::Move {
                item,
                kind: "return",
                quantity: -line.quantity,
                sale: Some(refund),
                ..Default::default()
            };
            inventory::move_stock(cx, permit, back)?;
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
    let session = drawer::open_session(cx.db(), super::REGISTER)?.map(|open| open.id);
    if session.is_none() && tenders.iter().any(|line| line.tender == Tender::Cash) {
        return Err(Error::Conflict { reason: "drawer_closed" });
    }
    let mut lines = Vec::new();
    for (at, line) in store::lines(cx.db(), &sale.id)?.iter().enumerate() {
        lines.push((give_back(cx, line, None, None, at)?, Some(line.id.clone())));
    }
    let tips = tips_back(cx, &sale.id, true, None)?;
    let tenders: Vec<(Tender, Money, Money)> =
        tenders.iter().map(|line| (line.tender, line.amount.negated(), line.amount.negated())).collect();
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
        ..sale
    };
    record(cx, &permit, &void, &lines, &tips, &tenders)?;
    restock(cx, &permit, &void.id, &lines)?;
    receipt_of(cx, &void.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReceiptArgs {
    pub sale_id: Id,
}

/// A receipt again. An artist sees those of their own work alone.
pub(crate) fn receipt(look: &Look<'_>, args: ReceiptArgs) -> Result<Receipt> {
    let owner = match store::sale_by_id(look.db(), &args.sale_id)? {
        None => None,
        Some(sale) => Some(owner_of(look, &sale.id)?),
    };
    look.grant().over(owner, "sale")?;
    receipt_of(look, &args.sale_id)
}

/// A client's receipts without a visit: those that this caller may open.
pub(crate) fn of_client(look: &Look<'_>, client: &str) -> Result<Vec<ReceiptLink>> {
    let Ok(grant) = look.may(Action::ReportsViewTx) else { return Ok(Vec::new()) };
    let mut seen = store::without_visit(look.db(), client)?;
    if let Scope::Own { .. } = grant.scope() {
        let mut own = Vec::with_capacity(seen.len());
        for link in seen {
            if grant.over(Some(owner_of(look, &link.sale_id)?), "sale").is_ok() {
                own.push(link);
            }
        }
        seen = own;
    }
    Ok(seen)
}

/// The one artist whose work and tips a sale is about, if there is one.
fn owner_of(look: &Look<'_>, sale: &str) -> Result<Owner> {
    let mut artists: Vec<String> = store::lines(look.db(), sale)?
        .into_iter()
        .filter_map(|line| line.artist_id)
        .chain(store::tips(look.db(), sale)?.into_iter().map(|tip| tip.artist_id))
        .collect();
    artists.sort();
    artists.dedup();
    Ok(match <[String; 1]>::try_from(artists) {
        Ok([artist]) => Owner::Artist(artist),
        Err(_) => Owner::Nobody,
    })
}

fn receipt_of(look: &Look<'_>, id: &str) -> Result<Receipt> {
    let db = look.db();
    let sale = store::sale_by_id(db, id)?.ok_or(Error::NotFound { what: "sale" })?;
    let lines = store::lines(db, id)?;
    let tips = store::tips(db, id)?;
    let tenders = store::tenders(db, id)?;
    let reversals = store::reversals(db, id)?;
    let refundable = match sale.kind {
        SaleKind::Sale => Money::sum(
            lines.iter().map(|line| line.amount_left).chain(tips.iter().map(|tip| tip.amount_left)),
        )?,
        SaleKind::Refund | SaleKind::Void => Money::ZERO,
    };
    let voidable = sale.kind == SaleKind::Sale
        && reversals.is_empty()
        && sale.receipt > drawer::last_receipt_closed(db, super::REGISTER)?;
    Ok(Receipt {
        receipt: sale.receipt,
        kind: sale.kind,
        at: sale.at,
        by: store::member_name(db, &sale.member)?,
        client_name: sale.client.as_deref().map(|client| store::client_name(db, client)).transpose()?,
        client_id: sale.client,
        appointment_id: sale.appointment,
        original: match &sale.original {
            Some(original) => store::link_to(db, original)?,
            None => None,
        },
        reversals,
        reason: sale.reason,
        change: Money::sum(tenders.iter().map(|line| line.change))?,
        lines,
        tips,
        tenders,
        goods: sale.goods,
        discount: sale.discount,
        tax: sale.tax,
        tip: sale.tips,
        total: sale.total,
        refundable,
        voidable,
        sale_id: sale.id,
    })
}
