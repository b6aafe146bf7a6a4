//! `inkpointctl`: the core's door without a window, and an operator's tools.

mod desk;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use inkpoint_core::door::{COMMANDS, Gate};
use inkpoint_core::{
    DateOrder, DemoOptions, Desk, Error, ImportOptions, ImportReport, Place, Result, Tools, TsmOptions,
    TsmReport,
};

const USAGE: &str = "inkpointctl: the core's door without a window

  inkpointctl desk FILE        a desk on standard input and output, one JSON object a line
  inkpointctl commands         every command with its gate and JSON Schemas, one JSON object a line
  inkpointctl demo FILE [--years N] [--artists N] [--seed S] [--zone ZONE]
                               make a studio with believable data; prints its accounts and master code
  inkpointctl verify FILE      check chain, seals, sums and numbers; exit 0 only when all holds
  inkpointctl backup FILE DIR  make a checked backup of everything, pictures too, in DIR
  inkpointctl restore BACKUP FILE
                               put a backup in the place of a studio's file; what was there is copied first
  inkpointctl import clients SOURCE FILE [--map FIELD=COLUMN]... [--dates dmy|mdy] [--dry-run]
                               take a table of clients in, whole or not at all; who is there already is left out, and so
                               are lines that name nobody; exit 0 only when no line was refused. FIELD is name,
                               first_name, last_name, pronouns, phone, email, instagram, address, birth_date,
                               emergency_name, emergency_phone, alerts, preferences, source, company, or out; COLUMN is
                               its name in the table, or its number from 1. Dates with the year first are read as such
  inkpointctl import tsm SOURCE NEWFILE [--name NAME] [--currency CODE] [--zone ZONE] [--language en|es-MX] [--dry-run]
                               bring a Tattoo Studio Manager database over into a new studio, with an account of every
                               row; prints its accounts and codes once; SOURCE is only read
  inkpointctl export FILE DIR  write everything to a new or empty folder: CSV, JSON, pictures, signed papers, and what is
                               what; of a damaged file what can be read, exit 0 only when that is all

FILE is a studio's file. Passwords and codes go by standard input only.";

/// An answer that standard output did not take.
static UNTAKEN: AtomicBool = AtomicBool::new(false);

/// A line of the answer. The work is done by then: who stopped reading (`| head`) is no failure. What a full disk does not
/// take is said where errors go, for some of it is said only once.
fn print(text: std::fmt::Arguments) {
    let said = std::io::stdout().write_fmt(format_args!("{text}\n"));
    if let Err(error) = said
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        if !UNTAKEN.swap(true, Ordering::Relaxed) {
            eprintln!("inkpointctl: the answer could not be written: {error}. It was to be:");
        }
        eprintln!("{text}");
    }
}

macro_rules! say {
    ($($part:tt)*) => { print(format_args!($($part)*)) };
}

fn main() -> ExitCode {
    let done = run();
    if UNTAKEN.load(Ordering::Relaxed) { ExitCode::from(1) } else { done }
}

