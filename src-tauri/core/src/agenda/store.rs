//! The rows of appointments and time off.

use std::collections::HashMap;

use super::{
    ArtistColumn, Block, BlockKind, Card, CardDeposit, CardDepositState, CardDetail, ProjectMark, VisitStatus,
};
use crate::clock::Millis;
use crate::consent::{self, Paperwork};
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer, id_list};
use crate::studio::{Service, store as studio};

/// An appointment as rules need it.
#[derive(Debug, Clone)]
pub(crate) struct Appointment {
    pub id: String,
    pub artist: String,
    pub client: String,
    pub service: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub status: VisitStatus,
    pub price: Money,
    pub note: Option<String>,
    pub rev: i64,
    pub setup: i64,
    pub cleanup: i64,
    pub project: Option<String>,
}

const APPOINTMENT: &str =
    "SELECT id, artist_id, client_id, service_id, starts_at, ends_at, status, price, note, rev,
        setup_minutes, cleanup_minutes, project_id
    FROM appointments";

fn appointment_row(row: &Row<'_>) -> rusqlite::Result<(Appointment, String)> {
    let status: String = row.get(6)?;
    let seen = Appointment {
        id: row.get(0)?,
        artist: row.get(1)?,
        client: row.get(2)?,
        service: row.get(3)?,
        starts_at: row.get(4)?,
        ends_at: row.get(5)?,
        status: VisitStatus::Booked,
        price: row.get(7)?,
        note: row.get(8)?,
        rev: row.get(9)?,
        setup: row.get(10)?,
        cleanup: row.get(11)?,
        project: row.get(12)?,
    };
    Ok((seen, status))
}

fn with_state((seen, status): (Appointment, String)) -> Result<Appointment> {
    Ok(Appointment { status: VisitStatus::parse(&status)?, ..seen })
}

pub(crate) fn appointment(db: Reader<'_>, id: &str) -> Result<Option<Appointment>> {
    db.maybe(&format!("{APPOINTMENT} WHERE id = ?1"), [id], appointment_row)?.map(with_state).transpose()
}

pub(crate) fn add(db: Writer<'_>, new: &Appointment, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO appointments (id, artist_id, client_id, service_id, starts_at, ends_at, status, price, note,
             setup_minutes, cleanup_minutes, project_id, created_at, created_by, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, lower(hex(randomblob(16))))",
        (
            &new.id,
            &new.artist,
            &new.client,
            &new.service,
            new.starts_at,
            new.ends_at,
            new.status.name(),
            new.price,
            &new.note,
            new.setup,
            new.cleanup,
            &new.project,
            at,
            by,
        ),
    )?;
    Ok(())
}

/// Writes an edited appointment; its status is not touched.
pub(crate) fn put(db: Writer<'_>, changed: &Appointment) -> Result<()> {
    db.run(
        "UPDATE appointments SET artist_id = ?2, client_id = ?3, service_id = ?4, starts_at = ?5, ends_at = ?6,
             price = ?7, note = ?8, setup_minutes = ?9, cleanup_minutes = ?10, project_id = ?11, rev = rev + 1
         WHERE id = ?1",
        (
            &changed.id,
            &changed.artist,
            &changed.client,
            &changed.service,
            changed.starts_at,
            changed.ends_at,
            changed.price,
            &changed.note,
            changed.setup,
            changed.cleanup,
            &changed.project,
        ),
    )?;
    Ok(())
}

pub(crate) fn set_status(
    db: Writer<'_>,
    id: &str,
    status: VisitStatus,
    reason: Option<&str>,
    at: Millis,
) -> Result<()> {
    db.run(
        "UPDATE appointments SET status = ?2, reason = ?3, rev = rev + 1,
             arrived_at = CASE WHEN ?2 = 'arrived' THEN ?4 WHEN ?2 IN ('booked', 'confirmed') THEN NULL ELSE arrived_at END,
             started_at = CASE WHEN ?2 = 'in_session' THEN coalesce(started_at, ?4)
                 WHEN ?2 IN ('booked', 'confirmed', 'arrived') THEN NULL ELSE started_at END,
             completed_at = CASE WHEN ?2 = 'completed' THEN ?4 ELSE NULL END,
             cancelled_at = CASE WHEN ?2 = 'cancelled' THEN ?4 ELSE NULL END
         WHERE id = ?1",
        (id, status.name(), reason, at),
    )?;
    Ok(())
}

