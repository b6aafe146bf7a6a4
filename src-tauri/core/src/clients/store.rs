//! The rows of clients, their notes, what finds them, and what became of duplicates.

use super::{Client, ClientForm, ClientNote, ClientState, MergedClient};
use crate::calendar::Day;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::storage::{Reader, Row, Writer};
use crate::text::{digits, fold};

// ---- one client ----------------------------------------------------------------------------------------------------

const CLIENT: &str =
    "SELECT c.id, c.name, c.pronouns, c.phone, c.email, c.instagram, c.address, c.birth_date,
        c.emergency_name, c.emergency_phone, c.alerts, c.preferences, c.source, c.artist_id,
        c.archived_at IS NOT NULL, c.erased_at IS NOT NULL,
        (SELECT max(p.starts_at) FROM appointments p WHERE p.client_id = c.id AND p.status = 'completed'),
        c.created_at, c.rev
    FROM clients c";

fn client(row: &Row<'_>) -> rusqlite::Result<Client> {
    Ok(Client {
        id: row.get(0)?,
        name: row.get(1)?,
        pronouns: row.get(2)?,
        phone: row.get(3)?,
        email: row.get(4)?,
        instagram: row.get(5)?,
        address: row.get(6)?,
        birth_date: row.get(7)?,
        emergency_name: row.get(8)?,
        emergency_phone: row.get(9)?,
        alerts: row.get(10)?,
        preferences: row.get(11)?,
        source: row.get(12)?,
        artist_id: row.get(13)?,
        archived: row.get(14)?,
        erased: row.get(15)?,
        state: ClientState::New,
        last_visit_at: row.get(16)?,
        created_at: row.get(17)?,
        rev: row.get(18)?,
    })
}

pub(crate) fn client_by_id(db: Reader<'_>, id: &str) -> Result<Option<Client>> {
    db.maybe(&format!("{CLIENT} WHERE c.id = ?1"), [id], client)
}

/// Every client that is neither archived nor gone, by name.
pub(crate) fn everybody(db: Reader<'_>) -> Result<Vec<Client>> {
    db.all(&format!("{CLIENT} WHERE c.archived_at IS NULL ORDER BY c.search_name, c.id"), [], client)
}

/// What the desk entered about a client, as it stands.
pub(crate) fn form(db: Reader<'_>, id: &str) -> Result<Option<ClientForm>> {
    type Texts = [Option<String>; 12];
    let found: Option<Texts> = db.maybe(
        "SELECT name, pronouns, phone, email, instagram, address, birth_date, emergency_name, emergency_phone,
             alerts, preferences, source FROM clients WHERE id = ?1",
        [id],
        |row| {
            let mut texts = Texts::default();
            for (at, text) in texts.iter_mut().enumerate() {
                *text = row.get(at)?;
            }
            Ok(texts)
        },
    )?;
    let Some(texts) = found else { return Ok(None) };
    let [name, pronouns, phone, email, instagram, address, birth, who, call, alerts, preferences, source] =
        texts;
    fn read<T: TryFrom<String>>(text: Option<String>) -> Result<Option<T>> {
        text.map(|text| T::try_from(text).map_err(|_| Error::Damaged("a client's data".to_owned())))
            .transpose()
    }
    Ok(Some(ClientForm {
        name: read(name)?.ok_or_else(|| Error::Damaged("a client's name".to_owned()))?,
        pronouns: read(pronouns)?,
        phone: read(phone)?,
        email: read(email)?,
        instagram: read(instagram)?,
        address: read(address)?,
        birth_date: read::<Day>(birth)?,
        emergency_name: read(who)?,
        emergency_phone: read(call)?,
        alerts: read(alerts)?,
        preferences: read(preferences)?,
        source: read(source)?,
    }))
}

/// Whether there is such a client, and what became of them.
#[derive(Debug)]
pub(crate) struct Standing {
    pub archived: bool,
    pub erased: bool,
    pub merged_into: Option<String>,
    pub artist: Option<String>,
    pub rev: i64,
}

pub(crate) fn standing(db: Reader<'_>, id: &str) -> Result<Option<Standing>> {
    db.maybe(
        "SELECT archived_at IS NOT NULL, erased_at IS NOT NULL, merged_into, artist_id, rev FROM clients WHERE id = ?1",
        [id],
        |row| {
            Ok(Standing {
                archived: row.get(0)?,
                erased: row.get(1)?,
                merged_into: row.get(2)?,
                artist: row.get(3)?,
                rev: row.get(4)?,
            })
        },
    )
}

