//! The rows of templates, signed papers and waivers.

use super::{
    ConsentKind, GivenAnswer, Guardian, GuardianName, Question, Signature, SignedConsent, SigningMethod,
    Template, TemplateVersion, Waiver,
};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::storage::{Reader, Row, Writer, seal};

fn read<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Error::Damaged(what.to_owned()))
}

fn write<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

// ---- templates ------------------------------------------------------------------------------------------------------

const VERSION: &str = "SELECT v.id, v.number, v.title, v.body, v.questions, v.made_at, m.name";

type RawVersion = (TemplateVersion, String);

fn version(row: &Row<'_>) -> rusqlite::Result<RawVersion> {
    let version = TemplateVersion {
        id: row.get(0)?,
        number: row.get(1)?,
        title: row.get(2)?,
        body: row.get(3)?,
        questions: Vec::new(),
        made_at: row.get(5)?,
        by: row.get(6)?,
    };
    Ok((version, row.get(4)?))
}

fn with_questions((version, questions): RawVersion) -> Result<TemplateVersion> {
    Ok(TemplateVersion { questions: read(&questions, "a paper's questions")?, ..version })
}

/// Templates in their order, or the one with this id.
pub(crate) fn templates(db: Reader<'_>, only: Option<&str>) -> Result<Vec<Template>> {
    type Raw = (RawVersion, String, String, String, bool, Option<i64>, bool, String);
    let rows: Vec<Raw> = db.all(
        &format!(
            "{VERSION}, t.id, t.name, t.kind, t.required, t.valid_days, t.active,
                 (SELECT json_group_array(s.service_id) FROM consent_template_services s WHERE s.template_id = t.id)
             FROM consent_templates t
                 JOIN consent_versions v ON v.template_id = t.id
                     AND v.number = (SELECT max(number) FROM consent_versions WHERE template_id = t.id)
                 LEFT JOIN members m ON m.id = v.made_by
             WHERE ?1 IS NULL OR t.id = ?1
             ORDER BY t.position, t.id"
        ),
        [only],
        |row| {
            let version = version(row)?;
            let services = row.get(13)?;
            Ok((
                version,
                row.get(7)?,
                row.get(8)?,
                row.get(9)?,
                row.get(10)?,
                row.get(11)?,
                row.get(12)?,
                services,
            ))
        },
    )?;
    rows.into_iter()
        .map(|(version, id, name, kind, required, valid_days, active, services)| {
            let version = with_questions(version)?;
            Ok(Template {
                id,
                name,
                kind: ConsentKind::parse(&kind)?,
                required,
                valid_days,
                service_ids: read(&services, "a paper's services")?,
                active,
                versions: version.number,
                version,
            })
        })
        .collect()
}

pub(crate) fn template(db: Reader<'_>, id: &str) -> Result<Option<Template>> {
    Ok(templates(db, Some(id))?.pop())
}

/// What a template said over time, the newest first.
pub(crate) fn versions(db: Reader<'_>, template: &str) -> Result<Vec<TemplateVersion>> {
    let rows = db.all(
        &format!(
            "{VERSION} FROM consent_versions v LEFT JOIN members m ON m.id = v.made_by
             WHERE v.template_id = ?1 ORDER BY v.number DESC"
        ),
        [template],
        version,
    )?;
    rows.into_iter().map(with_questions).collect()
}

/// Which template a version belongs to.
pub(crate) fn template_of(db: Reader<'_>, version: &str) -> Result<Option<String>> {
    db.maybe("SELECT template_id FROM consent_versions WHERE id = ?1", [version], |row| row.get(0))
}

/// A template without its words.
#[derive(Debug)]
pub(crate) struct NewTemplate<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub kind: ConsentKind,
    pub required: bool,
    pub valid_days: Option<i64>,
    pub services: &'a [String],
    pub active: bool,
}

