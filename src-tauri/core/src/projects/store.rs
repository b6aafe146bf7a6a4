//! The rows of projects.

use super::{Project, ProjectSession};
use crate::agenda::VisitStatus;
use crate::clock::Millis;
use crate::error::Result;
use crate::storage::{Reader, Row, Writer};

const PROJECT: &str =
    "SELECT j.id, j.client_id, c.name, j.artist_id, a.name, j.title, j.placement, j.idea, j.planned,
        j.closed_at, j.rev
    FROM projects j JOIN clients c ON c.id = j.client_id JOIN artists a ON a.id = j.artist_id";

fn row(row: &Row<'_>) -> rusqlite::Result<Project> {
    Ok(Project {
        id: row.get(0)?,
        client_id: row.get(1)?,
        client_name: row.get(2)?,
        artist_id: row.get(3)?,
        artist_name: row.get(4)?,
        title: row.get(5)?,
        placement: row.get(6)?,
        idea: row.get(7)?,
        planned: row.get(8)?,
        closed_at: row.get(9)?,
        rev: row.get(10)?,
        done: 0,
        sessions: Vec::new(),
    })
}

fn with_sessions(db: Reader<'_>, mut project: Project) -> Result<Project> {
    let rows: Vec<(String, Millis, String, String)> = db.all(
        "SELECT p.id, p.starts_at, p.status, s.name FROM appointments p JOIN services s ON s.id = p.service_id
         WHERE p.project_id = ?1 ORDER BY p.starts_at, p.id",
        [&project.id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    for (appointment_id, starts_at, status, service_name) in rows {
        let status = VisitStatus::parse(&status)?;
        project.done += i64::from(status == VisitStatus::Completed);
        project.sessions.push(ProjectSession { appointment_id, starts_at, status, service_name });
    }
    Ok(project)
}

pub(crate) fn project(db: Reader<'_>, id: &str) -> Result<Option<Project>> {
    let found = db.maybe(&format!("{PROJECT} WHERE j.id = ?1"), [id], row)?;
    found.map(|project| with_sessions(db, project)).transpose()
}

/// Open ones first, newest first.
pub(crate) fn projects(
    db: Reader<'_>,
    client: Option<&str>,
    artist: Option<&str>,
    closed: bool,
) -> Result<Vec<Project>> {
    let rows = db.all(
        &format!(
            "{PROJECT} WHERE (?1 IS NULL OR j.client_id = ?1) AND (?2 IS NULL OR j.artist_id = ?2)
                 AND (?3 OR j.closed_at IS NULL)
             ORDER BY j.closed_at IS NOT NULL, j.created_at DESC, j.rowid DESC LIMIT 200"
        ),
        (client, artist, closed),
        row,
    )?;
    rows.into_iter().map(|project| with_sessions(db, project)).collect()
}

pub(crate) fn put(db: Writer<'_>, project: &Project, at: Millis, by: &str) -> Result<()> {
    db.run(
        "INSERT INTO projects (id, client_id, artist_id, title, placement, idea, planned, closed_at, created_at, created_by,
             salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, lower(hex(randomblob(16))))
         ON CONFLICT (id) DO UPDATE SET artist_id = excluded.artist_id, title = excluded.title,
             placement = excluded.placement, idea = excluded.idea, planned = excluded.planned,
             closed_at = excluded.closed_at, rev = projects.rev + 1",
        (
            &project.id,
            &project.client_id,
            &project.artist_id,
            &project.title,
            &project.placement,
            &project.idea,
            project.planned,
            project.closed_at,
            at,
            by,
        ),
    )?;
    Ok(())
}
