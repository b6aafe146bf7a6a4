//! What to order, from whom; and stock as a table that leaves.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{requests, shelf, store};
use crate::clock::Millis;
use crate::door::{Facts, Look};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::paper::figures::Figures;
use crate::paper::{Align, Paper, PaperFile, words};
use crate::sheet::{Sheet, SheetFile};
use crate::studio::Settings;
use crate::studio::commands::Nothing;

/// What "lately" means, in days.
const LATELY: i64 = 30;
const DAY: Millis = 24 * 60 * 60 * 1000;

/// One item that should be ordered.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct OrderLine {
    pub item_id: String,
    pub sku: String,
    pub name: String,
    pub unit: String,
    pub supplier: Option<String>,
    pub on_hand: i64,
    /// Of that, what is no longer good.
    pub expired: i64,
    pub minimum: i64,
    /// How many the team asked for.
    pub requested: i64,
    /// How many were sold or used up in the last thirty days.
    pub used: i64,
    pub order: i64,
    pub cost: Money,
    /// None: more than can be said in figures.
    pub amount: Option<Money>,
}

/// Items in use that are below their minimum or asked for, by supplier: enough to come up to their level, counting only
/// what is still good.
pub(crate) fn reorder(look: &Look<'_>, _: Nothing) -> Result<Vec<OrderLine>> {
    look.grant().whole()?;
    lines(look)
}

