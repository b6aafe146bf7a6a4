//! The rows of items and stock movements.

use super::Item;
use crate::access::Permit;
use crate::door::Change;
use crate::error::Result;
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};

const ITEM: &str =
    "SELECT i.id, i.sku, i.name, i.category, i.unit, i.cost, i.price, i.minimum, i.for_sale, i.active,
        (SELECT coalesce(sum(m.quantity), 0) FROM stock_moves m WHERE m.item_id = i.id), i.rev, i.tax_rate_id FROM items i";

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(Item {
        id: row.get(0)?,
        sku: row.get(1)?,
        name: row.get(2)?,
        category: row.get(3)?,
        unit: row.get(4)?,
        cost: row.get(5)?,
        price: row.get(6)?,
        minimum: row.get(7)?,
        for_sale: row.get(8)?,
        active: row.get(9)?,
        on_hand: row.get(10)?,
        rev: row.get(11)?,
        tax_rate_id: row.get(12)?,
    })
}

pub(crate) fn items(db: Reader<'_>) -> Result<Vec<Item>> {
    db.all(&format!("{ITEM} ORDER BY i.active DESC, i.name"), [], item)
}

pub(crate) fn item_by_id(db: Reader<'_>, id: &str) -> Result<Option<Item>> {
    db.maybe(&format!("{ITEM} WHERE i.id = ?1"), [id], item)
}

pub(crate) fn sku_taken(db: Reader<'_>, sku: &str, except: &str) -> Result<bool> {
    db.one("SELECT EXISTS (SELECT 1 FROM items WHERE sku = ?1 AND id <> ?2)", [sku, except], |row| row.get(0))
}

pub(crate) fn on_hand(db: Reader<'_>, item: &str) -> Result<i64> {
    db.one("SELECT coalesce(sum(quantity), 0) FROM stock_moves WHERE item_id = ?1", [item], |row| row.get(0))
}

pub(crate) fn put(db: Writer<'_>, item: &Item) -> Result<()> {
    db.run(
        "INSERT INTO items (id, sku, name, category, unit, cost, price, minimum, for_sale, active, tax_rate_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, name = excluded.name, category = excluded.category,
             unit = excluded.unit, cost = excluded.cost, price = excluded.price, minimum = excluded.minimum,
             for_sale = excluded.for_sale, active = excluded.active,
             tax_rate_id = excluded.tax_rate_id, rev = items.rev + 1",
        (
            &item.id,
            &item.sku,
            &item.name,
            &item.category,
            &item.unit,
            item.cost,
            item.price,
            item.minimum,
            item.for_sale,
            item.active,
            &item.tax_rate_id,
        ),
    )?;
    Ok(())
}

/// A movement of stock: what, how many, and why.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Move<'a> {
    pub item: &'a str,
    pub kind: &'a str,
    pub quantity: i64,
    pub unit_cost: Option<Money>,
    pub reason: Option<&'a str>,
    pub sale: Option<&'a str>,
}

/// Moves stock and seals the movement.
pub(crate) fn move_stock(cx: &mut Change<'_>, permit: &Permit, moved: Move<'_>) -> Result<()> {
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let Move { item, kind, quantity, unit_cost, reason, sale } = moved;
    cx.write(permit).run(
        "INSERT INTO stock_moves (id, item_id, kind, quantity, unit_cost, reason, sale_id, at, member_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        (&id, item, kind, quantity, unit_cost, reason, sale, cx.now(), member),
    )?;
    cx.seal("stock_moves", &id);
    Ok(())
}
