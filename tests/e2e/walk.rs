//! The window walked on a debug build: what a person does on the first day, and on any other.

use inkpoint_e2e::{Stage, Window, back_room, book, day, people, till};

// Of the table of faults, only what is told is used here.
#[cfg(target_os = "linux")]
#[allow(dead_code, clippy::unwrap_used)]
#[path = "../faults/tally.rs"]
mod tally;

#[test]
fn the_first_day() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let window = Window::open(&stage, None).await;
        day::first(&window).await;
        window.close().await;
    });
}

#[test]
fn a_day_at_the_counter() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let window = Window::open(&stage, None).await;
        day::any(&window).await;
        window.close().await;
    });
}

#[test]
fn d32_a_studio_that_is_open_elsewhere_says_so_and_opens_once_it_is_free() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        stage.small_demo();
        let mut other = stage.held_elsewhere();
        let window = Window::open(&stage, None).await;
        window.see("is open in another Inkpoint").await;
        drop(other.stdin.take());
        assert!(other.wait().is_ok_and(|ended| ended.success()));
        window.click("button", "Violet Needle Last opened").await;
        window.see("Who is at the desk?").await;
        window.close().await;
    });
}

#[test]
fn who_may_do_what() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let demo = stage.small_demo();
        let window = Window::open(&stage, None).await;
        people::walk(&window, &demo).await;
        window.close().await;
    });
}

#[test]
fn the_book() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let demo = stage.small_demo();
        book::prepare(&stage, &demo);
        let window = Window::open(&stage, None).await;
        book::walk(&window, &demo).await;
        window.close().await;
    });
}

#[test]
fn the_till() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let demo = stage.small_demo();
        till::prepare(&stage, &demo);
        let window = Window::open(&stage, None).await;
        till::walk(&window, &demo).await;
        window.close().await;
    });
}

#[cfg(target_os = "linux")]
#[test]
fn f24_a_window_whose_engine_is_killed_comes_back_locked_with_nothing_lost_or_twice() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let demo = stage.small_demo();
        tally::tell("F24", &inkpoint_e2e::engine::walk(&stage, &demo).await);
    });
}

#[test]
fn the_back_room() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let demo = stage.small_demo();
        back_room::prepare(&stage, &demo);
        let window = Window::open(&stage, None).await;
        back_room::walk(&window, &demo).await;
        window.close().await;
    });
}

/// Run by `script/package --try`, where the program was just installed.
#[test]
#[ignore = "needs the installed program"]
fn the_installed_program() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        stage.small_demo();
        // As a click on the file does it, on a computer that has not seen this studio.
        stage.forget_studios();
        let window = Window::open_with(&stage, None, &[&stage.home().join("demo.inkpoint")]).await;
        window.see("Who is at the desk?").await;
        window.close().await;
    });
}