/// The client that an id counts as: whom a duplicate was merged into, otherwise themselves. Always one step.
pub(crate) fn counts_as(db: Reader<'_>, id: &str) -> Result<String> {
    Ok(standing(db, id)?.and_then(|standing| standing.merged_into).unwrap_or_else(|| id.to_owned()))
}

pub(crate) fn is_archived(db: Reader<'_>, id: &str) -> Result<Option<bool>> {
    Ok(standing(db, id)?.map(|standing| standing.archived))
}

/// Whether the client is assigned to the artist or was ever booked with them.
pub(crate) fn is_with(db: Reader<'_>, id: &str, artist: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM clients c WHERE c.id = ?1 AND (c.artist_id = ?2
             OR EXISTS (SELECT 1 FROM appointments p WHERE p.client_id = c.id AND p.artist_id = ?2)))",
        [id, artist],
        |row| row.get(0),
    )
}

pub(crate) fn add(
    db: Writer<'_>,
    id: &str,
    form: &ClientForm,
    artist: Option<&str>,
    at: Millis,
    by: Option<&str>,
) -> Result<()> {
    db.run(
        "INSERT INTO clients (id, name, search, search_name, digits, artist_id, created_at, created_by, salt)
         VALUES (?1, ?2, '', '', '', ?3, ?4, ?5, lower(hex(randomblob(16))))",
        (id, &*form.name, artist, at, by),
    )?;
    fill(db, id, form)?;
    index(db, id, form)
}

pub(crate) fn put(db: Writer<'_>, id: &str, form: &ClientForm) -> Result<()> {
    fill(db, id, form)?;
    db.run("UPDATE clients SET rev = rev + 1 WHERE id = ?1", [id])?;
    index(db, id, form)
}

