//! Bringing a backup back, and trying one out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Keeper, store};
use crate::access::Role;
use crate::clients::erase;
use crate::clock::Millis;
use crate::door::Desk;
use crate::door::anchor::Anchor;
use crate::error::{Error, Result};
use crate::reports::daily;
use crate::staff::kept::{self, Kept};
use crate::storage::backup::{Backup, BackupFor, Counts, Shelf, Source};
use crate::storage::lock::Lock;
use crate::storage::restore::{self, Ready};
use crate::storage::standing::Tx;
use crate::storage::verify::Report;
use crate::storage::{Copy, Pictures, Reader, Writer, plain_path};

/// What the file that is to be replaced tells of itself; nothing, when it cannot be read or is not there.
#[derive(Debug, Default)]
pub(super) struct Before {
    studio: Option<String>,
    head: Option<(i64, String)>,
    erased: BTreeSet<String>,
    /// Who gets in, and with which rights; none when it cannot be told.
    kept: Option<Kept>,
}

impl Before {
    pub(super) fn read(file: &Path, now: Millis) -> Before {
        let read = || -> Result<Before> {
            let source = Source::open(file)?;
            Ok(Before {
                studio: Some(store::studio(source.db())?),
                head: Some(store::head(source.db())?.0),
                erased: store::erased(source.db())?.into_iter().collect(),
                kept: kept_in(source.db(), now),
            })
        };
        read().unwrap_or_else(|error| {
            log::warn!("the file to be replaced tells nothing: {error}");
            Before::default()
        })
    }
}

fn kept_in(db: Reader<'_>, now: Millis) -> Option<Kept> {
    Kept::read(db, now).inspect_err(|error| log::warn!("who gets in cannot be told: {error}")).ok()
}

/// Who gets in, and with which rights, as the newest backup of these shelves has it that is as it was written, and not
/// from before `then`. Of a file that does not hold, which may have been made so that somebody gets in, this is the last
/// that is known.
pub(super) fn last_known(shelves: &[Shelf], studio: &str, then: Millis, now: Millis) -> Option<Kept> {
    let mut found: Vec<(&Shelf, Backup)> = Vec::new();
    for shelf in shelves {
        // A drive that is not plugged in.
        let backups = shelf.list().unwrap_or_default();
        found.extend(backups.into_iter().map(|backup| (shelf, backup)));
    }
    found.retain(|(_, backup)| backup.note.studio == studio && backup.note.at >= then);
    found.sort_by_key(|(_, backup)| std::cmp::Reverse(backup.note.at));
    found.into_iter().find_map(|(shelf, backup)| {
        let sound = shelf.is_as_written(&backup).unwrap_or(false);
        if sound { kept_at(&shelf.file(&backup.name), now) } else { None }
    })
}

/// As a backup has it, of which nothing is trusted yet.
pub(super) fn kept_at(backup: &Path, now: Millis) -> Option<Kept> {
    let read = || -> Result<Kept> {
        restore::look_into(backup)?;
        Kept::read(Source::open(backup)?.db(), now)
    };
    read().inspect_err(|error| log::warn!("a backup does not tell who gets in: {error}")).ok()
}

/// A backup wherever it lies.
#[derive(Debug)]
pub(super) struct Origin {
    pub file: PathBuf,
    /// The pictures that belong to it.
    pub pictures: Pictures,
    /// What is known of it; none for a file that somebody copied by hand.
    pub known: Option<(Shelf, Backup)>,
}

impl Origin {
    pub(super) fn on(shelf: &Shelf, backup: Backup) -> Origin {
        Origin {
            file: shelf.file(&backup.name),
            pictures: shelf.pictures(),
            known: Some((shelf.clone(), backup)),
        }
    }

    /// A file that an operator names: with its note if it lies on a shelf, else with the folder beside it.
    fn named(path: &Path) -> Result<Origin> {
        let file = plain_path(path)?;
        Ok(match Shelf::holding(&file)? {
            Some((shelf, backup)) => Origin::on(&shelf, backup),
            None => Origin { pictures: Pictures::beside(&file), known: None, file },
        })
    }

