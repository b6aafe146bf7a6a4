//! The demo's own clock and dice.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::clock::{Clock, Millis, Moment};
use crate::error::Result;
use crate::ids::Random;

/// A clock that the script moves; both hands go together.
#[derive(Debug)]
pub(crate) struct ScriptClock {
    now: AtomicI64,
}

/// Before any demo begins: the monotonic hand counts from here.
const ORIGIN: Millis = 0;

impl ScriptClock {
    pub(crate) fn at(now: Millis) -> ScriptClock {
        ScriptClock { now: AtomicI64::new(now) }
    }

    pub(crate) fn set(&self, now: Millis) {
        self.now.store(now, Ordering::Relaxed);
    }
}

impl Clock for ScriptClock {
    fn now(&self) -> Moment {
        let wall = self.now.load(Ordering::Relaxed);
        Moment { wall, mono: Duration::from_millis((wall - ORIGIN).max(0).unsigned_abs()) }
    }
}

/// Numbers that follow from the seed alone.
#[derive(Debug)]
struct Stream {
    seed: u64,
    name: &'static str,
    next: AtomicU64,
}

impl Stream {
    fn block(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(self.name);
        hasher.update(self.seed.to_be_bytes());
        hasher.update(self.next.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        hasher.finalize().into()
    }
}

impl Random for Stream {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        for part in bytes.chunks_mut(32) {
            part.copy_from_slice(&self.block()[..part.len()]);
        }
        Ok(())
    }
}

/// The dice, and the randomness that the core is given.
#[derive(Debug)]
pub(super) struct Script {
    dice: Stream,
    random: Arc<Stream>,
}

impl Script {
    pub(super) fn new(seed: u64) -> Script {
        let stream = |name| Stream { seed, name, next: AtomicU64::new(0) };
        Script { dice: stream("dice"), random: Arc::new(stream("ids")) }
    }

    /// Other dice of the same seed, so that what they decide leaves the rest of the story as it is.
    pub(super) fn beside(&self, name: &'static str) -> Script {
        let dice = Stream { seed: self.dice.seed, name, next: AtomicU64::new(0) };
        Script { dice, random: self.random.clone() }
    }

    pub(super) fn random(&self) -> Arc<dyn Random> {
        self.random.clone()
    }

    /// 0 to `sides` - 1.
    pub(super) fn roll(&self, sides: usize) -> usize {
        let [a, b, c, d, ..] = self.dice.block();
        let number = u64::from(u32::from_be_bytes([a, b, c, d]));
        let sides = u64::try_from(sides.max(1)).unwrap_or(1);
        // Multiply and shift: even enough for a story.
        usize::try_from((number * sides) >> 32).unwrap_or(0)
    }

    pub(super) fn chance(&self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    pub(super) fn pick<'a, T>(&self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }

    /// Whole minutes from `least` to `most`, in milliseconds.
    pub(super) fn minutes(&self, least: i64, most: i64) -> Millis {
        let span = usize::try_from(most - least + 1).unwrap_or(1);
        (least + i64::try_from(self.roll(span)).unwrap_or(0)) * 60_000
    }
}
