//! A sheet as a CSV file.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use super::sheet::{Record, Sheet};
use super::waves;

/// Writes a sheet with its column names, and returns how many rows were written.
///
/// # Errors
/// What `out` fails with.
pub fn write(sheet: &Sheet<'_>, out: &mut (dyn Write + Send)) -> io::Result<u64> {
    let mut heading = Record::default();
    for column in sheet.columns {
        heading.push(column);
    }
    heading.end_row();
    out.write_all(&heading.into_bytes())?;
    let written = AtomicU64::new(0);
    waves::write_rows(sheet.len, out, |rows, bytes| {
        let mut record = Record::default();
        for row in rows {
            (sheet.row)(row, &mut record);
            record.end_row();
            written.fetch_add(1, Ordering::Relaxed);
        }
        *bytes = record.into_bytes();
    })?;
    Ok(written.into_inner())
}
