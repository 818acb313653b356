//! The pipeline on one screen; with its modules, the only place that opens files and reads the clock.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser};

use crate::cli::{Assess, Cli, Command};
use crate::report::language::Language;

mod against;
mod alone;
mod assess;
mod bundle;
mod carried;
mod collect;
mod diagnose;
mod diff;
mod each;
mod exit;
mod explain;
mod inspect;
mod judged;
mod keep;
mod load;
mod lock;
mod logo;
mod manifest;
mod organisation;
mod panics;
mod planning;
mod policy;
mod progress;
mod query;
mod read;
mod redact;
mod rollup;
mod rules;
mod save;
mod scope;
mod sets;
mod sign;
mod since;
mod template;
mod template_columns;
mod template_dialect;
mod terminal;
mod threads;
mod unable;
mod verify;
mod wildcards;

use assess::Call;
use exit::COULD_NOT_RUN;
use judged::Then;
use sign::Signer;
use terminal::{print, tell};

pub use collect::collector;

/// Runs the program and returns its exit code.
#[must_use]
pub fn main() -> ExitCode {
    panics::hush();
    let cli = match Cli::try_parse_from(alone::arguments(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(terminal::show(&error)),
    };
    let diagnosis = cli.diagnose.clone();
    if diagnosis.is_some() {
        diagnose::begin();
    }
    let language = unable::language(&cli);
    let could_not_run = |error: &anyhow::Error| could_not_run(error, language);
    let code = threads::with_stack(|| panics::caught(|| run(cli))).unwrap_or_else(|error| could_not_run(&error));
    let written = diagnosis.map_or(Ok(()), |path| diagnose::write(&path, code));
    ExitCode::from(written.map_or_else(|error| could_not_run(&error), |()| code))
}

fn could_not_run(error: &anyhow::Error, language: Language) -> u8 {
    tell(&format!("klar: {}\n", unable::told(error, language)));
    COULD_NOT_RUN
}

fn run(mut cli: Cli) -> Result<u8> {
    wildcards::expand(&mut cli.command)?;
    threads::prepare(if let Command::Assess(arguments) = &cli.command { arguments.jobs } else { None });
    match cli.command {
        Command::Assess(arguments) => assess_all(*arguments),
        Command::Inspect(arguments) => inspect::inspect(&arguments),
        Command::Query(arguments) => query::query(&arguments),
        Command::Rollup(arguments) => rollup::rollup(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Diff(arguments) => diff::diff(&arguments),
        Command::Verify(arguments) => verify::verify(&arguments),
        Command::Reveal(arguments) => redact::reveal(&arguments),
        Command::Rules(arguments) => rules::rules(&arguments),
        Command::Collect(arguments) => collect::collect(&arguments),
        Command::Template(arguments) => template::template(&arguments),
        Command::Completions { shell } => print(&completions(shell)),
        Command::Man => manual().and_then(|page| print(&page)),
    }
}

fn assess_all(mut arguments: Assess) -> Result<u8> {
    let asked = manifest::arguments(alone::arguments(std::env::args_os()));
    let hand_over = &arguments.hand_over;
    // A password is asked for before anything takes long, and once for all sites.
    let signer =
        hand_over.sign.as_ref().map(|key| Signer::open(key, hand_over.password_file.as_deref())).transpose()?;
    let signer = signer.as_ref();
    match arguments.each.take() {
        Some(above) => each::each(&mut arguments, &above, &asked, signer),
        None => {
            Ok(assess::assess(&arguments, Call { asked, folder: None, leave_out: &[], signer, then: Then::End })?.code)
        }
    }
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "klar", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page, with a section per command.
fn manual() -> Result<String> {
    let mut klar = Cli::command();
    // Only a built command knows its parts by their whole names, such as `klar rules list`.
    klar.build();
    let man = clap_mangen::Man::new(klar.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    command_sections(&klar, &mut page)?;
    Ok(without_repeats(&String::from_utf8(page)?))
}

/// Writes a section for each command below a command that does something itself.
fn command_sections(command: &clap::Command, page: &mut Vec<u8>) -> Result<()> {
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        if part.has_subcommands() {
            command_sections(part, page)?;
            continue;
        }
        let name = part.get_bin_name().unwrap_or(part.get_name());
        let about = part.get_about().map(ToString::to_string).unwrap_or_default();
        writeln!(page, ".SH {}\n{about}.", name.to_uppercase())?;
        let man = clap_mangen::Man::new(part.clone());
        let mut sections = Vec::new();
        man.render_synopsis_section(&mut sections)?;
        man.render_options_section(&mut sections)?;
        page.extend(String::from_utf8(sections)?.replace("\n.SH ", "\n.SS ").into_bytes());
        if let Some(after) = part.get_after_long_help() {
            writeln!(page, ".PP\n.nf\n{}\n.fi", after.to_string().replace('-', "\\-"))?;
        }
    }
    Ok(())
}

/// The page with the definitions that each of its sections begins with anew once, below its title.
fn without_repeats(page: &str) -> String {
    let is_definition = |line: &&str| line.starts_with(".ie ") || line.starts_with(".el ");
    let definitions: BTreeSet<&str> = page.lines().filter(is_definition).collect();
    let mut text = String::with_capacity(page.len());
    for line in page.lines().filter(|line| !is_definition(line)) {
        text.push_str(line);
        text.push('\n');
        if line.starts_with(".TH ") {
            // The alternative comes first.
            for definition in definitions.iter().rev() {
                text.push_str(definition);
                text.push('\n');
            }
        }
    }
    text
}
