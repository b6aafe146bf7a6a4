//! One client of two (T094, ask 15), and back.
//!
//! Visits, notes and what else `store::MOVES` names stand with the kept client afterwards. Sales stay where they were
//! sealed; whoever reads them follows the duplicate to the client it counts as.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::commands::{check_stands, contacts, shown};
use super::{Client, ClientForm, store};
use crate::access::Permit;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::text::{Id, Note};

/// A field of the client's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientField {
    Name,
    Pronouns,
    Phone,
    Email,
    Instagram,
    Address,
    BirthDate,
    EmergencyName,
    EmergencyPhone,
    Alerts,
    Preferences,
    Source,
}

impl ClientField {
    const ALL: [ClientField; 12] = [
        ClientField::Name,
        ClientField::Pronouns,
        ClientField::Phone,
        ClientField::Email,
        ClientField::Instagram,
        ClientField::Address,
        ClientField::BirthDate,
        ClientField::EmergencyName,
        ClientField::EmergencyPhone,
        ClientField::Alerts,
        ClientField::Preferences,
        ClientField::Source,
    ];

    fn is_contact(self) -> bool {
        matches!(
            self,
            ClientField::Phone
                | ClientField::Email
                | ClientField::Instagram
                | ClientField::Address
                | ClientField::EmergencyName
                | ClientField::EmergencyPhone
        )
    }

    fn of(self, form: &ClientForm) -> Option<String> {
        match self {
            ClientField::Name => Some(form.name.to_string()),
            ClientField::Pronouns => form.pronouns.as_deref().map(str::to_owned),
            ClientField::Phone => form.phone.as_deref().map(str::to_owned),
            ClientField::Email => form.email.as_deref().map(str::to_owned),
            ClientField::Instagram => form.instagram.as_deref().map(str::to_owned),
            ClientField::Address => form.address.as_deref().map(str::to_owned),
            ClientField::BirthDate => form.birth_date.map(String::from),
            ClientField::EmergencyName => form.emergency_name.as_deref().map(str::to_owned),
            ClientField::EmergencyPhone => form.emergency_phone.as_deref().map(str::to_owned),
            ClientField::Alerts => form.alerts.as_deref().map(str::to_owned),
            ClientField::Preferences => form.preferences.as_deref().map(str::to_owned),
            ClientField::Source => form.source.as_deref().map(str::to_owned),
        }
    }

    /// Puts this field of `from` into `into`.
    fn copy(self, from: &ClientForm, into: &mut ClientForm) {
        match self {
            ClientField::Name => into.name = from.name.clone(),
            ClientField::Pronouns => into.pronouns = from.pronouns.clone(),
            ClientField::Phone => into.phone = from.phone.clone(),
            ClientField::Email => into.email = from.email.clone(),
            ClientField::Instagram => into.instagram = from.instagram.clone(),
            ClientField::Address => into.address = from.address.clone(),
            ClientField::BirthDate => into.birth_date = from.birth_date,
            ClientField::EmergencyName => into.emergency_name = from.emergency_name.clone(),
            ClientField::EmergencyPhone => into.emergency_phone = from.emergency_phone.clone(),
            ClientField::Alerts => into.alerts = from.alerts.clone(),
            ClientField::Preferences => into.preferences = from.preferences.clone(),
            ClientField::Source => into.source = from.source.clone(),
        }
    }
}

/// Why two clients may be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    Phone,
    Mail,
    NameAndBirth,
    /// Of a line on its way in: the same name, and neither has a phone, a mail, or anything that contradicts.
    Name,
}

impl From<store::Shared> for Likeness {
    fn from(shared: store::Shared) -> Likeness {
        match shared {
            store::Shared::Phone => Likeness::Phone,
            store::Shared::Mail => Likeness::Mail,
            store::Shared::NameAndBirth => Likeness::NameAndBirth,
        }
    }
}

/// Two clients that may be one person; the older record first.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Twins {
    pub first: Client,
    pub second: Client,
    pub because: Vec<Likeness>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct DuplicatesArgs {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
}

