//! How much the inputs of a run may ask for, so that no file can exhaust the machine that reads it. With these limits 2 GiB
//! of memory are enough for whatever is accepted.

use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};

use super::refusal::Refusal;
use super::table::Grid;

/// A limit as it is named to its user.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Its name, as `--limit` takes it.
    pub name: &'static str,
    /// What it counts.
    pub what: &'static str,
    /// Its value when nothing else is asked for.
    pub usual: u64,
}

macro_rules! limits {
    ($(#[doc = $what:literal] $field:ident = $name:literal: $usual:expr;)+) => {
        /// The most that inputs may hold. What is at a limit is read; what is one past it is refused and says so.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits {
            $(#[doc = $what] pub $field: u64,)+
        }

        impl Limits {
            /// Every limit, by name.
            pub const ALL: &[Limit] = &[$(Limit { name: $name, what: $what.trim_ascii(), usual: $usual },)+];

            /// Sets a limit by its name, and tells whether there is one.
            #[must_use]
            pub fn set(&mut self, name: &str, value: u64) -> bool {
                match name {
                    $($name => self.$field = value,)+
                    _ => return false,
                }
                true
            }
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $usual,)+ }
            }
        }
    };
}

limits! {
    /// Bytes of one file.
    file_bytes = "file-bytes": 128 << 20;
    /// Bytes of all files together.
    all_bytes = "all-bytes": 256 << 20;
    /// Folders inside each other, the one named among them.
    folders = "folders": 100;
    /// Entries of a zip container.
    entries = "entries": 10_000;
    /// Bytes of one part of a zip container, unpacked.
    part_bytes = "part-bytes": 256 << 20;
    /// Bytes of all parts of a zip container that are read, unpacked.
    container_bytes = "container-bytes": 768 << 20;
    /// How many times larger than packed a part of more than 16 MiB may be.
    zip_ratio = "zip-ratio": 250;
    /// Sheets of a workbook, or tables of a text file.
    sheets = "sheets": 1_000;
    /// Texts that the sheets of one workbook share.
    texts = "shared-texts": 4_000_000;
    /// Bytes of the part of a workbook that holds its formats, unpacked.
    style_bytes = "style-bytes": 16 << 20;
    /// Cells with a value in one sheet, text file or JSON array.
    sheet_cells = "sheet-cells": 8_000_000;
    /// Cells with a value in one file.
    file_cells = "file-cells": 12_000_000;
    /// Cells with a value in all files together.
    all_cells = "all-cells": 16_000_000;
    /// Cells, blank ones included, of the rectangles that an .xls or .ods workbook must be unpacked into.
    dense_cells = "dense-cells": 4_000_000;
    /// Rows, by the row number of the last one.
    rows = "rows": 4_000_000;
    /// Columns, by the number of the last one; 16,384 is where spreadsheets end.
    columns = "columns": 16_384;
    /// Bytes of one cell's text.
    text_bytes = "cell-bytes": 1 << 20;
    /// Bytes of text in one .xls or .ods workbook, as often as it repeats them.
    file_text = "file-text": 128 << 20;
    /// Bytes of the different texts in all files together, with what keeping one takes.
    all_text = "all-text": 256 << 20;
    /// Objects and arrays inside each other in JSON.
    json_depth = "json-depth": 100;
    /// Values in one JSON or CLIXML text, objects and lists among them.
    json_values = "json-values": 5_000_000;
    /// Elements inside each other in a document of a workbook.
    depth = "xml-depth": 100;
    /// Machines in all files together.
    machines = "machines": 120_000;
    /// Rows of all tables that are read.
    records = "records": 600_000;
}

impl Limits {
    /// Parts no larger than this are harmless however well they are packed.
    pub const FREE_RATIO_BYTES: u64 = 16 << 20;
}

/// What a run may spend on all its files together, and has spent so far. As a limit it is that of one file.
#[derive(Debug, Default)]
pub struct Budget {
    limits: Limits,
    cells: AtomicU64,
    text: AtomicU64,
    machines: AtomicU64,
    records: AtomicU64,
}

impl Budget {
    /// A budget of which nothing is spent.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Spends cells and the bytes of texts that were not there before.
    pub(super) fn spend(&self, cells: u64, text: u64) -> Result<(), Refusal> {
        let cells = self.cells.fetch_add(cells, Ordering::Relaxed).saturating_add(cells);
        let text = self.text.fetch_add(text, Ordering::Relaxed).saturating_add(text);
        if cells > self.all_cells || text > self.all_text { Err(Refusal::Together) } else { Ok(()) }
    }

    /// Spends a table that was made in one go.
    pub(super) fn spend_table(&self, grid: &Grid) -> Result<(), Refusal> {
        self.spend(count(grid.cell_count()), grid.text_bytes())
    }

    /// Spends rows that will be read.
    pub(super) fn spend_rows(&self, records: u64) {
        self.records.fetch_add(records, Ordering::Relaxed);
    }

    /// Spends machines that will be judged; how many they are is known once the rows of all files are joined.
    pub(super) fn spend_machines(&self, machines: u64) {
        self.machines.fetch_add(machines, Ordering::Relaxed);
    }

    /// Says what all files together hold too much of; then nothing of the run is of use.
    #[must_use]
    pub fn overdrawn(&self) -> Option<String> {
        let spent = [
            (&self.cells, self.all_cells, "cells", "all-cells"),
            (&self.text, self.all_text, "bytes of different texts", "all-text"),
            (&self.machines, self.limits.machines, "machines", "machines"),
            (&self.records, self.limits.records, "rows to be read", "records"),
        ];
        let over = spent.iter().find(|(spent, limit, ..)| spent.load(Ordering::Relaxed) > *limit);
        over.map(|(_, limit, what, name)| {
            format!(
                "the inputs hold more than {limit} {what} together. Read fewer files at a time, or raise the limit with \
                 --limit {name}=N where there is memory for it"
            )
        })
    }
}

impl Deref for Budget {
    type Target = Limits;

    fn deref(&self) -> &Limits {
        &self.limits
    }
}

/// Refuses what is past a limit; `what` completes "has more than 5 ...".
pub(super) fn within(seen: u64, limit: u64, what: &'static str) -> Result<(), Refusal> {
    if seen > limit { Err(Refusal::PastLimit { limit, what }) } else { Ok(()) }
}

/// A length as the limits count it.
pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).expect("lengths fit 64 bits")
}
