//! Passwords: what is accepted (D11), how they are kept, and checking them at a constant price.
//!
//! Hashing is slow on purpose: never call this while holding the writer.

use std::sync::OnceLock;
use std::time::Duration;

use super::lane::turn;
use crate::clock::{Clock, SystemClock};
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

/// What a hash costs: bcrypt does 2^n rounds, and the hash says how many it was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Always this n: for tests, and for what must come out the same on every computer.
    Fixed(u32),
    /// The n at which one hash takes 250 to 500 ms on this computer.
    Calibrated,
}

/// A hash of this n is what the others are reckoned from: long enough to measure, short enough not to be noticed.
const PROBE: u32 = 8;
/// What a hash made here should take at least; the next n would take twice that.
const FITS: Duration = Duration::from_millis(250);
/// Between these a hash from elsewhere, or from a busier moment, is left as it is.
const KEPT: std::ops::RangeInclusive<Duration> = Duration::from_millis(180)..=Duration::from_millis(700);
/// Below, even the fastest attacker's computer would be too fast; above, even the slowest desk waits no longer.
const CALIBRATED: std::ops::RangeInclusive<u32> = 10..=15;

impl Cost {
    /// The n that a new hash is made with.
    pub fn n(self) -> u32 {
        match self {
            Cost::Fixed(n) => n,
            Cost::Calibrated => fitting(probe()),
        }
    }

    /// The cost to make a hash anew with, where its own is too cheap or too dear here.
    pub fn instead_of(self, hash: &str) -> Option<Cost> {
        let own = cost_of(hash)?;
        let other = match self {
            Cost::Fixed(n) => n,
            Cost::Calibrated => instead_of(probe(), own)?,
        };
        (other != own).then_some(Cost::Fixed(other))
    }
}

/// How long a hash of [`PROBE`] takes here, measured once: the least of three, since others only make it longer.
fn probe() -> Duration {
    static PROBED: OnceLock<Duration> = OnceLock::new();
    *PROBED.get_or_init(|| {
        let _turn = turn();
        let clock = SystemClock::new();
        let once = |_| {
            let start = clock.now().mono;
            let _hash = bcrypt::non_truncating_hash_with_salt("probe", PROBE, [0; 16]);
            clock.now().mono.saturating_sub(start)
        };
        (0..3).map(once).min().unwrap_or_default()
    })
}

fn takes(probe: Duration, n: u32) -> Duration {
    probe.mul_f64(f64::from(n).exp2() / f64::from(PROBE).exp2())
}

fn fitting(probe: Duration) -> u32 {
    CALIBRATED.into_iter().find(|n| takes(probe, *n) >= FITS).unwrap_or(*CALIBRATED.end())
}

fn instead_of(probe: Duration, own: u32) -> Option<u32> {
    (!KEPT.contains(&takes(probe, own))).then(|| fitting(probe))
}

/// The n of `$2b$12$…`.
fn cost_of(hash: &str) -> Option<u32> {
    hash.split('$').nth(2)?.parse().ok()
}

/// A hash to keep. The salt comes from the injected randomness.
pub fn hash(secret: &str, cost: Cost, random: &dyn Random) -> Result<String> {
    let mut salt = [0u8; 16];
    random.fill(&mut salt)?;
    hash_with_salt(secret, cost, salt)
}

/// As [`hash`], with a salt drawn before: for hashing on several threads in a known order.
pub(crate) fn hash_with_salt(secret: &str, cost: Cost, salt: [u8; 16]) -> Result<String> {
    let _turn = turn();
    bcrypt::non_truncating_hash_with_salt(secret, cost.n(), salt)
        .map(|parts| parts.to_string())
        .map_err(Error::internal)
}

/// Whether `secret` is what `hash` was made from. `None` (no such account) does the work of a wrong password whose hash
/// has this cost, so that the time taken tells nothing.
pub fn verify(secret: &str, hash: Option<&str>, cost: Cost) -> bool {
    let _turn = turn();
    // A NUL or a 72nd byte can never have been accepted, and bcrypt would stop reading there.
    let usable = !secret.contains('\0') && secret.len() <= MOST_BYTES;
    let given = if usable { secret } else { "-" };
    match hash {
        Some(hash) => bcrypt::non_truncating_verify(given, hash).unwrap_or(false) && usable,
        None => {
            let _same_work = bcrypt::non_truncating_hash_with_salt(given, cost.n(), [0; 16]);
            false
        }
    }
}

