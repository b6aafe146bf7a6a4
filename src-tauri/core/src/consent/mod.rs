//! The paperwork: what a visit must have signed before it begins, what was signed, and by whom (T023, T121).
//!
//! Stored is the text as it was read, never a template's id alone. `templates` keeps what the studio asks for, `needed`
//! says what a visit lacks and holds it up where the studio wants that, `sign` takes a signature, `print` makes a
//! document of it, `expire` lets go of what outlived an erasure for long enough (D29), `starters` are the papers a new studio begins with.

pub(crate) mod commands;
pub(crate) mod expire;
pub(crate) mod needed;
pub(crate) mod print;
pub(crate) mod sign;
pub(crate) mod starters;
pub(crate) mod store;
pub(crate) mod templates;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::text::{Name, Short};

/// What happens where required paperwork is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperworkGate {
    Off,
    /// The card says it, and the visit goes on.
    Warn,
    /// The visit waits, until it is signed or waived.
    Block,
}

/// From which step on the gate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperworkAt {
    CheckIn,
    Checkout,
}

/// What a paper is about. Image use stands apart: no visit needs it, and it can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentKind {
    Procedure,
    Health,
    Image,
    Other,
}

impl ConsentKind {
    const ALL: [ConsentKind; 4] =
        [ConsentKind::Procedure, ConsentKind::Health, ConsentKind::Image, ConsentKind::Other];

    pub(crate) fn name(self) -> &'static str {
        match self {
            ConsentKind::Procedure => "procedure",
            ConsentKind::Health => "health",
            ConsentKind::Image => "image",
            ConsentKind::Other => "other",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<ConsentKind> {
        ConsentKind::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| Error::Damaged(format!("no such kind of consent: {name}")))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    YesNo,
    Text,
}

/// Something a paper asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Question {
    pub id: String,
    pub text: String,
    pub kind: QuestionKind,
    /// What a yes puts on the client for everybody to see (D23): "Nickel allergy".
    pub alert: Option<String>,
}

/// What a template says, or once said.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct TemplateVersion {
    pub id: String,
    /// Counted from one.
    pub number: i64,
    pub title: String,
    /// Paragraphs with blank lines between them; lines that begin with "- " are a list's; names in braces are filled in.
    pub body: String,
    pub questions: Vec<Question>,
    pub made_at: Millis,
    pub by: Option<String>,
}

/// A paper that the studio has people sign.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Template {
    pub id: String,
    pub name: String,
    pub kind: ConsentKind,
    /// Whether a visit is incomplete without it.
    pub required: bool,
    /// For how many days one signature is good; none: each visit anew.
    pub valid_days: Option<i64>,
    /// None listed: every service.
    pub service_ids: Vec<String>,
    pub active: bool,
    /// What it says now.
    pub version: TemplateVersion,
    /// How many versions there were, this one counted.
    pub versions: i64,
}

/// How a visit stands with its required papers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Paperwork {
    pub needed: i64,
    pub missing: i64,
    /// Somebody said that it goes on without.
    pub waived: bool,
}

/// That a visit goes on although paperwork is missing.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Waiver {
    pub at: Millis,
    pub by: String,
    pub reason: Option<String>,
}

/// That a paper is signed.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct PaperDone {
    pub consent_id: String,
    pub at: Millis,
    pub signer: String,
    /// Good for visits that begin before then; none for a paper of one visit.
    pub valid_until: Option<Millis>,
    pub image_use: Option<bool>,
}

/// A paper as it is read and signed for one visit.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Paper {
    pub template_id: String,
    pub version_id: String,
    pub kind: ConsentKind,
    pub title: String,
    /// Exactly what is read.
    pub text: String,
    /// SHA-256 of `text`, as hexadecimal digits.
    pub text_hash: String,
    pub questions: Vec<Question>,
    pub required: bool,
    pub done: Option<PaperDone>,
}

/// Everything that is to be signed for a visit, and how far it is.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Needed {
    pub client_id: String,
    pub client_name: String,
    pub appointment_id: Option<String>,
    /// Empty when no service was named.
    pub service_name: String,
    pub artist_name: Option<String>,
    pub birth_date: Option<String>,
    /// In whole years, today.
    pub age: Option<i64>,
    /// A guardian must sign too.
    pub guardian: bool,
    /// The service is not done at that age.
    pub too_young: bool,
    pub waived: Option<Waiver>,
    pub papers: Vec<Paper>,
    /// What was signed for this visit, or today without one, newest first.
    pub signed: Vec<SignedConsent>,
}

/// Who signs for a minor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guardian {
    pub name: Name,
    /// Mother, father, legal guardian.
    pub relation: Short,
    /// Whether somebody at the desk looked at their identity card.
    pub id_seen: bool,
}

/// How somebody signed. What is not drawn has the member at the desk as its witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SigningMethod {
    Drawn,
    Typed,
    OnPaper,
}

impl SigningMethod {
    pub(crate) fn name(self) -> &'static str {
        match self {
            SigningMethod::Drawn => "drawn",
            SigningMethod::Typed => "typed",
            SigningMethod::OnPaper => "on_paper",
        }
    }

    pub(crate) fn parse(name: &str) -> Result<SigningMethod> {
        [SigningMethod::Drawn, SigningMethod::Typed, SigningMethod::OnPaper]
            .into_iter()
            .find(|method| method.name() == name)
            .ok_or_else(|| Error::Damaged(format!("no such way to sign: {name}")))
    }
}

/// A point of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct SignaturePoint {
    pub x: f64,
    pub y: f64,
    /// Milliseconds, from wherever the pen's clock counts.
    pub t: f64,
    /// How hard the pen pressed, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
}

/// A signature as it was drawn: points with their time, never a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Of the field it was drawn in.
    pub width: f64,
    pub height: f64,
    pub strokes: Vec<Vec<SignaturePoint>>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct GuardianName {
    pub name: String,
    pub relation: String,
}

/// A paper that somebody signed.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SignedConsent {
    pub id: String,
    /// The client that counts now, after a merge.
    pub client_id: String,
    pub client_name: String,
    pub appointment_id: Option<String>,
    pub template_name: String,
    pub kind: ConsentKind,
    pub title: String,
    pub version_number: i64,
    pub at: Millis,
    pub signer: String,
    pub guardian: Option<GuardianName>,
    pub method: SigningMethod,
    pub image_use: Option<bool>,
    pub text_hash: String,
    /// Who handed it over, and is the witness where nothing was drawn.
    pub by: String,
    /// Whether it is still exactly what was signed.
    pub intact: bool,
    pub withdrawn_at: Option<Millis>,
}

/// What somebody answered, with the question as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct GivenAnswer {
    pub text: String,
    pub yes: Option<bool>,
    pub answer: Option<String>,
    /// What the answer put on the client.
    pub alert: Option<String>,
}

/// A signed paper, whole.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct ConsentPaper {
    pub consent: SignedConsent,
    pub text: String,
    pub answers: Vec<GivenAnswer>,
    pub signature: Option<Signature>,
}
