//! What the desk can ask about backups.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::damage::{self, Area};
use super::restore::{self, Before, By, Made, Origin, Plan};
use super::{Memory, store};
use crate::clock::Millis;
use crate::door::{Call, Desk, Studio};
use crate::error::{Code, Error, Result};
use crate::money::Money;
use crate::reports::daily;
use crate::session::guess::Guess;
use crate::staff::kept::{Kept, Unlike};
use crate::storage::backup::{Backup, BackupFor, Counts, Note};
use crate::storage::verify::Report;
use crate::storage::{Halt, is_unreadable};
use crate::studio::commands::Nothing;
use crate::text::{Line, Secret};

/// A backup is to be tried out at least this often (T103, T107).
const TEST_EVERY: Millis = 31 * 24 * 60 * 60_000;

/// A backup that lies on the shelf or in the second folder, checked when it was written.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct BackupLine {
    /// What its file is called, without ".inkpoint".
    pub name: String,
    pub at: Millis,
    pub why: BackupFor,
    /// Of the file, without pictures.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Whether everything in it was recomputed, or only looked over since it is large.
    pub recomputed: bool,
    pub sales: i64,
    pub total: Money,
    pub appointments: i64,
    pub clients: i64,
    pub pictures: i64,
    /// How many of them were lost when it was made: everything else is in it.
    #[ts(type = "number")]
    pub pictures_lost: usize,
    /// The sums that reports read were wrong when it was made: bringing it back makes them anew.
    pub figures_wrong: bool,
    /// Whether it lies on this computer, and whether in the second folder.
    pub here: bool,
    pub second: bool,
}

/// The second folder, and what is wrong with it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SecondFolder {
    pub folder: String,
    /// The last try did not work; it is tried again.
    pub failed: Option<Code>,
    /// Nothing was brought there for more than a day.
    pub late: bool,
    /// The newest that lies there.
    pub last_at: Option<Millis>,
}

/// How a studio's backups stand.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct BackupsState {
    /// Where they lie.
    pub folder: String,
    pub last_at: Option<Millis>,
    /// When the next is made, if anything changes until then.
    pub next_at: Millis,
    /// Changes have waited for more than an hour.
    pub late: bool,
    /// Why the last try did not work.
    pub failed: Option<Code>,
    pub busy: bool,
    pub second: Option<SecondFolder>,
    /// Everything that lies in the folder, in bytes: pictures once, however many backups need them.
    #[ts(type = "number")]
    pub bytes: u64,
    pub tested_at: Option<Millis>,
    pub tested_well: bool,
    pub test_due: bool,
    /// Pictures that the newest backup had to do without.
    pub lost: Vec<LostPicture>,
    /// The newest backup found that the sums that reports read are not what the sales come to. Everything they are made
    /// from holds: they can be made anew.
    pub figures_wrong: bool,
    /// Newest first.
    pub backups: Vec<BackupLine>,
}

/// A picture that is nowhere any more, and what is known of it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LostPicture {
    pub id: String,
    /// What its file is called, without ".jpg".
    pub hash: String,
    /// The client whose it is, or the artist in whose portfolio it is.
    pub of: String,
    pub title: Option<String>,
    /// When it was added.
    pub at: Millis,
}

/// What anybody at the desk may know of the backups.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct LastBackup {
    pub at: Option<Millis>,
    pub late: bool,
    pub second_late: bool,
    pub test_due: bool,
}

fn test_due(desk: &Desk, memory: &Memory, has_one: bool) -> bool {
    let now = desk.tools().clock.now().wall;
    has_one && memory.tested_at.is_none_or(|at| now - at > TEST_EVERY)
}

/// For the status of the desk.
pub(crate) fn last(desk: &Desk) -> Result<LastBackup> {
    let studio = desk.studio()?;
    let last = studio.keeper.state().last;
    Ok(LastBackup {
        at: last.map(|(_, at)| at),
        late: studio.keeper.is_late(),
        second_late: studio.keeper.is_second_late(),
        test_due: test_due(desk, &studio.keeper.memory(), last.is_some()),
    })
}

