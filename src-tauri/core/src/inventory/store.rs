//! The rows of items, lots, stock movements and counts.

use super::{CountedItem, Item, Lot, Movement, MovementKind, SessionUse, StockCount, shelf};
use crate::access::Permit;
use crate::calendar::Day;
use crate::clock::Millis;
use crate::door::Change;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};

/// How many pieces of item `i` are no longer good on day `?1`.
const EXPIRED: &str = "(SELECT coalesce(sum(n.on_hand), 0) FROM stock_now n JOIN lots l ON l.id = n.lot_id
    WHERE n.item_id = i.id AND l.expires < ?1)";

fn item_sql() -> String {
    format!(
        "SELECT i.id, i.sku, i.name, i.category, i.unit, i.cost, i.price, i.minimum, i.for_sale, i.active,
        (SELECT coalesce(sum(n.on_hand), 0) FROM stock_now n WHERE n.item_id = i.id), i.rev, i.tax_rate_id,
        i.barcode, i.supplier, i.target, i.session_use,
        (SELECT min(l.expires) FROM stock_now n JOIN lots l ON l.id = n.lot_id WHERE n.item_id = i.id AND n.on_hand > 0),
        {EXPIRED}
     FROM items i"
    )
}

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let session_use: String = row.get(16)?;
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
        barcode: row.get(13)?,
        supplier: row.get(14)?,
        target: row.get(15)?,
        session_use: SessionUse::parse(&session_use),
        next_expiry: row.get(17)?,
        expired: row.get(18)?,
    })
}

pub(crate) fn items(db: Reader<'_>, today: Day) -> Result<Vec<Item>> {
    db.all(&format!("{} ORDER BY i.active DESC, i.name", item_sql()), [today], item)
}

pub(crate) fn item_by_id(db: Reader<'_>, id: &str, today: Day) -> Result<Option<Item>> {
    db.maybe(&format!("{} WHERE i.id = ?2", item_sql()), (today, id), item)
}

/// Whether any item is of this kind.
pub(crate) fn is_category(db: Reader<'_>, category: &str) -> Result<bool> {
    db.one("SELECT EXISTS (SELECT 1 FROM items WHERE category = ?1)", [category], |row| row.get(0))
}

/// Every code that another item answers to.
pub(crate) fn codes_but(db: Reader<'_>, except: &str) -> Result<Vec<String>> {
    db.all(
        "SELECT sku FROM items WHERE id <> ?1 UNION ALL SELECT barcode FROM items WHERE id <> ?1 AND barcode IS NOT NULL",
        [except],
        |row| row.get(0),
    )
}

pub(crate) fn on_hand(db: Reader<'_>, item: &str) -> Result<i64> {
    db.one("SELECT coalesce(sum(on_hand), 0) FROM stock_now WHERE item_id = ?1", [item], |row| row.get(0))
}

/// How many items in use are below their minimum with what is still good, and how many lots of what is on hand are good
/// until `until` at most.
pub(crate) fn worries(db: Reader<'_>, today: Day, until: Day) -> Result<(i64, i64)> {
    db.one(
        &format!(
            "SELECT (SELECT count(*) FROM items i WHERE i.active = 1 AND i.minimum
                     > (SELECT coalesce(sum(n.on_hand), 0) FROM stock_now n WHERE n.item_id = i.id) - {EXPIRED}),
                 (SELECT count(*) FROM stock_now n JOIN lots l ON l.id = n.lot_id
                     WHERE n.on_hand > 0 AND l.expires <= ?2)"
        ),
        (today, until),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What a piece of it costs from now on.
pub(crate) fn set_cost(db: Writer<'_>, id: &str, cost: Money) -> Result<()> {
    db.run("UPDATE items SET cost = ?2, rev = rev + 1 WHERE id = ?1", (id, cost))?;
    Ok(())
}

pub(crate) fn put(db: Writer<'_>, item: &Item) -> Result<()> {
    db.run(
        "INSERT INTO items (id, sku, name, category, unit, cost, price, minimum, for_sale, active, tax_rate_id,
             barcode, supplier, target, session_use)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, name = excluded.name, category = excluded.category,
             unit = excluded.unit, cost = excluded.cost, price = excluded.price, minimum = excluded.minimum,
             for_sale = excluded.for_sale, active = excluded.active, tax_rate_id = excluded.tax_rate_id,
             barcode = excluded.barcode, supplier = excluded.supplier, target = excluded.target,
             session_use = excluded.session_use, rev = items.rev + 1",
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
            &item.barcode,
            &item.supplier,
            item.target,
            item.session_use.name(),
        ),
    )?;
    Ok(())
}

