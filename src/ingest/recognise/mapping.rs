//! What the configuration file says of columns: a file, a sheet and a heading, and the field they give.

use toml::Value;

use super::heading::key;
use crate::ingest::columns::Unit;
use crate::model::{Arg, Field, Identity, Pattern, Phrase, SubjectKind, say};

/// A column whose meaning the configuration file gives.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Files whose name fits; every file when it is `*`.
    pub file: Pattern,
    /// Sheets whose name fits.
    pub sheet: Pattern,
    /// The heading.
    pub heading: String,
    /// What the column gives; `None` when it is not to be read.
    pub field: Option<Field>,
    /// The unit of its numbers.
    pub unit: Option<Unit>,
}

impl Mapping {
    /// Whether it speaks of a heading of a sheet of a file.
    pub(super) fn speaks_of(&self, file: &str, sheet: &str, heading: &str) -> bool {
        let name = file.rsplit('/').next().unwrap_or(file);
        let is_file = self.file.fits(SubjectKind::Estate, name) || self.file.fits(SubjectKind::Estate, file);
        is_file && self.sheet.fits(SubjectKind::Estate, sheet) && key(heading) == key(&self.heading)
    }
}

/// The lines of the `[[column]]` that maps a heading of a sheet of a file, without their section's name.
#[must_use]
pub fn lines(file: &str, sheet: &str, heading: &str, field: &'static str, unit: Option<&'static str>) -> Vec<Phrase> {
    // Headings are compared without their blanks, so that one of several lines can stand on one.
    let quoted = |identity: Identity, text: &str| {
        Arg::named(identity, &Value::from(text.replace(['\r', '\n'], " ")).to_string())
    };
    let name = file.rsplit('/').next().unwrap_or(file);
    let mut lines = vec![say!("file = {file}", file = quoted(Identity::File, name))];
    if !sheet.is_empty() {
        lines.push(say!("sheet = {sheet}", sheet = quoted(Identity::Sheet, sheet)));
    }
    lines.push(say!("heading = {heading}", heading = quoted(Identity::Heading, heading)));
    lines.push(say!("field = \"{field}\"", field));
    lines.extend(unit.map(|unit| say!("unit = \"{unit}\"", unit)));
    lines
}
