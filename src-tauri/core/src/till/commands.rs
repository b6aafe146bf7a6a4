//! What the desk can ask of the till: what a sale costs, and selling.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::deposits::{self, Use};
use super::ledger::{Account, Entry};
use super::receipts::receipt_of;
use super::store::{self, Sale};
use super::{Cart, CartDeposit, CartLine, Discount, Receipt, SaleKind, Tender, Tip};
use crate::access::{Action, Owner, Permit, Scope};
use crate::agenda::store as agenda;
use crate::clients::commands::{check_stands, may_see};
use crate::consent::{PaperworkAt, needed::gate};
use crate::door::{Change, Look};
use crate::drawer::store as drawer;
use crate::error::{Error, Result};
use crate::inventory::commands::find;
use crate::inventory::{MovementKind, store as inventory};
use crate::money::Money;
use crate::payouts::earning::{Earnings, Source, Work};
use crate::payouts::store as payouts;
use crate::reports::daily::{Days, Sold};
use crate::studio::{Settings, denominations, store as studio};
use crate::text::Id;

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
    /// The visit's deposits that pay a part; all that are held when left out.
    pub deposits: Option<Vec<Id>>,
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
    /// The visit's deposits that pay a part; all that are held when left out.
    pub deposits: Option<Vec<Id>>,
    /// Their amounts add up to what is left to pay; to its rounded sum when all of it is cash.
    pub tenders: Vec<TenderLine>,
}

/// The right to sell for this appointment, or without one (D18: owner before existence).
pub(super) fn right_to_sell(
    look: &Look<'_>,
    id: Option<&Id>,
) -> Result<(Permit, Option<agenda::Appointment>)> {
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
    // An artist takes money for their own work only, and is told the same of a colleague and of nobody (D18).
    if let Scope::Own { .. } = look.grant().scope() {
        let named = lines.iter().filter_map(|line| line.artist_id.as_ref());
        for artist in named.chain(tips.iter().map(|tip| &tip.artist_id)) {
            look.grant().over(Some(Owner::Artist(artist.to_string())), "artist")?;
        }
    }
    let mut priced = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        priced.push(cart_line(look, settings, appointment, line, at)?);
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
    Cart::price(priced, discount, shares, settings.prices_include_tax)
}

/// The deposits held for the visit that pay for it: all of them, or those asked for.
fn held(
    look: &Look<'_>,
    appointment: Option<&agenda::Appointment>,
    asked: Option<&[Id]>,
) -> Result<Vec<deposits::store::Held>> {
    let held = match appointment {
        Some(visit) => deposits::store::held_for(look.db(), &visit.id)?,
        None => Vec::new(),
    };
    let Some(asked) = asked else { return Ok(held) };
    let mut chosen = Vec::with_capacity(asked.len());
    for (at, id) in asked.iter().enumerate() {
        let known = held.iter().find(|deposit| deposit.id == **id);
        let Some(known) = known.filter(|_| !asked.iter().take(at).any(|earlier| **earlier == **id)) else {
            return Err(Error::invalid(format!("deposits[{at}]"), "not held for this visit"));
        };
        chosen.push(known.clone());
    }
    Ok(chosen)
}

/// The cart with its deposits taken off.
fn to_pay(cart: Cart, held: &[deposits::store::Held], settings: &Settings) -> Result<Cart> {
    let held = held
        .iter()
        .map(|deposit| CartDeposit {
            deposit_id: deposit.id.clone(),
            taken_at: deposit.taken_at,
            amount: deposit.left,
        })
        .collect();
    cart.pay(held, settings.cash_rounding, &denominations(settings))
}

/// The rate of its own that something has, or the usual one: its id, name and basis points.
pub(super) fn rate(
    look: &Look<'_>,
    own: Option<&str>,
    settings: &Settings,
) -> Result<(Option<String>, Option<String>, i64)> {
    let Some(own) = own else { return Ok((None, None, settings.tax_bp)) };
    let rate = studio::tax_rate(look.db(), own)?.ok_or(Error::NotFound { what: "tax_rate" })?;
    Ok((Some(rate.id), Some(rate.name), rate.bp))
}