/// Adds or changes a template. What becomes required is required from `since` on.
pub(crate) fn put_template(db: Writer<'_>, put: &NewTemplate<'_>, since: Millis, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO consent_templates (id, name, kind, required, required_since, valid_days, active, position, created_at)
         VALUES (?1, ?2, ?3, ?4, CASE WHEN ?4 THEN ?7 END, ?5, ?6,
             (SELECT coalesce(max(position), 0) + 1 FROM consent_templates), ?8)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
             required_since = CASE WHEN required AND active AND excluded.required THEN required_since
                 ELSE excluded.required_since END,
             required = excluded.required, valid_days = excluded.valid_days, active = excluded.active",
        (put.id, put.name, put.kind.name(), put.required, put.valid_days, put.active, since, at),
    )?;
    db.run("DELETE FROM consent_template_services WHERE template_id = ?1", [put.id])?;
    for service in put.services {
        db.run(
            "INSERT INTO consent_template_services (template_id, service_id) VALUES (?1, ?2)",
            [put.id, service],
        )?;
    }
    Ok(())
}

#[derive(Debug)]
pub(crate) struct NewVersion<'a> {
    pub id: &'a str,
    pub template: &'a str,
    pub number: i64,
    pub title: &'a str,
    pub body: &'a str,
    pub questions: &'a [Question],
    pub by: &'a str,
}

pub(crate) fn add_version(db: Writer<'_>, new: &NewVersion<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO consent_versions (id, template_id, number, title, body, questions, made_at, made_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (new.id, new.template, new.number, new.title, new.body, write(&new.questions)?, at, new.by),
    )?;
    Ok(())
}

/// What a required paper asks of visits, without its words.
#[derive(Debug)]
pub(crate) struct Rule {
    pub template: String,
    pub valid_days: Option<i64>,
    /// None listed: every service.
    pub services: Vec<String>,
    pub since: Millis,
}

