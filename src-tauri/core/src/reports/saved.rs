//! Reports that are kept by a name; those with a folder are written there when a month has ended (D31, T093).

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::export::{self, ReportWhat};
use super::store;
use super::table::{TableFile, TableFormat};
use crate::access::{Action, Owner, Permit};
use crate::calendar::{Day, Month};
use crate::clock::Millis;
use crate::door::{Change, Look};
use crate::error::{Error, Result, Why};
use crate::studio::commands::Nothing;
use crate::text::{Id, Line, Name};

/// Kept reports of a studio.
const MOST: usize = 50;

/// Which days a kept report is about, from whenever it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SavedPeriod {
    Today,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisQuarter,
    LastQuarter,
    ThisYear,
    LastYear,
}

impl SavedPeriod {
    const NAMES: [(SavedPeriod, &'static str); 9] = [
        (SavedPeriod::Today, "today"),
        (SavedPeriod::ThisWeek, "this_week"),
        (SavedPeriod::LastWeek, "last_week"),
        (SavedPeriod::ThisMonth, "this_month"),
        (SavedPeriod::LastMonth, "last_month"),
        (SavedPeriod::ThisQuarter, "this_quarter"),
        (SavedPeriod::LastQuarter, "last_quarter"),
        (SavedPeriod::ThisYear, "this_year"),
        (SavedPeriod::LastYear, "last_year"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(period, _)| *period == self).map_or("", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> Result<SavedPeriod> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(period, _)| *period)
            .ok_or_else(|| Error::Damaged(format!("no such period: {name}")))
    }

    /// Its first and last day, seen from `today`, in a week that begins on `week_start`.
    pub(crate) fn days(self, today: Day, week_start: i64) -> Result<(Day, Day)> {
        let back = u64::try_from((today.weekday() - week_start).rem_euclid(7)).map_err(Error::internal)?;
        let week = today.minus(back)?;
        let month = Month::of(today);
        let last = |first: Day| first.minus(1);
        Ok(match self {
            SavedPeriod::Today => (today, today),
            SavedPeriod::ThisWeek => (week, week.plus(6)?),
            SavedPeriod::LastWeek => (week.minus(7)?, last(week)?),
            SavedPeriod::ThisMonth => (month.first(), last(month.after().first())?),
            SavedPeriod::LastMonth => (month.before().first(), last(month.first())?),
            SavedPeriod::ThisQuarter => (month.quarter().first(), last(month.quarter().later(3).first())?),
            SavedPeriod::LastQuarter => {
                let this = month.quarter().first();
                (Month::of(last(this)?).quarter().first(), last(this)?)
            }
            SavedPeriod::ThisYear => (month.year().first(), last(month.year().later(12).first())?),
            SavedPeriod::LastYear => {
                let this = month.year().first();
                (Month::of(last(this)?).year().first(), last(this)?)
            }
        })
    }
}

/// A report kept by a name.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SavedReport {
    pub id: String,
    pub name: String,
    pub what: ReportWhat,
    pub format: TableFormat,
    pub period: SavedPeriod,
    /// The days that this is today.
    pub from: Day,
    pub to: Day,
    pub artist_id: Option<String>,
    /// Where it is written at each month's end, if anywhere.
    pub folder: Option<String>,
    /// The last month that was written there.
    pub written: Option<Month>,
    /// When a file was last written there.
    pub written_at: Option<Millis>,
    /// The last try did not work: the folder is gone, or full.
    pub failed: bool,
}

/// The row of a kept report.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub id: String,
    pub name: String,
    pub what: ReportWhat,
    pub format: TableFormat,
    pub period: SavedPeriod,
    pub artist: Option<String>,
    pub folder: Option<String>,
    pub written: Option<Month>,
    pub failed: bool,
}

/// Kept reports are of the whole studio's figures.
fn whole(look: &Look<'_>) -> Result<Permit> {
    if look.caller()?.role.tattoos() {
        return Err(Error::denied(Why::Role));
    }
    look.grant().whole()
}

