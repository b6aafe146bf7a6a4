//! The wait-list: who would come if there were time, and what a freed slot is good for.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::Day;
use crate::clock::Millis;

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Waiting {
    pub id: String,
    pub client_id: String,
    pub client_name: String,
    pub alerts: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// None: any artist.
    pub artist_id: Option<String>,
    pub artist_name: Option<String>,
    pub service_id: String,
    pub service_name: String,
    pub minutes: i64,
    pub from: Day,
    pub until: Day,
    pub note: Option<String>,
    pub created_at: Millis,
}

/// How an entry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitOutcome {
    Booked,
    Withdrawn,
}

impl WaitOutcome {
    pub(crate) fn name(self) -> &'static str {
        match self {
            WaitOutcome::Booked => "booked",
            WaitOutcome::Withdrawn => "withdrawn",
        }
    }
}
