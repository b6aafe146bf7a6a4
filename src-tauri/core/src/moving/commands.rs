//! What the desk can ask when somebody moves.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::value::RawValue;
use ts_rs::TS;

use super::export::{self, Leaving};
use super::files::{self, Making};
use super::tsm::report::TsmReport;
use super::tsm::{Moving, TsmImported, TsmOptions};
use crate::door::{Call, Desk};
use crate::error::{Code, Error, Result};
use crate::session::guess::Guess;
use crate::storage::foreign::Source;
use crate::studio::Language;
use crate::text::{Line, Name, Secret};

/// A larger request with a database in it is not looked into: 48 MB of it, in base64.
pub(crate) const LARGEST_DATABASE: usize = 66 * 1024 * 1024;
/// One export at a time.
static ONE: Mutex<()> = Mutex::new(());
/// How many remarks a window is shown; the counts are of all.
const SHOWN: usize = 300;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ExportStudioArgs {
    /// The caller's own: everything leaves.
    pub password: Secret,
    /// A folder of this computer, from its root, in which the export makes one of its own; where saved files go when left
    /// out.
    pub folder: Option<Line<1000>>,
}

/// Writes everything to a new folder. In the journal before anything leaves.
pub(crate) fn export_here(desk: &Desk, call: &Call<'_>, args: ExportStudioArgs) -> Result<Box<RawValue>> {
    let parent = match &args.folder {
        Some(folder) => {
            let folder = Path::new(&**folder);
            if !folder.is_absolute() || !folder.is_dir() {
                return Err(Error::invalid("folder", "not a folder"));
            }
            folder.to_owned()
        }
        None => {
            let folder = desk.place().exports().to_owned();
            std::fs::create_dir_all(&folder).map_err(|error| not_there(error.into()))?;
            folder
        }
    };
    export::check_apart(desk, &parent.join("export"))?;
    let (guess, me) = Guess::own_password(desk, call, &args.password)?;
    // Somebody who asks again while the first is being written waits for it.
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(reply) = desk.replayed(call)? {
        return Ok(reply);
    }
    let asked = match call.key {
        Some(key) => Some(export::asked(desk, &me.id, key)?),
        None => None,
    };
    let tag = match &asked {
        Some(asked) => {
            // It was written, and whoever wrote it was gone before the key was kept.
            if let Some(done) = export::find(&parent, asked).map_err(not_there)? {
                desk.keep_reply(call, &done);
                return serde_json::value::to_raw_value(&done).map_err(Error::internal);
            }
            let tag = asked.get(..16).unwrap_or(asked).to_owned();
            files::clear(&parent, &tag).map_err(not_there)?;
            tag
        }
        None => export::tag(desk)?,
    };
    let target = free_name(desk, call, &parent)?;
    let making = Making::begin(&target, &tag).map_err(not_there)?;
    let leaves = Leaving::count(desk)?;
    guess.right(|cx, _| leaves.note(cx))?;
    let done = export::write(desk, making, asked.as_deref()).map_err(not_there);
    if let Err(error) = &done {
        // Nothing left, and the journal must not say that it did.
        desk.change_once(call, |cx| {
            cx.refuse(error.code());
            Ok(())
        })?;
    }
    let done = done?;
    desk.keep_reply(call, &done);
    serde_json::value::to_raw_value(&done).map_err(Error::internal)
}

/// What stops somebody who writes there is the folder they named; the studio's own file is only read.
fn not_there(error: Error) -> Error {
    match error {
        Error::Io(_) | Error::ReadOnly if error.code() != Code::DiskFull => {
            log::info!("the export cannot be written: {error}");
            Error::invalid("folder", "cannot be written")
        }
        other => other,
    }
}

/// "casa-aguja-2026-11-20", or with a number behind it.
fn free_name(desk: &Desk, call: &Call<'_>, parent: &Path) -> Result<PathBuf> {
    let (name, day) = desk.query(call.command, |look| {
        let settings = look.settings()?;
        let day = settings.zone()?.day_of(look.now())?;
        Ok((settings.name, String::from(day)))
    })?;
    let slug = crate::paths::slug(&name);
    (1..)
        .map(|number| match number {
            1 => parent.join(format!("{slug}-{day}")),
            _ => parent.join(format!("{slug}-{day}-{number}")),
        })
        .find(|path| std::fs::symlink_metadata(path).is_err())
        .ok_or_else(|| Error::internal("no free name"))
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ImportTsmArgs {
    /// The database's bytes, in base64.
    pub base64: String,
    pub name: Name,
    /// ISO 4217, three letters.
    pub currency: Line<3>,
    /// IANA time zone: the database's moments are on this clock.
    pub zone: Line<64>,
    pub language: Option<Language>,
}

impl ImportTsmArgs {
    fn read(&self) -> Result<(Vec<u8>, TsmOptions)> {
        let bytes = STANDARD.decode(&self.base64).map_err(|_| Error::invalid("base64", "not base64"))?;
        let options = TsmOptions {
            name: self.name.to_string(),
            currency: self.currency.to_string(),
            zone: self.zone.to_string(),
            language: self.language.unwrap_or(Language::English),
        };
        Ok((bytes, options))
    }
}

/// What bringing a studio over would do, without doing it.
pub(crate) fn import_tsm_preview(desk: &Desk, _: &Call<'_>, args: ImportTsmArgs) -> Result<TsmReport> {
    let (bytes, options) = args.read()?;
    let moving = Moving { desk, by: None, options: &options };
    let mut report = moving.try_out(Source::Bytes(&bytes), None)?.report;
    report.remarks.truncate(SHOWN);
    Ok(report)
}

/// Makes the studio's file in the data folder and opens it at this desk.
pub(crate) fn import_tsm_here(desk: &Desk, call: &Call<'_>, args: ImportTsmArgs) -> Result<TsmImported> {
    let (bytes, options) = args.read()?;
    let path = desk.place().file_for(&options.name);
    let moving = Moving { desk, by: None, options: &options };
    let mut made = moving.make(Source::Bytes(&bytes), &path)?;
    made.report.remarks.truncate(SHOWN);
    if desk.place().single().is_some() {
        desk.open(&path)?;
    } else {
        crate::studio::commands::open_known(desk, call, &path)?;
    }
    Ok(made)
}
