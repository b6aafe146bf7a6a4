//! The reception board (A014): everybody who comes today, who is next, and who walked in.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::{Block, Card};
use crate::clock::Millis;

/// Whom somebody without an appointment wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// One artist, named beside it.
    Artist,
    /// Whoever is free next.
    Next,
    /// Nobody in particular: the desk decides.
    None,
}

impl Wish {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Wish::Artist => "artist",
            Wish::Next => "next",
            Wish::None => "none",
        }
    }

    pub(crate) fn parse(name: &str) -> Wish {
        match name {
            "artist" => Wish::Artist,
            "next" => Wish::Next,
            _ => Wish::None,
        }
    }
}

/// Somebody who came without an appointment and waits.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct WalkIn {
    pub id: String,
    pub client_id: String,
    pub client_name: String,
    pub alerts: Option<String>,
    pub phone: Option<String>,
    pub wish: Wish,
    pub artist_id: Option<String>,
    pub artist_name: Option<String>,
    pub service_id: Option<String>,
    pub service_name: Option<String>,
    /// How long it will take, as far as is known.
    pub minutes: i64,
    pub note: Option<String>,
    pub arrived_at: Millis,
    /// When their turn probably comes, and with whom; none when nobody has room today.
    pub turn_at: Option<Millis>,
    pub turn_artist_id: Option<String>,
}

/// An artist as the desk needs to know them now.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ArtistNow {
    pub artist_id: String,
    pub name: String,
    /// Working hours of today; none on a day off.
    pub opens_at: Option<Millis>,
    pub closes_at: Option<Millis>,
    /// The visit in the chair.
    pub visit_id: Option<String>,
    /// Free from then, as far as today goes…
    pub free_from: Option<Millis>,
    /// …until then.
    pub free_until: Option<Millis>,
    /// Walk-ins who will probably be theirs.
    pub queue: i64,
}

/// Today at the reception.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Board {
    pub from: Millis,
    pub to: Millis,
    pub now: Millis,
    pub artists: Vec<ArtistNow>,
    pub cards: Vec<Card>,
    pub blocks: Vec<Block>,
    pub walk_ins: Vec<WalkIn>,
    /// Entries on the wait-list.
    pub waiting: i64,
}