/// Until when a visit holds its time: one that was done before its time was over gave the rest back, to the minute.
const HELD_UNTIL: &str =
    "CASE WHEN completed_at > starts_at THEN min(ends_at, completed_at / 60000 * 60000) ELSE ends_at END";

/// Whether something hangs on a visit that is its client's: it was begun, or there are papers, notes, pictures or
/// supplies of it.
pub(crate) fn has_history(db: Reader<'_>, visit: &Appointment) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM appointments WHERE id = ?1 AND started_at IS NOT NULL)
             OR EXISTS (SELECT 1 FROM consents WHERE appointment_id = ?1)
             OR EXISTS (SELECT 1 FROM client_notes WHERE client_id = ?2 AND appointment_id = ?1)
             OR EXISTS (SELECT 1 FROM pictures WHERE appointment_id = ?1 AND removed_at IS NULL)
             OR EXISTS (SELECT 1 FROM portfolio_items
                 WHERE client_id = ?2 AND appointment_id = ?1 AND removed_at IS NULL)
             OR EXISTS (SELECT 1 FROM visit_supplies u WHERE u.appointment_id = ?1 AND u.undoes IS NULL
                 AND NOT EXISTS (SELECT 1 FROM visit_supplies back WHERE back.undoes = u.id))",
        [&visit.id, &visit.client],
        |row| row.get(0),
    )
}

/// Whether the artist has a client in the chair. A session that began before `since` was forgotten.
pub(crate) fn at_work(db: Reader<'_>, artist: &str, since: Millis) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM appointments
             WHERE artist_id = ?1 AND status = 'in_session' AND starts_at > ?2)",
        (artist, since),
        |row| row.get(0),
    )
}

/// Whether the artist has another appointment in the time. Touching ends are allowed, cancelled ones ignored.
pub(crate) fn overlaps(
    db: Reader<'_>,
    artist: &str,
    starts_at: Millis,
    ends_at: Millis,
    except: &str,
) -> Result<bool> {
    db.one(
        &format!(
            "SELECT EXISTS (SELECT 1 FROM appointments
                 WHERE artist_id = ?1 AND starts_at < ?3 AND starts_at > ?2 - 86400000 AND {HELD_UNTIL} > ?2
                     AND id <> ?4 AND status NOT IN ('cancelled', 'no_show'))"
        ),
        (artist, starts_at, ends_at, except),
        |row| row.get(0),
    )
}

pub(crate) fn blocked(db: Reader<'_>, artist: &str, starts_at: Millis, ends_at: Millis) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM blocks
             WHERE artist_id = ?1 AND starts_at < ?3 AND ends_at > ?2 AND removed_at IS NULL)",
        (artist, starts_at, ends_at),
        |row| row.get(0),
    )
}

/// The visits of an artist that have not begun, in their order.
pub(crate) fn ahead(db: Reader<'_>, artist: &str, from: Millis) -> Result<Vec<Appointment>> {
    let rows = db.all(
        &format!(
            "{APPOINTMENT} WHERE artist_id = ?1 AND starts_at >= ?2 AND status IN ('booked', 'confirmed')
             ORDER BY starts_at, id"
        ),
        (artist, from),
        appointment_row,
    )?;
    rows.into_iter().map(with_state).collect()
}

/// Whether an artist can be booked: the profile exists and is active.
pub(crate) fn bookable(db: Reader<'_>, artist: &str) -> Result<Option<bool>> {
    db.maybe("SELECT active FROM artists WHERE id = ?1", [artist], |row| row.get(0))
}

/// Whether the time that the visit needs, setting up and cleaning counted, runs into the time that another one needs or
/// into time off. One clears away before the next is set up for: the two add up.
pub(crate) fn in_buffer(db: Reader<'_>, visit: &Appointment) -> Result<bool> {
    let (from, to) = (visit.starts_at - 60_000 * visit.setup, visit.ends_at + 60_000 * visit.cleanup);
    db.one(
        &format!(
            "SELECT EXISTS (SELECT 1 FROM appointments
                 WHERE artist_id = ?1 AND id <> ?4 AND status NOT IN ('cancelled', 'no_show')
                     AND starts_at > ?2 - 2 * 86400000 AND starts_at < ?3 + 86400000
                     AND starts_at - 60000 * setup_minutes < ?3 AND {HELD_UNTIL} + 60000 * cleanup_minutes > ?2)
                 OR EXISTS (SELECT 1 FROM blocks
                 WHERE artist_id = ?1 AND starts_at < ?3 AND ends_at > ?2 AND removed_at IS NULL)"
        ),
        (&visit.artist, from, to, &visit.id),
        |row| row.get(0),
    )
}