/// PINs that everybody tries first, beside one digit over and over and runs of digits.
const COMMON_PINS: &[&str] = &[
    "1212", "1313", "1122", "1133", "1221", "1010", "2020", "2580", "0852", "1004", "1342", "6969", "4200",
    "0420", "2000", "2001", "1999", "2468", "1357", "8520", "123123", "112233", "121212", "123321", "101010",
    "159753", "147258",
];

/// Whether a PIN may be used: 4 to 8 digits, and not one that is tried first.
pub fn check_pin(pin: &str) -> Result<()> {
    let digits = pin.as_bytes();
    if !(4..=8).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Error::invalid("pin", "not 4 to 8 digits"));
    }
    // The step from each digit to the next, where 0 follows 9: the same all along is 7777, 4567, 9876 or 7890.
    let mut steps = digits.windows(2).map(|pair| (pair[1] + 10 - pair[0]) % 10);
    let first = steps.next().unwrap_or_default();
    let even = matches!(first, 0 | 1 | 9) && steps.all(|step| step == first);
    if even || COMMON_PINS.contains(&pin) {
        return Err(Error::invalid("pin", "too simple"));
    }
    Ok(())
}

/// A password to hand over once: three groups that a person can read aloud, valid by the rules above.
pub fn temporary(random: &dyn Random) -> Result<String> {
    let code = crate::ids::fresh_code(random, 9)?.to_lowercase();
    let mut digit = [0u8; 1];
    random.fill(&mut digit)?;
    Ok(format!("Ink{}-{}-{}-{}", digit[0] % 10, &code[0..3], &code[3..6], &code[6..9]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t084_a_new_hash_takes_a_quarter_to_half_a_second() {
        for probe in [2, 3, 5, 7, 15, 16, 25, 40, 62] {
            let probe = Duration::from_millis(probe);
            let found = takes(probe, fitting(probe));
            assert!((250..500).contains(&found.as_millis()), "{probe:?}: {found:?}");
        }
        assert_eq!(fitting(Duration::from_millis(500)), 10, "no cheaper on the slowest");
        assert_eq!(fitting(Duration::from_micros(1)), 15, "nor dearer on the fastest");
    }

    #[test]
    fn t084_a_hash_is_made_anew_only_where_it_is_far_off_and_then_stays() {
        for micros in (500..200_000).step_by(777) {
            let probe = Duration::from_micros(micros);
            for own in 4..20 {
                let Some(other) = instead_of(probe, own) else { continue };
                assert!(!KEPT.contains(&takes(probe, own)));
                // Measured a third faster or slower the next time: still the same.
                for again in [probe.mul_f64(0.75), probe.mul_f64(1.33)] {
                    if (11..15).contains(&other) {
                        assert_eq!(instead_of(again, other), None, "{probe:?} {own} {other}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_pin_is_four_to_eight_digits_and_not_the_first_that_anybody_would_try() {
        let reason = |pin: &str| match check_pin(pin) {
            Ok(()) => "fine",
            Err(Error::Invalid { reason, .. }) => reason,
            Err(_) => "another error",
        };
        for pin in ["", "123", "123456789", "12a4", "١٢٣٤", " 8143", "8143\0"] {
            assert_eq!(reason(pin), "not 4 to 8 digits", "{pin:?}");
        }
        for pin in ["0000", "77777777", "1234", "4321", "456789", "7890", "0987", "2580", "1212"] {
            assert_eq!(reason(pin), "too simple", "{pin}");
        }
        for pin in ["8143", "0913", "77778", "12345679"] {
            assert_eq!(reason(pin), "fine", "{pin}");
        }
    }

    #[test]
    fn t084_the_hash_says_its_cost() {
        let hash = "$2b$04$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga";
        assert_eq!(cost_of(hash), Some(4));
        assert_eq!(Cost::Fixed(4).instead_of(hash), None);
        assert_eq!(Cost::Fixed(5).instead_of(hash), Some(Cost::Fixed(5)));
        assert_eq!(Cost::Fixed(5).instead_of("no hash"), None);
    }
}
