//! What the demo studio's artists are at: tattoos of several sessions, and pictures of what clients want and get.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{ask, text};
use crate::door::Desk;
use crate::error::Result;
use crate::studio::Language;

/// In English and in Spanish.
pub(super) type Words = (&'static str, &'static str);

/// Drawn for this demo: nobody's tattoo.
pub(super) const SKETCHES: [(Words, &[u8]); 5] = [
    (("Fox, geometric", "Zorro geométrico"), include_bytes!("../../../../assets/demo/fox.jpg")),
    (("Lotus with moon", "Loto con luna"), include_bytes!("../../../../assets/demo/lotus.jpg")),
    (("Moth, dotwork", "Polilla en puntillismo"), include_bytes!("../../../../assets/demo/moth.jpg")),
    (("Mountains, round", "Montañas en círculo"), include_bytes!("../../../../assets/demo/mountains.jpg")),
    (("Fern", "Helecho"), include_bytes!("../../../../assets/demo/fern.jpg")),
];

pub(super) const SHOTS: [(Words, &[u8]); 5] = [
    (
        ("Fox on the forearm", "Zorro en el antebrazo"),
        include_bytes!("../../../../assets/demo/fox-forearm.jpg"),
    ),
    (
        ("Mandala, shoulder", "Mandala en el hombro"),
        include_bytes!("../../../../assets/demo/mandala-shoulder.jpg"),
    ),
    (("Saturn, dotwork", "Saturno en puntillismo"), include_bytes!("../../../../assets/demo/planet.jpg")),
    (("Luna, lettering", "Luna, letras"), include_bytes!("../../../../assets/demo/luna.jpg")),
    (("Waves, thigh", "Olas en el muslo"), include_bytes!("../../../../assets/demo/waves.jpg")),
];

/// A project: what it is called, where on the body, the idea.
const PROJECTS: [(Words, Words, Words); 6] = [
    (
        ("Fern sleeve", "Manga de helechos"),
        ("Left forearm to elbow", "Antebrazo izquierdo hasta el codo"),
        ("Botanical line work, no colour", "Botánica de línea, sin color"),
    ),
    (
        ("Wave sleeve", "Manga de olas"),
        ("Right arm", "Brazo derecho"),
        ("Waves and a low sun, dotwork shading", "Olas y un sol bajo, sombras en puntillismo"),
    ),
    (
        ("Moth and moon", "Polilla y luna"),
        ("Right shoulder", "Hombro derecho"),
        ("Symmetrical, fine dots", "Simétrica, puntos finos"),
    ),
    (
        ("Mountain half sleeve", "Media manga de montañas"),
        ("Right upper arm", "Brazo derecho"),
        ("The ridge from her photograph", "La sierra de su fotografía"),
    ),
    (
        ("Mandala shoulder", "Mandala de hombro"),
        ("Left shoulder", "Hombro izquierdo"),
        ("Grows towards the elbow later", "Crecerá hacia el codo después"),
    ),
    (
        ("Fox and lotus", "Zorro y loto"),
        ("Left calf", "Pantorrilla izquierda"),
        ("Geometric, black only", "Geométrico, solo negro"),
    ),
];

const MOST_REFERENCES: usize = 10;
const MOST_SHOTS: usize = 6;

#[derive(Debug)]
struct Project {
    id: String,
    artist: String,
    client: String,
    sessions: usize,
    planned: usize,
    last: u64,
}

/// What is going on, and how much of it was shown.
#[derive(Debug)]
pub(super) struct Work {
    language: Language,
    projects: Vec<Project>,
    /// Visits by the project they are a session of.
    sessions: HashMap<String, usize>,
    references: usize,
    shots: usize,
}

pub(super) fn say(language: Language, (english, spanish): Words) -> &'static str {
    match language {
        Language::English => english,
        Language::Spanish => spanish,
    }
}

impl Work {
    pub(super) fn new(language: Language) -> Work {
        Work { language, projects: Vec::new(), sessions: HashMap::new(), references: 0, shots: 0 }
    }

    fn say(&self, words: Words) -> &'static str {
        say(self.language, words)
    }

    /// The client and the project whose next session this is, if one waits for it; a week and a half to heal.
    pub(super) fn next(&mut self, artist: &str, day: u64) -> Option<(String, String)> {
        let project = self.projects.iter_mut().find(|project| {
            project.artist == artist && project.sessions < project.planned && day >= project.last + 10
        })?;
        project.sessions += 1;
        project.last = day;
        Some((project.client.clone(), project.id.clone()))
    }

    /// Begins a project with a visit, unless there are enough of them.
    pub(super) fn begin(
        &mut self,
        desk: &Desk,
        artist: &str,
        client: &str,
        day: u64,
    ) -> Result<Option<String>> {
        let Some((title, placement, idea)) = PROJECTS.get(self.projects.len()) else { return Ok(None) };
        if self.projects.iter().any(|project| project.artist == artist) {
            return Ok(None);
        }
        let planned = 2 + self.projects.len() % 2;
        let made = ask(
            desk,
            "projects.start",
            None,
            json!({"client_id": client, "artist_id": artist, "title": self.say(*title),
                "placement": self.say(*placement), "idea": self.say(*idea), "planned": planned}),
        )?;
        let id = text(&made, "id")?;
        self.projects.push(Project {
            id: id.clone(),
            artist: artist.to_owned(),
            client: client.to_owned(),
            sessions: 1,
            planned,
            last: day,
        });
        Ok(Some(id))
    }

    /// A booked session: its project's first has a reference.
    pub(super) fn booked(&mut self, desk: &Desk, visit: &str, project: &str) -> Result<()> {
        let session =
            self.projects.iter().find(|known| known.id == project).map_or(0, |known| known.sessions);
        self.sessions.insert(visit.to_owned(), session);
        if session == 1 { self.reference(desk, visit) } else { Ok(()) }
    }

    /// What the client wants, as they brought it.
    pub(super) fn reference(&mut self, desk: &Desk, visit: &str) -> Result<()> {
        if self.references < MOST_REFERENCES {
            let (title, bytes) = SKETCHES[self.references % SKETCHES.len()];
            self.references += 1;
            self.add(desk, visit, "reference", title, bytes)?;
        }
        Ok(())
    }

    /// How it came out, or how far it got.
    pub(super) fn shot(&mut self, desk: &Desk, visit: &str) -> Result<()> {
        if self.shots < MOST_SHOTS {
            let (title, bytes) = SHOTS[self.shots % SHOTS.len()];
            self.shots += 1;
            let kind = if self.is_session(visit) { "progress" } else { "result" };
            self.add(desk, visit, kind, title, bytes)?;
        }
        Ok(())
    }

    pub(super) fn is_session(&self, visit: &str) -> bool {
        self.sessions.contains_key(visit)
    }

    fn add(&self, desk: &Desk, visit: &str, kind: &str, title: Words, bytes: &[u8]) -> Result<()> {
        ask(
            desk,
            "pictures.add",
            None,
            json!({"appointment_id": visit, "kind": kind, "title": self.say(title), "base64": STANDARD.encode(bytes)}),
        )
        .map(drop)
    }
}