    /// The file is the one that was written, and what it is made of is ours.
    pub(super) fn trusted(&self) -> Result<String> {
        let studio = restore::look_into(&self.file)?;
        if let Some((shelf, backup)) = &self.known
            && !shelf.is_as_written(backup)?
        {
            return Err(Error::Damaged("the backup is not the one that was written".to_owned()));
        }
        Ok(studio)
    }
}

/// What trying a backup out found.
#[derive(Debug)]
pub(super) struct Tried {
    pub report: Report,
    pub counts: Counts,
    /// Whether as much is in it as was when it was made.
    pub same_counts: bool,
}

/// Does everything that a restore does but taking the file's place, and recomputes everything (P11, F19).
pub(super) fn try_out(keeper: &Keeper, from: &Origin) -> Result<Tried> {
    from.trusted()?;
    let shelf = keeper.shelf();
    shelf.make()?;
    let mut ready =
        restore::prepare(&from.file, &shelf.folder().join("drill")).map_err(restore::unreadable)?;
    let mut report = ready.check(&from.pictures).map_err(restore::unreadable)?;
    if !report.is_damaged() && report.wrong_figures() > 0 {
        ready.write(|tx| {
            let db = Reader::new(tx);
            let zone = crate::studio::store::settings(db)?.zone;
            daily::store::make_anew(Writer::new(tx), db, &zone)
        })?;
        report = ready.check(&from.pictures).map_err(restore::unreadable)?;
    }
    let counts = ready.read(store::counts).map_err(restore::unreadable)?;
    let same_counts = from.known.as_ref().is_none_or(|(_, backup)| backup.note.counts == counts);
    Ok(Tried { report, counts, same_counts })
}

/// Who brings a backup back: a member with their role, or an operator.
#[derive(Debug, Clone, Copy)]
pub(super) struct By<'a> {
    pub member: Option<(&'a str, Role)>,
}

/// Puts good copies in the place of pictures that are lost beside the file, though a file of that name lies there: what
/// was put there is known by its hash. Whether any was.
fn mend_pictures(ready: &Ready, lost: &[String], plan: &Plan<'_>) -> Result<bool> {
    let lost: BTreeSet<String> = lost.iter().cloned().collect();
    let shelf = Shelf::beside(plan.file);
    let (beside, own) = (Pictures::beside(plan.file), shelf.pictures());
    let second = plan.second.as_ref().map(Shelf::pictures);
    let places: Vec<&Pictures> = [&beside, &plan.from.pictures, &own].into_iter().chain(&second).collect();
    let mut mended = false;
    for (hash, thumb_hash) in ready.read(|db| store::copies(db, &lost)).map_err(restore::unreadable)? {
        let find =
            |copy, content: &str| places.iter().find_map(|place| place.read(&hash, copy, content).ok());
        let (Some(full), Some(thumb)) = (find(Copy::Full, &hash), find(Copy::Thumb, &thumb_hash)) else {
            continue;
        };
        let put = |place: &Pictures| place.stage(&format!("mended-{hash}"), &full, &thumb)?.keep();
        match put(&beside) {
            Ok(()) => mended = true,
            Err(error) => log::warn!("a damaged picture stays as it is: {error}"),
        }
        // The shelf may share its bytes with the folder, and went bad with it.
        let good = own.read(&hash, Copy::Full, &hash).and_then(|_| own.read(&hash, Copy::Thumb, &thumb_hash));
        if good.is_err()
            && shelf.folder().is_dir()
            && let Err(error) = put(&own).and_then(|()| own.clear_incoming())
        {
            log::warn!("a picture on the shelf stays damaged: {error}");
        }
    }
    Ok(mended)
}

