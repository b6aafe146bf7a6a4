//! Who may do what.
//!
//! Lives here: the list of actions and the matrix, switches, sign-ins, elevation, passwords, and [`Permit`], the proof
//! that a gate was passed. Does not live here: any SQL, and the order of the checks, which is the door's.

pub mod action;
pub mod elevation;
pub mod lane;
pub mod matrix;
pub mod password;
pub mod session;
pub mod switches;
pub mod throttle;
#[cfg(test)]
mod walk;

pub use action::Action;
pub use matrix::{Owner, Policy, Role};
pub use switches::{Switch, SwitchName};

use crate::clock::Millis;
use crate::error::{Error, Result, Why};

/// The signed-in member as the file has them at this moment.
#[derive(Debug, Clone)]
pub struct Caller {
    pub id: String,
    pub name: String,
    pub role: Role,
    /// The artist profile the account is linked to. None owns nothing (T082).
    pub artist: Option<String>,
    pub switches: Vec<Switch>,
    pub rights_epoch: i64,
    /// A temporary password is still to be changed (T087).
    pub must_change: bool,
    /// Who opened the elevation that holds now, if one does.
    pub elevated_by: Option<String>,
    pub elevated_until: Option<Millis>,
    /// Their desk was handed to a client.
    pub client_view: bool,
}

impl Caller {
    /// The policy that holds for this member now, before elevation.
    pub fn answer(&self, now: Millis, action: Action) -> Policy {
        switches::answer(self.role, &self.switches, now, action)
    }
}

/// What the matrix answered for one action: everything, or the caller's own records. Made only by [`grant`].
#[derive(Debug, Clone)]
pub struct Grant {
    action: Option<Action>,
    scope: Scope,
    /// Only a switch narrowed this to own records.
    narrowed: bool,
    elevated: bool,
}

/// How far a grant reaches. Lists put it into their SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    All,
    Own { artist: Option<String>, member: String },
}

/// The right to write, for one record or for all. Its fields are private and nothing outside this module makes one, so
/// a write that forgot its check does not compile.
#[derive(Debug)]
pub struct Permit {
    _passed: (),
}

/// Asks the matrix for one action (T007, D18): deny before locked, elevation only where the policy is locked (T058).
pub(crate) fn grant(caller: &Caller, now: Millis, action: Action) -> Result<Grant> {
    let elevated = caller.elevated_by.is_some();
    match caller.answer(now, action) {
        Policy::Allow => {
            Ok(Grant { action: Some(action), scope: Scope::All, narrowed: false, elevated: false })
        }
        Policy::Own => Ok(Grant {
            action: Some(action),
            scope: Scope::Own { artist: caller.artist.clone(), member: caller.id.clone() },
            narrowed: action.policy(caller.role) == Policy::Allow,
            elevated: false,
        }),
        Policy::Locked if elevated => {
            Ok(Grant { action: Some(action), scope: Scope::All, narrowed: false, elevated: true })
        }
        Policy::Locked => Err(Error::ElevationRequired { action: action.name() }),
        Policy::Deny => Err(Error::denied(Why::Role)),
    }
}

/// The grant of a public or session gate: it names no action and reaches only what the handler itself does.
pub(crate) fn gate_grant() -> Grant {
    Grant { action: None, scope: Scope::All, narrowed: false, elevated: false }
}

impl Grant {
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    pub fn action(&self) -> Option<Action> {
        self.action
    }

    /// Whether it came from the master code or an approver rather than from the role.
    pub fn elevated(&self) -> bool {
        self.elevated
    }

    /// The right over one record. `owner` is read from the file inside the transaction; none means there is no such
    /// record. A caller whose policy is own gets `denied` for both, alike (D18).
    pub fn over(&self, owner: Option<Owner>, what: &'static str) -> Result<Permit> {
        match (&self.scope, owner) {
            (Scope::All, Some(_)) => Ok(Permit { _passed: () }),
            (Scope::All, None) => Err(Error::NotFound { what }),
            (Scope::Own { artist: Some(mine), .. }, Some(Owner::Artist(artist))) if *mine == artist => {
                Ok(Permit { _passed: () })
            }
            (Scope::Own { member, .. }, Some(Owner::Member(owner))) if *member == owner => {
                Ok(Permit { _passed: () })
            }
            (Scope::Own { .. }, _) => Err(self.not_own()),
        }
    }

    /// The answer for whatever is not the caller's own.
    fn not_own(&self) -> Error {
        Error::denied(match &self.scope {
            Scope::Own { artist: None, .. } => Why::NotLinked,
            _ if self.narrowed => Why::Switch,
            _ => Why::NotYours,
        })
    }

    /// The right over everything; a caller whose policy is own does not have it.
    pub fn whole(&self) -> Result<Permit> {
        match self.scope {
            Scope::All => Ok(Permit { _passed: () }),
            Scope::Own { .. } => Err(self.not_own()),
        }
    }
}