fn fill(db: Writer<'_>, id: &str, form: &ClientForm) -> Result<()> {
    let name = fold(&form.name);
    let parts = [Some(&*form.name), form.instagram.as_deref(), form.email.as_deref()];
    let search = fold(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let phone = form.phone.as_deref();
    db.run(
        "UPDATE clients SET name = ?2, search = ?3, search_name = ?4, pronouns = ?5, phone = ?6, digits = ?7,
             email = ?8, instagram = ?9, address = ?10, birth_date = ?11, emergency_name = ?12,
             emergency_phone = ?13, alerts = ?14, preferences = ?15, source = ?16 WHERE id = ?1",
        rusqlite::params![
            id,
            &*form.name,
            search,
            name,
            form.pronouns.as_deref(),
            phone,
            digits(phone.unwrap_or("")),
            form.email.as_deref(),
            form.instagram.as_deref(),
            form.address.as_deref(),
            form.birth_date.map(String::from),
            form.emergency_name.as_deref(),
            form.emergency_phone.as_deref(),
            form.alerts.as_deref(),
            form.preferences.as_deref(),
            form.source.as_deref(),
        ],
    )?;
    Ok(())
}

pub(crate) fn set_archived(db: Writer<'_>, id: &str, at: Option<Millis>) -> Result<()> {
    db.run("UPDATE clients SET archived_at = ?2, rev = rev + 1 WHERE id = ?1", (id, at))?;
    db.run("UPDATE client_lookup SET archived = ?2 WHERE client_id = ?1", (id, at.is_some()))?;
    Ok(())
}

/// Adds what a client told when they signed something: when they were born, and all there is to take care of.
pub(crate) fn add_told(db: Writer<'_>, id: &str, born: Option<Day>, alerts: Option<&str>) -> Result<()> {
    db.run(
        "UPDATE clients SET birth_date = coalesce(birth_date, ?2), alerts = coalesce(?3, alerts), rev = rev + 1
         WHERE id = ?1",
        (id, born.map(String::from), alerts),
    )?;
    Ok(())
}

pub(crate) fn set_artist(db: Writer<'_>, id: &str, artist: Option<&str>) -> Result<()> {
    db.run("UPDATE clients SET artist_id = ?2, rev = rev + 1 WHERE id = ?1", (id, artist))?;
    Ok(())
}

/// The active account of an artist, who can be told things.
pub(crate) fn member_of(db: Reader<'_>, artist: &str) -> Result<Option<String>> {
    db.maybe("SELECT id FROM members WHERE artist_id = ?1 AND active = 1", [artist], |row| row.get(0))
}

// ---- finding them ---------------------------------------------------------------------------------------------------

/// How many matches are put in order. Beyond, the clients that came last are found: a part of a name that thousands
/// share tells nobody apart, and a key is not to wait for all of them.
const MATCHES: i64 = 4_000;
/// Further words narrow nothing.
const WORDS: usize = 8;
/// Fewer digits would find half the studio.
const DIGITS: usize = 3;

/// A number this long is typed to its end, with its area if not its country.
const WHOLE: usize = 10;
/// So many digits at its end tell two numbers apart.
const TELLS: usize = 8;

/// Makes a client known to the search, as they now are.
fn index(db: Writer<'_>, id: &str, form: &ClientForm) -> Result<()> {
    let name = fold(&form.name);
    let number: i64 = db.returning(
        "INSERT INTO client_lookup (client_id, name, archived)
             VALUES (?1, ?2, (SELECT archived_at IS NOT NULL FROM clients WHERE id = ?1))
         ON CONFLICT (client_id) DO UPDATE SET name = excluded.name, archived = excluded.archived
         RETURNING number",
        (id, &name),
        |row| row.get(0),
    )?;
    let reach = [form.instagram.as_deref(), form.email.as_deref()];
    let reach = fold(&reach.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let phone = digits(form.phone.as_deref().unwrap_or(""));
    let parts: Vec<&str> = (0..phone.len().saturating_sub(DIGITS - 1)).map(|at| &phone[at..]).collect();
    db.run(
        "INSERT OR REPLACE INTO client_words (rowid, name, reach, digits) VALUES (?1, ?2, ?3, ?4)",
        (number, name, reach, parts.join(" ")),
    )?;
    Ok(())
}

/// Takes a client out of the search.
fn unindex(db: Writer<'_>, id: &str) -> Result<()> {
    db.run(
        "DELETE FROM client_words WHERE rowid = (SELECT number FROM client_lookup WHERE client_id = ?1)",
        [id],
    )?;
    db.run("DELETE FROM client_lookup WHERE client_id = ?1", [id])?;
    Ok(())
}

/// The clients who are not known to the search as they are, and who are though they are nobody any more: whoever changed
/// that could hide somebody. A query that lists what breaks it, as `verify` has them.
pub(crate) const UNFOUND: &str = "SELECT c.id FROM clients c LEFT JOIN client_lookup l ON l.client_id = c.id
     WHERE CASE WHEN c.merged_into IS NULL AND c.erased_at IS NULL
         THEN l.name IS NOT c.search_name OR l.archived IS NOT (c.archived_at IS NOT NULL)
             OR NOT EXISTS (SELECT 1 FROM client_words_docsize w WHERE w.id = l.number)
         ELSE l.number IS NOT NULL END";

/// Words in the index of a number that no client has.
pub(crate) const UNKNOWN_WORDS: &str = "SELECT CAST(w.id AS TEXT) FROM client_words_docsize w
     WHERE NOT EXISTS (SELECT 1 FROM client_lookup l WHERE l.number = w.id)";

pub(crate) fn is_search_wrong(db: Reader<'_>) -> Result<bool> {
    db.one(&format!("SELECT EXISTS ({UNFOUND}) OR EXISTS ({UNKNOWN_WORDS})"), [], |row| row.get(0))
}

/// Makes everything that the search goes by from the clients.
pub(crate) fn index_anew(db: Writer<'_>, reader: Reader<'_>) -> Result<()> {
    db.run("INSERT INTO client_words (client_words) VALUES ('delete-all')", [])?;
    db.run("DELETE FROM client_lookup", [])?;
    let everybody: Vec<String> = reader.all(
        "SELECT id FROM clients WHERE merged_into IS NULL AND erased_at IS NULL ORDER BY rowid",
        [],
        |row| row.get(0),
    )?;
    for id in everybody {
        if let Some(form) = form(reader, &id)? {
            index(db, &id, &form)?;
        }
    }
    Ok(())
}

/// What was typed, for the index: every word quoted, so that it is data (attack 43), and taken as the beginning of a
/// word; a phone number as it could be written. Nothing when there is nothing to look for.
fn wanted(text: &str, contacts: bool) -> Option<String> {
    let columns = if contacts { "{name reach}" } else { "{name}" };
    let quoted = |word: &str| format!("\"{}\" *", word.replace('"', "\"\""));
    let number = |typed: &str| {
        let number = digits(typed);
        if !contacts || number.len() < DIGITS {
            return None;
        }
        // With and without the country: what follows the zeros stands in both, and so does the end of a whole number.
        let bare = number.trim_start_matches('0');
        let end = (number.len() >= WHOLE).then(|| &number[number.len() - TELLS..]);
        let ways = [Some(number.as_str()), (bare != number && bare.len() >= DIGITS).then_some(bare), end];
        let ways: Vec<String> = ways.iter().flatten().map(|way| quoted(way)).collect();
        Some(format!("digits : ({})", ways.join(" OR ")))
    };
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)) {
        let mut term = format!("{columns} : {}", quoted(word));
        if let Some(number) = number(word) {
            term = format!("({term} OR {number})");
        }
        if words.len() < WORDS && !words.contains(&term) {
            words.push(term);
        }
    }
    let all = (!words.is_empty()).then(|| words.join(" AND "));
    // Spaces and dashes between digits are how a number is written, not words.
    let whole = number(text).filter(|_| !text.chars().any(char::is_alphabetic));
    match (all, whole) {
        (Some(all), Some(whole)) => Some(format!("({all}) OR {whole}")),
        (all, whole) => all.or(whole),
    }
}

