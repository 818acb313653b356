//! The parts of a written assessment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::estate::Source;
use super::text::Text;
use super::word::Word;
use crate::catalogue::{Severity, Target, WhenMissing};
use crate::evaluate::{Outcome, Readiness};

/// An edition that was judged against, and what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition<'a> {
    /// The target.
    pub target: Word<Target>,
    /// Its name: the year and month of publication.
    pub edition: Text<'a>,
    /// One line for people.
    pub title: Text<'a>,
    /// The date of the newest document it restates.
    pub published: Text<'a>,
    /// The date its facts were gathered.
    pub retrieved: Text<'a>,
    /// SHA-256 of its file.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: Text<'a>,
    /// How many machines came out how, worst first.
    pub readiness: Vec<(Word<Readiness>, u64)>,
    /// The rows of the prerequisites article.
    pub prerequisites: Vec<Prerequisite<'a>>,
    /// What it requires; findings name these by their place, from 0.
    pub requirements: Vec<Requirement<'a>>,
    /// What it says that no export can be judged against.
    pub notices: Vec<Notice<'a>>,
}

/// A row of the prerequisites article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prerequisite<'a> {
    /// Its name.
    pub prerequisite: Text<'a>,
    /// Met, not met or unknown.
    pub outcome: Word<Outcome>,
    /// How many subjects the inputs describe.
    pub subjects: u64,
    /// How many of them have something to fix.
    pub broken: u64,
    /// The requirements it rests on, by their place in the edition.
    pub requirements: Vec<u16>,
}

/// A requirement, its words, and how often it came out how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement<'a> {
    /// Its name.
    pub requirement: Text<'a>,
    /// What not met means.
    pub severity: Word<Severity>,
    /// What an answer that could not be given means.
    pub when_missing: Word<WhenMissing>,
    /// The kind of subject it is asked of.
    pub scope: Text<'a>,
    /// The defect in a sentence.
    pub summary: Text<'a>,
    /// What to do about it.
    pub remedy: Text<'a>,
    /// Its limits, by name.
    pub limits: Vec<(Text<'a>, Text<'a>)>,
    /// Subjects that meet it.
    pub met: u64,
    /// Subjects that do not.
    pub not_met: u64,
    /// Subjects for which it is essential and could not be told.
    pub unknown: u64,
    /// Other subjects for which it could not be told.
    pub unverified: u64,
    /// Subjects that it does not concern.
    pub not_applicable: u64,
    /// Subjects that do not meet it and are waived.
    pub waived: u64,
    /// The document that requires it.
    pub document: Text<'a>,
    /// Where in the document.
    pub section: Text<'a>,
    /// The document's date.
    pub document_date: Text<'a>,
    /// The document's address.
    pub url: Text<'a>,
    /// A remark.
    pub remark: Option<Text<'a>>,
}

/// What an edition says that no export can be judged against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// What should be known.
    pub text: Text<'a>,
    /// The document.
    pub document: Text<'a>,
    /// Its address.
    pub url: Text<'a>,
}

/// An input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input<'a> {
    /// Its path below the folder given.
    pub file: Text<'a>,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: Text<'a>,
    /// Why nothing was read from it.
    pub refused: Option<Text<'a>>,
    /// Its tables.
    pub tables: Vec<InputTable<'a>>,
}

/// A table of an input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputTable<'a> {
    /// Its sheet or part; empty for a text file.
    pub sheet: Text<'a>,
    /// What it was taken for.
    pub taken_for: Text<'a>,
    /// Rows read.
    pub rows_read: u64,
    /// Rows that became a subject.
    pub rows_subjects: u64,
    /// Rows that told more of a subject.
    pub rows_joined: u64,
    /// Rows left out, by reason.
    pub left_out: Vec<(Text<'a>, u64)>,
}

/// What reading had to say of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note<'a> {
    /// How much it matters.
    pub gravity: Text<'a>,
    /// The file.
    pub file: Text<'a>,
    /// The sheet.
    pub sheet: Text<'a>,
    /// The row.
    pub row: Option<u32>,
    /// What was seen, and what to do.
    pub text: Text<'a>,
}

