//! Taking a signature: what was read must be what stands now, every question answered, a minor's guardian beside them.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::needed::{Occasion, text_hash};
use super::{
    ConsentKind, GivenAnswer, Guardian, Question, QuestionKind, Signature, SignedConsent, SigningMethod,
    store,
};
use crate::agenda::VisitStatus;
use crate::calendar::Day;
use crate::clients::store as clients;
use crate::door::Change;
use crate::error::{Error, Result};
use crate::text::{Id, Line, Name, Note, Prose, fold};

/// What somebody answers to a question.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Answer {
    pub question_id: Id,
    /// For a yes or no.
    pub yes: Option<bool>,
    /// For any other question; beside a yes or no, what there is to say about it.
    pub text: Option<Prose<2_000>>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SignArgs {
    pub appointment_id: Option<Id>,
    pub client_id: Option<Id>,
    pub service_id: Option<Id>,
    pub version_id: Id,
    /// Of the text that was read.
    pub text_hash: Line<64>,
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// For image use, and only there: whether pictures may be shown.
    pub image_use: Option<bool>,
    pub signer_name: Name,
    /// When the client's file has none: kept there.
    pub birth_date: Option<Day>,
    pub guardian: Option<Guardian>,
    pub method: SigningMethod,
    /// For what was drawn, and only there.
    pub signature: Option<Signature>,
}

const MOST_POINTS: usize = 20_000;
const MOST_STROKES: usize = 2_000;
/// Larger than any screen; also keeps every point a number that can be written down.
const WIDEST: f64 = 20_000.0;

fn check_signature(method: SigningMethod, signature: Option<&Signature>) -> Result<()> {
    let bad = |reason| Err(Error::invalid("signature", reason));
    let signature = match (method, signature) {
        (SigningMethod::Drawn, Some(signature)) => signature,
        (SigningMethod::Drawn, None) => return bad("missing"),
        (_, Some(_)) => return bad("only when it was drawn"),
        (_, None) => return Ok(()),
    };
    let inside = |value: f64, most: f64| value.is_finite() && (0.0..=most).contains(&value);
    if ![signature.width, signature.height].iter().all(|side| *side >= 1.0 && inside(*side, WIDEST)) {
        return bad("out of range");
    }
    let points = signature.strokes.iter().map(Vec::len).sum::<usize>();
    if points == 0 || signature.strokes.iter().any(Vec::is_empty) {
        return bad("empty");
    }
    if points > MOST_POINTS || signature.strokes.len() > MOST_STROKES {
        return bad("too many");
    }
    // A pen may leave the field by a little.
    let near = |value: f64| value.is_finite() && (-WIDEST..=2.0 * WIDEST).contains(&value);
    let whole = signature.strokes.iter().flatten().all(|point| {
        near(point.x)
            && near(point.y)
            && inside(point.t, 1e15)
            && point.p.is_none_or(|pressure| inside(pressure, 1.0))
    });
    if whole { Ok(()) } else { bad("out of range") }
}

/// Each question answered once, and nothing else.
fn given(questions: &[Question], answers: Vec<Answer>) -> Result<Vec<GivenAnswer>> {
    let mut found: Vec<Option<Answer>> = questions.iter().map(|_| None).collect();
    for (at, answer) in answers.into_iter().enumerate() {
        let field = |name: &str| format!("answers[{at}].{name}");
        let Some(place) = questions.iter().position(|question| *question.id == *answer.question_id) else {
            return Err(Error::invalid(field("question_id"), "not a question of this paper"));
        };
        if found[place].is_some() {
            return Err(Error::invalid(field("question_id"), "twice"));
        }
        match questions[place].kind {
            QuestionKind::YesNo if answer.yes.is_none() => {
                return Err(Error::invalid(field("yes"), "missing"));
            }
            QuestionKind::Text if answer.text.is_none() => {
                return Err(Error::invalid(field("text"), "missing"));
            }
            QuestionKind::Text if answer.yes.is_some() => {
                return Err(Error::invalid(field("yes"), "only for a yes or no"));
            }
            _ => found[place] = Some(answer),
        }
    }
    questions
        .iter()
        .zip(found)
        .map(|(question, answer)| {
            let answer = answer.ok_or_else(|| Error::invalid("answers", "missing"))?;
            Ok(GivenAnswer {
                text: question.text.clone(),
                yes: answer.yes,
                answer: answer.text.map(String::from),
                alert: question.alert.clone().filter(|_| answer.yes == Some(true)),
            })
        })
        .collect()
}

/// The client's alerts with those that are not there yet, a line each; none when nothing is new.
fn with_alerts(before: Option<&str>, answers: &[GivenAnswer]) -> Result<Option<Note>> {
    let before = before.unwrap_or_default();
    let mut lines: Vec<&str> = before.lines().collect();
    let known: Vec<String> = lines.iter().map(|line| fold(line.trim())).collect();
    let mut added: Vec<String> = Vec::new();
    for alert in answers.iter().filter_map(|answer| answer.alert.as_deref()) {
        let folded = fold(alert.trim());
        if !known.contains(&folded) && !added.contains(&folded) {
            added.push(folded);
            lines.push(alert);
        }
    }
    if added.is_empty() {
        return Ok(None);
    }
    // Losing an alert is worse than asking somebody to shorten the others.
    Note::try_from(lines.join("\n")).map(Some).map_err(|_| Error::Conflict { reason: "alerts_full" })
}