/// Who is looked for.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pub text: &'a str,
    /// Only those assigned to this artist or ever booked with them (A012).
    pub artist: Option<&'a str>,
    /// Whether mail, handle and phone may find anybody.
    pub contacts: bool,
    pub archived: bool,
    pub limit: i64,
}

/// Clients of whom every typed word begins a word of the name, handle or mail, or whose phone holds the digits. Names
/// that begin with what was typed come first.
pub(crate) fn search(db: Reader<'_>, search: &Search<'_>) -> Result<Vec<Client>> {
    // A control character would end the expression that the index is asked with.
    let typed: String = search.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let folded = fold(typed.trim());
    let id = |row: &Row<'_>| row.get::<_, String>(0);
    let ids = if let Some(artist) = search.artist {
        let wanted = wanted(&folded, search.contacts);
        if wanted.is_none() && !folded.is_empty() {
            return Ok(Vec::new());
        }
        let matching = if wanted.is_some() {
            "AND l.number IN (SELECT rowid FROM client_words WHERE client_words MATCH ?5)"
        } else {
            "AND ?5 IS NULL"
        };
        db.all(
            &format!(
                "SELECT l.client_id FROM client_lookup l
                 WHERE l.client_id IN (SELECT id FROM clients WHERE artist_id = ?1
                         UNION SELECT client_id FROM appointments WHERE artist_id = ?1)
                     AND l.archived = ?2 {matching}
                 ORDER BY substr(l.name, 1, length(?3)) <> ?3, l.name, l.client_id LIMIT ?4"
            ),
            (artist, search.archived, &folded, search.limit, wanted),
            id,
        )?
    } else {
        let mut ids: Vec<String> = db.all(
            "SELECT client_id FROM client_lookup
             WHERE archived = ?1 AND name >= ?2 AND name < ?2 || char(1114111)
             ORDER BY name, client_id LIMIT ?3",
            (search.archived, &folded, search.limit),
            id,
        )?;
        let missing = search.limit - i64::try_from(ids.len()).unwrap_or(search.limit);
        if missing > 0
            && let Some(wanted) = wanted(&folded, search.contacts)
        {
            // The names that begin with it are all found already.
            ids.extend(db.all(
                "SELECT l.client_id
                 FROM (SELECT rowid FROM client_words WHERE client_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2) f
                     JOIN client_lookup l ON l.number = f.rowid
                 WHERE l.archived = ?3 AND substr(l.name, 1, length(?4)) <> ?4
                 ORDER BY l.name, l.client_id LIMIT ?5",
                (wanted, MATCHES, search.archived, &folded, missing),
                id,
            )?);
        }
        ids
    };
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(client_by_id(db, &id)?);
    }
    Ok(found)
}

// ---- who looks like whom ---------------------------------------------------------------------------------------------

