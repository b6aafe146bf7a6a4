//! What a visit needs signed, what of it is missing, and whether it may go on.
//!
//! A paper of one visit counts when it was signed for that appointment, or for its client without one on the same day. A
//! paper of so many days counts while those run, whatever version it was. Who was a minor when they signed alone, by the
//! birth date as it is known now, did not sign.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::store::{Rule, Signed};
use super::templates::{Filling, UNKNOWN, day_start, render};
use super::{ConsentKind, Needed, Paper, PaperDone, Paperwork, PaperworkAt, PaperworkGate, Template, store};
use crate::access::{Owner, Permit, Scope};
use crate::agenda::store::{self as agenda, Appointment};
use crate::agenda::{Card, VisitStatus};
use crate::calendar::{Day, Zone};
use crate::clients::commands::{check_stands, counted};
use crate::clients::{Client, store as clients};
use crate::clock::Millis;
use crate::door::Look;
use crate::error::{Error, Result};
use crate::paper::words;
use crate::storage::{Reader, id_list, seal};
use crate::studio::{OF_AGE, Service, Settings, store as studio};
use crate::text::{Id, Name};

const DAY: Millis = 24 * 60 * 60_000;

/// A visit as far as paperwork goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit<'a> {
    pub id: Option<&'a str>,
    pub client: &'a str,
    pub service: Option<&'a str>,
    pub starts_at: Millis,
    pub status: VisitStatus,
}