/// Suggestions only: the same name is allowed, and a family may share a phone.
pub(crate) fn duplicates(look: &Look<'_>, args: DuplicatesArgs) -> Result<Vec<Twins>> {
    let limit = args.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Error::invalid("limit", "1 to 200"));
    }
    look.grant().whole()?;
    let contacts = contacts(look)?;
    let mut twins: Vec<(String, String, Vec<Likeness>)> = Vec::new();
    for (first, second, shared) in store::pairs(look.db(), limit)? {
        // Who is not shown a number is not told that two are the same.
        if !contacts && shared != store::Shared::NameAndBirth {
            continue;
        }
        let likeness = Likeness::from(shared);
        match twins.iter_mut().find(|(one, other, _)| *one == first && *other == second) {
            Some((_, _, because)) => because.push(likeness),
            None => twins.push((first, second, vec![likeness])),
        }
    }
    // Those that share most come first.
    twins.sort_by_key(|(_, _, because)| std::cmp::Reverse(because.len()));
    twins.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    twins
        .into_iter()
        .map(|(first, second, because)| {
            Ok(Twins { first: shown(look, &first)?, second: shown(look, &second)?, because })
        })
        .collect()
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct NotSameArgs {
    pub client_id: Id,
    pub other_id: Id,
}

/// These two are different people: never suggested again. Answers with the suggestions that are left.
pub(crate) fn not_same(cx: &mut Change<'_>, args: NotSameArgs) -> Result<Vec<Twins>> {
    if args.client_id == args.other_id {
        return Err(Error::invalid("other_id", "the same client"));
    }
    let permit = cx.grant().whole()?;
    check_stands(cx, &args.client_id)?;
    check_stands(cx, &args.other_id)?;
    let by = cx.caller()?.id.clone();
    store::put_apart(cx.write(&permit), &args.client_id, &args.other_id, cx.now(), &by)?;
    cx.note("client", &*args.client_id);
    cx.note("other", &*args.other_id);
    duplicates(cx, DuplicatesArgs { limit: None })
}

/// What merging makes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Both say the same, or neither says anything.
    Same,
    /// Only the kept client says something.
    Kept,
    /// Only the duplicate says something: it comes along.
    Fills,
    /// Both say something else: the kept client's stands, unless it is in `take`.
    Differs,
    /// Both say something else, and both are kept: no alert is lost by a merge.
    Joined,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct FieldPreview {
    pub field: ClientField,
    /// Null too for a contact that this caller is not shown.
    pub keep: Option<String>,
    pub merge: Option<String>,
    pub outcome: Outcome,
}

