//! The shell: one window, and the two commands that the desk inside it can reach.
//!
//! Lives here: starting up, the window's guards, the way from the window to the core's door, printing, the log file.
//! Does not live here: rules, SQL, words. Whatever the desk asks goes to [`inkpoint_core::Desk`] as it came.

mod ask;
mod display;
mod log_file;
mod paper;
mod window;

use std::sync::Arc;

use inkpoint_core::{Desk, Place};
use tauri::{App, Builder, Result, RunEvent, Runtime};

/// Opens the window and stays until it is closed.
///
/// # Panics
///
/// Where the program cannot start at all: no home for its files, or no way to open a window.
pub fn run() {
    display::prepare();
    let place = Place::standard().expect("no folder for Inkpoint's files could be found");
    let _log = log_file::start(&place);
    log::info!("Inkpoint {} starts", env!("CARGO_PKG_VERSION"));

    let desk = Arc::new(Desk::new(place));
    let app = shell(Builder::default(), Arc::clone(&desk)).expect("the window could not be opened");
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            desk.close();
        }
    });
}

/// The whole application on any runtime, its window open: the tests run it on Tauri's mock.
pub fn shell<R: Runtime>(builder: Builder<R>, desk: Arc<Desk>) -> Result<App<R>> {
    let app = builder
        .manage(desk)
        .invoke_handler(tauri::generate_handler![ask::desk, paper::print_page])
        .build(tauri::generate_context!())?;
    window::open(&app)?;
    Ok(app)
}
