//! Ids and randomness, injected.

use crate::clock::Millis;
use crate::error::{Error, Result};

pub trait Random: Send + Sync + std::fmt::Debug {
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[allow(clippy::disallowed_methods)] // The one place that asks the operating system.
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(Error::internal)
    }
}

/// A version 7 UUID: ids sort by the time they were made, which keeps the file's indexes compact.
pub fn fresh_id(random: &dyn Random, now: Millis) -> Result<String> {
    let mut tail = [0u8; 10];
    random.fill(&mut tail)?;
    let millis = u64::try_from(now).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().hyphenated().to_string())
}

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `length` Crockford base32 characters: no I, L, O or U, so that a code survives being read aloud.
pub fn fresh_code(random: &dyn Random, length: usize) -> Result<String> {
    let mut bytes = vec![0u8; length];
    random.fill(&mut bytes)?;
    // 256 is a multiple of 32, so the low five bits are unbiased.
    Ok(bytes.iter().map(|byte| char::from(CROCKFORD[usize::from(byte & 31)])).collect())
}

/// What a person typed, as the code was made: upper case, no dashes or spaces, look-alikes folded.
pub fn fold_code(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}
