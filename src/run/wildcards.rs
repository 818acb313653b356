//! Paths that end in a pattern with `*` or `?`, which shells on Windows hand on as they were typed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wildmatch::WildMatch;

use crate::cli::{Command, Inspect, Rules, Template};

/// Puts the files that fit in the place of each pattern that a command was given.
///
/// # Errors
/// When nothing fits one, or its folder cannot be listed.
pub(super) fn expand(command: &mut Command) -> Result<()> {
    match command {
        Command::Assess(assess) => {
            expand_all(&mut assess.paths)?;
            expand_all(&mut assess.rules)
        }
        Command::Inspect(Inspect { inputs, .. })
        | Command::Template(Template::Columns(inputs) | Template::Dialect { inputs, .. }) => {
            expand_all(&mut inputs.paths)
        }
        Command::Verify(verify) => expand_all(&mut verify.rerun),
        Command::Query(query) => {
            expand_all(&mut query.paths)?;
            expand_all(&mut query.tables)
        }
        Command::Rollup(rollup) => expand_all(&mut rollup.folders),
        Command::Rules(Rules::Diff(diff)) => expand_all(&mut diff.estate),
        Command::Rules(Rules::Test { files }) => expand_all(files),
        _ => Ok(()),
    }
}

fn expand_all(paths: &mut Vec<PathBuf>) -> Result<()> {
    for path in std::mem::take(paths) {
        match pattern(&path) {
            Some(pattern) => paths.extend(fitting(&path, pattern)?),
            None => paths.push(path),
        }
    }
    Ok(())
}

/// The last part of a path, when it is a pattern and not the name of something.
fn pattern(path: &Path) -> Option<&str> {
    path.file_name()?.to_str().filter(|name| name.contains(['*', '?']) && fs::symlink_metadata(path).is_err())
}

fn fitting(path: &Path, pattern: &str) -> Result<Vec<PathBuf>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let listed = fs::read_dir(folder.unwrap_or(Path::new("."))).with_context(|| {
        format!("{}: its folder cannot be listed; patterns are for the last part of a path", path.display())
    })?;
    let fits = if cfg!(windows) { WildMatch::new_case_insensitive(pattern) } else { WildMatch::new(pattern) };
    let names = listed.filter_map(Result::ok).map(|entry| entry.file_name());
    let mut names: Vec<_> =
        names.filter(|name| name.to_str().is_some_and(|name| fits.matches(name) && !name.starts_with('.'))).collect();
    if names.is_empty() {
        bail!("{}: no file fits; check the path", path.display());
    }
    names.sort();
    Ok(names.into_iter().map(|name| path.with_file_name(name)).collect())
}
