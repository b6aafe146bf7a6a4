//! A studio with believable data and no real people, made through the door.

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::access::Role;
use crate::door::{Call, Desk};
use crate::error::Result;
use crate::studio::commands::Nothing;

/// How much of a demo to make.
#[derive(Debug, Clone, Copy)]
pub struct DemoOptions {
    pub years: u32,
    pub artists: u32,
    pub seed: u64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct DemoAccount {
    pub role: Role,
    pub name: String,
    pub username: String,
    pub password: String,
}

/// The way into a demo studio.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Demo {
    pub accounts: Vec<DemoAccount>,
    pub master_code: String,
    pub file: String,
}

pub(crate) fn create(_: &Desk, _: &Call<'_>, _: Nothing) -> Result<Demo> {
    Err(crate::error::Error::Denied)
}

/// Makes a demo studio's file at `path`.
pub fn make(_: &Desk, _: &std::path::Path, _: DemoOptions) -> Result<Demo> {
    Err(crate::error::Error::Denied)
}
