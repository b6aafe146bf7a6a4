//! Money looked back on: totals, single transactions.

pub(crate) mod commands;
pub(crate) mod daily;
pub(crate) mod export;
pub(crate) mod period;
pub(crate) mod saved;
pub(crate) mod store;
pub(crate) mod table;

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::clock::Millis;
use crate::money::Money;
use crate::till::{SaleKind, Tender};

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ArtistTotal {
    pub artist_id: Option<String>,
    pub name: Option<String>,
    pub goods: Money,
    pub tips: Money,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TenderSum {
    pub tender: Tender,
    pub amount: Money,
}

/// A period's money. For an artist, own lines and tips only, and no tenders.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Summary {
    pub from: Millis,
    pub to: Millis,
    pub sales: i64,
    pub reversals: i64,
    /// Lines after discounts, refunds taken off.
    pub goods: Money,
    pub discount: Money,
    pub tax: Money,
    pub tips: Money,
    pub total: Money,
    pub artists: Vec<ArtistTotal>,
    pub tenders: Vec<TenderSum>,
}

/// A line of the list of receipts.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Transaction {
    pub sale_id: String,
    pub receipt: i64,
    pub kind: SaleKind,
    pub at: Millis,
    pub by: String,
    pub client_name: Option<String>,
    /// What stands on the first line, and how many more there are.
    pub label: String,
    pub more_lines: i64,
    pub goods: Money,
    pub tips: Money,
    pub total: Money,
    pub tenders: Vec<Tender>,
    /// Given back so far, negative.
    pub reversed: Money,
}
