//! On which terms an artist's commission is reckoned: by kind of work, for one visit, with a mentor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::store;
use crate::access::{Owner, Permit};
use crate::agenda::store as agenda;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::staff;
use crate::studio::commands::Nothing;
use crate::text::Id;

/// What a rate is for: a kind of service, or whatever is sold over the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RateKind {
    Tattoo,
    Piercing,
    Consultation,
    Other,
    Item,
}

impl RateKind {
    const NAMES: [(RateKind, &'static str); 5] = [
        (RateKind::Tattoo, "tattoo"),
        (RateKind::Piercing, "piercing"),
        (RateKind::Consultation, "consultation"),
        (RateKind::Other, "other"),
        (RateKind::Item, "item"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    pub(crate) fn parse(name: &str) -> Result<RateKind> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(kind, _)| *kind)
            .ok_or_else(|| Error::Damaged(format!("no such kind of rate: {name}")))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    pub kind: RateKind,
    /// Basis points, 0 to 10000.
    pub bp: i64,
}

/// An artist's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct ArtistRates {
    pub artist_id: String,
    pub name: String,
    pub active: bool,
    pub member_id: Option<String>,
    /// Of a service whose kind has no rate of its own.
    pub base_bp: i64,
    pub rates: Vec<Rate>,
    /// Who teaches them, and which part of their commission goes there.
    pub mentor_id: Option<String>,
    pub mentor_name: Option<String>,
    pub mentor_bp: i64,
}

/// Everybody's terms, for whoever sets them.
pub(crate) fn rates(look: &Look<'_>, _: Nothing) -> Result<Vec<ArtistRates>> {
    look.grant().whole()?;
    store::all_rates(look.db())
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Mentor {
    /// Null: nobody.
    pub artist_id: Option<Id>,
    /// Their part of the commission, in basis points.
    pub bp: i64,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SetRatesArgs {
    pub artist_id: Id,
    /// Left out, it stays, as the two that follow.
    pub base_bp: Option<i64>,
    /// The whole list; a kind that is not in it takes the base.
    pub rates: Option<Vec<Rate>>,
    pub mentor: Option<Mentor>,
}

fn share(bp: i64, field: &'static str) -> Result<i64> {
    if (0..=10_000).contains(&bp) {
        Ok(bp)
    } else {
        Err(Error::invalid(field, "not 0 to 10000 basis points"))
    }
}

/// Sets an artist's terms, for sales from now on. One's own are set by somebody else, the owner's by the owner.
pub(crate) fn set_rates(cx: &mut Change<'_>, args: SetRatesArgs) -> Result<ArtistRates> {
    if let Some(bp) = args.base_bp {
        share(bp, "base_bp")?;
    }
    for (at, rate) in args.rates.iter().flatten().enumerate() {
        share(rate.bp, "rates")?;
        if args.rates.iter().flatten().take(at).any(|earlier| earlier.kind == rate.kind) {
            return Err(Error::invalid("rates", "twice"));
        }
    }
    if let Some(mentor) = &args.mentor {
        share(mentor.bp, "mentor.bp")?;
        if mentor.artist_id.as_ref() == Some(&args.artist_id) {
            return Err(Error::invalid("mentor.artist_id", "the same artist"));
        }
    }
    let (permit, before) = target(cx, &args.artist_id)?;
    let mut after = before.clone();
    after.base_bp = args.base_bp.unwrap_or(after.base_bp);
    after.rates = args.rates.unwrap_or(after.rates);
    if let Some(mentor) = args.mentor {
        if let Some(artist) = &mentor.artist_id
            && agenda::bookable(cx.db(), artist)? != Some(true)
        {
            return Err(Error::NotFound { what: "artist" });
        }
        after.mentor_bp = if mentor.artist_id.is_some() { mentor.bp } else { 0 };
        after.mentor_id = mentor.artist_id.map(String::from);
    }
    store::put_rates(cx.write(&permit), &after)?;
    let after = store::rates_of(cx.db(), &args.artist_id)?.ok_or(Error::NotFound { what: "artist" })?;
    cx.note("artist", &*args.artist_id);
    if before.base_bp != after.base_bp {
        cx.note("old_commission_bp", before.base_bp);
        cx.note("new_commission_bp", after.base_bp);
    }
    if before.rates != after.rates {
        cx.note("rates", serde_json::to_value(&after.rates).map_err(Error::internal)?);
    }
    if (&before.mentor_id, before.mentor_bp) != (&after.mentor_id, after.mentor_bp) {
        cx.note("mentor", after.mentor_id.clone());
        cx.note("mentor_commission_bp", after.mentor_bp);
    }
    Ok(after)
}

/// An artist and the right over their terms, in the order of D18.
fn target(cx: &Change<'_>, artist: &str) -> Result<(Permit, ArtistRates)> {
    let found = store::rates_of(cx.db(), artist)?;
    let permit = cx.grant().over(found.as_ref().map(|_| Owner::Nobody), "artist")?;
    let rates = found.ok_or(Error::NotFound { what: "artist" })?;
    if let Some(member) = &rates.member_id {
        staff::commands::guard_terms(cx, member)?;
    }
    Ok((permit, rates))
}

/// The share agreed for one visit.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct VisitShare {
    pub appointment_id: String,
    /// Null: as usual.
    pub bp: Option<i64>,
    pub usual_bp: i64,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ShareArgs {
    pub appointment_id: Id,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SetShareArgs {
    pub appointment_id: Id,
    /// Basis points; null: as usual.
    pub bp: Option<i64>,
}

fn visit(look: &Look<'_>, id: &str) -> Result<(Permit, agenda::Appointment)> {
    let found = agenda::appointment(look.db(), id)?;
    let permit = look.grant().over(found.as_ref().map(|_| Owner::Nobody), "appointment")?;
    Ok((permit, found.ok_or(Error::NotFound { what: "appointment" })?))
}

fn visit_share(look: &Look<'_>, visit: &agenda::Appointment) -> Result<VisitShare> {
    Ok(VisitShare {
        appointment_id: visit.id.clone(),
        bp: store::share_of(look.db(), &visit.id)?,
        usual_bp: store::terms(look.db(), &visit.artist, Some(&visit.service), None)?.bp,
    })
}

/// What was agreed for a visit, and what is usual.
pub(crate) fn share_of(look: &Look<'_>, args: ShareArgs) -> Result<VisitShare> {
    let (_permit, visit) = visit(look, &args.appointment_id)?;
    visit_share(look, &visit)
}

/// Another share for this visit alone, as long as nobody has paid for it.
pub(crate) fn set_share(cx: &mut Change<'_>, args: SetShareArgs) -> Result<VisitShare> {
    if let Some(bp) = args.bp {
        share(bp, "bp")?;
    }
    let (permit, visit) = visit(cx, &args.appointment_id)?;
    if let Some(member) = staff::store::member_of_artist(cx.db(), &visit.artist)? {
        staff::commands::guard_terms(cx, &member)?;
    }
    if crate::till::store::paying_sale(cx.db(), &visit.id)?.is_some() {
        return Err(Error::Conflict { reason: "already_paid" });
    }
    store::put_share(cx.write(&permit), &visit.id, args.bp)?;
    cx.note("appointment", visit.id.as_str());
    cx.note("artist", visit.artist.as_str());
    cx.note("commission_bp", args.bp);
    visit_share(cx, &visit)
}
