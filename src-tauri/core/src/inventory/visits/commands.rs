//! What the desk can ask about what a visit used.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{VisitSupply, store};
use crate::access::{Owner, Permit};
use crate::agenda::VisitStatus;
use crate::agenda::store::{self as agenda, Appointment};
use crate::clients::commands::{check_stands, own_only, owner};
use crate::clients::store as clients;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::inventory::commands::{MOST, find};
use crate::inventory::store::{Move, move_stock, usable};
use crate::inventory::{Lot, MovementKind, SessionUse, shelf};
use crate::studio::commands::Nothing;
use crate::text::Id;

/// How long after its last day an open bottle is still offered: it may have to be written down late.
const LATE: u64 = 60;

/// The lots that a visit may have used.
pub(crate) fn lots(look: &Look<'_>, _: Nothing) -> Result<Vec<Lot>> {
    look.grant().whole()?;
    usable(look.db(), shelf::today(look)?.minus(LATE)?)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SuppliesArgs {
    /// All of a client's visits…
    pub client_id: Option<Id>,
    /// …or one visit.
    pub appointment_id: Option<Id>,
}

/// What a visit used, or all visits of a client. An artist is shown own visits; a colleague's has nothing for them, like
/// one that does not exist (D28).
pub(crate) fn supplies(look: &Look<'_>, args: SuppliesArgs) -> Result<Vec<VisitSupply>> {
    let own = own_only(look)?;
    match (args.client_id, args.appointment_id) {
        (Some(client), None) => {
            let client = clients::counts_as(look.db(), &client)?;
            look.grant().over(owner(look, &client)?, "client")?;
            store::of_client(look.db(), &client, own.as_deref())
        }
        (None, Some(visit)) => match (own, agenda::appointment(look.db(), &visit)?) {
            (None, None) => Err(Error::NotFound { what: "appointment" }),
            (own, Some(visit)) if own.as_ref().is_none_or(|own| *own == visit.artist) => {
                store::of_visit(look.db(), &visit.id)
            }
            _ => Ok(Vec::new()),
        },
        (None, None) => Err(Error::invalid("client_id", "missing")),
        (Some(_), Some(_)) => Err(Error::invalid("appointment_id", "either a client or a visit")),
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SupplyLine {
    pub item_id: Id,
    /// Left out where the piece is of no lot: whoever has it in their skin must be found again.
    pub lot_id: Option<Id>,
    /// Pieces that leave the shelf. None: part of one that was opened before, or of an item used whole, that stock says
    /// there is none left. Left out, one of an item used whole, and none of any other.
    pub quantity: Option<i64>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct UseArgs {
    pub appointment_id: Id,
    /// 1 to 50.
    pub supplies: Vec<SupplyLine>,
}

fn own(cx: &mut Change<'_>, visit: &str) -> Result<(Permit, Appointment)> {
    let found = agenda::appointment(cx.db(), visit)?;
    let owner = found.as_ref().map(|visit| Owner::Artist(visit.artist.clone()));
    let permit = cx.grant().over(owner, "appointment")?;
    let visit = found.ok_or(Error::NotFound { what: "appointment" })?;
    check_stands(cx, &visit.client)?;
    cx.note("appointment", visit.id.as_str());
    Ok((permit, visit))
}

/// Writes down what a visit used. Whole pieces leave the shelf; a part of an open one leaves it as it is.
pub(crate) fn use_supplies(cx: &mut Change<'_>, args: UseArgs) -> Result<Vec<VisitSupply>> {
    let (permit, visit) = own(cx, &args.appointment_id)?;
    if args.supplies.is_empty() || args.supplies.len() > 50 {
        return Err(Error::invalid("supplies", "1 to 50"));
    }
    if matches!(visit.status, VisitStatus::Cancelled | VisitStatus::NoShow) {
        return Err(Error::Conflict { reason: "visit_did_not_happen" });
    }
    for (at, line) in args.supplies.iter().enumerate() {
        if line.quantity.is_some_and(|quantity| !(0..=MOST).contains(&quantity)) {
            return Err(Error::invalid(format!("supplies[{at}].quantity"), "out of range"));
        }
        let item = find(cx, &line.item_id)?;
        if item.session_use == SessionUse::None {
            return Err(Error::Conflict { reason: "item_not_for_sessions" });
        }
        if let Some(lot) = &line.lot_id {
            shelf::of_item(cx, &item.id, lot)?;
        }
        let lot = line.lot_id.as_deref();
        let there = store::of_lot_on_hand(cx.db(), &item.id, lot)?;
        let whole = item.session_use == SessionUse::Whole;
        let quantity = line.quantity.unwrap_or(i64::from(whole));
        let left = if lot.is_some() { there } else { item.on_hand };
        if whole && quantity == 0 && left > 0 {
            return Err(Error::invalid(format!("supplies[{at}].quantity"), "not positive"));
        }
        if quantity > there {
            // There are enough, but of which lot is not for Inkpoint to guess.
            return Err(if quantity <= left {
                Error::invalid(format!("supplies[{at}].lot_id"), "missing")
            } else {
                Error::Conflict { reason: "out_of_stock" }
            });
        }
        let used = store::Kept {
            appointment: visit.id.clone(),
            item: item.id,
            lot: lot.map(str::to_owned),
            quantity,
            over: false,
        };
        write(cx, &permit, &used, None)?;
    }
    cx.note("supplies", i64::try_from(args.supplies.len()).map_err(Error::internal)?);
    store::of_visit(cx.db(), &visit.id)
}

fn write(cx: &mut Change<'_>, permit: &Permit, used: &store::Kept, undoes: Option<&str>) -> Result<()> {
    let (id, by) = (cx.id()?, cx.caller()?.id.clone());
    store::add(cx.write(permit), &id, used, undoes, (cx.now(), &by))?;
    cx.seal("visit_supplies", &id);
    if used.quantity == 0 {
        return Ok(());
    }
    let (kind, quantity) = match undoes {
        None => (MovementKind::Used, -used.quantity),
        Some(_) => (MovementKind::Unused, used.quantity),
    };
    let moved = Move { lot: used.lot.as_deref(), supply: Some(&id), ..Move::of(&used.item, kind, quantity) };
    move_stock(cx, permit, moved)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoUseArgs {
    pub supply_id: Id,
}

/// Takes back what was written down by mistake; whole pieces go back on the shelf.
pub(crate) fn undo_use(cx: &mut Change<'_>, args: UndoUseArgs) -> Result<Vec<VisitSupply>> {
    let found = store::by_id(cx.db(), &args.supply_id)?;
    let Some(kept) = found else {
        return Err(cx.grant().over(None, "supply").err().unwrap_or(Error::NotFound { what: "supply" }));
    };
    let (permit, visit) = own(cx, &kept.appointment)?;
    if kept.over {
        return Err(Error::Conflict { reason: "supply_undone" });
    }
    write(cx, &permit, &kept, Some(&args.supply_id))?;
    cx.note("item", kept.item.as_str());
    store::of_visit(cx.db(), &visit.id)
}
