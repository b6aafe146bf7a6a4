//! What the desk can ask of the cash drawer.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Count, Direction, Drawer, OpenDrawer, ZLine, ZReport, store};
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::studio::commands::Nothing;
use crate::text::Short;
use crate::till::ledger::{Account, Entry};
use crate::till::{REGISTER, store as till};

pub(crate) fn state(look: &Look<'_>, _: Nothing) -> Result<Drawer> {
    look.grant().whole()?;
    let last = store::last_close(look.db(), REGISTER)?;
    let open = match store::open_session(look.db(), REGISTER)? {
        None => None,
        Some(session) => Some(OpenDrawer {
            moves: store::moves(look.db(), &session.id)?,
            opened_by: till::member_name(look.db(), &session.opened_by)?,
            opened_at: session.opened_at,
            float: session.float,
            session_id: session.id,
        }),
    };
    Ok(Drawer {
        open,
        suggested_float: last.map_or(Money::ZERO, |(float, _)| float),
        last_z: last.map(|(_, z)| z),
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct OpenArgs {
    /// Cash in the drawer at the start of the day.
    pub float: Money,
}

pub(crate) fn open_session(cx: &mut Change<'_>, args: OpenArgs) -> Result<Drawer> {
    let permit = cx.grant().whole()?;
    if args.float.is_negative() {
        return Err(Error::invalid("float", "negative"));
    }
    if store::open_session(cx.db(), REGISTER)?.is_some() {
        return Err(Error::Conflict { reason: "drawer_open" });
    }
    let session = store::Session {
        id: cx.id()?,
        opened_at: cx.now(),
        opened_by: cx.caller()?.id.clone(),
        float: args.float,
    };
    store::add_session(cx.write(&permit), &session)?;
    cx.seal("drawer_sessions", &session.id);
    let mut entry = Entry::new("float", None, Some(&session.id));
    entry.add(Account::CashDrawer, None, args.float)?;
    entry.add(Account::Safe, None, args.float.negated())?;
    entry.post(cx, &permit)?;
    cx.note("session", session.id.as_str());
    cx.note("float", args.float.minor());
    state(cx, Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CashMoveArgs {
    pub direction: Direction,
    pub amount: Money,
    pub reason: Short,
}

pub(crate) fn cash_move(cx: &mut Change<'_>, args: CashMoveArgs) -> Result<Drawer> {
    let permit = cx.grant().whole()?;
    if args.amount <= Money::ZERO {
        return Err(Error::invalid("amount", "not positive"));
    }
    let session =
        store::open_session(cx.db(), REGISTER)?.ok_or(Error::Conflict { reason: "drawer_closed" })?;
    let (kind, account, signed) = match args.direction {
        Direction::In => ("cash_in", Account::PayIns, args.amount),
        Direction::Out => ("cash_out", Account::PayOuts, args.amount.negated()),
        Direction::Drop => ("drop", Account::Safe, args.amount.negated()),
    };
    if store::cash_in(cx.db(), &session.id)?.plus(signed)?.is_negative() {
        return Err(Error::Conflict { reason: "not_enough_cash" });
    }
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let new = store::NewMove {
        id: &id,
        session: &session.id,
        direction: args.direction.name(),
        amount: args.amount,
        reason: &args.reason,
        member: &member,
    };
    store::add_move(cx.write(&permit), &new, cx.now())?;
    cx.seal("cash_moves", &id);
    let mut entry = Entry::new(kind, None, Some(&session.id));
    entry.add(Account::CashDrawer, None, signed)?;
    entry.add(account, None, signed.negated())?;
    entry.post(cx, &permit)?;
    cx.note("session", session.id.as_str());
    cx.note("direction", args.direction.name());
    cx.note("amount", args.amount.minor());
    state(cx, Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct OpenDrawerArgs {
    pub reason: Short,
}

/// The drawer opens without a sale: journaled, and nothing else.
pub(crate) fn open_without_sale(cx: &mut Change<'_>, args: OpenDrawerArgs) -> Result<Nothing> {
    cx.grant().whole()?;
    let session =
        store::open_session(cx.db(), REGISTER)?.ok_or(Error::Conflict { reason: "drawer_closed" })?;
    cx.note("session", session.id.as_str());
    cx.give_reason(&args.reason);
    Ok(Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CloseArgs {
    /// How many of each coin and note are in the drawer.
    pub counts: Vec<Count>,
    /// Why the count differs from what is expected; needed only then.
    pub reason: Option<Short>,
    /// What stays in the drawer for tomorrow.
    pub float_left: Option<Money>,
}

/// Seals the day: final, numbered, with the chain's head on it.
pub(crate) fn close_session(cx: &mut Change<'_>, args: CloseArgs) -> Result<ZReport> {
    let permit = cx.grant().whole()?;
    let counted = super::counted(&args.counts)?;
    let float_left = args.float_left.unwrap_or(Money::ZERO);
    if float_left.is_negative() || float_left > counted {
        return Err(Error::invalid("float_left", "more than was counted"));
    }
    let session =
        store::open_session(cx.db(), REGISTER)?.ok_or(Error::Conflict { reason: "drawer_closed" })?;
    let expected = store::cash_in(cx.db(), &session.id)?;
    let difference = counted.minus(expected)?;
    if difference != Money::ZERO && args.reason.is_none() {
        return Err(Error::Difference { expected: expected.minor(), difference: difference.minor() });
    }
    let after = store::last_receipt_closed(cx.db(), REGISTER)?;
    let (seq, hash) = cx.head()?;
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let (first, last) = store::receipts_since(cx.db(), REGISTER, after)?;
    let closing = store::Closing {
        id: &id,
        session: &session.id,
        z: till::next_number(cx.write(&permit), REGISTER, "z")?,
        member: &member,
        counts: &args.counts,
        counted,
        expected,
        difference,
        reason: args.reason.as_deref(),
        float_left,
        receipts: (first, last),
        perpetual: store::perpetual(cx.db(), REGISTER, after)?,
        head: &format!("{seq} {hash}"),
    };
    store::add_closing(cx.write(&permit), &closing, cx.now())?;
    cx.seal("drawer_closings", &id);
    store::close_session(cx.write(&permit), &session.id)?;
    let mut over_short = Entry::new("over_short", None, Some(&session.id));
    over_short.add(Account::CashDrawer, None, difference)?;
    over_short.add(Account::CashOverShort, None, difference.negated())?;
    over_short.post(cx, &permit)?;
    let mut to_safe = Entry::new("to_safe", None, Some(&session.id));
    to_safe.add(Account::CashDrawer, None, counted.negated())?;
    to_safe.add(Account::Safe, None, counted)?;
    to_safe.post(cx, &permit)?;
    cx.note("session", session.id.as_str());
    cx.note("z", closing.z);
    cx.note("difference", difference.minor());
    store::z_report(cx.db(), closing.z)?.ok_or_else(|| Error::internal("a Z that is not there"))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ZArgs {
    pub z: i64,
}

pub(crate) fn z_report(look: &Look<'_>, args: ZArgs) -> Result<ZReport> {
    look.grant().whole()?;
    store::z_report(look.db(), args.z)?.ok_or(Error::NotFound { what: "z" })
}

pub(crate) fn z_reports(look: &Look<'_>, _: Nothing) -> Result<Vec<ZLine>> {
    look.grant().whole()?;
    store::z_lines(look.db(), 400)
}
