//! The people: accounts, roles, artist profiles, switches.

pub(crate) mod commands;
pub(crate) mod store;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::access::{Role, Switch, SwitchName};
use crate::clock::Millis;
use crate::error::{Error, Result};

/// What a member types to sign in: 2 to 40 lower-case letters, digits, dots, dashes. Exact, so that no look-alike
/// signs in as somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Username(String);

impl TryFrom<String> for Username {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Username, &'static str> {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'.' | b'-' | b'_');
        if (2..=40).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Username(text))
        } else {
            Err("2 to 40 of a-z, 0-9, dot, dash")
        }
    }
}

impl From<Username> for String {
    fn from(name: Username) -> String {
        name.0
    }
}

impl std::ops::Deref for Username {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Username {
    fn schema_name() -> Cow<'static, str> {
        "Username".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[a-z0-9._-]{2,40}$"})
    }
}

/// An account as the door needs it, read anew for every command.
#[derive(Debug)]
pub(crate) struct Account {
    pub name: String,
    pub role: Role,
    pub active: bool,
    pub artist: Option<String>,
    pub must_change: bool,
    pub password_epoch: i64,
    pub rights_epoch: i64,
    pub switches: Vec<Switch>,
    /// The master code's generation and the desk's idle time, which every check needs beside the account.
    pub code_generation: i64,
    pub idle_minutes: i64,
}

/// An account about to be written.
#[derive(Debug)]
pub(crate) struct NewMember<'a> {
    pub id: &'a str,
    pub username: &'a str,
    pub name: &'a str,
    pub role: Role,
    pub artist: Option<&'a str>,
    pub hash: &'a str,
    pub must_change: bool,
}

/// A member as colleagues see them (T131).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Member {
    pub id: String,
    pub name: String,
    pub username: String,
    pub role: Role,
    pub active: bool,
    pub artist_id: Option<String>,
    /// The artist's part of a service, in basis points; only for those who manage accounts.
    pub commission_bp: Option<i64>,
    /// Still has to change a temporary password.
    pub must_change: bool,
    pub last_seen_at: Option<Millis>,
    /// Only for those who manage accounts.
    pub switches: Vec<SwitchState>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SwitchState {
    pub name: SwitchName,
    pub on: bool,
    pub until: Option<Millis>,
    pub reason: Option<String>,
}

/// An artist's part in basis points; half when nobody said.
pub(crate) fn commission(given: Option<i64>, field: &'static str) -> Result<i64> {
    match given {
        None => Ok(5_000),
        Some(bp) if (0..=10_000).contains(&bp) => Ok(bp),
        Some(_) => Err(Error::invalid(field, "not 0 to 10000 basis points")),
    }
}
