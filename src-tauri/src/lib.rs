//! The shell: one window, the five commands that the desk inside it can reach, and the pictures it shows.
//!
//! Lives here: starting up, the window's guards, the way from the window to the core's door, printing,
//! files that leave the desk, mail and phone links, the log file.
//! Does not live here: rules, SQL, words. Whatever the desk asks goes to [`inkpoint_core::Desk`] as it came.

mod ask;
mod environment;
mod link;
mod log_file;
mod paper;
mod parcel;
mod picture;
mod save;
mod window;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use inkpoint_core::{Desk, Place};
use tauri::{App, Builder, RunEvent, Runtime};

pub use save::Folder;

/// Opens the window and stays until it is closed. An error is one of starting: no home for the files, or no window.
pub fn run() -> Result<(), Box<dyn Error>> {
    environment::prepare();
    let place = Place::standard()?;
    let _log = log_file::start(&place);
    log::info!("Inkpoint {} starts", env!("CARGO_PKG_VERSION"));

    let desk = Arc::new(Desk::new(place));
    // A studio file that was clicked in the file manager, or named on the command line.
    let chosen = std::env::args_os().nth(1).map(PathBuf::from);
    desk.open_first(chosen.as_deref());
    let saves = Folder::standard(desk.place());
    let app = shell(Builder::default(), Arc::clone(&desk), saves)?;
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            desk.close();
        }
    });
    Ok(())
}

/// The whole application on any runtime, its window open: the tests run it on Tauri's mock.
pub fn shell<R: Runtime>(builder: Builder<R>, desk: Arc<Desk>, saves: Folder) -> tauri::Result<App<R>> {
    let looks = desk.place().data().join("window");
    let app = picture::serve(builder)
        .manage(desk)
        .manage(saves)
        .manage(parcel::Parcels::default())
        .invoke_handler(tauri::generate_handler![
            ask::desk,
            parcel::hand_in,
            paper::print_page,
            save::save,
            link::open_link
        ])
        .build(tauri::generate_context!())?;
    window::open(&app, looks)?;
    Ok(app)
}
