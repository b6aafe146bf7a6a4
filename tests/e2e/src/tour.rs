//! Walks the day and leaves a picture of every step: `inkpoint-tour FOLDER`.

use std::path::PathBuf;

use inkpoint_e2e::{Stage, Window, day};

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("inkpoint-tour FOLDER");
        std::process::exit(2);
    };
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let window = Window::open(&stage, Some(folder)).await;
        day::first_run(&window).await;
        window.close().await;
    });
}
