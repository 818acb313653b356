//! How inputs were understood, in a form of its own: what `klar inspect --format json` prints and its text is made from.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Text, schema_text};

/// The name and version of the form; a change that breaks readers raises the number.
pub const INSPECTION: &str = "klar.inspection/1";

/// How every input was understood, and what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Inspection<'a> {
    /// The name and version of this form.
    pub schema: Text<'a>,
    /// The version of the program that wrote it.
    pub klar_version: Text<'a>,
    /// The files, in the order given.
    pub files: Vec<InspectedFile<'a>>,
    /// What reading had to say of no single file.
    pub notes: Vec<InspectedNote<'a>>,
    /// Machines that were read.
    pub machines: u64,
    /// Facts that a column names which is not used, those that leave the most machines unknown first.
    pub may_be_there: Vec<MissingFact<'a>>,
    /// Facts that checks need and no column names, those that leave the most machines unknown first.
    pub missing: Vec<MissingFact<'a>>,
}

/// An input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InspectedFile<'a> {
    /// Its path as given.
    pub file: Text<'a>,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: Text<'a>,
    /// Why nothing was read from it.
    pub refused: Option<Text<'a>>,
    /// The day of its export, where that is known.
    pub exported: Option<Text<'a>>,
    /// What tells that day: its data, or its name.
    pub exported_by: Option<Text<'a>>,
    /// What reading had to say of the file as a whole.
    pub notes: Vec<InspectedNote<'a>>,
    /// Its tables, and sheets that are none.
    pub tables: Vec<InspectedTable<'a>>,
}

/// Something that reading had to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InspectedNote<'a> {
    /// How much it matters: refused, broken, doubt or remark.
    pub gravity: Text<'a>,
    /// The row it is about.
    pub row: Option<u32>,
    /// What was seen, and what to do.
    pub text: Text<'a>,
}

/// A table of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InspectedTable<'a> {
    /// Its sheet or part; empty for a text file.
    pub sheet: Text<'a>,
    /// What it was taken for; empty for a sheet that holds no table.
    pub taken_for: Text<'a>,
    /// Whether its rows are used.
    pub used: bool,
    /// Rows read.
    pub rows_read: u64,
    /// Rows that began a machine, host, cloud or resource.
    pub rows_subjects: u64,
    /// Rows that told more of one.
    pub rows_joined: u64,
    /// Rows left out, by reason.
    pub left_out: Vec<(Text<'a>, u64)>,
    /// The ways in which it could be read: the one taken, and the one that comes next to it.
    pub candidates: Vec<Candidate<'a>>,
    /// Its columns that have a heading.
    pub columns: Vec<InspectedColumn<'a>>,
    /// What reading had to say of it.
    pub notes: Vec<InspectedNote<'a>>,
}

/// A way in which a table could be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Candidate<'a> {
    /// What the table would be.
    pub title: Text<'a>,
    /// What a row would speak of.
    pub rows: Text<'a>,
    /// Whether it was taken.
    pub taken: bool,
    /// Different facts that its columns give.
    pub facts: u64,
    /// Cells of the first 200 rows that can be read as what their column gives.
    pub values_that_fit: u64,
    /// Cells of the first 200 rows that cannot.
    pub values_that_do_not: u64,
    /// Columns that hold something and would not be used.
    pub columns_dropped: u64,
    /// Why it was taken, or was not.
    pub why: Text<'a>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InspectedColumn<'a> {
    /// Its place, from 1.
    pub column: u32,
    /// Its heading.
    pub heading: Text<'a>,
    /// The key of the fact it gives; none when it is not used.
    pub field: Option<Text<'a>>,
    /// That fact, for people.
    pub title: Option<Text<'a>>,
    /// The unit its numbers are read in.
    pub unit: Text<'a>,
    /// Why it is read so, or is not used.
    pub why: Text<'a>,
    /// Cells that hold something.
    pub values: u64,
    /// Cells that hold nothing.
    pub blank: u64,
    /// Cells that could not be read.
    pub unreadable: u64,
    /// Its first different values, at most three.
    pub samples: Vec<Text<'a>>,
    /// The key of the fact that an unused column comes nearest to.
    pub nearest: Option<Text<'a>>,
    /// What to do; empty where all of it is read.
    pub advice: Text<'a>,
    /// What else could have been read here, and why it was not.
    pub rivals: Vec<RivalColumn<'a>>,
}

/// A meaning that lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RivalColumn<'a> {
    /// The heading of the column that could have given it.
    pub heading: Text<'a>,
    /// The key of what it would have given.
    pub field: Text<'a>,
    /// That fact, for people.
    pub title: Text<'a>,
    /// Why it does not.
    pub why: Text<'a>,
}

/// A fact that checks need and machines lack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MissingFact<'a> {
    /// Its key.
    pub field: Text<'a>,
    /// The fact, for people.
    pub title: Text<'a>,
    /// Machines that stay unknown without it.
    pub machines_unknown: u64,
    /// Machines of which less can be checked without it, those included.
    pub machines_concerned: u64,
    /// What exports it.
    pub export: Text<'a>,
    /// The columns that name it and are not used.
    pub columns: Vec<UnusedColumn<'a>>,
}

/// A column that is not used and may hold a missing fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnusedColumn<'a> {
    /// Its file.
    pub file: Text<'a>,
    /// Its sheet.
    pub sheet: Text<'a>,
    /// Its heading.
    pub heading: Text<'a>,
    /// What to do.
    pub advice: Text<'a>,
}

impl Inspection<'_> {
    /// The JSON Schema of the form.
    #[must_use]
    pub fn schema() -> String {
        schema_text(&schemars::schema_for!(Inspection<'static>))
    }
}
