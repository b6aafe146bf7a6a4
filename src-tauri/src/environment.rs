//! What has to stand in the environment of the process before it begins.

/// The program starts itself once more with what is missing there, which safe code cannot change from within. Whoever
/// sets one of these, to whatever value, has chosen and is left alone.
#[cfg(target_os = "linux")]
pub fn prepare() {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const SWITCHES: [(&str, &str); 3] = [
        // WebKitGTK's DMA-BUF renderer leaves the window white on many graphics cards.
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        // glibc raises this by itself until a picture's pixels, 36 MB each time, stay with the process for good.
        ("MALLOC_MMAP_THRESHOLD_", "131072"),
        // Each command may run on another thread, and glibc keeps what is freed in a heap for each.
        ("MALLOC_ARENA_MAX", "2"),
    ];

    let missing: Vec<_> = SWITCHES.into_iter().filter(|(name, _)| std::env::var_os(name).is_none()).collect();
    if missing.is_empty() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let failed = Command::new(program).args(std::env::args_os().skip(1)).envs(missing).exec();
        // Still here: the program runs on without them, and most cards draw the window all the same.
        eprintln!("inkpoint: could not start again with what it needs in its environment: {failed}");
    }
}

#[cfg(not(target_os = "linux"))]
pub fn prepare() {}
