//! Unfinished sales and forms (D25): they wait in memory for their owner and for nobody else, and never reach the file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use ts_rs::TS;

use super::memory::Unfinished;
use crate::clock::Millis;
use crate::door::{Call, Desk};
use crate::error::Result;
use crate::studio::commands::Nothing;

/// Which screen's: small letters, parts joined by dots, such as "till" or "clients.form".
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(try_from = "String")]
#[ts(type = "string")]
pub struct RoomName(#[schemars(length(min = 1, max = 40))] String);

impl TryFrom<String> for RoomName {
    type Error = &'static str;
    fn try_from(name: String) -> Result<RoomName, &'static str> {
        let word = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
        if name.len() <= 40 && name.split('.').all(word) {
            Ok(RoomName(name))
        } else {
            Err("not a room's name")
        }
    }
}

/// Whatever the desk wants back, letter by letter. It was read once, so that nothing comes back that cannot be read.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Box<RawValue>")]
pub struct Body(Box<RawValue>);

impl TryFrom<Box<RawValue>> for Body {
    type Error = serde_json::Error;
    fn try_from(raw: Box<RawValue>) -> serde_json::Result<Body> {
        serde_json::from_str::<serde_json::Value>(raw.get()).map(|_| Body(raw))
    }
}

#[derive(Debug, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepDraftArgs {
    pub room: RoomName,
    /// At most 64 KB of JSON; the desk alone reads it.
    #[ts(type = "unknown")]
    #[schemars(with = "serde_json::Value")]
    pub body: Body,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Draft {
    pub room: String,
    #[ts(type = "unknown")]
    #[schemars(with = "serde_json::Value")]
    pub body: Box<RawValue>,
    pub at: Millis,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropDraftArgs {
    pub room: RoomName,
}

fn me(desk: &Desk, call: &Call<'_>) -> Result<String> {
    desk.query(call.command, |look| Ok(look.caller()?.id.clone()))
}

/// Keeps it until it is dropped, its owner leaves, or the studio is closed; one of the same room is replaced.
pub(crate) fn keep(desk: &Desk, call: &Call<'_>, args: KeepDraftArgs) -> Result<Nothing> {
    let draft = Unfinished { body: args.body.0, at: desk.tools().clock.now().wall };
    desk.studio()?.memory.keep_draft(&me(desk, call)?, &args.room.0, draft)?;
    Ok(Nothing {})
}

pub(crate) fn list(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<Vec<Draft>> {
    let mine = desk.studio()?.memory.drafts(&me(desk, call)?);
    Ok(mine.into_iter().map(|(room, Unfinished { body, at })| Draft { room, body, at }).collect())
}

pub(crate) fn drop_one(desk: &Desk, call: &Call<'_>, args: DropDraftArgs) -> Result<Nothing> {
    desk.studio()?.memory.drop_draft(&me(desk, call)?, &args.room.0);
    Ok(Nothing {})
}
