//! Text that was meant for a screen, and exports that hold something else than their objects.

use crate::ingest::refusal::Refusal;

/// How many lines that are not blank are looked at.
const LOOK: usize = 12;

/// Recognises a table as a console shows it.
pub(super) fn check_layout(text: &str) -> Result<(), Refusal> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).take(LOOK).collect();
    for pair in lines.windows(2) {
        if is_ruler(pair[1]) && !is_ruler(pair[0]) {
            return Err(if is_wider(pair[0], pair[1]) { Refusal::AzTable } else { Refusal::ConsoleTable });
        }
    }
    Ok(())
}

/// A line of dashes, one run under each heading.
fn is_ruler(line: &str) -> bool {
    line.contains("--") && line.chars().all(|letter| letter == '-' || letter == ' ')
}

/// PowerShell underlines each heading; `az` underlines each column to its full width, two spaces apart.
fn is_wider(heading: &str, ruler: &str) -> bool {
    let mut start = 0;
    ruler.split("  ").filter(|run| !run.contains(' ')).count() == ruler.split_whitespace().count()
        && ruler.split_whitespace().any(|run| {
            let at = ruler[start..].find(run).map_or(start, |found| start + found);
            start = at + run.len();
            let word: String = heading.chars().skip(at).take(run.len()).collect();
            word.trim_end().chars().count() < run.len()
        })
}

/// Recognises the headings of exports that lost their objects; `rows` tells whether any row follows.
pub(super) fn check_headings(headings: &[&str], type_name: Option<&str>, rows: usize) -> Result<(), Refusal> {
    let has = |wanted: &str| headings.contains(&wanted);
    if has("ClassId2e4f51ef21dd47e99d3c952918aff9cd") || type_name.is_some_and(|name| name.contains("Internal.Format"))
    {
        return Err(Refusal::FormattedExport);
    }
    if has("SyncRoot") && has("IsSynchronized") && has("Count") {
        return Err(Refusal::CollectionExport);
    }
    if headings == ["Length"] {
        return Err(Refusal::LengthsExport);
    }
    if type_name.is_some() && rows == 0 {
        return Err(Refusal::TypeLineOnly);
    }
    Ok(())
}