/// The digits of a phone as it is dialled: "+49 (0)171" has a zero that is dialled only without the country.
pub(crate) fn number_of(phone: &str) -> String {
    match phone.split_once("(0)") {
        Some((country, rest)) if country.chars().any(|c| c.is_ascii_digit()) => {
            digits(country) + &digits(rest)
        }
        _ => digits(phone),
    }
}

/// Whether two numbers are one, with and without a country's prefix: what is left without leading zeros of the shorter
/// ends the longer.
pub(crate) fn same_number(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || {
        let core = short.trim_start_matches('0');
        core.len() >= 8 && long.ends_with(core)
    }
}

/// Others with the same phone number: the same name is allowed, the phone decides.
pub(crate) fn same_phone(db: Reader<'_>, number: &str, except: &str) -> Result<Vec<String>> {
    let near: Vec<(String, String)> = db.all(
        "SELECT id, phone FROM clients
         WHERE substr(digits, -8) = substr(?1, -8) AND digits <> '' AND id <> ?2 AND archived_at IS NULL
         ORDER BY id LIMIT 50",
        [number, except],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let same = near.into_iter().filter(|(_, phone)| same_number(&number_of(phone), number)).map(|(id, _)| id);
    Ok(same.take(5).collect())
}

/// Everybody who is not archived, as an import compares them: id, name, phone, mail, handle and birth date.
pub(crate) fn comparable(db: Reader<'_>) -> Result<Vec<[Option<String>; 6]>> {
    db.all(
        "SELECT id, name, phone, email, instagram, birth_date FROM clients WHERE archived_at IS NULL ORDER BY id",
        [],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]),
    )
}

/// What two clients share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shared {
    Phone,
    Mail,
    NameAndBirth,
}

/// Keeps that two clients are not one person.
pub(crate) fn put_apart(db: Writer<'_>, one: &str, other: &str, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO different_clients (first_id, second_id, at, by_member) VALUES (min(?1, ?2), max(?1, ?2), ?3, ?4)
         ON CONFLICT (first_id, second_id) DO NOTHING",
        (one, other, at, by),
    )?;
    Ok(())
}

/// Who was told apart from whom, as what they count as now: a merge makes nobody the same again.
const APART: &str = "WITH apart (one, other) AS MATERIALIZED (
        SELECT coalesce(x.merged_into, x.id), coalesce(y.merged_into, y.id) FROM different_clients d
            JOIN clients x ON x.id = d.first_id JOIN clients y ON y.id = d.second_id)";

