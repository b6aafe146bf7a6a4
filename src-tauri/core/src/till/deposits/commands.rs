//! What the desk can ask about deposits.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Deposit, DepositReceipt, Use, hand_to, put_move, store};
use crate::access::{Owner, Permit, Scope};
use crate::agenda::VisitStatus;
use crate::agenda::store as agenda;
use crate::clients::store as clients;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::reports::daily::Days;
use crate::studio::store as studio;
use crate::text::{Id, Short};
use crate::till::commands::{Posting, TenderLine, check_tenders, rate, record, right_to_sell};
use crate::till::ledger::{Account, Entry};
use crate::till::receipts::receipt_of;
use crate::till::store::{Sale, next_number, paying_sale};
use crate::till::taking_back::check_cash_out;
use crate::till::{CartLine, REGISTER, Receipt, SaleKind, Tender};

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TakeDepositArgs {
    pub appointment_id: Id,
    pub amount: Money,
    /// Their amounts add up to the deposit.
    pub tenders: Vec<TenderLine>,
}

pub(crate) fn take(cx: &mut Change<'_>, args: TakeDepositArgs) -> Result<DepositReceipt> {
    if args.amount <= Money::ZERO {
        return Err(Error::invalid("amount", "not positive"));
    }
    let (permit, found) = right_to_sell(cx, Some(&args.appointment_id))?;
    let visit = found.ok_or(Error::NotFound { what: "appointment" })?;
    if !visit.status.is_open() {
        return Err(Error::Conflict { reason: "closed_appointment" });
    }
    if paying_sale(cx.db(), &visit.id)?.is_some() {
        return Err(Error::Conflict { reason: "already_paid" });
    }
    let session = check_tenders(cx, &args.tenders, args.amount)?;
    let mut entry = Entry::new("deposit_taken", None, session.as_deref());
    for line in &args.tenders {
        entry.add(Account::of(line.tender), None, line.amount)?;
    }
    entry.add(Account::DepositsHeld, Some(&visit.artist), args.amount.negated())?;
    let entry = entry.post(cx, &permit)?.ok_or_else(|| Error::internal("a deposit of nothing"))?;
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let currency = cx.settings()?.currency;
    let taken = store::Taken {
        id: &id,
        receipt: next_number(cx.write(&permit), REGISTER, "receipt")?,
        member: &member,
        client: &visit.client,
        appointment: &visit.id,
        artist: &visit.artist,
        session: session.as_deref(),
        entry: &entry,
        amount: args.amount,
        currency: &currency,
    };
    store::add(cx.write(&permit), &taken, cx.now())?;
    cx.seal("deposits", &id);
    for (position, line) in (1..).zip(&args.tenders) {
        let paid = (line.tender, line.amount, line.given.unwrap_or(line.amount));
        put_tender(cx, &permit, &id, None, position, paid)?;
    }
    cx.note("deposit", id.as_str());
    cx.note("receipt", taken.receipt);
    cx.note("amount", args.amount.minor());
    cx.note("appointment", visit.id.as_str());
    paper(cx, &id, None)
}

fn put_tender(
    cx: &mut Change<'_>,
    permit: &Permit,
    deposit: &str,
    moved: Option<&str>,
    position: i64,
    paid: (Tender, Money, Money),
) -> Result<()> {
    let id = cx.id()?;
    store::add_tender(cx.write(permit), &id, deposit, moved, position, paid)?;
    cx.seal("deposit_tenders", &id);
    let mut days = Days::today(cx)?;
    days.tender(paid.0.name(), paid.1.minor());
    days.keep(cx, permit)
}

