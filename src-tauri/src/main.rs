// A release build on Windows opens no console beside the window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match inkpoint::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("inkpoint: {cause}");
            ExitCode::FAILURE
        }
    }
}
