//! A studio's file lies on a disk of its own computer: the log beside it is shared through memory, which no network
//! share carries to another computer.

use std::path::{Component, Path, PathBuf, Prefix};

use crate::error::{Error, Result};

/// What Linux calls file systems that lie on another computer.
const SHARES: [&str; 17] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "lustre",
    "ocfs2",
    "gfs2",
    "glusterfs",
    "fuse.glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "davfs",
];

/// Refuses a path on a network share, where the system tells.
pub(super) fn refuse(path: &Path) -> Result<()> {
    let by_name = matches!(
        path.components().next(),
        Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    );
    if by_name || is_mounted_share(path) {
        return Err(Error::Conflict { reason: "network_share" });
    }
    Ok(())
}

fn is_mounted_share(path: &Path) -> bool {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else { return false };
    // The folder as it is, whatever links lead there.
    let real = path.ancestors().skip(1).find_map(|folder| std::fs::canonicalize(folder).ok());
    real.is_some_and(|real| kind_of(&mounts, &real).is_some_and(|kind| SHARES.contains(&kind)))
}

/// The kind of the file system that a folder is on: of the mounts that it lies under the longest, the last of them.
fn kind_of<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    let mounted = mounts.lines().filter_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        let place = PathBuf::from(unescape(place.split(' ').nth(4)?));
        folder.starts_with(&place).then_some((place.components().count(), kind.split(' ').next()?))
    });
    mounted.max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

/// A space in a path is written as \040 there.
fn unescape(text: &str) -> String {
    text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:40 / /mnt/the\\040shop rw,relatime - cifs //server/shop rw
32 31 8:2 / /mnt/the\\040shop/here rw - ext4 /dev/sdb1 rw
33 22 0:41 / /home rw shared:2 - nfs4 server:/home rw
34 33 0:42 / /home rw - xfs /dev/sdc1 rw";

    #[test]
    fn f12_the_longest_and_last_mount_says_whose_disk_it_is() {
        for (folder, kind) in [
            ("/srv/studio", "ext4"),
            ("/mnt/the shop", "cifs"),
            ("/mnt/the shop/studio", "cifs"),
            ("/mnt/the shopping", "ext4"),
            ("/mnt/the shop/here/studio", "ext4"),
            ("/home/ana", "xfs"),
        ] {
            assert_eq!(kind_of(MOUNTS, Path::new(folder)), Some(kind), "{folder}");
        }
        assert!(refuse(&std::env::temp_dir().join("studio.inkpoint")).is_ok());
    }

    #[cfg(windows)]
    #[test]
    fn f12_a_servers_name_is_refused() {
        assert!(refuse(Path::new(r"\\server\shop\studio.inkpoint")).is_err());
    }
}
