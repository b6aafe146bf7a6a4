//! Clients: who they are, how to reach them, what to take care of.
//!
//! Beside the everyday commands: `merge` makes one client of two and takes that back, `erase` forgets a person and
//! leaves the money, `export` hands data out, `import` takes another tool's list in.

pub(crate) mod commands;
pub(crate) mod erase;
pub(crate) mod export;
pub mod import;
pub(crate) mod merge;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::Card;
use crate::calendar::Day;
use crate::clock::Millis;
use crate::money::Money;
use crate::pictures::Picture;
use crate::text::{Name, Note, Prose, Short};
use crate::till::ReceiptLink;

/// Some lines: a street, a town.
pub type Address = Prose<400>;

/// What the desk enters about a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ClientForm {
    pub name: Name,
    pub pronouns: Option<Short>,
    pub phone: Option<Short>,
    pub email: Option<Short>,
    pub instagram: Option<Short>,
    pub address: Option<Address>,
    pub birth_date: Option<Day>,
    /// Whom to call when something happens.
    pub emergency_name: Option<Name>,
    pub emergency_phone: Option<Short>,
    /// Health alerts, shown wherever the client is.
    pub alerts: Option<Note>,
    /// What they like and what they are sensitive to (T123).
    pub preferences: Option<Note>,
    /// How they came to the studio.
    pub source: Option<Short>,
}

/// How long ago a client was last here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientState {
    /// No visit yet.
    New,
    /// Within the last 90 days.
    Active,
    Quiet,
}

impl ClientState {
    const ACTIVE: Millis = 90 * 24 * 60 * 60_000;

    fn of(last_visit_at: Option<Millis>, now: Millis) -> ClientState {
        match last_visit_at {
            None => ClientState::New,
            Some(at) if at >= now - Self::ACTIVE => ClientState::Active,
            Some(_) => ClientState::Quiet,
        }
    }
}

/// A client as lists show them. Contacts are null for a member who may not see them: phone, mail, handle, address and
/// whom to call.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Client {
    pub id: String,
    pub name: String,
    pub pronouns: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub instagram: Option<String>,
    pub address: Option<String>,
    pub birth_date: Option<String>,
    pub emergency_name: Option<String>,
    pub emergency_phone: Option<String>,
    pub alerts: Option<String>,
    pub preferences: Option<String>,
    pub source: Option<String>,
    /// Whose client it is, if anybody's.
    pub artist_id: Option<String>,
    pub archived: bool,
    /// Nothing is left of them but a made-up name.
    pub erased: bool,
    /// By the last visit: an artist's own with them (D28).
    pub state: ClientState,
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

/// A duplicate that counts as this client now, and can be made a client of its own again.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MergedClient {
    pub client_id: String,
    pub name: String,
    pub at: Millis,
}

/// Everything about one client. An artist sees own visits, notes and spend (D28).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ClientFile {
    pub client: Client,
    pub visits: Vec<Card>,
    pub notes: Vec<ClientNote>,
    /// Paid so far, refunds taken off.
    pub spent: Money,
    /// Whether pictures of their work may be shown, by their last word; null: they were never asked.
    pub image_use: Option<bool>,
    /// Receipts without a visit that this caller may see, newest first.
    pub sales: Vec<ReceiptLink>,
    /// Newest first.
    pub pictures: Vec<Picture>,
    /// Only for those who may merge.
    pub merged: Vec<MergedClient>,
}
