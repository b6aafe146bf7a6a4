//! Moving house: everything out of a studio's file into files that anybody can read, and a studio of another program in.
//!
//! Lives here: what leaves and how it is written down, and what another program's rows become. Does not live here: the
//! rules of what they become; sales, clients and accounts are written by the rooms they belong to.

mod commands;
mod export;
mod files;
mod tsm;
mod words;

pub(crate) use commands::{
    ExportStudioArgs, ImportTsmArgs, LARGEST_DATABASE, export_here, import_tsm_here, import_tsm_preview,
};
pub use export::{Exported, export};
pub use tsm::report::{TsmReason, TsmReport, TsmSumOf, TsmTable};
pub use tsm::{TsmImported, TsmOptions, import_tsm};