/// Pairs of clients that share a phone, a mail, or a name with its birth date, and were not told apart; the older record
/// of each pair first.
pub(crate) fn pairs(db: Reader<'_>, limit: i64) -> Result<Vec<(String, String, Shared)>> {
    let mut found = Vec::new();
    let both =
        "(a.created_at, a.id) < (b.created_at, b.id) AND a.archived_at IS NULL AND b.archived_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM apart WHERE one = a.id AND other = b.id)
             AND NOT EXISTS (SELECT 1 FROM apart WHERE one = b.id AND other = a.id)";
    let phones: Vec<(String, String, String, String)> = db.all(
        &format!(
            "{APART} SELECT a.id, b.id, a.phone, b.phone FROM clients a JOIN clients b
                 ON substr(b.digits, -8) = substr(a.digits, -8) AND b.digits <> ''
             WHERE a.digits <> '' AND length(a.digits) >= 5 AND {both} ORDER BY a.id, b.id LIMIT ?1"
        ),
        [limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    for (one, other, first, second) in phones {
        if same_number(&number_of(&first), &number_of(&second)) {
            found.push((one, other, Shared::Phone));
        }
    }
    for (shared, on) in [
        (Shared::Mail, "b.email IS NOT NULL AND lower(b.email) = lower(a.email) AND a.email IS NOT NULL"),
        (
            Shared::NameAndBirth,
            "b.birth_date IS NOT NULL AND b.birth_date = a.birth_date AND b.search_name = a.search_name",
        ),
    ] {
        let pairs: Vec<(String, String)> = db.all(
            &format!(
                "{APART} SELECT a.id, b.id FROM clients a JOIN clients b ON {on} WHERE {both} ORDER BY a.id, b.id LIMIT ?1"
            ),
            [limit],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        found.extend(pairs.into_iter().map(|(one, other)| (one, other, shared)));
    }
    Ok(found)
}

// ---- merging -----------------------------------------------------------------------------------------------------------

/// What follows a client into another, as table and column. Sales do not: their rows are sealed, so they keep the
/// duplicate's id and whoever reads them follows `merged_into`.
pub(crate) const MOVES: &[(&str, &str)] = &[
    ("appointments", "client_id"),
    ("client_notes", "client_id"),
    ("projects", "client_id"),
    ("wait_list", "client_id"),
    ("walk_ins", "client_id"),
    ("deposits_now", "client_id"),
    ("pictures", "client_id"),
    ("portfolio_items", "client_id"),
    ("clients", "merged_into"),
];

/// The ids of the rows of `MOVES[at]` that stand with a client.
pub(crate) fn standing_with(db: Reader<'_>, at: usize, client: &str) -> Result<Vec<String>> {
    let (table, column) = MOVES[at];
    db.all(&format!("SELECT id FROM {table} WHERE {column} = ?1 ORDER BY id"), [client], |row| row.get(0))
}

/// Moves one of these rows, if it still stands with the first.
pub(crate) fn move_row(db: Writer<'_>, at: usize, id: &str, from: &str, to: &str) -> Result<()> {
    let (table, column) = MOVES[at];
    db.run(&format!("UPDATE {table} SET {column} = ?3 WHERE id = ?1 AND {column} = ?2"), [id, from, to])?;
    Ok(())
}

/// Rows of a sealed table that go on naming this client, or one that was merged into them.
pub(crate) fn counted_along(db: Reader<'_>, table: &'static str, client: &str) -> Result<i64> {
    db.one(
        &format!(
            "SELECT count(*) FROM {table} WHERE client_id = ?1
                 OR client_id IN (SELECT id FROM clients WHERE merged_into = ?1)"
        ),
        [client],
        |row| row.get(0),
    )
}

/// A merge as it is kept.
#[derive(Debug)]
pub(crate) struct Merge {
    pub kept: String,
    pub before: String,
    pub after: String,
    pub moved: String,
}

pub(crate) fn merge_of(db: Reader<'_>, merged: &str) -> Result<Option<Merge>> {
    db.maybe(
        "SELECT kept_id, before, after, moved FROM client_merges WHERE merged_id = ?1",
        [merged],
        |row| Ok(Merge { kept: row.get(0)?, before: row.get(1)?, after: row.get(2)?, moved: row.get(3)? }),
    )
}

pub(crate) fn add_merge(db: Writer<'_>, merged: &str, merge: &Merge, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO client_merges (merged_id, kept_id, before, after, moved, at, by_member, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, lower(hex(randomblob(16))))",
        (merged, &merge.kept, &merge.before, &merge.after, &merge.moved, at, by),
    )?;
    db.run(
        "UPDATE clients SET merged_into = ?2, archived_at = ?3, rev = rev + 1 WHERE id = ?1",
        (merged, &merge.kept, at),
    )?;
    unindex(db, merged)
}

pub(crate) fn drop_merge(db: Writer<'_>, merged: &str, form: &ClientForm) -> Result<()> {
    db.run("DELETE FROM client_merges WHERE merged_id = ?1", [merged])?;
    db.run(
        "UPDATE clients SET merged_into = NULL, archived_at = NULL, rev = rev + 1 WHERE id = ?1",
        [merged],
    )?;
    index(db, merged, form)
}

/// What was merged into a client and can be taken out again, the last first.
pub(crate) fn merged(db: Reader<'_>, client: &str) -> Result<Vec<MergedClient>> {
    db.all(
        "SELECT m.merged_id, c.name, m.at FROM client_merges m JOIN clients c ON c.id = m.merged_id
         WHERE m.kept_id = ?1 ORDER BY m.at DESC, m.merged_id DESC",
        [client],
        |row| Ok(MergedClient { client_id: row.get(0)?, name: row.get(1)?, at: row.get(2)? }),
    )
}

// ---- forgetting them --------------------------------------------------------------------------------------------------

/// Whether visits of this client are still to come or going on, or they wait at the desk.
pub(crate) fn has_open_visits(db: Reader<'_>, client: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM appointments WHERE client_id = ?1
             AND status IN ('booked', 'confirmed', 'arrived', 'in_session'))
             OR EXISTS (SELECT 1 FROM walk_ins WHERE client_id = ?1 AND settled_at IS NULL)",
        [client],
        |row| row.get(0),
    )
}

