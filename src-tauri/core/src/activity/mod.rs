//! The activity log: the journal as owner and admin read it, and the monthly review of it (T102, T107, A027, A028).

pub(crate) mod commands;
pub(crate) mod review;
pub(crate) mod store;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::door::COMMANDS;

/// One row of the journal, with names joined from the living rows.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Activity {
    pub seq: i64,
    pub at: Millis,
    pub member_id: Option<String>,
    pub member: Option<String>,
    pub role: Option<String>,
    pub command: String,
    pub kind: ActivityKind,
    /// "done", or the code of a refusal.
    pub outcome: String,
    /// "code", or the name of the member who approved.
    pub elevated_by: Option<String>,
    #[ts(type = "Record<string, unknown>")]
    pub details: serde_json::Value,
    /// What the ids among the details are called today, by the detail's name.
    pub names: BTreeMap<String, String>,
    pub reason: Option<String>,
    /// How often the same refusal came within its minute.
    pub count: i64,
    /// This row's link in the chain, in hex.
    pub hash: String,
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    SignIn,
    People,
    Agenda,
    Clients,
    Money,
    Stock,
    Settings,
    /// The master code and elevations.
    Code,
    Log,
}

impl ActivityKind {
    /// By the command's noun; the code and ownership stand out from theirs.
    pub(crate) fn of(command: &str) -> ActivityKind {
        match command {
            "session.elevate"
            | "session.drop_elevation"
            | "security.rotate_code"
            | "security.report_suspicion" => return ActivityKind::Code,
            "studio.transfer" => return ActivityKind::People,
            _ => {}
        }
        match command.split('.').next().unwrap_or_default() {
            "session" => ActivityKind::SignIn,
            "staff" => ActivityKind::People,
            "agenda" | "projects" | "waitlist" | "board" => ActivityKind::Agenda,
            "clients" | "consent" | "pictures" | "portfolio" => ActivityKind::Clients,
            "till" | "reports" | "payouts" => ActivityKind::Money,
            "inventory" => ActivityKind::Stock,
            "activity" => ActivityKind::Log,
            _ => ActivityKind::Settings,
        }
    }

    /// The commands whose entries are of this kind.
    fn commands(self) -> Vec<&'static str> {
        COMMANDS.iter().map(|command| command.name).filter(|name| ActivityKind::of(name) == self).collect()
    }
}

/// The journal's chain as it stands (D26).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Chain {
    pub entries: i64,
    /// The last entry's hash, in hex: also printed on each Z.
    pub head: String,
    pub at: Option<Millis>,
    pub anchor: AnchorState,
}

/// Whether the head that this computer keeps outside the file lies in the file's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnchorState {
    Holds,
    /// This computer has none for this studio.
    None,
    /// The file was put back or rewritten.
    Broken,
}

/// What a check of the whole file found.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Verified {
    pub entries: i64,
    pub sealed_rows: i64,
    pub holds: bool,
    pub problems: Vec<String>,
    pub anchor: AnchorState,
}
