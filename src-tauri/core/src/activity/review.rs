//! The monthly review (T107, A028): a page that fills itself from the journal, to be read and signed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Chain, commands, store};
use crate::access::{Role, SwitchName};
use crate::agenda::store as agenda;
use crate::calendar::{Day, Month};
use crate::clock::Millis;
use crate::door::{Call, Change, Desk, Look};
use crate::error::{Error, Result};
use crate::security::commands::{CodeState, code_state};
use crate::staff::{Member, store as staff};
use crate::studio::commands::Nothing;
use crate::text::Note;

/// An account that nobody used for so long is asked about.
const IDLE: Millis = 30 * 24 * 60 * 60 * 1000;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReviewArgs {
    /// "2026-11".
    pub month: Month,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewAccount {
    pub name: String,
    pub role: Role,
    /// When it was made, archived or last used.
    pub at: Option<Millis>,
}

#[derive(Debug, Clone, Default, Serialize, TS, JsonSchema)]
pub struct ReviewAccounts {
    /// Active members of each role, today.
    #[ts(type = "Record<Role, number>")]
    pub active: BTreeMap<&'static str, i64>,
    pub created: Vec<ReviewAccount>,
    pub archived: Vec<ReviewAccount>,
    /// Who left or tattoos no more and still has visits ahead, with the first of them (T113).
    pub unsettled: Vec<ReviewAccount>,
    pub never_signed_in: Vec<ReviewAccount>,
    /// Active, and not seen for thirty days.
    pub idle: Vec<ReviewAccount>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewRole {
    pub at: Millis,
    pub member: Option<String>,
    pub by: Option<String>,
    pub old_role: Option<String>,
    pub new_role: Option<String>,
    pub until: Option<Millis>,
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewSwitch {
    pub member: String,
    pub name: SwitchName,
    pub on: bool,
    pub until: Option<Millis>,
    pub reason: Option<String>,
}

/// Somebody was told no.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewRefusal {
    pub member: Option<String>,
    pub code: String,
    pub command: String,
    pub count: i64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewTries {
    /// None: a name that nobody has.
    pub member: Option<String>,
    pub count: i64,
}

/// Something done under elevation.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewElevated {
    pub member: Option<String>,
    /// "code", or the name of who approved.
    pub by: String,
    pub command: String,
    pub count: i64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewExport {
    pub at: Millis,
    pub member: Option<String>,
    pub command: String,
    pub rows: Option<i64>,
}

/// How a day went, for a plot.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ReviewDay {
    pub day: Day,
    pub failed_sign_ins: i64,
    pub refusals: i64,
    pub elevated: i64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Review {
    pub month: Month,
    pub from: Millis,
    pub to: Millis,
    pub signed_at: Option<Millis>,
    pub signed_by: Option<String>,
    pub note: Option<String>,
    pub accounts: ReviewAccounts,
    pub role_changes: Vec<ReviewRole>,
    /// Standing today.
    pub switches: Vec<ReviewSwitch>,
    pub refusals: Vec<ReviewRefusal>,
    pub failed_sign_ins: Vec<ReviewTries>,
    pub elevated: Vec<ReviewElevated>,
    /// How often the locked actions were opened.
    pub elevations: i64,
    pub exports: Vec<ReviewExport>,
    pub days: Vec<ReviewDay>,
    pub code: CodeState,
    pub rotations: i64,
    /// Fewer than two active owners and admins, and others besides (A020, A030).
    pub few_admins: bool,
    /// More than three of them: switches do for the rest (A031, T090).
    pub many_admins: bool,
    pub last_backup_at: Option<Millis>,
    pub last_drill_at: Option<Millis>,
    pub chain: Chain,
}

pub(crate) fn review(desk: &Desk, call: &Call<'_>, args: ReviewArgs) -> Result<Review> {
    let chain = commands::chain(desk, call, Nothing {})?;
    desk.query(call.command, |look| fill(look, args.month, chain))
}

fn fill(look: &Look<'_>, month: Month, chain: Chain) -> Result<Review> {
    look.grant().whole()?;
    let zone = look.settings()?.zone()?;
    let (from, to) = month.bounds(zone)?;
    let signature = store::signature(look.db(), &month.to_string())?;
    let (signed_at, signed_by, note) =
        signature.map_or((None, None, None), |signature| (Some(signature.at), signature.by, signature.note));
    let mut review = Review {
        month,
        from,
        to,
        signed_at,
        signed_by,
        note,
        accounts: ReviewAccounts::default(),
        role_changes: role_changes(look, from, to)?,
        switches: Vec::new(),
        refusals: Vec::new(),
        failed_sign_ins: Vec::new(),
        elevated: Vec::new(),
        elevations: 0,
        exports: store::exports(look.db(), from, to)?,
        days: month
            .days()
            .map(|day| ReviewDay { day, failed_sign_ins: 0, refusals: 0, elevated: 0 })
            .collect(),
        code: code_state(look, Nothing {})?,
        rotations: 0,
        few_admins: staff::misses_admin(look.db())?,
        many_admins: staff::admins(look.db())? > 3,
        last_backup_at: None,
        last_drill_at: None,
        chain,
    };
    for member in staff::members(look.db(), look.now())? {
        account(look, &mut review, &member)?;
    }
    for entry in store::counted(look.db(), from, to)? {
        let day = zone.day_of(entry.at)?;
        let place = review.days.iter_mut().find(|known| known.day == day);
        count(&mut review.refusals, &mut review.failed_sign_ins, &mut review.elevated, place, &entry);
        review.elevations += i64::from(entry.command == "session.elevate" && entry.outcome == "done");
        review.rotations += i64::from(entry.command == "security.rotate_code" && entry.outcome == "done");
    }
    review.refusals.sort_by_key(|row| std::cmp::Reverse(row.count));
    review.failed_sign_ins.sort_by_key(|row| std::cmp::Reverse(row.count));
    review.elevated.sort_by_key(|row| std::cmp::Reverse(row.count));
    Ok(review)
}

fn account(look: &Look<'_>, review: &mut Review, member: &Member) -> Result<()> {
    let within = |at: Millis| (review.from..review.to).contains(&at);
    let line = |at| ReviewAccount { name: member.name.clone(), role: member.role, at };
    let created = staff::created_at(look.db(), &member.id)?;
    let accounts = &mut review.accounts;
    if within(created) {
        accounts.created.push(line(Some(created)));
    }
    if let Some(at) = member.archived_at.filter(|at| within(*at)) {
        accounts.archived.push(line(Some(at)));
    }
    if (!member.active || member.artist_id.is_none())
        && let Some(artist) = staff::profile_of(look.db(), &member.id)?
        && let Some(first) = agenda::ahead(look.db(), &artist, look.now())?.first()
    {
        accounts.unsettled.push(line(Some(first.starts_at)));
    }
    if !member.active {
        return Ok(());
    }
    *accounts.active.entry(member.role.name()).or_default() += 1;
    match member.last_seen_at {
        None => accounts.never_signed_in.push(line(None)),
        Some(at) if at < look.now() - IDLE => accounts.idle.push(line(Some(at))),
        Some(_) => {}
    }
    for state in staff::switch_states(look.db(), &member.id)? {
        if state.until.is_none_or(|until| look.now() < until) {
            review.switches.push(ReviewSwitch {
                member: member.name.clone(),
                name: state.name,
                on: state.on,
                until: state.until,
                reason: state.reason,
            });
        }
    }
    Ok(())
}

fn count(
    refusals: &mut Vec<ReviewRefusal>,
    tries: &mut Vec<ReviewTries>,
    elevated: &mut Vec<ReviewElevated>,
    day: Option<&mut ReviewDay>,
    entry: &store::Counted,
) {
    let failed = entry.outcome == "bad_credentials"
        || (entry.outcome == "throttled" && entry.command.starts_with("session.sign_in"));
    if failed {
        match tries.iter_mut().find(|row| row.member == entry.member) {
            Some(row) => row.count += entry.count,
            None => tries.push(ReviewTries { member: entry.member.clone(), count: entry.count }),
        }
    } else if entry.outcome != "done" {
        let same = |row: &&mut ReviewRefusal| {
            row.member == entry.member && row.code == entry.outcome && row.command == entry.command
        };
        match refusals.iter_mut().find(same) {
            Some(row) => row.count += entry.count,
            None => refusals.push(ReviewRefusal {
                member: entry.member.clone(),
                code: entry.outcome.clone(),
                command: entry.command.clone(),
                count: entry.count,
            }),
        }
    }
    if let Some(by) = &entry.elevated_by {
        let same = |row: &&mut ReviewElevated| {
            row.member == entry.member && row.by == *by && row.command == entry.command
        };
        match elevated.iter_mut().find(same) {
            Some(row) => row.count += 1,
            None => elevated.push(ReviewElevated {
                member: entry.member.clone(),
                by: by.clone(),
                command: entry.command.clone(),
                count: 1,
            }),
        }
    }
    if let Some(day) = day {
        if failed {
            day.failed_sign_ins += entry.count;
        } else if entry.outcome != "done" {
            day.refusals += entry.count;
        }
        day.elevated += i64::from(entry.elevated_by.is_some());
    }
}

fn role_changes(look: &Look<'_>, from: Millis, to: Millis) -> Result<Vec<ReviewRole>> {
    let filter = store::Filter {
        role_changes: true,
        from: Some(from),
        to: Some(to),
        limit: 1_000,
        ..store::Filter::default()
    };
    let rows = store::list(look.db(), &filter)?;
    let text = |row: &super::Activity, name: &str| row.details.get(name)?.as_str().map(str::to_owned);
    Ok(rows
        .iter()
        .map(|row| ReviewRole {
            at: row.at,
            member: row.names.get("member").cloned(),
            by: row.member.clone(),
            old_role: text(row, "old_role"),
            new_role: text(row, "new_role"),
            until: row.details.get("until").and_then(serde_json::Value::as_i64),
            reason: row.reason.clone(),
        })
        .collect())
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SignReviewArgs {
    pub month: Month,
    pub note: Option<Note>,
}

/// A month's signature.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SignedReview {
    pub month: Month,
    pub signed_at: Millis,
}

/// Signs a month that is over, or under way: once, by whoever read it.
pub(crate) fn sign(cx: &mut Change<'_>, args: SignReviewArgs) -> Result<SignedReview> {
    let permit = cx.grant().whole()?;
    let (from, _) = args.month.bounds(cx.settings()?.zone()?)?;
    if from > cx.now() {
        return Err(Error::invalid("month", "in the future"));
    }
    let month = args.month.to_string();
    if store::signature(cx.db(), &month)?.is_some() {
        return Err(Error::Conflict { reason: "already_signed" });
    }
    let by = cx.caller()?.id.clone();
    store::sign(cx.write(&permit), &month, cx.now(), &by, args.note.as_deref())?;
    cx.note("month", month);
    Ok(SignedReview { month: args.month, signed_at: cx.now() })
}

/// The month before this one, while nobody has signed it and the studio was there already, and worked here: of one that
/// was brought over since, nobody's rights, codes and refusals are known from before.
pub(crate) fn due(look: &Look<'_>, zone: crate::calendar::Zone) -> Result<Option<Month>> {
    let month = Month::of(zone.day_of(look.now())?).before();
    let (_, to) = month.bounds(zone)?;
    let there = crate::studio::store::founded_at(look.db())? < to;
    let signed = store::signature(look.db(), &month.to_string())?.is_some();
    Ok((there && !signed && !store::brought_over_since(look.db(), to)?).then_some(month))
}