/// The client and the duplicates that count as them.
pub(crate) fn selves(db: Reader<'_>, client: &str) -> Result<Vec<(String, String)>> {
    db.all("SELECT id, name FROM clients WHERE id = ?1 OR merged_into = ?1 ORDER BY id", [client], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Whether a deposit of one of the two is held for a visit of the other.
pub(crate) fn deposits_cross(db: Reader<'_>, one: &str, other: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM deposits_now n JOIN appointments a ON a.id = n.appointment_id
             WHERE n.left_over > 0 AND (n.client_id, a.client_id) IN ((?1, ?2), (?2, ?1)))",
        (one, other),
        |row| row.get(0),
    )
}

/// Whether this client is here and was not erased.
pub(crate) fn is_known_by_name(db: Reader<'_>, client: &str) -> Result<bool> {
    db.one("SELECT EXISTS (SELECT 1 FROM clients WHERE id = ?1 AND erased_at IS NULL)", [client], |row| {
        row.get(0)
    })
}

/// Words about a client that stand with other things, as statements over the client's id. Their salts go along: without
/// them nobody can try words against the sums that the journal keeps.
const WORDS_ABOUT: &[&str] = &[
    "UPDATE appointments SET note = NULL, reason = NULL, salt = NULL WHERE client_id = ?1",
    "DELETE FROM client_notes WHERE client_id = ?1",
    "UPDATE projects SET title = 'Erased', placement = NULL, idea = NULL, salt = NULL WHERE client_id = ?1",
    "UPDATE wait_list SET note = NULL, salt = NULL WHERE client_id = ?1",
    "UPDATE walk_ins SET note = NULL, reason = NULL, salt = NULL WHERE client_id = ?1",
    "UPDATE consent_waivers SET reason = NULL, salt = NULL
     WHERE appointment_id IN (SELECT id FROM appointments WHERE client_id = ?1)",
    "DELETE FROM different_clients WHERE first_id = ?1 OR second_id = ?1",
    "DELETE FROM client_merges WHERE merged_id = ?1 OR kept_id = ?1",
    "DELETE FROM notices WHERE json_extract(details, '$.client_id') = ?1",
    // Reasons stand beside the chain so that they can go: those of every entry about the client, a visit or a sale.
    "DELETE FROM journal_reasons WHERE seq IN (
         SELECT j.seq FROM journal_reasons r JOIN journal j ON j.seq = r.seq, json_each(j.details) d
         WHERE d.value = ?1 OR d.value IN (SELECT id FROM appointments WHERE client_id = ?1)
             OR d.value IN (SELECT id FROM sales WHERE client_id = ?1))",
];

/// Leaves of a client a made-up name, their visits' times and their money.
pub(crate) fn erase(db: Writer<'_>, client: &str, pseudonym: &str, at: Millis) -> Result<()> {
    for sql in WORDS_ABOUT {
        db.run(sql, [client])?;
    }
    db.run(
        "UPDATE wait_list SET settled_at = ?2, outcome = 'withdrawn' WHERE client_id = ?1 AND settled_at IS NULL",
        (client, at),
    )?;
    unindex(db, client)?;
    db.run(
        "UPDATE clients SET name = ?2, search = '', search_name = '', pronouns = NULL, phone = NULL, digits = '',
             email = NULL, instagram = NULL, address = NULL, birth_date = NULL, emergency_name = NULL,
             emergency_phone = NULL, alerts = NULL, preferences = NULL, source = NULL, salt = NULL,
             archived_at = coalesce(archived_at, ?3), erased_at = ?3, rev = rev + 1 WHERE id = ?1",
        (client, pseudonym, at),
    )?;
    db.run("INSERT OR IGNORE INTO erased_clients (client_id, at) VALUES (?1, ?2)", (client, at))?;
    Ok(())
}

