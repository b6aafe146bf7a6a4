//! What a disk may hold when the power goes: made from what reached it, one image after the other.
//!
//! What was synced is there. Of what was written since, any part may be there and any part may not, in any order, and a
//! write may have got as far as some of its sectors. A name is there once the folder that lists it was synced, and every
//! folder above it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::disk::Event;
use crate::studio_house::Dice;

/// The files of a studio by their names.
pub type Files = BTreeMap<Arc<str>, Vec<u8>>;

const SECTOR: u64 = 512;

#[derive(Clone)]
enum Op {
    Write(u64, Arc<[u8]>),
    Truncate(u64),
    Delete,
}

/// How a disk treats a sync.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Honour {
    All,
    /// As SQLite's synchronous = NORMAL: the log is synced when it is begun anew and before it is folded into the file.
    BeforeFolding,
    /// It says that it did, and keeps the last writes for later, so many of them.
    None(usize),
}

/// Which of what was not synced is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All: as after a kill.
    Whole,
    /// Nothing: as by the strictest reading.
    Bare,
    /// By the dice, in sectors.
    Torn,
}

/// A disk at one moment: what is surely there, and what was written since.
pub struct Player {
    honour: Honour,
    durable: Files,
    pending: Vec<(Arc<str>, Op)>,
    names: Names,
}

#[derive(Clone)]
enum Entry {
    Folder,
    Picture(Arc<[u8]>),
    Nothing,
}

/// The folders of pictures and what they list.
#[derive(Default)]
struct Names {
    durable: BTreeMap<Arc<str>, Entry>,
    pending: Vec<(Arc<str>, Entry)>,
    /// What was synced, by the name that it has now.
    kept: BTreeMap<Arc<str>, Arc<[u8]>>,
}

