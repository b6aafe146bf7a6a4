//! What the desk can ask about what is owed to the artists, and paying it.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use ts_rs::TS;

use super::{Balance, Owed, Payout, PayoutTender, store};
use crate::access::{Owner, Permit, Scope};
use crate::calendar::Day;
use crate::door::{Change, Look};
use crate::drawer::store as drawer;
use crate::error::{Error, Result, Why};
use crate::money::Money;
use crate::notices::{self, NoticeKind};
use crate::staff::store as staff;
use crate::studio::commands::Nothing;
use crate::studio::store as studio;
use crate::text::{Id, Short};
use crate::till::ledger::{Account, Entry};
use crate::till::{REGISTER, store as till};

/// Whose commission may be looked at: whoever tattoos sees the own alone, the studio's totals or not (A015, T130).
pub(crate) fn whose(look: &Look<'_>, asked: Option<Id>) -> Result<Option<String>> {
    let caller = look.caller()?;
    let own = caller.role.tattoos() || matches!(look.grant().scope(), Scope::Own { .. });
    if !own {
        return Ok(asked.map(String::from));
    }
    let mine = caller.artist.clone().ok_or(Error::denied(Why::NotLinked))?;
    match asked {
        Some(asked) if *asked != *mine => Err(Error::denied(Why::NotYours)),
        _ => Ok(Some(mine)),
    }
}

