//! What a member says of themselves, when they work, and on which terms.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::commands::{find, guard_terms};
use super::{Employment, Member, store};
use crate::access::Owner;
use crate::calendar::Day;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::studio::Hours;
use crate::studio::commands::Nothing;
use crate::text::{Id, Line, Name, NoteOrEmpty, ShortOrEmpty};

/// Words in one list of a profile.
const MOST_WORDS: usize = 20;

/// A field left out stays as it is; an empty text takes it away.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditProfileArgs {
    pub member_id: Id,
    pub name: Option<Name>,
    pub pronouns: Option<ShortOrEmpty>,
    pub email: Option<ShortOrEmpty>,
    pub phone: Option<ShortOrEmpty>,
    pub about: Option<NoteOrEmpty>,
    /// At most 20 of 40 characters, as the two that follow.
    pub languages: Option<Vec<Line<40>>>,
    pub skills: Option<Vec<Line<40>>>,
    pub styles: Option<Vec<Line<40>>>,
}

/// Everybody edits their own profile (S010); owner and admins edit every one (S008).
pub(crate) fn edit(cx: &mut Change<'_>, args: EditProfileArgs) -> Result<Member> {
    for (field, list) in [("languages", &args.languages), ("skills", &args.skills), ("styles", &args.styles)]
    {
        if list.as_ref().is_some_and(|words| words.len() > MOST_WORDS) {
            return Err(Error::invalid(field, "too many"));
        }
    }
    let found = store::member_by_id(cx.db(), &args.member_id, cx.now())?;
    let permit = cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let before = found.ok_or(Error::NotFound { what: "member" })?;
    let mut profile = before.profile;
    let texts = [
        (&mut profile.pronouns, args.pronouns.map(ShortOrEmpty::into_text)),
        (&mut profile.email, args.email.map(ShortOrEmpty::into_text)),
        (&mut profile.phone, args.phone.map(ShortOrEmpty::into_text)),
        (&mut profile.about, args.about.map(NoteOrEmpty::into_text)),
    ];
    for (place, text) in texts {
        if let Some(text) = text {
            *place = text;
        }
    }
    let lists = [
        (&mut profile.languages, args.languages),
        (&mut profile.skills, args.skills),
        (&mut profile.styles, args.styles),
    ];
    for (place, words) in lists {
        if let Some(words) = words {
            *place = words.into_iter().map(String::from).collect();
            let mut seen = std::collections::HashSet::new();
            place.retain(|word| seen.insert(crate::text::fold(word)));
        }
    }
    let name = args.name.map_or(before.name, String::from);
    store::put_profile(cx.write(&permit), &before.id, &name, &profile)?;
    cx.note("member", before.id.as_str());
    find(cx, &before.id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AvailabilityArgs {
    pub artist_id: Id,
    /// The whole week; a weekday without a row is a day off.
    pub hours: Vec<Hours>,
}

/// Weekly hours: one's own, or anybody's for owner and admins (S008, D02).
pub(crate) fn availability(cx: &mut Change<'_>, args: AvailabilityArgs) -> Result<Vec<Hours>> {
    Hours::check(&args.hours, "hours")?;
    let owner = if store::artist_exists(cx.db(), &args.artist_id)? {
        Some(store::member_of_artist(cx.db(), &args.artist_id)?.map_or(Owner::Nobody, Owner::Member))
    } else {
        None
    };
    let permit = cx.grant().over(owner, "artist")?;
    store::put_hours(cx.write(&permit), &args.artist_id, &args.hours)?;
    cx.note("artist", &*args.artist_id);
    cx.note("days", args.hours.len());
    store::weekly_hours(cx.db(), &args.artist_id)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TermsArgs {
    pub member_id: Id,
    /// Null: nobody said.
    pub employment: Option<Employment>,
    /// For a guest: the first and the last day.
    pub guest_from: Option<Day>,
    pub guest_until: Option<Day>,
    /// The artist's part of a service in basis points; left out, it stays.
    pub commission_bp: Option<i64>,
}

/// Employment status and share (S011, D31). One's own terms are set by somebody else, the owner's by the owner.
pub(crate) fn set_terms(cx: &mut Change<'_>, args: TermsArgs) -> Result<Member> {
    let guest = args.employment == Some(Employment::Guest);
    if !guest && (args.guest_from.is_some() || args.guest_until.is_some()) {
        return Err(Error::invalid("guest_from", "only for guests"));
    }
    if let (Some(from), Some(until)) = (args.guest_from, args.guest_until)
        && until < from
    {
        return Err(Error::invalid("guest_until", "before the first day"));
    }
    if args.commission_bp.is_some() {
        super::commission(args.commission_bp, "commission_bp")?;
    }
    let found = store::member_by_id(cx.db(), &args.member_id, cx.now())?;
    let permit = cx.grant().over(found.as_ref().map(|member| Owner::Member(member.id.clone())), "member")?;
    let target = found.ok_or(Error::NotFound { what: "member" })?;
    guard_terms(cx, &target.id)?;
    if args.commission_bp.is_some() && target.artist_id.is_none() {
        return Err(Error::Conflict { reason: "no_artist_profile" });
    }
    store::put_terms(
        cx.write(&permit),
        &target.id,
        args.employment,
        (args.guest_from, args.guest_until),
        args.commission_bp,
    )?;
    cx.note("member", target.id.as_str());
    cx.note("employment", args.employment.map(Employment::name));
    if let Some(new) = args.commission_bp.filter(|new| Some(*new) != target.commission_bp) {
        cx.note("old_commission_bp", target.commission_bp);
        cx.note("new_commission_bp", new);
    }
    find(cx, &target.id)
}

/// An artist profile that no account is linked to.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct FreeProfile {
    pub artist_id: String,
    pub name: String,
}

/// What a new account can be linked to (T108).
pub(crate) fn free(look: &Look<'_>, _: Nothing) -> Result<Vec<FreeProfile>> {
    let profiles = store::free_profiles(look.db())?;
    Ok(profiles.into_iter().map(|(artist_id, name)| FreeProfile { artist_id, name }).collect())
}
