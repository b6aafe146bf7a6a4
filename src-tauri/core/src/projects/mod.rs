//! A tattoo of several sessions: what was agreed, and how far it has come (T123).

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::agenda::VisitStatus;
use crate::clock::Millis;

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Project {
    pub id: String,
    pub client_id: String,
    pub client_name: String,
    pub artist_id: String,
    pub artist_name: String,
    pub title: String,
    /// Where on the body.
    pub placement: Option<String>,
    pub idea: Option<String>,
    /// Sessions agreed on.
    pub planned: i64,
    /// Sessions that are over.
    pub done: i64,
    pub closed_at: Option<Millis>,
    pub sessions: Vec<ProjectSession>,
    pub rev: i64,
}

/// A visit of a project, in the order of time; cancelled and missed ones too.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ProjectSession {
    pub appointment_id: String,
    pub starts_at: Millis,
    pub status: VisitStatus,
    pub service_name: String,
}