/// What a restore needs to know.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub from: &'a Origin,
    pub file: &'a Path,
    pub before: &'a Before,
    /// Where each backup goes as well: its pictures are copies of their own.
    pub second: Option<Shelf>,
    /// The safety copy of the file that goes.
    pub safety: Option<&'a str>,
    pub by: By<'a>,
}

impl Plan<'_> {
    /// Wherever backups of this file may lie.
    fn shelves(&self) -> Vec<Shelf> {
        let mut shelves = vec![Shelf::beside(self.file)];
        shelves.extend(self.second.clone());
        shelves.extend(self.from.known.as_ref().map(|(shelf, _)| shelf.clone()));
        shelves
    }
}

/// The new file, before it has taken anybody's place.
#[derive(Debug)]
pub(super) struct Made {
    pub ready: Ready,
    /// Pictures that are nowhere.
    pub pictures_lost: usize,
    /// Visits to come of artists who left since the backup.
    pub stranded: i64,
}

/// Makes the new file: checked, of today's schema, without those who were erased since, with the rights that people have
/// today, with the restore in its journal, its pictures in their folder. Nothing has taken anybody's place yet.
pub(super) fn make_ready(desk: &Desk, plan: &Plan<'_>) -> Result<Made> {
    let studio = plan.from.trusted()?;
    if plan.before.studio.as_ref().is_some_and(|here| *here != studio) {
        return Err(Error::Conflict { reason: "other_studio" });
    }
    let shelves = plan.shelves();
    let mut erased = plan.before.erased.clone();
    // A file too damaged to say whom it forgot: its backups say.
    for backup in shelves.iter().flat_map(|shelf| shelf.list().unwrap_or_default()) {
        if backup.note.studio == studio {
            erased.extend(backup.note.erased);
        }
    }
    let erased: Vec<String> = erased.into_iter().collect();
    plan.from.pictures.copy_to(plan.file)?;
    let mut ready = restore::prepare(&plan.from.file, plan.file).map_err(restore::unreadable)?;
    let now = desk.tools().clock.now().wall;
    let (_, then) = ready.read(store::head).map_err(restore::unreadable)?;
    // A file is believed once a copy of it was checked.
    let last = match plan.safety {
        Some(_) => None,
        None => last_known(&shelves, &studio, then, now),
    };
    let today = if plan.safety.is_some() { plan.before.kept.as_ref() } else { last.as_ref() };
    let kept = Anchor::read(desk.place(), &studio, plan.file)?;
    let by = match plan.by.member {
        Some((member, role)) => (Some(member), Some(role.name())),
        None => (None, Some("command line")),
    };
    let mut stranded = 0;
    let written = ready.write(|conn| {
        desk.operate_on(conn, by, "backups.restore", |cx| {
            let permit = cx.grant().whole()?;
            let (seq, hash) = cx.head()?;
            cx.note("backup_head", format!("{seq} {hash}"));
            cx.note("replaced_head", plan.before.head.as_ref().map(|(seq, hash)| format!("{seq} {hash}")));
            cx.note("outside_head", kept.end().map(|end| format!("{} {}", end.seq, end.hash)));
            cx.note("safety", plan.safety);
            let again = erase::again(cx, &permit, &erased)?;
            if !again.is_empty() {
                cx.note("erased_again", json!(again));
            }
            if let Some(today) = today {
                let kept = kept::keep(cx, &permit, today, plan.by.member.map(|(member, _)| member))?;
                stranded = kept::stranded(cx, &kept.people)?;
                if !kept.people.is_empty() {
                    cx.note("rights_kept", json!(kept.people));
                }
                if !kept.codes.is_empty() {
                    cx.note("codes_kept", json!(kept.codes));
                }
            }
            Ok(())
        })
    });
    let ((), mut coming) = written.map_err(restore::unreadable)?;
    let beside = Pictures::beside(plan.file);
    let mut report = ready.check(&beside).map_err(restore::unreadable)?;
    if !report.is_damaged() && mend_pictures(&ready, &report.lost, plan)? {
        report = ready.check(&beside).map_err(restore::unreadable)?;
    }
    let wrong = report.wrong_figures();
    if !report.is_damaged() && wrong > 0 {
        let anew =
            |tx: &Tx<'_>| desk.operate_on(tx, by, "backups.mend_figures", |cx| daily::make_anew(cx, wrong));
        ((), coming) = ready.write(anew).map_err(restore::unreadable)?;
        report = ready.check(&beside).map_err(restore::unreadable)?;
    }
    if report.is_damaged() || report.wrong_figures() > 0 {
        return Err(Error::Damaged(format!("the backup does not hold: {:?}", report.problems)));
    }
    for lost in &report.problems {
        log::warn!("brought back without {lost}");
    }
    kept.expect(coming)?;
    Ok(Made { ready, pictures_lost: report.lost.len(), stranded })
}