/// What the studio owes each artist.
pub(crate) fn owed(look: &Look<'_>, _: Nothing) -> Result<Vec<Owed>> {
    look.grant().whole()?;
    if look.caller()?.role.tattoos() {
        return Err(Error::denied(Why::Role));
    }
    let mut last = store::last_payouts(look.db())?;
    let mut all = Vec::new();
    for (artist_id, name, active, balance) in store::owed(look.db())? {
        let last_payout = last.iter().position(|payout| payout.artist_id == artist_id);
        all.push(Owed {
            last_payout: last_payout.map(|at| last.swap_remove(at)),
            artist_id,
            name,
            active,
            commission: balance.commission,
            tips: balance.tips,
            balance: balance.total()?,
        });
    }
    Ok(all)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PayoutsArgs {
    pub artist_id: Option<Id>,
    /// First and last day; the last year when left out.
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// Payouts, newest first; an artist's own.
pub(crate) fn list(look: &Look<'_>, args: PayoutsArgs) -> Result<Vec<Payout>> {
    let zone = studio::zone(look.db())?;
    let to = args.to.map_or_else(|| zone.day_of(look.now()), Ok)?;
    let from = args.from.map_or_else(|| to.minus(365), Ok)?;
    let (from, to) = crate::reports::commands::period(look, from, to)?;
    let artist = whose(look, args.artist_id)?;
    store::payouts(look.db(), artist.as_deref(), from, to, 1_000)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SettleArgs {
    pub artist_id: Id,
    /// The last day that is settled: at most what was earned by its end is paid.
    pub until: Day,
    pub amount: Money,
    pub tender: PayoutTender,
    pub note: Option<Short>,
}

/// Pays an artist what is owed, or a part of it (T097). Never more.
pub(crate) fn settle(cx: &mut Change<'_>, args: SettleArgs) -> Result<Payout> {
    if args.amount <= Money::ZERO {
        return Err(Error::invalid("amount", "not positive"));
    }
    let zone = studio::zone(cx.db())?;
    if args.until > zone.day_of(cx.now())? {
        return Err(Error::invalid("until", "in the future"));
    }
    let found = staff::artist_exists(cx.db(), &args.artist_id)?;
    let permit = cx.grant().over(found.then_some(Owner::Nobody), "artist")?;
    // What was earned by then, and what is left of it: a refund since may have taken some of it back.
    let until = store::unpaid_before(cx.db(), &args.artist_id, Some(args.until.plus(1)?))?;
    let now = store::unpaid_before(cx.db(), &args.artist_id, None)?;
    if args.amount > until.total()?.min(now.total()?) {
        return Err(Error::Conflict { reason: "more_than_owed" });
    }
    let session = drawer::open_session(cx.db(), REGISTER)?.map(|open| open.id);
    if args.tender == PayoutTender::Cash {
        let Some(open) = &session else { return Err(Error::Conflict { reason: "drawer_closed" }) };
        if drawer::cash_in(cx.db(), open)? < args.amount {
            return Err(Error::Conflict { reason: "not_enough_cash" });
        }
    }
    let session = session.filter(|_| args.tender == PayoutTender::Cash);
    let part = now.divide(args.amount)?;
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let new = store::NewPayout {
        id: &id,
        number: till::next_number(cx.write(&permit), REGISTER, "payout")?,
        member: &member,
        artist: &args.artist_id,
        until: args.until,
        session: session.as_deref(),
        tender: args.tender,
        amount: args.amount,
        part,
        note: args.note.as_deref(),
        reverses: None,
    };
    write(cx, &permit, &new)?;
    let details = json!({"number": new.number, "amount": args.amount, "until": args.until});
    tell(cx, &permit, &new, NoticeKind::PaidOut, &details)?;
    store::payout_by_id(cx.db(), &id)?.ok_or_else(|| Error::internal("a payout that is not there"))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TakeBackArgs {
    pub payout_id: Id,
    pub reason: Short,
}

/// Takes a payout back whole, because it went to the wrong artist or was a wrong sum: an entry of its own that points at
/// it. Cash goes back into the open drawer.
pub(crate) fn take_back(cx: &mut Change<'_>, args: TakeBackArgs) -> Result<Payout> {
    let found = store::payout_by_id(cx.db(), &args.payout_id)?;
    let permit = cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "payout")?;
    let paid = found.ok_or(Error::NotFound { what: "payout" })?;
    if paid.reverses.is_some() {
        return Err(Error::Conflict { reason: "not_a_payout" });
    }
    if paid.reversed_by.is_some() {
        return Err(Error::Conflict { reason: "payout_is_back" });
    }
    let session = match paid.tender {
        PayoutTender::Cash => {
            let open = drawer::open_session(cx.db(), REGISTER)?;
            Some(open.ok_or(Error::Conflict { reason: "drawer_closed" })?.id)
        }
        PayoutTender::Transfer | PayoutTender::Earlier => None,
    };
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let part = Balance { commission: paid.commission.negated(), tips: paid.tips.negated() };
    let new = store::NewPayout {
        id: &id,
        number: till::next_number(cx.write(&permit), REGISTER, "payout")?,
        member: &member,
        artist: &paid.artist_id,
        until: paid.until,
        session: session.as_deref(),
        tender: paid.tender,
        amount: paid.amount.negated(),
        part,
        note: Some(&args.reason),
        reverses: Some(&paid.id),
    };
    write(cx, &permit, &new)?;
    let details = json!({"number": new.number, "amount": paid.amount, "reverses": paid.number});
    tell(cx, &permit, &new, NoticeKind::PayoutBack, &details)?;
    cx.note("original", paid.id.as_str());
    store::payout_by_id(cx.db(), &id)?.ok_or_else(|| Error::internal("a payout that is not there"))
}

/// The row of a payout, sealed, with its ledger entry.
fn write(cx: &mut Change<'_>, permit: &Permit, new: &store::NewPayout<'_>) -> Result<()> {
    store::add_payout(cx.write(permit), new, cx.now())?;
    cx.seal("payouts", new.id);
    let mut entry = Entry::new("payout", None, new.session);
    entry.add(Account::CommissionPayable, Some(new.artist), new.part.commission)?;
    entry.add(Account::TipsPayable, Some(new.artist), new.part.tips)?;
    entry.add(new.tender.account(), None, new.amount.negated())?;
    entry.post(cx, permit)?;
    cx.note("payout", new.id);
    cx.note("number", new.number);
    cx.note("artist", new.artist);
    cx.note("amount", new.amount.minor());
    Ok(())
}

/// Tells the artist, unless it is their own doing.
fn tell(
    cx: &Change<'_>,
    permit: &Permit,
    new: &store::NewPayout<'_>,
    kind: NoticeKind,
    details: &Value,
) -> Result<()> {
    match staff::member_of_artist(cx.db(), new.artist)? {
        Some(told) if told != new.member => notices::tell(cx, permit, &told, kind, details),
        _ => Ok(()),
    }
}
