//! What the desk can ask about requests.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use ts_rs::TS;

use super::{RequestKind, RequestState, SupplyRequest, store};
use crate::access::{Action, Owner, Permit, Policy, Role};
use crate::door::{Change, Look};
use crate::error::{Error, Result, Why};
use crate::inventory::commands::{MOST, find};
use crate::notices::{self, NoticeKind};
use crate::studio::commands::Nothing;
use crate::text::{Id, Name, Short};

/// Nobody has more waiting at a time: a list that long is not read.
const MOST_WAITING: i64 = 50;

/// Whether this caller answers requests.
fn answers(look: &Look<'_>) -> Result<bool> {
    Ok(look.caller()?.answer(look.now(), Action::AgendaBoard) == Policy::Allow)
}

/// What waits and what was answered: everybody's for the desk, own ones for everybody else.
pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<SupplyRequest>> {
    look.grant().whole()?;
    let me = look.caller()?.id.clone();
    let own = if answers(look)? { None } else { Some(me.as_str()) };
    store::list(look.db(), own)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RequestArgs {
    pub kind: RequestKind,
    /// The item it is about…
    pub item_id: Option<Id>,
    /// …or what it is called, where the studio has none such.
    pub what: Option<Name>,
    /// How many are wanted, or how many are really there.
    pub quantity: Option<i64>,
    pub note: Option<Short>,
}

pub(crate) fn request(cx: &mut Change<'_>, args: RequestArgs) -> Result<SupplyRequest> {
    let permit = cx.grant().whole()?;
    let item = match (&args.item_id, &args.what) {
        (Some(item), None) => Some(find(cx, item)?),
        (None, Some(_)) if args.kind == RequestKind::Need => None,
        (None, _) => return Err(Error::invalid("item_id", "missing")),
        (Some(_), Some(_)) => return Err(Error::invalid("what", "either an item or a name")),
    };
    let least = if args.kind == RequestKind::Need { 1 } else { 0 };
    if args.quantity.is_some_and(|quantity| !(least..=MOST).contains(&quantity)) {
        return Err(Error::invalid("quantity", "out of range"));
    }
    let (id, by) = (cx.id()?, cx.caller()?.id.clone());
    if store::waiting(cx.db(), &by)? >= MOST_WAITING {
        return Err(Error::Conflict { reason: "too_many_requests" });
    }
    let new = store::New {
        id: &id,
        kind: args.kind,
        item: item.as_ref().map(|item| item.id.as_str()),
        what: args.what.as_deref(),
        quantity: args.quantity,
        note: args.note.as_deref(),
    };
    store::add(cx.write(&permit), new, cx.now(), &by)?;
    cx.note("request", id.as_str());
    cx.note("kind", args.kind.name());
    if let Some(item) = &item {
        cx.note("item", item.id.as_str());
    }
    let made = by_id(cx, &id)?;
    let facts = json!({"kind": made.kind, "what": made.what, "quantity": made.quantity});
    let desk = [Role::Owner, Role::Admin, Role::Assistant];
    notices::tell_roles(cx, &permit, &desk, NoticeKind::SupplyAsked, &facts)?;
    Ok(made)
}

fn by_id(look: &Look<'_>, id: &str) -> Result<SupplyRequest> {
    store::by_id(look.db(), id)?.ok_or(Error::NotFound { what: "request" })
}

/// A request that still waits.
fn waiting(cx: &mut Change<'_>, id: &str) -> Result<(Permit, SupplyRequest)> {
    let found = store::by_id(cx.db(), id)?;
    let permit = cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "request")?;
    let found = found.ok_or(Error::NotFound { what: "request" })?;
    cx.note("request", found.id.as_str());
    Ok((permit, found))
}

fn check_waits(request: &SupplyRequest) -> Result<()> {
    if request.state.waits() { Ok(()) } else { Err(Error::Conflict { reason: "request_answered" }) }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRequestArgs {
    pub request_id: Id,
}

/// Takes one's own request back, as long as nobody answered it: what is ordered comes.
pub(crate) fn withdraw(cx: &mut Change<'_>, args: WithdrawRequestArgs) -> Result<SupplyRequest> {
    let (permit, found) = waiting(cx, &args.request_id)?;
    let me = cx.caller()?.id.clone();
    if found.member_id != me {
        return Err(Error::denied(Why::NotYours));
    }
    if found.state != RequestState::Open {
        return Err(Error::Conflict { reason: "request_answered" });
    }
    store::answer(cx.write(&permit), &found.id, RequestState::Withdrawn, None, (cx.now(), &me))?;
    by_id(cx, &found.id)
}

/// What the desk says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestAnswer {
    Ordered,
    /// It came, or the quantity was put right.
    Done,
    Declined,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AnswerRequestArgs {
    pub request_id: Id,
    pub answer: RequestAnswer,
    /// A word to whoever asked; a reason when it is declined.
    pub note: Option<Short>,
}

pub(crate) fn answer(cx: &mut Change<'_>, args: AnswerRequestArgs) -> Result<SupplyRequest> {
    let (permit, found) = waiting(cx, &args.request_id)?;
    check_waits(&found)?;
    let state = match args.answer {
        RequestAnswer::Ordered => RequestState::Ordered,
        RequestAnswer::Done => RequestState::Done,
        RequestAnswer::Declined => RequestState::Declined,
    };
    if state == RequestState::Declined && args.note.is_none() {
        return Err(Error::invalid("note", "missing"));
    }
    if state == RequestState::Ordered && (found.kind == RequestKind::Wrong || found.state == state) {
        return Err(Error::Conflict { reason: "request_answered" });
    }
    let me = cx.caller()?.id.clone();
    store::answer(cx.write(&permit), &found.id, state, args.note.as_deref(), (cx.now(), &me))?;
    cx.note("answer", state.name());
    let made = by_id(cx, &found.id)?;
    if made.member_id != me {
        let facts = json!({"kind": made.kind, "what": made.what, "answer": state, "note": made.answer});
        notices::tell(cx, &permit, &made.member_id, NoticeKind::SupplyAnswered, &facts)?;
    }
    Ok(made)
}
