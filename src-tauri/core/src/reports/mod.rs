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
    /// What came in and went out in each way, deposits too: what the ledger has.
    pub tenders: Vec<TenderSum>,
    /// A blind count is due, and this caller may not know what should be in the drawer: no tenders are told (D27).
    pub blind: bool,
}

/// What a line of the list of receipts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransactionKind {
    Sale,
    Refund,
    Void,
    DepositTaken,
    DepositReturned,
    /// To another visit or artist: no money moved.
    DepositMoved,
}

impl From<SaleKind> for TransactionKind {
    fn from(kind: SaleKind) -> TransactionKind {
        match kind {
            SaleKind::Sale => TransactionKind::Sale,
            SaleKind::Refund => TransactionKind::Refund,
            SaleKind::Void => TransactionKind::Void,
        }
    }
}

/// The deposit that a line of the list is about.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TransactionDeposit {
    pub deposit_id: String,
    /// Taken, given back (negative), kept by this sale, or moved.
    pub amount: Money,
}

/// A line of the list of receipts. Sales and deposits are numbered together, so the list has no holes.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Transaction {
    /// None for a deposit's own paper.
    pub sale_id: Option<String>,
    /// A move has no paper: the number of the last one before it.
    pub receipt: i64,
    pub kind: TransactionKind,
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
    /// On a deposit's own paper, and on a sale that a kept deposit became.
    pub deposit: Option<TransactionDeposit>,
}
