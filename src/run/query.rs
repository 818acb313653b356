//! `klar query`: an SQL query over tables of inputs, of sets of reports and of Parquet folders, read as far as it asks.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::Parser;
use polars::prelude::{Column, DataFrame, PlSmallStr, PolarsResult, Schema};

use super::assess::own_heads;
use super::collect::write_new;
use super::exit::DONE;
use super::judged::look;
use super::load::shown;
use super::sets::{self, Found, Set, TableFile};
use super::terminal::{print, tell};
use crate::cli::{self, Assess, Cli, Command};
use crate::query::{Answer, Query, described};
use crate::report::view::View;
use crate::report::{answer, parquet, words};
use crate::tables::{self, Head, Table};

/// Puts a query to tables and tells the answer.
///
/// # Errors
/// When a path cannot be read, the query is wrong, or the answer cannot be written.
pub(super) fn query(arguments: &cli::Query) -> Result<u8> {
    if arguments.format == cli::AnswerFormat::Parquet && arguments.output.is_none() {
        bail!("--format parquet is for a file; name one with --output");
    }
    let named = if arguments.tables.is_empty() { &arguments.paths } else { &arguments.tables };
    let Found { sets, others, beside } = sets::find(named)?;
    if let Some(first) = beside.first() {
        let files = words::count(beside.len() as u64, "file", "files");
        tell(&format!("{files} beside the sets of reports not read, such as {}.\n", shown(first)));
    }
    let answer = if others.is_empty() {
        ask(arguments, &sets, &[])?
    } else {
        look(&assessment(arguments, &others)?, |view: &View<'_>| ask(arguments, &sets, &view.tables_of_site()))?
    };
    tell_answer(arguments, &answer)
}

/// The assessment that exports are read by.
fn assessment(arguments: &cli::Query, exports: &[PathBuf]) -> Result<Assess> {
    let cli = Cli::try_parse_from(["klar", "assess", "--quiet", "."])?;
    let Command::Assess(mut asked) = cli.command else { bail!("internal error: no assessment") };
    asked.paths = exports.to_vec();
    // Nothing is written, and so nothing is in its way.
    asked.output = PathBuf::new();
    asked.against.clone_from(&arguments.against);
    asked.as_of = arguments.as_of;
    asked.site.clone_from(&arguments.site);
    asked.reading = arguments.reading.clone();
    Ok(*asked)
}

/// Where a table, or a part of one, is.
#[derive(Clone, Copy)]
enum Part<'a> {
    File(&'a Set, &'a TableFile),
    Judged(&'a Table<'a>),
}

/// Tables by their names, each with the parts it is made of, in the order named.
type Parts<'a> = BTreeMap<&'a str, Vec<Part<'a>>>;

/// The columns that published tables are known to have.
type Heads = BTreeMap<String, Vec<Head>>;

fn ask(arguments: &cli::Query, sets: &[Set], judged: &[Table<'_>]) -> Result<Answer> {
    let mut parts = parts_of(sets.iter());
    for table in judged {
        parts.entry(table.name).or_default().push(Part::Judged(table));
    }
    let every: Vec<&str> = parts.keys().copied().collect();
    let heads = if sets.is_empty() { BTreeMap::new() } else { own_heads()? };
    let Some(sql) = &arguments.sql else {
        return Ok(described(&schemas(&parts, &heads)?)?);
    };
    answer_of(sql, parts, &every, &heads)
}

/// Puts a query to sets alone.
///
/// # Errors
/// When a file cannot be read, or the query is wrong.
pub(super) fn put(sql: &str, sets: &[&Set]) -> Result<Answer> {
    let parts = parts_of(sets.iter().copied());
    let every: Vec<&str> = parts.keys().copied().collect();
    answer_of(sql, parts, &every, &own_heads()?)
}

/// The tables of sets.
fn parts_of<'a>(sets: impl Iterator<Item = &'a Set>) -> Parts<'a> {
    let mut parts: Parts<'_> = BTreeMap::new();
    for set in sets {
        for (name, file) in &set.tables {
            parts.entry(name).or_default().push(Part::File(set, file));
        }
    }
    parts
}

