//! Passwords: what is accepted (D11), how they are kept, and checking them at a constant price.
//!
//! Hashing is slow on purpose: never call this while holding the writer.

use crate::error::{Error, Result};
use crate::ids::Random;

/// Bcrypt reads no further than this.
const MOST_BYTES: usize = 71;

/// Passwords everybody tries first, folded.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "password1",
    "password12",
    "password123",
    "welcome1",
    "qwerty12",
    "qwerty123",
    "abc12345",
    "abcd1234",
    "admin123",
    "admin1234",
    "letmein1",
    "iloveyou1",
    "tattoo123",
    "tattoo1234",
    "inkpoint1",
    "studio123",
    "sunshine1",
    "princess1",
    "football1",
    "monkey123",
    "dragon123",
    "changeme1",
    "12345678a",
    "contraseña1",
    "contrasena1",
    "tatuaje123",
    "aa123456",
];

/// Whether a password may be used at all (D11): 8 characters with upper, lower and digit, or 15 of anything;
/// not a common one, not the member's or the studio's name.
pub fn check(password: &str, names: &[&str], field: &'static str) -> Result<()> {
    if password.contains('\0') || password.len() > MOST_BYTES {
        return Err(Error::invalid(field, "too long"));
    }
    let length = password.chars().count();
    if length < 8 || password.trim().is_empty() {
        return Err(Error::invalid(field, "too short"));
    }
    let mixed = password.chars().any(char::is_uppercase)
        && password.chars().any(char::is_lowercase)
        && password.chars().any(|c| c.is_ascii_digit());
    if length < 15 && !mixed {
        return Err(Error::invalid(field, "too plain"));
    }
    let folded = crate::text::fold(password);
    let named = names.iter().any(|name| {
        let name = crate::text::fold(name);
        name.chars().count() >= 3 && folded.starts_with(&name) && folded.len() < name.len() + 6
    });
    if named || COMMON.contains(&folded.as_str()) {
        return Err(Error::invalid(field, "too common"));
    }
    Ok(())
}

/// A hash to keep. The salt comes from the injected randomness.
pub fn hash(secret: &str, cost: u32, random: &dyn Random) -> Result<String> {
    let mut salt = [0u8; 16];
    random.fill(&mut salt)?;
    hash_with_salt(secret, cost, salt)
}

/// As [`hash`], with a salt drawn before: for hashing on several threads in a known order.
pub(crate) fn hash_with_salt(secret: &str, cost: u32, salt: [u8; 16]) -> Result<String> {
    bcrypt::non_truncating_hash_with_salt(secret, cost, salt)
        .map(|parts| parts.to_string())
        .map_err(Error::internal)
}

/// Whether `secret` is what `hash` was made from. `None` (no such account) costs the same as a wrong password, so that
/// the time taken tells nothing.
pub fn verify(secret: &str, hash: Option<&str>, cost: u32) -> bool {
    // A NUL or a 72nd byte can never have been accepted, and bcrypt would stop reading there.
    let usable = !secret.contains('\0') && secret.len() <= MOST_BYTES;
    let given = if usable { secret } else { "-" };
    match hash {
        Some(hash) => bcrypt::non_truncating_verify(given, hash).unwrap_or(false) && usable,
        None => {
            let _same_work = bcrypt::non_truncating_hash_with_salt(given, cost, [0; 16]);
            false
        }
    }
}

/// A password to hand over once: three groups that a person can read aloud, valid by the rules above.
pub fn temporary(random: &dyn Random) -> Result<String> {
    let code = crate::ids::fresh_code(random, 9)?.to_lowercase();
    let mut digit = [0u8; 1];
    random.fill(&mut digit)?;
    Ok(format!("Ink{}-{}-{}-{}", digit[0] % 10, &code[0..3], &code[3..6], &code[6..9]))
}
