//! Where things are kept on this computer.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Disks write so many bytes whole or not at all.
const SECTOR: usize = 512;

/// The folders of one installation, or one file given by hand.
#[derive(Debug, Clone)]
pub struct Place {
    data: PathBuf,
    config: PathBuf,
    exports: PathBuf,
    single: Option<PathBuf>,
}

impl Place {
    /// The folders that the operating system gives a program; `INKPOINT_HOME` puts both under one of your choosing.
    pub fn standard() -> Result<Place> {
        if let Some(home) = std::env::var_os("INKPOINT_HOME").filter(|home| !home.is_empty()) {
            return Ok(Place::under(Path::new(&home)));
        }
        let folders = directories::ProjectDirs::from("studio", "Inkpoint", "Inkpoint")
            .ok_or_else(|| Error::internal("this account has no home folder"))?;
        Ok(Place {
            data: folders.data_dir().to_owned(),
            config: folders.config_dir().to_owned(),
            exports: directories::UserDirs::new()
                .and_then(|folders| folders.download_dir().map(Path::to_owned))
                .unwrap_or_else(|| folders.data_dir().join("exports")),
            single: None,
        })
    }

    pub fn under(home: &Path) -> Place {
        let data = home.join("data");
        Place { exports: data.join("exports"), data, config: home.join("config"), single: None }
    }

    /// The same folders, for a desk that serves this one file and no other.
    pub fn with_file(self, file: &Path) -> Place {
        Place { single: Some(file.to_owned()), ..self }
    }

    pub fn single(&self) -> Option<&Path> {
        self.single.as_deref()
    }

    /// Where studio files and logs live.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Where saved files go: the person's downloads; beside the studios for whoever keeps everything in a folder of their
    /// own choosing, and where there are no downloads.
    pub fn exports(&self) -> &Path {
        &self.exports
    }

    /// A new studio's file: the given one, or a free name in the data folder made from the studio's.
    pub fn file_for(&self, studio: &str) -> PathBuf {
        if let Some(single) = &self.single {
            return single.clone();
        }
        let slug = slug(studio);
        (1..)
            .map(|number| match number {
                1 => self.data.join(format!("{slug}.inkpoint")),
                _ => self.data.join(format!("{slug}-{number}.inkpoint")),
            })
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.data.join("studio.inkpoint"))
    }

    pub(crate) fn picker(&self) -> PathBuf {
        self.config.join("studios.json")
    }

    pub(crate) fn anchor(&self, studio_id: &str) -> PathBuf {
        self.config.join("anchors").join(format!("{studio_id}.json"))
    }

    pub(crate) fn backups(&self, studio_id: &str) -> PathBuf {
        self.config.join("backups").join(format!("{studio_id}.json"))
    }

    /// Writes a small file whole or not at all, whatever becomes of the power.
    pub(crate) fn put(path: &Path, text: &str) -> Result<()> {
        Place::write(path, text, true)
    }

    /// The same for what is put down with each change, may be an earlier one or none after the power went, and for which
    /// nobody is to wait: over what is there, in one write of the same length. A new file each time would make the next
    /// flush of the studio's log wait for it.
    pub(crate) fn put_over(path: &Path, text: &str) -> Result<()> {
        let there = std::fs::metadata(path).map_or(0, |about| about.len());
        let there = usize::try_from(there).unwrap_or(0);
        // Spaces at its end are none of its words.
        let room = text.len().next_multiple_of(SECTOR);
        let padded = text.to_owned() + &" ".repeat(room - text.len());
        if there != room {
            return Place::write(path, &padded, false);
        }
        let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
        Ok(file.write_all(padded.as_bytes())?)
    }

    fn write(path: &Path, text: &str, flush: bool) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let part = path.with_extension("part");
        let mut file = std::fs::File::create(&part)?;
        file.write_all(text.as_bytes())?;
        if flush {
            file.sync_all()?;
        }
        drop(file);
        Ok(std::fs::rename(&part, path)?)
    }
}

/// A studio's name as a part of a file's: letters, digits and dashes.
pub(crate) fn slug(name: &str) -> String {
    let slug: String = crate::text::fold(name)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    if slug.is_empty() { "studio".to_owned() } else { slug.chars().take(60).collect() }
}