fn line(backup: &Backup, here: bool, second: bool) -> Result<BackupLine> {
    let note = &backup.note;
    Ok(BackupLine {
        name: backup.name.clone(),
        at: note.at,
        why: note.why,
        bytes: note.bytes,
        recomputed: note.recomputed,
        sales: note.counts.sales,
        total: Money::new(note.counts.total)?,
        appointments: note.counts.appointments,
        clients: note.counts.clients,
        pictures: note.counts.pictures,
        pictures_lost: note.missing.len(),
        figures_wrong: note.figures_wrong,
        here,
        second,
    })
}

pub(crate) fn state(desk: &Desk, _: &Call<'_>, _: Nothing) -> Result<BackupsState> {
    let studio = desk.studio()?;
    let keeper = &studio.keeper;
    let (known, memory, shelf) = (keeper.state(), keeper.memory(), keeper.shelf());
    let mine = |backups: Vec<Backup>| -> Vec<Backup> {
        backups.into_iter().filter(|backup| backup.note.studio == studio.id).collect()
    };
    let here = mine(shelf.list()?);
    // A drive that is not plugged in is told of beside its folder.
    let there = mine(keeper.second().and_then(|second| second.list().ok()).unwrap_or_default());
    let is_in = |backups: &[Backup], name: &str| backups.iter().any(|backup| backup.name == name);
    let mut backups = Vec::with_capacity(here.len());
    for backup in &here {
        backups.push(line(backup, true, is_in(&there, &backup.name))?);
    }
    for backup in there.iter().filter(|backup| !is_in(&here, &backup.name)) {
        backups.push(line(backup, false, true)?);
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.at));
    let lost = match here.first().filter(|newest| !newest.note.missing.is_empty()) {
        Some(newest) => desk.peek(|db| store::pictures(db, &newest.note.missing))?,
        None => Vec::new(),
    };
    let second = memory.second.clone().map(|folder| SecondFolder {
        folder,
        failed: known.second_failed,
        late: keeper.is_second_late(),
        last_at: there.first().map(|backup| backup.note.at),
    });
    Ok(BackupsState {
        folder: shelf.folder().to_string_lossy().into_owned(),
        last_at: known.last.map(|(_, at)| at),
        next_at: keeper.next_at(),
        late: keeper.is_late(),
        failed: known.failed,
        busy: known.busy,
        second,
        bytes: if here.is_empty() { 0 } else { shelf.bytes()? },
        test_due: test_due(desk, &memory, !here.is_empty()),
        tested_at: memory.tested_at,
        tested_well: memory.tested_well,
        lost,
        figures_wrong: here.first().is_some_and(|newest| newest.note.figures_wrong),
        backups,
    })
}

