//! What can go wrong under a studio's file: the power, the disk, the process, the bytes. README.md beside this is the
//! index of all faults, wherever their tests are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

mod broken;
mod day;
mod disk;
mod images;
mod index;
mod killed;
mod power;
mod rotten;
// The suite uses all of it.
#[allow(dead_code)]
#[path = "../suite/studio_house.rs"]
mod studio_house;
mod tally;
mod upgrade;
