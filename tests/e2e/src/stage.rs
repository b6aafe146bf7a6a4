//! What a walk needs around the window: the programs under test, a home of its own, a studio to work in.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

/// The programs and a fresh home for them. The home goes when the stage does.
#[derive(Debug)]
pub struct Stage {
    programs: PathBuf,
    driver: PathBuf,
    home: tempfile::TempDir,
}

/// A studio with a year of believable data, and who works there.
#[derive(Debug)]
pub struct Demo {
    pub file: PathBuf,
    pub master_code: String,
    accounts: Vec<Account>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    pub role: String,
    pub username: String,
    pub password: String,
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
        self.program("inkpoint")
    }

    fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name).with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// Makes the demo studio, as `inkpointctl demo` does for anybody.
    pub fn demo(&self) -> Demo {
        #[derive(Deserialize)]
        struct Made {
            accounts: Vec<Account>,
            master_code: String,
        }
        let file = self.home().join("demo.inkpoint");
        let made = Command::new(self.program("inkpointctl"))
            .arg("demo")
            .arg(&file)
            .env("INKPOINT_HOME", self.home())
            .stderr(Stdio::inherit())
            .output()
            .expect("inkpointctl starts");
        assert!(made.status.success(), "inkpointctl demo failed");
        let Made { accounts, master_code } =
            serde_json::from_slice(&made.stdout).expect("accounts and master code");
        Demo { file, master_code, accounts }
    }
}

impl Demo {
    /// The first account with this role.
    pub fn account(&self, role: &str) -> &Account {
        self.accounts
            .iter()
            .find(|account| account.role == role)
            .unwrap_or_else(|| panic!("no {role} in the demo"))
    }
}