// ---- lots ----------------------------------------------------------------------------------------------------

const LOT: &str = "SELECT l.id, l.item_id, i.name, l.number, l.expires, l.supplier,
        coalesce((SELECT n.on_hand FROM stock_now n WHERE n.item_id = l.item_id AND coalesce(n.lot_id, '') = l.id), 0) AS there,
        (SELECT count(DISTINCT s.appointment_id) FROM visit_supplies s JOIN appointments p ON p.id = s.appointment_id
         WHERE s.lot_id = l.id AND p.status NOT IN ('cancelled', 'no_show') AND s.undoes IS NULL
             AND NOT EXISTS (SELECT 1 FROM visit_supplies u WHERE u.undoes = s.id)), l.rev
    FROM lots l JOIN items i ON i.id = l.item_id";

fn lot(row: &Row<'_>) -> rusqlite::Result<Lot> {
    Ok(Lot {
        id: row.get(0)?,
        item_id: row.get(1)?,
        item_name: row.get(2)?,
        number: row.get(3)?,
        expires: row.get(4)?,
        supplier: row.get(5)?,
        on_hand: row.get(6)?,
        visits: row.get(7)?,
        rev: row.get(8)?,
    })
}

/// The lots of an item: what is on hand first, and of that what goes off first.
pub(crate) fn lots(db: Reader<'_>, item: &str) -> Result<Vec<Lot>> {
    db.all(
        &format!(
            "{LOT} WHERE l.item_id = ?1 ORDER BY there <= 0, l.expires IS NULL, l.expires, l.rowid DESC LIMIT 500"
        ),
        [item],
        lot,
    )
}

/// What is on hand and good until `until` at most, what goes off first before the rest.
pub(crate) fn expiring(db: Reader<'_>, until: Day) -> Result<Vec<Lot>> {
    db.all(
        &format!(
            "{LOT} WHERE l.expires <= ?1 AND l.id IN (SELECT n.lot_id FROM stock_now n WHERE n.on_hand > 0)
             ORDER BY l.expires, i.name, l.rowid LIMIT 1000"
        ),
        [until],
        lot,
    )
}

/// Every lot with something on hand, by item.
pub(crate) fn all_lots(db: Reader<'_>) -> Result<Vec<Lot>> {
    db.all(
        &format!(
            "{LOT} WHERE l.id IN (SELECT n.lot_id FROM stock_now n) ORDER BY i.name, l.expires, l.rowid"
        ),
        [],
        lot,
    )
}

/// The lots that visits may say they used: what is on hand, and the last of what is open.
pub(crate) fn usable(db: Reader<'_>, since: Day) -> Result<Vec<Lot>> {
    db.all(
        &format!(
            "{LOT} WHERE i.active = 1 AND i.session_use <> 'none'
                 AND (l.id IN (SELECT n.lot_id FROM stock_now n WHERE n.on_hand > 0)
                     OR l.expires IS NULL OR l.expires >= ?1)
             ORDER BY i.name, there <= 0, l.expires IS NULL, l.expires, l.rowid DESC LIMIT 2000"
        ),
        [since],
        lot,
    )
}

pub(crate) fn lot_by_id(db: Reader<'_>, id: &str) -> Result<Option<Lot>> {
    db.maybe(&format!("{LOT} WHERE l.id = ?1"), [id], lot)
}

