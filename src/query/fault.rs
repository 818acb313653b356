//! What is wrong with a query, in plain words that name what is nearest.

use polars::prelude::{PlSmallStr, PolarsError};

use super::answer::Tables;
use crate::near::near;

/// Tells an error; `every` are the names of all tables that there are.
pub(super) fn told(error: &PolarsError, tables: &Tables, every: &[&str]) -> String {
    let text = error.to_string();
    let name = quoted(&text).unwrap_or_default().trim_matches('"');
    if text.contains("relation") && text.contains("was not found") {
        return no_table(name, every);
    }
    if let PolarsError::ColumnNotFound(name) = error {
        let name = name.to_string();
        return no_column(quoted(&name).unwrap_or_else(|| name.lines().next().unwrap_or_default()), tables);
    }
    if text.contains("no table or struct column named") {
        return no_table(name, every);
    }
    if text.contains("unable to find column") || text.contains("no column named") {
        return no_column(name, tables);
    }
    if text.contains("no table or alias named") {
        return no_table(name, every);
    }
    let text = text.lines().next().unwrap_or_default();
    format!("cannot be answered: {}", text.trim_start_matches("sql parser error: "))
}

fn no_table(name: &str, every: &[&str]) -> String {
    let nearest = near(name, every);
    let hint = if nearest.is_empty() { String::new() } else { format!("near it: {}; ", nearest.join(", ")) };
    format!("there is no table `{name}`; {hint}there are {}", every.join(", "))
}

fn no_column(name: &str, tables: &Tables) -> String {
    let name = name.rsplit('.').next().unwrap_or(name);
    if tables.values().any(|schema| schema.contains(name)) {
        return format!(
            "where the query names `{name}`, the column is not there any more; select it as well, as HAVING and ORDER BY see \
             only what was selected"
        );
    }
    let known: Vec<&str> = tables.values().flat_map(|schema| schema.iter_names().map(PlSmallStr::as_str)).collect();
    let mut nearest = near(name, &known);
    nearest.dedup();
    let of = |column: &&str| {
        let tables = tables.iter().filter(|(_, schema)| schema.contains(column)).map(|(table, _)| table.as_str());
        format!("{column} (in {})", tables.collect::<Vec<_>>().join(", "))
    };
    let nearest: Vec<String> = nearest.iter().map(of).collect();
    let names: Vec<&str> = tables.keys().map(String::as_str).collect();
    let hint = match nearest.as_slice() {
        [] => format!("klar query --tables lists the columns of {}", names.join(", ")),
        nearest => format!("near it: {}", nearest.join(", ")),
    };
    format!("there is no column `{name}`; {hint}. A text stands between single quotes: '{name}'")
}

/// What stands between the first quotes of a message.
fn quoted(text: &str) -> Option<&str> {
    let start = text.find(['\'', '"', '`'])?;
    let quote = text[start..].chars().next()?;
    text[start + 1..].split(quote).next()
}