/// Makes one now. In the journal first, so that the backup holds who asked for it.
pub(crate) fn make(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<BackupsState> {
    if desk.replayed(call)?.is_some() {
        // It is made; how things stand has moved on.
        return state(desk, call, Nothing {});
    }
    desk.change_once(call, |cx| cx.grant().whole().map(|_| ()))?;
    let studio = desk.studio()?;
    if let Err(error) = studio.keeper.make(BackupFor::Asked) {
        desk.heed_damage(&studio);
        return Err(error);
    }
    studio.keeper.carry_soon();
    desk.keep_reply(call, &());
    state(desk, call, Nothing {})
}

/// Makes the sums that reports read anew from the sales, once everything that they are made from was found to hold; and
/// a backup that has them.
pub(crate) fn mend_figures(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<BackupsState> {
    if desk.replayed(call)?.is_some() {
        return state(desk, call, Nothing {});
    }
    let studio = desk.studio()?;
    let report = desk.verify()?;
    if report.damaged {
        // What they would be made from is not as it was written: wrong sums must not look right.
        desk.found_damaged(&studio);
        return Err(Halt::Damaged.error());
    }
    let wrong = report.wrong_figures();
    if wrong == 0 {
        return state(desk, call, Nothing {});
    }
    desk.change_once(call, |cx| daily::make_anew(cx, wrong))?;
    // They are mended, whatever becomes of the backup.
    if let Err(error) = studio.keeper.make(BackupFor::Asked) {
        log::warn!("no backup has the sums that were made anew: {error}");
        desk.heed_damage(&studio);
    }
    studio.keeper.carry_soon();
    desk.keep_reply(call, &());
    state(desk, call, Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SecondArgs {
    /// A folder of this computer, from its root; none takes it away.
    pub folder: Option<Line<1000>>,
}

/// Sets where each backup goes as well. What lies there already stays.
pub(crate) fn set_second(desk: &Desk, call: &Call<'_>, args: SecondArgs) -> Result<BackupsState> {
    let studio = desk.studio()?;
    if let Some(folder) = &args.folder {
        studio.keeper.try_second(folder).map_err(|error| match error {
            Error::Io(_) => Error::invalid("folder", "cannot be written"),
            other => other,
        })?;
    }
    desk.change_once(call, |cx| {
        cx.grant().whole()?;
        cx.note("to_folder", args.folder.is_some());
        Ok(())
    })?;
    let second = args.folder.map(String::from);
    studio.keeper.remember(&Memory { second, ..studio.keeper.memory() })?;
    if studio.keeper.memory().second.is_some() {
        studio.keeper.wish(BackupFor::Asked);
    }
    state(desk, call, Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct BackupArgs {
    /// What the list calls it.
    pub name: Line<200>,
}

/// A backup of the list, on this computer if it lies here, else in the second folder.
fn find(studio: &Studio, name: &str) -> Result<Origin> {
    for shelf in studio.keeper.shelves() {
        let found = shelf
            .list()
            .unwrap_or_default()
            .into_iter()
            .find(|backup| backup.name == name && backup.note.studio == studio.id);
        if let Some(backup) = found {
            return Ok(Origin::on(&shelf, backup));
        }
    }
    Err(Error::NotFound { what: "backup" })
}

fn noted(from: &Origin) -> Result<&Note> {
    from.known.as_ref().map(|(_, backup)| &backup.note).ok_or(Error::NotFound { what: "backup" })
}

/// What trying a backup out found.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct BackupTest {
    pub at: Millis,
    /// Everything in it holds, and as much is in it as was when it was made.
    pub holds: bool,
    pub entries: i64,
    pub sales: i64,
    pub clients: i64,
    pub pictures: i64,
    pub damaged: Vec<Area>,
    pub state: BackupsState,
}

/// Does with a backup everything that a restore does, but in a place of its own (P11, F19).
pub(crate) fn test(desk: &Desk, call: &Call<'_>, args: BackupArgs) -> Result<BackupTest> {
    let studio = desk.studio()?;
    let from = find(&studio, &args.name)?;
    let tried = match restore::try_out(&studio.keeper, &from) {
        Ok(mut tried) => {
            // What it was made without is told with it, and is no fault of its.
            tried.report.allow(&noted(&from)?.missing);
            Some(tried)
        }
        // What is wrong with it is the answer, not a failure of the asking.
        Err(error @ (Error::Damaged(_) | Error::NotAStudio(_))) => {
            log::warn!("the backup does not hold: {error}");
            None
        }
        Err(error) => return Err(error),
    };
    let holds = tried.as_ref().is_some_and(|tried| tried.same_counts && tried.report.holds());
    let at = desk.tools().clock.now().wall;
    desk.change_once(call, |cx| {
        cx.grant().whole()?;
        cx.note("backup_at", noted(&from)?.at);
        cx.note("holds", holds);
        Ok(())
    })?;
    let memory = Memory { tested_at: Some(at), tested_well: holds, ..studio.keeper.memory() };
    studio.keeper.remember(&memory)?;
    let (entries, counts, problems) = match &tried {
        Some(tried) => (tried.report.journal_rows, tried.counts, tried.report.problems.as_slice()),
        None => (0, Counts::default(), &[] as &[String]),
    };
    Ok(BackupTest {
        at,
        holds,
        entries,
        sales: counts.sales,
        clients: counts.clients,
        pictures: counts.pictures,
        damaged: if tried.is_some() { damage::areas(problems) } else { vec![Area::File] },
        state: state(desk, call, Nothing {})?,
    })
}

/// Something that was done, and how often.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct DoneSince {
    pub command: String,
    pub times: i64,
}

/// What would be gone if a backup took the file's place: everything that was done since.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RestorePreview {
    pub backup: BackupLine,
    /// Entries of the journal since then.
    pub entries: i64,
    /// Of these, what was done most often; nothing when the file did not go on from this backup.
    pub done: Vec<DoneSince>,
    /// Receipts written since then, taken-back ones among them, and what they come to.
    pub sales: i64,
    pub total: Money,
    pub appointments: i64,
    pub clients: i64,
    pub pictures: i64,
    /// People who were erased since then; they are erased again.
    pub erased: i64,
    /// Members whose role, rights or password changed since then: they keep what they have today.
    pub rights_kept: i64,
    /// A code was made anew since then, or is due: it stays as it is today.
    pub codes_kept: bool,
    /// Whether the file went on from this backup. If not, somebody put the file back before, and what is told here is
    /// only a difference.
    pub descends: bool,
    /// The file is gone or cannot be read: what was done since cannot be told, and nothing above says so.
    pub uncounted: bool,
}

pub(crate) fn preview(desk: &Desk, call: &Call<'_>, args: BackupArgs) -> Result<RestorePreview> {
    let studio = desk.studio()?;
    let from = find(&studio, &args.name)?;
    let note = noted(&from)?;
    let backup = from.known.as_ref().map(|(_, backup)| backup).ok_or(Error::NotFound { what: "backup" })?;
    let now = desk.tools().clock.now().wall;
    let looked = desk.query(call.command, |look| {
        let db = look.db();
        let here = (store::counts(db)?, store::head(db)?.0, store::erased(db)?);
        let descends = store::has_entry(db, &note.head)?;
        let done = if descends { store::done_since(db, note.head.0)? } else { Vec::new() };
        Ok((here, descends, done, Kept::read(db, now)?))
    });
    let me = desk.query(call.command, |look| Ok(look.caller()?.id.clone()))?;
    let looked = match (looked, studio.file.halted()) {
        // What stands in for the file is a backup itself, and tells nothing of what came after it.
        (Ok(_), Some((_, Some(_)))) => None,
        (Err(error), Some((Halt::Damaged, _))) if is_unreadable(&error) => None,
        (looked, _) => Some(looked?),
    };
    let uncounted = looked.is_none();
    let (counts, head, mut erased, descends, done, today) = match looked {
        Some(((counts, head, erased), descends, done, kept)) => {
            (counts, head, erased, descends, done, Some(kept))
        }
        None => {
            let last = restore::last_known(&studio.keeper.shelves(), &studio.id, note.at, now);
            (note.counts, note.head.clone(), note.erased.clone(), false, Vec::new(), last)
        }
    };
    let kept = match (today, restore::kept_at(&from.file, now)) {
        (Some(today), Some(then)) => today.unlike(&then, Some(&me)),
        _ => Unlike::default(),
    };
    if uncounted {
        // Whom a file forgot that cannot say so: its backups say.
        for other in studio.keeper.shelf().list()? {
            erased.extend(other.note.erased);
        }
        erased.sort();
        erased.dedup();
    }
    Ok(RestorePreview {
        backup: line(backup, true, false)?,
        entries: head.0 - note.head.0,
        done,
        sales: counts.sales - note.counts.sales,
        total: Money::new(counts.total - note.counts.total)?,
        appointments: counts.appointments - note.counts.appointments,
        clients: counts.clients - note.counts.clients,
        pictures: counts.pictures - note.counts.pictures,
        erased: i64::try_from(erased.iter().filter(|id| !note.erased.contains(id)).count())
            .map_err(Error::internal)?,
        rights_kept: i64::try_from(kept.people.len()).map_err(Error::internal)?,
        codes_kept: !kept.codes.is_empty(),
        descends,
        uncounted,
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RestoreBackupArgs {
    pub name: Line<200>,
    /// The member's own.
    pub password: Secret,
}

/// What a restore did.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Restored {
    /// When the backup was made.
    pub at: Millis,
    /// The copy that was made of the file as it was; none when it could not be copied whole.
    pub safety: Option<String>,
    /// Where the replaced file lies when no copy of it could be made.
    pub aside: Option<String>,
    /// Pictures that the backup could not bring back.
    #[ts(type = "number")]
    pub pictures_lost: usize,
    /// Visits to come of artists who left since the backup: they are to be handed on or cancelled again.
    pub stranded: i64,
}

/// Puts a backup in the file's place. Everybody signs in again.
pub(crate) fn restore(desk: &Desk, call: &Call<'_>, args: RestoreBackupArgs) -> Result<Restored> {
    let studio = desk.studio()?;
    let from = find(&studio, &args.name)?;
    let at = noted(&from)?.at;
    let (guess, me) = Guess::own_password(desk, call, &args.password)?;
    guess.right(|cx, _| {
        cx.note("backup_at", at);
        Ok(())
    })?;
    let file = studio.file.path().to_owned();
    let made = (|| -> Result<(Made, Option<String>)> {
        // Before the safety copy: a backup that is refused costs nothing.
        from.trusted()?;
        let safety = restore::safety_copy(&studio.keeper)?.map(|made| made.name);
        let plan = Plan {
            from: &from,
            file: &file,
            before: &Before::read(&file, desk.tools().clock.now().wall),
            second: studio.keeper.second(),
            safety: safety.as_deref(),
            by: By { member: Some((&me.id, me.role)) },
        };
        Ok((restore::make_ready(desk, &plan)?, safety))
    })();
    let (Made { ready, pictures_lost, stranded }, safety) = match made {
        Ok(made) => made,
        Err(error) => {
            // The file stays, and the journal must not say that it went.
            desk.change_once(call, |cx| {
                cx.refuse(error.code());
                Ok(())
            })?;
            return Err(error);
        }
    };
    studio.keeper.stop();
    let lock = studio.file.retire()?;
    drop(studio);
    let placed = ready.take_place(&file, &lock);
    // Whichever file is there now is opened.
    desk.open_replaced(&file, lock)?;
    placed?;
    let studio = desk.studio()?;
    desk.put_anchor(&studio);
    let aside = restore::settle_aside(&file, safety.is_some())?;
    let aside = aside.map(|aside| aside.to_string_lossy().into_owned());
    Ok(Restored { at, safety, aside, pictures_lost, stranded })
}

/// What a check of the whole file found, in words that help: what is damaged, what is not, and what to do.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct FileCheck {
    pub at: Millis,
    pub holds: bool,
    pub damaged: Vec<Area>,
    pub safe: Vec<Area>,
    /// The newest backup from before; bringing it back is what helps when the file itself is damaged.
    pub suggest: Option<BackupLine>,
    pub entries: i64,
    pub sealed_rows: i64,
    /// As the check put it, for whoever helps.
    pub problems: Vec<String>,
}

/// Recomputes everything in the file.
pub(crate) fn check(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<FileCheck> {
    let report = match desk.verify() {
        Ok(report) => report,
        Err(Error::Damaged(why)) => {
            Report { problems: vec![format!("pages: {why}")], damaged: true, ..Report::default() }
        }
        Err(error) => return Err(error),
    };
    if report.damaged {
        desk.found_damaged(&*desk.studio()?);
    }
    let damaged = damage::areas(&report.problems);
    let safe = Area::ALL.into_iter().filter(|area| !damaged.contains(area)).collect();
    let backups = if damaged.is_empty() { Vec::new() } else { state(desk, call, Nothing {})?.backups };
    Ok(FileCheck {
        at: desk.tools().clock.now().wall,
        holds: report.holds(),
        // With damaged pages nothing can be vouched for.
        safe: if damaged.contains(&Area::File) { Vec::new() } else { safe },
        suggest: backups.into_iter().next(),
        damaged,
        entries: report.journal_rows,
        sealed_rows: report.sealed_rows,
        problems: report.problems,
    })
}
