//! The studio's file: opening it, the settings it must have, its lock, migrations, copies, verification, and the folder of
//! pictures beside it.
//!
//! Lives here: everything that is SQLite's own. Does not live here: any rule. Rooms reach rows only through
//! [`Reader`] and [`Writer`] in their `store.rs`.

pub(crate) mod backup;
mod file;
pub(crate) mod foreign;
pub(crate) mod lock;
pub(crate) mod log;
mod migrate;
mod pictures;
pub(crate) mod restore;
mod rows;
pub(crate) mod seal;
mod share;
mod stand_in;
pub(crate) mod standing;
pub(crate) mod tables;
pub mod verify;

pub(crate) use file::plain_path;
pub use file::{OpenOptions, StudioFile};
pub use migrate::SCHEMA_VERSION;
pub(crate) use pictures::{Copy, Pictures, Staged, flush_folder, make_folder};
pub(crate) use rows::id_list;
pub use rows::{Reader, Row, Writer};
pub use stand_in::Halt;

use crate::error::Error;
use rusqlite::ErrorCode;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::Error as Sql;
        let Some(code) = error.sqlite_error_code() else {
            return match error {
                // Our tables are strict, and what is put into them is what is read; where one row is asked for, it is there.
                // Otherwise the file is not as it was written.
                Sql::QueryReturnedNoRows
                | Sql::Utf8Error(..)
                | Sql::FromSqlConversionFailure(..)
                | Sql::IntegralValueOutOfRange(..)
                | Sql::InvalidColumnType(..) => Error::Damaged(error.to_string()),
                _ => Error::Internal(error.to_string()),
            };
        };
        match code {
            ErrorCode::DiskFull => Error::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Error::ReadOnly,
            ErrorCode::DatabaseCorrupt => Error::Damaged(error.to_string()),
            ErrorCode::NotADatabase => Error::NotAStudio("not a database"),
            _ => Error::Internal(error.to_string()),
        }
    }
}

/// Whether the connection can no longer be trusted after this error: close, reopen, settle by key.
pub(crate) fn is_fatal(error: &Error) -> bool {
    matches!(error, Error::DiskFull | Error::ReadOnly | Error::Damaged(_) | Error::Internal(_))
}

/// Whether an error says that something in the file cannot be read: damaged pages make SQLite say all kinds of things.
pub(crate) fn is_unreadable(error: &Error) -> bool {
    matches!(error, Error::Damaged(_) | Error::Internal(_) | Error::NotAStudio(_))
}

/// SHA-256 of some bytes, as it is written down in a manifest.
pub fn sha256_hex(bytes: &[u8]) -> String {
    seal::hex(&seal::sha256(bytes))
}
