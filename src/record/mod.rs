//! `assessment.json`: the whole assessment in a form of its own that is written and read back from one definition.

mod cause;
mod changes;
mod estate;
mod inspection;
mod items;
mod plan;
mod plan_changes;
mod text;
mod word;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use cause::Cause;
pub use changes::{
    CHANGES, Changes, FactChange, FindingChange, Findings, Machines, Named, ReadinessChange, Road, Side, Turn, Visit,
    Way,
};
pub use estate::{Disk, Finding, Found, Host, Machine, Nic, OwnRule, Source, Verdict};
pub use inspection::{
    Candidate, INSPECTION, InspectedColumn, InspectedFile, InspectedNote, InspectedTable, Inspection, MissingFact,
    RivalColumn, UnusedColumn,
};
pub use items::{
    Carried, CatalogueUsed, ColumnRead, Declaration, Edition, Gap, Group, GroupRoad, Input, InputTable, LeftOut, Note,
    Notice, Prerequisite, Requirement, Waived,
};
pub use plan::{Cell, Plan, PlanTable};
pub use plan_changes::{PlanChange, PlanChanges, PlanHeld, PlanPart, PlanTotal, PlanTurn};
pub use text::Text;
pub use word::{Word, Words};

/// The name and version of the form; a change that breaks readers raises the number.
pub const SCHEMA: &str = "klar.assessment/2";

/// What the names of all versions of the form begin with.
const FAMILY: &str = "klar.assessment/";
/// The bytes at the start of a file in which the name of the form stands.
const BEGINNING: usize = 200;

/// An assessment as it is written down. The lists that grow with the estate come last, so that they can be written piece by
/// piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recorded<'a> {
    /// The name and version of this form.
    pub schema: Text<'a>,
    /// The version of the program that wrote it.
    pub klar_version: Text<'a>,
    /// The date that lifecycles were compared with.
    #[schemars(extend("format" = "date"))]
    pub as_of: Text<'a>,
    /// The customer, when one is named.
    pub customer: Option<Text<'a>>,
    /// The site, when one is named.
    pub site: Option<Text<'a>>,
    /// What became of every row read, in a sentence.
    pub reconciliation: Text<'a>,
    /// What was judged against, with what it came to.
    pub editions: Vec<Edition<'a>>,
    /// What was read.
    pub inputs: Vec<Input<'a>>,
    /// What reading had to say.
    pub notes: Vec<Note<'a>>,
    /// Waivers, and what became of each.
    pub waivers: Vec<Waived<'a>>,
    /// Declarations, and what became of each.
    pub declarations: Vec<Declaration<'a>>,
    /// The catalogue that was carried in.
    pub catalogue: CatalogueUsed<'a>,
    /// The facts that no input gives.
    pub gaps: Vec<Gap<'a>>,
    /// How each column of the inputs was read.
    pub columns: Vec<ColumnRead<'a>>,
    /// The machines in groups: by owner, environment and the like, and by the columns that are carried through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group<'a>>,
    /// What changed since an earlier assessment, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
    /// Rows that say something and were not counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut<'a>>,
    /// The hosts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Host<'a>>,
    /// The machines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub machines: Vec<Machine<'a>>,
    /// The findings, each with its own subject; what a machine inherits stands at whose it is. That no input gives a
    /// machine some fact stands with the machine, in short.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding<'a>>,
    /// The organisation's own rules, with what each found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisation: Vec<OwnRule<'a>>,
    /// The plan, when one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan<'a>>,
}

/// Why a file is no assessment that this program can read.
#[derive(Debug, Error)]
pub enum RecordError {
    /// It is an assessment of another version.
    #[error(
        "{file}: is a {found}, and this Klar reads {SCHEMA}. Assess the inputs again with this Klar, or read it with the one that wrote it."
    )]
    Version {
        /// The file.
        file: String,
        /// The form it says to have.
        found: String,
    },
    /// It is an assessment, and what is written there is not whole.
    #[error(
        "{file}: is damaged ({reason}). Take it from a copy, or assess the inputs again; klar verify tells which files of a set are as they were written."
    )]
    Damaged {
        /// The file.
        file: String,
        /// What does not fit, with its place.
        reason: String,
    },
    /// It is something else.
    #[error("{file}: is no assessment of Klar's ({reason}). Name an assessment.json, or the folder that holds one.")]
    Other {
        /// The file.
        file: String,
        /// What does not fit, with its place.
        reason: String,
    },
}

/// What is looked at first, whatever else a file holds.
#[derive(Deserialize)]
struct Version {
    schema: Option<String>,
}

impl Recorded<'_> {
    /// Reads an assessment back.
    ///
    /// # Errors
    /// When the bytes are no assessment, or one of another version.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Recorded<'static>, RecordError> {
        let other = |reason: String| RecordError::Other { file: file.to_owned(), reason };
        let damaged = |reason: String| RecordError::Damaged { file: file.to_owned(), reason };
        let begins_as_one =
            bytes[..bytes.len().min(BEGINNING)].windows(FAMILY.len()).any(|part| part == FAMILY.as_bytes());
        let broken = |reason: String| if begins_as_one { damaged(reason) } else { other(reason) };
        let version: Version = serde_json::from_slice(bytes).map_err(|error| broken(error.to_string()))?;
        match version.schema {
            Some(schema) if schema == SCHEMA => {}
            Some(found) if found.starts_with(FAMILY) => {
                return Err(RecordError::Version { file: file.to_owned(), found });
            }
            Some(found) => return Err(other(format!("it says to be {found}"))),
            None => return Err(other("it does not say what it is".to_owned())),
        }
        serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))
    }

    /// The JSON Schema of the form.
    #[must_use]
    pub fn schema() -> String {
        schema_text(&schemars::schema_for!(Recorded<'static>))
    }
}

/// A schema as it is printed.
fn schema_text(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a schema is JSON");
    text.push('\n');
    text
}
