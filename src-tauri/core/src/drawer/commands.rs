//! What the desk can ask of the cash drawer.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::value::RawValue;
use ts_rs::TS;

use super::{Confirmer, Count, DayFigures, Direction, Drawer, OpenDrawer, XReport, ZLine, ZReport, store};
use crate::access::{Action, Permit, Policy, Role, password};
use crate::door::{Call, Change, Desk, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::printing::Opens;
use crate::session::commands::Approver;
use crate::session::guess::{Guess, of_name, wrong_code};
use crate::staff::store as staff;
use crate::studio::commands::Nothing;
use crate::text::Short;
use crate::till::ledger::{Account, Entry};
use crate::till::{REGISTER, store as till};

pub(crate) fn state(look: &Look<'_>, _: Nothing) -> Result<Drawer> {
    look.grant().whole()?;
    let last = store::last_close(look.db(), REGISTER)?;
    let open = match store::open_session(look.db(), REGISTER)? {
        None => None,
        Some(session) => {
            let settings = look.settings()?;
            let blind = settings.blind_count && look.may(Action::ReportsCashClose).is_err();
            let opened_by = till::member_name(look.db(), &session.opened_by)?;
            let confirmers = match settings.difference_limit {
                None => Vec::new(),
                Some(_) => seconds(look, &session)?
                    .who
                    .into_iter()
                    .map(|who| Confirmer { username: who.username, name: who.name })
                    .collect(),
            };
            let takeovers = store::takeovers(look.db(), &session.id)?;
            let (held_by, held_by_id) = match takeovers.last() {
                Some(last) => (last.by.clone(), last.member_id.clone()),
                None => (opened_by.clone(), session.opened_by.clone()),
            };
            Some(OpenDrawer {
                moves: if blind { Vec::new() } else { store::moves(look.db(), &session.id)? },
                opened_by,
                held_by,
                held_by_id,
                takeovers,
                opened_at: session.opened_at,
                float: session.float,
                blind,
                confirmers,
                session_id: session.id,
            })
        }
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

/// The drawer opens without a sale: journaled, and kicked where a printer can.
pub(crate) fn open_without_sale(cx: &mut Change<'_>, args: OpenDrawerArgs) -> Result<Nothing> {
    cx.grant().whole()?;
    let session =
        store::open_session(cx.db(), REGISTER)?.ok_or(Error::Conflict { reason: "drawer_closed" })?;
    cx.note("session", session.id.as_str());
    cx.give_reason(&args.reason);
    cx.open_drawer(Opens::Asked);
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
    /// A second person, one of the drawer's confirmers; needed only for a difference above the studio's limit.
    pub approver: Option<Approver>,
}

/// Seals the day; a second person's password is compared before anything is written, and counted like a sign-in.
pub(crate) fn close_session(desk: &Desk, call: &Call<'_>, args: CloseArgs) -> Result<Box<RawValue>> {
    let Some(named) = &args.approver else {
        return desk.change(call, |cx| close(cx, &args, None));
    };
    let (found, usual) = desk.query(call.command, |look| {
        super::counted(&args.counts)?;
        let found = staff::credentials(look.db(), &named.username, look.now())?;
        Ok((found, crate::session::store::usual_cost(look.db())?))
    })?;
    let guess = Guess::begin(desk, call, of_name(&named.username, found.is_some()), None, wrong_code)?;
    let right =
        password::verify(named.password.reveal(), found.as_ref().map(|found| found.hash.as_str()), usual);
    let Some(found) = found.filter(|found| right && found.active) else {
        return Err(guess.wrong());
    };
    guess.right_keyed(|cx, _| {
        // Archived or with another password by now.
        let still = staff::credentials(cx.db(), &named.username, cx.now())?;
        if !still.is_some_and(|still| still.active && still.epoch == found.epoch) {
            return Err(Error::BadCode { tries_left: 0 });
        }
        close(cx, &args, Some((&found.id, found.role)))
    })
}

/// Who may stand for a difference beside the one who counts.
struct Seconds {
    who: Vec<staff::Person>,
    /// They had a hand in the drawer too: nobody else is left.
    took_part: bool,
}

/// Those who may close a drawer and had no hand in this one. A small studio may have nobody like that: then an owner or
/// admin who had, or else anybody who may close one. Nobody at all leaves whoever counts alone (D27).
fn seconds(look: &Look<'_>, session: &store::Session) -> Result<Seconds> {
    let me = &look.caller()?.id;
    let mut others = staff::active_people(look.db(), look.now())?;
    others.retain(|other| other.id != *me && Action::ReportsCashClose.policy(other.role) != Policy::Deny);
    let hands = store::hands(look.db(), session)?;
    let clean: Vec<_> = others.iter().filter(|other| !hands.contains(&other.id)).cloned().collect();
    if !clean.is_empty() {
        return Ok(Seconds { who: clean, took_part: false });
    }
    let leads = |other: &staff::Person| matches!(other.role, Role::Owner | Role::Admin);
    if others.iter().any(leads) {
        others.retain(leads);
    }
    Ok(Seconds { who: others, took_part: true })
}

/// Who else stands for a difference above the limit, and whether the rule gave way: nobody else could stand for it
/// (D27), or nobody was left who had no hand in the drawer.
fn second_person(
    cx: &Change<'_>,
    session: &store::Session,
    difference: Money,
    approver: Option<(&str, Role)>,
) -> Result<(Option<String>, bool)> {
    let small = match cx.settings()?.difference_limit {
        Some(limit) => difference.minor().abs() <= limit.minor(),
        None => true,
    };
    if small {
        return Ok((None, false));
    }
    let me = &cx.caller()?.id;
    let seconds = seconds(cx, session)?;
    if seconds.who.is_empty() {
        return Ok((None, true));
    }
    let Some((approver, role)) = approver else { return Err(Error::Conflict { reason: "second_person" }) };
    if approver == me || Action::ReportsCashClose.policy(role) == Policy::Deny {
        return Err(Error::Conflict { reason: "second_person" });
    }
    let second = seconds.who.iter().find(|second| second.id == approver);
    let second = second.ok_or(Error::Conflict { reason: "approver_took_part" })?;
    // Whoever reset it knows it, and may be the one who counts.
    if second.must_change {
        return Err(Error::Conflict { reason: "approver_temporary" });
    }
    Ok((Some(approver.to_owned()), seconds.took_part))
}

/// The open drawer, if it is the caller's: whoever opened it, or took it over last. Another's is taken over first, so
/// that the Z says who answers for it since when.
fn own_drawer(look: &Look<'_>) -> Result<store::Session> {
    let session =
        store::open_session(look.db(), REGISTER)?.ok_or(Error::Conflict { reason: "drawer_closed" })?;
    if store::holder(look.db(), &session)? == look.caller()?.id {
        Ok(session)
    } else {
        Err(Error::Conflict { reason: "drawer_not_yours" })
    }
}

/// Final, numbered, with the chain's head on it.
fn close(cx: &mut Change<'_>, args: &CloseArgs, approver: Option<(&str, Role)>) -> Result<ZReport> {
    let permit = cx.grant().whole()?;
    let counted = super::counted(&args.counts)?;
    let float_left = args.float_left.unwrap_or(Money::ZERO);
    if float_left.is_negative() || float_left > counted {
        return Err(Error::invalid("float_left", "more than was counted"));
    }
    let session = own_drawer(cx)?;
    let expected = store::cash_in(cx.db(), &session.id)?;
    let difference = counted.minus(expected)?;
    if difference != Money::ZERO && args.reason.is_none() {
        // Who counts blindly is not told by the answer either.
        return Err(if cx.settings()?.blind_count {
            Error::Conflict { reason: "count_differs" }
        } else {
            Error::Difference { expected: expected.minor(), difference: difference.minor() }
        });
    }
    let (approved_by, waived) = second_person(cx, &session, difference, approver)?;
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
        approved_by: approved_by.as_deref(),
        waived,
    };
    store::add_closing(cx.write(&permit), &closing, cx.now())?;
    cx.seal("drawer_closings", &id);
    store::close_session(cx.write(&permit), &session.id)?;
    post_close(cx, &permit, &session.id, counted, difference)?;
    cx.note("session", session.id.as_str());
    cx.note("z", closing.z);
    cx.note("difference", difference.minor());
    if let Some(approver) = &approved_by {
        cx.note("approver", approver.as_str());
    }
    if waived {
        cx.note(if approved_by.is_some() { "took_part" } else { "waived" }, true);
    }
    cx.back_up();
    store::z_report(cx.db(), closing.z)?.ok_or_else(|| Error::internal("a Z that is not there"))
}

/// The difference into its account, and what was counted out of the drawer.
fn post_close(
    cx: &mut Change<'_>,
    permit: &Permit,
    session: &str,
    counted: Money,
    difference: Money,
) -> Result<()> {
    let mut over_short = Entry::new("over_short", None, Some(session));
    over_short.add(Account::CashDrawer, None, difference)?;
    over_short.add(Account::CashOverShort, None, difference.negated())?;
    over_short.post(cx, permit)?;
    let mut to_safe = Entry::new("to_safe", None, Some(session));
    to_safe.add(Account::CashDrawer, None, counted.negated())?;
    to_safe.add(Account::Safe, None, counted)?;
    to_safe.post(cx, permit)?;
    Ok(())
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TakeOverArgs {
    pub reason: Short,
}

/// A drawer that somebody left open is the caller's from now on.
pub(crate) fn take_over(cx: &mut Change<'_>, args: TakeOverArgs) -> Result<Drawer> {
    let permit = cx.grant().whole()?;
    let session =
        store::open_session(cx.db(), REGISTER)?.ok_or(Error::Conflict { reason: "drawer_closed" })?;
    let me = cx.caller()?.id.clone();
    let holder = store::holder(cx.db(), &session)?;
    if holder == me {
        return Err(Error::Conflict { reason: "drawer_yours" });
    }
    let id = cx.id()?;
    store::add_takeover(cx.write(&permit), &id, &session.id, cx.now(), &me, &args.reason)?;
    cx.seal("drawer_takeovers", &id);
    cx.note("session", session.id.as_str());
    cx.note("member", holder.as_str());
    state(cx, Nothing {})
}

/// The day so far. While a blind count is due it is for those who may close the drawer (D27).
pub(crate) fn x_report(look: &Look<'_>, _: Nothing) -> Result<XReport> {
    look.grant().whole()?;
    if look.settings()?.blind_count {
        look.may(Action::ReportsCashClose)?.whole()?;
    }
    let session =
        store::open_session(look.db(), REGISTER)?.ok_or(Error::Conflict { reason: "drawer_closed" })?;
    let after = store::last_receipt_closed(look.db(), REGISTER)?;
    let (first_receipt, last_receipt) = store::receipts_since(look.db(), REGISTER, after)?;
    let known = DayFigures {
        first_receipt,
        last_receipt,
        perpetual: store::perpetual(look.db(), REGISTER, after)?,
        ..DayFigures::default()
    };
    let opened_by = till::member_name(look.db(), &session.opened_by)?;
    let takeovers = store::takeovers(look.db(), &session.id)?;
    Ok(XReport {
        at: look.now(),
        opened_at: session.opened_at,
        held_by: takeovers.last().map_or_else(|| opened_by.clone(), |last| last.by.clone()),
        opened_by,
        float: session.float,
        expected: store::cash_in(look.db(), &session.id)?,
        figures: store::figures(look.db(), &session.id, known)?,
        session_id: session.id,
    })
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
