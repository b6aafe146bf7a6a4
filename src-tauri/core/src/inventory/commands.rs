//! What the desk can ask about items and how many there are.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::store::Move;
use super::{Item, MovementKind, SessionUse, shelf, store};
use crate::access::{Owner, Permit};
use crate::calendar::Day;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::sent::Sent;
use crate::studio::commands::Nothing;
use crate::studio::store as studio;
use crate::text::{Id, Line, Mark, Name, Short, fold_code};

/// No shelf holds more.
pub(super) const MOST: i64 = 1_000_000;

pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<Item>> {
    look.grant().whole()?;
    store::items(look.db(), shelf::today(look)?)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ItemForm {
    pub sku: Mark<64>,
    /// What a scanner reads off it, where that is not the SKU. No other item has it, as barcode or as SKU.
    pub barcode: Option<Mark<64>>,
    pub name: Name,
    pub category: Option<Name>,
    /// piece, box, bottle…; piece when left out.
    pub unit: Option<Line<20>>,
    pub cost: Option<Money>,
    pub price: Money,
    pub minimum: Option<i64>,
    /// What is ordered up to; twice the minimum when left out.
    pub target: Option<i64>,
    pub supplier: Option<Name>,
    /// Sold at the counter; yes when left out.
    pub for_sale: Option<bool>,
    /// Whether visits say that they used it; no when left out.
    pub session_use: Option<SessionUse>,
    /// The usual tax when left out.
    pub tax_rate_id: Option<Id>,
}

/// The smallest unit of most things.
const PIECE: &str = "piece";

fn item(id: String, form: ItemForm) -> Item {
    Item {
        id,
        sku: form.sku.into(),
        barcode: form.barcode.map(String::from),
        name: form.name.into(),
        category: form.category.map(String::from),
        unit: form.unit.map_or_else(|| PIECE.to_owned(), String::from),
        cost: form.cost.unwrap_or_default(),
        price: form.price,
        minimum: form.minimum.unwrap_or(0),
        target: form.target,
        supplier: form.supplier.map(String::from),
        for_sale: form.for_sale.unwrap_or(true),
        session_use: form.session_use.unwrap_or_default(),
        tax_rate_id: form.tax_rate_id.map(String::from),
        active: true,
        on_hand: 0,
        expired: 0,
        next_expiry: None,
        rev: 1,
    }
}

/// What no item can be, and codes that another one has.
fn check(look: &Look<'_>, item: &Item, before: Option<&Item>) -> Result<()> {
    for (field, amount) in [("price", item.price), ("cost", item.cost)] {
        if amount.is_negative() {
            return Err(Error::invalid(field, "negative"));
        }
    }
    if !(0..=MOST).contains(&item.minimum) {
        return Err(Error::invalid("minimum", "out of range"));
    }
    if item.target.is_some_and(|target| !(item.minimum..=MOST).contains(&target)) {
        return Err(Error::invalid("target", "out of range"));
    }
    check_codes(look, item, before)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CreateItemArgs {
    pub form: ItemForm,
    /// What is on the shelf already.
    pub on_hand: Option<i64>,
    /// The number on the label of what is on the shelf.
    pub lot: Option<Mark<64>>,
    /// The last day on which that is good.
    pub expires: Option<Day>,
}

pub(crate) fn create_item(cx: &mut Change<'_>, args: CreateItemArgs) -> Result<Item> {
    let permit = cx.grant().whole()?;
    check_rate(cx, args.form.tax_rate_id.as_deref(), None)?;
    let item = item(cx.id()?, args.form);
    let on_hand = args.on_hand.unwrap_or(0);
    if !(0..=MOST).contains(&on_hand) {
        return Err(Error::invalid("on_hand", "out of range"));
    }
    // A label is of something.
    if on_hand == 0 && (args.lot.is_some() || args.expires.is_some()) {
        return Err(Error::invalid("on_hand", "not positive"));
    }
    check(cx, &item, None)?;
    store::put(cx.write(&permit), &item)?;
    if on_hand > 0 {
        let label = shelf::Label { number: args.lot, expires: args.expires, supplier: None };
        let lot = shelf::lot_of(cx, &permit, &item, label)?;
        let opening = Move {
            unit_cost: Some(item.cost),
            lot: lot.as_deref(),
            ..Move::of(&item.id, MovementKind::Opening, on_hand)
        };
        store::move_stock(cx, &permit, opening)?;
    }
    cx.note("item", item.id.as_str());
    find(cx, &item.id)
}

/// The rate that a form names is there, and offered unless the item has it already.
fn check_rate(look: &Look<'_>, rate: Option<&str>, before: Option<&str>) -> Result<()> {
    match rate {
        Some(rate) => studio::offered_rate(look.db(), rate, before),
        None => Ok(()),
    }
}

/// A scanner finds one item by a code, never two, and neither does a hand that types it without its accents. Items that
/// have had the same code since before this was asked keep it.
fn check_codes(look: &Look<'_>, item: &Item, before: Option<&Item>) -> Result<()> {
    let others = store::codes_but(look.db(), &item.id)?;
    let taken = |code: &str| {
        let code = fold_code(code);
        others.iter().any(|other| fold_code(other) == code)
    };
    if before.is_none_or(|before| before.sku != item.sku) && taken(&item.sku) {
        return Err(Error::Conflict { reason: "sku_taken" });
    }
    match &item.barcode {
        Some(barcode)
            if before.is_none_or(|before| before.barcode.as_ref() != Some(barcode)) && taken(barcode) =>
        {
            Err(Error::Conflict { reason: "barcode_taken" })
        }
        _ => Ok(()),
    }
}

pub(crate) fn find(look: &Look<'_>, id: &str) -> Result<Item> {
    store::item_by_id(look.db(), id, shelf::today(look)?)?.ok_or(Error::NotFound { what: "item" })
}

pub(super) fn own(cx: &Change<'_>, id: &str) -> Result<(Permit, Item)> {
    let found = store::item_by_id(cx.db(), id, shelf::today(cx)?)?;
    let permit = cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "item")?;
    Ok((permit, found.ok_or(Error::NotFound { what: "item" })?))
}

/// A field left out stays as it is; null or an empty text takes away what may be missing.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ItemChanges {
    pub sku: Option<Mark<64>>,
    /// What a scanner reads off it, where that is not the SKU. No other item has it, as barcode or as SKU.
    pub barcode: Sent<Mark<64>>,
    pub name: Option<Name>,
    pub category: Sent<Name>,
    /// Taken away, it is piece.
    pub unit: Sent<Line<20>>,
    pub cost: Sent<Money>,
    pub price: Option<Money>,
    pub minimum: Sent<i64>,
    /// What is ordered up to; taken away, twice the minimum.
    pub target: Sent<i64>,
    pub supplier: Sent<Name>,
    /// Sold at the counter.
    pub for_sale: Option<bool>,
    /// Whether visits say that they used it.
    pub session_use: Option<SessionUse>,
    /// Taken away, it is the usual tax.
    pub tax_rate_id: Sent<Id>,
}