/// Time of an artist: whose, from when, until when.
pub(crate) type Taken = (String, Millis, Millis);

fn taken(row: &Row<'_>) -> rusqlite::Result<Taken> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// When artists are taken between two moments: visits with their buffers, and blocks.
pub(crate) fn busy(db: Reader<'_>, artist: Option<&str>, from: Millis, to: Millis) -> Result<Vec<Taken>> {
    db.all(
        &format!(
            "SELECT artist_id, starts_at - 60000 * setup_minutes, {HELD_UNTIL} + 60000 * cleanup_minutes
             FROM appointments
             WHERE starts_at < ?2 + 86400000 AND starts_at > ?1 - 2 * 86400000 AND ends_at > ?1 - 86400000
                 AND status NOT IN ('cancelled', 'no_show') AND (?3 IS NULL OR artist_id = ?3)
             UNION ALL
             SELECT artist_id, starts_at, ends_at FROM blocks
             WHERE starts_at < ?2 AND ends_at > ?1 AND removed_at IS NULL AND (?3 IS NULL OR artist_id = ?3)
             ORDER BY 2"
        ),
        (from, to, artist),
        taken,
    )
}

/// Active artists with their signature styles, in the order of the agenda.
pub(crate) fn artists(db: Reader<'_>) -> Result<Vec<(String, String, Vec<String>)>> {
    db.all(
        "SELECT a.id, a.name, coalesce(m.styles, '[]') FROM artists a LEFT JOIN members m ON m.artist_id = a.id
         WHERE a.active = 1 ORDER BY a.position",
        [],
        |row| {
            let styles: String = row.get(2)?;
            Ok((row.get(0)?, row.get(1)?, serde_json::from_str(&styles).unwrap_or_default()))
        },
    )
}

/// The columns: active artists, and those who left but still stand in these days.
pub(crate) fn columns(db: Reader<'_>, from: Millis, to: Millis) -> Result<Vec<ArtistColumn>> {
    db.all(
        "SELECT a.id, a.name,
                (SELECT coalesce(sum(min(p.ends_at, ?2) - max(p.starts_at, ?1)), 0) / 60000 FROM appointments p
                 WHERE p.artist_id = a.id AND p.starts_at < ?2 AND p.starts_at > ?1 - 86400000 AND p.ends_at > ?1
                     AND p.status NOT IN ('cancelled', 'no_show')) AS booked
         FROM artists a
         WHERE a.active = 1 OR booked > 0
         ORDER BY a.position",
        (from, to),
        |row| {
            Ok(ArtistColumn {
                artist_id: row.get(0)?,
                name: row.get(1)?,
                opens: None,
                closes: None,
                booked_minutes: row.get(2)?,
                hours: Vec::new(),
                from: None,
                until: None,
            })
        },
    )
}

const VISIT: &str = "SELECT p.id, p.artist_id, p.client_id, p.service_id, p.starts_at, p.ends_at, p.status, p.price, p.note,
        p.reason, p.arrived_at, p.started_at, p.paid_by, p.rev, p.setup_minutes, p.cleanup_minutes, p.reminded_at,
        p.project_id
    FROM appointments p";

/// A card as far as its own row tells, the name of its state and its project.
type Told = (Card, String, Option<String>);

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    let card = Card {
        id: row.get(0)?,
        artist_id: row.get(1)?,
        artist_name: String::new(),
        client_name: String::new(),
        starts_at: row.get(4)?,
        ends_at: row.get(5)?,
        detail: Some(CardDetail {
            client_id: row.get(2)?,
            status: VisitStatus::Booked,
            service_id: row.get(3)?,
            service_name: String::new(),
            price: row.get(7)?,
            note: row.get(8)?,
            reason: row.get(9)?,
            alerts: None,
            phone: None,
            email: None,
            setup_minutes: row.get(14)?,
            cleanup_minutes: row.get(15)?,
            project: None,
            reminded_at: row.get(16)?,
            arrived_at: row.get(10)?,
            started_at: row.get(11)?,
            deposit: None,
            sale_id: row.get(12)?,
            paperwork: Paperwork::default(),
            pictures: 0,
            rev: row.get(13)?,
        }),
    };
    Ok((card, row.get(6)?, row.get(17)?))
}

