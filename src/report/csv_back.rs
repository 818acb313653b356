//! A CSV file of a written set read back as the table it was: typed, and with the site first.

use std::io::{BufRead, BufReader, Read};

use jiff::civil::Date;
use polars::prelude::{Column, DataFrame, DataType, Field, IntoColumn, NamedFrom, PolarsResult, Schema, Series};
use thiserror::Error;

use super::visible::disarmed;
use crate::tables::{EXPORTED_SITE, Head, Kind, SITE, data_type, days_since_1970};

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub enum Fault {
    /// It is not CSV.
    #[error("is not CSV as Klar writes it ({0})")]
    NotCsv(#[from] csv::Error),
    /// It cannot be read at all.
    #[error("cannot be read ({0})")]
    Unread(#[from] std::io::Error),
    /// A cell does not hold what its column does.
    #[error(
        "row {row}: `{cell}` in the column {column}, which holds {kind}; was the file changed after it was written?"
    )]
    Cell {
        /// The row, the heading being the first.
        row: usize,
        /// The column.
        column: String,
        /// What stands there.
        cell: String,
        /// What should.
        kind: Kind,
    },
    /// The columns do not fit together.
    #[error("cannot be made a table ({0})")]
    Table(#[from] polars::prelude::PolarsError),
}

/// The columns of a file, by its heading; `heads` are those that the table is known to have.
///
/// # Errors
/// When it is not CSV.
pub fn schema_of(file: impl Read, heads: &[Head]) -> Result<Schema, Fault> {
    let mut reader = open(file)?;
    let site = Field::new(SITE.into(), DataType::String);
    let field = |name: &str| Field::new(beside_site(name).into(), data_type(kind(name, heads)));
    Ok(std::iter::once(site).chain(reader.headers()?.iter().map(field)).collect())
}

/// The columns wanted of a file of a site.
///
/// # Errors
/// When it is not CSV, or a cell does not hold what its column does.
pub fn read(file: impl Read, site: &str, heads: &[Head], wanted: &[&str]) -> Result<DataFrame, Fault> {
    let mut reader = open(file)?;
    let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let mut columns: Vec<Option<Cells>> =
        names.iter().map(|name| wanted.contains(&beside_site(name)).then(|| Cells::of(kind(name, heads)))).collect();
    let mut rows = 0;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        rows += 1;
        for ((cells, cell), name) in columns.iter_mut().zip(&record).zip(&names) {
            let Some(cells) = cells else { continue };
            cells.take(cell).map_err(|kind| Fault::Cell {
                row: rows + 1,
                column: name.clone(),
                cell: cell.to_owned(),
                kind,
            })?;
        }
    }
    let sites = wanted.contains(&SITE).then(|| Series::new(SITE.into(), vec![site; rows]).into_column());
    let filled = names.iter().zip(columns).filter_map(|(name, cells)| Some(cells?.finish(beside_site(name))));
    let columns = sites.map(Ok).into_iter().chain(filled).collect::<PolarsResult<Vec<_>>>()?;
    Ok(DataFrame::new(columns)?)
}

/// A reader by the divider that the file has: one with a byte order mark has semicolons.
fn open<R: Read>(file: R) -> Result<csv::Reader<BufReader<R>>, Fault> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let mut file = BufReader::new(file);
    let is_for_excel = file.fill_buf()?.starts_with(MARK);
    if is_for_excel {
        file.consume(MARK.len());
    }
    let divider = if is_for_excel { b';' } else { b',' };
    Ok(csv::ReaderBuilder::new().delimiter(divider).from_reader(file))
}

fn kind(name: &str, heads: &[Head]) -> Kind {
    heads.iter().find(|head| head.name == name).map_or(Kind::Text, |head| head.kind)
}

fn beside_site(name: &str) -> &str {
    if name == SITE { EXPORTED_SITE } else { name }
}

/// Cells of a column under way.
enum Cells {
    Text(Vec<Option<String>>),
    Number(Vec<Option<i64>>),
    Flag(Vec<Option<bool>>),
    Day(Vec<Option<i32>>),
}

impl Cells {
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Vec::new()),
            Kind::Number => Self::Number(Vec::new()),
            Kind::Flag => Self::Flag(Vec::new()),
            Kind::Date => Self::Day(Vec::new()),
        }
    }

    /// Takes a cell, or tells what it should have held.
    fn take(&mut self, cell: &str) -> Result<(), Kind> {
        let known = Some(cell).filter(|cell| !cell.is_empty());
        match self {
            Self::Text(cells) => cells.push(known.map(|cell| armed(cell).to_owned())),
            Self::Number(cells) => {
                cells.push(known.map(str::parse).transpose().map_err(|_| Kind::Number)?);
            }
            Self::Flag(cells) => cells.push(known.map(str::parse).transpose().map_err(|_| Kind::Flag)?),
            Self::Day(cells) => {
                let day = known.map(str::parse::<Date>).transpose().map_err(|_| Kind::Date)?;
                cells.push(day.map(days_since_1970));
            }
        }
        Ok(())
    }

    fn finish(self, name: &str) -> PolarsResult<Column> {
        let series = match self {
            Self::Text(cells) => Series::new(name.into(), cells),
            Self::Number(cells) => Series::new(name.into(), cells),
            Self::Flag(cells) => Series::new(name.into(), cells),
            Self::Day(cells) => Series::new(name.into(), cells).cast(&DataType::Date)?,
        };
        Ok(series.into_column())
    }
}

/// A cell as it was before it was kept from being run by a spreadsheet.
fn armed(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| disarmed(rest).starts_with('\'')).unwrap_or(cell)
}
