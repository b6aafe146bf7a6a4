//! The day at the counter in the real window, on a debug build.

use inkpoint_e2e::{Stage, Window, day};

#[test]
fn a_fresh_program_greets_with_its_first_run() {
    inkpoint_e2e::run(async {
        let stage = Stage::set();
        let window = Window::open(&stage, None).await;
        day::first_run(&window).await;
        window.close().await;
    });
}
