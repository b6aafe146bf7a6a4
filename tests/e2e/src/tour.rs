//! Walks the day and leaves a picture of every step: `inkpoint-tour FOLDER [PART]`, where a part is one of the walks.

use std::path::PathBuf;

use inkpoint_e2e::{Album, Stage, Window, back_room, book, day, people, till};

fn main() {
    let mut words = std::env::args_os().skip(1);
    let Some(folder) = words.next().map(PathBuf::from) else {
        eprintln!("inkpoint-tour FOLDER [PART]");
        std::process::exit(2);
    };
    let part = words.next();
    let wanted = |name: &str| part.as_ref().is_none_or(|part| part == name);
    let album = Album::new(folder);
    inkpoint_e2e::run(async {
        if wanted("first") {
            let stage = Stage::set();
            let window = Window::open(&stage, Some(album.clone())).await;
            day::first(&window).await;
            window.close().await;
        }
        if wanted("day") {
            let stage = Stage::set();
            let window = Window::open(&stage, Some(album.clone())).await;
            day::any(&window).await;
            window.close().await;
        }
        if wanted("people") {
            let stage = Stage::set();
            let demo = stage.small_demo();
            let window = Window::open(&stage, Some(album.clone())).await;
            people::walk(&window, &demo).await;
            window.close().await;
        }
        if wanted("book") {
            let stage = Stage::set();
            let demo = stage.small_demo();
            book::prepare(&stage, &demo);
            let window = Window::open(&stage, Some(album.clone())).await;
            book::walk(&window, &demo).await;
            window.close().await;
        }
        if wanted("till") {
            let stage = Stage::set();
            let demo = stage.small_demo();
            till::prepare(&stage, &demo);
            let window = Window::open(&stage, Some(album.clone())).await;
            till::walk(&window, &demo).await;
            window.close().await;
        }
        if wanted("back-room") {
            let stage = Stage::set();
            let demo = stage.small_demo();
            back_room::prepare(&stage, &demo);
            let window = Window::open(&stage, Some(album)).await;
            back_room::walk(&window, &demo).await;
            window.close().await;
        }
    });
}