/// What an operator's restore did.
#[derive(Debug)]
pub struct RestoredFile {
    pub studio: String,
    /// The copy of the file as it was before; none when there was none, or it could not be read.
    pub safety: Option<PathBuf>,
    /// Where the file that was replaced lies when no copy of it could be made.
    pub aside: Option<PathBuf>,
    /// Pictures that the backup could not bring back.
    pub pictures_lost: usize,
    /// Visits to come of artists who left since the backup: they are to be handed on or cancelled again.
    pub stranded: i64,
}

/// Puts a backup in the place of a studio's file, which nobody may have open, and journals it as "command line". The
/// file need not be there, nor be whole.
pub fn restore(desk: &Desk, backup: &Path, file: &Path) -> Result<RestoredFile> {
    let file = plain_path(file)?;
    let from = Origin::named(backup)?;
    let studio = from.trusted()?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    if std::fs::symlink_metadata(&file).is_ok_and(|about| !about.is_file()) {
        return Err(Error::NotAStudio("not a plain file"));
    }
    if Shelf::holding(&file)?.is_some() {
        return Err(Error::invalid("file", "a backup"));
    }
    let lock = Lock::take(&file)?;
    let there = file.exists();
    let before = if there { Before::read(&file, desk.tools().clock.now().wall) } else { Before::default() };
    if before.studio.as_ref().is_some_and(|here| *here != studio) {
        return Err(Error::Conflict { reason: "other_studio" });
    }
    let keeper = Keeper::new(&file, &studio, desk.place(), desk.tools());
    let safety = match &before.studio {
        None => None,
        Some(_) => safety_copy(&keeper)?,
    };
    let plan = Plan {
        from: &from,
        file: &file,
        before: &before,
        second: keeper.second(),
        safety: safety.as_ref().map(|made| made.name.as_str()),
        by: By { member: None },
    };
    let Made { ready, pictures_lost, stranded } = make_ready(desk, &plan)?;
    ready.take_place(&file, &lock)?;
    desk.open_replaced(&file, lock)?;
    let studio = desk.studio()?;
    desk.put_anchor(&studio);
    Ok(RestoredFile {
        studio: studio.id.clone(),
        aside: settle_aside(&file, safety.is_some())?,
        safety: safety.map(|made| Shelf::beside(&file).file(&made.name)),
        pictures_lost,
        stranded,
    })
}

/// A copy of the file as it is, before it goes. One that does not hold cannot be copied as if it did: it is put aside
/// instead.
pub(super) fn safety_copy(keeper: &Keeper) -> Result<Option<Backup>> {
    if !keeper.has_file() {
        return Ok(None);
    }
    match keeper.make(BackupFor::Restore) {
        Ok(made) => Ok(Some(made)),
        Err(Error::Damaged(_) | Error::NotAStudio(_)) => {
            log::warn!("the file that is replaced does not hold and is put aside");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Where the replaced file lies, if it must be kept.
pub(super) fn settle_aside(file: &Path, has_copy: bool) -> Result<Option<PathBuf>> {
    let aside = restore::replaced(file);
    if has_copy {
        restore::forget_replaced(file)?;
    }
    Ok(Some(aside).filter(|aside| aside.exists()))
}
