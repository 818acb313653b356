//! The forms of report: each is one file that writes it, and one line here.

use std::sync::LazyLock;

use super::writer::Writer;
use super::{azure_migrate, csv, docx, html, json, mapping, parquet, pdf, xlsx};

/// Every form of report, in the order written.
pub static WRITERS: &[Writer] = &[
    pdf::WRITER,
    csv::WRITER,
    json::WRITER,
    xlsx::WRITER,
    html::WRITER,
    docx::WRITER,
    parquet::WRITER,
    azure_migrate::WRITER,
    mapping::WRITER,
];

/// The forms that are written when nothing else is asked for, as `--format` takes them.
#[must_use]
pub fn usual() -> &'static str {
    static USUAL: LazyLock<String> = LazyLock::new(|| {
        let names: Vec<&str> = WRITERS.iter().filter(|writer| writer.usual).map(|writer| writer.name).collect();
        names.join(",")
    });
    &USUAL
}