fn run() -> ExitCode {
    env_logger::Builder::new()
        .filter_level(log::LevelFilter::Warn)
        .parse_env("INKPOINT_LOG")
        .target(env_logger::Target::Stderr)
        .init();
    let words: Result<Vec<String>, _> =
        std::env::args_os().skip(1).map(std::ffi::OsString::into_string).collect();
    let words = match words {
        Ok(words) => words,
        // Paths are kept and told as text.
        Err(word) => {
            eprintln!("inkpointctl: {word:?} is not UTF-8: give the file or folder another name");
            return ExitCode::from(2);
        }
    };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        // A forgotten file, not one of such a name.
        ["desk" | "demo" | "verify", file, ..] if file.starts_with('-') => usage(),
        ["backup" | "restore", one, other] if one.starts_with('-') || other.starts_with('-') => usage(),
        ["backup", file, folder] => report(backup(file, folder)),
        ["restore", backup, file] => report(restore(backup, file)),
        ["import", "clients", source, file, ..] if source.starts_with('-') || file.starts_with('-') => {
            usage()
        }
        ["desk", file] => report(desk_on(file)),
        ["commands"] => report(commands()),
        ["demo", file, options @ ..] => match demo_options(options) {
            Some(options) => report(demo(file, options)),
            None => usage(),
        },
        ["verify", file] => match verify(file) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => report(Err(error)),
        },
        ["import", "clients", source, file, rest @ ..] => match client_options(rest) {
            Some(options) => match import_clients(source, file, &options) {
                Ok(true) => ExitCode::SUCCESS,
                Ok(false) => ExitCode::from(1),
                Err(Error::Invalid { field, reason }) => {
                    let what = if field == "mapping" { "--map" } else { source };
                    eprintln!("inkpointctl: {what}: {reason}");
                    ExitCode::from(1)
                }
                Err(error) => report(Err(error)),
            },
            None => usage(),
        },
        ["import", "tsm", source, file, rest @ ..] if !source.starts_with('-') && !file.starts_with('-') => {
            match tsm_options(rest) {
                Some((options, trial)) => match import_tsm(source, file, &options, trial) {
                    Err(Error::Conflict { reason: "source_not_closed" }) => {
                        eprintln!(
                            "inkpointctl: the program did not close {source} properly (a journal lies beside it): open and \
                             close it there once"
                        );
                        ExitCode::from(1)
                    }
                    Err(Error::NotAStudio("damaged")) => {
                        eprintln!(
                            "inkpointctl: {source} is damaged: part of it cannot be read and would be missing here. Bring over \
                             a copy from before, or one that `sqlite3 {source} .recover` made; nothing was made"
                        );
                        ExitCode::from(1)
                    }
                    done => report(done),
                },
                None => usage(),
            }
        }
        ["export", file, folder] if !file.starts_with('-') && !folder.starts_with('-') => {
            match export(file, folder) {
                Ok(true) => ExitCode::SUCCESS,
                Ok(false) => ExitCode::from(1),
                Err(Error::Damaged(why)) => {
                    log::info!("{why}");
                    eprintln!(
                        "inkpointctl: damaged: too much of {file} is gone to read the rest, and no backup lies beside it. \
                         `inkpointctl restore BACKUP FILE` puts one from another drive in its place"
                    );
                    ExitCode::from(1)
                }
                Err(error) => report(Err(error)),
            }
        }
        ["help" | "--help" | "-h"] => {
            say!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn report(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("inkpointctl: {}", told(&error));
            ExitCode::from(1)
        }
    }
}

/// An error in words that say what to do; what the system or SQLite call it goes to the log.
fn told(error: &Error) -> String {
    use std::io::ErrorKind;
    match error {
        Error::Damaged(why) => {
            log::info!("{why}");
            let cause = if why.contains("malformed") { "some of the file cannot be read" } else { why.as_str() };
            format!(
                "damaged: {cause}. `inkpointctl restore BACKUP FILE` puts a backup in its place; `inkpointctl export FILE \
                 DIR` takes out what can still be read"
            )
        }
        Error::ReadOnly => {
            "read only: the file or its folder may not be written to. Its rights or those of the drive are to be changed \
             first; backup and export work all the same, into a folder that may be written to"
                .to_owned()
        }
        Error::DiskFull => "disk full: make room and try again".to_owned(),
        Error::Io(cause) => match cause.kind() {
            ErrorKind::NotFound => "there is no such file or folder: check how it is written".to_owned(),
            ErrorKind::NotADirectory => {
                "something on the way there is a file, not a folder: check the path, and what lies beside the studio's file"
                    .to_owned()
            }
            ErrorKind::PermissionDenied => "this may not be read or written: check the rights of the file and its folder".to_owned(),
            ErrorKind::AlreadyExists => "something of that name is there already: choose another folder".to_owned(),
            // In the system's words, without its numbers.
            _ => error.to_string().split(" (os error").next().unwrap_or_default().to_owned(),
        },
        _ => error.to_string(),
    }
}

fn desk_on(file: &str) -> Result<()> {
    let place = Place::standard()?.with_file(&PathBuf::from(file));
    let desk = Desk::new(place);
    let opened = desk.open(&PathBuf::from(file));
    desk::serve(&desk, opened.err(), std::io::stdin().lock(), std::io::stdout().lock())
}

