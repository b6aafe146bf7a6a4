//! What the desk can ask of the activity log.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use ts_rs::TS;

use super::{Activity, ActivityKind, AnchorState, Chain, Verified, store};
use crate::clock::Millis;
use crate::door::anchor::Found;
use crate::door::{Call, Desk, Facts, Look};
use crate::error::{Error, Result};
use crate::sheet::{Sheet, SheetFile};
use crate::studio::commands::Nothing;
use crate::text::Id;

/// More rows than a spreadsheet is pleasant with: a period can be exported by parts.
const MOST_EXPORTED: i64 = 100_000;

#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ActivityArgs {
    /// Only rows below this sequence: the next page.
    pub before: Option<i64>,
    pub member_id: Option<Id>,
    pub kind: Option<ActivityKind>,
    /// Only what was refused.
    #[serde(default)]
    pub refusals: bool,
    /// Only what was done by the master code or an approver.
    #[serde(default)]
    pub elevated: bool,
    /// Only new roles and owners (A027).
    #[serde(default)]
    pub role_changes: bool,
    /// From this moment…
    pub from: Option<Millis>,
    /// …until before this one.
    pub to: Option<Millis>,
    /// 1 to 500; 100 when left out.
    pub limit: Option<i64>,
}

impl ActivityArgs {
    fn filter(&self, limit: i64) -> store::Filter<'_> {
        store::Filter {
            before: self.before,
            member: self.member_id.as_deref(),
            commands: self.kind.map(ActivityKind::commands),
            refusals: self.refusals,
            elevated: self.elevated,
            role_changes: self.role_changes,
            from: self.from,
            to: self.to,
            limit,
        }
    }
}

pub(crate) fn list(look: &Look<'_>, args: ActivityArgs) -> Result<Vec<Activity>> {
    let limit = args.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(Error::invalid("limit", "1 to 500"));
    }
    look.grant().whole()?;
    store::list(look.db(), &args.filter(limit))
}

/// The rows of a filter as a table to keep outside the system (T106). Itself an entry of the log (D23).
pub(crate) fn export(look: &Look<'_>, args: ActivityArgs, facts: &mut Facts) -> Result<SheetFile> {
    if args.limit.is_some() || args.before.is_some() {
        return Err(Error::invalid("limit", "not for an export"));
    }
    look.grant().whole()?;
    let rows = store::list(look.db(), &args.filter(MOST_EXPORTED + 1))?;
    if rows.len() > usize::try_from(MOST_EXPORTED).map_err(Error::internal)? {
        return Err(Error::Conflict { reason: "too_many_rows" });
    }
    let zone = look.settings()?.zone()?;
    let mut sheet = Sheet::new(&[
        "entry",
        "time",
        "member",
        "role",
        "kind",
        "command",
        "outcome",
        "times",
        "opened by",
        "old role",
        "new role",
        "about",
        "reason",
        "details",
        "hash",
    ])?;
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    for row in rows {
        let detail = |name: &str| text(row.details.get(name).and_then(|value| value.as_str()));
        let about: Vec<&str> = row.names.values().map(String::as_str).collect();
        let kind = serde_json::to_value(row.kind).map_err(Error::internal)?;
        sheet.row(&[
            row.seq.to_string(),
            zone.written(row.at)?,
            text(row.member.as_deref()),
            text(row.role.as_deref()),
            text(kind.as_str()),
            row.command.clone(),
            row.outcome.clone(),
            row.count.to_string(),
            text(row.elevated_by.as_deref()),
            detail("old_role"),
            detail("new_role"),
            about.join(", "),
            text(row.reason.as_deref()),
            row.details.to_string(),
            row.hash.clone(),
        ])?;
    }
    let day = String::from(zone.day_of(look.now())?);
    let file = sheet.file(format!("activity-{day}.csv"))?;
    facts.insert("rows".to_owned(), file.rows.into());
    facts.insert("filter".to_owned(), json!({"member_id": args.member_id, "kind": args.kind, "refusals": args.refusals, "elevated": args.elevated,
            "role_changes": args.role_changes, "from": args.from, "to": args.to}));
    Ok(file)
}

/// Where the chain stands, against the head kept outside the file.
pub(crate) fn chain(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<Chain> {
    let (head, at) = desk.query(call.command, |look| store::head(look.db()))?;
    Ok(Chain { entries: head.0, head: head.1, at, anchor: anchor_state(desk)? })
}

/// Reads the whole file and recomputes everything that can be.
pub(crate) fn verify(desk: &Desk, _: &Call<'_>, _: Nothing) -> Result<Verified> {
    let report = desk.verify()?;
    Ok(Verified {
        entries: report.journal_rows,
        sealed_rows: report.sealed_rows,
        holds: report.holds(),
        problems: report.problems,
        anchor: anchor_state(desk)?,
    })
}

fn anchor_state(desk: &Desk) -> Result<AnchorState> {
    Ok(match desk.found_anchor(&*desk.studio()?)? {
        Found::None => AnchorState::None,
        Found::Holds(_) => AnchorState::Holds,
        Found::Broken(_) => AnchorState::Broken,
    })
}
