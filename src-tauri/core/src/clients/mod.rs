//! Clients: who they are, how to reach them, what to take care of.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::Card;
use crate::calendar::Day;
use crate::clock::Millis;
use crate::money::Money;
use crate::text::{Name, Note, Short};

/// What the desk enters about a client.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ClientForm {
    pub name: Name,
    pub phone: Option<Short>,
    pub email: Option<Short>,
    pub instagram: Option<Short>,
    pub birth_date: Option<Day>,
    /// Health alerts, shown wherever the client is.
    pub alerts: Option<Note>,
}

/// A client as lists show them. Contacts are null for a member who may not see them.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Client {
    pub id: String,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub instagram: Option<String>,
    pub birth_date: Option<String>,
    pub alerts: Option<String>,
    pub archived: bool,
    pub last_visit_at: Option<Millis>,
    pub created_at: Millis,
    pub rev: i64,
}

/// A note about a client or a session.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ClientNote {
    pub id: String,
    pub appointment_id: Option<String>,
    pub body: String,
    pub at: Millis,
    pub by: String,
}

/// Everything about one client. An artist sees own visits, notes and spend (D28).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ClientFile {
    pub client: Client,
    pub visits: Vec<Card>,
    pub notes: Vec<ClientNote>,
    /// Paid so far, refunds taken off.
    pub spent: Money,
}
