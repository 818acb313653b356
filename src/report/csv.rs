//! A sheet as a CSV file: UTF-8, RFC 4180, lines end in LF, and no cell that a spreadsheet would run.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use super::sheet::{Record, Sheet};
use super::waves;

/// Writes a sheet with its column names, and returns how many rows were written.
///
/// # Errors
/// What `out` fails with.
pub fn write(sheet: &Sheet<'_>, out: &mut (dyn Write + Send)) -> io::Result<u64> {
    let mut heading = csv::Writer::from_writer(Vec::new());
    heading.write_record(sheet.columns)?;
    out.write_all(&heading.into_inner().map_err(csv::IntoInnerError::into_error)?)?;
    let written = AtomicU64::new(0);
    waves::write_rows(sheet.len, out, |rows, bytes| {
        let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(bytes);
        let mut record = Record::default();
        for row in rows {
            record.clear();
            (sheet.row)(row, &mut record);
            let cells = record.cells();
            let done = if cells.iter().any(is_formula) {
                writer.write_record(cells.iter().map(disarmed))
            } else {
                writer.write_byte_record(cells.as_byte_record())
            };
            done.expect("writing to memory does not fail");
            written.fetch_add(1, Ordering::Relaxed);
        }
        writer.flush().expect("writing to memory does not fail");
    })?;
    Ok(written.into_inner())
}

/// Whether a spreadsheet would run the cell, or a lead character would make it do so after import.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell as a spreadsheet shows and does not run it.
fn disarmed(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}
