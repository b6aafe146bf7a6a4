//! `inkpointctl`: the core's door without a window, and an operator's tools.

mod desk;

use std::path::PathBuf;
use std::process::ExitCode;

use inkpoint_core::door::{COMMANDS, Gate};
use inkpoint_core::{DemoOptions, Desk, Place, Result};

const USAGE: &str = "inkpointctl: the core's door without a window

  inkpointctl desk FILE        a desk on standard input and output, one JSON object a line
  inkpointctl commands         every command with its gate and JSON Schemas, one JSON object a line
  inkpointctl demo FILE [--years N] [--artists N] [--seed S] [--zone ZONE]
                               make a studio with believable data; prints its accounts and master code
  inkpointctl verify FILE      check chain, seals, sums and numbers; exit 0 only when all holds

FILE is a studio's file. Passwords and codes go by standard input only.";

fn main() -> ExitCode {
    env_logger::Builder::new()
        .filter_level(log::LevelFilter::Warn)
        .parse_env("INKPOINT_LOG")
        .target(env_logger::Target::Stderr)
        .init();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        // A forgotten file, not one of such a name.
        ["desk" | "demo" | "verify", file, ..] if file.starts_with('-') => usage(),
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
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
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
            eprintln!("inkpointctl: {error}");
            ExitCode::from(1)
        }
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
        println!("{line}");
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
    let desk = Desk::new(Place::standard()?.with_file(&file));
    let made = inkpoint_core::make_demo(&desk, &file, &options)?;
    println!("{}", serde_json::to_string(&made).map_err(inkpoint_core::Error::internal)?);
    Ok(())
}

fn verify(file: &str) -> Result<bool> {
    let file = PathBuf::from(file);
    let desk = Desk::new(Place::standard()?.with_file(&file));
    desk.open(&file)?;
    let report = desk.verify()?;
    println!("journal rows  {}", report.journal_rows);
    println!("sealed rows   {}", report.sealed_rows);
    println!("receipts      {}", report.sales);
    println!("Z reports     {}", report.z_reports);
    println!("head          {} {}", report.head.0, report.head.1);
    println!("outside head  {}", report.anchor);
    for problem in &report.problems {
        println!("PROBLEM       {problem}");
    }
    println!("{}", if report.holds() { "everything holds" } else { "this file does not hold" });
    Ok(report.holds())
}
