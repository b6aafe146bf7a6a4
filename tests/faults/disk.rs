//! A disk between SQLite and the real one. It stands there for everybody in this process, and lets pass whatever is not
//! in a folder that somebody watches; there it remembers what is written, fails on demand, or stops for good.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::size_of;
use std::path::{Path, PathBuf};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use rusqlite::ffi::{
    SQLITE_IOERR_DELETE, SQLITE_OK, sqlite3_file, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find,
    sqlite3_vfs_register,
};

/// What reached the disk, in its order. Files by their names in the watched folder.
#[derive(Debug, Clone)]
pub enum Event {
    Write {
        file: Arc<str>,
        at: u64,
        data: Arc<[u8]>,
    },
    Truncate {
        file: Arc<str>,
        to: u64,
    },
    Sync {
        file: Arc<str>,
    },
    Delete {
        file: Arc<str>,
    },
    /// What is in a picture is on the disk, whatever its name is.
    Kept {
        file: Arc<str>,
        data: Arc<[u8]>,
    },
    /// A picture got another name, or went.
    Moved {
        from: Arc<str>,
        to: Option<Arc<str>>,
    },
    /// A folder was made for pictures.
    Made {
        folder: Arc<str>,
    },
    /// What a folder lists is on the disk; "" is the studio's own.
    Listed {
        folder: Arc<str>,
    },
    /// A request went out to the desk.
    Asked,
    /// And was answered.
    Answered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Read,
    Write,
    Truncate,
    Sync,
    Delete,
}

impl Kind {
    pub fn changes(self) -> bool {
        self != Kind::Read
    }
}

/// What is to go wrong: at the `from`th operation that is meant, and after it unless `once`.
#[derive(Clone, Copy)]
pub struct Plan {
    pub from: u64,
    pub once: bool,
    pub meant: fn(Kind) -> bool,
    pub then: Then,
}

#[derive(Debug, Clone, Copy)]
pub enum Then {
    /// Half of a write is done; SQLite is told this code.
    Fail(c_int),
    /// Says so on standard output and does nothing more: whoever waits for that kills the process.
    Halt,
}

struct Watched {
    folder: PathBuf,
    log: Mutex<Option<Vec<Event>>>,
    plan: Mutex<Option<(Plan, u64)>>,
    hits: AtomicU64,
}

/// A folder under watch, until it is dropped.
pub struct Disk(Arc<Watched>);

static WATCHED: Mutex<Vec<Arc<Watched>>> = Mutex::new(Vec::new());
static REAL: AtomicPtr<sqlite3_vfs> = AtomicPtr::new(null_mut());

impl Disk {
    pub fn watch(folder: &Path) -> Disk {
        install();
        let watched = Arc::new(Watched {
            folder: folder.canonicalize().unwrap(),
            log: Mutex::default(),
            plan: Mutex::default(),
            hits: AtomicU64::new(0),
        });
        WATCHED.lock().unwrap().push(watched.clone());
        Disk(watched)
    }

    pub fn record(&self) {
        *self.0.log.lock().unwrap() = Some(Vec::new());
    }

    pub fn recorded(&self) -> Vec<Event> {
        self.0.log.lock().unwrap().take().unwrap()
    }

    pub fn note(&self, event: Event) {
        self.0.log(|| event);
    }

    /// From now on things go as planned.
    pub fn plan(&self, plan: Plan) {
        *self.0.plan.lock().unwrap() = Some((plan, 0));
        self.0.hits.store(0, Ordering::SeqCst);
    }

    /// All is well again. How many operations were meant, and how many of them went wrong.
    pub fn mend(&self) -> (u64, u64) {
        let seen = self.0.plan.lock().unwrap().take().map_or(0, |(_, seen)| seen);
        (seen, self.0.hits.load(Ordering::SeqCst))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        WATCHED.lock().unwrap().retain(|other| !Arc::ptr_eq(other, &self.0));
    }
}

impl Watched {
    fn log(&self, event: impl FnOnce() -> Event) {
        if let Some(log) = self.log.lock().unwrap().as_mut() {
            log.push(event());
        }
    }

    /// What is to become of this operation instead, if anything.
    fn meet(&self, kind: Kind) -> Option<c_int> {
        let mut planned = self.plan.lock().unwrap();
        let (plan, seen) = planned.as_mut()?;
        if !(plan.meant)(kind) {
            return None;
        }
        *seen += 1;
        let due = if plan.once { *seen == plan.from } else { *seen >= plan.from };
        if !due {
            return None;
        }
        self.hits.fetch_add(1, Ordering::SeqCst);
        match plan.then {
            Then::Fail(code) => Some(code),
            Then::Halt => {
                println!("halted");
                loop {
                    std::thread::park();
                }
            }
        }
    }
}