fn commands() -> Result<()> {
    for command in COMMANDS {
        let (gate, actions) = match command.gate {
            Gate::Public => ("public", Vec::new()),
            Gate::Session => ("session", Vec::new()),
            Gate::Action(actions) => ("action", actions.iter().map(|action| action.name()).collect()),
        };
        let line = serde_json::json!({
            "command": command.name,
            "kind": command.kind_name(),
            "gate": gate,
            "actions": actions,
            "summary": command.summary,
            "args": (command.args_schema)(),
            "reply": (command.reply_schema)(),
        });
        say!("{line}");
    }
    Ok(())
}

fn demo_options(words: &[&str]) -> Option<DemoOptions> {
    let mut options = DemoOptions::default();
    for pair in words.chunks(2) {
        let [name, value] = pair else { return None };
        match *name {
            "--years" => options.years = value.parse().ok().filter(|years| *years <= 10)?,
            "--artists" => {
                options.artists = value.parse().ok().filter(|artists| (1..=24).contains(artists))?
            }
            "--seed" => options.seed = value.parse().ok()?,
            "--zone" => options.zone = (*value).to_owned(),
            _ => return None,
        }
    }
    Some(options)
}

fn demo(file: &str, options: DemoOptions) -> Result<()> {
    let file = PathBuf::from(file);
    let desk = tool(&file)?;
    let made = inkpoint_core::make_demo(&desk, &file, &options)?;
    say!("{}", serde_json::to_string(&made).map_err(inkpoint_core::Error::internal)?);
    Ok(())
}

/// A desk for a tool, which makes no backups but the one it is asked for.
fn tool(file: &Path) -> Result<Desk> {
    let place = Place::standard()?.with_file(file);
    Ok(Desk::with(place, Tools { patrol: None, ..Tools::default() }))
}

fn opened(file: &str) -> Result<Desk> {
    let desk = tool(Path::new(file))?;
    desk.open(Path::new(file))?;
    Ok(desk)
}

fn backup(file: &str, folder: &str) -> Result<()> {
    let desk = opened(file)?;
    let made = inkpoint_core::back_up(&desk, &std::path::absolute(folder)?)?;
    desk.close();
    say!("backup        {}", made.file.display());
    say!("receipts      {}", made.sales);
    say!("pictures      {}", made.pictures);
    say!("head          {} {}", made.head.0, made.head.1);
    if made.figures_wrong {
        say!(
            "WRONG         the sums that reports read: what they are made from holds, and a restore makes them anew"
        );
    }
    for hash in &made.pictures_lost {
        say!("LOST          picture {hash}: gone before this backup, which has everything else");
    }
    Ok(())
}

fn restore(backup: &str, file: &str) -> Result<()> {
    let file = Path::new(file);
    let desk = tool(file)?;
    let done = inkpoint_core::restore(&desk, Path::new(backup), file)?;
    desk.close();
    say!("restored      {}", file.display());
    say!("studio        {}", done.studio);
    if let Some(safety) = &done.safety {
        say!("as it was     {}", safety.display());
    }
    if let Some(aside) = &done.aside {
        say!("put aside     {}", aside.display());
    }
    if done.pictures_lost > 0 {
        say!(
            "LOST          {} pictures that the backup does not have: verify names them",
            done.pictures_lost
        );
    }
    if done.stranded > 0 {
        say!("TO SETTLE     {} visits to come of artists who left since that backup", done.stranded);
    }
    Ok(())
}

fn verify(file: &str) -> Result<bool> {
    let desk = opened(file)?;
    let report = desk.verify()?;
    say!("journal rows  {}", report.journal_rows);
    say!("sealed rows   {}", report.sealed_rows);
    say!("receipts      {}", report.sales);
    say!("Z reports     {}", report.z_reports);
    say!("pictures      {}", report.pictures);
    say!("head          {} {}", report.head.0, report.head.1);
    say!("outside head  {}", report.anchor);
    for left_out in &report.left_out {
        say!("LOST          {left_out}, since before this backup was made");
    }
    for problem in &report.problems {
        say!("PROBLEM       {problem}");
    }
    say!("{}", if report.holds() { "everything holds" } else { "this file does not hold" });
    Ok(report.holds())
}

