//! The plain list of machines that Site Recovery's Deployment Planner works from: a line a machine, `host\\machine`.

use crate::ingest::limits::{Budget, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::source::{Reading, Source};
use crate::ingest::table::Grid;

/// The type by which the list is known, since it has no headings.
const TYPE_NAME: &str = "DeploymentPlanner.VMList";

/// Whether a file is such a list: by its name, for accounts of a domain are written alike, and by every line.
pub(super) fn claims(source: &Source, text: &str) -> bool {
    let is_named = source.file_name().to_lowercase().contains("vmlist");
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    is_named && lines.peek().is_some() && lines.all(|line| parts(line).is_some())
}

/// Reads the list, which [`claims`] has looked through.
pub(super) fn read(text: &str, limits: &Budget) -> Result<Reading, Refusal> {
    let mut grid = Grid::default();
    grid.header = Some(vec!["VM host".to_owned(), "VM name".to_owned()]);
    grid.type_name = Some(TYPE_NAME.to_owned());
    for (number, line) in (1_u32..).zip(text.lines()) {
        within(u64::from(number), limits.rows, "lines")?;
        within(count(line.len()), limits.text_bytes, "bytes in one line")?;
        if let Some((host, machine)) = parts(line.trim()) {
            grid.begin_row(number);
            grid.push_text(0, host);
            grid.push_text(1, machine);
        }
    }
    limits.spend_table(&grid)?;
    Ok(Reading { grids: vec![grid], ..Reading::default() })
}

/// The host and the machine of a line.
fn parts(line: &str) -> Option<(&str, &str)> {
    let (host, machine) = line.split_once('\\')?;
    let is_plain = |text: &str| !text.trim().is_empty() && !text.contains(['\\', ',', ';', '\t', '"']);
    (is_plain(host) && is_plain(machine)).then(|| (host.trim(), machine.trim()))
}
