//! The book: appointments, time off, and the day as the desk shows it.

pub(crate) mod commands;
pub(crate) mod export;
pub(crate) mod openings;
pub(crate) mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::Day;
use crate::clock::Millis;
use crate::consent::Paperwork;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::studio::Hours;

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitStatus {
    Booked,
    Confirmed,
    Arrived,
    InSession,
    Completed,
    NoShow,
    Cancelled,
}

impl VisitStatus {
    pub(crate) const ALL: [VisitStatus; 7] = [
        VisitStatus::Booked,
        VisitStatus::Confirmed,
        VisitStatus::Arrived,
        VisitStatus::InSession,
        VisitStatus::Completed,
        VisitStatus::NoShow,
        VisitStatus::Cancelled,
    ];

    pub fn name(self) -> &'static str {
        match self {
            VisitStatus::Booked => "booked",
            VisitStatus::Confirmed => "confirmed",
            VisitStatus::Arrived => "arrived",
            VisitStatus::InSession => "in_session",
            VisitStatus::Completed => "completed",
            VisitStatus::NoShow => "no_show",
            VisitStatus::Cancelled => "cancelled",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<VisitStatus> {
        VisitStatus::ALL
            .into_iter()
            .find(|status| status.name() == name)
            .ok_or_else(|| Error::Damaged(format!("no such status: {name}")))
    }

    /// Whether the visit is still to come or going on.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            VisitStatus::Booked | VisitStatus::Confirmed | VisitStatus::Arrived | VisitStatus::InSession
        )
    }

    /// Whether the client is here, so that what is agreed is what is paid.
    pub fn is_here(self) -> bool {
        matches!(self, VisitStatus::Arrived | VisitStatus::InSession)
    }

    /// Whether it holds its place in the artist's day: a cancelled or missed one does not.
    pub fn holds_time(self) -> bool {
        !matches!(self, VisitStatus::Cancelled | VisitStatus::NoShow)
    }

    /// Whether the desk may take the visit from here to `next`.
    pub fn leads_to(self, next: VisitStatus) -> bool {
        match next {
            VisitStatus::Booked => false,
            VisitStatus::Confirmed => self == VisitStatus::Booked,
            VisitStatus::Arrived => matches!(self, VisitStatus::Booked | VisitStatus::Confirmed),
            VisitStatus::InSession => {
                matches!(self, VisitStatus::Booked | VisitStatus::Confirmed | VisitStatus::Arrived)
            }
            VisitStatus::Completed => self.is_open(),
            VisitStatus::NoShow => matches!(self, VisitStatus::Booked | VisitStatus::Confirmed),
            VisitStatus::Cancelled => {
                matches!(self, VisitStatus::Booked | VisitStatus::Confirmed | VisitStatus::Arrived)
            }
        }
    }
}

/// Why an artist is not to be booked (T118).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Vacation,
    Personal,
    Convention,
    Pause,
    Other,
}

impl BlockKind {
    const NAMES: [(BlockKind, &'static str); 5] = [
        (BlockKind::Vacation, "vacation"),
        (BlockKind::Personal, "personal"),
        (BlockKind::Convention, "convention"),
        (BlockKind::Pause, "pause"),
        (BlockKind::Other, "other"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> BlockKind {
        Self::NAMES.iter().find(|(_, known)| *known == name).map_or(BlockKind::Other, |(kind, _)| *kind)
    }
}

/// A column of the agenda.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ArtistColumn {
    pub artist_id: String,
    pub name: String,
    /// Minutes booked in the asked days, cancelled and missed left out.
    pub booked_minutes: i64,
    /// Working hours of the first asked day, minutes since midnight; none on a day off.
    pub opens: Option<i64>,
    pub closes: Option<i64>,
    /// The whole week's.
    pub hours: Vec<Hours>,
    /// A guest is here from and until these days; on others there are no hours (D31).
    pub from: Option<Day>,
    pub until: Option<Day>,
}

/// An appointment. A colleague's shows an artist only time and client (D04): then `detail` is null.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Card {
    pub id: String,
    pub artist_id: String,
    /// Of an artist who left, too.
    pub artist_name: String,
    pub client_name: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub detail: Option<CardDetail>,
}

/// What is nothing is left out: a week of a large studio is hundreds of these, and the way into the window costs by the
/// length.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
#[ts(optional_fields)]
pub struct CardDetail {
    pub client_id: String,
    pub status: VisitStatus,
    pub service_id: String,
    pub service_name: String,
    /// Agreed with the client.
    pub price: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alerts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Time for setting up before and cleaning after.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(as = "Option<i64>", optional)]
    pub setup_minutes: i64,
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(as = "Option<i64>", optional)]
    pub cleanup_minutes: i64,
    /// The tattoo of several sessions that this is one of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectMark>,
    /// When the client was last reminded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminded_at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrived_at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Millis>,
    /// The deposit that it asks for or that was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deposit: Option<CardDeposit>,
    /// The sale that paid for it, unless it was voided or given back whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_id: Option<String>,
    /// How it stands with what must be signed.
    pub paperwork: Paperwork,
    /// How many pictures there are of it.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(as = "Option<i64>", optional)]
    pub pictures: i64,
    pub rev: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // What serde calls.
fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// Where the deposit of a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardDepositState {
    /// Asked for and not yet taken.
    Due,
    Held,
    Applied,
    Kept,
    Returned,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct CardDeposit {
    /// What the service's rule asks for at this price.
    pub due: Money,
    /// What is held now.
    pub held: Money,
    pub state: CardDepositState,
}

impl CardDetail {
    /// For whom contacts are not shown.
    pub(crate) fn hide_contacts(&mut self) {
        self.phone = None;
        self.email = None;
    }
}

/// Which session of which project.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ProjectMark {
    pub project_id: String,
    pub title: String,
    /// Counted from one, cancelled and missed ones left out.
    pub session: i64,
    pub planned: i64,
}

/// How a client was reminded. The words and the sending are the desk's; the core keeps that it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RemindBy {
    Mail,
    Phone,
    Message,
}

impl RemindBy {
    pub(crate) fn name(self) -> &'static str {
        match self {
            RemindBy::Mail => "mail",
            RemindBy::Phone => "phone",
            RemindBy::Message => "message",
        }
    }
}

/// Time in which an artist is not to be booked. A colleague's shows an artist no kind and no note (D28).
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Block {
    pub id: String,
    pub artist_id: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub kind: Option<BlockKind>,
    pub note: Option<String>,
    /// Entered together with others, such as every Monday.
    pub series_id: Option<String>,
}

/// Some days of the agenda.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Agenda {
    pub from: Millis,
    pub to: Millis,
    /// The studio's hours on the first day, minutes since midnight; none when it is closed.
    pub opens: Option<i64>,
    pub closes: Option<i64>,
    pub artists: Vec<ArtistColumn>,
    pub cards: Vec<Card>,
    pub blocks: Vec<Block>,
}
