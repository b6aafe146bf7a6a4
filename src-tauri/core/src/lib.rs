//! Inkpoint's core: the rules of a tattoo studio's front desk over one SQLite file.
//!
//! The map: a caller comes to the [`door`] with a command and its arguments; the door asks `access` who may do it,
//! opens one transaction on the `storage`, hands it to the command's room (studio, session, staff, agenda, clients,
//! consent, till, drawer, reports, inventory, security, activity, notices), and writes the journal's row with it. Nothing reaches the
//! file another way.
//!
//! The rules of the house: the role, the switches and the owner of a record are read from the file inside the
//! transaction, never from the request; only `store.rs` and `storage` name SQL; time and randomness are injected;
//! money is checked i64 minor units; errors cross as {code, params, correlation} and the desk has the words.

pub mod access;
mod activity;
mod agenda;
mod backups;
mod bindings;
mod board;
mod calendar;
mod clients;
pub mod clock;
mod consent;
mod currency;
mod demo;
pub mod door;
mod drawer;
mod error;
pub mod ids;
mod inventory;
pub mod money;
mod moving;
mod notices;
mod paper;
mod paths;
mod payouts;
mod pictures;
mod portfolio;
pub mod printing;
mod projects;
mod reports;
mod security;
mod sent;
mod session;
mod sheet;
mod staff;
pub mod storage;
mod studio;
mod text;
mod till;
mod waitlist;

pub use access::password::Cost;
pub use backups::{BackedUp, RestoredFile, back_up, restore};
pub use bindings::typescript;
pub use clients::import::{DateOrder, ImportField, ImportOptions, ImportReport, import_clients};
pub use demo::{DemoOptions, make as make_demo};
pub use door::{Desk, Tools};
pub use error::{Code, Error, Fault, Result};
pub use moving::{
    Exported, TsmImported, TsmOptions, TsmReason, TsmReport, TsmSumOf, TsmTable, export, import_tsm,
};
pub use paths::Place;
pub use studio::Language;
