//! What several parts of a written assessment share: places, what is left to the machines, and items one to a line.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use super::super::view::View;
use super::super::waves;
use crate::evaluate::{Because, Finding, Subject};
use crate::model::{Missing, Origin, Why};
use crate::record::Source;

/// A place spelled out.
pub(super) fn source<'a>(view: &'a View<'_>, origin: Origin) -> Source<'a> {
    let place = view.estate.place(origin);
    Source {
        file: place.file.into(),
        sheet: place.sheet.into(),
        row: place.row,
        column: place.column.into(),
        cell: place.cell.into(),
    }
}

/// Whether a finding says only that no input gives a machine some fact; those stand with the machine, in short.
pub(super) fn is_absence(finding: &Finding) -> bool {
    matches!(finding.subject, Subject::Vm(_))
        && matches!(finding.because, Because::Missing(Missing { why: Why::Absent, .. }))
}

/// Writes items one to a line, with commas between them, and returns how many.
pub(super) fn write_items<T: Serialize>(
    len: usize,
    out: &mut (dyn Write + Send),
    item: impl Fn(usize) -> T + Sync,
) -> io::Result<u64> {
    let written = AtomicU64::new(0);
    waves::write_rows(len, out, |range, bytes| {
        for index in range {
            bytes.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut *bytes, &item(index)).expect("writing to memory does not fail");
            written.fetch_add(1, Ordering::Relaxed);
        }
    })?;
    Ok(written.into_inner())
}