fn cart_line(
    look: &Look<'_>,
    settings: &Settings,
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
    let (label, list_price, own_rate) = match (&line.service_id, &line.item_id) {
        (Some(service), None) => {
            let service =
                studio::service_by_id(look.db(), service)?.ok_or(Error::NotFound { what: "service" })?;
            if artist.is_none() {
                return Err(Error::invalid(field("artist_id"), "missing"));
            }
            // What was agreed for the visit is its list price.
            let agreed = appointment.filter(|found| found.service == service.id).map(|found| found.price);
            if !service.active && agreed.is_none() {
                return Err(Error::Conflict { reason: "service_inactive" });
            }
            (service.name, agreed.unwrap_or(service.price), service.tax_rate_id)
        }
        (None, Some(item)) => {
            let item = find(look, item)?;
            if !item.active || !item.for_sale {
                return Err(Error::Conflict { reason: "item_not_for_sale" });
            }
            (item.name, item.price, item.tax_rate_id)
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
    let whole = unit_price.times(quantity)?.single()?;
    let discount = line.discount.map_or(Ok(Money::ZERO), |discount| discount.off(whole))?;
    let (tax_rate_id, tax_name, tax_bp) = rate(look, own_rate.as_deref(), settings)?;
    Ok(CartLine {
        service_id: line.service_id.as_ref().map(|id| id.to_string()),
        item_id: line.item_id.as_ref().map(|id| id.to_string()),
        artist_id: artist,
        label,
        quantity,
        list_price,
        unit_price,
        discount,
        tax_rate_id,
        tax_name,
        tax_bp: Some(tax_bp),
        ..CartLine::default()
    })
}

/// What it would cost, line by line. Asks for no discount's right: nothing is sold yet.
pub(crate) fn quote(look: &Look<'_>, args: QuoteArgs) -> Result<Cart> {
    let (_permit, appointment) = right_to_sell(look, args.appointment_id.as_ref())?;
    let settings = look.settings()?;
    let cart = cart(look, &settings, appointment.as_ref(), &args.lines, args.discount, &args.tips)?;
    let held = held(look, appointment.as_ref(), args.deposits.as_deref())?;
    to_pay(cart, &held, &settings)
}

pub(crate) fn sell(cx: &mut Change<'_>, args: SellArgs) -> Result<Receipt> {
    let (permit, appointment) = right_to_sell(cx, args.appointment_id.as_ref())?;
    let settings = cx.settings()?;
    let cart = cart(cx, &settings, appointment.as_ref(), &args.lines, args.discount, &args.tips)?;
    let held = held(cx, appointment.as_ref(), args.deposits.as_deref())?;
    let cart = to_pay(cart, &held, &settings)?;
    if cart.discounted {
        cx.also(Action::TillDiscount)?.whole()?;
    }
    if cart.repriced {
        cx.also(Action::TillPriceOverride)?.whole()?;
    }
    if let Some(found) = appointment.as_ref().filter(|_| !cart.deposits.is_empty()) {
        cx.also(Action::TillDeposit)?.over(Some(Owner::Artist(found.artist.clone())), "appointment")?;
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
        (_, Some(found)) => Some(found.client.clone()),
        (Some(client), None) => {
            may_see(cx, client)?;
            check_stands(cx, client)?;
            Some(client.to_string())
        }
        (None, None) => None,
    };
    let all_cash = args.tenders.iter().all(|line| line.tender == Tender::Cash);
    let due = if all_cash { cart.cash_to_pay } else { cart.to_pay };
    let session = check_tenders(cx, &args.tenders, due)?;
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
        rounding: due.minus(cart.to_pay)?,
        currency: settings.currency,
    };
    let lines: Vec<(CartLine, Option<String>)> = cart.lines.into_iter().map(|line| (line, None)).collect();
    let tenders: Vec<(Tender, Money, Money)> = args
        .tenders
        .iter()
        .map(|line| (line.tender, line.amount, line.given.unwrap_or(line.amount)))
        .collect();
    let uses: Vec<Use> = cart
        .deposits
        .iter()
        .filter_map(|used| {
            let deposit = held.iter().find(|deposit| deposit.id == used.deposit_id)?;
            Some(Use {
                deposit: deposit.id.clone(),
                artist: deposit.artist.clone(),
                kind: "applied",
                amount: used.amount.negated(),
            })
        })
        .collect();
    let posting =
        Posting { lines: &lines, tips: &cart.tips, tenders: &tenders, uses: &uses, ..Posting::default() };
    record(cx, &permit, &sale, &posting)?;
    for (line, _) in lines.iter() {
        if let Some(item) = &line.item_id {
            let on_hand = inventory::on_hand(cx.db(), item)?;
            if on_hand < line.quantity {
                return Err(Error::Conflict { reason: "out_of_stock" });
            }
            let sold = inventory::Move {
                sale: Some(&sale.id),
                ..inventory::Move::of(item, MovementKind::Sale, -line.quantity)
            };
            inventory::take(cx, &permit, sold)?;
        }
    }
    receipt_of(cx, &sale.id)
}

/// The tenders pay what is due to the cent, and cash has a drawer to go into.
pub(super) fn check_tenders(cx: &Change<'_>, tenders: &[TenderLine], due: Money) -> Result<Option<String>> {
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
    if Money::sum(tenders.iter().map(|line| line.amount))? != due {
        return Err(Error::invalid("tenders", "do not add up to the total"));
    }
    let open = drawer::open_session(cx.db(), super::REGISTER)?.map(|session| session.id);
    if open.is_none() && tenders.iter().any(|line| line.tender == Tender::Cash) {
        return Err(Error::Conflict { reason: "drawer_closed" });
    }
    Ok(open)
}

/// What a sale, refund or void consists of.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Posting<'a> {
    /// Each with the line of the original that it takes back.
    pub lines: &'a [(CartLine, Option<String>)],
    pub tips: &'a [Tip],
    /// Tender, amount, what was handed over.
    pub tenders: &'a [(Tender, Money, Money)],
    pub uses: &'a [Use],
    /// What the artist of each line earns by it, in basis points and in money, where another program reckoned it.
    pub earned: Option<(i64, Money)>,
}

