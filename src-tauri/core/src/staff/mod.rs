//! The people: accounts, roles, switches, profiles and terms; who comes and who leaves.
//!
//! Does not live here: signing in (room `session`), and what a role means (`access`).

pub(crate) mod checklist;
pub(crate) mod commands;
pub(crate) mod kept;
pub(crate) mod leaving;
pub(crate) mod profile;
pub(crate) mod rights;
pub(crate) mod store;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::access::{Role, Switch, SwitchName};
use crate::calendar::Day;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::studio::Hours;

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

/// What a member says of themselves (S010); every colleague sees it (T131).
#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct Profile {
    pub pronouns: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub about: Option<String>,
    pub languages: Vec<String>,
    pub skills: Vec<String>,
    /// Signature styles.
    pub styles: Vec<String>,
}

/// How somebody works for the studio (S011, D31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    Employed,
    SelfEmployed,
    /// For some days only.
    Guest,
}

impl Employment {
    const NAMES: [(Employment, &'static str); 3] = [
        (Employment::Employed, "employed"),
        (Employment::SelfEmployed, "self_employed"),
        (Employment::Guest, "guest"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> Option<Employment> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(known, _)| *known)
    }
}

/// When an artist works: the hours of each weekday and, for a guest, the days of the stay (D31).
#[derive(Debug, Default)]
pub(crate) struct Week {
    pub hours: Vec<Hours>,
    pub from: Option<Day>,
    pub until: Option<Day>,
}

impl Week {
    pub(crate) fn on(&self, day: Day) -> Option<&Hours> {
        let here = self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until);
        self.hours.iter().find(|hours| here && hours.weekday == day.weekday())
    }
}

/// A member as colleagues see them (T131).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Member {
    pub id: String,
    pub name: String,
    pub username: String,
    /// The role that counts now.
    pub role: Role,
    /// The role is lent until then (A032)…
    pub role_until: Option<Millis>,
    /// …and this one counts again after it.
    pub role_after: Option<Role>,
    pub active: bool,
    pub archived_at: Option<Millis>,
    pub artist_id: Option<String>,
    pub profile: Profile,
    pub employment: Option<Employment>,
    pub guest_from: Option<Day>,
    pub guest_until: Option<Day>,
    /// Weekly hours of the artist profile.
    pub hours: Vec<Hours>,
    /// Open visits of today, and when the next begins; null where the caller may not see them.
    pub appointments_today: Option<i64>,
    pub next_at: Option<Millis>,
    /// The artist's part of a service, in basis points; only for those who manage accounts.
    pub commission_bp: Option<i64>,
    /// Still has to change a temporary password.
    pub must_change: bool,
    pub last_seen_at: Option<Millis>,
    /// Only for those who manage accounts.
    pub switches: Vec<SwitchState>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
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
