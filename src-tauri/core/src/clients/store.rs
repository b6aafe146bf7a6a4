//! The rows of clients and their notes.

use super::{Client, ClientForm, ClientNote};
use crate::clock::Millis;
use crate::error::Result;
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};
use crate::text::{digits, fold};

const CLIENT: &str = "SELECT c.id, c.name, c.phone, c.email, c.instagram, c.birth_date, c.alerts,
        c.archived_at IS NOT NULL,
        (SELECT max(p.starts_at) FROM appointments p WHERE p.client_id = c.id AND p.status = 'completed'),
        c.created_at, c.rev
    FROM clients c";

fn client(row: &Row<'_>) -> rusqlite::Result<Client> {
    Ok(Client {
        id: row.get(0)?,
        name: row.get(1)?,
        phone: row.get(2)?,
        email: row.get(3)?,
        instagram: row.get(4)?,
        birth_date: row.get(5)?,
        alerts: row.get(6)?,
        archived: row.get(7)?,
        last_visit_at: row.get(8)?,
        created_at: row.get(9)?,
        rev: row.get(10)?,
    })
}

/// What may be searched: every client, or those of one artist (A012).
const MINE: &str = "(?2 IS NULL OR c.artist_id = ?2
    OR EXISTS (SELECT 1 FROM appointments p WHERE p.client_id = c.id AND p.artist_id = ?2))";

/// Clients whose name, handle or mail hold the folded text, or whose phone holds the digits. Names that begin with it
/// come first.
pub(crate) fn search(
    db: Reader<'_>,
    text: &str,
    artist: Option<&str>,
    contacts: bool,
    limit: i64,
) -> Result<Vec<Client>> {
    let folded = fold(text.trim());
    let number = digits(text);
    // Fewer than three digits would find half the studio.
    let number = if contacts && number.len() >= 3 { number } else { String::new() };
    let column = if contacts { "c.search" } else { "c.search_name" };
    let sql = format!(
        "{CLIENT} WHERE c.archived_at IS NULL AND {MINE}
             AND (?1 = '' OR instr({column}, ?1) > 0 OR (?3 <> '' AND instr(c.digits, ?3) > 0))
         ORDER BY CASE WHEN ?1 <> '' AND substr(c.search, 1, length(?1)) = ?1 THEN 0 ELSE 1 END, c.name, c.id
         LIMIT ?4"
    );
    db.all(&sql, (folded, artist, number, limit), client)
}

pub(crate) fn client_by_id(db: Reader<'_>, id: &str) -> Result<Option<Client>> {
    db.maybe(&format!("{CLIENT} WHERE c.id = ?1"), [id], client)
}

/// Whether the client is assigned to the artist or was ever booked with them.
pub(crate) fn is_with(db: Reader<'_>, id: &str, artist: &str) -> Result<bool> {
    db.one(
        &format!("SELECT EXISTS (SELECT 1 FROM clients c WHERE c.id = ?1 AND {MINE})"),
        [id, artist],
        |row| row.get(0),
    )
}

pub(crate) fn is_archived(db: Reader<'_>, id: &str) -> Result<Option<bool>> {
    db.maybe("SELECT archived_at IS NOT NULL FROM clients WHERE id = ?1", [id], |row| row.get(0))
}

fn search_text(form: &ClientForm) -> String {
    let parts = [Some(&*form.name), form.instagram.as_deref(), form.email.as_deref()];
    fold(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

pub(crate) fn add(
    db: Writer<'_>,
    id: &str,
    form: &ClientForm,
    artist: Option<&str>,
    at: Millis,
    by: &str,
) -> Result<()> {
    db.run(
        "INSERT INTO clients (id, name, search, search_name, phone, digits, email, instagram, birth_date, alerts,
             artist_id, created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        (
            id,
            &*form.name,
            search_text(form),
            fold(&form.name),
            form.phone.as_deref(),
            digits(form.phone.as_deref().unwrap_or("")),
            form.email.as_deref(),
            form.instagram.as_deref(),
            form.birth_date.map(String::from),
            form.alerts.as_deref(),
            artist,
            at,
            by,
        ),
    )?;
    Ok(())
}

pub(crate) fn put(db: Writer<'_>, id: &str, form: &ClientForm) -> Result<()> {
    db.run(
        "UPDATE clients SET name = ?2, search = ?3, search_name = ?4, phone = ?5, digits = ?6, email = ?7,
             instagram = ?8, birth_date = ?9, alerts = ?10, rev = rev + 1 WHERE id = ?1",
        (
            id,
            &*form.name,
            search_text(form),
            fold(&form.name),
            form.phone.as_deref(),
            digits(form.phone.as_deref().unwrap_or("")),
            form.email.as_deref(),
            form.instagram.as_deref(),
            form.birth_date.map(String::from),
            form.alerts.as_deref(),
        ),
    )?;
    Ok(())
}

pub(crate) fn set_archived(db: Writer<'_>, id: &str, at: Option<Millis>) -> Result<()> {
    db.run("UPDATE clients SET archived_at = ?2, rev = rev + 1 WHERE id = ?1", (id, at))?;
    Ok(())
}

/// Others with the same phone number: the same name is allowed, the phone decides.
pub(crate) fn same_phone(db: Reader<'_>, number: &str, except: &str) -> Result<Vec<String>> {
    db.all(
        "SELECT id FROM clients WHERE digits = ?1 AND digits <> '' AND id <> ?2 AND archived_at IS NULL ORDER BY id LIMIT 5",
        [number, except],
        |row| row.get(0),
    )
}

pub(crate) fn notes(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Vec<ClientNote>> {
    db.all(
        "SELECT n.id, n.appointment_id, n.body, n.at, m.name FROM client_notes n JOIN members m ON m.id = n.member_id
         WHERE n.client_id = ?1 AND (?2 IS NULL OR n.artist_id = ?2) ORDER BY n.at DESC, n.id DESC LIMIT 200",
        (client, artist),
        |row| {
            Ok(ClientNote {
                id: row.get(0)?,
                appointment_id: row.get(1)?,
                body: row.get(2)?,
                at: row.get(3)?,
                by: row.get(4)?,
            })
        },
    )
}

/// A note about to be written.
#[derive(Debug)]
pub(crate) struct NewNote<'a> {
    pub id: &'a str,
    pub client: &'a str,
    pub appointment: Option<&'a str>,
    pub artist: Option<&'a str>,
    pub body: &'a str,
    pub member: &'a str,
}

pub(crate) fn add_note(db: Writer<'_>, note: &NewNote<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO client_notes (id, client_id, appointment_id, artist_id, body, at, member_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (note.id, note.client, note.appointment, note.artist, note.body, at, note.member),
    )?;
    Ok(())
}

/// Paid so far; with an artist, only their lines.
pub(crate) fn spent(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Money> {
    db.one(
        "SELECT coalesce(sum(l.amount), 0) FROM sales s JOIN sale_lines l ON l.sale_id = s.id
         WHERE s.client_id = ?1 AND (?2 IS NULL OR l.artist_id = ?2)",
        (client, artist),
        |row| row.get(0),
    )
}
