//! A studio of Tattoo Studio Manager, brought over: people, clients, visits, payments and stock of its SQLite database.
//!
//! The new studio is made through the same rooms as any other, its clock set to the day of each payment, so that receipts,
//! ledger, commission and reports add up and are sealed. Every row of the database is accounted for. A trial does the very
//! same and throws the result away.

mod clients;
mod house;
mod payments;
mod people;
pub(super) mod report;
mod source;
mod stock;
mod values;
mod visits;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::access::{Role, password::Cost};
use crate::door::Desk;
use crate::error::{Error, Result};
use crate::storage::backup::with_ending;
use crate::storage::foreign::{Foreign, Source};
use crate::storage::lock::Lock;
use crate::storage::{StudioFile, make_folder};
use crate::studio::Language;
use crate::studio::making::whole;
use report::TsmReport;

/// What the database does not say of its studio.
#[derive(Debug, Clone)]
pub struct TsmOptions {
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA time zone: its moments are on this clock.
    pub zone: String,
    pub language: Language,
}

impl Default for TsmOptions {
    fn default() -> TsmOptions {
        TsmOptions {
            name: "Tattoo Studio".to_owned(),
            currency: "MXN".to_owned(),
            zone: "America/Mexico_City".to_owned(),
            language: Language::Spanish,
        }
    }
}

/// An account with the password to hand over once; none for whoever is archived.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmAccount {
    pub role: Role,
    pub name: String,
    pub username: String,
    pub password: Option<String>,
}

/// The new studio. Codes and passwords are shown once and kept nowhere.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TsmImported {
    pub file: String,
    pub report: TsmReport,
    pub accounts: Vec<TsmAccount>,
    pub master_code: String,
    pub recovery_code: String,
}

/// The operator's way: makes a studio's file at `file` out of a database, or with `trial` only says what would come of it.
pub fn import_tsm(
    desk: &Desk,
    source: &Path,
    file: &Path,
    options: &TsmOptions,
    trial: bool,
) -> Result<TsmImported> {
    let moving = Moving { desk, by: Some("command line"), options };
    if trial {
        moving.try_out(Source::File(source), Some(file))
    } else {
        moving.make(Source::File(source), file)
    }
}

/// One move, by whoever asked for it.
pub(super) struct Moving<'a> {
    pub desk: &'a Desk,
    /// How the journal calls whoever did it.
    pub by: Option<&'static str>,
    pub options: &'a TsmOptions,
}

/// A folder for what is not finished, held while it is worked in. Dropped, it is gone.
struct Work {
    folder: PathBuf,
    held: Option<Lock>,
}

/// How such folders are called, and what in them is held.
const WORK: (&str, &str) = ("moving-", "work");

impl Drop for Work {
    fn drop(&mut self) {
        self.held = None;
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            log::warn!("what was begun is left behind: {error}");
        }
    }
}

/// Takes away the copies of people's data that a move left which was ended from outside.
fn clear_away(data: &Path) {
    let Ok(inside) = std::fs::read_dir(data) else { return };
    for folder in inside.flatten().map(|entry| entry.path()) {
        let ours = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(WORK.0));
        // One that nobody holds yet is being made right now.
        if !ours || !with_ending(&folder.join(WORK.1), ".lock").exists() {
            continue;
        }
        if let Ok(held) = Lock::take(&folder.join(WORK.1)) {
            drop(Work { folder, held: Some(held) });
        }
    }
}

impl Moving<'_> {
    fn work(&self) -> Result<Work> {
        let data = self.desk.place().data();
        clear_away(data);
        let folder = data.join(format!("{}{}", WORK.0, super::export::tag(self.desk)?));
        make_folder(&folder)?;
        let mut work = Work { folder, held: None };
        work.held = Some(Lock::take(&work.folder.join(WORK.1))?);
        Ok(work)
    }

    /// Makes the studio's file. Nothing appears there until it is finished and checked.
    pub(super) fn make(&self, source: Source<'_>, file: &Path) -> Result<TsmImported> {
        let work = self.work()?;
        let everything = self.read(source, &work)?;
        let cost = self.desk.tools().cost;
        let made = whole(file, |making| self.fill(everything, making, &work.folder, cost))?;
        Ok(TsmImported { file: file.to_string_lossy().into_owned(), ..made })
    }

    /// Does all of it, and throws it away.
    pub(super) fn try_out(&self, source: Source<'_>, file: Option<&Path>) -> Result<TsmImported> {
        if file.is_some_and(|file| std::fs::symlink_metadata(file).is_ok()) {
            return Err(Error::Conflict { reason: "file_exists" });
        }
        let work = self.work()?;
        let everything = self.read(source, &work)?;
        // Nobody's secret is at stake.
        let made =
            self.fill(everything, &work.folder.join("trial.inkpoint"), &work.folder, Cost::Fixed(4))?;
        Ok(TsmImported {
            accounts: Vec::new(),
            master_code: String::new(),
            recovery_code: String::new(),
            ..made
        })
    }

    /// What is wrong with another program's file is nothing wrong with a studio's.
    fn read(&self, source: Source<'_>, work: &Work) -> Result<source::Everything> {
        let theirs = |error| match error {
            Error::Damaged(cause) => {
                log::warn!("another program's database: {cause}");
                Error::NotAStudio("damaged")
            }
            other => other,
        };
        let foreign = Foreign::open(source, &work.folder.join("source")).map_err(theirs)?;
        source::read(&foreign).map_err(theirs)
    }

    fn fill(
        &self,
        everything: source::Everything,
        making: &Path,
        work: &Path,
        cost: Cost,
    ) -> Result<TsmImported> {
        let made = house::build(self, everything, making, work, cost)?;
        let checked = StudioFile::check_copy(making)?;
        if !checked.holds() {
            return Err(Error::Internal(format!("the new studio does not hold: {:?}", checked.problems)));
        }
        Ok(made)
    }
}
