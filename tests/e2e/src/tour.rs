//! Walks the day and leaves a picture of every step: `inkpoint-tour FOLDER`.

use std::path::PathBuf;

use inkpoint_e2e::{Album, Stage, Window, day, people};

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("inkpoint-tour FOLDER");
        std::process::exit(2);
    };
    let album = Album::new(folder);
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let window = Window::open(&stage, Some(album.clone())).await;
        day::first(&window).await;
        window.close().await;

        let stage = Stage::set();
        let window = Window::open(&stage, Some(album.clone())).await;
        day::any(&window).await;
        window.close().await;

        let stage = Stage::set();
        let demo = stage.small_demo();
        let window = Window::open(&stage, Some(album)).await;
        people::walk(&window, &demo).await;
        window.close().await;
    });
}
