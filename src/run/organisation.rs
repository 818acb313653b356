//! Files of an organisation's own rules, and `klar rules test`, which runs their examples.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::exit::{DONE, FAILED_ON};
use super::load::{self, shown};
use super::terminal::print;
use crate::organisation::{self, Rule, try_examples};
use crate::report::rulebook;

/// Reads files of rules.
///
/// # Errors
/// When a file cannot be read, or something in it is wrong.
pub(super) fn read(paths: &[&Path]) -> Result<Vec<Rule>> {
    let files = paths.iter().map(|path| open(path)).collect::<Result<Vec<_>>>()?;
    Ok(organisation::read(files.iter().map(|(file, text)| (file.as_str(), text.as_str())))?)
}

fn open(path: &Path) -> Result<(String, String)> {
    let text = String::from_utf8(load::named(path)?)
        .map_err(|_| anyhow!("{}: is no UTF-8 text; save it as UTF-8", path.display()))?;
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    Ok((shown(path), text))
}

/// Runs the examples of the rules in files.
///
/// # Errors
/// When a file cannot be read, or something in it is wrong.
pub(super) fn test(paths: &[PathBuf]) -> Result<u8> {
    let rules = read(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    let mut tried = Vec::new();
    for rule in &rules {
        for example in &rule.examples {
            tried.push((rule, example, try_examples(rule, example)));
        }
    }
    print(&rulebook::tried(&rules, &tried))?;
    let failed = tried.iter().any(|(_, _, failures)| !failures.is_empty());
    Ok(if failed { FAILED_ON } else { DONE })
}
