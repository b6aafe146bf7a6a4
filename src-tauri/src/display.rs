//! What the platform's drawing needs before a window can open.

/// WebKitGTK reads two switches from the environment of the process, which safe code cannot change from within, so the
/// program starts itself once more with them set. Whoever sets one, to whatever value, has chosen and is left alone.
#[cfg(target_os = "linux")]
pub fn prepare() {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const SWITCHES: [&str; 2] = [
        // The DMA-BUF renderer leaves the window white on many graphics cards.
        "WEBKIT_DISABLE_DMABUF_RENDERER",
        // Without it each frame goes through memory anyway, so a page painted by the graphics card would be read back
        // from there. Painted by the processor a day of cards changes in 75 ms instead of 116, and a counter PC
        // without a graphics driver no longer imitates one.
        "WEBKIT_SKIA_ENABLE_CPU_RENDERING",
    ];

    let unset: Vec<_> = SWITCHES.iter().filter(|switch| std::env::var_os(switch).is_none()).collect();
    if unset.is_empty() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let switches = unset.iter().map(|switch| (switch, "1"));
        let failed = Command::new(program).args(std::env::args_os().skip(1)).envs(switches).exec();
        // Still here: the program runs on without them, and most cards draw the window all the same.
        eprintln!("inkpoint: could not start again with {unset:?}: {failed}");
    }
}

#[cfg(not(target_os = "linux"))]
pub fn prepare() {}
