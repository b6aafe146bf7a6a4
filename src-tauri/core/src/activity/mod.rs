//! The activity log: the journal as owner and admin read it.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::clock::Millis;

/// One row of the journal, with names joined from the living rows.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Activity {
    pub seq: i64,
    pub at: Millis,
    pub member_id: Option<String>,
    pub member: Option<String>,
    pub role: Option<String>,
    pub command: String,
    /// "done", or the code of a refusal.
    pub outcome: String,
    /// "code", or the name of the member who approved.
    pub elevated_by: Option<String>,
    #[ts(type = "Record<string, unknown>")]
    pub details: serde_json::Value,
    pub reason: Option<String>,
    /// How often the same refusal came within its minute.
    pub count: i64,
}