/// A waiver and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waived<'a> {
    /// The requirement.
    pub requirement: Text<'a>,
    /// The names of the subjects.
    pub subject: Text<'a>,
    /// Their kind, when only one is meant.
    pub subject_kind: Option<Text<'a>>,
    /// What it does.
    pub state: Text<'a>,
    /// The findings it speaks of.
    pub findings: u64,
    /// Why it may stand.
    pub reason: Text<'a>,
    /// Who answers for it.
    pub owner: Text<'a>,
    /// The last day it holds.
    pub expires: Text<'a>,
}

/// A declared fact and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declaration<'a> {
    /// The kind of subject.
    pub subject_kind: Text<'a>,
    /// The names of the subjects.
    pub subject: Text<'a>,
    /// The fact.
    pub fact: Text<'a>,
    /// Its value.
    pub value: Text<'a>,
    /// Who declares it.
    pub who: Text<'a>,
    /// The day.
    pub when: Text<'a>,
    /// Subjects whose names fit.
    pub fitting: u32,
    /// Of those, subjects that have it from here.
    pub filled: u32,
    /// Of those, subjects of which an export says otherwise.
    pub contradicted: u32,
    /// The line of the configuration file.
    pub row: u32,
}

/// The catalogue that was carried in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueUsed<'a> {
    /// The public key that each file is signed with.
    pub signed_with: Option<Text<'a>>,
    /// What may be out of date, a sentence each.
    pub stale: Vec<Text<'a>>,
    /// The files.
    pub files: Vec<Carried<'a>>,
}

/// A catalogue file that was carried in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Carried<'a> {
    /// Its path.
    pub file: Text<'a>,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: Text<'a>,
    /// The day its facts were gathered.
    pub gathered: Option<Text<'a>>,
}

/// A fact that no input gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gap<'a> {
    /// The target that asks for it.
    pub target: Text<'a>,
    /// The fact.
    pub fact: Text<'a>,
    /// The requirements that cannot be told without it.
    pub requirements: Vec<Text<'a>>,
    /// The machines it leaves something open for.
    pub machines: u64,
    /// What exports it.
    pub export: Text<'a>,
    /// Whether a machine cannot be called ready without it.
    pub essential: bool,
}

/// How a column of an input was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnRead<'a> {
    /// The file.
    pub file: Text<'a>,
    /// The sheet.
    pub sheet: Text<'a>,
    /// Its place, from 1.
    pub column: u32,
    /// Its heading.
    pub heading: Text<'a>,
    /// The fact it gives; none when it is not used.
    pub field: Option<Text<'a>>,
    /// The unit its numbers are read in.
    pub unit: Text<'a>,
    /// Why it is read so.
    pub why: Text<'a>,
    /// Cells that hold something.
    pub values: u64,
    /// Cells that hold nothing.
    pub blank: u64,
    /// Cells that could not be read.
    pub unreadable: u64,
    /// What an unused column comes nearest to.
    pub nearest: Option<Text<'a>>,
    /// What to do.
    pub advice: Text<'a>,
}

/// A row that says something and was not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut<'a> {
    /// What it names.
    pub name: Text<'a>,
    /// What it speaks of.
    pub kind: Text<'a>,
    /// Why it was not counted.
    pub reason: Text<'a>,
    /// What more there is to say of it.
    pub detail: Option<Text<'a>>,
    /// Where it stands.
    pub source: Source<'a>,
}

/// Machines that have something in common. Within a key every machine is in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group<'a> {
    /// By what they are grouped: a fact, or a heading that is carried through.
    pub group: Text<'a>,
    /// What they have in common; none where no input gives it.
    pub value: Option<Text<'a>>,
    /// How many they are.
    pub machines: u64,
    /// How they came out on each road that was judged.
    pub roads: Vec<GroupRoad>,
    /// The requirements that hold back the most of them, with how many.
    pub held_back_by: Vec<(Text<'a>, u64)>,
}

/// How many machines of a group came out how on a road.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupRoad {
    /// The target.
    pub target: Word<Target>,
    /// Ready.
    pub ready: u64,
    /// Ready with conditions.
    pub conditions: u64,
    /// Not ready.
    pub not_ready: u64,
    /// Unknown.
    pub unknown: u64,
}