/// Replies are kept so that a retry gets the first one. Those that hold the client or anything of theirs, and those too old for a retry, go;
/// the keys stay, so that nothing is done twice.
pub(crate) fn forget_replies(db: Writer<'_>, client: &str, name: &str, before: Millis) -> Result<()> {
    // As the name stands inside JSON.
    let name = serde_json::Value::from(name).to_string();
    db.run(
        "WITH theirs (id) AS (
             SELECT id FROM appointments WHERE client_id = ?1 UNION ALL SELECT id FROM client_notes WHERE client_id = ?1
             UNION ALL SELECT id FROM projects WHERE client_id = ?1 UNION ALL SELECT id FROM wait_list WHERE client_id = ?1
             UNION ALL SELECT id FROM walk_ins WHERE client_id = ?1 UNION ALL SELECT id FROM pictures WHERE client_id = ?1
             UNION ALL SELECT id FROM consents WHERE client_id = ?1 UNION ALL SELECT id FROM sales WHERE client_id = ?1)
         UPDATE request_keys SET reply = NULL
         WHERE reply IS NOT NULL AND (at < ?3 OR instr(reply, ?1) > 0 OR instr(reply, ?2) > 0
             OR EXISTS (SELECT 1 FROM theirs WHERE instr(reply, theirs.id) > 0))",
        (client, name, before),
    )?;
    Ok(())
}

/// Rewrites the index whole, so that no part of it still holds the words of who was taken out.
pub(crate) fn tidy_index(db: Writer<'_>) -> Result<()> {
    db.run("INSERT INTO client_words (client_words) VALUES ('optimize')", [])?;
    Ok(())
}

/// A client's sales for their own copy of their data: receipt, when, total.
pub(crate) fn receipts(db: Reader<'_>, client: &str) -> Result<Vec<(i64, Millis, Money, String)>> {
    db.all(
        "SELECT s.receipt, s.at, s.total, coalesce((SELECT group_concat(l.label, '; ') FROM sale_lines l
             WHERE l.sale_id = s.id), '')
         FROM sales s WHERE s.client_id = ?1 OR s.client_id IN (SELECT id FROM clients WHERE merged_into = ?1)
         ORDER BY s.at, s.receipt",
        [client],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// Every visit, for the same: when, with whom, what, and what was written.
pub(crate) type VisitData = (Millis, Millis, String, String, String, Option<String>, Option<String>);

pub(crate) fn all_visits(db: Reader<'_>, client: &str) -> Result<Vec<VisitData>> {
    db.all(
        "SELECT p.starts_at, p.ends_at, p.status, a.name, s.name, p.note, p.reason
         FROM appointments p JOIN artists a ON a.id = p.artist_id JOIN services s ON s.id = p.service_id
         WHERE p.client_id = ?1 ORDER BY p.starts_at, p.id",
        [client],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?)),
    )
}

pub(crate) fn all_notes(db: Reader<'_>, client: &str) -> Result<Vec<(Millis, String, String)>> {
    db.all(
        "SELECT n.at, m.name, n.body FROM client_notes n JOIN members m ON m.id = n.member_id
         WHERE n.client_id = ?1 ORDER BY n.at, n.id",
        [client],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Their projects: title, where on the body, the idea, sessions agreed on.
pub(crate) type ProjectData = (String, Option<String>, Option<String>, i64);

pub(crate) fn all_projects(db: Reader<'_>, client: &str) -> Result<Vec<ProjectData>> {
    db.all(
        "SELECT title, placement, idea, planned FROM projects WHERE client_id = ?1 ORDER BY created_at, id",
        [client],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// What they waited for: from which day until which, for what, and what was written.
pub(crate) type WaitData = (String, String, String, Option<String>);

pub(crate) fn all_waits(db: Reader<'_>, client: &str) -> Result<Vec<WaitData>> {
    db.all(
        "SELECT w.from_day, w.until_day, s.name, w.note FROM wait_list w JOIN services s ON s.id = w.service_id
         WHERE w.client_id = ?1 ORDER BY w.created_at, w.id",
        [client],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

// ---- notes and money -------------------------------------------------------------------------------------------------

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
        "INSERT INTO client_notes (id, client_id, appointment_id, artist_id, body, at, member_id, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, lower(hex(randomblob(16))))",
        (note.id, note.client, note.appointment, note.artist, note.body, at, note.member),
    )?;
    Ok(())
}

/// Paid so far, also as a duplicate; with an artist, only their lines.
pub(crate) fn spent(db: Reader<'_>, client: &str, artist: Option<&str>) -> Result<Money> {
    db.one(
        "SELECT coalesce(sum(l.amount), 0) FROM sales s JOIN sale_lines l ON l.sale_id = s.id
         WHERE (s.client_id = ?1 OR s.client_id IN (SELECT id FROM clients WHERE merged_into = ?1))
             AND (?2 IS NULL OR l.artist_id = ?2)",
        (client, artist),
        |row| row.get(0),
    )
}
