//! What the team asks the desk for: to order something, or to look at a quantity that is wrong (T072, T132).
//!
//! A request moves no stock. It is answered by whoever runs the reception (A014); what follows from it, a delivery or an
//! adjustment, has its own right.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// Something is wanted.
    Need,
    /// A quantity is not what Inkpoint says.
    Wrong,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    Open,
    Ordered,
    /// It came, or the quantity was put right.
    Done,
    Declined,
    /// Whoever asked no longer does.
    Withdrawn,
}

impl RequestKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            RequestKind::Need => "need",
            RequestKind::Wrong => "wrong",
        }
    }

    fn parse(name: &str) -> RequestKind {
        if name == "wrong" { RequestKind::Wrong } else { RequestKind::Need }
    }
}

impl RequestState {
    const ALL: [(RequestState, &'static str); 5] = [
        (RequestState::Open, "open"),
        (RequestState::Ordered, "ordered"),
        (RequestState::Done, "done"),
        (RequestState::Declined, "declined"),
        (RequestState::Withdrawn, "withdrawn"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }

    fn parse(name: &str) -> RequestState {
        Self::ALL.iter().find(|(_, known)| *known == name).map_or(RequestState::Open, |(one, _)| *one)
    }

    fn waits(self) -> bool {
        matches!(self, RequestState::Open | RequestState::Ordered)
    }
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SupplyRequest {
    pub id: String,
    pub kind: RequestKind,
    pub item_id: Option<String>,
    /// The item's name, or what was written.
    pub what: String,
    /// How many are wanted, or how many are really there.
    pub quantity: Option<i64>,
    pub note: Option<String>,
    pub at: Millis,
    pub member_id: String,
    pub by: String,
    pub state: RequestState,
    pub answer: Option<String>,
    pub answered_at: Option<Millis>,
    pub answered_by: Option<String>,
}
