//! Lots, what goes off, and the ledger of an item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Item, Lot, Movement, commands, store};
use crate::access::{Action, Owner, Permit, Policy};
use crate::agenda::commands::sees_all;
use crate::calendar::Day;
use crate::clock::Millis;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::sent::Sent;
use crate::text::{Id, Mark, Name};

/// How far ahead the list of what goes off looks, in days.
const SOON: u64 = 30;
/// Movements a page.
const PAGE: i64 = 50;

/// What a label says.
#[derive(Debug)]
pub(super) struct Label {
    pub number: Option<Mark<64>>,
    pub expires: Option<Day>,
    pub supplier: Option<String>,
}

/// The lot that a label names, written down if it is new; none when the label says nothing.
pub(super) fn lot_of(
    cx: &mut Change<'_>,
    permit: &Permit,
    item: &Item,
    label: Label,
) -> Result<Option<String>> {
    let Label { number, expires, supplier } = label;
    let number = number.map(String::from);
    if number.is_none() && expires.is_none() {
        return Ok(None);
    }
    check_expiry(cx, expires)?;
    if let Some(known) = store::lot_known(cx.db(), &item.id, number.as_deref(), expires)? {
        // One number with two dates is a label that was misread.
        if expires.is_some() && known.expires != expires {
            return Err(Error::Conflict { reason: "lot_expiry_differs" });
        }
        return Ok(Some(known.id));
    }
    let id = cx.id()?;
    let new = store::NewLot {
        id: &id,
        item: &item.id,
        number: number.as_deref(),
        expires,
        supplier: supplier.as_deref(),
    };
    store::put_lot(cx.write(permit), new)?;
    Ok(Some(id))
}

/// Nothing comes onto the shelf that is no longer good.
fn check_expiry(look: &Look<'_>, expires: Option<Day>) -> Result<()> {
    let today = today(look)?;
    if expires.is_some_and(|expires| expires < today) {
        Err(Error::invalid("expires", "past"))
    } else {
        Ok(())
    }
}

pub(super) fn today(look: &Look<'_>) -> Result<Day> {
    look.settings()?.zone()?.day_of(look.now())
}

/// A lot of this item.
pub(super) fn of_item(look: &Look<'_>, item: &str, lot: &str) -> Result<Lot> {
    store::lot_by_id(look.db(), lot)?.filter(|lot| lot.item_id == item).ok_or(Error::NotFound { what: "lot" })
}

/// How many items are below their minimum, and how many lots go off within thirty days: for whoever books deliveries,
/// with the code or without.
pub(crate) fn worries(look: &Look<'_>) -> Result<(i64, i64)> {
    if look.caller()?.answer(look.now(), Action::InventoryStockIn) == Policy::Deny {
        return Ok((0, 0));
    }
    let today = today(look)?;
    store::worries(look.db(), today, today.plus(SOON)?)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct LotsArgs {
    /// All of this item's lots; left out, whatever is on hand and no longer good in thirty days.
    pub item_id: Option<Id>,
}

pub(crate) fn lots(look: &Look<'_>, args: LotsArgs) -> Result<Vec<Lot>> {
    look.grant().whole()?;
    match args.item_id {
        Some(item) => store::lots(look.db(), &commands::find(look, &item)?.id),
        None => store::expiring(look.db(), today(look)?.plus(SOON)?),
    }
}

/// A field left out stays as it is; null or an empty text takes it away.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditLotArgs {
    pub lot_id: Id,
    /// The version that was seen; another one in the file is a conflict.
    pub rev: Option<i64>,
    /// Taken away only where a day is left.
    #[serde(default)]
    pub number: Sent<Mark<64>>,
    /// Also a day that has passed: it is what the label says.
    #[serde(default)]
    pub expires: Sent<Day>,
    #[serde(default)]
    pub supplier: Sent<Name>,
}

/// Puts right what was misread from a label. Movements and visits go on naming the lot.
pub(crate) fn edit_lot(cx: &mut Change<'_>, args: EditLotArgs) -> Result<Lot> {
    let found = store::lot_by_id(cx.db(), &args.lot_id)?;
    let permit = cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "lot")?;
    let before = found.ok_or(Error::NotFound { what: "lot" })?;
    if args.rev.is_some_and(|rev| rev != before.rev) {
        return Err(Error::Conflict { reason: "changed_meanwhile" });
    }
    let number = args.number.map(String::from).over(before.number);
    let expires = args.expires.over(before.expires);
    let supplier = args.supplier.map(String::from).over(before.supplier);
    if number.is_none() && expires.is_none() {
        return Err(Error::invalid("number", "missing"));
    }
    let known = store::lot_known(cx.db(), &before.item_id, number.as_deref(), expires)?;
    if known.is_some_and(|known| known.id != before.id) {
        return Err(Error::Conflict { reason: "lot_taken" });
    }
    let after = store::NewLot {
        id: &before.id,
        item: &before.item_id,
        number: number.as_deref(),
        expires,
        supplier: supplier.as_deref(),
    };
    store::put_lot(cx.write(&permit), after)?;
    cx.note("item", before.item_id.as_str());
    cx.note("lot", before.id.as_str());
    cx.note("old_expires", before.expires.map(String::from));
    cx.note("expires", expires.map(String::from));
    store::lot_by_id(cx.db(), &before.id)?.ok_or(Error::NotFound { what: "lot" })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct MovementsArgs {
    pub item_id: Id,
    /// The `seq` of the last one that is known: the page after it.
    pub before: Option<i64>,
}

/// An item's ledger, newest first, fifty at a time.
pub(crate) fn movements(look: &Look<'_>, args: MovementsArgs) -> Result<Vec<Movement>> {
    look.grant().whole()?;
    let item = commands::find(look, &args.item_id)?;
    // A receipt is somebody's purchase (T039).
    let receipts = look.caller()?.answer(look.now(), Action::ReportsViewTx) == Policy::Allow;
    store::movements(look.db(), &item.id, args.before.unwrap_or(i64::MAX), PAGE, receipts)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LotArgs {
    pub lot_id: Id,
}

/// A visit that used a lot.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LotVisit {
    pub appointment_id: String,
    pub starts_at: Millis,
    pub artist_name: String,
    pub client_id: String,
    pub client_name: String,
    /// None where this member is not shown how to reach clients (D03).
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Who must be told when a maker calls a lot back.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Recall {
    pub lot: Lot,
    pub visits: Vec<LotVisit>,
    /// Visits of colleagues, which this member is not shown (D04).
    pub others: i64,
}

pub(crate) fn recall(look: &Look<'_>, args: LotArgs) -> Result<Recall> {
    look.grant().whole()?;
    let lot = store::lot_by_id(look.db(), &args.lot_id)?.ok_or(Error::NotFound { what: "lot" })?;
    let own = if sees_all(look)? { None } else { Some(look.caller()?.artist.clone().unwrap_or_default()) };
    let mut visits = super::visits::store::of_lot(look.db(), &lot.id, own.as_deref())?;
    if !crate::clients::commands::contacts(look)? {
        for visit in &mut visits {
            (visit.phone, visit.email) = (None, None);
        }
    }
    let others = lot.visits - i64::try_from(visits.len()).map_err(Error::internal)?;
    Ok(Recall { lot, visits, others })
}
