//! `inkpointctl` as a process: the desk on two pipes, the operator's tools, two processes on one file, and being killed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

#[cfg(unix)]
mod full;
mod killed;
#[cfg(unix)]
mod money;
#[cfg(unix)]
mod moving;
mod pipe;
mod protocol;
#[cfg(unix)]
mod read_only;
#[cfg(unix)]
mod taken_out;
#[path = "../faults/tally.rs"]
mod tally;
mod tools;
#[cfg(unix)]
mod whole;
