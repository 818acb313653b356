//! `--diagnose FILE`: what a defect can be found by, without a word from an input: counts, kinds, times and places.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory};

use super::panics;
use crate::cli::Cli;
use crate::model::{Estate, Gravity};

/// What was noted so far, and when the run began.
static SEEN: Mutex<Option<(Instant, Vec<String>)>> = Mutex::new(None);

/// Begins to note, once it is known that someone asks for it.
#[expect(clippy::disallowed_methods, reason = "how long a step takes is told to who asks, and reaches no report")]
pub(super) fn begin() {
    *SEEN.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), Vec::new()));
}

fn note(line: impl FnOnce(Duration) -> String) {
    if let Some((begun, lines)) = &mut *SEEN.lock().unwrap_or_else(PoisonError::into_inner) {
        let line = line(begun.elapsed());
        lines.push(line);
    }
}

/// Notes that a step begins, in words of our own.
pub(super) fn step(what: &str) {
    note(|elapsed| format!("{:>8} ms  {:>9} KiB  {what}", elapsed.as_millis(), peak().unwrap_or(0)));
}

/// Notes what each file and table was taken for, by number.
pub(super) fn estate(estate: &Estate) {
    for (index, file) in estate.files.iter().enumerate() {
        let refused = if file.refused.is_some() { ", refused" } else { "" };
        note(|_| format!("file {}: {} bytes{refused}", index + 1, file.bytes));
        for (number, table) in estate.tables.iter().filter(|table| table.file == index).enumerate() {
            let rows = &table.rows;
            let left_out = rows.left_out_total();
            note(|_| {
                format!(
                    "file {}, table {}: taken for {}; {} columns, {} of them read; {} rows, {} began a subject, {} told \
                     more of one, {left_out} left out",
                    index + 1,
                    number + 1,
                    table.taken_for,
                    table.columns.len(),
                    table.read_as.iter().filter(|field| !field.is_empty()).count(),
                    rows.read,
                    rows.subjects,
                    rows.joined,
                )
            });
        }
    }
    for gravity in Gravity::ALL {
        let notes = estate.notes.iter().filter(|note| note.gravity == *gravity).count();
        note(|_| format!("notes of the kind {gravity}: {notes}"));
    }
    let limits = estate.notes.iter().filter(|note| note.text.to_string().contains("the most that is read")).count();
    note(|_| format!("notes of a limit that was met: {limits}"));
    note(|_| format!("{} machines, {} hosts, {} clouds", estate.vms.len(), estate.hosts.len(), estate.clouds.len()));
}

/// Writes what was noted.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(path: &Path, code: u8) -> Result<()> {
    let mut text = format!(
        "klar {} on {} {}\noptions: {}\nended with exit code {code}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        options().join(", "),
    );
    for place in panics::places() {
        writeln!(text, "gave up at {place}").expect("writing to a String does not fail");
    }
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner).take();
    for line in seen.into_iter().flat_map(|(_, lines)| lines) {
        text.push_str(&line);
        text.push('\n');
    }
    #[expect(clippy::disallowed_methods, reason = "it is no report, and is of use also when it is cut off")]
    let written = fs::write(path, text);
    written.with_context(|| format!("{}: could not be written; name another file with --diagnose", path.display()))
}

/// The command and the names of the options asked for, without what was given to them.
fn options() -> Vec<String> {
    let Ok(matches) = Cli::command().try_get_matches() else { return Vec::new() };
    let mut named = Vec::new();
    let mut level: Option<&ArgMatches> = Some(&matches);
    while let Some(matches) = level {
        let given = matches.ids().filter(|id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine));
        named.extend(given.map(|id| format!("--{}", id.as_str().replace('_', "-"))));
        level = matches.subcommand().map(|(name, below)| {
            named.push(name.to_owned());
            below
        });
    }
    named
}

/// The most memory that the program had so far in kibibytes, where the system tells.
fn peak() -> Option<u64> {
    #[expect(clippy::disallowed_methods, reason = "the system tells by a file")]
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