/// Writes a sale, refund or void with its lines, tips, tenders, deposits and ledger entry, and seals them all.
pub(crate) fn record(cx: &mut Change<'_>, permit: &Permit, sale: &Sale, posting: &Posting<'_>) -> Result<()> {
    let db = cx.write(permit);
    store::add_sale(db, sale)?;
    cx.seal("sales", &sale.id);
    let kept = posting.uses.iter().any(|used| used.kind == "kept");
    let kind = if kept { "deposit_kept" } else { sale.kind.name() };
    let mut entry = Entry::new(kind, Some(&sale.id), sale.session.as_deref());
    let mut days = Days::today(cx)?;
    days.receipt(&sale.member, sale.kind, sale.discount.minor(), sale.tips.minor(), sale.total.minor());
    let mut earnings = Earnings::new(Some(&sale.id));
    let mut named: Vec<&str> = Vec::new();
    for (position, (line, original)) in (1..).zip(posting.lines) {
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
        let earned = posting.earned;
        commission(cx, permit, &mut earnings, &mut days, sale, line, &id, original.as_deref(), earned)?;
    }
    for tip in posting.tips {
        let id = cx.id()?;
        store::add_tip(db, &id, &sale.id, &tip.artist_id, tip.amount)?;
        cx.seal("sale_tips", &id);
        entry.add(Account::TipsPayable, Some(&tip.artist_id), tip.amount.negated())?;
        days.tip(&tip.artist_id, tip.amount.minor());
        named.push(&tip.artist_id);
    }
    for (position, (tender, amount, given)) in (1..).zip(posting.tenders) {
        let id = cx.id()?;
        store::add_tender(db, &id, &sale.id, position, *tender, *amount, *given)?;
        cx.seal("sale_tenders", &id);
        entry.add(Account::of(*tender), None, *amount)?;
        days.tender(tender.name(), amount.minor());
    }
    for used in posting.uses {
        entry.add(Account::DepositsHeld, Some(&used.artist), used.amount.negated())?;
    }
    entry.add(Account::Rounding, None, sale.rounding.negated())?;
    let entry = entry.post(cx, permit)?;
    earnings.post(cx, permit)?;
    named.sort_unstable();
    named.dedup();
    named.into_iter().for_each(|artist| days.named(artist, sale.kind));
    days.keep(cx, permit)?;
    if let Some(appointment) = &sale.appointment {
        store::settle_visit(db, appointment)?;
    }
    for used in posting.uses {
        deposits::use_up(cx, permit, used, &sale.id, entry.as_deref())?;
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
        tax_bp: line.tax_bp,
        tax: line.tax.minor(),
        added: line.tax_added.minor(),
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
    earned: Option<(i64, Money)>,
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
        earned,
    };
    earnings.earn(cx, permit, days, &work)
}

/// What an artist's share is of: the price without tax, after the discount or before it.
fn basis(cx: &Change<'_>, line: &CartLine) -> Result<Money> {
    let after = line.amount.minus(line.tax)?;
    if line.discount == Money::ZERO || payouts::after_discount(cx.db())? {
        return Ok(after);
    }
    let price = line.before_tax.plus(line.discount)?;
    // Tax that was put on top was never in the price.
    if line.tax_added != Money::ZERO {
        return Ok(price);
    }
    price.minus(price.tax_inside(line.tax_bp.unwrap_or(0))?)
}
