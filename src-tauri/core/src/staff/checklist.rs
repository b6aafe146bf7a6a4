//! What is done for somebody who comes (T108 to T110) and for somebody who leaves (T111 to T114).
//!
//! What the file knows ticks itself off; the rest is ticked by hand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Member, store};
use crate::access::{Owner, Role};
use crate::clock::Millis;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::text::{Id, Line};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChecklistKind {
    Onboarding,
    Leaving,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct CheckItem {
    pub name: String,
    pub done: bool,
    /// The file knows it: nobody ticks it.
    pub automatic: bool,
    pub at: Option<Millis>,
    /// Who ticked it.
    pub by: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Checklist {
    pub kind: ChecklistKind,
    pub items: Vec<CheckItem>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ChecklistArgs {
    pub member_id: Id,
}

pub(crate) fn checklist(look: &Look<'_>, args: ChecklistArgs) -> Result<Checklist> {
    look.grant().whole()?;
    let member = store::member_by_id(look.db(), &args.member_id, look.now())?
        .ok_or(Error::NotFound { what: "member" })?;
    list(look, &member)
}

/// What is ticked by hand, by the kind of list and the role.
fn by_hand(kind: ChecklistKind, role: Role) -> &'static [&'static str] {
    match (kind, role) {
        (ChecklistKind::Leaving, Role::Artist | Role::Apprentice) => {
            &["portfolio_settled", "log_reviewed", "documented"]
        }
        (ChecklistKind::Leaving, _) => &["log_reviewed", "documented"],
        (ChecklistKind::Onboarding, Role::Assistant) => &[
            "code_told",
            "trained_clients",
            "trained_refunds",
            "trained_cash",
            "trained_stock",
            "trained_export",
        ],
        (ChecklistKind::Onboarding, Role::Artist | Role::Apprentice) => &["services", "shown_round"],
        (ChecklistKind::Onboarding, _) => &["shown_round"],
    }
}

/// A list is of somebody's own role: a lent one is gone before it is learnt.
fn own_role(member: &Member) -> Role {
    member.role_after.unwrap_or(member.role)
}

fn kind_of(member: &Member) -> ChecklistKind {
    if member.active { ChecklistKind::Onboarding } else { ChecklistKind::Leaving }
}

fn list(look: &Look<'_>, member: &Member) -> Result<Checklist> {
    let (kind, role) = (kind_of(member), own_role(member));
    let mut items = Vec::new();
    let mut known = |name: &str, done: bool, at: Option<Millis>| {
        items.push(CheckItem {
            name: name.to_owned(),
            done,
            automatic: true,
            at: at.filter(|_| done),
            by: None,
        });
    };
    match kind {
        ChecklistKind::Onboarding => {
            if role.tattoos() {
                known("profile", member.artist_id.is_some(), None);
            }
            known("account", true, Some(store::created_at(look.db(), &member.id)?));
            known("password_changed", !member.must_change, None);
            if let Some(artist) = &member.artist_id {
                known("availability", !store::weekly_hours(look.db(), artist)?.is_empty(), None);
            }
        }
        ChecklistKind::Leaving => {
            known("archived", true, member.archived_at);
            if role == Role::Assistant {
                let code = crate::security::store::secret(look.db(), "master_code")?;
                let rotated = member.archived_at.is_some_and(|left| code.changed_at > left);
                known("code_rotated", rotated, Some(code.changed_at));
            }
            if let Some(artist) = &store::profile_of(look.db(), &member.id)? {
                let ahead = crate::agenda::store::ahead(look.db(), artist, look.now())?;
                known("appointments_settled", ahead.is_empty(), None);
            }
        }
    }
    let ticks = store::ticks(look.db(), &member.id)?;
    for name in by_hand(kind, role) {
        let tick = ticks.iter().find(|(item, ..)| item == name);
        items.push(CheckItem {
            name: (*name).to_owned(),
            done: tick.is_some(),
            automatic: false,
            at: tick.map(|(_, at, _)| *at),
            by: tick.and_then(|(.., by)| by.clone()),
        });
    }
    Ok(Checklist { kind, items })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TickArgs {
    pub member_id: Id,
    pub item: Line<40>,
    pub done: bool,
}

pub(crate) fn tick(cx: &mut Change<'_>, args: TickArgs) -> Result<Checklist> {
    let found = store::member_by_id(cx.db(), &args.member_id, cx.now())?;
    let permit = cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let member = found.ok_or(Error::NotFound { what: "member" })?;
    if !by_hand(kind_of(&member), own_role(&member)).contains(&&*args.item) {
        return Err(Error::invalid("item", "not ticked by hand"));
    }
    let by = cx.caller()?.id.clone();
    store::tick(cx.write(&permit), &member.id, &args.item, args.done, cx.now(), &by)?;
    cx.note("member", member.id.as_str());
    cx.note("item", &*args.item);
    cx.note("done", args.done);
    list(cx, &member)
}