fn tsm_options(words: &[&str]) -> Option<(TsmOptions, bool)> {
    let (mut options, mut trial) = (TsmOptions::default(), false);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--dry-run" => trial = true,
            "--name" => options.name = (*words.next()?).to_owned(),
            "--currency" => options.currency = (*words.next()?).to_owned(),
            "--zone" => options.zone = (*words.next()?).to_owned(),
            "--language" => {
                options.language = serde_json::from_value((*words.next()?).into()).ok()?;
            }
            _ => return None,
        }
    }
    Some((options, trial))
}

fn import_tsm(source: &str, file: &str, options: &TsmOptions, trial: bool) -> Result<()> {
    let file = PathBuf::from(file);
    let desk = tool(&file)?;
    let made = inkpoint_core::import_tsm(&desk, &PathBuf::from(source), &file, options, trial)?;
    tell_tsm(&made.report);
    if trial {
        say!("nothing was made: this was a trial");
        return Ok(());
    }
    // Opened once as it will be used: from now on its head is kept outside it too.
    desk.open(&file)?;
    desk.close();
    say!("accounts, each with a password for the first sign-in, shown this once:");
    for account in &made.accounts {
        let password = account.password.as_deref().unwrap_or("(archived)");
        say!("ACCOUNT       {:<10} {:<24} {password}", word(&account.role), account.username);
    }
    say!("MASTER CODE   {}", made.master_code);
    say!("RECOVERY CODE {}", made.recovery_code);
    say!("the studio is in {}", made.file);
    Ok(())
}

fn tell_tsm(report: &TsmReport) {
    say!("source        SHA-256 {}", report.sha256);
    say!("studio        {} ({}, {})", report.studio, report.currency, report.zone);
    say!("table               rows   imported  (changed)   left out");
    for table in &report.tables {
        say!(
            "{:<16}{:>8} {:>10} {:>10} {:>10}{}",
            table.table,
            table.rows,
            table.imported,
            table.changed,
            table.left_out,
            if table.there { "" } else { "  (not in this file)" }
        );
        for count in &table.counts {
            let what = if count.left_out { "left out" } else { "changed" };
            say!("                {:>8} {what}: {}", count.rows, word(&count.reason));
        }
        if !table.missing.is_empty() && table.there {
            say!("                not in this version: {}", table.missing.join(", "));
        }
        if !table.unread.is_empty() {
            say!("                has no place here: {}", table.unread.join(", "));
        }
    }
    for other in &report.others {
        say!("{:<16}{:>8} rows, not a table of the studio's book: not taken over", other.table, other.rows);
    }
    say!("sum                     there       reckoned       imported       left out       rounding");
    for sum in &report.sums {
        say!(
            "{:<14} {:>14} {:>14} {:>14} {:>14} {:>14}",
            word(&sum.of),
            sum.there,
            sum.reckoned.plain(report.exponent),
            sum.imported.plain(report.exponent),
            sum.left_out,
            sum.rounding
        );
    }
    for remark in &report.remarks {
        say!(
            "{}      {} {}: {}{}{}",
            if remark.left_out { "LEFT OUT" } else { "CHANGED " },
            remark.table,
            remark.row,
            word(&remark.reason),
            remark.column.as_ref().map_or(String::new(), |column| format!(" {column}")),
            remark.value.as_ref().map_or(String::new(), |value| format!(" \"{}\"", value.escape_debug()))
        );
    }
    say!("owner         {}{}", report.owner, if report.owner_made { " (a new account)" } else { "" });
    say!("open visits   {} of the past were neither completed nor cancelled", report.open_visits);
    say!("overlaps      {} visits to come run into another one", report.overlaps);
    say!("commission    is owed in full: that program does not keep what was paid to the artists");
}

