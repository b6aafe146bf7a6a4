//! Files that leave the desk: lists, reports and papers that the core wrote. The window names the file, never the folder.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use inkpoint_core::{Desk, Error, Fault, Place};
use serde::Deserialize;
use tauri::State;

const LONGEST_NAME: usize = 120;

/// Where saved files go.
#[derive(Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn standard(place: &Place) -> Folder {
        Folder(place.exports().to_owned())
    }
}

/// What is to be written: a table's text, or the bytes of a paper.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Text(String),
    Base64(String),
}

impl Content {
    fn bytes(self) -> Result<Vec<u8>, Error> {
        match self {
            Content::Text(text) => Ok(text.into_bytes()),
            Content::Base64(text) => {
                STANDARD.decode(text).map_err(|_| Error::invalid("content", "malformed"))
            }
        }
    }
}

/// Writes `content` under a free name like `name`, and tells where it went.
#[tauri::command]
pub async fn save(
    core: State<'_, Arc<Desk>>,
    folder: State<'_, Folder>,
    name: String,
    content: Content,
) -> Result<String, Fault> {
    let folder = folder.0.clone();
    let bytes = content.bytes().map_err(|error| core.fault(error))?;
    match tauri::async_runtime::spawn_blocking(move || write(&folder, &plain(&name), &bytes)).await {
        Ok(Ok(path)) => Ok(path.display().to_string()),
        Ok(Err(cause)) => Err(core.fault(cause.into())),
        Err(panicked) => Err(core.fault(Error::internal(panicked))),
    }
}

/// A name that is a file's in that folder and nowhere else, on every system: letters, digits, dots and dashes.
fn plain(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .take(LONGEST_NAME)
        .collect();
    let kept = kept.trim_matches(['.', '-']);
    if kept.is_empty() { String::from("inkpoint.txt") } else { kept.to_owned() }
}

/// Never over another file: `list.csv`, then `list-2.csv`. Only the person it was written for may read it.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (stem, ending) = name.rsplit_once('.').map_or((name, None), |(stem, ending)| (stem, Some(ending)));
    for number in 1u32.. {
        let stem = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
        let path = folder.join(ending.map_or_else(|| stem.clone(), |ending| format!("{stem}.{ending}")));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = match options.open(&path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(cause) => return Err(cause),
        };
        // Half a list looks like a whole one: better none.
        if let Err(cause) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            drop(file);
            let _ = fs::remove_file(&path);
            return Err(cause);
        }
        return Ok(path);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