fn above(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Names {
    fn of(files: &Files) -> Names {
        let mut names = Names::default();
        for (name, bytes) in files.iter().filter(|(name, _)| name.contains('/')) {
            names.durable.insert(name.clone(), Entry::Picture(bytes.as_slice().into()));
            let mut folder = above(name);
            while !folder.is_empty() {
                names.durable.insert(folder.into(), Entry::Folder);
                folder = above(folder);
            }
        }
        names
    }

    fn moved(&mut self, from: &Arc<str>, to: Option<&Arc<str>>) {
        let bytes = self.kept.remove(from);
        // What nothing ever looks for under its first name may stay there.
        if self.durable.contains_key(from) || self.pending.iter().any(|(name, _)| name == from) {
            self.pending.push((from.clone(), Entry::Nothing));
        }
        if let Some(to) = to {
            // What was never synced may be anything: here it is nothing.
            let bytes = bytes.unwrap_or_default();
            self.kept.insert(to.clone(), bytes.clone());
            self.pending.push((to.clone(), Entry::Picture(bytes)));
        }
    }

    fn listed(&mut self, folder: &str) {
        let pending = std::mem::take(&mut self.pending);
        for (name, entry) in pending {
            if above(&name) == folder {
                self.durable.insert(name, entry);
            } else {
                self.pending.push((name, entry));
            }
        }
    }

    fn image(&self, mut there: impl FnMut() -> bool) -> impl Iterator<Item = (Arc<str>, Vec<u8>)> {
        let mut names = self.durable.clone();
        for (name, entry) in &self.pending {
            if there() {
                names.insert(name.clone(), entry.clone());
            }
        }
        let reached = |name: &str| {
            let mut folder = above(name);
            while !folder.is_empty() {
                if !matches!(names.get(folder), Some(Entry::Folder)) {
                    return false;
                }
                folder = above(folder);
            }
            true
        };
        let pictures = names.iter().filter_map(|(name, entry)| match entry {
            Entry::Picture(bytes) if reached(name) => Some((name.clone(), bytes.to_vec())),
            _ => None,
        });
        pictures.collect::<Vec<_>>().into_iter()
    }
}

impl Player {
    pub fn new(base: &Files, honour: Honour) -> Player {
        let names = Names::of(base);
        let durable = base.iter().filter(|(name, _)| !name.contains('/'));
        let durable = durable.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        Player { honour, durable, pending: Vec::new(), names }
    }

    /// The next event. `after` is the one that follows it.
    pub fn play(&mut self, event: &Event, after: Option<&Event>) {
        let (file, op) = match event {
            Event::Write { file, at, data } => (file, Op::Write(*at, data.clone())),
            Event::Truncate { file, to } => (file, Op::Truncate(*to)),
            Event::Delete { file } => (file, Op::Delete),
            Event::Sync { file } => {
                let folds = matches!(after, Some(Event::Write { file, .. }) if !file.ends_with("-wal"));
                match self.honour {
                    Honour::None(_) => {}
                    Honour::BeforeFolding if file.ends_with("-wal") && !folds && !self.begins_anew(file) => {}
                    Honour::BeforeFolding | Honour::All => self.settle(file),
                }
                return;
            }
            Event::Kept { file, data } => {
                self.names.kept.insert(file.clone(), data.clone());
                return;
            }
            Event::Moved { from, to } => return self.names.moved(from, to.as_ref()),
            Event::Made { folder } => return self.names.pending.push((folder.clone(), Entry::Folder)),
            Event::Listed { folder } => return self.names.listed(folder),
            Event::Asked | Event::Answered => return,
        };
        self.pending.push((file.clone(), op));
        if let Honour::None(most) = self.honour
            && self.pending.len() > most
        {
            let (file, op) = self.pending.remove(0);
            apply(&mut self.durable, &file, &op, |_| true);
        }
    }

    fn begins_anew(&self, log: &Arc<str>) -> bool {
        self.pending.iter().any(|(file, op)| file == log && matches!(op, Op::Write(0, _)))
    }

    fn settle(&mut self, file: &Arc<str>) {
        let (now, later) = std::mem::take(&mut self.pending).into_iter().partition(|(name, _)| name == file);
        self.pending = later;
        let now: Vec<(Arc<str>, Op)> = now;
        for (file, op) in &now {
            apply(&mut self.durable, file, op, |_| true);
        }
    }

    pub fn is_settled(&self) -> bool {
        self.pending.is_empty() && self.names.pending.is_empty()
    }

    pub fn image(&self, shape: Shape, dice: &mut Dice) -> Files {
        let mut files = self.durable.clone();
        if shape == Shape::Bare {
            files.extend(self.names.image(|| false));
            return files;
        }
        // Now nearly all of it is there, now hardly anything.
        let (share, tears) = (dice.below(100), dice.below(2) == 0);
        // A file that is not yet gone is the old one: what was written into the new one is nowhere.
        let mut still_old: Vec<&Arc<str>> = Vec::new();
        for (file, op) in &self.pending {
            let there = shape == Shape::Whole || dice.below(100) < share;
            if still_old.contains(&file) {
                continue;
            }
            match op {
                Op::Delete if !there => still_old.push(file),
                Op::Write(..) if shape == Shape::Torn && tears && dice.below(4) == 0 => {
                    apply(&mut files, file, op, |_| dice.below(2) == 0);
                }
                _ if there => apply(&mut files, file, op, |_| true),
                _ => {}
            }
        }
        files.extend(self.names.image(|| shape == Shape::Whole || dice.below(100) < share));
        files
    }
}

fn apply(files: &mut Files, file: &Arc<str>, op: &Op, mut lands: impl FnMut(u64) -> bool) {
    match op {
        Op::Delete => _ = files.remove(file),
        Op::Truncate(to) => {
            files.entry(file.clone()).or_default().resize(usize::try_from(*to).unwrap(), 0);
        }
        Op::Write(at, data) => {
            let bytes = files.entry(file.clone()).or_default();
            let (mut from, end) = (*at, at + u64::try_from(data.len()).unwrap());
            while from < end {
                let upto = ((from / SECTOR + 1) * SECTOR).min(end);
                if lands(from / SECTOR) {
                    let (start, stop) = (usize::try_from(from).unwrap(), usize::try_from(upto).unwrap());
                    if bytes.len() < stop {
                        bytes.resize(stop, 0);
                    }
                    let skipped = usize::try_from(from - at).unwrap();
                    bytes[start..stop].copy_from_slice(&data[skipped..skipped + stop - start]);
                }
                from = upto;
            }
        }
    }
}

pub fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && (name.ends_with(".pictures") || name.len() == 2) {
            let below = read(&path).into_iter();
            files.extend(below.map(|(below, bytes)| (format!("{name}/{below}").into(), bytes)));
        } else if path.is_file() && ![".lock", ".holder", "-shm"].iter().any(|ending| name.ends_with(ending))
        {
            files.insert(name.into(), std::fs::read(&path).unwrap());
        }
    }
    files
}

/// Puts these files into a folder, and takes away whatever else is there. Over what is there already: to make thirty
/// thousand files anew takes longer than to write them.
pub fn put(folder: &Path, files: &Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            std::fs::remove_dir_all(path).unwrap();
        } else if !files.contains_key(path.file_name().unwrap().to_str().unwrap()) {
            std::fs::remove_file(path).unwrap();
        }
    }
    for (name, bytes) in files {
        let mut options = std::fs::OpenOptions::new();
        let path = folder.join(&**name);
        if name.contains('/') {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        }
        let mut file = options.create(true).truncate(false).write(true).open(path).unwrap();
        file.write_all(bytes).unwrap();
        file.set_len(u64::try_from(bytes.len()).unwrap()).unwrap();
    }
}

pub fn fingerprint(files: &Files) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (name, bytes) in files {
        hasher.write(name.as_bytes());
        hasher.write_u64(u64::try_from(bytes.len()).unwrap());
        hasher.write(bytes);
    }
    hasher.finish()
}