/// What a card says of its client.
struct CardClient {
    name: String,
    alerts: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

/// A project with the beginnings of its sessions, cancelled and missed ones left out.
struct CardProject {
    title: String,
    planned: i64,
    sessions: Vec<Millis>,
}

/// What other rows tell of some cards. Each table is looked through once, in the order of its key: joined to every
/// visit, finding the clients of a week cost as much as the week.
struct Around {
    artists: HashMap<String, String>,
    services: HashMap<String, Service>,
    clients: HashMap<String, CardClient>,
    projects: HashMap<String, CardProject>,
    /// What is held for a visit, and the state of its deposit that counts.
    deposits: HashMap<String, (Money, String)>,
    pictures: HashMap<String, i64>,
}

impl Around {
    fn read(db: Reader<'_>, rows: &[Told]) -> Result<Around> {
        let details = || rows.iter().filter_map(|(card, ..)| card.detail.as_ref());
        let here = id_list(rows.iter().map(|(card, ..)| card.id.as_str()))?;
        let clients = id_list(details().map(|detail| detail.client_id.as_str()))?;
        let projects = id_list(rows.iter().filter_map(|(.., project)| project.as_deref()))?;
        Ok(Around {
            artists: of(db.all("SELECT id, name FROM artists", [], |row| Ok((row.get(0)?, row.get(1)?)))?),
            services: studio::services(db)?.into_iter().map(|one| (one.id.clone(), one)).collect(),
            clients: of(db.all(
                "SELECT c.id, c.name, c.alerts, c.phone, c.email
                 FROM json_each(?1) v CROSS JOIN clients c ON c.id = v.value",
                [clients],
                |row| {
                    let (name, alerts) = (row.get(1)?, row.get(2)?);
                    Ok((row.get(0)?, CardClient { name, alerts, phone: row.get(3)?, email: row.get(4)? }))
                },
            )?),
            projects: Around::projects(db, &projects)?,
            deposits: Around::deposits(db, &here)?,
            pictures: of(db.all(
                "SELECT x.appointment_id, count(*)
                 FROM json_each(?1) v CROSS JOIN pictures x ON x.appointment_id = v.value
                 WHERE x.removed_at IS NULL GROUP BY x.appointment_id",
                [here],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?),
        })
    }

    fn projects(db: Reader<'_>, ids: &str) -> Result<HashMap<String, CardProject>> {
        let mut projects: HashMap<String, CardProject> = of(db.all(
            "SELECT j.id, j.title, j.planned FROM json_each(?1) v CROSS JOIN projects j ON j.id = v.value",
            [ids],
            |row| {
                let sessions = Vec::new();
                Ok((row.get(0)?, CardProject { title: row.get(1)?, planned: row.get(2)?, sessions }))
            },
        )?);
        let sessions: Vec<(String, Millis)> = db.all(
            "SELECT q.project_id, q.starts_at
             FROM json_each(?1) v CROSS JOIN appointments q ON q.project_id = v.value
             WHERE q.status NOT IN ('cancelled', 'no_show')",
            [ids],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (project, starts_at) in sessions {
            if let Some(project) = projects.get_mut(&project) {
                project.sessions.push(starts_at);
            }
        }
        Ok(projects)
    }

    fn deposits(db: Reader<'_>, visits: &str) -> Result<HashMap<String, (Money, String)>> {
        // What is still held counts before what is done with; of those, the latest.
        let rows: Vec<(String, Money, String)> = db.all(
            "SELECT n.appointment_id, n.left_over, n.state
             FROM json_each(?1) v CROSS JOIN deposits_now n ON n.appointment_id = v.value
             ORDER BY n.left_over DESC, n.rowid DESC",
            [visits],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let mut deposits: HashMap<String, (Money, String)> = HashMap::new();
        for (visit, left_over, state) in rows {
            let (held, _) = deposits.entry(visit).or_insert((Money::ZERO, state));
            *held = held.plus(left_over)?;
        }
        Ok(deposits)
    }

    fn finish(&self, (mut card, status, project): Told) -> Result<Card> {
        let unknown = |what: &str| Error::Damaged(format!("a visit of no {what}"));
        card.artist_name = self.artists.get(&card.artist_id).ok_or_else(|| unknown("artist"))?.clone();
        let Some(detail) = card.detail.as_mut() else { return Ok(card) };
        let client = self.clients.get(&detail.client_id).ok_or_else(|| unknown("client"))?;
        let service = self.services.get(&detail.service_id).ok_or_else(|| unknown("service"))?;
        card.client_name.clone_from(&client.name);
        detail.alerts.clone_from(&client.alerts);
        detail.phone.clone_from(&client.phone);
        detail.email.clone_from(&client.email);
        detail.service_name.clone_from(&service.name);
        detail.status = VisitStatus::parse(&status)?;
        detail.pictures = self.pictures.get(&card.id).copied().unwrap_or(0);
        detail.project = project.and_then(|project_id| {
            let project = self.projects.get(&project_id)?;
            let before = project.sessions.iter().filter(|begins| **begins <= card.starts_at).count();
            // One that did not take place counts for nothing: it says which session it would have been.
            let session = before + usize::from(!detail.status.holds_time());
            let (title, planned) = (project.title.clone(), project.planned);
            Some(ProjectMark { project_id, title, session: i64::try_from(session).ok()?, planned })
        });
        let taken = self.deposits.get(&card.id);
        let due = service.deposit.due(detail.price)?;
        let asked = due > Money::ZERO && detail.status.is_open() && detail.sale_id.is_none();
        let state = match taken.map(|(_, state)| state.as_str()) {
            Some("held") => Some(CardDepositState::Held),
            Some("applied") => Some(CardDepositState::Applied),
            Some("kept") => Some(CardDepositState::Kept),
            Some(_) => Some(CardDepositState::Returned),
            None => asked.then_some(CardDepositState::Due),
        };
        let held = taken.map_or(Money::ZERO, |(held, _)| *held);
        detail.deposit = state.map(|state| CardDeposit { due, held, state });
        Ok(card)
    }
}

fn of<T>(rows: Vec<(String, T)>) -> HashMap<String, T> {
    rows.into_iter().collect()
}

/// Rows as cards, with what other rooms know of each.
fn finished(db: Reader<'_>, rows: Vec<Told>) -> Result<Vec<Card>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let around = Around::read(db, &rows)?;
    let mut cards = rows.into_iter().map(|row| around.finish(row)).collect::<Result<Vec<_>>>()?;
    consent::needed::mark(db, &mut cards)?;
    Ok(cards)
}

/// The cards of some days, of one artist or of all.
pub(crate) fn cards(db: Reader<'_>, from: Millis, to: Millis, artist: Option<&str>) -> Result<Vec<Card>> {
    let rows = db.all(
        &format!(
            "{VISIT} WHERE p.starts_at < ?2 AND p.starts_at > ?1 - 86400000 AND p.ends_at > ?1
                 AND (?3 IS NULL OR p.artist_id = ?3)
             ORDER BY p.starts_at, p.id"
        ),
        (from, to, artist),
        told,
    )?;
    finished(db, rows)
}

pub(crate) fn card_by_id(db: Reader<'_>, id: &str) -> Result<Card> {
    let row = db.maybe(&format!("{VISIT} WHERE p.id = ?1"), [id], told)?;
    finished(db, row.into_iter().collect())?.pop().ok_or(Error::NotFound { what: "appointment" })
}

/// A client's visits, newest first; an artist sees only those with them (D28).
pub(crate) fn visits(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Vec<Card>> {
    let rows = db.all(
        &format!("{VISIT} WHERE p.client_id = ?1 AND (?2 IS NULL OR p.artist_id = ?2) ORDER BY p.starts_at DESC LIMIT 100"),
        (client, artist),
        told,
    )?;
    finished(db, rows)
}

fn block(row: &Row<'_>) -> rusqlite::Result<Block> {
    let kind: String = row.get(4)?;
    Ok(Block {
        id: row.get(0)?,
        artist_id: row.get(1)?,
        starts_at: row.get(2)?,
        ends_at: row.get(3)?,
        kind: Some(BlockKind::parse(&kind)),
        note: row.get(5)?,
        series_id: row.get(6)?,
    })
}

pub(crate) fn blocks(db: Reader<'_>, from: Millis, to: Millis, artist: Option<&str>) -> Result<Vec<Block>> {
    db.all(
        "SELECT id, artist_id, starts_at, ends_at, kind, note, series_id FROM blocks
         WHERE starts_at < ?2 AND ends_at > ?1 AND removed_at IS NULL AND (?3 IS NULL OR artist_id = ?3)
         ORDER BY starts_at",
        (from, to, artist),
        block,
    )
}

pub(crate) fn block_by_id(db: Reader<'_>, id: &str) -> Result<Option<Block>> {
    db.maybe(
        "SELECT id, artist_id, starts_at, ends_at, kind, note, series_id FROM blocks WHERE id = ?1 AND removed_at IS NULL",
        [id],
        block,
    )
}

pub(crate) fn add_block(db: Writer<'_>, new: &Block, all_day: bool, at: Millis, by: &str) -> Result<()> {
    let kind = new.kind.unwrap_or(BlockKind::Other);
    db.run(
        "INSERT INTO blocks (id, artist_id, kind, starts_at, ends_at, all_day, note, series_id, created_at, created_by,
             salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, lower(hex(randomblob(16))))",
        (
            &new.id,
            &new.artist_id,
            kind.name(),
            new.starts_at,
            new.ends_at,
            all_day,
            &new.note,
            &new.series_id,
            at,
            by,
        ),
    )?;
    Ok(())
}

pub(crate) fn remove_block(db: Writer<'_>, id: &str, at: Millis) -> Result<()> {
    db.run("UPDATE blocks SET removed_at = ?2 WHERE id = ?1", (id, at))?;
    Ok(())
}

/// Takes away the blocks of one artist's series from a moment on; what is past stays in the book.
pub(crate) fn remove_series(
    db: Writer<'_>,
    series: &str,
    artist: &str,
    from: Millis,
    at: Millis,
) -> Result<usize> {
    db.run(
        "UPDATE blocks SET removed_at = ?4 WHERE series_id = ?1 AND artist_id = ?2 AND starts_at >= ?3
             AND removed_at IS NULL",
        (series, artist, from, at),
    )
}

pub(crate) fn put_reminded(db: Writer<'_>, id: &str, by: &str, at: Millis) -> Result<()> {
    db.run("UPDATE appointments SET reminded_at = ?2, reminded_by = ?3 WHERE id = ?1", (id, at, by))?;
    Ok(())
}

/// What a list of visits is narrowed to.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    pub from: Millis,
    pub to: Millis,
    /// Part of the client's name, folded.
    pub text: Option<&'a str>,
    pub artist: Option<&'a str>,
    /// Only in these states, as JSON; a colleague's state is nobody's to search by.
    pub states: Option<&'a str>,
    /// Whose visits may be searched by state; none: everybody's.
    pub own: Option<&'a str>,
    pub limit: i64,
}

/// Visits of a period in their order: those that reach into it, as the agenda shows them.
pub(crate) fn wanted(db: Reader<'_>, wanted: &Wanted<'_>) -> Result<Vec<Card>> {
    let rows = db.all(
        &format!(
            "{VISIT} WHERE p.starts_at < ?2 AND p.starts_at > ?1 - 86400000 AND p.ends_at > ?1
                 AND (?3 IS NULL
                     OR EXISTS (SELECT 1 FROM clients c WHERE c.id = p.client_id AND instr(c.search_name, ?3) > 0))
                 AND (?4 IS NULL OR p.artist_id = ?4)
                 AND (?5 IS NULL OR (p.status IN (SELECT value FROM json_each(?5))
                     AND (?6 IS NULL OR p.artist_id = ?6)))
             ORDER BY p.starts_at, p.id LIMIT ?7"
        ),
        (wanted.from, wanted.to, wanted.text, wanted.artist, wanted.states, wanted.own, wanted.limit),
        told,
    )?;
    finished(db, rows)
}

/// Visits that hold time, without their buffers.
pub(crate) fn visit_spans(
    db: Reader<'_>,
    artist: Option<&str>,
    from: Millis,
    to: Millis,
) -> Result<Vec<Taken>> {
    db.all(
        "SELECT artist_id, starts_at, ends_at FROM appointments
         WHERE starts_at < ?2 AND starts_at > ?1 - 86400000 AND ends_at > ?1
             AND status NOT IN ('cancelled', 'no_show') AND (?3 IS NULL OR artist_id = ?3) ORDER BY starts_at",
        (from, to, artist),
        taken,
    )
}

pub(crate) fn block_spans(
    db: Reader<'_>,
    artist: Option<&str>,
    from: Millis,
    to: Millis,
) -> Result<Vec<Taken>> {
    db.all(
        "SELECT artist_id, starts_at, ends_at FROM blocks
         WHERE starts_at < ?2 AND ends_at > ?1 AND removed_at IS NULL AND (?3 IS NULL OR artist_id = ?3)
         ORDER BY starts_at",
        (from, to, artist),
        taken,
    )
}
