//! The program under test as the system sees it: its process, those it started, and what they hold.

use std::process::Command;

use crate::Stage;

/// The processes there are: (pid, parent, command).
fn processes() -> Vec<(u32, u32, String)> {
    let Ok(listed) = Command::new("ps").args(["-eo", "pid=,ppid=,comm="]).output() else { return Vec::new() };
    String::from_utf8_lossy(&listed.stdout)
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let (pid, parent) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some((pid, parent, words.collect::<Vec<_>>().join(" ")))
        })
        .collect()
}

/// The program that runs in this stage's home, and all it started; another may run beside it.
pub fn family(stage: &Stage) -> Vec<u32> {
    let name = stage.shell().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let home = format!("INKPOINT_HOME={}", stage.home().display());
    let here = |pid: u32| {
        let around = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        around.split(|byte| *byte == 0).any(|one| one == home.as_bytes())
    };
    let all = processes();
    let root = all.iter().find(|(pid, _, command)| *command == name && here(*pid));
    let mut family: Vec<u32> = root.map(|(pid, _, _)| *pid).into_iter().collect();
    let mut at = 0;
    while at < family.len() {
        let parent = family[at];
        family.extend(all.iter().filter(|(_, owner, _)| *owner == parent).map(|(pid, _, _)| *pid));
        at += 1;
    }
    family
}

/// Megabytes that these processes hold; pages they share count by their share.
pub fn held(family: &[u32]) -> f64 {
    let share = |pid: &u32| {
        let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let line = rollup.lines().find(|line| line.starts_with("Pss:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|number| number.parse::<f64>().ok()).unwrap_or(0.0)
    };
    family.iter().map(share).sum::<f64>() / 1024.0
}