fn answer_of(sql: &str, mut parts: Parts<'_>, every: &[&str], heads: &Heads) -> Result<Answer> {
    let mut query = Query::read(sql).map_err(|fault| anyhow!(fault))?;
    parts.retain(|name, _| query.names(name));
    let schemas = schemas(&parts, heads)?;
    let asked = query.asks(&schemas, every).map_err(|fault| anyhow!(fault))?;
    let mut frames = BTreeMap::new();
    for (name, columns) in &asked {
        let (parts, heads) = (&parts[name.as_str()], heads.get(name).map_or(&[][..], Vec::as_slice));
        frames.insert(name.clone(), whole(parts, heads, columns, &schemas[name])?);
    }
    query.answer(&schemas, frames).map_err(|fault| anyhow!(fault))
}

/// The columns of each table: those of all its parts together.
fn schemas(parts: &Parts<'_>, heads: &Heads) -> Result<BTreeMap<String, Schema>> {
    let mut schemas = BTreeMap::new();
    for (name, parts) in parts {
        let mut whole = Schema::default();
        let heads = heads.get(*name).map_or(&[][..], Vec::as_slice);
        for part in parts {
            let (place, schema) = match part {
                Part::File(set, file) => (shown(&set.place), file.schema(heads)?),
                Part::Judged(table) => (String::new(), tables::schema(&table.heads)),
            };
            for (column, kind) in schema.iter() {
                let known = whole.get(column).cloned().unwrap_or_else(|| kind.clone());
                if known == *kind {
                    whole.with_column(column.clone(), known);
                } else {
                    bail!(
                        "{place}: the column {column} of {name} holds {kind:?}, where it holds {known:?} in another set"
                    );
                }
            }
        }
        schemas.insert((*name).to_owned(), whole);
    }
    Ok(schemas)
}

/// The columns wanted of a table, its parts below one another; what an older part has no column for is not known.
fn whole(parts: &[Part<'_>], heads: &[Head], columns: &[String], schema: &Schema) -> Result<DataFrame> {
    let mut whole: Option<DataFrame> = None;
    for part in parts {
        let own = match part {
            Part::File(_, file) => file.schema(heads)?,
            Part::Judged(table) => tables::schema(&table.heads),
        };
        let mut there: Vec<&str> = columns.iter().map(String::as_str).filter(|name| own.contains(name)).collect();
        // How many rows a part has is known by any of its columns.
        let counted = own.iter_names().next().map(PlSmallStr::as_str);
        let is_counted = there.is_empty();
        there.extend(counted.filter(|_| is_counted));
        let read = match part {
            Part::File(set, file) => set.read(file, heads, &there)?,
            Part::Judged(table) => tables::published(table, &there, 0..table.len)?,
        };
        let column = |name: &String| match (read.column(name), schema.get(name)) {
            (Err(_), Some(kind)) => Ok(Column::full_null(name.as_str().into(), read.height(), kind)),
            (column, _) => column.cloned(),
        };
        let part = DataFrame::new(columns.iter().map(column).collect::<PolarsResult<_>>()?)?;
        match &mut whole {
            Some(whole) => drop(whole.vstack_mut(&part)?),
            None => whole = Some(part),
        }
    }
    Ok(whole.unwrap_or_default())
}

fn tell_answer(arguments: &cli::Query, given: &Answer) -> Result<u8> {
    let text = match arguments.format {
        cli::AnswerFormat::Table => answer::table(given),
        cli::AnswerFormat::Csv => answer::csv(given)?,
        cli::AnswerFormat::Json => answer::json(given),
        cli::AnswerFormat::Parquet => String::new(),
    };
    let Some(path) = &arguments.output else { return print(&text) };
    if arguments.format == cli::AnswerFormat::Parquet {
        let mut bytes = Vec::new();
        parquet::write_frame(&given.frame(), &mut bytes)?;
        write_new(path, "answer", &bytes)?;
    } else {
        write_new(path, "answer", text.as_bytes())?;
    }
    Ok(DONE)
}
