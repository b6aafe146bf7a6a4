//! What the studio has people sign: templates, their versions, and the names in braces that are filled in.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::{ConsentKind, Question, QuestionKind, Template, TemplateVersion, store};
use crate::calendar::Zone;
use crate::clock::Millis;
use crate::door::{Change, Look};
use crate::error::{Error, Result};
use crate::studio::{commands::Nothing, store as studio};
use crate::text::{Id, Name, Prose, Short};

/// What a paper says, in paragraphs.
pub type Body = Prose<20_000>;

/// What is filled into a paper.
#[derive(Debug)]
pub(super) struct Filling<'a> {
    pub client: &'a str,
    pub birth_date: &'a str,
    pub artist: &'a str,
    pub service: &'a str,
    pub studio: &'a str,
    pub date: &'a str,
    pub guardian: &'a str,
}

/// Stands where nothing is known, so that nobody reads a sentence with a hole.
pub(super) const UNKNOWN: &str = "—";

impl<'a> Filling<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        Some(match name {
            "client" => self.client,
            "birth_date" => self.birth_date,
            "artist" => self.artist,
            "service" => self.service,
            "studio" => self.studio,
            "date" => self.date,
            "guardian" => self.guardian,
            _ => return None,
        })
    }
}

/// The pieces of a body: plain text, and names in braces. A brace that holds no plain word is text.
fn pieces(body: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = body;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(open) = rest[from..].find('{').map(|at| from + at) {
            let inside = &rest[open + 1..];
            let name = inside.find('}').map(|close| &inside[..close]).filter(|name| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            });
            if let Some(name) = name {
                let plain = &rest[..open];
                rest = &inside[name.len() + 1..];
                return Some((plain, Some(name)));
            }
            from = open + 1;
        }
        let plain = rest;
        rest = "";
        Some((plain, None))
    })
}

/// Fills the names in. One pass: a client whose name is "{artist}" stays called that.
pub(super) fn render(body: &str, filling: &Filling<'_>) -> String {
    let mut text = String::with_capacity(body.len() + 128);
    for (plain, name) in pieces(body) {
        text.push_str(plain);
        if let Some(name) = name {
            match filling.get(name) {
                Some("") => text.push_str(UNKNOWN),
                Some(value) => text.push_str(value),
                None => {
                    text.push('{');
                    text.push_str(name);
                    text.push('}');
                }
            }
        }
    }
    text
}

fn check_names(field: &str, body: &str) -> Result<()> {
    let nothing =
        Filling { client: "", birth_date: "", artist: "", service: "", studio: "", date: "", guardian: "" };
    if pieces(body).filter_map(|(_, name)| name).any(|name| nothing.get(name).is_none()) {
        return Err(Error::invalid(field, "a name in braces that nothing fills"));
    }
    Ok(())
}

/// Every template, those no longer used too: artists hand papers over as well.
pub(crate) fn templates(look: &Look<'_>, _: Nothing) -> Result<Vec<Template>> {
    store::templates(look.db(), None)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TemplateArgs {
    pub template_id: Id,
}

pub(crate) fn versions(look: &Look<'_>, args: TemplateArgs) -> Result<Vec<TemplateVersion>> {
    look.grant().whole()?;
    let versions = store::versions(look.db(), &args.template_id)?;
    if versions.is_empty() { Err(Error::NotFound { what: "template" }) } else { Ok(versions) }
}

/// A question as the desk enters it.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct QuestionForm {
    /// Of a question that was there before; a new one gets its own.
    pub id: Option<Id>,
    pub text: Prose<500>,
    pub kind: QuestionKind,
    /// What a yes puts on the client.
    pub alert: Option<Short>,
}

/// A new template, or with an id a changed one.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SetTemplateArgs {
    pub template_id: Option<Id>,
    pub name: Name,
    pub kind: ConsentKind,
    pub required: bool,
    /// For how many days one signature is good, 1 to 3660; left out: each visit anew.
    pub valid_days: Option<i64>,
    /// None listed: every service.
    pub service_ids: Vec<Id>,
    pub active: bool,
    pub title: Short,
    pub body: Body,
    pub questions: Vec<QuestionForm>,
}

