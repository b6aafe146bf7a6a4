//! Counting the shelf: the differences go in together, as one document that can be opened later.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::commands::{MOST, find, own};
use super::store::{self, Move};
use super::{CountSheet, Item, MovementKind, StockCount};
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::studio::commands::Nothing;
use crate::text::{Id, Name, Short};
use crate::till::{REGISTER, store::next_number};

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
    /// The kind of items that was counted, and none besides; left out, any.
    pub category: Option<Name>,
    /// Whoever counted was not shown what to expect.
    pub blind: Option<bool>,
}

/// A physical count: the differences are posted together, under one number.
pub(crate) fn cycle_count(cx: &mut Change<'_>, args: CycleCountArgs) -> Result<Vec<Item>> {
    let permit = cx.grant().whole()?;
    if args.lines.is_empty() || args.lines.len() > 5_000 {
        return Err(Error::invalid("lines", "1 to 5000"));
    }
    if let Some(category) = &args.category
        && !store::is_category(cx.db(), category)?
    {
        return Err(Error::invalid("category", "no such category"));
    }
    let (id, by) = (cx.id()?, cx.caller()?.id.clone());
    let number = next_number(cx.write(&permit), REGISTER, "count")?;
    let new = store::NewCount {
        id: &id,
        register: REGISTER,
        number,
        category: args.category.as_deref(),
        blind: args.blind.unwrap_or(false),
        reason: args.reason.as_deref(),
    };
    store::add_count(cx.write(&permit), new, cx.now(), &by)?;
    cx.seal("stock_counts", &id);
    let mut counted = Vec::new();
    let mut seen = HashSet::new();
    for (at, line) in args.lines.iter().enumerate() {
        let (permit, item) = own(cx, &line.item_id)?;
        if !(0..=MOST).contains(&line.counted) {
            return Err(Error::invalid(format!("lines[{at}].counted"), "out of range"));
        }
        if !seen.insert(item.id.clone()) {
            return Err(Error::invalid(format!("lines[{at}].item_id"), "twice"));
        }
        if args.category.as_deref().is_some_and(|category| item.category.as_deref() != Some(category)) {
            return Err(Error::invalid(format!("lines[{at}].item_id"), "of another category"));
        }
        if line.expected.is_some_and(|expected| expected != item.on_hand) {
            return Err(Error::Conflict { reason: "changed_meanwhile" });
        }
        let line_id = cx.id()?;
        let position = i64::try_from(at).map_err(Error::internal)?;
        let new = store::NewLine {
            id: &line_id,
            position,
            item: &item,
            expected: item.on_hand,
            counted: line.counted,
        };
        store::add_line(cx.write(&permit), &id, new)?;
        cx.seal("stock_count_lines", &line_id);
        let difference = line.counted - item.on_hand;
        let moved = Move {
            reason: args.reason.as_deref(),
            count: Some(&id),
            ..Move::of(&item.id, MovementKind::Count, difference)
        };
        if difference < 0 {
            store::take(cx, &permit, moved)?;
        } else if difference > 0 {
            store::move_stock(cx, &permit, moved)?;
        }
        counted.push(find(cx, &item.id)?);
    }
    cx.note("items", i64::try_from(counted.len()).map_err(Error::internal)?);
    cx.note("count", id.as_str());
    Ok(counted)
}

/// The last hundred counts, newest first.
pub(crate) fn counts(look: &Look<'_>, _: Nothing) -> Result<Vec<StockCount>> {
    look.grant().whole()?;
    store::counts(look.db(), 100)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountArgs {
    pub count_id: Id,
}

pub(crate) fn count(look: &Look<'_>, args: CountArgs) -> Result<CountSheet> {
    look.grant().whole()?;
    let count = store::count_by_id(look.db(), &args.count_id)?.ok_or(Error::NotFound { what: "count" })?;
    let lines = store::counted(look.db(), &count.id)?;
    Ok(CountSheet { count, lines })
}
