//! The core through its door: one file a room, on real files with real migrations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

mod access_matrix;
mod activity;
mod agenda;
mod attacks;
mod backups;
mod bad_input;
mod bindings;
mod board;
mod client_import;
mod clients;
mod clock;
mod consent;
mod crops;
mod currencies;
mod deposits;
mod desks;
mod drawer;
mod elevation;
mod export;
mod files;
mod gates;
mod import_tsm;
mod journal;
mod keys;
mod lost;
mod model;
mod money;
mod payouts;
mod pdf;
mod people;
mod pictures;
mod portfolio;
mod printing;
mod reports;
mod rights;
mod session;
mod stock;
mod studio_house;
#[path = "../faults/tally.rs"]
mod tally;
mod tax;
mod till;