pub(crate) fn list(look: &Look<'_>, _: Nothing) -> Result<Vec<SavedReport>> {
    whole(look)?;
    let settings = look.settings()?;
    let today = settings.zone()?.day_of(look.now())?;
    let written_at = store::last_written(look.db())?;
    store::saved(look.db())?
        .into_iter()
        .map(|kept| {
            let (from, to) = kept.period.days(today, settings.week_start)?;
            Ok(SavedReport {
                written_at: written_at.get(&kept.id).copied(),
                id: kept.id,
                name: kept.name,
                what: kept.what,
                format: kept.format,
                period: kept.period,
                from,
                to,
                artist_id: kept.artist,
                folder: kept.folder,
                written: kept.written,
                failed: kept.failed,
            })
        })
        .collect()
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SaveReportArgs {
    /// A new one when left out.
    pub id: Option<Id>,
    pub name: Name,
    pub what: ReportWhat,
    pub format: TableFormat,
    pub period: SavedPeriod,
    /// A statement needs one.
    pub artist_id: Option<Id>,
    /// A folder of this computer, from its root (needs reports.export).
    pub folder: Option<Line<1000>>,
}

/// Keeps a report by a name. One that is written to a folder leaves the house, so it needs the right to export.
pub(crate) fn save(cx: &mut Change<'_>, args: SaveReportArgs) -> Result<Vec<SavedReport>> {
    let today = cx.settings()?.zone()?.day_of(cx.now())?;
    export::check(args.what, today, today, args.artist_id.as_deref())?;
    if args.folder.as_deref().is_some_and(|folder| !Path::new(folder).is_absolute()) {
        return Err(Error::invalid("folder", "not a folder"));
    }
    let permit = whole(cx)?;
    let known = store::saved(cx.db())?;
    let before = match &args.id {
        None => None,
        Some(id) => {
            let found = known.iter().find(|kept| kept.id == **id);
            cx.grant().over(found.map(|_| Owner::Nobody), "report")?;
            found
        }
    };
    // Who may not export neither sets a folder up nor changes what is written to one.
    if args.folder.is_some() || before.is_some_and(|kept| kept.folder.is_some()) {
        cx.also(Action::ReportsExport)?.whole()?;
    }
    if let Some(artist) = &args.artist_id
        && !crate::staff::store::artist_exists(cx.db(), artist)?
    {
        return Err(Error::NotFound { what: "artist" });
    }
    if before.is_none() && known.len() >= MOST {
        return Err(Error::Conflict { reason: "too_many_reports" });
    }
    if args.folder.as_deref().is_some_and(|folder| !Path::new(folder).is_dir()) {
        return Err(Error::invalid("folder", "not a folder"));
    }
    let id = match before {
        Some(kept) => kept.id.clone(),
        None => cx.id()?,
    };
    // What ended before it had its folder is not written; what could not be written is still to be.
    let ended = Some(Month::of(today).before());
    let written = match before {
        Some(kept) if kept.folder.is_some() => kept.written,
        _ => ended,
    };
    let kept = Kept {
        id,
        name: args.name.into(),
        what: args.what,
        format: args.format,
        period: args.period,
        artist: args.artist_id.map(String::from),
        folder: args.folder.map(String::from),
        written,
        failed: false,
    };
    store::put_saved(cx.write(&permit), &kept, cx.now())?;
    cx.note("report", kept.what.name());
    cx.note("saved", kept.id.as_str());
    cx.note("to_folder", kept.folder.is_some());
    list(cx, Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ForgetReportArgs {
    pub id: Id,
}

pub(crate) fn forget(cx: &mut Change<'_>, args: ForgetReportArgs) -> Result<Vec<SavedReport>> {
    let permit = whole(cx)?;
    let found = store::saved(cx.db())?.into_iter().find(|kept| kept.id == *args.id);
    cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "report")?;
    if found.as_ref().is_some_and(|kept| kept.folder.is_some()) {
        cx.also(Action::ReportsExport)?.whole()?;
    }
    store::drop_saved(cx.write(&permit), &args.id)?;
    cx.note("saved", &*args.id);
    list(cx, Nothing {})
}

/// A report whose month has ended and that is not yet in its folder.
#[derive(Debug)]
pub(crate) struct Due {
    pub kept: Kept,
    pub month: Month,
    folder: PathBuf,
}

/// What is to be written, and the moment from which something may be due again.
pub(crate) fn due(look: &Look<'_>) -> Result<(Vec<Due>, Millis)> {
    let zone = look.settings()?.zone()?;
    let this = Month::of(zone.day_of(look.now())?);
    let ended = this.before();
    let mut due = Vec::new();
    for kept in store::saved(look.db())? {
        if let Some(folder) = kept.folder.as_ref().map(PathBuf::from)
            && kept.written.is_none_or(|written| written < ended)
        {
            due.push(Due { kept, month: ended, folder });
        }
    }
    Ok((due, zone.bounds(this.after().first(), 1)?.0))
}

impl Due {
    /// Makes the file on one snapshot.
    pub(crate) fn make(&self, look: &Look<'_>) -> Result<TableFile> {
        let span = (self.month.first(), self.month.after().first().minus(1)?);
        export::write(look, self.kept.what, self.kept.format, span, self.kept.artist.as_deref())
    }

    /// Writes it, whole or not at all.
    pub(crate) fn put(&self, file: &TableFile) -> Result<()> {
        let bytes = match file {
            TableFile::Text(file) => file.text.clone().into_bytes(),
            TableFile::Binary(file) => STANDARD.decode(&file.base64).map_err(Error::internal)?,
        };
        // A folder that is gone is not made anew: it may be a drive that is not plugged in.
        let name = format!("{} {}.{}", plain(&self.kept.name), self.month, self.kept.format.name());
        let target = self.folder.join(name);
        let part = target.with_extension("part");
        std::fs::write(&part, bytes)?;
        std::fs::rename(&part, &target)?;
        Ok(())
    }
}

/// A name that every file system takes.
fn plain(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') { c } else { '-' })
        .collect();
    kept.trim().chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Day> {
        Day::try_from(text.to_owned()).ok()
    }

    #[test]
    fn a_kept_period_moves_with_the_day() {
        for (period, today, from, to) in [
            (SavedPeriod::Today, "2026-03-01", "2026-03-01", "2026-03-01"),
            // A Sunday, in a week that begins on Monday.
            (SavedPeriod::ThisWeek, "2026-03-01", "2026-02-23", "2026-03-01"),
            (SavedPeriod::LastWeek, "2026-03-01", "2026-02-16", "2026-02-22"),
            (SavedPeriod::LastMonth, "2026-03-31", "2026-02-01", "2026-02-28"),
            (SavedPeriod::ThisMonth, "2028-02-10", "2028-02-01", "2028-02-29"),
            (SavedPeriod::ThisQuarter, "2026-05-31", "2026-04-01", "2026-06-30"),
            (SavedPeriod::LastQuarter, "2026-02-28", "2025-10-01", "2025-12-31"),
            (SavedPeriod::ThisYear, "2026-12-31", "2026-01-01", "2026-12-31"),
            (SavedPeriod::LastYear, "2026-01-01", "2025-01-01", "2025-12-31"),
        ] {
            let found = day(today).and_then(|today| period.days(today, 1).ok());
            assert_eq!(found, day(from).zip(day(to)), "{period:?} on {today}");
        }
    }

    #[test]
    fn a_name_is_no_path() {
        assert_eq!(plain("../../etc/passwd"), "------etc-passwd");
        assert_eq!(plain("Mes: ventas\\2026"), "Mes- ventas-2026");
    }
}
