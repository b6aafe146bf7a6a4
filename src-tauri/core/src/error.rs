//! What can go wrong, and what of it crosses the wire.
//!
//! Lives here: [`Error`], the one error type of the core, and [`Fault`], the {code, params, correlation} that a caller
//! sees. Does not live here: words. The desk has a sentence for every [`Code`] in each language.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Every code a caller can meet. A code exists only because the desk acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    NoSession,
    BadCredentials,
    Throttled,
    PasswordChangeRequired,
    Denied,
    ElevationRequired,
    ClientView,
    BadCode,
    NotFound,
    Invalid,
    Conflict,
    KeyConflict,
    FileInUse,
    FileNewer,
    NotAStudio,
    DiskFull,
    ReadOnly,
    Damaged,
    Internal,
}

impl Code {
    /// The wire name, as journaled.
    pub fn name(self) -> &'static str {
        match self {
            Code::NoSession => "no_session",
            Code::BadCredentials => "bad_credentials",
            Code::Throttled => "throttled",
            Code::PasswordChangeRequired => "password_change_required",
            Code::Denied => "denied",
            Code::ElevationRequired => "elevation_required",
            Code::ClientView => "client_view",
            Code::BadCode => "bad_code",
            Code::NotFound => "not_found",
            Code::Invalid => "invalid",
            Code::Conflict => "conflict",
            Code::KeyConflict => "key_conflict",
            Code::FileInUse => "file_in_use",
            Code::FileNewer => "file_newer",
            Code::NotAStudio => "not_a_studio",
            Code::DiskFull => "disk_full",
            Code::ReadOnly => "read_only",
            Code::Damaged => "damaged",
            Code::Internal => "internal",
        }
    }

    /// Whether the journal keeps it (D20): somebody was told no. Malformed input goes to the log only.
    pub fn is_refusal(self) -> bool {
        matches!(
            self,
            Code::NoSession
                | Code::BadCredentials
                | Code::Throttled
                | Code::PasswordChangeRequired
                | Code::Denied
                | Code::ElevationRequired
                | Code::ClientView
                | Code::BadCode
        )
    }
}

/// Why somebody was told no, so that the desk can say what to do next (T092). Never tells another's record from none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The role never has this right.
    Role,
    /// A switch of this member narrowed it to their own records.
    Switch,
    /// Another's record, or none at all.
    NotYours,
    /// The account has no artist profile, so it owns nothing (T082).
    NotLinked,
    /// Nobody changes their own role or standing (S012).
    Yourself,
    /// The owner is changed by a transfer only (S015, D07).
    Owner,
    /// This desk serves one given file.
    SingleFile,
}

impl Why {
    pub const ALL: [Why; 7] =
        [Why::Role, Why::Switch, Why::NotYours, Why::NotLinked, Why::Yourself, Why::Owner, Why::SingleFile];

    pub fn name(self) -> &'static str {
        match self {
            Why::Role => "role",
            Why::Switch => "switch",
            Why::NotYours => "not_yours",
            Why::NotLinked => "not_linked",
            Why::Yourself => "self",
            Why::Owner => "owner",
            Why::SingleFile => "single",
        }
    }
}

