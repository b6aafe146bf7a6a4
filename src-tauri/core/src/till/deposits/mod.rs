//! Deposits: a client's money that the studio holds until the visit, and what becomes of it.
//!
//! A deposit and its moves are sealed and only ever added to; where each stands now is kept beside them. It belongs to
//! the visit's artist: when the visit goes to another one, so does the deposit.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ledger::{Account, Entry};
use super::{REGISTER, ReceiptTender};
use crate::access::Permit;
use crate::agenda::VisitStatus;
use crate::clock::Millis;
use crate::door::Change;
use crate::error::{Error, Result};
use crate::money::Money;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepositState {
    Held,
    Applied,
    Kept,
    Returned,
}

impl DepositState {
    const NAMES: [(DepositState, &'static str); 4] = [
        (DepositState::Held, "held"),
        (DepositState::Applied, "applied"),
        (DepositState::Kept, "kept"),
        (DepositState::Returned, "returned"),
    ];

    pub(crate) fn parse(name: &str) -> Result<DepositState> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(state, _)| *state)
            .ok_or_else(|| Error::Damaged(format!("no such state of a deposit: {name}")))
    }
}

/// What the studio's rule says about the deposit of a visit that does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Suggestion {
    Keep,
    Return,
}

/// Kept when the client did not come or cancelled too late, given back otherwise; nothing while the visit stands.
pub(crate) fn suggestion(
    status: VisitStatus,
    starts_at: Millis,
    cancelled_at: Option<Millis>,
    hours: i64,
) -> Option<Suggestion> {
    match status {
        VisitStatus::NoShow => Some(Suggestion::Keep),
        VisitStatus::Cancelled => {
            let late = cancelled_at.is_some_and(|at| at > starts_at - hours * 3_600_000);
            Some(if late { Suggestion::Keep } else { Suggestion::Return })
        }
        _ => None,
    }
}

/// A deposit as it stands.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Deposit {
    pub id: String,
    pub client_id: String,
    pub client_name: String,
    pub appointment_id: String,
    pub artist_id: String,
    pub artist_name: String,
    pub service_name: String,
    /// When the visit begins, and where it stands.
    pub starts_at: Millis,
    pub status: VisitStatus,
    pub amount: Money,
    /// Still held.
    pub left: Money,
    pub state: DepositState,
    pub taken_at: Millis,
    pub taken_by: String,
    pub receipt: i64,
    /// For one that is held though its visit does not happen.
    pub suggestion: Option<Suggestion>,
}

/// What a deposit's paper is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepositPaper {
    Taken,
    Returned,
}

/// A numbered receipt of a deposit that was taken or given back.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct DepositReceipt {
    pub receipt: i64,
    pub kind: DepositPaper,
    pub at: Millis,
    pub by: String,
    /// Negative when given back.
    pub amount: Money,
    pub tenders: Vec<ReceiptTender>,
    /// Cash handed back at the counter.
    pub change: Money,
    pub reason: Option<String>,
    pub deposit: Deposit,
}

/// Part of a deposit that a sale uses up, or a void gives back to be held.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    pub deposit: String,
    pub artist: String,
    /// applied, kept or restored
    pub kind: &'static str,
    /// Negative when used up.
    pub amount: Money,
}

/// Notes that a sale used up a deposit, or that a void gave it back.
pub(super) fn use_up(
    cx: &mut Change<'_>,
    permit: &Permit,
    used: &Use,
    sale: &str,
    entry: Option<&str>,
) -> Result<()> {
    let moved = store::Move {
        deposit: &used.deposit,
        kind: used.kind,
        amount: used.amount,
        sale: Some(sale),
        entry,
        ..store::Move::default()
    };
    put_move(cx, permit, &moved)?;
    Ok(())
}

/// Adds a move, seals it, and brings the deposit's standing up to it. The move's id.
fn put_move(cx: &mut Change<'_>, permit: &Permit, moved: &store::Move<'_>) -> Result<String> {
    let id = cx.id()?;
    let member = cx.caller()?.id.clone();
    store::add_move(cx.write(permit), &id, moved, cx.now(), &member)?;
    cx.seal("deposit_moves", &id);
    store::stand(cx.write(permit), moved)?;
    Ok(id)
}

/// Whether something is held for a visit.
pub(crate) fn is_held(db: crate::storage::Reader<'_>, appointment: &str) -> Result<bool> {
    Ok(!store::held_for(db, appointment)?.is_empty())
}

/// The visit went to another artist: its deposits go along, and what is held for them.
pub(crate) fn follow(cx: &mut Change<'_>, permit: &Permit, appointment: &str, artist: &str) -> Result<()> {
    for deposit in store::standing_with(cx.db(), appointment)? {
        hand_to(cx, permit, &deposit, appointment, artist)?;
    }
    Ok(())
}

/// Hands a deposit to a visit and its artist.
fn hand_to(
    cx: &mut Change<'_>,
    permit: &Permit,
    deposit: &store::Held,
    appointment: &str,
    artist: &str,
) -> Result<()> {
    let mut entry = Entry::new("deposit_moved", None, None);
    if deposit.artist != artist {
        entry.add(Account::DepositsHeld, Some(&deposit.artist), deposit.left)?;
        entry.add(Account::DepositsHeld, Some(artist), deposit.left.negated())?;
    }
    let entry = entry.post(cx, permit)?;
    let moved = store::Move {
        deposit: &deposit.id,
        kind: "moved",
        appointment: Some(appointment),
        artist: Some(artist),
        entry: entry.as_deref(),
        ..store::Move::default()
    };
    put_move(cx, permit, &moved)?;
    Ok(())
}
