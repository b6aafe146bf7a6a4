//! A file that comes beside the arguments of a request, in the place of their `base64`.

use std::sync::{Mutex, PoisonError};

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use crate::error::{Error, Result};
use crate::storage::seal::{self, Hash};

/// The file, until the command takes it.
#[derive(Debug)]
pub(super) struct Beside {
    pub hash: Hash,
    /// How long it would be as text.
    as_text: usize,
    bytes: Mutex<Option<Vec<u8>>>,
}

impl Beside {
    pub(super) fn new(bytes: Vec<u8>) -> Beside {
        let as_text = bytes.len().div_ceil(3) * 4;
        Beside { hash: seal::sha256(&bytes), as_text, bytes: Mutex::new(Some(bytes)) }
    }

    pub(super) fn as_text(&self) -> usize {
        self.as_text
    }

    pub(super) fn take(&self) -> Result<Vec<u8>> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        bytes.take().ok_or_else(|| Error::internal("a file was taken twice"))
    }
}

/// The bytes of a file: as text among the arguments, which is what scripts send, or as they came beside them.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(from = "String")]
#[ts(type = "string")]
#[schemars(with = "String")]
pub enum FileBytes {
    Base64(String),
    Beside(Vec<u8>),
}

impl From<String> for FileBytes {
    fn from(text: String) -> FileBytes {
        FileBytes::Base64(text)
    }
}

/// Arguments with a file among them.
pub trait TakesFile {
    fn file(&mut self) -> &mut FileBytes;
}
