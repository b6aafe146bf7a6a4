//! What the desk can ask about stock.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{Item, store};
use crate::access::{Owner, Permit};
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::studio::commands::Nothing;
use crate::studio::store as studio;
use crate::text::{Id, Line, Name, Short};

/// No shelf holds more.
const MOST: i64 = 1_000_000;

pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<Item>> {
    look.grant().whole()?;
    store::items(look.db())
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ItemForm {
    pub sku: Line<64>,
    pub name: Name,
    pub category: Option<Name>,
    /// piece, box, bottle…; piece when left out.
    pub unit: Option<Line<20>>,
    pub cost: Option<Money>,
    pub price: Money,
    pub minimum: Option<i64>,
    /// Sold at the counter; yes when left out.
    pub for_sale: Option<bool>,
    /// The usual tax when left out.
    pub tax_rate_id: Option<Id>,
}

fn item(id: String, form: ItemForm) -> Result<Item> {
    let cost = form.cost.unwrap_or_default();
    if form.price.is_negative() || cost.is_negative() {
        return Err(Error::invalid("price", "negative"));
    }
    let minimum = form.minimum.unwrap_or(0);
    if !(0..=MOST).contains(&minimum) {
        return Err(Error::invalid("minimum", "out of range"));
    }
    Ok(Item {
        id,
        sku: form.sku.into(),
        name: form.name.into(),
        category: form.category.map(String::from),
        unit: form.unit.map_or_else(|| "piece".to_owned(), String::from),
        cost,
        price: form.price,
        minimum,
        for_sale: form.for_sale.unwrap_or(true),
        tax_rate_id: form.tax_rate_id.map(String::from),
        active: true,
        on_hand: 0,
        rev: 1,
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CreateItemArgs {
    pub form: ItemForm,
    /// What is on the shelf already.
    pub on_hand: Option<i64>,
}

pub(crate) fn create_item(cx: &mut Change<'_>, args: CreateItemArgs) -> Result<Item> {
    let permit = cx.grant().whole()?;
    check_rate(cx, &args.form)?;
    let item = item(cx.id()?, args.form)?;
    let on_hand = args.on_hand.unwrap_or(0);
    if !(0..=MOST).contains(&on_hand) {
        return Err(Error::invalid("on_hand", "out of range"));
    }
    if store::sku_taken(cx.db(), &item.sku, &item.id)? {
        return Err(Error::Conflict { reason: "sku_taken" });
    }
    store::put(cx.write(&permit), &item)?;
    if on_hand > 0 {
        let opening = store::Move {
            item: &item.id,
            kind: "opening",
            quantity: on_hand,
            unit_cost: Some(item.cost),
            ..Default::default()
        };
        store::move_stock(cx, &permit, opening)?;
    }
    cx.note("item", item.id.as_str());
    find(cx, &item.id)
}

/// The rate that a form names is there.
fn check_rate(look: &Look<'_>, form: &ItemForm) -> Result<()> {
    match &form.tax_rate_id {
        Some(rate) => {
            studio::tax_rate(look.db(), rate)?.map(|_| ()).ok_or(Error::NotFound { what: "tax_rate" })
        }
        None => Ok(()),
    }
}

fn find(look: &Look<'_>, id: &str) -> Result<Item> {
    store::item_by_id(look.db(), id)?.ok_or(Error::NotFound { what: "item" })
}

fn own(cx: &Change<'_>, id: &str) -> Result<(Permit, Item)> {
    let found = store::item_by_id(cx.db(), id)?;
    let permit = cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "item")?;
    Ok((permit, found.ok_or(Error::NotFound { what: "item" })?))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditItemArgs {
    pub item_id: Id,
    /// The version that was seen; another one in the file is a conflict.
    pub rev: Option<i64>,
    pub form: ItemForm,
    /// An inactive item can no longer be sold.
    pub active: Option<bool>,
}

pub(crate) fn edit_item(cx: &mut Change<'_>, args: EditItemArgs) -> Result<Item> {
    let (permit, before) = own(cx, &args.item_id)?;
    if args.rev.is_some_and(|rev| rev != before.rev) {
        return Err(Error::Conflict { reason: "changed_meanwhile" });
    }
    check_rate(cx, &args.form)?;
    let after = Item { active: args.active.unwrap_or(before.active), ..item(before.id, args.form)? };
    if store::sku_taken(cx.db(), &after.sku, &after.id)? {
        return Err(Error::Conflict { reason: "sku_taken" });
    }
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
    pub unit_cost: Option<Money>,
    pub reason: Option<Short>,
}

pub(crate) fn stock_in(cx: &mut Change<'_>, args: StockInArgs) -> Result<Item> {
    let (permit, item) = own(cx, &args.item_id)?;
    if !(1..=MOST).contains(&args.quantity) || item.on_hand + args.quantity > MOST {
        return Err(Error::invalid("quantity", "out of range"));
    }
    if args.unit_cost.is_some_and(Money::is_negative) {
        return Err(Error::invalid("unit_cost", "negative"));
    }
    let delivery = store::Move {
        item: &item.id,
        kind: "delivery",
        quantity: args.quantity,
        unit_cost: args.unit_cost,
        reason: args.reason.as_deref(),
        sale: None,
    };
    store::move_stock(cx, &permit, delivery)?;
    cx.note("item", item.id.as_str());
    cx.note("quantity", args.quantity);
    find(cx, &item.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct StockAdjArgs {
    pub item_id: Id,
    /// Added, or taken away when negative.
    pub quantity: i64,
    pub reason: Short,
}

pub(crate) fn stock_adj(cx: &mut Change<'_>, args: StockAdjArgs) -> Result<Item> {
    let (permit, item) = own(cx, &args.item_id)?;
    if args.quantity == 0 || !(-MOST..=MOST).contains(&args.quantity) {
        return Err(Error::invalid("quantity", "out of range"));
    }
    if item.on_hand + args.quantity < 0 {
        return Err(Error::Conflict { reason: "below_zero" });
    }
    let adjustment = store::Move {
        item: &item.id,
        kind: "adjustment",
        quantity: args.quantity,
        reason: Some(&args.reason),
        ..Default::default()
    };
    store::move_stock(cx, &permit, adjustment)?;
    cx.note("item", item.id.as_str());
    cx.note("quantity", args.quantity);
    find(cx, &item.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CountLine {
    pub item_id: Id,
    pub counted: i64,
    /// What the desk believed was there; another quantity in the file is a conflict.
    pub expected: Option<i64>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CycleCountArgs {
    pub lines: Vec<CountLine>,
    pub reason: Option<Short>,
}

/// A physical count: the differences are posted together.
pub(crate) fn cycle_count(cx: &mut Change<'_>, args: CycleCountArgs) -> Result<Vec<Item>> {
    if args.lines.is_empty() || args.lines.len() > 5_000 {
        return Err(Error::invalid("lines", "1 to 5000"));
    }
    let mut counted = Vec::new();
    for (at, line) in args.lines.iter().enumerate() {
        let (permit, item) = own(cx, &line.item_id)?;
        if !(0..=MOST).contains(&line.counted) {
            return Err(Error::invalid(format!("lines[{at}].counted"), "out of range"));
        }
        if line.expected.is_some_and(|expected| expected != item.on_hand) {
            return Err(Error::Conflict { reason: "changed_meanwhile" });
        }
        let difference = line.counted - item.on_hand;
        if difference != 0 {
            let count = store::Move {
                item: &item.id,
                kind: "count",
                quantity: difference,
                reason: args.reason.as_deref(),
                ..Default::default()
            };
            store::move_stock(cx, &permit, count)?;
        }
        counted.push(find(cx, &item.id)?);
    }
    cx.note("items", i64::try_from(counted.len()).map_err(Error::internal)?);
    Ok(counted)
}
