//! The rows of members, artists and switches.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;

use super::{Account, Employment, Member, NewMember, Profile, SwitchState, Week};
use crate::access::{Role, Switch, SwitchName};
use crate::calendar::Day;
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Row, Writer};
use crate::studio::Hours;

/// One account with what every check needs beside it.
pub(crate) fn account(conn: &Connection, id: &str, now: Millis) -> Result<Option<Account>> {
    let db = Reader::new(conn);
    let account = db.maybe(
        "SELECT m.name, coalesce(l.role, m.role), m.active, m.artist_id, m.must_change, m.password_epoch, m.rights_epoch,
                (SELECT generation FROM secrets WHERE name = 'master_code'),
                (SELECT value FROM settings WHERE name = 'idle_minutes')
         FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?2 WHERE m.id = ?1",
        (id, now),
        |row| {
            let idle: String = row.get(8)?;
            let role: Role = row.get(1)?;
            let artist: Option<String> = row.get(3)?;
            Ok(Account {
                name: row.get(0)?,
                role,
                active: row.get(2)?,
                // An assistant has no artist link, a lent one neither (T083).
                artist: artist.filter(|_| role != Role::Assistant),
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

pub(crate) fn credentials(db: Reader<'_>, username: &str, now: Millis) -> Result<Option<Credentials>> {
    db.maybe(
        "SELECT m.id, m.password_hash, m.active, coalesce(l.role, m.role), m.password_epoch
         FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?2 WHERE m.username = ?1",
        (username, now),
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

/// Somebody with an account, in the role they have now.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub id: String,
    pub username: String,
    pub name: String,
    pub role: Role,
    /// Somebody else made the password they have.
    pub must_change: bool,
}

/// Everybody who may sign in, by name.
pub(crate) fn active_people(db: Reader<'_>, now: Millis) -> Result<Vec<Person>> {
    db.all(
        "SELECT m.id, m.username, m.name, coalesce(l.role, m.role), m.must_change
         FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?1
         WHERE m.active = 1 ORDER BY m.name, m.id",
        [now],
        |row| {
            Ok(Person {
                id: row.get(0)?,
                username: row.get(1)?,
                name: row.get(2)?,
                role: row.get(3)?,
                must_change: row.get(4)?,
            })
        },
    )
}

pub(crate) fn username_of(db: Reader<'_>, member: &str) -> Result<String> {
    db.one("SELECT username FROM members WHERE id = ?1", [member], |row| row.get(0))
}

/// A role that somebody lent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LentRole {
    pub role: Role,
    pub until: Millis,
    pub reason: Option<String>,
    pub at: Millis,
    pub by: String,
}

/// A switch that somebody set.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SetSwitch {
    pub state: SwitchState,
    pub at: Millis,
    pub by: String,
}

#[derive(Debug)]
pub(crate) struct Password {
    pub hash: String,
    pub changed_at: Millis,
    pub epoch: i64,
    pub must_change: bool,
}

#[derive(Debug)]
pub(crate) struct Pin {
    pub hash: String,
    pub set_at: Millis,
}

/// What decides whether a member gets in, and what they may do then.
#[derive(Debug)]
pub(crate) struct Admission {
    pub username: String,
    pub name: String,
    /// The profile they are linked to.
    pub artist: Option<String>,
    /// Their own, not a lent one.
    pub role: Role,
    pub active: bool,
    pub archived_at: Option<Millis>,
    pub password: Password,
    pub pin: Option<Pin>,
    pub loan: Option<LentRole>,
    /// By name.
    pub switches: Vec<SetSwitch>,
}

impl Admission {
    pub(crate) fn has_same_rights(&self, other: &Admission) -> bool {
        self.role == other.role
            && self.active == other.active
            && self.loan == other.loan
            && self.switches == other.switches
    }

    /// One that was only hashed anew is still the same.
    pub(crate) fn has_same_password(&self, other: &Admission) -> bool {
        let (mine, theirs) = (&self.password, &other.password);
        mine.hash == theirs.hash || (mine.changed_at == theirs.changed_at && mine.epoch == theirs.epoch)
    }

    pub(crate) fn has_same_pin(&self, other: &Admission) -> bool {
        match (&self.pin, &other.pin) {
            (Some(mine), Some(theirs)) => mine.hash == theirs.hash || mine.set_at == theirs.set_at,
            (mine, theirs) => mine.is_none() && theirs.is_none(),
        }
    }
}

/// Everybody with an account, by id, and what lets them in; without what is over by `now`.
pub(crate) fn admissions(db: Reader<'_>, now: Millis) -> Result<BTreeMap<String, Admission>> {
    let people = db.all(
        "SELECT m.id, m.role, m.active, m.archived_at, m.password_hash, m.password_changed_at, m.password_epoch,
                m.must_change, m.pin_hash, coalesce(m.pin_set_at, 0), l.role, l.until, l.reason, l.set_at, l.set_by,
                m.username, m.name, m.artist_id
         FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?1",
        [now],
        |row| {
            let set_at = row.get(9)?;
            let lent: Option<Role> = row.get(10)?;
            let loan = match lent {
                Some(role) => Some(LentRole {
                    role,
                    until: row.get(11)?,
                    reason: row.get(12)?,
                    at: row.get(13)?,
                    by: row.get(14)?,
                }),
                None => None,
            };
            let admission = Admission {
                username: row.get(15)?,
                name: row.get(16)?,
                artist: row.get(17)?,
                role: row.get(1)?,
                active: row.get(2)?,
                archived_at: row.get(3)?,
                password: Password {
                    hash: row.get(4)?,
                    changed_at: row.get(5)?,
                    epoch: row.get(6)?,
                    must_change: row.get(7)?,
                },
                pin: row.get::<_, Option<String>>(8)?.map(|hash| Pin { hash, set_at }),
                loan,
                switches: Vec::new(),
            };
            Ok((row.get::<_, String>(0)?, admission))
        },
    )?;
    let mut people: BTreeMap<String, Admission> = people.into_iter().collect();
    let switches = db.all(
        "SELECT member_id, name, is_on, until, reason, set_at, set_by FROM switches
         WHERE until IS NULL OR until > ?1 ORDER BY member_id, name",
        [now],
        |row| {
            let name: String = row.get(1)?;
            let set = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
            Ok((row.get::<_, String>(0)?, name, set))
        },
    )?;
    for (member, name, (on, until, reason, at, by)) in switches {
        let state = SwitchState { name: SwitchName::parse(&name)?, on, until, reason };
        if let Some(person) = people.get_mut(&member) {
            person.switches.push(SetSwitch { state, at, by });
        }
    }
    Ok(people)
}

/// Passwords that somebody had, each with when it was replaced.
pub(crate) fn past_passwords(db: Reader<'_>) -> Result<Vec<(String, String, Millis)>> {
    let sql =
        "SELECT member_id, password_hash, replaced_at FROM password_history ORDER BY member_id, replaced_at";
    db.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// The password as another file has it: whoever signed in with the one before is out.
pub(crate) fn take_password(db: Writer<'_>, member: &str, password: &Password) -> Result<()> {
    db.run(
        "UPDATE members SET password_hash = ?2, password_changed_at = ?3, must_change = ?4,
             password_epoch = password_epoch + 1 WHERE id = ?1",
        (member, &password.hash, password.changed_at, password.must_change),
    )?;
    Ok(())
}

/// One more of them; the same moment is kept once.
pub(crate) fn add_past_password(db: Writer<'_>, member: &str, hash: &str, replaced_at: Millis) -> Result<()> {
    db.run(
        "INSERT OR IGNORE INTO password_history (member_id, password_hash, replaced_at) VALUES (?1, ?2, ?3)",
        (member, hash, replaced_at),
    )?;
    Ok(())
}

pub(crate) fn owner(db: Reader<'_>) -> Result<String> {
    db.one("SELECT id FROM members WHERE role = 'owner'", [], |row| row.get(0))
}

pub(crate) fn owner_username(db: Reader<'_>) -> Result<String> {
    db.one("SELECT username FROM members WHERE role = 'owner'", [], |row| row.get(0))
}

pub(crate) fn username_taken(db: Reader<'_>, username: &str) -> Result<bool> {
    db.one("SELECT EXISTS (SELECT 1 FROM members WHERE username = ?1)", [username], |row| row.get(0))
}

/// Active members for the tiles, last used first.
pub(crate) fn tiles(db: Reader<'_>, now: Millis) -> Result<Vec<(String, String, Role)>> {
    db.all(
        "SELECT m.username, m.name, coalesce(l.role, m.role)
         FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?1
         WHERE m.active = 1 ORDER BY m.last_seen_at IS NULL, m.last_seen_at DESC, m.name",
        [now],
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
    put_hours(db, id, hours)
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

/// A list of words as it stands in a column.
fn words(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

fn day(text: Option<String>) -> Option<Day> {
    text.and_then(|text| Day::try_from(text).ok())
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let own: Role = row.get(3)?;
    let lent: Option<Role> = row.get(4)?;
    let role = lent.unwrap_or(own);
    let lists: [String; 3] = [row.get(15)?, row.get(16)?, row.get(17)?];
    let employment: Option<String> = row.get(18)?;
    Ok(Member {
        id: row.get(0)?,
        name: row.get(1)?,
        username: row.get(2)?,
        role,
        role_until: row.get(5)?,
        role_after: lent.map(|_| own),
        active: row.get(6)?,
        artist_id: row.get(7)?,
        must_change: row.get(8)?,
        last_seen_at: row.get(9)?,
        commission_bp: row.get(10)?,
        profile: Profile {
            pronouns: row.get(11)?,
            email: row.get(12)?,
            phone: row.get(13)?,
            about: row.get(14)?,
            languages: words(&lists[0]),
            skills: words(&lists[1]),
            styles: words(&lists[2]),
        },
        employment: employment.as_deref().and_then(Employment::parse),
        guest_from: day(row.get(19)?),
        guest_until: day(row.get(20)?),
        archived_at: row.get(21)?,
        hours: Vec::new(),
        appointments_today: None,
        next_at: None,
        switches: Vec::new(),
    })
}

const MEMBER: &str = "SELECT m.id, m.name, m.username, m.role, l.role, l.until, m.active, m.artist_id, m.must_change,
        m.last_seen_at, a.commission_bp, m.pronouns, m.email, m.phone, m.about, m.languages, m.skills, m.styles,
        m.employment, m.guest_from, m.guest_until, m.archived_at
    FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?1
        LEFT JOIN artists a ON a.id = m.artist_id";

pub(crate) fn members(db: Reader<'_>, now: Millis) -> Result<Vec<Member>> {
    db.all(&format!("{MEMBER} ORDER BY m.active DESC, m.name"), [now], member)
}

pub(crate) fn member_by_id(db: Reader<'_>, id: &str, now: Millis) -> Result<Option<Member>> {
    db.maybe(&format!("{MEMBER} WHERE m.id = ?2"), (now, id), member)
}

pub(crate) fn name_of(db: Reader<'_>, id: &str) -> Result<Option<String>> {
    db.maybe("SELECT name FROM members WHERE id = ?1", [id], |row| row.get(0))
}

/// The active members and the role that counts now.
pub(crate) fn active_roles(db: Reader<'_>, now: Millis) -> Result<Vec<(String, Role)>> {
    db.all(
        "SELECT m.id, coalesce(l.role, m.role)
         FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?1 WHERE m.active = 1",
        [now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Whose account an artist profile is, if it has one.
pub(crate) fn member_of_artist(db: Reader<'_>, artist: &str) -> Result<Option<String>> {
    db.maybe("SELECT id FROM members WHERE artist_id = ?1", [artist], |row| row.get(0))
}

/// The profile an account is linked to, whatever its role is now, or was.
pub(crate) fn profile_of(db: Reader<'_>, member: &str) -> Result<Option<String>> {
    db.one("SELECT coalesce(artist_id, former_artist_id) FROM members WHERE id = ?1", [member], |row| {
        row.get(0)
    })
}

/// Hands the open projects and the open wishes of an artist to another; how many of each.
pub(crate) fn hand_wishes(db: Writer<'_>, from: &str, to: &str) -> Result<(usize, usize)> {
    let projects = db.run(
        "UPDATE projects SET artist_id = ?2, rev = rev + 1 WHERE artist_id = ?1 AND closed_at IS NULL",
        [from, to],
    )?;
    let wishes = db
        .run("UPDATE wait_list SET artist_id = ?2 WHERE artist_id = ?1 AND settled_at IS NULL", [from, to])?;
    Ok((projects, wishes))
}

/// Hands the clients of an artist to another; how many.
pub(crate) fn hand_clients(db: Writer<'_>, from: &str, to: &str) -> Result<usize> {
    db.run("UPDATE clients SET artist_id = ?2, rev = rev + 1 WHERE artist_id = ?1", [from, to])
}

/// Profiles of artists that no account is linked to.
pub(crate) fn free_profiles(db: Reader<'_>) -> Result<Vec<(String, String)>> {
    db.all(
        "SELECT id, name FROM artists a WHERE active = 1
             AND NOT EXISTS (SELECT 1 FROM members m WHERE m.artist_id = a.id OR m.former_artist_id = a.id)
         ORDER BY position",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What each artist is called, those who left too.
pub(crate) fn artist_names(db: Reader<'_>) -> Result<HashMap<String, String>> {
    let names = db.all("SELECT id, name FROM artists", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(names.into_iter().collect())
}

/// The week of every artist who has hours or is a guest.
pub(crate) fn weeks(db: Reader<'_>) -> Result<HashMap<String, Week>> {
    let rows: Vec<(String, Hours)> = db.all(
        "SELECT artist_id, weekday, opens, closes FROM artist_hours ORDER BY artist_id, weekday",
        [],
        |row| Ok((row.get(0)?, Hours { weekday: row.get(1)?, opens: row.get(2)?, closes: row.get(3)? })),
    )?;
    let mut weeks: HashMap<String, Week> = HashMap::new();
    for (artist, hours) in rows {
        weeks.entry(artist).or_default().hours.push(hours);
    }
    let stays: Vec<(String, Option<Day>, Option<Day>)> = db.all(
        "SELECT artist_id, guest_from, guest_until FROM members WHERE artist_id IS NOT NULL AND employment = 'guest'",
        [],
        |row| Ok((row.get(0)?, day(row.get(1)?), day(row.get(2)?))),
    )?;
    for (artist, from, until) in stays {
        let week = weeks.entry(artist).or_default();
        (week.from, week.until) = (from, until);
    }
    Ok(weeks)
}

pub(crate) fn week(db: Reader<'_>, artist: &str) -> Result<Week> {
    let stay = db.maybe(
        "SELECT guest_from, guest_until FROM members WHERE artist_id = ?1 AND employment = 'guest'",
        [artist],
        |row| Ok((day(row.get(0)?), day(row.get(1)?))),
    )?;
    let (from, until) = stay.unwrap_or_default();
    Ok(Week { hours: weekly_hours(db, artist)?, from, until })
}

pub(crate) fn weekly_hours(db: Reader<'_>, artist: &str) -> Result<Vec<Hours>> {
    db.all(
        "SELECT weekday, opens, closes FROM artist_hours WHERE artist_id = ?1 ORDER BY weekday",
        [artist],
        |row| Ok(Hours { weekday: row.get(0)?, opens: row.get(1)?, closes: row.get(2)? }),
    )
}

pub(crate) fn put_hours(db: Writer<'_>, artist: &str, hours: &[Hours]) -> Result<()> {
    db.run("DELETE FROM artist_hours WHERE artist_id = ?1", [artist])?;
    for day in hours {
        db.run(
            "INSERT INTO artist_hours (artist_id, weekday, opens, closes) VALUES (?1, ?2, ?3, ?4)",
            (artist, day.weekday, day.opens, day.closes),
        )?;
    }
    Ok(())
}

/// The artist's open visits between two moments, and when the next begins.
pub(crate) fn visits_ahead(
    db: Reader<'_>,
    artist: &str,
    now: Millis,
    today: (Millis, Millis),
) -> Result<(i64, Option<Millis>)> {
    db.one(
        "SELECT (SELECT count(*) FROM appointments WHERE artist_id = ?1 AND starts_at >= ?3 AND starts_at < ?4
                 AND status NOT IN ('cancelled', 'no_show')),
             (SELECT min(starts_at) FROM appointments WHERE artist_id = ?1 AND starts_at >= ?2
                 AND status IN ('booked', 'confirmed'))",
        (artist, now, today.0, today.1),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn put_profile(db: Writer<'_>, member: &str, name: &str, profile: &Profile) -> Result<()> {
    let list = |words: &[String]| serde_json::Value::from(words).to_string();
    db.run(
        "UPDATE members SET name = ?2, pronouns = ?3, email = ?4, phone = ?5, about = ?6, languages = ?7, skills = ?8,
             styles = ?9 WHERE id = ?1",
        (
            member,
            name,
            &profile.pronouns,
            &profile.email,
            &profile.phone,
            &profile.about,
            list(&profile.languages),
            list(&profile.skills),
            list(&profile.styles),
        ),
    )?;
    // The agenda's column carries the member's name.
    db.run(
        "UPDATE artists SET name = ?2 WHERE id = (SELECT artist_id FROM members WHERE id = ?1)",
        (member, name),
    )?;
    Ok(())
}

pub(crate) fn put_terms(
    db: Writer<'_>,
    member: &str,
    employment: Option<Employment>,
    guest: (Option<Day>, Option<Day>),
    commission_bp: Option<i64>,
) -> Result<()> {
    db.run(
        "UPDATE members SET employment = ?2, guest_from = ?3, guest_until = ?4 WHERE id = ?1",
        (member, employment.map(Employment::name), guest.0.map(String::from), guest.1.map(String::from)),
    )?;
    if let Some(commission) = commission_bp {
        db.run(
            "UPDATE artists SET commission_bp = ?2 WHERE id = (SELECT artist_id FROM members WHERE id = ?1)",
            (member, commission),
        )?;
    }
    Ok(())
}

/// A changed role takes its switches with it (D29), ends a loan and an elevation of the old rights (D12).
pub(crate) fn set_role(db: Writer<'_>, id: &str, role: Role, artist: Option<&str>) -> Result<()> {
    db.run("DELETE FROM switches WHERE member_id = ?1", [id])?;
    db.run("DELETE FROM lent_roles WHERE member_id = ?1", [id])?;
    // The profile of somebody who tattoos no more stays with its history, but nobody books into it (D10).
    db.run(
        "UPDATE artists SET active = ?2 IS NOT NULL
         WHERE id = coalesce(?2, (SELECT artist_id FROM members WHERE id = ?1))",
        (id, artist),
    )?;
    db.run(
        "UPDATE members SET former_artist_id = CASE WHEN ?3 IS NULL THEN coalesce(artist_id, former_artist_id) END,
             role = ?2, artist_id = ?3, rights_epoch = rights_epoch + 1 WHERE id = ?1",
        (id, role, artist),
    )?;
    Ok(())
}

/// A role lent until a moment.
#[derive(Debug)]
pub(crate) struct Loan<'a> {
    pub role: Role,
    pub until: Millis,
    pub reason: Option<&'a str>,
}

pub(crate) fn lend_role(db: Writer<'_>, member: &str, loan: &Loan<'_>, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO lent_roles (member_id, role, until, reason, set_at, set_by, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, lower(hex(randomblob(16))))
         ON CONFLICT (member_id) DO UPDATE SET role = excluded.role, until = excluded.until, reason = excluded.reason,
             set_at = excluded.set_at, set_by = excluded.set_by, salt = excluded.salt",
        (member, loan.role, loan.until, loan.reason, at, by),
    )?;
    rights_changed(db, member)
}

/// Until when a role is lent to this member, and which one counts after it.
pub(crate) fn lent(db: Reader<'_>, member: &str, now: Millis) -> Result<Option<(Millis, Role)>> {
    db.maybe(
        "SELECT l.until, m.role FROM lent_roles l JOIN members m ON m.id = l.member_id
         WHERE l.member_id = ?1 AND l.until > ?2",
        (member, now),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Links an account to an artist profile without touching its role.
pub(crate) fn link_artist(db: Writer<'_>, member: &str, artist: &str) -> Result<()> {
    db.run("UPDATE members SET artist_id = ?2, former_artist_id = NULL WHERE id = ?1", [member, artist])?;
    Ok(())
}

/// Who left loses a lent role for good, and the profile stands or falls with the account.
pub(crate) fn set_active(db: Writer<'_>, id: &str, active: bool, at: Millis) -> Result<()> {
    db.run(
        "UPDATE members SET active = ?2, archived_at = CASE WHEN ?2 THEN NULL ELSE coalesce(archived_at, ?3) END,
             rights_epoch = rights_epoch + 1 WHERE id = ?1",
        (id, active, at),
    )?;
    db.run(
        "UPDATE artists SET active = ?2 WHERE id = (SELECT artist_id FROM members WHERE id = ?1)",
        (id, active),
    )?;
    if !active {
        db.run("DELETE FROM lent_roles WHERE member_id = ?1", [id])?;
    }
    Ok(())
}

/// A profile that nobody books into any more.
pub(crate) fn rest_artist(db: Writer<'_>, artist: &str) -> Result<()> {
    db.run("UPDATE artists SET active = 0 WHERE id = ?1", [artist])?;
    Ok(())
}

/// The owner becomes an admin and the other member the owner, in that order: there is never a second one (D07).
pub(crate) fn hand_over_studio(db: Writer<'_>, old: &str, new: &str) -> Result<()> {
    db.run("DELETE FROM switches WHERE member_id IN (?1, ?2)", [old, new])?;
    db.run("DELETE FROM lent_roles WHERE member_id IN (?1, ?2)", [old, new])?;
    for (member, role) in [(old, Role::Admin), (new, Role::Owner)] {
        db.run(
            "UPDATE members SET role = ?2, rights_epoch = rights_epoch + 1 WHERE id = ?1",
            (member, role),
        )?;
    }
    Ok(())
}

pub(crate) fn ticks(db: Reader<'_>, member: &str) -> Result<Vec<(String, Millis, Option<String>)>> {
    db.all(
        "SELECT t.item, t.at, m.name FROM checklist_ticks t LEFT JOIN members m ON m.id = t.by_member
         WHERE t.member_id = ?1",
        [member],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

pub(crate) fn tick(db: Writer<'_>, member: &str, item: &str, done: bool, at: Millis, by: &str) -> Result<()> {
    if done {
        db.run(
            "INSERT INTO checklist_ticks (member_id, item, at, by_member) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (member_id, item) DO NOTHING",
            (member, item, at, by),
        )?;
    } else {
        db.run("DELETE FROM checklist_ticks WHERE member_id = ?1 AND item = ?2", [member, item])?;
    }
    Ok(())
}

/// When an account was made.
pub(crate) fn created_at(db: Reader<'_>, member: &str) -> Result<Millis> {
    db.one("SELECT created_at FROM members WHERE id = ?1", [member], |row| row.get(0))
}

pub(crate) fn set_switch(
    db: Writer<'_>,
    member: &str,
    switch: &SwitchState,
    at: Millis,
    by: &str,
) -> Result<()> {
    db.run(
        "INSERT INTO switches (member_id, name, is_on, until, reason, set_at, set_by, salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, lower(hex(randomblob(16))))
         ON CONFLICT (member_id, name) DO UPDATE SET is_on = excluded.is_on, until = excluded.until,
             reason = excluded.reason, set_at = excluded.set_at, set_by = excluded.set_by, salt = excluded.salt",
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

/// Whether a profile belongs, or belonged, to an account other than `member`: its history is somebody's.
pub(crate) fn artist_taken(db: Reader<'_>, artist: &str, member: &str) -> Result<bool> {
    db.one(
        "SELECT EXISTS (SELECT 1 FROM members WHERE (artist_id = ?1 OR former_artist_id = ?1) AND id <> ?2)",
        [artist, member],
        |row| row.get(0),
    )
}

/// Active assistants: those who must be told a new master code (T067).
pub(crate) fn assistants(db: Reader<'_>, now: Millis) -> Result<Vec<String>> {
    db.all(
        "SELECT m.name FROM members m LEFT JOIN lent_roles l ON l.member_id = m.id AND l.until > ?1
         WHERE coalesce(l.role, m.role) = 'assistant' AND m.active = 1 ORDER BY m.name",
        [now],
        |row| row.get(0),
    )
}

/// Whether a second owner or admin is missing (A030). Whoever works alone needs none (A020).
pub(crate) fn misses_admin(db: Reader<'_>) -> Result<bool> {
    let sql = "SELECT count(*) > 1 FROM members WHERE active = 1";
    Ok(admins(db)? < 2 && db.one(sql, [], |row| row.get(0))?)
}

/// Active owners and admins, lent ones apart: they are gone again soon (A030: at least two).
pub(crate) fn admins(db: Reader<'_>) -> Result<i64> {
    db.one("SELECT count(*) FROM members WHERE role IN ('owner', 'admin') AND active = 1", [], |row| {
        row.get(0)
    })
}