fn watched(path: &Path) -> Option<(Arc<Watched>, Arc<str>)> {
    let watched = WATCHED.lock().unwrap();
    watched.iter().find_map(|one| {
        let name = path.strip_prefix(&one.folder).ok()?;
        Some((one.clone(), name.to_str()?.into()))
    })
}

// ---- what the core itself asks of the system --------------------------------------------------------------------

/// Pictures do not pass SQLite: these calls of the standard library's are seen on their way to the system.
#[cfg(target_os = "linux")]
mod beside {
    use std::ffi::{CStr, c_char, c_int, c_void};
    use std::path::Path;

    use super::{Event, path_of, watched};

    unsafe extern "C" {
        fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
    }

    /// The system's own one, behind ours.
    unsafe fn real<F: Copy>(name: &CStr) -> F {
        // RTLD_NEXT
        let found = unsafe { dlsym(std::ptr::without_provenance_mut(usize::MAX), name.as_ptr()) };
        assert!(!found.is_null() && size_of::<F>() == size_of::<*mut c_void>());
        unsafe { std::mem::transmute_copy(&found) }
    }

    fn is_pictures(path: &Path) -> bool {
        path.components().any(|part| part.as_os_str().to_string_lossy().ends_with(".pictures"))
    }

    fn note(path: &Path, event: impl FnOnce(std::sync::Arc<str>) -> Option<Event>) {
        if let Some((disk, name)) = watched(path)
            && let Some(event) = event(name)
        {
            disk.log(|| event);
        }
    }

    fn name_of(path: &Path) -> Option<std::sync::Arc<str>> {
        watched(path).map(|(_, name)| name)
    }

    #[unsafe(no_mangle)]
    unsafe extern "C" fn fsync(file: c_int) -> c_int {
        let done = unsafe { real::<unsafe extern "C" fn(c_int) -> c_int>(c"fsync")(file) };
        let path = std::fs::read_link(format!("/proc/self/fd/{file}")).unwrap_or_default();
        if done == 0 && path.is_dir() {
            note(&path, |folder| Some(Event::Listed { folder }));
        } else if done == 0 && is_pictures(&path) {
            note(&path, |file| Some(Event::Kept { file, data: std::fs::read(&path).ok()?.into() }));
        }
        done
    }

    #[unsafe(no_mangle)]
    unsafe extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
        type Rename = unsafe extern "C" fn(*const c_char, *const c_char) -> c_int;
        let done = unsafe { real::<Rename>(c"rename")(from, to) };
        if done == 0
            && let (Some(from), Some(to)) = unsafe { (path_of(from), path_of(to)) }
            && is_pictures(&to)
        {
            note(&from, |from| Some(Event::Moved { from, to: name_of(&to) }));
        }
        done
    }

    #[unsafe(no_mangle)]
    unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
        let done = unsafe { real::<unsafe extern "C" fn(*const c_char) -> c_int>(c"unlink")(path) };
        if done == 0
            && let Some(path) = unsafe { path_of(path) }
            && is_pictures(&path)
        {
            note(&path, |from| Some(Event::Moved { from, to: None }));
        }
        done
    }

    #[unsafe(no_mangle)]
    unsafe extern "C" fn mkdir(path: *const c_char, mode: u32) -> c_int {
        let done = unsafe { real::<unsafe extern "C" fn(*const c_char, u32) -> c_int>(c"mkdir")(path, mode) };
        if done == 0
            && let Some(path) = unsafe { path_of(path) }
            && is_pictures(&path)
        {
            note(&path, |folder| Some(Event::Made { folder }));
        }
        done
    }
}

// ---- what SQLite sees ----------------------------------------------------------------------------------------

/// A file of a watched folder. The real one lies behind it in the same memory.
#[repr(C)]
struct Shim {
    base: sqlite3_file,
    about: *mut About,
}

struct About {
    disk: Arc<Watched>,
    name: Arc<str>,
}

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| unsafe {
        let real = sqlite3_vfs_find(std::ptr::null());
        REAL.store(real, Ordering::SeqCst);
        let mut shim = *real;
        shim.szOsFile += c_int::try_from(size_of::<Shim>()).unwrap();
        shim.pNext = null_mut();
        shim.zName = c"faults".as_ptr();
        shim.xOpen = Some(open);
        shim.xDelete = Some(delete);
        assert_eq!(sqlite3_vfs_register(Box::into_raw(Box::new(shim)), 1), SQLITE_OK);
    });
}

unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    Some(PathBuf::from(unsafe { CStr::from_ptr(name) }.to_str().ok()?))
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        let vfs = REAL.load(Ordering::SeqCst);
        let open = (*vfs).xOpen.unwrap();
        let Some((disk, name_there)) = path_of(name).and_then(|path| watched(&path)) else {
            return open(vfs, name, file, flags, out);
        };
        let code = open(vfs, name, real(file), flags, out);
        let shim = file.cast::<Shim>();
        (*shim).base.pMethods = std::ptr::null();
        if code == SQLITE_OK {
            (*shim).about = Box::into_raw(Box::new(About { disk, name: name_there }));
            (*shim).base.pMethods = &raw const METHODS;
        }
        code
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    unsafe {
        let vfs = REAL.load(Ordering::SeqCst);
        let delete = (*vfs).xDelete.unwrap();
        let Some((disk, file)) = path_of(name).and_then(|path| watched(&path)) else {
            return delete(vfs, name, sync);
        };
        if disk.meet(Kind::Delete).is_some() {
            return SQLITE_IOERR_DELETE;
        }
        let code = delete(vfs, name, sync);
        if code == SQLITE_OK {
            disk.log(|| Event::Delete { file });
        }
        code
    }
}

unsafe fn real(file: *mut sqlite3_file) -> *mut sqlite3_file {
    unsafe { file.cast::<u8>().add(size_of::<Shim>()).cast() }
}

unsafe fn about<'a>(file: *mut sqlite3_file) -> &'a About {
    unsafe { &*(*file.cast::<Shim>()).about }
}

/// Hands a call on to the real file as it is.
macro_rules! pass {
    ($name:ident, $method:ident ($($arg:ident: $kind:ty),*) $(-> $back:ty)?) => {
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $arg: $kind)*) $(-> $back)? {
            unsafe {
                let file = real(file);
                (*(*file).pMethods).$method.unwrap()(file $(, $arg)*)
            }
        }
    };
}

pass!(file_size, xFileSize(size: *mut i64) -> c_int);
pass!(lock, xLock(level: c_int) -> c_int);
pass!(unlock, xUnlock(level: c_int) -> c_int);
pass!(check_lock, xCheckReservedLock(out: *mut c_int) -> c_int);
pass!(control, xFileControl(what: c_int, arg: *mut c_void) -> c_int);
pass!(sector, xSectorSize() -> c_int);
pass!(traits, xDeviceCharacteristics() -> c_int);
pass!(shm_map, xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void) -> c_int);
pass!(shm_lock, xShmLock(offset: c_int, n: c_int, flags: c_int) -> c_int);
pass!(shm_barrier, xShmBarrier());
pass!(shm_unmap, xShmUnmap(delete: c_int) -> c_int);
pass!(fetch, xFetch(at: i64, amount: c_int, out: *mut *mut c_void) -> c_int);
pass!(unfetch, xUnfetch(at: i64, page: *mut c_void) -> c_int);
pass!(real_read, xRead(out: *mut c_void, amount: c_int, at: i64) -> c_int);
pass!(real_write, xWrite(data: *const c_void, amount: c_int, at: i64) -> c_int);
pass!(real_truncate, xTruncate(to: i64) -> c_int);
pass!(real_sync, xSync(flags: c_int) -> c_int);
pass!(real_close, xClose() -> c_int);

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    unsafe {
        let code = real_close(file);
        drop(Box::from_raw((*file.cast::<Shim>()).about));
        code
    }
}

unsafe extern "C" fn read(file: *mut sqlite3_file, out: *mut c_void, amount: c_int, at: i64) -> c_int {
    unsafe {
        if let Some(code) = about(file).disk.meet(Kind::Read) {
            return code;
        }
        real_read(file, out, amount, at)
    }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, data: *const c_void, amount: c_int, at: i64) -> c_int {
    unsafe {
        let About { disk, name } = about(file);
        let failed = disk.meet(Kind::Write);
        let amount = if failed.is_some() { amount / 2 } else { amount };
        let code = real_write(file, data, amount, at);
        if code == SQLITE_OK {
            let bytes = std::slice::from_raw_parts(data.cast::<u8>(), usize::try_from(amount).unwrap());
            let at = u64::try_from(at).unwrap();
            disk.log(|| Event::Write { file: name.clone(), at, data: bytes.into() });
        }
        failed.unwrap_or(code)
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, to: i64) -> c_int {
    unsafe {
        let About { disk, name } = about(file);
        if let Some(code) = disk.meet(Kind::Truncate) {
            return code;
        }
        let code = real_truncate(file, to);
        if code == SQLITE_OK {
            disk.log(|| Event::Truncate { file: name.clone(), to: u64::try_from(to).unwrap() });
        }
        code
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    unsafe {
        let About { disk, name } = about(file);
        if let Some(code) = disk.meet(Kind::Sync) {
            return code;
        }
        let code = real_sync(file, flags);
        if code == SQLITE_OK {
            disk.log(|| Event::Sync { file: name.clone() });
        }
        code
    }
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 3,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(traits),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};
