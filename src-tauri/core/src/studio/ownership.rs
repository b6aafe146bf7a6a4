//! Handing the studio over, and giving it up (A005, D14): the owner's, and only with the password and the studio's name.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::picker;
use crate::access::{Role, password};
use crate::door::{Call, Desk};
use crate::error::{Error, Result, Why};
use crate::notices::{self, NoticeKind};
use crate::session::guess::Guess;
use crate::staff::store as staff;
use crate::storage::backup::Shelf;
use crate::storage::{Pictures, StudioFile};
use crate::studio::commands::Nothing;
use crate::text::{Id, Name, Secret};

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TransferArgs {
    pub member_id: Id,
    /// The owner's own.
    pub password: Secret,
    /// The studio's name, typed to be sure.
    pub studio_name: Name,
}

/// Whoever types another studio's name means another studio.
fn check_name(desk: &Desk, call: &Call<'_>, typed: &str) -> Result<()> {
    let name = desk.query(call.command, |look| Ok(look.settings()?.name))?;
    if crate::text::fold(typed) == crate::text::fold(&name) {
        Ok(())
    } else {
        Err(Error::invalid("studio_name", "not the studio's name"))
    }
}

/// Makes another member the owner and the owner an admin; there is always exactly one (D07). The old recovery code no
/// longer opens the owner's account: the new owner makes a new one.
pub(crate) fn transfer(desk: &Desk, call: &Call<'_>, args: TransferArgs) -> Result<Nothing> {
    let tools = desk.tools();
    check_name(desk, call, &args.studio_name)?;
    let (guess, owner) = Guess::own_password(desk, call, &args.password)?;
    let lost = crate::ids::fresh_code(&*tools.random, 20)?;
    let lost = password::hash(&lost, tools.cost, &*tools.random)?;
    guess.right(|cx, permit| {
        let target = staff::member_by_id(cx.db(), &args.member_id, cx.now())?
            .ok_or(Error::NotFound { what: "member" })?;
        if target.id == owner.id {
            return Err(Error::denied(Why::Yourself));
        }
        if !target.active {
            return Err(Error::Conflict { reason: "member_archived" });
        }
        if target.must_change {
            // Somebody else still knows this password.
            return Err(Error::Conflict { reason: "password_not_own" });
        }
        staff::hand_over_studio(cx.write(permit), &owner.id, &target.id)?;
        let secrets = cx.write(permit);
        crate::security::store::put_secret(secrets, "recovery_code", &lost, cx.now(), Some(&owner.id))?;
        crate::security::store::mark_due(secrets, "recovery_code", "left")?;
        cx.note("member", target.id.as_str());
        cx.note("old_role", target.role.name());
        cx.note("new_role", Role::Owner.name());
        cx.note("former_owner", owner.id.as_str());
        let facts = json!({"owner": target.name, "new_role": Role::Owner.name()});
        notices::tell(cx, permit, &target.id, NoticeKind::Ownership, &facts)?;
        let facts = json!({"owner": target.name});
        notices::tell_roles(cx, permit, &[Role::Admin], NoticeKind::Ownership, &facts)
    })?;
    Ok(Nothing {})
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct DeleteArgs {
    /// The owner's own.
    pub password: Secret,
    /// The studio's name, typed to be sure.
    pub studio_name: Name,
}

/// Where a deleted studio went.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Deleted {
    /// A checked copy of everything.
    pub backup: String,
    /// The file itself, in the trash folder beside where it was.
    pub trash: String,
}

/// Takes the studio off this computer's desk: a checked backup first, then the file moves to a trash folder. Nothing is
/// erased.
pub(crate) fn delete(desk: &Desk, call: &Call<'_>, args: DeleteArgs) -> Result<Deleted> {
    check_name(desk, call, &args.studio_name)?;
    let (guess, _) = Guess::own_password(desk, call, &args.password)?;
    let studio = desk.studio()?;
    let file = studio.file.path().to_owned();
    let folder = file.parent().map(Path::to_owned).unwrap_or_default();
    let zone = desk.query(call.command, |look| look.settings()?.zone())?;
    let stamp = zone.written(desk.tools().clock.now().wall)?.replace([':', ' '], "-");
    let backup = free_name(&folder.join("backups"), &file, &stamp)?;
    let trash = free_name(&folder.join("trash"), &file, &stamp)?;
    // In the journal before it is in the trash: the copy tells its own end, and the head kept outside lies in it.
    guess.right(|cx, _| {
        cx.note("studio", studio.id.as_str());
        Ok(())
    })?;
    if let Err(error) = back_up(&studio.file, &backup) {
        // The studio stays, and the journal must not say that it went.
        desk.change_once(call, |cx| {
            cx.refuse(error.code());
            Ok(())
        })?;
        return Err(error);
    }
    studio.keeper.stop();
    let lock = studio.file.retire()?;
    drop(studio);
    desk.close();
    std::fs::rename(&file, &trash)?;
    picker::forget(desk.place(), &file)?;
    Pictures::beside(&file).move_to(&trash)?;
    Shelf::beside(&file).move_to(&trash)?;
    drop(lock);
    Ok(Deleted { backup: backup.to_string_lossy().into_owned(), trash: trash.to_string_lossy().into_owned() })
}

/// A copy that opens and holds.
fn back_up(file: &StudioFile, target: &Path) -> Result<()> {
    file.copy_to(target)?;
    let report = StudioFile::check_copy(target)?;
    if report.is_damaged() {
        Err(Error::Damaged(format!("the backup does not hold: {:?}", report.problems)))
    } else {
        Ok(())
    }
}

/// A name in `folder` that nobody has, made from the file's and a time.
fn free_name(folder: &Path, file: &Path, stamp: &str) -> Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    (1..)
        .map(|number| match number {
            1 => folder.join(format!("{stem}-{stamp}.inkpoint")),
            _ => folder.join(format!("{stem}-{stamp}-{number}.inkpoint")),
        })
        .find(|path| !path.exists())
        .ok_or_else(|| Error::internal("no free name"))
}
