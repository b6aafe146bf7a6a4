//! At most two hashes at once: a thousand guesses may take their time, but not the counter's computer.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::{Condvar, Mutex, PoisonError};

const PLACES: usize = 2;

struct Lane {
    taken: Mutex<usize>,
    left: Condvar,
}

static LANE: Lane = Lane { taken: Mutex::new(0), left: Condvar::new() };

thread_local! {
    /// How many turns this thread holds: it takes one place for all of them, or two could wait for each other.
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// A place in the lane, until it is dropped. Whoever holds the file's writer must not wait for one.
#[derive(Debug)]
pub struct Turn {
    /// It belongs to the thread that took it.
    _here: PhantomData<*const ()>,
}

/// Waits for a place. Within a turn this thread already has, there is nothing to wait for.
pub fn turn() -> Turn {
    if HELD.get() == 0 {
        let taken = LANE.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken =
            LANE.left.wait_while(taken, |taken| *taken >= PLACES).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
    }
    HELD.set(HELD.get() + 1);
    Turn { _here: PhantomData }
}

impl Drop for Turn {
    fn drop(&mut self) {
        HELD.set(HELD.get() - 1);
        if HELD.get() == 0 {
            *LANE.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
            LANE.left.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn attack_21_two_at_once_and_no_more_however_many_come() {
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..24 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _turn = turn();
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        // A hash within the turn needs no second place.
                        let _within = turn();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= PLACES);
    }
}
