//! The rows of members, artists and switches.

use rusqlite::Connection;

use super::{Account, Member, NewMember, SwitchState};
use crate::access::{Role, Switch, SwitchName};
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Row, Writer};
use crate::studio::Hours;

/// One account with what every check needs beside it.
pub(crate) fn account(conn: &Connection, id: &str) -> Result<Option<Account>> {
    let db = Reader::new(conn);
    let account = db.maybe(
        "SELECT m.name, m.role, m.active, m.artist_id, m.must_change, m.password_epoch, m.rights_epoch,
                (SELECT generation FROM secrets WHERE name = 'master_code'),
                (SELECT value FROM settings WHERE name = 'idle_minutes')
         FROM members m WHERE m.id = ?1",
        [id],
        |row| {
            let idle: String = row.get(8)?;
            Ok(Account {
                name: row.get(0)?,
                role: row.get(1)?,
                active: row.get(2)?,
                artist: row.get(3)?,
                must_change: row.get(4)?,
                password_epoch: row.get(5)?,
                rights_epoch: row.get(6)?,
                code_generation: row.get(7)?,
                idle_minutes: idle.parse().unwrap_or(5),
                switches: Vec::new(),
            })
        },
    )?;
    let Some(mut account) = account else { return Ok(None) };
    if account.role.tattoos() {
        account.switches = switch_states(db, id)?
            .into_iter()
            .map(|state| Switch { name: state.name, on: state.on, until: state.until })
            .collect();
    }
    Ok(Some(account))
}

pub(crate) fn switch_states(db: Reader<'_>, member: &str) -> Result<Vec<SwitchState>> {
    let rows: Vec<(String, bool, Option<Millis>, Option<String>)> = db.all(
        "SELECT name, is_on, until, reason FROM switches WHERE member_id = ?1 ORDER BY name",
        [member],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    rows.into_iter()
        .map(|(name, on, until, reason)| {
            Ok(SwitchState { name: SwitchName::parse(&name)?, on, until, reason })
        })
        .collect()
}

/// What a sign-in compares with.
#[derive(Debug)]
pub(crate) struct Credentials {
    pub id: String,
    pub hash: String,
    pub active: bool,
    pub role: Role,
    pub epoch: i64,
}

pub(crate) fn credentials(db: Reader<'_>, username: &str) -> Result<Option<Credentials>> {
    db.maybe(
        "SELECT id, password_hash, active, role, password_epoch FROM members WHERE username = ?1",
        [username],
        |row| {
            Ok(Credentials {
                id: row.get(0)?,
                hash: row.get(1)?,
                active: row.get(2)?,
                role: row.get(3)?,
                epoch: row.get(4)?,
            })
        },
    )
}

pub(crate) fn username_of(db: Reader<'_>, member: &str) -> Result<String> {
    db.one("SELECT username FROM members WHERE id = ?1", [member], |row| row.get(0))
}

pub(crate) fn owner_username(db: Reader<'_>) -> Result<String> {
    db.one("SELECT username FROM members WHERE role = 'owner'", [], |row| row.get(0))
}

pub(crate) fn username_taken(db: Reader<'_>, username: &str) -> Result<bool> {
    db.one("SELECT EXISTS (SELECT 1 FROM members WHERE username = ?1)", [username], |row| row.get(0))
}

/// Active members for the tiles, last used first.
pub(crate) fn tiles(db: Reader<'_>) -> Result<Vec<(String, String, Role)>> {
    db.all(
        "SELECT username, name, role FROM members WHERE active = 1 ORDER BY last_seen_at IS NULL, last_seen_at DESC, name",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

pub(crate) fn seen(db: Writer<'_>, member: &str, at: Millis) -> Result<()> {
    db.run("UPDATE members SET last_seen_at = ?2 WHERE id = ?1", (member, at))?;
    Ok(())
}

/// The last five hashes, the current one first (D11: not reused).
pub(crate) fn recent_hashes(db: Reader<'_>, member: &str) -> Result<Vec<String>> {
    db.all(
        "SELECT password_hash FROM (
             SELECT password_hash, 9223372036854775807 AS at FROM members WHERE id = ?1
             UNION ALL SELECT password_hash, replaced_at FROM password_history WHERE member_id = ?1)
         ORDER BY at DESC LIMIT 5",
        [member],
        |row| row.get(0),
    )
}

/// A new password ends every session that signed in with the old one.
pub(crate) fn set_password(
    db: Writer<'_>,
    member: &str,
    hash: &str,
    must_change: bool,
    at: Millis,
) -> Result<()> {
    db.run(
        "INSERT INTO password_history (member_id, password_hash, replaced_at)
         SELECT id, password_hash, max(?2, 1 + coalesce((SELECT max(replaced_at) FROM password_history h WHERE h.member_id = m.id), 0))
         FROM members m WHERE id = ?1",
        (member, at),
    )?;
    db.run(
        "UPDATE members SET password_hash = ?2, password_changed_at = ?3, must_change = ?4,
             password_epoch = password_epoch + 1 WHERE id = ?1",
        (member, hash, at, must_change),
    )?;
    Ok(())
}

/// The same password under another hash: what signed in stays signed in.
pub(crate) fn rehash(db: Writer<'_>, member: &str, hash: &str) -> Result<()> {
    db.run("UPDATE members SET password_hash = ?2 WHERE id = ?1", (member, hash))?;
    Ok(())
}

pub(crate) fn add_artist(
    db: Writer<'_>,
    id: &str,
    name: &str,
    commission_bp: i64,
    hours: &[Hours],
    at: Millis,
) -> Result<()> {
    db.run(
        "INSERT INTO artists (id, name, position, commission_bp, active, created_at)
         VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM artists), ?3, 1, ?4)",
        (id, name, commission_bp, at),
    )?;
    for day in hours {
        db.run(
            "INSERT INTO artist_hours (artist_id, weekday, opens, closes) VALUES (?1, ?2, ?3, ?4)",
            (id, day.weekday, day.opens, day.closes),
        )?;
    }
    Ok(())
}