impl<'a> Visit<'a> {
    fn of_card(card: &'a Card) -> Option<Visit<'a>> {
        let detail = card.detail.as_ref()?;
        Some(Visit {
            id: Some(&card.id),
            client: &detail.client_id,
            service: Some(&detail.service_id),
            starts_at: card.starts_at,
            status: detail.status,
        })
    }

    fn of(visit: &'a Appointment) -> Visit<'a> {
        Visit {
            id: Some(&visit.id),
            client: &visit.client,
            service: Some(&visit.service),
            starts_at: visit.starts_at,
            status: visit.status,
        }
    }
}

/// Everything that was signed and could count for some visits.
#[derive(Debug)]
pub(super) struct Signatures {
    zone: Zone,
    rules: Vec<Rule>,
    /// Below which age a service asks for a guardian.
    ages: HashMap<String, i64>,
    by_client: HashMap<String, Vec<Signed>>,
    waived: HashSet<String>,
}

impl Signatures {
    /// Reads what could count for these visits, however many, in a handful of queries. `longest` is the longest validity
    /// of papers beside the rules', in days.
    pub(super) fn read(
        db: Reader<'_>,
        rules: Vec<Rule>,
        visits: &[Visit<'_>],
        longest: i64,
    ) -> Result<Signatures> {
        let valid = rules.iter().filter_map(|rule| rule.valid_days).fold(longest.max(2), i64::max);
        let first = visits.iter().map(|visit| visit.starts_at).min().unwrap_or(0);
        let here = id_list(visits.iter().filter_map(|visit| visit.id))?;
        let who = id_list(visits.iter().map(|visit| visit.client))?;
        let mut by_client: HashMap<String, Vec<Signed>> = HashMap::new();
        for signed in store::signed(db, &here, &who, first - valid * DAY)? {
            by_client.entry(signed.client.clone()).or_default().push(signed);
        }
        Ok(Signatures {
            zone: studio::zone(db)?,
            rules,
            ages: store::guardian_ages(db)?.into_iter().collect(),
            by_client,
            waived: store::waived(db, &here)?.into_iter().collect(),
        })
    }

    fn of_age(&self, visit: &Visit<'_>, signed: &Signed) -> Result<bool> {
        let below = visit.service.and_then(|service| self.ages.get(service)).copied().unwrap_or(OF_AGE);
        let Some(born) = signed.birth_date.clone().filter(|_| !signed.guardian) else { return Ok(true) };
        let born = Day::try_from(born).map_err(|_| Error::Damaged("a birth date".to_owned()))?;
        Ok(born.age_on(self.zone.day_of(signed.at)?).unwrap_or(0) >= below)
    }

    /// The newest signature under a template that counts for a visit.
    pub(super) fn found(
        &self,
        template: &str,
        valid_days: Option<i64>,
        visit: &Visit<'_>,
    ) -> Result<Option<&Signed>> {
        for signed in self.by_client.get(visit.client).into_iter().flatten() {
            if signed.template != template {
                continue;
            }
            let counts = if signed.appointment.is_some() && signed.appointment.as_deref() == visit.id {
                true
            } else {
                let day = self.zone.day_of(visit.starts_at)?;
                match valid_days {
                    None => signed.appointment.is_none() && self.zone.day_of(signed.at)? == day,
                    Some(days) => {
                        signed.at + days * DAY > visit.starts_at && self.zone.day_of(signed.at)? <= day
                    }
                }
            };
            if counts && self.of_age(visit, signed)? {
                return Ok(Some(signed));
            }
        }
        Ok(None)
    }

    /// Whether a visit needs what a rule asks for. One that does not take place needs nothing, and a rule does not reach
    /// back to days before it was made.
    fn asks(rule: &Rule, visit: &Visit<'_>) -> bool {
        visit.status.holds_time()
            && visit.starts_at >= rule.since
            && (rule.services.is_empty()
                || visit.service.is_some_and(|service| rule.services.iter().any(|one| one == service)))
    }

    pub(super) fn requires(&self, template: &str, visit: &Visit<'_>) -> bool {
        self.rules.iter().any(|rule| rule.template == template && Signatures::asks(rule, visit))
    }

    pub(super) fn paperwork(&self, visit: &Visit<'_>) -> Result<Paperwork> {
        let mut paperwork = Paperwork::default();
        for rule in self.rules.iter().filter(|rule| Signatures::asks(rule, visit)) {
            paperwork.needed += 1;
            if self.found(&rule.template, rule.valid_days, visit)?.is_none() {
                paperwork.missing += 1;
            }
        }
        paperwork.waived = visit.id.is_some_and(|id| self.waived.contains(id));
        Ok(paperwork)
    }
}

/// Says on each card how its paperwork stands: one look for all of them.
pub(crate) fn mark(db: Reader<'_>, cards: &mut [Card]) -> Result<()> {
    if cards.is_empty() {
        return Ok(());
    }
    let rules = store::rules(db)?;
    if rules.is_empty() {
        return Ok(());
    }
    let visits: Vec<Visit<'_>> = cards.iter().filter_map(Visit::of_card).collect();
    let signatures = Signatures::read(db, rules, &visits, 0)?;
    let found = visits.iter().map(|visit| signatures.paperwork(visit)).collect::<Result<Vec<_>>>()?;
    let details = cards.iter_mut().filter_map(|card| card.detail.as_mut());
    for (detail, paperwork) in details.zip(found) {
        detail.paperwork = paperwork;
    }
    Ok(())
}

pub(super) fn paperwork(db: Reader<'_>, visit: &Appointment) -> Result<Paperwork> {
    let visit = Visit::of(visit);
    Signatures::read(db, store::rules(db)?, &[visit], 0)?.paperwork(&visit)
}

/// Below a service's age it is not done: no paper and no waiver lets anybody past that.
fn check_age(look: &Look<'_>, visit: &Appointment) -> Result<()> {
    let minimum = studio::service_by_id(look.db(), &visit.service)?.map_or(0, |service| service.minimum_age);
    if minimum == 0 {
        return Ok(());
    }
    let born = clients::form(look.db(), &visit.client)?.and_then(|form| form.birth_date);
    let today = look.settings()?.zone()?.day_of(look.now())?;
    match born {
        Some(born) if born.age_on(today).unwrap_or(0) < minimum => {
            Err(Error::Conflict { reason: "too_young" })
        }
        _ => Ok(()),
    }
}

/// Holds a visit up where the studio wants that: something required is missing and nobody waived it. Checkout asks even
/// where check-in does too, since what is needed may have changed in between.
pub(crate) fn gate(look: &Look<'_>, visit: &Appointment, step: PaperworkAt) -> Result<()> {
    if step == PaperworkAt::CheckIn {
        check_age(look, visit)?;
    }
    let settings = look.settings()?;
    let holds = step == PaperworkAt::Checkout || settings.paperwork_at == PaperworkAt::CheckIn;
    if settings.paperwork_gate != PaperworkGate::Block || !holds {
        return Ok(());
    }
    let Paperwork { missing, waived, .. } = paperwork(look.db(), visit)?;
    if missing > 0 && !waived { Err(Error::PaperworkMissing { missing }) } else { Ok(()) }
}

// ---- what is read and signed ----------------------------------------------------------------------------------------

/// For whom and for what something is read and signed.
#[derive(Debug)]
pub(super) struct Occasion {
    pub permit: Permit,
    pub settings: Settings,
    pub zone: Zone,
    pub today: Day,
    pub client: Client,
    pub appointment: Option<Appointment>,
    pub service: Option<Service>,
    pub artist_name: Option<String>,
}

impl Occasion {
    /// The right over a visit, or over a client at the desk without one: that is nobody's own (T023).
    pub(super) fn read(
        look: &Look<'_>,
        appointment: Option<&Id>,
        client: Option<&Id>,
        service: Option<&Id>,
    ) -> Result<Occasion> {
        if appointment.is_none() && client.is_none() {
            return Err(Error::invalid("client_id", "missing"));
        }
        let found = match appointment {
            Some(id) => agenda::appointment(look.db(), id)?,
            None => None,
        };
        let owner = match (appointment, &found) {
            (Some(_), found) => found.as_ref().map(|visit| Owner::Artist(visit.artist.clone())),
            (None, _) => Some(Owner::Nobody),
        };
        let permit = look.grant().over(owner, "appointment")?;
        let who = match (&found, client) {
            (Some(visit), Some(client)) if visit.client != **client => {
                return Err(Error::invalid("client_id", "another client's"));
            }
            (Some(visit), _) => visit.client.clone(),
            (None, client) => client.map(|id| id.to_string()).unwrap_or_default(),
        };
        check_stands(look, &who)?;
        let client = clients::client_by_id(look.db(), &who)?.ok_or(Error::NotFound { what: "client" })?;
        let service = match found.as_ref().map(|visit| visit.service.as_str()).or(service.map(|id| &**id)) {
            Some(id) => {
                Some(studio::service_by_id(look.db(), id)?.ok_or(Error::NotFound { what: "service" })?)
            }
            None => None,
        };
        let artist_name = match &found {
            Some(visit) => store::artist_name(look.db(), &visit.artist)?,
            None => None,
        };
        let settings = look.settings()?;
        let zone = settings.zone()?;
        let today = zone.day_of(look.now())?;
        Ok(Occasion { permit, settings, zone, today, client, appointment: found, service, artist_name })
    }

    pub(super) fn visit(&self, now: Millis) -> Visit<'_> {
        match &self.appointment {
            Some(visit) => Visit::of(visit),
            None => Visit {
                id: None,
                client: &self.client.id,
                service: self.service.as_ref().map(|service| service.id.as_str()),
                starts_at: now,
                status: VisitStatus::Arrived,
            },
        }
    }

    /// The birth date as the file has it.
    pub(super) fn born(&self) -> Result<Option<Day>> {
        let born = self.client.birth_date.clone().map(Day::try_from).transpose();
        born.map_err(|_| Error::Damaged("a birth date".to_owned()))
    }

    pub(super) fn needs_guardian(&self, born: Day) -> bool {
        let below = self.service.as_ref().map_or(OF_AGE, |service| service.guardian_below);
        born.age_on(self.today).unwrap_or(0) < below
    }

    /// By the day of the visit: one booked for after the birthday is fine.
    pub(super) fn too_young(&self, born: Day) -> Result<bool> {
        let minimum = self.service.as_ref().map_or(0, |service| service.minimum_age);
        let day = match &self.appointment {
            Some(visit) => self.zone.day_of(visit.starts_at)?.max(self.today),
            None => self.today,
        };
        Ok(born.age_on(day).unwrap_or(0) < minimum)
    }

    pub(super) fn asks_for(&self, template: &Template) -> bool {
        let service = self.service.as_ref().map(|service| &service.id);
        template.service_ids.is_empty()
            || service.is_some_and(|service| template.service_ids.contains(service))
    }

    /// A template's words for this visit, today.
    pub(super) fn text(&self, template: &Template, born: Option<Day>, guardian: Option<&str>) -> String {
        let language = self.settings.language;
        let filling = Filling {
            client: &self.client.name,
            birth_date: &born.map(|day| words::day(language, day)).unwrap_or_default(),
            artist: self.artist_name.as_deref().unwrap_or(UNKNOWN),
            service: self.service.as_ref().map_or(UNKNOWN, |service| &service.name),
            studio: &self.settings.name,
            date: &words::day(language, self.today),
            guardian: guardian.unwrap_or(UNKNOWN),
        };
        render(&template.version.body, &filling)
    }
}

/// SHA-256 of a text, as hexadecimal digits.
pub(super) fn text_hash(text: &str) -> String {
    seal::hex(&seal::sha256(text.as_bytes()))
}

/// An appointment, or a client who came without one and what they came for.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct NeededArgs {
    pub appointment_id: Option<Id>,
    pub client_id: Option<Id>,
    pub service_id: Option<Id>,
    /// Who will sign for a minor: stands in the text.
    pub guardian_name: Option<Name>,
    /// As just told, where the client's file has none yet: stands in the text.
    pub birth_date: Option<Day>,
}

pub(crate) fn needed(look: &Look<'_>, args: NeededArgs) -> Result<Needed> {
    let client = args.client_id.map(|id| counted(look, id)).transpose()?;
    let on = Occasion::read(look, args.appointment_id.as_ref(), client.as_ref(), args.service_id.as_ref())?;
    let db = look.db();
    let born = on.born()?.or(args.birth_date);
    let visit = on.visit(look.now());
    let templates: Vec<Template> = store::templates(db, None)?
        .into_iter()
        .filter(|template| template.active && on.asks_for(template))
        .collect();
    let longest = templates.iter().filter_map(|template| template.valid_days).max().unwrap_or(0);
    let signatures = Signatures::read(db, store::rules(db)?, &[visit], longest)?;
    let image = store::image_use(db, &on.client.id)?;
    let mut papers = Vec::with_capacity(templates.len());
    for template in templates {
        let text = on.text(&template, born, args.guardian_name.as_deref());
        let signed = if template.kind == ConsentKind::Image {
            // The last word counts, unless it was taken back since.
            image.clone().map(|(id, _)| id)
        } else {
            signatures.found(&template.id, template.valid_days, &visit)?.map(|signed| signed.id.clone())
        };
        let done = match signed {
            Some(id) => store::by_id(db, &id)?.filter(|kept| kept.consent.withdrawn_at.is_none()),
            None => None,
        };
        papers.push(Paper {
            required: signatures.requires(&template.id, &visit),
            template_id: template.id,
            version_id: template.version.id,
            kind: template.kind,
            title: template.version.title,
            text_hash: text_hash(&text),
            text,
            questions: template.version.questions,
            done: done.map(|kept| PaperDone {
                consent_id: kept.consent.id,
                at: kept.consent.at,
                signer: kept.consent.signer,
                valid_until: template.valid_days.map(|days| kept.consent.at + days * DAY),
                image_use: kept.consent.image_use,
            }),
        });
    }
    // What others had signed at the desk is not an artist's to list.
    let since = match look.grant().scope() {
        Scope::All => day_start(on.zone, look.now())?,
        Scope::Own { .. } => Millis::MAX,
    };
    let signed = store::of_visit(db, &on.client.id, args.appointment_id.as_deref(), since)?;
    let waived = match &on.appointment {
        Some(visit) => store::waiver(db, &visit.id)?,
        None => None,
    };
    Ok(Needed {
        guardian: born.is_some_and(|born| on.needs_guardian(born)),
        too_young: match born {
            Some(born) => on.too_young(born)?,
            None => false,
        },
        age: born.and_then(|born| born.age_on(on.today)),
        birth_date: on.client.birth_date.clone(),
        client_id: on.client.id,
        client_name: on.client.name,
        appointment_id: on.appointment.map(|visit| visit.id),
        service_name: on.service.map(|service| service.name).unwrap_or_default(),
        artist_name: on.artist_name,
        waived,
        papers,
        signed,
    })
}
