//! Text that was meant for a screen, and exports that hold something else than their objects.

use crate::ingest::refusal::Refusal;

/// How many lines that are not blank are looked at.
const LOOK: usize = 12;

/// Recognises a table or list as a console shows it.
pub(super) fn check_layout(text: &str) -> Result<(), Refusal> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).take(LOOK).collect();
    for pair in lines.windows(2) {
        if is_ruler(pair[1]) && !is_ruler(pair[0]) {
            return Err(if is_wider(pair[0], pair[1]) { Refusal::AzTable } else { Refusal::ConsoleTable });
        }
    }
    let listed = lines.iter().filter(|line| is_list_line(line)).count();
    if listed >= 3 && is_list_line(lines[0]) && listed * 4 >= lines.len() * 3 {
        return Err(Refusal::ConsoleList);
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

/// `Name   : web01`, as Format-List shows it.
fn is_list_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        let word = name.trim_end();
        name.len() > word.len()
            && (value.is_empty() || value.starts_with(' '))
            && !word.is_empty()
            && word.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
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