fn check(args: &SetTemplateArgs) -> Result<()> {
    if args.kind == ConsentKind::Image && args.required {
        return Err(Error::invalid("required", "image use is never required"));
    }
    if args.valid_days.is_some_and(|days| !(1..=3660).contains(&days)) {
        return Err(Error::invalid("valid_days", "1 to 3660"));
    }
    if args.service_ids.len() > 500 {
        return Err(Error::invalid("service_ids", "too many"));
    }
    if args.questions.len() > 60 {
        return Err(Error::invalid("questions", "too many"));
    }
    for (at, question) in args.questions.iter().enumerate() {
        if question.alert.is_some() && question.kind != QuestionKind::YesNo {
            return Err(Error::invalid(format!("questions[{at}].alert"), "only for a yes or no"));
        }
        let again = args.questions[..at].iter().any(|other| other.id.is_some() && other.id == question.id);
        if again {
            return Err(Error::invalid(format!("questions[{at}].id"), "twice"));
        }
    }
    check_names("title", &args.title)?;
    check_names("body", &args.body)
}

/// The first moment of the day that `now` is in.
pub(super) fn day_start(zone: Zone, now: Millis) -> Result<Millis> {
    zone.instant(zone.day_of(now)?, 0)
}

/// Other words make a new version; what was signed keeps its own.
pub(crate) fn set_template(cx: &mut Change<'_>, args: SetTemplateArgs) -> Result<Template> {
    check(&args)?;
    let permit = cx.grant().whole()?;
    let before = match &args.template_id {
        Some(id) => Some(store::template(cx.db(), id)?.ok_or(Error::NotFound { what: "template" })?),
        None => None,
    };
    let mut services: Vec<String> = Vec::new();
    for service in &args.service_ids {
        studio::service_by_id(cx.db(), service)?.ok_or(Error::NotFound { what: "service" })?;
        if !services.iter().any(|known| **known == **service) {
            services.push(service.to_string());
        }
    }
    let old = before.as_ref().map_or(&[][..], |before| &before.version.questions);
    let mut questions = Vec::with_capacity(args.questions.len());
    for (at, form) in args.questions.into_iter().enumerate() {
        let id = match form.id {
            Some(id) if old.iter().any(|known| *known.id == *id) => id.into(),
            Some(_) => {
                return Err(Error::invalid(format!("questions[{at}].id"), "not a question of this paper"));
            }
            None => cx.id()?,
        };
        questions.push(Question {
            id,
            text: form.text.into(),
            kind: form.kind,
            alert: form.alert.map(String::from),
        });
    }
    let id = before.as_ref().map_or_else(|| cx.id(), |before| Ok(before.id.clone()))?;
    let put = store::NewTemplate {
        id: &id,
        name: &args.name,
        kind: args.kind,
        required: args.required,
        valid_days: args.valid_days,
        services: &services,
        active: args.active,
    };
    let since = day_start(studio::zone(cx.db())?, cx.now())?;
    let db = cx.write(&permit);
    store::put_template(db, &put, since, cx.now())?;
    let same = before.as_ref().is_some_and(|before| {
        let version = &before.version;
        *version.title == *args.title && *version.body == *args.body && version.questions == questions
    });
    if !same {
        let by = cx.caller()?.id.clone();
        let new = store::NewVersion {
            id: &cx.id()?,
            template: &id,
            number: before.as_ref().map_or(1, |before| before.versions + 1),
            title: &args.title,
            body: &args.body,
            questions: &questions,
            by: &by,
        };
        store::add_version(db, &new, cx.now())?;
    }
    let template = store::template(cx.db(), &id)?.ok_or_else(|| Error::internal("no template"))?;
    cx.note("template", id);
    cx.note("version", template.versions);
    cx.note("in_use", template.active);
    cx.note("required", template.required);
    Ok(template)
}

#[cfg(test)]
mod tests {
    use super::{Filling, check_names, render};

    const FILLING: Filling<'_> = Filling {
        client: "{artist}",
        birth_date: "",
        artist: "Mara",
        service: "Flash {piece}",
        studio: "Casa {studio}",
        date: "today",
        guardian: "",
    };

    #[test]
    fn names_are_filled_in_once() {
        let text =
            render("{client}, {artist}: {service} at {studio}, {date}. {birth_date}{guardian}", &FILLING);
        assert_eq!(text, "{artist}, Mara: Flash {piece} at Casa {studio}, today. ——");
    }

    #[test]
    fn braces_that_name_nothing_are_text() {
        for body in ["{", "}", "{}", "{ client }", "a {b", "{{client}", "{Client}", "{1}", "é{client"] {
            assert!(check_names("body", body).is_ok(), "{body}");
        }
        assert_eq!(render("{{client}}", &FILLING), "{{artist}}");
        assert!(check_names("body", "{clients}").is_err());
        assert!(check_names("body", "x {{price} y").is_err());
    }
}