/// The papers that visits need now.
pub(crate) fn rules(db: Reader<'_>) -> Result<Vec<Rule>> {
    let rows: Vec<(String, Option<i64>, Millis, String)> = db.all(
        "SELECT t.id, t.valid_days, t.required_since,
             (SELECT json_group_array(s.service_id) FROM consent_template_services s WHERE s.template_id = t.id)
         FROM consent_templates t WHERE t.active = 1 AND t.required = 1 ORDER BY t.position, t.id",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    rows.into_iter()
        .map(|(template, valid_days, since, services)| {
            Ok(Rule { template, valid_days, since, services: read(&services, "a paper's services")? })
        })
        .collect()
}

/// The age below which each service asks for a guardian.
pub(crate) fn guardian_ages(db: Reader<'_>) -> Result<Vec<(String, i64)>> {
    db.all("SELECT id, guardian_below FROM services", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

// ---- what was signed --------------------------------------------------------------------------------------------------

/// A signature as the rules need it, with the client that counts now.
#[derive(Debug)]
pub(crate) struct Signed {
    pub id: String,
    pub template: String,
    pub client: String,
    pub birth_date: Option<String>,
    pub appointment: Option<String>,
    pub at: Millis,
    pub guardian: bool,
}

/// What was signed for these visits at any time, or by these clients since a moment; newest first. Visits and clients are
/// lists of ids as JSON, so that a week of cards costs one look.
pub(crate) fn signed(db: Reader<'_>, visits: &str, clients: &str, since: Millis) -> Result<Vec<Signed>> {
    const TOLD: &str = "s.id, s.template_id, k.id, k.birth_date, s.appointment_id, s.at, s.guardian";
    const WHO: &str = "CROSS JOIN clients c ON c.id = s.client_id CROSS JOIN clients k ON k.id = coalesce(c.merged_into, c.id)";
    // Each list is walked once and leads to its few papers, and only those to their clients: in any other order, which
    // plain joins leave to SQLite, finding everybody's row costs more than the papers do.
    let mut found: Vec<Signed> = db.all(
        &format!(
            "SELECT {TOLD} FROM json_each(?1) v CROSS JOIN consents s ON s.appointment_id = v.value {WHO}
             UNION ALL
             SELECT {TOLD} FROM json_each(?2) v CROSS JOIN consents s ON s.client_id = v.value AND s.at >= ?3 {WHO}
             UNION ALL
             SELECT {TOLD} FROM json_each(?2) v CROSS JOIN clients m ON m.merged_into = v.value
                 CROSS JOIN consents s ON s.client_id = m.id AND s.at >= ?3 {WHO}"
        ),
        (visits, clients, since),
        |row| {
            Ok(Signed {
                id: row.get(0)?,
                template: row.get(1)?,
                client: row.get(2)?,
                birth_date: row.get(3)?,
                appointment: row.get(4)?,
                at: row.get(5)?,
                guardian: row.get(6)?,
            })
        },
    )?;
    found.sort_unstable_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
    found.dedup_by(|one, other| one.id == other.id);
    Ok(found)
}

/// The client's last word about pictures: the paper, when, and what they said; the last withdrawal if one came later.
pub(crate) fn image_use(db: Reader<'_>, client: &str) -> Result<Option<(String, bool)>> {
    db.maybe(
        "SELECT id, image_use FROM (
             SELECT s.id, s.at, s.image_use, 0 AS step FROM consents s WHERE s.kind = 'image' AND s.client_id IN
                 (SELECT id FROM clients WHERE id = ?1 OR merged_into = ?1)
             UNION ALL
             SELECT s.id, w.at, 0, 1 FROM consent_withdrawals w JOIN consents s ON s.id = w.consent_id
             WHERE s.client_id IN (SELECT id FROM clients WHERE id = ?1 OR merged_into = ?1))
         ORDER BY at DESC, step DESC, id DESC LIMIT 1",
        [client],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// A signed paper about to be written.
#[derive(Debug)]
pub(crate) struct NewConsent<'a> {
    pub id: &'a str,
    pub client: &'a str,
    pub appointment: Option<&'a str>,
    pub service: Option<&'a str>,
    pub template: &'a str,
    pub version: &'a str,
    pub kind: ConsentKind,
    pub by: &'a str,
    pub method: SigningMethod,
    pub image_use: Option<bool>,
    pub salt: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    pub text_hash: &'a str,
    pub signer: &'a str,
    pub birth_date: Option<&'a str>,
    pub guardian: Option<&'a Guardian>,
    pub answers: &'a [GivenAnswer],
    pub signature: Option<&'a Signature>,
}

/// The columns that a paper's hash covers, in order.
pub(crate) const PAPER: &str = "p.consent_id, p.salt, p.title, p.text, p.text_hash, p.signer, p.birth_date, p.guardian, p.answers, p.signature";

pub(crate) fn add(db: Writer<'_>, new: &NewConsent<'_>, at: Millis) -> Result<()> {
    let guardian = new.guardian.map(write).transpose()?;
    let answers = write(&new.answers)?;
    let signature = new.signature.map(write).transpose()?;
    let texts = [
        Some(new.id),
        Some(new.salt),
        Some(new.title),
        Some(new.text),
        Some(new.text_hash),
        Some(new.signer),
        new.birth_date,
        guardian.as_deref(),
        Some(answers.as_str()),
        signature.as_deref(),
    ];
    db.run(
        "INSERT INTO consents (id, client_id, appointment_id, service_id, template_id, version_id, kind, at, member_id,
             method, guardian, image_use, paper_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        rusqlite::params![
            new.id,
            new.client,
            new.appointment,
            new.service,
            new.template,
            new.version,
            new.kind.name(),
            at,
            new.by,
            new.method.name(),
            new.guardian.is_some(),
            new.image_use,
            seal::hash_texts("consent_papers", &texts),
        ],
    )?;
    db.run(
        "INSERT INTO consent_papers (consent_id, salt, title, text, text_hash, signer, birth_date, guardian, answers,
             signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        texts,
    )?;
    Ok(())
}

/// Everything of a signed paper, as it stands in the file.
#[derive(Debug)]
pub(crate) struct Kept {
    pub consent: SignedConsent,
    pub text: String,
    pub birth_date: Option<String>,
    pub answers: Vec<GivenAnswer>,
    pub signature: Option<Signature>,
}

type RawKept = (SignedConsent, String, String, String, [Option<String>; 10]);

fn kept_row(row: &Row<'_>) -> rusqlite::Result<RawKept> {
    let mut texts = <[Option<String>; 10]>::default();
    for (at, text) in texts.iter_mut().enumerate() {
        *text = row.get(at)?;
    }
    let consent = SignedConsent {
        id: row.get(0)?,
        client_id: row.get(10)?,
        client_name: row.get(11)?,
        appointment_id: row.get(12)?,
        template_name: row.get(13)?,
        kind: ConsentKind::Other,
        title: row.get(2)?,
        version_number: row.get(15)?,
        at: row.get(16)?,
        signer: row.get(5)?,
        guardian: None,
        method: SigningMethod::Drawn,
        image_use: row.get(18)?,
        text_hash: row.get(4)?,
        by: row.get(19)?,
        intact: false,
        withdrawn_at: row.get(21)?,
    };
    Ok((consent, row.get(14)?, row.get(17)?, row.get(20)?, texts))
}

fn kept((consent, kind, method, hash, texts): RawKept) -> Result<Kept> {
    let found = seal::hash_texts("consent_papers", &texts.each_ref().map(Option::as_deref));
    let [_, _, _, text, text_hash, _, birth_date, guardian, answers, signature] = texts;
    let text = text.unwrap_or_default();
    let guardian: Option<Guardian> =
        guardian.map(|guardian| read(&guardian, "a paper's guardian")).transpose()?;
    let intact =
        found == hash && text_hash.is_some_and(|hash| hash == seal::hex(&seal::sha256(text.as_bytes())));
    Ok(Kept {
        consent: SignedConsent {
            kind: ConsentKind::parse(&kind)?,
            method: SigningMethod::parse(&method)?,
            guardian: guardian.map(|guardian| GuardianName {
                name: guardian.name.into(),
                relation: guardian.relation.into(),
            }),
            intact,
            ..consent
        },
        text,
        birth_date,
        answers: read(&answers.unwrap_or_default(), "a paper's answers")?,
        signature: signature.map(|signature| read(&signature, "a paper's signature")).transpose()?,
    })
}

fn kept_query(filter: &str) -> String {
    format!(
        "SELECT {PAPER}, k.id, k.name, s.appointment_id, t.name, s.kind, v.number, s.at, s.method, s.image_use, m.name,
             s.paper_hash, w.at
         FROM consents s JOIN consent_papers p ON p.consent_id = s.id
             JOIN clients c ON c.id = s.client_id JOIN clients k ON k.id = coalesce(c.merged_into, c.id)
             JOIN consent_templates t ON t.id = s.template_id JOIN consent_versions v ON v.id = s.version_id
             JOIN members m ON m.id = s.member_id LEFT JOIN consent_withdrawals w ON w.consent_id = s.id
         {filter}"
    )
}

/// Which signed papers are still kept.
pub(crate) fn all_papers(db: Reader<'_>) -> Result<Vec<String>> {
    db.all("SELECT consent_id FROM consent_papers ORDER BY consent_id", [], |row| row.get(0))
}

pub(crate) fn by_id(db: Reader<'_>, id: &str) -> Result<Option<Kept>> {
    db.maybe(&kept_query("WHERE s.id = ?1"), [id], kept_row)?.map(kept).transpose()
}

/// What a client signed, newest first; for an artist only what belongs to their appointments (D28).
pub(crate) fn of_client(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Vec<Kept>> {
    let rows = db.all(
        &kept_query(
            "WHERE s.client_id IN (SELECT id FROM clients WHERE id = ?1 OR merged_into = ?1)
                 AND (?2 IS NULL OR s.appointment_id IN (SELECT id FROM appointments WHERE artist_id = ?2))
             ORDER BY s.at DESC, s.id DESC LIMIT 500",
        ),
        (client, artist),
        kept_row,
    )?;
    rows.into_iter().map(kept).collect()
}

/// What was signed for a visit, or without one from a moment on; newest first.
pub(crate) fn of_visit(
    db: Reader<'_>,
    client: &str,
    appointment: Option<&str>,
    since: Millis,
) -> Result<Vec<SignedConsent>> {
    let rows = db.all(
        &kept_query(
            "WHERE s.client_id IN (SELECT id FROM clients WHERE id = ?1 OR merged_into = ?1)
                 AND (s.appointment_id = ?2 OR (s.appointment_id IS NULL AND s.at >= ?3))
             ORDER BY s.at DESC, s.id DESC LIMIT 50",
        ),
        (client, appointment, since),
        kept_row,
    )?;
    rows.into_iter().map(|row| Ok(kept(row)?.consent)).collect()
}

/// Whose visit a paper belongs to: the artist of its appointment, or nobody. None: there is no such paper.
pub(crate) fn artist_of(db: Reader<'_>, consent: &str) -> Result<Option<Option<String>>> {
    db.maybe(
        "SELECT a.artist_id FROM consents s JOIN consent_papers p ON p.consent_id = s.id
             LEFT JOIN appointments a ON a.id = s.appointment_id WHERE s.id = ?1",
        [consent],
        |row| row.get(0),
    )
}

/// Whether the client was ever booked with the artist.
pub(crate) fn was_with(db: Reader<'_>, client: &str, artist: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM appointments WHERE client_id = ?1 AND artist_id = ?2)",
        [client, artist],
        |row| row.get(0),
    )
}

pub(crate) fn artist_name(db: Reader<'_>, id: &str) -> Result<Option<String>> {
    db.maybe("SELECT name FROM artists WHERE id = ?1", [id], |row| row.get(0))
}

pub(crate) fn withdraw(db: Writer<'_>, id: &str, consent: &str, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO consent_withdrawals (id, consent_id, at, member_id) VALUES (?1, ?2, ?3, ?4)",
        (id, consent, at, by),
    )?;
    Ok(())
}

// ---- waivers ------------------------------------------------------------------------------------------------------------

pub(crate) fn waiver(db: Reader<'_>, appointment: &str) -> Result<Option<Waiver>> {
    db.maybe(
        "SELECT w.at, m.name, w.reason FROM consent_waivers w JOIN members m ON m.id = w.member_id
         WHERE w.appointment_id = ?1",
        [appointment],
        |row| Ok(Waiver { at: row.get(0)?, by: row.get(1)?, reason: row.get(2)? }),
    )
}

/// Which of these visits were waived; ids as JSON.
pub(crate) fn waived(db: Reader<'_>, visits: &str) -> Result<Vec<String>> {
    db.all(
        "SELECT w.appointment_id FROM json_each(?1) v CROSS JOIN consent_waivers w ON w.appointment_id = v.value",
        [visits],
        |row| row.get(0),
    )
}

/// A waiver was for one person and one service: with another of either it is over.
pub(crate) fn end_waiver(db: Writer<'_>, appointment: &str) -> Result<()> {
    db.run("DELETE FROM consent_waivers WHERE appointment_id = ?1", [appointment])?;
    Ok(())
}

pub(crate) fn waive(db: Writer<'_>, appointment: &str, reason: &str, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO consent_waivers (appointment_id, at, member_id, reason, salt)
         VALUES (?1, ?2, ?3, ?4, lower(hex(randomblob(16))))",
        (appointment, at, by, reason),
    )?;
    Ok(())
}

// ---- letting go -----------------------------------------------------------------------------------------------------------

/// Papers of erased people that were signed up to a moment.
pub(crate) fn outlived(db: Reader<'_>, upto: Millis) -> Result<Vec<String>> {
    db.all(
        "SELECT s.id FROM erased_clients e JOIN consents s ON s.client_id = e.client_id
             JOIN consent_papers p ON p.consent_id = s.id
         WHERE s.at <= ?1 ORDER BY s.id",
        [upto],
        |row| row.get(0),
    )
}

pub(crate) fn let_go(db: Writer<'_>, consent: &str) -> Result<()> {
    db.run("DELETE FROM consent_papers WHERE consent_id = ?1", [consent])?;
    Ok(())
}
