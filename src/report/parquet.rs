//! Published tables as Parquet files, for `DuckDB`, Spark and `klar query`: one file a table, typed, with the site first.

use std::io::{self, Write};
use std::ops::Range;

use polars::prelude::{DataFrame, PolarsError, PolarsResult, Schema, SchemaExt, SerReader};
use polars_io::mmap::MmapBytesReader;
use polars_io::parquet::read::ParquetReader;
use polars_io::parquet::write::{BatchedWriter, KeyValueMetadata, ParquetWriter};
use rayon::prelude::*;

use super::view::View;
use super::writer::{Report, Writer};
use crate::ingest::open::OWN_PARQUET;
use crate::tables::{Inventory, Table, published, schema};

/// A file for each table, with those of the inventory.
pub(super) const WRITER: Writer = Writer {
    name: "parquet",
    about: "parquet/NAME.parquet: a file for each table, typed, with the site first",
    usual: false,
    files,
};

/// The folder of the files.
pub const FOLDER: &str = "parquet";
/// The ending of their names.
pub const ENDING: &str = "parquet";
/// Rows of a part of a file, which is all that is held in memory.
const ROWS_PER_GROUP: usize = 64 << 10;
/// Rows that one task makes.
const ROWS_PER_TASK: usize = 4 << 10;

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let report = |table: Table<'a>| Report {
        name: format!("{FOLDER}/{}.{ENDING}", table.name),
        write: Box::new(move |out: &mut (dyn Write + Send)| {
            write(&table, out).map_err(io::Error::other)?;
            Ok((table.name == Inventory::Vms.as_str()).then_some(table.len as u64))
        }),
    };
    view.tables_of_site().into_iter().map(report).collect()
}

/// Writes a table.
///
/// # Errors
/// What `out` fails with.
pub fn write(table: &Table<'_>, out: &mut (dyn Write + Send)) -> PolarsResult<()> {
    let told = KeyValueMetadata::from_static(vec![(OWN_PARQUET.to_owned(), table.name.to_owned())]);
    let mut file = ParquetWriter::new(out).with_key_value_metadata(Some(told)).batched(&schema(&table.heads))?;
    let starts = (0..table.len).step_by(ROWS_PER_GROUP);
    for start in starts {
        file.write_batch(&group(table, start..table.len.min(start + ROWS_PER_GROUP))?)?;
    }
    finish(&file)
}

/// Rows of a table, made on every core.
fn group(table: &Table<'_>, rows: Range<usize>) -> PolarsResult<DataFrame> {
    let names: Vec<&str> = table.heads.iter().map(|head| &*head.name).collect();
    let starts: Vec<usize> = rows.clone().step_by(ROWS_PER_TASK).collect();
    let part = |start: &usize| published(table, &names, *start..rows.end.min(start + ROWS_PER_TASK));
    let parts: Vec<DataFrame> = starts.par_iter().map(part).collect::<PolarsResult<_>>()?;
    let mut parts = parts.into_iter();
    let mut whole = parts.next().unwrap_or_default();
    for part in parts {
        whole.vstack_mut(&part)?;
    }
    // A group is one piece a column, or each piece would become a group of its own.
    whole.as_single_chunk_par();
    Ok(whole)
}

/// Writes a frame whose columns are in one piece each.
///
/// # Errors
/// What `out` fails with.
pub fn write_frame(frame: &DataFrame, out: &mut (dyn Write + Send)) -> PolarsResult<()> {
    let mut file = ParquetWriter::new(out).batched(frame.schema())?;
    for start in (0..frame.height()).step_by(ROWS_PER_GROUP) {
        let mut group = frame.slice(i64::try_from(start).unwrap_or(i64::MAX), ROWS_PER_GROUP);
        group.as_single_chunk_par();
        file.write_batch(&group)?;
    }
    finish(&file)
}

/// The columns of a file.
///
/// # Errors
/// When it is no Parquet file, or a damaged one.
pub fn schema_of<R: MmapBytesReader>(file: R) -> PolarsResult<Schema> {
    ParquetReader::new(file).schema().map(|schema| Schema::from_arrow_schema(&schema))
}

/// The columns wanted of a file; the others are not read.
///
/// # Errors
/// When it is no Parquet file, a damaged one, or lacks a column.
pub fn read<R: MmapBytesReader>(file: R, wanted: &[&str]) -> PolarsResult<DataFrame> {
    let wanted = wanted.iter().map(ToString::to_string).collect();
    ParquetReader::new(file).with_columns(Some(wanted)).finish()
}

fn finish<W: Write>(file: &BatchedWriter<W>) -> Result<(), PolarsError> {
    file.finish().map(|_| ())
}
