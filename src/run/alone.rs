//! `klar PATH` alone: the path is assessed, and the reports go beside it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use crate::cli::Cli;

/// The folder of the reports.
const REPORTS: &str = "klar-report";

/// The arguments as they are meant: of a path that exists and is no command, an assessment into a folder beside it.
pub(super) fn arguments(given: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let given: Vec<OsString> = given.collect();
    let [program, path] = given.as_slice() else { return given };
    let is_command =
        path.to_str().is_some_and(|name| Cli::command().get_subcommands().any(|command| command.get_name() == name));
    let is_option = path.to_string_lossy().starts_with('-') || path == "help";
    if is_command || is_option || !Path::new(path).exists() {
        return given;
    }
    let output = beside(Path::new(path)).join(REPORTS);
    vec![program.clone(), "assess".into(), path.clone(), "--output".into(), output.into_os_string()]
}

/// The folder that a path lies in; of one that ends in `.` or `..` as it is found on disk.
fn beside(path: &Path) -> PathBuf {
    let named = path.file_name().and_then(|_| path.parent()).map(Path::to_owned);
    let found = || path.canonicalize().ok().and_then(|whole| whole.parent().map(Path::to_owned));
    named.or_else(found).unwrap_or_default()
}