pub(crate) fn paper(look: &Look<'_>, id: &str, moved: Option<&str>) -> Result<DepositReceipt> {
    let deposit = store::shown(look.db(), id, look.settings()?.deposit_cancel_hours)?;
    store::deposit_receipt(look.db(), deposit, moved)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct DepositsArgs {
    pub client_id: Option<Id>,
    pub appointment_id: Option<Id>,
    /// Only those that are still held.
    pub open_only: Option<bool>,
}

/// The newest thousand, an artist's own alone.
pub(crate) fn list(look: &Look<'_>, args: DepositsArgs) -> Result<Vec<Deposit>> {
    if let Some(id) = &args.appointment_id {
        let (_permit, found) = right_to_sell(look, Some(id))?;
        found.ok_or(Error::NotFound { what: "appointment" })?;
    }
    let mine = match look.grant().scope() {
        Scope::All => None,
        // Somebody without a profile owns nothing (T082).
        Scope::Own { artist, .. } => Some(artist.clone().unwrap_or_default()),
    };
    let client = args.client_id.map(|id| clients::counts_as(look.db(), &id)).transpose()?;
    let narrow = store::Narrow {
        id: None,
        client: client.as_deref(),
        appointment: args.appointment_id.as_deref(),
        artist: mine.as_deref(),
        open_only: args.open_only.unwrap_or(false),
    };
    store::deposits(look.db(), &narrow, look.settings()?.deposit_cancel_hours)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct DepositReceiptArgs {
    /// The number on it.
    pub receipt: i64,
}

/// The paper of a deposit again.
pub(crate) fn receipt(look: &Look<'_>, args: DepositReceiptArgs) -> Result<DepositReceipt> {
    let found = numbered(look, args.receipt)?;
    look.grant().over(found.as_ref().map(|(owner, ..)| owner.clone()), "deposit")?;
    let (_, id, moved) = found.ok_or(Error::NotFound { what: "deposit" })?;
    paper(look, &id, moved.as_deref())
}

/// The deposit that a receipt's number is about, whose it is, and the move when it was given back.
pub(crate) fn numbered(look: &Look<'_>, receipt: i64) -> Result<Option<(Owner, String, Option<String>)>> {
    let Some((id, moved)) = store::paper(look.db(), receipt)? else { return Ok(None) };
    Ok(owner_of(look, &id)?.map(|(_, owner)| (owner, id, moved)))
}

/// A deposit, and whose it is: the artist of its visit.
fn owner_of(look: &Look<'_>, id: &str) -> Result<Option<(store::Held, Owner)>> {
    let Some(deposit) = store::by_id(look.db(), id)? else { return Ok(None) };
    let artist = agenda::appointment(look.db(), &deposit.appointment)?
        .map_or(deposit.artist.clone(), |visit| visit.artist);
    Ok(Some((deposit, Owner::Artist(artist))))
}

/// A deposit that is still held, and the right over it (D18: owner before existence).
fn held(cx: &Change<'_>, id: &str) -> Result<(Permit, store::Held)> {
    let found = owner_of(cx, id)?;
    let permit = cx.grant().over(found.as_ref().map(|(_, owner)| owner.clone()), "deposit")?;
    let (deposit, _) = found.ok_or(Error::NotFound { what: "deposit" })?;
    if deposit.left == Money::ZERO {
        return Err(Error::Conflict { reason: "deposit_used" });
    }
    Ok((permit, deposit))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct MoveDepositArgs {
    pub deposit_id: Id,
    /// Another visit of the same client.
    pub appointment_id: Id,
}

pub(crate) fn move_to(cx: &mut Change<'_>, args: MoveDepositArgs) -> Result<Deposit> {
    let owned = owner_of(cx, &args.deposit_id)?;
    cx.grant().over(owned.map(|(_, owner)| owner), "deposit")?;
    let (permit, found) = right_to_sell(cx, Some(&args.appointment_id))?;
    let visit = found.ok_or(Error::NotFound { what: "appointment" })?;
    let (_, deposit) = held(cx, &args.deposit_id)?;
    if visit.client != deposit.client {
        return Err(Error::Conflict { reason: "deposit_of_another" });
    }
    if !visit.status.is_open() {
        return Err(Error::Conflict { reason: "closed_appointment" });
    }
    if paying_sale(cx.db(), &visit.id)?.is_some() {
        return Err(Error::Conflict { reason: "already_paid" });
    }
    hand_to(cx, &permit, &deposit, &visit.id, &visit.artist)?;
    cx.note("deposit", deposit.id.as_str());
    cx.note("appointment", visit.id.as_str());
    store::shown(cx.db(), &deposit.id, cx.settings()?.deposit_cancel_hours)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct KeepDepositArgs {
    pub deposit_id: Id,
    pub reason: Option<Short>,
}

/// The visit did not happen and the deposit stays: a sale of its service, paid by the deposit, taxed inside it (D29).
pub(crate) fn keep(cx: &mut Change<'_>, args: KeepDepositArgs) -> Result<Receipt> {
    let (permit, deposit) = held(cx, &args.deposit_id)?;
    let visit =
        agenda::appointment(cx.db(), &deposit.appointment)?.ok_or(Error::NotFound { what: "appointment" })?;
    if !matches!(visit.status, VisitStatus::NoShow | VisitStatus::Cancelled) {
        return Err(Error::Conflict { reason: "visit_stands" });
    }
    let settings = cx.settings()?;
    let service =
        studio::service_by_id(cx.db(), &visit.service)?.ok_or(Error::NotFound { what: "service" })?;
    let (tax_rate_id, tax_name, tax_bp) = rate(cx, service.tax_rate_id.as_deref(), &settings)?;
    let amount = deposit.left;
    let line = CartLine {
        service_id: Some(service.id),
        artist_id: Some(deposit.artist.clone()),
        label: service.name,
        quantity: 1,
        list_price: amount,
        unit_price: amount,
        before_tax: amount,
        tax_rate_id,
        tax_name,
        tax_bp: Some(tax_bp),
        tax: amount.tax_inside(tax_bp)?,
        amount,
        ..CartLine::default()
    };
    let session = crate::drawer::store::open_session(cx.db(), REGISTER)?.map(|open| open.id);
    let sale = Sale {
        id: cx.id()?,
        receipt: next_number(cx.write(&permit), REGISTER, "receipt")?,
        kind: SaleKind::Sale,
        at: cx.now(),
        member: cx.caller()?.id.clone(),
        client: Some(deposit.client.clone()),
        appointment: Some(visit.id),
        session,
        original: None,
        reason: args.reason.map(String::from),
        goods: amount,
        discount: Money::ZERO,
        tax: line.tax,
        tips: Money::ZERO,
        total: amount,
        rounding: Money::ZERO,
        currency: settings.currency,
    };
    let uses =
        [Use { deposit: deposit.id.clone(), artist: deposit.artist, kind: "kept", amount: amount.negated() }];
    let lines = [(line, None)];
    record(cx, &permit, &sale, &Posting { lines: &lines, uses: &uses, ..Posting::default() })?;
    cx.note("deposit", deposit.id.as_str());
    receipt_of(cx, &sale.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReturnDepositArgs {
    pub deposit_id: Id,
    /// All that is held when left out.
    pub amount: Option<Money>,
    pub tender: Tender,
    pub reason: Short,
}

/// Gives a deposit back, or part of it.
pub(crate) fn give_back(cx: &mut Change<'_>, args: ReturnDepositArgs) -> Result<DepositReceipt> {
    if args.amount.is_some_and(|amount| amount <= Money::ZERO) {
        return Err(Error::invalid("amount", "not positive"));
    }
    let (permit, deposit) = held(cx, &args.deposit_id)?;
    let amount = args.amount.unwrap_or(deposit.left);
    if amount > deposit.left {
        return Err(Error::invalid("amount", "more than is left"));
    }
    let session = check_cash_out(cx, args.tender, amount)?;
    let mut entry = Entry::new("deposit_returned", None, session.as_deref());
    entry.add(Account::DepositsHeld, Some(&deposit.artist), amount)?;
    entry.add(Account::of(args.tender), None, amount.negated())?;
    let entry = entry.post(cx, &permit)?;
    let receipt = next_number(cx.write(&permit), REGISTER, "receipt")?;
    let moved = store::Move {
        deposit: &deposit.id,
        kind: "returned",
        amount: amount.negated(),
        receipt: Some(receipt),
        session: session.as_deref(),
        entry: entry.as_deref(),
        reason: Some(&args.reason),
        ..store::Move::default()
    };
    let id = put_move(cx, &permit, &moved)?;
    let back = (args.tender, amount.negated(), amount.negated());
    put_tender(cx, &permit, &deposit.id, Some(&id), 1, back)?;
    cx.note("deposit", deposit.id.as_str());
    cx.note("receipt", receipt);
    cx.note("amount", amount.minor());
    paper(cx, &deposit.id, Some(&id))
}