pub(crate) fn add_member(db: Writer<'_>, member: &NewMember<'_>, at: Millis) -> Result<()> {
    db.run(
        "INSERT INTO members (id, username, name, role, active, artist_id, password_hash, password_changed_at,
             must_change, created_at)
         VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?7)",
        (member.id, member.username, member.name, member.role, member.artist, member.hash, at, member.must_change),
    )?;
    Ok(())
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: row.get(0)?,
        name: row.get(1)?,
        username: row.get(2)?,
        role: row.get(3)?,
        active: row.get(4)?,
        artist_id: row.get(5)?,
        must_change: row.get(6)?,
        last_seen_at: row.get(7)?,
        commission_bp: row.get(8)?,
        switches: Vec::new(),
    })
}

const MEMBER: &str =
    "SELECT m.id, m.name, m.username, m.role, m.active, m.artist_id, m.must_change, m.last_seen_at,
    a.commission_bp FROM members m LEFT JOIN artists a ON a.id = m.artist_id";

pub(crate) fn members(db: Reader<'_>) -> Result<Vec<Member>> {
    db.all(&format!("{MEMBER} ORDER BY m.active DESC, m.name"), [], member)
}

pub(crate) fn member_by_id(db: Reader<'_>, id: &str) -> Result<Option<Member>> {
    db.maybe(&format!("{MEMBER} WHERE m.id = ?1"), [id], member)
}

/// A changed role takes its switches with it (D29) and ends an elevation of the old rights (D12).
pub(crate) fn set_role(db: Writer<'_>, id: &str, role: Role, artist: Option<&str>) -> Result<()> {
    db.run("DELETE FROM switches WHERE member_id = ?1", [id])?;
    db.run(
        "UPDATE members SET role = ?2, artist_id = ?3, rights_epoch = rights_epoch + 1 WHERE id = ?1",
        (id, role, artist),
    )?;
    Ok(())
}

pub(crate) fn set_active(db: Writer<'_>, id: &str, active: bool) -> Result<()> {
    db.run("UPDATE members SET active = ?2, rights_epoch = rights_epoch + 1 WHERE id = ?1", (id, active))?;
    db.run(
        "UPDATE artists SET active = ?2 WHERE id = (SELECT artist_id FROM members WHERE id = ?1)",
        (id, active),
    )?;
    Ok(())
}

pub(crate) fn set_switch(
    db: Writer<'_>,
    member: &str,
    switch: &SwitchState,
    at: Millis,
    by: &str,
) -> Result<()> {
    db.run(
        "INSERT INTO switches (member_id, name, is_on, until, reason, set_at, set_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (member_id, name) DO UPDATE SET is_on = excluded.is_on, until = excluded.until,
             reason = excluded.reason, set_at = excluded.set_at, set_by = excluded.set_by",
        (member, switch.name.name(), switch.on, switch.until, &switch.reason, at, by),
    )?;
    rights_changed(db, member)
}

pub(crate) fn clear_switch(db: Writer<'_>, member: &str, name: SwitchName) -> Result<()> {
    db.run("DELETE FROM switches WHERE member_id = ?1 AND name = ?2", (member, name.name()))?;
    rights_changed(db, member)
}

fn rights_changed(db: Writer<'_>, member: &str) -> Result<()> {
    db.run("UPDATE members SET rights_epoch = rights_epoch + 1 WHERE id = ?1", [member])?;
    Ok(())
}

pub(crate) fn artist_exists(db: Reader<'_>, id: &str) -> Result<bool> {
    db.one("SELECT EXISTS (SELECT 1 FROM artists WHERE id = ?1)", [id], |row| row.get(0))
}

/// Whether a profile already belongs to an account other than `member`.
pub(crate) fn artist_taken(db: Reader<'_>, artist: &str, member: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM members WHERE artist_id = ?1 AND id <> ?2)",
        [artist, member],
        |row| row.get(0),
    )
}

/// Active assistants: those who must be told a new master code (T067).
pub(crate) fn assistants(db: Reader<'_>) -> Result<Vec<String>> {
    db.all("SELECT name FROM members WHERE role = 'assistant' AND active = 1 ORDER BY name", [], |row| {
        row.get(0)
    })
}

/// Active owners and admins (A030: at least two).
pub(crate) fn admins(db: Reader<'_>) -> Result<i64> {
    db.one("SELECT count(*) FROM members WHERE role IN ('owner', 'admin') AND active = 1", [], |row| {
        row.get(0)
    })
}