impl ItemChanges {
    fn over(self, before: Item) -> Item {
        Item {
            sku: self.sku.map_or(before.sku, String::from),
            barcode: self.barcode.map(String::from).over(before.barcode),
            name: self.name.map_or(before.name, String::from),
            category: self.category.map(String::from).over(before.category),
            unit: self.unit.map(String::from).over(Some(before.unit)).unwrap_or_else(|| PIECE.to_owned()),
            cost: self.cost.over(Some(before.cost)).unwrap_or_default(),
            price: self.price.unwrap_or(before.price),
            minimum: self.minimum.over(Some(before.minimum)).unwrap_or(0),
            target: self.target.over(before.target),
            supplier: self.supplier.map(String::from).over(before.supplier),
            for_sale: self.for_sale.unwrap_or(before.for_sale),
            session_use: self.session_use.unwrap_or(before.session_use),
            tax_rate_id: self.tax_rate_id.map(String::from).over(before.tax_rate_id),
            ..before
        }
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditItemArgs {
    pub item_id: Id,
    /// The version that was seen; another one in the file is a conflict.
    pub rev: Option<i64>,
    pub form: ItemChanges,
    /// An inactive item can no longer be sold.
    pub active: Option<bool>,
}

pub(crate) fn edit_item(cx: &mut Change<'_>, args: EditItemArgs) -> Result<Item> {
    let (permit, before) = own(cx, &args.item_id)?;
    if args.rev.is_some_and(|rev| rev != before.rev) {
        return Err(Error::Conflict { reason: "changed_meanwhile" });
    }
    let active = args.active.unwrap_or(before.active);
    let after = Item { active, ..args.form.over(before.clone()) };
    check_rate(cx, after.tax_rate_id.as_deref(), before.tax_rate_id.as_deref())?;
    check(cx, &after, Some(&before))?;
    store::put(cx.write(&permit), &after)?;
    cx.note("item", after.id.as_str());
    cx.note("price", after.price.minor());
    find(cx, &after.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct StockInArgs {
    pub item_id: Id,
    pub quantity: i64,
    /// What each piece cost. The item's cost becomes the average of this and of what is on hand, to the cent; left out, it
    /// stays.
    pub unit_cost: Option<Money>,
    pub reason: Option<Short>,
    /// The number on the label.
    pub lot: Option<Mark<64>>,
    /// The last day on which it is good: today or later.
    pub expires: Option<Day>,
    /// Where it came from, when that is not the item's usual supplier.
    pub supplier: Option<Name>,
}

pub(crate) fn stock_in(cx: &mut Change<'_>, args: StockInArgs) -> Result<Item> {
    let (permit, item) = own(cx, &args.item_id)?;
    if !(1..=MOST).contains(&args.quantity) || item.on_hand + args.quantity > MOST {
        return Err(Error::invalid("quantity", "out of range"));
    }
    if args.unit_cost.is_some_and(Money::is_negative) {
        return Err(Error::invalid("unit_cost", "negative"));
    }
    let label = shelf::Label {
        number: args.lot,
        expires: args.expires,
        supplier: args.supplier.map(String::from).or_else(|| item.supplier.clone()),
    };
    let lot = shelf::lot_of(cx, &permit, &item, label)?;
    let delivery = Move {
        unit_cost: args.unit_cost,
        reason: args.reason.as_deref(),
        lot: lot.as_deref(),
        ..Move::of(&item.id, MovementKind::Delivery, args.quantity)
    };
    store::move_stock(cx, &permit, delivery)?;
    if let Some(paid) = args.unit_cost {
        let cost = average(&item, args.quantity, paid)?;
        if cost != item.cost {
            store::set_cost(cx.write(&permit), &item.id, cost)?;
        }
    }
    cx.note("item", item.id.as_str());
    cx.note("quantity", args.quantity);
    if let Some(lot) = lot {
        cx.note("lot", lot);
    }
    find(cx, &item.id)
}

/// What a piece on the shelf is worth once a delivery lies beside what is there, to the nearest cent.
fn average(item: &Item, quantity: i64, paid: Money) -> Result<Money> {
    let there = item.on_hand.max(0);
    let worth = item.cost.times(there)?.plus(paid.times(quantity)?)?.minor();
    let pieces = there + quantity;
    Money::new((worth + pieces / 2) / pieces)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct StockAdjArgs {
    pub item_id: Id,
    /// Added, or taken away when negative.
    pub quantity: i64,
    pub reason: Short,
    /// The lot it is about. Left out, what goes off first is taken away, and what is added is of no lot.
    pub lot_id: Option<Id>,
}

pub(crate) fn stock_adj(cx: &mut Change<'_>, args: StockAdjArgs) -> Result<Item> {
    let (permit, item) = own(cx, &args.item_id)?;
    if args.quantity == 0 || !(-MOST..=MOST).contains(&args.quantity) || item.on_hand + args.quantity > MOST {
        return Err(Error::invalid("quantity", "out of range"));
    }
    let lot = match &args.lot_id {
        Some(lot) => Some(shelf::of_item(cx, &item.id, lot)?),
        None => None,
    };
    if lot.as_ref().map_or(item.on_hand, |lot| lot.on_hand) + args.quantity < 0 {
        return Err(Error::Conflict { reason: "below_zero" });
    }
    let adjustment = Move {
        reason: Some(&args.reason),
        lot: args.lot_id.as_deref(),
        ..Move::of(&item.id, MovementKind::Adjustment, args.quantity)
    };
    if lot.is_some() || args.quantity > 0 {
        store::move_stock(cx, &permit, adjustment)?;
    } else {
        store::take(cx, &permit, adjustment)?;
    }
    cx.note("item", item.id.as_str());
    cx.note("quantity", args.quantity);
    find(cx, &item.id)
}
