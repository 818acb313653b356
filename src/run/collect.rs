//! The collector scripts, put together from what they share.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::exit::DONE;
use super::terminal::print;
use crate::cli::{Collect, CollectFrom, ScriptForm};

/// Pieces that several scripts share: a line `# part: NAME` gives way to the piece. Later ones stand in earlier ones.
const PARTS: [(&str, &str); 3] = [
    ("host", include_str!("../../templates/collect/parts/host.ps1")),
    ("answers", include_str!("../../templates/collect/parts/answers.ps1")),
    ("trouble", include_str!("../../templates/collect/parts/trouble.ps1")),
];

/// A collector's script; without a form the one that its platform calls for.
///
/// # Errors
/// When the collector has no script of the form.
pub fn collector(from: CollectFrom, form: Option<ScriptForm>) -> Result<String> {
    use CollectFrom::{Azure, Guest, Hyperv, Vmm};
    use ScriptForm::{Powershell, Shell};
    let usual = match from {
        Vmm | Hyperv | Guest => Powershell,
        Azure => Shell,
    };
    let script = match (from, form.unwrap_or(usual)) {
        (Vmm, Powershell) => include_str!("../../templates/collect/vmm.ps1"),
        (Hyperv, Powershell) => include_str!("../../templates/collect/hyperv.ps1"),
        (Guest, Powershell) => include_str!("../../templates/collect/guest.ps1"),
        (Guest, Shell) => include_str!("../../templates/collect/guest.sh"),
        (Azure, Powershell) => include_str!("../../templates/collect/azure.ps1"),
        (Azure, Shell) => include_str!("../../templates/collect/azure.sh"),
        (Vmm, Shell) => bail!("VMM is asked by PowerShell only; leave --form out"),
        (Hyperv, Shell) => bail!("Hyper-V hosts are asked by PowerShell only; leave --form out"),
    };
    Ok(PARTS.iter().fold(script.to_owned(), |text, (name, part)| text.replace(&format!("# part: {name}\n"), part)))
}

/// Writes the script to a file that is not there yet, or prints it.
pub(super) fn collect(arguments: &Collect) -> Result<u8> {
    let script = collector(arguments.from, arguments.form)?;
    match &arguments.output {
        Some(path) => write_new(path, "script", script.as_bytes()).map(|()| DONE),
        None => print(&script),
    }
}

/// Byte for byte, since what a shell's `>` writes may be UTF-16, which no Linux guest runs.
pub(super) fn write_new(path: &Path, what: &str, bytes: &[u8]) -> Result<()> {
    let place = || format!("{}: the {what} cannot be written; name a file that is not there yet", path.display());
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).with_context(place)?;
    file.write_all(bytes).with_context(place)
}
