//! What a walk needs around the window: the program under test, what drives it, and a home of its own.

use std::path::{Path, PathBuf};

/// The program and a fresh home for it. The home goes when the stage does.
#[derive(Debug)]
pub struct Stage {
    programs: PathBuf,
    driver: PathBuf,
    home: tempfile::TempDir,
}

impl Stage {
    /// `INKPOINT_PROGRAMS` names the folder that holds `inkpoint` and `inkpointctl`, `TAURI_DRIVER` the driver.
    pub fn set() -> Self {
        let program =
            |name| PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set")));
        Stage {
            programs: program("INKPOINT_PROGRAMS"),
            driver: program("TAURI_DRIVER"),
            home: tempfile::tempdir().expect("a folder for the walk"),
        }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn driver(&self) -> &Path {
        &self.driver
    }

    pub fn shell(&self) -> PathBuf {
        self.programs.join("inkpoint").with_extension(std::env::consts::EXE_EXTENSION)
    }
}
