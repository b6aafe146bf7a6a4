//! What a visit used, by lot: the client's ink passport, and the way back from a lot to those who have it in their skin.
//!
//! It is part of what is written down about a session, so the right is that of session notes (T024, T123): an artist's
//! own visits, the desk's for everybody. Stock leaves with it as a movement; nobody needs the code for that, because
//! what was used is gone, whoever says so, and every row names who did.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::calendar::Day;
use crate::clock::Millis;

/// Something that a visit used.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct VisitSupply {
    pub id: String,
    pub appointment_id: String,
    pub starts_at: Millis,
    pub artist_name: String,
    pub service_name: String,
    pub item_id: String,
    pub item_name: String,
    pub category: Option<String>,
    pub unit: String,
    pub lot_id: Option<String>,
    /// The number on the label.
    pub lot: Option<String>,
    pub expires: Option<Day>,
    /// Pieces that left the shelf; none: part of one that was open.
    pub quantity: i64,
    pub at: Millis,
    pub by: String,
}
