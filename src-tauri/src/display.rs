//! What the platform's drawing needs before a window can open.

/// WebKitGTK's DMA-BUF renderer leaves the window white on many graphics cards. It reads its switch from the
/// environment of the process, which safe code cannot change from within, so the program starts itself once more
/// with the switch set. Whoever sets it, to whatever value, has chosen and is left alone.
#[cfg(target_os = "linux")]
pub fn prepare() {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    if std::env::var_os(SWITCH).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let failed = Command::new(program).args(std::env::args_os().skip(1)).env(SWITCH, "1").exec();
        // Still here: the program runs on without it, and most cards draw the window all the same.
        eprintln!("inkpoint: could not start again with {SWITCH}=1: {failed}");
    }
}

#[cfg(not(target_os = "linux"))]
pub fn prepare() {}