/// The core's error. Causes stay in the log; a caller gets a [`Fault`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no session")]
    NoSession,
    #[error("bad credentials")]
    BadCredentials { tries_left: u32 },
    #[error("throttled until {until}")]
    Throttled { until: i64, wait_ms: i64 },
    #[error("a temporary password must be changed first")]
    PasswordChangeRequired,
    #[error("denied: {}", why.name())]
    Denied { why: Why },
    #[error("{action} needs the master code")]
    ElevationRequired { action: &'static str },
    /// The desk was handed to a client, who looks at portfolios: nothing else is done until it is taken back.
    #[error("a client looks at portfolios")]
    ClientView,
    #[error("bad code")]
    BadCode { tries_left: u32 },
    #[error("{what} not found")]
    NotFound { what: &'static str },
    #[error("invalid {field}: {reason}")]
    Invalid { field: String, reason: &'static str },
    #[error("conflict: {reason}")]
    Conflict { reason: &'static str },
    #[error("{missing} required papers are missing")]
    PaperworkMissing { missing: i64 },
    #[error("the count differs by {difference}")]
    Difference { expected: i64, difference: i64 },
    #[error("this key belongs to another request")]
    KeyConflict,
    #[error("the studio is open elsewhere: {holder}")]
    FileInUse { holder: String },
    #[error("the studio was written by a newer Inkpoint (schema {found}, known {known})")]
    FileNewer { found: i64, known: i64 },
    #[error("not a studio: {0}")]
    NotAStudio(&'static str),
    #[error("disk full")]
    DiskFull,
    #[error("read only")]
    ReadOnly,
    #[error("damaged: {0}")]
    Damaged(String),
    #[error("the file is not the one this computer last saw")]
    PutBack,
    /// The open file was taken away, or another one stands in its place.
    #[error("the file is no longer where it was opened")]
    Gone,
    /// A picture is gone from its folder, or is not what was put there. Nothing else suffers.
    #[error("a picture is lost: {0}")]
    PictureLost(&'static str),
    /// A paper did not come out, or the drawer did not open. What they were for is done.
    #[error("printer: {}", .0.name())]
    Printer(crate::printing::Trouble),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Internal(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn invalid(field: impl Into<String>, reason: &'static str) -> Error {
        Error::Invalid { field: field.into(), reason }
    }

    pub fn denied(why: Why) -> Error {
        Error::Denied { why }
    }

    pub fn internal(cause: impl std::fmt::Display) -> Error {
        Error::Internal(cause.to_string())
    }

    pub fn code(&self) -> Code {
        match self {
            Error::NoSession => Code::NoSession,
            Error::BadCredentials { .. } => Code::BadCredentials,
            Error::Throttled { .. } => Code::Throttled,
            Error::PasswordChangeRequired => Code::PasswordChangeRequired,
            Error::Denied { .. } => Code::Denied,
            Error::ElevationRequired { .. } => Code::ElevationRequired,
            Error::ClientView => Code::ClientView,
            Error::BadCode { .. } => Code::BadCode,
            Error::NotFound { .. } => Code::NotFound,
            Error::Invalid { .. } => Code::Invalid,
            Error::Conflict { .. }
            | Error::Difference { .. }
            | Error::PaperworkMissing { .. }
            | Error::Printer(_) => Code::Conflict,
            Error::KeyConflict => Code::KeyConflict,
            Error::FileInUse { .. } => Code::FileInUse,
            Error::FileNewer { .. } => Code::FileNewer,
            Error::NotAStudio(_) => Code::NotAStudio,
            Error::DiskFull => Code::DiskFull,
            Error::ReadOnly => Code::ReadOnly,
            Error::Damaged(_) | Error::PutBack | Error::Gone | Error::PictureLost(_) => Code::Damaged,
            Error::Io(cause) => match cause.kind() {
                std::io::ErrorKind::StorageFull
                | std::io::ErrorKind::QuotaExceeded
                | std::io::ErrorKind::FileTooLarge => Code::DiskFull,
                std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                    Code::ReadOnly
                }
                _ => Code::Internal,
            },
            Error::Internal(_) => Code::Internal,
        }
    }

    fn params(&self) -> BTreeMap<String, Value> {
        let pairs: Vec<(&str, Value)> = match self {
            Error::BadCredentials { tries_left } | Error::BadCode { tries_left } => {
                vec![("tries_left", Value::from(*tries_left))]
            }
            Error::Throttled { until, wait_ms } => {
                vec![("until", Value::from(*until)), ("wait_ms", Value::from(*wait_ms))]
            }
            Error::Denied { why } => vec![("why", Value::from(why.name()))],
            Error::ElevationRequired { action } => vec![("action", Value::from(*action))],
            Error::NotFound { what } => vec![("what", Value::from(*what))],
            Error::Invalid { field, reason } => {
                vec![("field", Value::from(field.as_str())), ("reason", Value::from(*reason))]
            }
            Error::Conflict { reason } => vec![("reason", Value::from(*reason))],
            Error::Printer(trouble) => vec![("reason", Value::from(trouble.name()))],
            Error::PaperworkMissing { missing } => {
                vec![("reason", Value::from("paperwork_missing")), ("missing", Value::from(*missing))]
            }
            Error::Difference { expected, difference } => vec![
                ("reason", Value::from("difference")),
                ("expected", Value::from(*expected)),
                ("difference", Value::from(*difference)),
            ],
            Error::FileInUse { holder } => vec![("holder", Value::from(holder.as_str()))],
            Error::FileNewer { found, known } => {
                vec![("found", Value::from(*found)), ("known", Value::from(*known))]
            }
            Error::PutBack => vec![("reason", Value::from("put_back"))],
            Error::Gone => vec![("reason", Value::from("gone"))],
            Error::PictureLost(_) => vec![("reason", Value::from("picture"))],
            Error::NotAStudio(reason) => vec![("reason", Value::from(*reason))],
            Error::NoSession
            | Error::PasswordChangeRequired
            | Error::ClientView
            | Error::KeyConflict
            | Error::DiskFull
            | Error::ReadOnly
            | Error::Damaged(_)
            | Error::Io(_)
            | Error::Internal(_) => Vec::new(),
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// What a caller is told. The cause goes to the log under the same correlation id.
    pub fn into_fault(self, correlation: String) -> Fault {
        let code = self.code();
        if matches!(code, Code::Internal | Code::Damaged | Code::DiskFull | Code::ReadOnly) {
            log::error!("{correlation}: {self}");
        }
        Fault { code, params: self.params(), correlation }
    }
}

/// An error as it crosses the wire.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Fault {
    pub code: Code,
    #[ts(type = "Record<string, unknown>")]
    pub params: BTreeMap<String, Value>,
    /// Names the line in the log that holds the cause.
    pub correlation: String,
}
