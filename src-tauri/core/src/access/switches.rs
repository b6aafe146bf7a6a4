//! Per-member switches (D03): each widens or narrows single cells of the matrix for one member.
//!
//! They never name a security, studio or staff action, may end by themselves, and are only for artists and apprentices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::action::Action;
use super::matrix::{Policy, Role};
use crate::clock::Millis;
use crate::error::{Error, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SwitchName {
    /// A010, on by default: the whole schedule; off, own appointments only.
    ViewShopCalendar,
    /// A011: books, moves, cancels and blocks for every artist.
    ManageShopCalendar,
    /// A012, on by default: every client; off, own clients only.
    ViewShopClients,
    /// A013: corrects any client's data.
    ManageShopClients,
    /// A014: check-in, walk-ins and visits for every artist.
    ReceptionBoard,
    /// A015: the studio's totals.
    ViewShopAnalytics,
    /// Users' ask 24, on by default: phone, mail and address are shown.
    ViewClientContacts,
}

impl SwitchName {
    pub const ALL: [SwitchName; 7] = [
        SwitchName::ViewShopCalendar,
        SwitchName::ManageShopCalendar,
        SwitchName::ViewShopClients,
        SwitchName::ManageShopClients,
        SwitchName::ReceptionBoard,
        SwitchName::ViewShopAnalytics,
        SwitchName::ViewClientContacts,
    ];

    pub fn name(self) -> &'static str {
        match self {
            SwitchName::ViewShopCalendar => "view_shop_calendar",
            SwitchName::ManageShopCalendar => "manage_shop_calendar",
            SwitchName::ViewShopClients => "view_shop_clients",
            SwitchName::ManageShopClients => "manage_shop_clients",
            SwitchName::ReceptionBoard => "reception_board",
            SwitchName::ViewShopAnalytics => "view_shop_analytics",
            SwitchName::ViewClientContacts => "view_client_contacts",
        }
    }

    pub fn parse(name: &str) -> Result<SwitchName> {
        SwitchName::ALL
            .into_iter()
            .find(|switch| switch.name() == name)
            .ok_or_else(|| Error::Damaged(format!("no such switch: {name}")))
    }
}

/// One switch as set for a member.
#[derive(Debug, Clone)]
pub struct Switch {
    pub name: SwitchName,
    pub on: bool,
    /// After this moment the switch no longer counts.
    pub until: Option<Millis>,
}

/// Whether a switch stands at `on` for this member now. `None`: nobody set it, the role decides.
fn set(switches: &[Switch], name: SwitchName, now: Millis) -> Option<bool> {
    switches
        .iter()
        .find(|switch| switch.name == name && switch.until.is_none_or(|until| now < until))
        .map(|switch| switch.on)
}

/// Whether phone, mail and address are shown to this member.
pub fn shows_contacts(role: Role, switches: &[Switch], now: Millis) -> bool {
    !role.tattoos() || set(switches, SwitchName::ViewClientContacts, now).unwrap_or(true)
}

/// What a switch makes of an action: the switch, how it must stand, and the answer. The first that stands so decides.
const CELLS: &[(SwitchName, bool, Policy, &[Action])] = &[
    (
        SwitchName::ManageShopCalendar,
        true,
        Policy::Allow,
        &[
            Action::AgendaView,
            Action::AgendaCreate,
            Action::AgendaEdit,
            Action::AgendaCancel,
            Action::AgendaBlock,
        ],
    ),
    (SwitchName::ViewShopCalendar, false, Policy::Own, &[Action::AgendaView]),
    (SwitchName::ManageShopClients, true, Policy::Allow, &[Action::ClientsView, Action::ClientsEdit]),
    (SwitchName::ViewShopClients, false, Policy::Own, &[Action::ClientsView]),
    (SwitchName::ReceptionBoard, true, Policy::Allow, &[Action::AgendaBoard]),
    (SwitchName::ViewShopAnalytics, true, Policy::Allow, &[Action::ReportsView]),
];

fn cell(
    switches: &[Switch],
    now: Millis,
    action: Action,
) -> Option<&'static (SwitchName, bool, Policy, &'static [Action])> {
    CELLS
        .iter()
        .find(|(name, on, _, actions)| actions.contains(&action) && set(switches, *name, now) == Some(*on))
}

/// The policy that holds for a member now: the switch beats the role (D03).
pub fn answer(role: Role, switches: &[Switch], now: Millis, action: Action) -> Policy {
    if !role.tattoos() || switches.is_empty() {
        return action.policy(role);
    }
    cell(switches, now, action).map_or_else(|| action.policy(role), |(_, _, policy, _)| *policy)
}

/// The switch that decides about an action for a member who tattoos, if one does.
pub fn deciding(switches: &[Switch], now: Millis, action: Action) -> Option<Switch> {
    let (name, ..) = cell(switches, now, action)?;
    switches.iter().find(|switch| switch.name == *name).cloned()
}