/// The lot of an item with this number or, without one, this day.
pub(crate) fn lot_known(
    db: Reader<'_>,
    item: &str,
    number: Option<&str>,
    expires: Option<Day>,
) -> Result<Option<Lot>> {
    match number {
        Some(number) => {
            // A maker's `AB12` is read as `ab12` too; of two that were written down before, the one as it was typed.
            let folded = crate::text::fold(number);
            let mut known =
                db.all(&format!("{LOT} WHERE l.item_id = ?1 AND l.number IS NOT NULL"), [item], lot)?;
            let same = |lot: &Lot| lot.number.as_deref() == Some(number);
            known.retain(|lot| lot.number.as_deref().is_some_and(|known| crate::text::fold(known) == folded));
            let at = known.iter().position(same).unwrap_or(0);
            Ok((at < known.len()).then(|| known.swap_remove(at)))
        }
        None => db.maybe(
            &format!("{LOT} WHERE l.item_id = ?1 AND l.number IS NULL AND l.expires = ?2"),
            (item, expires),
            lot,
        ),
    }
}

/// A lot about to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewLot<'a> {
    pub id: &'a str,
    pub item: &'a str,
    pub number: Option<&'a str>,
    pub expires: Option<Day>,
    pub supplier: Option<&'a str>,
}

pub(crate) fn put_lot(db: Writer<'_>, new: NewLot<'_>) -> Result<()> {
    db.run(
        "INSERT INTO lots (id, item_id, number, expires, supplier) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET number = excluded.number, expires = excluded.expires,
             supplier = excluded.supplier, rev = lots.rev + 1",
        (new.id, new.item, new.number, new.expires, new.supplier),
    )?;
    Ok(())
}

// ---- movements -----------------------------------------------------------------------------------------------

/// A movement of stock: what, how many, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move<'a> {
    pub item: &'a str,
    pub kind: MovementKind,
    pub quantity: i64,
    pub unit_cost: Option<Money>,
    pub reason: Option<&'a str>,
    pub sale: Option<&'a str>,
    pub lot: Option<&'a str>,
    pub count: Option<&'a str>,
    pub supply: Option<&'a str>,
}