/// How many of what would move.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MoveCount {
    /// "appointments", "client_notes" and the like.
    pub what: String,
    pub count: i64,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct MergePreview {
    pub keep: Client,
    pub merge: Client,
    pub fields: Vec<FieldPreview>,
    pub moves: Vec<MoveCount>,
    /// Sales that count for the kept client from then on; their receipts stay as they are.
    pub sales: i64,
    /// Signed papers that count for the kept client from then on; none of them changes.
    pub papers: i64,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct MergePreviewArgs {
    /// The client that stays.
    pub keep_id: Id,
    /// The duplicate.
    pub merge_id: Id,
}

fn forms(look: &Look<'_>, keep: &str, merge: &str) -> Result<(ClientForm, ClientForm)> {
    if keep == merge {
        return Err(Error::invalid("merge_id", "the same client"));
    }
    let read = |id: &str| -> Result<ClientForm> {
        let standing = check_stands(look, id)?;
        if standing.archived {
            return Err(Error::Conflict { reason: "client_archived" });
        }
        store::form(look.db(), id)?.ok_or(Error::NotFound { what: "client" })
    };
    Ok((read(keep)?, read(merge)?))
}

fn outcome(field: ClientField, keep: &ClientForm, merge: &ClientForm) -> Outcome {
    match (field.of(keep), field.of(merge)) {
        (one, other) if one == other => Outcome::Same,
        (Some(_), None) => Outcome::Kept,
        (None, Some(_)) => Outcome::Fills,
        _ if matches!(field, ClientField::Alerts | ClientField::Preferences) => Outcome::Joined,
        _ => Outcome::Differs,
    }
}

pub(crate) fn preview(look: &Look<'_>, args: MergePreviewArgs) -> Result<MergePreview> {
    look.grant().whole()?;
    let (keep, merge) = forms(look, &args.keep_id, &args.merge_id)?;
    let contacts = contacts(look)?;
    let fields = ClientField::ALL
        .into_iter()
        .map(|field| {
            let shown = |form| field.of(form).filter(|_| contacts || !field.is_contact());
            FieldPreview {
                field,
                keep: shown(&keep),
                merge: shown(&merge),
                outcome: outcome(field, &keep, &merge),
            }
        })
        .collect();
    let mut moves = Vec::new();
    for (at, (table, _)) in store::MOVES.iter().enumerate() {
        let count = store::standing_with(look.db(), at, &args.merge_id)?.len();
        moves.push(MoveCount {
            what: (*table).to_owned(),
            count: i64::try_from(count).map_err(Error::internal)?,
        });
    }
    Ok(MergePreview {
        keep: shown(look, &args.keep_id)?,
        merge: shown(look, &args.merge_id)?,
        fields,
        moves,
        sales: store::counted_along(look.db(), "sales", &args.merge_id)?,
        papers: store::counted_along(look.db(), "consents", &args.merge_id)?,
    })
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct MergeArgs {
    /// The client that stays.
    pub keep_id: Id,
    /// The duplicate: counts as the other from then on.
    pub merge_id: Id,
    /// Fields that come from the duplicate although the kept client has something there.
    pub take: Option<Vec<ClientField>>,
}

/// A client as a merge found or left them.
#[derive(Debug, Serialize, Deserialize)]
struct Snapshot {
    form: ClientForm,
    artist: Option<String>,
}

fn joined(keep: Option<&Note>, merge: Option<&Note>) -> Result<Option<Note>> {
    match (keep, merge) {
        (Some(keep), Some(merge)) if keep != merge => Note::try_from(format!("{}\n{}", &**keep, &**merge))
            .map(Some)
            .map_err(|_| Error::Conflict { reason: "merged_text_too_long" }),
        (keep, merge) => Ok(keep.or(merge).cloned()),
    }
}

pub(crate) fn merge(cx: &mut Change<'_>, args: MergeArgs) -> Result<Client> {
    let permit = cx.grant().whole()?;
    let take = args.take.unwrap_or_default();
    let (keep, merge) = forms(cx, &args.keep_id, &args.merge_id)?;
    let mut after = keep.clone();
    for field in ClientField::ALL {
        match outcome(field, &keep, &merge) {
            Outcome::Fills => field.copy(&merge, &mut after),
            Outcome::Differs | Outcome::Joined if take.contains(&field) => field.copy(&merge, &mut after),
            _ => {}
        }
    }
    if !take.contains(&ClientField::Alerts) {
        after.alerts = joined(keep.alerts.as_ref(), merge.alerts.as_ref())?;
    }
    if !take.contains(&ClientField::Preferences) {
        after.preferences = joined(keep.preferences.as_ref(), merge.preferences.as_ref())?;
    }
    let db = cx.write(&permit);
    let mut moved = Vec::with_capacity(store::MOVES.len());
    for at in 0..store::MOVES.len() {
        let ids = store::standing_with(cx.db(), at, &args.merge_id)?;
        for id in &ids {
            store::move_row(db, at, id, &args.merge_id, &args.keep_id)?;
        }
        moved.push((store::MOVES[at].0, ids));
    }
    let artist = |id: &str| -> Result<Option<String>> {
        Ok(store::standing(cx.db(), id)?.and_then(|standing| standing.artist))
    };
    let before = Snapshot { form: keep, artist: artist(&args.keep_id)? };
    let artist = before.artist.clone().or(artist(&args.merge_id)?);
    let after = Snapshot { form: after, artist };
    let text = |snapshot: &Snapshot| serde_json::to_string(snapshot).map_err(Error::internal);
    let kept = store::Merge {
        kept: args.keep_id.to_string(),
        before: text(&before)?,
        after: text(&after)?,
        moved: serde_json::to_string(&moved).map_err(Error::internal)?,
    };
    let by = cx.caller()?.id.clone();
    store::add_merge(db, &args.merge_id, &kept, cx.now(), &by)?;
    store::put(db, &args.keep_id, &after.form)?;
    if after.artist != before.artist {
        store::set_artist(db, &args.keep_id, after.artist.as_deref())?;
    }
    cx.note("client", &*args.keep_id);
    cx.note("merged", &*args.merge_id);
    let rows = moved.iter().map(|(_, ids)| ids.len()).sum::<usize>();
    cx.note("rows", i64::try_from(rows).map_err(Error::internal)?);
    shown(cx, &args.keep_id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct UnmergeArgs {
    /// The duplicate that is to be a client of its own again.
    pub merge_id: Id,
}

/// What a merge takes back.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Unmerged {
    pub kept: Client,
    pub restored: Client,
}

/// Takes a merge back: what moved goes back, and each field that is still as the merge left it becomes what it was. What
/// came or changed since stays with the kept client.
pub(crate) fn unmerge(cx: &mut Change<'_>, args: UnmergeArgs) -> Result<Unmerged> {
    let permit = cx.grant().whole()?;
    if store::standing(cx.db(), &args.merge_id)?.is_none() {
        return Err(Error::NotFound { what: "client" });
    }
    let merge = store::merge_of(cx.db(), &args.merge_id)?.ok_or(Error::Conflict { reason: "not_merged" })?;
    // Merged on into a third, or erased: that would have to be taken back first, or cannot be.
    check_stands(cx, &merge.kept)?;
    put_back(cx, &permit, &args.merge_id, &merge)?;
    if store::deposits_cross(cx.db(), &args.merge_id, &merge.kept)? {
        return Err(Error::Conflict { reason: "deposit_elsewhere" });
    }
    cx.note("client", merge.kept.as_str());
    cx.note("unmerged", &*args.merge_id);
    Ok(Unmerged { kept: shown(cx, &merge.kept)?, restored: shown(cx, &args.merge_id)? })
}

fn put_back(cx: &Change<'_>, permit: &Permit, merged: &str, merge: &store::Merge) -> Result<()> {
    let damaged = |_| Error::Damaged("a merge's record".to_owned());
    let before: Snapshot = serde_json::from_str(&merge.before).map_err(damaged)?;
    let after: Snapshot = serde_json::from_str(&merge.after).map_err(damaged)?;
    let moved: Vec<(String, Vec<String>)> = serde_json::from_str(&merge.moved).map_err(damaged)?;
    let gone = || Error::Damaged("a merged client is gone".to_owned());
    let mut now = store::form(cx.db(), &merge.kept)?.ok_or_else(gone)?;
    let own = store::form(cx.db(), merged)?.ok_or_else(gone)?;
    for field in ClientField::ALL {
        if field.of(&now) == field.of(&after.form) {
            field.copy(&before.form, &mut now);
        }
    }
    let artist = store::standing(cx.db(), &merge.kept)?.and_then(|standing| standing.artist);
    let db = cx.write(permit);
    for (table, ids) in moved {
        let Some(at) = store::MOVES.iter().position(|(known, _)| *known == table) else { continue };
        for id in ids {
            store::move_row(db, at, &id, &merge.kept, merged)?;
        }
    }
    store::drop_merge(db, merged, &own)?;
    if artist == after.artist && artist != before.artist {
        store::set_artist(db, &merge.kept, before.artist.as_deref())?;
    }
    store::put(db, &merge.kept, &now)
}
