//! Why a member may or may not: every action with its answer, for whoever wants to know (T092, D03).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::store;
use crate::access::{Action, Policy, Role, Switch, SwitchName, switches};
use crate::clock::Millis;
use crate::door::Look;
use crate::error::{Error, Result};
use crate::text::Id;

#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RightsArgs {
    /// Oneself when left out.
    pub member_id: Option<Id>,
}

/// What decided an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    Role,
    /// A role lent for a time says something else than the member's own.
    LentRole,
    Switch,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct RightRow {
    pub action: Action,
    /// What holds now.
    pub answer: Policy,
    /// What the member's own role says.
    pub by_role: Policy,
    pub because: Because,
    pub switch: Option<SwitchName>,
    /// When the switch or the lent role stops by itself.
    pub until: Option<Millis>,
    /// Locked, and open until then by the master code at this desk.
    pub opened_until: Option<Millis>,
}

/// Everything one member may do now, and why.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Rights {
    pub member_id: String,
    pub role: Role,
    /// The member's own role, when another is lent.
    pub own_role: Role,
    pub lent_until: Option<Millis>,
    /// Without an artist profile nothing is one's own (T082).
    pub linked: bool,
    /// Whether phone, mail and address are shown.
    pub contacts: bool,
    pub rows: Vec<RightRow>,
}

/// One's own rights are open to everybody; another's to those who manage accounts.
pub(crate) fn rights(look: &Look<'_>, args: RightsArgs) -> Result<Rights> {
    let caller = look.caller()?;
    let mine = args.member_id.as_deref().is_none_or(|id| id == caller.id);
    if !mine {
        look.may(Action::StaffManageUsers)?;
    }
    let id = args.member_id.map_or_else(|| caller.id.clone(), String::from);
    let now = look.now();
    let member = store::member_by_id(look.db(), &id, now)?.ok_or(Error::NotFound { what: "member" })?;
    let switches: Vec<Switch> = store::switch_states(look.db(), &id)?
        .into_iter()
        .map(|state| Switch { name: state.name, on: state.on, until: state.until })
        .collect();
    let own_role = member.role_after.unwrap_or(member.role);
    let opened = if mine { caller.elevated_until } else { None };
    let rows = Action::ALL
        .iter()
        .map(|&action| {
            let answer = switches::answer(member.role, &switches, now, action);
            let by_lent = action.policy(member.role);
            let by_role = action.policy(own_role);
            let switch = (answer != by_lent).then(|| switches::deciding(&switches, now, action)).flatten();
            let (because, until) = match &switch {
                Some(switch) => (Because::Switch, switch.until),
                None if by_lent != by_role => (Because::LentRole, member.role_until),
                None => (Because::Role, None),
            };
            RightRow {
                action,
                answer,
                by_role,
                because,
                switch: switch.map(|switch| switch.name),
                until,
                opened_until: opened.filter(|_| answer == Policy::Locked),
            }
        })
        .collect();
    Ok(Rights {
        member_id: id,
        role: member.role,
        own_role,
        lent_until: member.role_until,
        linked: member.artist_id.is_some(),
        contacts: switches::shows_contacts(member.role, &switches, now),
        rows,
    })
}