impl<'a> Move<'a> {
    pub(crate) fn of(item: &'a str, kind: MovementKind, quantity: i64) -> Move<'a> {
        Move {
            item,
            kind,
            quantity,
            unit_cost: None,
            reason: None,
            sale: None,
            lot: None,
            count: None,
            supply: None,
        }
    }
}

/// Moves stock of one lot, or of none, and seals the movement.
pub(crate) fn move_stock(cx: &mut Change<'_>, permit: &Permit, moved: Move<'_>) -> Result<()> {
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    let Move { item, kind, quantity, unit_cost, reason, sale, lot, count, supply } = moved;
    let db = cx.write(permit);
    db.run(
        "INSERT INTO stock_moves (id, item_id, kind, quantity, unit_cost, reason, sale_id, at, member_id, lot_id,
             count_id, supply_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        (&id, item, kind.name(), quantity, unit_cost, reason, sale, cx.now(), member, lot, count, supply),
    )?;
    let left: i64 = db.returning(
        "INSERT INTO stock_now (item_id, lot_id, on_hand) VALUES (?1, ?2, ?3)
         ON CONFLICT (item_id, coalesce(lot_id, '')) DO UPDATE SET on_hand = stock_now.on_hand + excluded.on_hand
         RETURNING on_hand",
        (item, lot, quantity),
        |row| row.get(0),
    )?;
    if left == 0 {
        db.run(
            "DELETE FROM stock_now WHERE item_id = ?1 AND coalesce(lot_id, '') = coalesce(?2, '')",
            (item, lot),
        )?;
    }
    cx.seal("stock_moves", &id);
    Ok(())
}

/// Takes pieces off the shelf: those that go off first before the rest, those of no lot last. What has gone off already is
/// sold only when nothing else is left; what is written off begins with it. The caller has seen that there are enough.
/// A negative quantity.
pub(crate) fn take(cx: &mut Change<'_>, permit: &Permit, taken: Move<'_>) -> Result<()> {
    let good_from = match taken.kind {
        MovementKind::Sale => Some(shelf::today(cx)?),
        _ => None,
    };
    let shelf: Vec<(Option<String>, i64)> = cx.db().all(
        "SELECT n.lot_id, n.on_hand FROM stock_now n LEFT JOIN lots l ON l.id = n.lot_id
         WHERE n.item_id = ?1 AND n.on_hand > 0
         ORDER BY coalesce(l.expires < ?2, 0), n.lot_id IS NULL, l.expires IS NULL, l.expires, l.rowid",
        (taken.item, good_from),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut wanted = -taken.quantity;
    for (lot, there) in shelf {
        let now = there.min(wanted);
        if now > 0 {
            move_stock(cx, permit, Move { lot: lot.as_deref(), quantity: -now, ..taken })?;
            wanted -= now;
        }
    }
    if wanted == 0 { Ok(()) } else { Err(Error::internal("more was taken than is there")) }
}

/// Puts pieces of a sale back where they came from. `sale` is the refund, `original` what it takes back.
pub(crate) fn put_back(
    cx: &mut Change<'_>,
    permit: &Permit,
    item: &str,
    pieces: i64,
    (sale, original): (&str, &str),
) -> Result<()> {
    let gone: Vec<(Option<String>, i64)> = cx.db().all(
        "SELECT m.lot_id, -sum(m.quantity) FROM stock_moves m
         WHERE m.item_id = ?1
             AND m.sale_id IN (SELECT id FROM sales WHERE id = ?2 UNION ALL SELECT id FROM sales WHERE original_id = ?2)
         GROUP BY m.lot_id HAVING sum(m.quantity) < 0 ORDER BY m.lot_id IS NULL, m.lot_id",
        [item, original],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let back = Move { sale: Some(sale), ..Move::of(item, MovementKind::Return, 0) };
    let mut left = pieces;
    for (lot, sold) in gone {
        let now = sold.min(left);
        if now > 0 {
            move_stock(cx, permit, Move { lot: lot.as_deref(), quantity: now, ..back })?;
            left -= now;
        }
    }
    // What a refund brings beyond what left the shelf is of no lot.
    if left > 0 {
        move_stock(cx, permit, Move { quantity: left, ..back })?;
    }
    Ok(())
}

/// The movements of an item before `before`, newest first.
pub(crate) fn movements(
    db: Reader<'_>,
    item: &str,
    before: i64,
    limit: i64,
    receipts: bool,
) -> Result<Vec<Movement>> {
    db.all(
        "WITH ledger AS (
             SELECT m.rowid AS seq, m.*, sum(m.quantity) OVER (ORDER BY m.rowid) AS balance
             FROM stock_moves m WHERE m.item_id = ?1)
         SELECT m.id, m.seq, m.at, m.kind, m.quantity, m.balance, m.unit_cost, m.reason, m.lot_id,
             coalesce(l.number, l.expires), CASE WHEN ?4 THEN s.receipt END, c.id, c.number, b.name
         FROM ledger m JOIN members b ON b.id = m.member_id LEFT JOIN lots l ON l.id = m.lot_id
             LEFT JOIN sales s ON s.id = m.sale_id LEFT JOIN stock_counts c ON c.id = m.count_id
         WHERE m.seq < ?2 ORDER BY m.seq DESC LIMIT ?3",
        (item, before, limit, receipts),
        |row| {
            let kind: String = row.get(3)?;
            Ok(Movement {
                id: row.get(0)?,
                seq: row.get(1)?,
                at: row.get(2)?,
                kind: MovementKind::parse(&kind),
                quantity: row.get(4)?,
                balance: row.get(5)?,
                unit_cost: row.get(6)?,
                reason: row.get(7)?,
                lot_id: row.get(8)?,
                lot: row.get(9)?,
                receipt: row.get(10)?,
                count_id: row.get(11)?,
                count_number: row.get(12)?,
                by: row.get(13)?,
            })
        },
    )
}

/// How many pieces of each item left the shelf since `since`, by sale or in a session.
pub(crate) fn used_since(db: Reader<'_>, since: Millis) -> Result<Vec<(String, i64)>> {
    db.all(
        "SELECT item_id, -sum(quantity) FROM stock_moves
         WHERE at >= ?1 AND kind IN ('sale', 'return', 'used', 'unused') GROUP BY item_id HAVING sum(quantity) < 0",
        [since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

// ---- counts --------------------------------------------------------------------------------------------------

/// A count about to be posted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewCount<'a> {
    pub id: &'a str,
    pub register: i64,
    pub number: i64,
    pub category: Option<&'a str>,
    pub blind: bool,
    pub reason: Option<&'a str>,
}

pub(crate) fn add_count(db: Writer<'_>, new: NewCount<'_>, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO stock_counts (id, register, number, at, member_id, category, blind, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (new.id, new.register, new.number, at, by, new.category, new.blind, new.reason),
    )?;
    Ok(())
}

/// One line of a count: its place, the item as it is that day, what was expected and what was there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewLine<'a> {
    pub id: &'a str,
    pub position: i64,
    pub item: &'a Item,
    pub expected: i64,
    pub counted: i64,
}

pub(crate) fn add_line(db: Writer<'_>, count: &str, line: NewLine<'_>) -> Result<()> {
    db.run(
        "INSERT INTO stock_count_lines (id, count_id, position, item_id, expected, counted, sku, name, unit, cost)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (
            line.id,
            count,
            line.position,
            &line.item.id,
            line.expected,
            line.counted,
            &line.item.sku,
            &line.item.name,
            &line.item.unit,
            line.item.cost,
        ),
    )?;
    Ok(())
}

const COUNT: &str = "SELECT c.id, c.number, c.at, m.name, c.category, c.blind, c.reason, count(l.id),
        coalesce(sum(l.counted <> l.expected), 0),
        CAST(max(min(total((l.counted - l.expected) * coalesce(l.cost, i.cost)), 1e12), -1e12) AS INTEGER)
    FROM stock_counts c JOIN members m ON m.id = c.member_id
        LEFT JOIN stock_count_lines l ON l.count_id = c.id LEFT JOIN items i ON i.id = l.item_id";

fn count(row: &Row<'_>) -> rusqlite::Result<StockCount> {
    Ok(StockCount {
        id: row.get(0)?,
        number: row.get(1)?,
        at: row.get(2)?,
        by: row.get(3)?,
        category: row.get(4)?,
        blind: row.get(5)?,
        reason: row.get(6)?,
        items: row.get(7)?,
        differing: row.get(8)?,
        worth: row.get(9)?,
    })
}

/// Counts, newest first.
pub(crate) fn counts(db: Reader<'_>, limit: i64) -> Result<Vec<StockCount>> {
    db.all(
        &format!(
            "{COUNT} WHERE c.id IN (SELECT id FROM stock_counts ORDER BY number DESC LIMIT ?1)
             GROUP BY c.id ORDER BY c.number DESC"
        ),
        [limit],
        count,
    )
}

pub(crate) fn count_by_id(db: Reader<'_>, id: &str) -> Result<Option<StockCount>> {
    db.maybe(&format!("{COUNT} WHERE c.id = ?1 GROUP BY c.id"), [id], count)
}

pub(crate) fn counted(db: Reader<'_>, count: &str) -> Result<Vec<CountedItem>> {
    db.all(
        "SELECT i.id, coalesce(l.sku, i.sku), coalesce(l.name, i.name), coalesce(l.unit, i.unit), l.expected, l.counted,
             coalesce(l.cost, i.cost)
         FROM stock_count_lines l JOIN items i ON i.id = l.item_id WHERE l.count_id = ?1 ORDER BY l.position",
        [count],
        |row| {
            Ok(CountedItem {
                item_id: row.get(0)?,
                sku: row.get(1)?,
                name: row.get(2)?,
                unit: row.get(3)?,
                expected: row.get(4)?,
                counted: row.get(5)?,
                cost: row.get(6)?,
            })
        },
    )
}