/// Whether everything in the file could be read, and it was the file itself.
fn export(file: &str, folder: &str) -> Result<bool> {
    let file = PathBuf::from(file);
    let desk = tool(&file)?;
    desk.open_to_export(&file)?;
    let done = inkpoint_core::export(&desk, &PathBuf::from(folder))?;
    desk.close();
    say!("tables        {}", done.tables);
    say!("rows          {}", done.rows);
    say!("pictures      {}", done.pictures);
    if done.pictures_lost > 0 {
        say!("LOST          {} pictures are damaged or gone: see manifest.json", done.pictures_lost);
    }
    say!("signed papers {}", done.papers);
    say!("files         {} ({} bytes)", done.files, done.bytes);
    for unread in &done.unread {
        say!("UNREAD        {}: damaged; {} rows of it could be read", unread.table, unread.rows);
    }
    if let Some(at) = done.as_of_utc() {
        say!("STAND-IN      the file is gone or cannot be read: this is its newest backup, of {at}");
    }
    let all = done.is_whole();
    say!("{} is in {}", if all { "everything" } else { "what could be read" }, done.folder);
    Ok(all)
}

fn client_options(words: &[&str]) -> Option<ImportOptions> {
    let mut options = ImportOptions::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--dry-run" => options.dry_run = true,
            "--dates" => {
                options.dates = Some(match *words.next()? {
                    "dmy" => DateOrder::DayFirst,
                    "mdy" => DateOrder::MonthFirst,
                    _ => return None,
                });
            }
            "--map" => {
                let (field, column) = words.next()?.split_once('=')?;
                let field = match field {
                    "out" => None,
                    field => Some(serde_json::from_value(field.into()).ok()?),
                };
                options.columns.push((field, column.to_owned()));
            }
            _ => return None,
        }
    }
    Some(options)
}

/// Whether no line was refused.
fn import_clients(source: &str, file: &str, options: &ImportOptions) -> Result<bool> {
    // A pipe would be waited for without end.
    if !std::fs::metadata(source)?.is_file() {
        return Err(Error::invalid("source", "not a plain file"));
    }
    let bytes = std::fs::read(source)?;
    let desk = opened(file)?;
    let report = inkpoint_core::import_clients(&desk, &bytes, options)?;
    desk.close();
    tell(&report, options.dry_run);
    Ok(report.refused.is_empty())
}

fn tell(report: &ImportReport, dry_run: bool) {
    say!("encoding      {}", report.encoding);
    say!("separator     {}", report.delimiter.escape_default());
    say!("header        {}", if report.header { "yes" } else { "no" });
    say!("dates         {} ({})", word(&report.dates), word(&report.dates_proof));
    for column in &report.columns {
        let field = column.field.as_ref().map_or("left out".to_owned(), word);
        say!("column        {:<24} {field}", column.name.escape_debug().to_string());
    }
    say!("lines         {}", report.lines);
    for line in &report.refused {
        let field = line.field.as_ref().map_or(String::new(), |field| format!(" {}", word(field)));
        say!("REFUSED       line {}:{field} {} \"{}\"", line.line, line.reason, line.cell.escape_debug());
    }
    for line in &report.duplicates {
        let whose = match (line.earlier_line, &line.client_id) {
            (_, Some(client)) => format!("client {client}"),
            (Some(earlier), None) => format!("line {earlier}"),
            (None, None) => String::new(),
        };
        let found = if line.comes_in { "PERHAPS HERE" } else { "HERE ALREADY" };
        let name = line.name.escape_debug();
        say!("{found}  line {}: {name}: {} as {whose}", line.line, word(&line.because));
    }
    for line in &report.remarks {
        let what = if line.left_out { "LEFT OUT    " } else { "CHANGED     " };
        say!("{what}  line {}: {} \"{}\"", line.line, word(&line.reason), line.cell.escape_debug());
    }
    say!("refused       {}", report.refused_lines);
    say!("here already  {}", report.duplicate_lines);
    if report.possible_lines > 0 {
        say!("perhaps here  {}, taken in under their own names", report.possible_lines);
    }
    if report.left_out_lines > 0 {
        say!("left out      {}", report.left_out_lines);
    }
    if report.refused.iter().any(|line| line.reason == "no name column") {
        say!("no column says the name: say which one does with --map name=COLUMN");
    }
    if !report.refused.is_empty() {
        say!("nothing was imported: the table comes in whole or not at all");
    } else if dry_run {
        say!("{} would be imported", report.ready);
    } else {
        say!("{} imported", report.imported);
    }
}

/// A value as it is called on the wire.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