/// What is known of the signer's age, after a look at what was sent.
fn birth_date(on: &Occasion, sent: Option<Day>) -> Result<Option<Day>> {
    if sent.is_some_and(|day| day > on.today) {
        return Err(Error::invalid("birth_date", "after today"));
    }
    match (on.born()?, sent) {
        (Some(kept), Some(sent)) if kept != sent => {
            Err(Error::invalid("birth_date", "another than the client's"))
        }
        (Some(kept), _) => Ok(Some(kept)),
        (None, sent) => {
            let asked = on
                .service
                .as_ref()
                .is_none_or(|service| service.guardian_below > 0 || service.minimum_age > 0);
            if asked && sent.is_none() {
                return Err(Error::invalid("birth_date", "missing"));
            }
            Ok(sent)
        }
    }
}

pub(crate) fn sign(cx: &mut Change<'_>, args: SignArgs) -> Result<SignedConsent> {
    check_signature(args.method, args.signature.as_ref())?;
    if args.answers.len() > 60 {
        return Err(Error::invalid("answers", "too many"));
    }
    let on =
        Occasion::read(cx, args.appointment_id.as_ref(), args.client_id.as_ref(), args.service_id.as_ref())?;
    if on.client.archived {
        return Err(Error::Conflict { reason: "client_archived" });
    }
    let closed = [VisitStatus::Cancelled, VisitStatus::NoShow];
    if on.appointment.as_ref().is_some_and(|visit| closed.contains(&visit.status)) {
        return Err(Error::Conflict { reason: "closed_appointment" });
    }
    let template =
        store::template_of(cx.db(), &args.version_id)?.ok_or(Error::NotFound { what: "template" })?;
    let template = store::template(cx.db(), &template)?.ok_or(Error::NotFound { what: "template" })?;
    if !template.active {
        return Err(Error::Conflict { reason: "template_inactive" });
    }
    if !on.asks_for(&template) {
        return Err(Error::invalid("version_id", "not for this service"));
    }
    if (template.kind == ConsentKind::Image) != args.image_use.is_some() {
        let reason = if args.image_use.is_some() { "only for image use" } else { "missing" };
        return Err(Error::invalid("image_use", reason));
    }
    let born = birth_date(&on, args.birth_date)?;
    if let Some(born) = born {
        if on.too_young(born)? {
            return Err(Error::Conflict { reason: "too_young" });
        }
        if on.needs_guardian(born) && args.guardian.is_none() {
            return Err(Error::invalid("guardian", "missing"));
        }
    }
    let guardian = args.guardian.as_ref().map(|guardian| &*guardian.name);
    let mut text = on.text(&template, born, guardian);
    if text_hash(&text) != *args.text_hash {
        // Read before the birth date was told.
        text = on.text(&template, on.born()?, guardian);
    }
    if template.version.id != *args.version_id || text_hash(&text) != *args.text_hash {
        return Err(Error::Conflict { reason: "text_changed" });
    }
    let answers = given(&template.version.questions, args.answers)?;
    keep_on_client(cx, &on, born, &answers)?;
    let born = born.map(String::from);
    let (id, salt, by) = (cx.id()?, cx.salt()?, cx.caller()?.id.clone());
    let new = store::NewConsent {
        id: &id,
        client: &on.client.id,
        appointment: on.appointment.as_ref().map(|visit| visit.id.as_str()),
        service: on.service.as_ref().map(|service| service.id.as_str()),
        template: &template.id,
        version: &template.version.id,
        kind: template.kind,
        by: &by,
        method: args.method,
        image_use: args.image_use,
        salt: &salt,
        title: &template.version.title,
        text: &text,
        text_hash: &args.text_hash,
        signer: &args.signer_name,
        birth_date: born.as_deref(),
        guardian: args.guardian.as_ref(),
        answers: &answers,
        signature: args.signature.as_ref(),
    };
    store::add(cx.write(&on.permit), &new, cx.now())?;
    cx.seal("consents", &id);
    cx.note("consent", id.as_str());
    cx.note("client", on.client.id);
    if let Some(visit) = on.appointment {
        cx.note("appointment", visit.id);
    }
    cx.note("template", template.id);
    cx.note("version", template.version.number);
    let kept = store::by_id(cx.db(), &id)?.ok_or_else(|| Error::internal("no consent"))?;
    Ok(kept.consent)
}

/// What the signer told about themselves and the desk must know: when they were born, what to take care of (D23).
fn keep_on_client(cx: &Change<'_>, on: &Occasion, born: Option<Day>, answers: &[GivenAnswer]) -> Result<()> {
    let alerts = with_alerts(on.client.alerts.as_deref(), answers)?;
    let told = born.filter(|_| on.client.birth_date.is_none());
    if alerts.is_some() || told.is_some() {
        clients::add_told(cx.write(&on.permit), &on.client.id, told, alerts.as_deref())?;
    }
    Ok(())
}
