//! What a member is told inside Inkpoint: a new role, a switch, a new code, somebody's time off (D08, D12).
//!
//! A notice holds facts; the words are the desk's. It is written with the change it tells of, or not at all.

pub(crate) mod commands;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::access::{Permit, Role};
use crate::clock::Millis;
use crate::door::Change;
use crate::error::Result;

/// What a notice is about. The facts that come with each stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// `old_role`, `new_role`, and `until` when it is lent.
    RoleChanged,
    /// `switch`, `on` (null: as the role says), `until`.
    SwitchChanged,
    /// Somebody set a one-time password for this account.
    PasswordReset,
    /// `artist`, `kind`, `starts_at`, `ends_at`: an artist blocked time (T118).
    TimeOff,
    /// Assistants must ask for the new master code (T067).
    CodeRotated,
    /// `new_role`: the studio has a new owner.
    Ownership,
    /// `client`, `starts_at`: the client of this artist is there.
    ClientHere,
    /// `count`: a leaver's appointments that came to this artist (T113).
    AppointmentsMoved,
    /// `client_id`, `client_name`: a client who is this artist's from now on (A004).
    ClientReassigned,
    /// `number`, `amount`, `until`: the studio paid this artist.
    PaidOut,
    /// `number`, `amount`, `reverses`: a payout to this artist was taken back.
    PayoutBack,
    /// `from`, `to`: the clock moved that far ahead between two entries.
    ClockAhead,
    /// `kind`, `what`, `quantity`: somebody asked the desk for something (T072).
    SupplyAsked,
    /// `kind`, `what`, `answer`, `note`: what the desk said to it.
    SupplyAnswered,
}

impl NoticeKind {
    const ALL: [(NoticeKind, &'static str); 14] = [
        (NoticeKind::RoleChanged, "role_changed"),
        (NoticeKind::SwitchChanged, "switch_changed"),
        (NoticeKind::PasswordReset, "password_reset"),
        (NoticeKind::TimeOff, "time_off"),
        (NoticeKind::CodeRotated, "code_rotated"),
        (NoticeKind::Ownership, "ownership"),
        (NoticeKind::ClientHere, "client_here"),
        (NoticeKind::AppointmentsMoved, "appointments_moved"),
        (NoticeKind::ClientReassigned, "client_reassigned"),
        (NoticeKind::PaidOut, "paid_out"),
        (NoticeKind::PayoutBack, "payout_back"),
        (NoticeKind::ClockAhead, "clock_ahead"),
        (NoticeKind::SupplyAsked, "supply_asked"),
        (NoticeKind::SupplyAnswered, "supply_answered"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    fn parse(name: &str) -> Option<NoticeKind> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Notice {
    pub id: String,
    pub kind: NoticeKind,
    pub at: Millis,
    pub read: bool,
    /// Who did it.
    pub by: Option<String>,
    #[ts(type = "Record<string, unknown>")]
    pub details: Map<String, Value>,
}

/// Tells one member.
pub(crate) fn tell(
    cx: &Change<'_>,
    permit: &Permit,
    member: &str,
    kind: NoticeKind,
    details: &Value,
) -> Result<()> {
    let by = cx.caller()?.id.clone();
    store::add(cx.write(permit), &cx.id()?, member, kind, details, Some(&by), cx.now())
}

/// Tells every active member of some roles, but not the one who did it.
pub(crate) fn tell_roles(
    cx: &Change<'_>,
    permit: &Permit,
    roles: &[Role],
    kind: NoticeKind,
    details: &Value,
) -> Result<()> {
    let me = cx.caller()?.id.clone();
    for (member, role) in crate::staff::store::active_roles(cx.db(), cx.now())? {
        if roles.contains(&role) && member != me {
            tell(cx, permit, &member, kind, details)?;
        }
    }
    Ok(())
}