fn lines(look: &Look<'_>) -> Result<Vec<OrderLine>> {
    let used: BTreeMap<String, i64> =
        store::used_since(look.db(), look.now() - LATELY * DAY)?.into_iter().collect();
    let asked: BTreeMap<String, i64> = requests::store::wanted(look.db())?.into_iter().collect();
    let of = |map: &BTreeMap<String, i64>, id: &str| map.get(id).copied().unwrap_or(0);
    let mut lines = Vec::new();
    for item in store::items(look.db(), shelf::today(look)?)?.into_iter().filter(|item| item.active) {
        let requested = of(&asked, &item.id);
        let order = item.missing().max(requested);
        if order > 0 {
            lines.push(OrderLine {
                used: of(&used, &item.id),
                amount: item.cost.times(order).ok(),
                item_id: item.id,
                sku: item.sku,
                name: item.name,
                unit: item.unit,
                supplier: item.supplier,
                on_hand: item.on_hand,
                expired: item.expired,
                minimum: item.minimum,
                requested,
                order,
                cost: item.cost,
            });
        }
    }
    // Items without a supplier last.
    lines.sort_by(|a, b| {
        let key = |line: &OrderLine| (line.supplier.is_none(), line.supplier.clone(), line.name.clone());
        key(a).cmp(&key(b))
    });
    Ok(lines)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StockTable {
    Items,
    /// What is on hand of each lot.
    Lots,
    Reorder,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportStockArgs {
    pub table: StockTable,
}

pub(crate) fn export(look: &Look<'_>, args: ExportStockArgs, facts: &mut Facts) -> Result<SheetFile> {
    look.grant().whole()?;
    let exponent = look.settings()?.exponent;
    let day = String::from(shelf::today(look)?);
    let (sheet, name) = match args.table {
        StockTable::Items => (items(look, exponent)?, "stock"),
        StockTable::Lots => (lots(look)?, "lots"),
        StockTable::Reorder => (order(look, exponent)?, "order"),
    };
    let file = sheet.file(format!("{name}-{day}.csv"))?;
    facts.insert("rows".to_owned(), file.rows.into());
    Ok(file)
}

fn items(look: &Look<'_>, exponent: i64) -> Result<Sheet> {
    let mut sheet = Sheet::new(&[
        "code",
        "barcode",
        "name",
        "kind",
        "unit",
        "supplier",
        "on hand",
        "minimum",
        "order up to",
        "cost",
        "price",
        "value",
        "next expiry",
        "in use",
    ])?;
    for item in store::items(look.db(), shelf::today(look)?)? {
        let value = item.cost.times(item.on_hand).ok();
        sheet.row(&[
            item.sku,
            item.barcode.unwrap_or_default(),
            item.name,
            item.category.unwrap_or_default(),
            item.unit,
            item.supplier.unwrap_or_default(),
            item.on_hand.to_string(),
            item.minimum.to_string(),
            item.target.map(|target| target.to_string()).unwrap_or_default(),
            item.cost.plain(exponent),
            item.price.plain(exponent),
            value.map(|value| value.plain(exponent)).unwrap_or_default(),
            item.next_expiry.map(String::from).unwrap_or_default(),
            if item.active { "yes" } else { "no" }.to_owned(),
        ])?;
    }
    Ok(sheet)
}

fn lots(look: &Look<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new(&["item", "lot", "expires", "supplier", "on hand", "visits"])?;
    for lot in store::all_lots(look.db())? {
        sheet.row(&[
            lot.item_name,
            lot.number.unwrap_or_default(),
            lot.expires.map(String::from).unwrap_or_default(),
            lot.supplier.unwrap_or_default(),
            lot.on_hand.to_string(),
            lot.visits.to_string(),
        ])?;
    }
    Ok(sheet)
}

fn order(look: &Look<'_>, exponent: i64) -> Result<Sheet> {
    let mut sheet = Sheet::new(&[
        "supplier",
        "code",
        "item",
        "unit",
        "on hand",
        "expired",
        "minimum",
        "asked for",
        "used in 30 days",
        "order",
        "cost",
        "amount",
    ])?;
    for line in lines(look)? {
        sheet.row(&[
            line.supplier.unwrap_or_default(),
            line.sku,
            line.name,
            line.unit,
            line.on_hand.to_string(),
            line.expired.to_string(),
            line.minimum.to_string(),
            line.requested.to_string(),
            line.used.to_string(),
            line.order.to_string(),
            line.cost.plain(exponent),
            line.amount.map(|amount| amount.plain(exponent)).unwrap_or_default(),
        ])?;
    }
    Ok(sheet)
}

/// Stands for an amount that is more than can be said in figures.
const UNSAID: &str = "–";

const WIDTHS: [f32; 6] = [5.0, 2.4, 1.4, 1.8, 1.8, 2.0];
const ALIGN: [Align; 6] = [Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right];

/// The list of [`reorder`] as a document, a part for each supplier.
pub(crate) fn paper(look: &Look<'_>, _: Nothing, facts: &mut Facts) -> Result<PaperFile> {
    look.grant().whole()?;
    let lines = lines(look)?;
    facts.insert("rows".to_owned(), i64::try_from(lines.len()).map_err(Error::internal)?.into());
    let today = shelf::today(look)?;
    let settings = look.settings()?;
    let day = words::day(settings.language, today);
    written(&settings, &day, &lines)?.file(format!("order-{}.pdf", String::from(today)))
}

fn written(settings: &Settings, day: &str, lines: &[OrderLine]) -> Result<Paper> {
    let figures = Figures::new(settings)?;
    let say = |english, spanish| figures.say(english, spanish);
    let mut paper = Paper::new(settings, say("To order", "Por pedir"))?;
    paper.text(day);
    if lines.is_empty() {
        paper.text(say("Nothing is below its minimum.", "Nada está por debajo de su mínimo."));
        return Ok(paper);
    }
    for part in lines.chunk_by(|a, b| a.supplier == b.supplier) {
        let supplier = part.first().and_then(|line| line.supplier.as_deref());
        paper.heading(supplier.unwrap_or(say("No supplier", "Sin proveedor")));
        paper.head(
            &[
                say("Item", "Artículo"),
                say("Code", "Código"),
                say("There", "Hay"),
                say("Order", "Pedir"),
                say("Cost", "Costo"),
                say("Amount", "Importe"),
            ],
            &WIDTHS,
            &ALIGN,
        );
        for line in part {
            let cells = [
                line.name.clone(),
                line.sku.clone(),
                line.on_hand.to_string(),
                format!("{} {}", line.order, line.unit),
                figures.money(line.cost),
                line.amount.map_or_else(|| UNSAID.to_owned(), |amount| figures.money(amount)),
            ];
            paper.fine(&cells.each_ref().map(String::as_str), &WIDTHS, &ALIGN);
        }
        let sum = part.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.amount?).ok());
        let sum = sum.map_or_else(|| UNSAID.to_owned(), |sum| figures.money(sum));
        paper.rule();
        paper.fine(&[say("Together", "Total"), "", "", "", "", &sum], &WIDTHS, &ALIGN);
    }
    Ok(paper)
}
