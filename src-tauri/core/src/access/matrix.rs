//! The words of the matrix: four policies (T001), five roles (D01), and whose a record is.
//!
//! The rows stand in [`super::action`]; this module says what a row means.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{Error, Result};

/// One role per member (T079, D01). The order is the order of the matrix's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Admin,
    Assistant,
    Artist,
    Apprentice,
}

impl Role {
    pub const ALL: [Role; 5] = [Role::Owner, Role::Admin, Role::Assistant, Role::Artist, Role::Apprentice];

    pub fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Admin => "admin",
            Role::Assistant => "assistant",
            Role::Artist => "artist",
            Role::Apprentice => "apprentice",
        }
    }

    pub fn parse(name: &str) -> Result<Role> {
        Role::ALL
            .into_iter()
            .find(|role| role.name() == name)
            .ok_or_else(|| Error::Damaged(format!("no such role: {name}")))
    }

    /// Whether the role tattoos, and so owns appointments through an artist profile (T082, T083).
    pub fn tattoos(self) -> bool {
        matches!(self, Role::Artist | Role::Apprentice)
    }
}

/// What the matrix answers (T001 to T005).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    Allow,
    Own,
    Locked,
    Deny,
}

impl Policy {
    pub fn name(self) -> &'static str {
        match self {
            Policy::Allow => "allow",
            Policy::Own => "own",
            Policy::Locked => "locked",
            Policy::Deny => "deny",
        }
    }
}

/// Whose a record is, as the file says at this moment. A record without an owner belongs to nobody (D02, T082).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    Artist(String),
    Member(String),
    Nobody,
}
