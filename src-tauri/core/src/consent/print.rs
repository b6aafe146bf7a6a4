//! A signed paper as a document to hand out or to file.

use super::commands::{ConsentArgs, own};
use super::store::Kept;
use super::{ConsentKind, SigningMethod};
use crate::calendar::Day;
use crate::door::{Facts, Look};
use crate::error::Result;
use crate::paper::words::{self, Label};
use crate::paper::{Align, Paper, PaperFile};
use crate::studio::Settings;

/// The blocks of a body: paragraphs, and lists of lines that begin with "- ".
fn blocks(text: &str) -> Vec<(bool, Vec<&str>)> {
    let mut found: Vec<(bool, Vec<&str>)> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            open = false;
            continue;
        }
        let (list, line) = line.strip_prefix("- ").map_or((false, line), |item| (true, item));
        match found.last_mut() {
            Some((known, lines)) if open && *known == list => lines.push(line),
            _ => found.push((list, vec![line])),
        }
        open = true;
    }
    found
}

pub(crate) fn paper(look: &Look<'_>, args: ConsentArgs, facts: &mut Facts) -> Result<PaperFile> {
    let (_, kept) = own(look, &args.consent_id)?;
    let settings = look.settings()?;
    let zone = settings.zone()?;
    let at = zone.written(kept.consent.at)?;
    let day = String::from(zone.day_of(kept.consent.at)?);
    facts.insert("consent".to_owned(), kept.consent.id.as_str().into());
    facts.insert("client".to_owned(), kept.consent.client_id.as_str().into());
    let taken_back = kept.consent.withdrawn_at.map(|at| zone.written(at)).transpose()?;
    // The name would be in a file name for everybody to see who looks over a shoulder.
    written(&settings, &kept, &at, taken_back.as_deref())?
        .file(format!("{}-{day}.pdf", kept.consent.kind.name()))
}

/// A signed paper as the bytes of its document, for whoever takes all of them along.
pub(crate) fn document(settings: &Settings, kept: &Kept) -> Result<Vec<u8>> {
    let zone = settings.zone()?;
    let taken_back = kept.consent.withdrawn_at.map(|at| zone.written(at)).transpose()?;
    written(settings, kept, &zone.written(kept.consent.at)?, taken_back.as_deref())?.bytes()
}

fn written(settings: &Settings, kept: &Kept, at: &str, taken_back: Option<&str>) -> Result<Paper> {
    let language = settings.language;
    let label = |one| words::label(language, one);
    let consent = &kept.consent;
    let mut paper = Paper::new(settings, &consent.title)?;
    paper.foot(&format!("SHA-256 {}", consent.text_hash));
    if !consent.intact {
        paper.heading(label(Label::NotIntact));
    }
    for (list, lines) in blocks(&kept.text) {
        if list { paper.list(&lines) } else { paper.text(&lines.join("\n")) }
    }
    if !kept.answers.is_empty() {
        paper.heading(label(Label::Answers));
        for answer in &kept.answers {
            let yes = answer.yes.map(|yes| label(if yes { Label::Yes } else { Label::No }).to_owned());
            let said: Vec<String> = yes.into_iter().chain(answer.answer.clone()).collect();
            paper.row(&[&answer.text, &said.join(": ")], &[3.0, 2.0], &[Align::Left, Align::Left]);
        }
    }
    paper.heading(label(Label::Signature));
    if let Some(drawn) = &kept.signature {
        let strokes: Vec<Vec<(f64, f64)>> = drawn
            .strokes
            .iter()
            .map(|stroke| stroke.iter().map(|point| (point.x, point.y)).collect())
            .collect();
        paper.strokes((drawn.width, drawn.height), &strokes, (260.0, 90.0));
        paper.rule();
    }
    let mut row = |name: Label, value: &str| {
        paper.row(&[label(name), value], &[1.0, 3.0], &[Align::Left, Align::Left]);
    };
    row(Label::Signer, &consent.signer);
    row(Label::Client, &consent.client_name);
    if let Some(born) = kept.birth_date.clone().and_then(|born| Day::try_from(born).ok()) {
        row(Label::Born, &words::day(language, born));
    }
    if let Some(guardian) = &consent.guardian {
        row(Label::Guardian, &format!("{} ({})", guardian.name, guardian.relation));
    }
    if consent.kind == ConsentKind::Image {
        let allowed = consent.image_use == Some(true);
        row(Label::ImageUse, label(if allowed { Label::Allowed } else { Label::NotAllowed }));
    }
    row(Label::Signed, at);
    let (how, by) = match consent.method {
        SigningMethod::Drawn => (Label::Drawn, Label::HandedOver),
        SigningMethod::Typed => (Label::Typed, Label::Witness),
        SigningMethod::OnPaper => (Label::OnPaper, Label::Witness),
    };
    row(Label::Method, label(how));
    row(by, &consent.by);
    row(Label::Version, &format!("{}, {}", consent.template_name, consent.version_number));
    if let Some(at) = taken_back {
        row(Label::TakenBack, at);
    }
    paper.space(6.0);
    paper.small(&format!("{}: {}", label(Label::TextHash), consent.text_hash));
    Ok(paper)
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn a_body_is_paragraphs_and_lists() {
        let found = blocks("One\ntwo\n\n- a\n- b\nthree\n\n\n- c");
        let lists: Vec<(bool, usize)> = found.iter().map(|(list, lines)| (*list, lines.len())).collect();
        assert_eq!(lists, [(false, 2), (true, 2), (false, 1), (true, 1)]);
    }
}
