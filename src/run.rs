//! The pipeline on one screen; with its modules, the only place that opens files and reads the clock.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser};

use crate::cli::{Cli, Collect, CollectFrom, Command, Template, TemplateName};

mod assess;
mod inspect;
mod load;
mod policy;
mod progress;
mod rules;
mod save;

/// Done.
const DONE: u8 = 0;
/// `--fail-on` was asked for and met.
const FAILED_ON: u8 = 1;
/// Could not run.
const COULD_NOT_RUN: u8 = 2;
/// Nothing to judge.
const NOTHING_TO_JUDGE: u8 = 3;
/// Some input was refused and `--strict` was asked for.
const STRICT: u8 = 4;

/// Runs the program and returns its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { COULD_NOT_RUN } else { DONE };
            // A closed pipe while help is printed changes nothing.
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    let outcome = match cli.command {
        Command::Assess(arguments) => assess::assess(&arguments),
        Command::Inspect(arguments) => inspect::inspect(&arguments),
        Command::Rules(arguments) => rules::rules(&arguments),
        Command::Collect(Collect { from }) => print(collector(from)),
        Command::Template(Template { name }) => print(template(name)),
        Command::Completions { shell } => print(&completions(shell)),
        Command::Man => manual().and_then(|page| print(&page)),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_closed_pipe(&error) => ExitCode::from(DONE),
        Err(error) => {
            // Nothing is left to do when even standard error is closed.
            drop(writeln!(io::stderr(), "klar: {error:#}"));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

/// Prints a result to standard output.
fn print(text: &str) -> Result<u8> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(DONE)
}

const fn collector(from: CollectFrom) -> &'static str {
    match from {
        CollectFrom::Vmm => include_str!("../templates/collect/vmm.ps1"),
        CollectFrom::Hyperv => include_str!("../templates/collect/hyperv.ps1"),
        CollectFrom::Azure => include_str!("../templates/collect/azure.sh"),
    }
}

const fn template(name: TemplateName) -> &'static str {
    match name {
        TemplateName::Config => include_str!("../templates/klar.toml"),
    }
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "klar", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page, with a part per command.
fn manual() -> Result<String> {
    let mut page = Vec::new();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for part in command.get_subcommands() {
        let part = part.clone().display_name(format!("klar-{}", part.get_name()));
        let man = clap_mangen::Man::new(part);
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    Ok(String::from_utf8(page)?)
}
