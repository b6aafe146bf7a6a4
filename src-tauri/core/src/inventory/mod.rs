//! Stock: items and the movements that are the only source of their quantities.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::money::Money;

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Item {
    pub id: String,
    pub sku: String,
    pub name: String,
    pub category: Option<String>,
    pub unit: String,
    pub cost: Money,
    pub price: Money,
    pub minimum: i64,
    /// Sold at the counter, rather than used up in the studio.
    pub for_sale: bool,
    /// None: the usual tax.
    pub tax_rate_id: Option<String>,
    pub active: bool,
    pub on_hand: i64,
    pub rev: i64,
}
