//! Stock: items, their lots, and the movements that are the only source of their quantities.
//!
//! Lives here: items, deliveries, adjustments, counts, what a visit used, what is asked for, what is to be ordered.
//! `stock_now` holds what the movements of each item and lot come to, so that a sale need not add them up; `verify` does.

pub(crate) mod commands;
pub(crate) mod counting;
pub(crate) mod ordering;
pub(crate) mod requests;
pub(crate) mod shelf;
pub(crate) mod store;
pub(crate) mod visits;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::Day;
use crate::clock::Millis;
use crate::money::Money;

/// What a visit says of an item that it used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionUse {
    /// Nothing: soap, a shirt.
    #[default]
    None,
    /// That it used some of it: ink out of an open bottle.
    Part,
    /// How many pieces it used up: needles.
    Whole,
}

impl SessionUse {
    const ALL: [(SessionUse, &'static str); 3] =
        [(SessionUse::None, "none"), (SessionUse::Part, "part"), (SessionUse::Whole, "whole")];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("none", |(_, name)| name)
    }

    fn parse(name: &str) -> SessionUse {
        Self::ALL.iter().find(|(_, known)| *known == name).map_or(SessionUse::None, |(one, _)| *one)
    }
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Item {
    pub id: String,
    pub sku: String,
    /// What a scanner reads off it, where that is not the SKU.
    pub barcode: Option<String>,
    pub name: String,
    pub category: Option<String>,
    pub unit: String,
    pub cost: Money,
    pub price: Money,
    pub minimum: i64,
    /// What is ordered up to; none: twice the minimum.
    pub target: Option<i64>,
    pub supplier: Option<String>,
    /// Sold at the counter, rather than used up in the studio.
    pub for_sale: bool,
    pub session_use: SessionUse,
    /// None: the usual tax.
    pub tax_rate_id: Option<String>,
    pub active: bool,
    pub on_hand: i64,
    /// Of that, what is no longer good.
    pub expired: i64,
    /// The first day on which something of what is on hand is no longer good.
    pub next_expiry: Option<Day>,
    pub rev: i64,
}

impl Item {
    /// How many are missing to the level it is ordered up to; none while there are enough that are still good.
    fn missing(&self) -> i64 {
        let good = self.on_hand - self.expired;
        if good < self.minimum { self.level() - good } else { 0 }
    }

    /// What it should be brought up to when it is ordered.
    fn level(&self) -> i64 {
        self.target.unwrap_or(self.minimum * 2).max(self.minimum)
    }
}

/// A batch of an item, by the number on its label or by the day it is good until.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Lot {
    pub id: String,
    pub item_id: String,
    pub item_name: String,
    pub number: Option<String>,
    /// The last day on which it is good.
    pub expires: Option<Day>,
    pub supplier: Option<String>,
    pub on_hand: i64,
    /// How many visits used it.
    pub visits: i64,
    pub rev: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    Opening,
    Delivery,
    Adjustment,
    Count,
    Sale,
    Return,
    Used,
    /// What a visit was said to have used, by mistake.
    Unused,
}

impl MovementKind {
    const ALL: [(MovementKind, &'static str); 8] = [
        (MovementKind::Opening, "opening"),
        (MovementKind::Delivery, "delivery"),
        (MovementKind::Adjustment, "adjustment"),
        (MovementKind::Count, "count"),
        (MovementKind::Sale, "sale"),
        (MovementKind::Return, "return"),
        (MovementKind::Used, "used"),
        (MovementKind::Unused, "unused"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }

    fn parse(name: &str) -> MovementKind {
        Self::ALL.iter().find(|(_, known)| *known == name).map_or(MovementKind::Adjustment, |(one, _)| *one)
    }
}

/// One entry of an item's ledger.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Movement {
    pub id: String,
    /// Where it stands in the order of all movements: names the page that comes after it.
    pub seq: i64,
    pub at: Millis,
    pub kind: MovementKind,
    pub quantity: i64,
    /// What was on hand after it.
    pub balance: i64,
    pub unit_cost: Option<Money>,
    pub reason: Option<String>,
    pub lot_id: Option<String>,
    pub lot: Option<String>,
    /// The receipt of the sale or refund, for those who see all of them.
    pub receipt: Option<i64>,
    /// The document of the count.
    pub count_id: Option<String>,
    pub count_number: Option<i64>,
    pub by: String,
}

/// A count as it was posted.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct StockCount {
    pub id: String,
    pub number: i64,
    pub at: Millis,
    pub by: String,
    pub category: Option<String>,
    pub blind: bool,
    pub reason: Option<String>,
    pub items: i64,
    /// How many items were not as expected.
    pub differing: i64,
    /// What the differences were worth at the cost of that day: missing pieces are negative.
    pub worth: Money,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CountedItem {
    pub item_id: String,
    pub sku: String,
    pub name: String,
    pub unit: String,
    pub expected: i64,
    pub counted: i64,
    pub cost: Money,
}

/// A count with its lines, in the order they were counted.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CountSheet {
    pub count: StockCount,
    pub lines: Vec<CountedItem>,
}
