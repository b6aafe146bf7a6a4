//! The real window, driven as a person would: by what is written on it, with clicks and keys.
//!
//! Lives here: the [`Window`] that finds things by role and name, the [`Stage`] it plays on (a home folder of its own, the
//! programs under test), the [`day`] at the counter, [`people`] about who may do what, the [`book`], the [`till`],
//! the [`back_room`]. Used twice: by the
//! test that asserts, and by the tour that takes the pictures. Nothing here calls the desk's own functions: code run through WebDriver is not inside a normal task of
//! the page, and the desk's state would change in ways that no person can cause.

// Whoever walks has no one to hand an error to: a step that fails ends the walk, with the page's text in the message.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod back_room;
pub mod book;
pub mod day;
#[cfg(target_os = "linux")]
pub mod engine;
pub mod family;
pub mod people;
mod stage;
pub mod till;
mod window;

pub use stage::{Demo, Stage, early_afternoon, hours_west};
pub use window::{Album, Window};

/// Runs a walk on this thread.
pub fn run<T>(walk: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(walk)
}
