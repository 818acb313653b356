//! What changed from one assessment to the next, in a form of its own that is written and read back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cause::Cause;
use super::plan_changes::{PlanChange, PlanChanges};
use super::word::{Word, Words, words_of};
use crate::catalogue::Severity;
use crate::evaluate::{Outcome, Readiness};
use crate::model::words;

/// The name and version of the form; a change that breaks readers raises the number.
pub const CHANGES: &str = "klar.changes/1";

words! {
    /// What became of a finding.
    Turn {
        /// It is there and was not.
        New = "new",
        /// It is there and weighs more than it did.
        Worse = "worse",
        /// It was not met, and nothing tells any longer whether it is.
        Untold = "no-longer-told",
        /// It is there and weighs less than it did: waived, or of a lower severity.
        Eased = "eased",
        /// It was there and is not.
        Fixed = "fixed",
    }
}

words! {
    /// Which way a readiness went.
    Way {
        /// Down.
        Worse = "worse",
        /// Up.
        Better = "better",
    }
}

words_of!(Turn, Way);

/// What changed from one assessment to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// The name and version of this form.
    pub schema: String,
    /// The earlier assessment.
    pub old: Visit,
    /// The later assessment.
    pub new: Visit,
    /// Whether both rest on files of the same bytes.
    pub same_inputs: bool,
    /// Whether both were judged by the same editions, catalogue and program.
    pub same_rulebook: bool,
    /// The machines in all.
    pub machines: Machines,
    /// What became of the findings in all.
    pub findings: Findings,
    /// What changed on each road.
    pub roads: Vec<Road>,
    /// The targets that only one of the two was judged against.
    pub not_compared: Vec<String>,
    /// Machines that are there and were not.
    pub came: Vec<Named>,
    /// Machines that were there and are not.
    pub gone: Vec<Named>,
    /// Machines whose readiness changed, a row for each road.
    pub readiness: Vec<ReadinessChange>,
    /// Findings that changed, of subjects that are in both.
    pub changed: Vec<FindingChange>,
    /// Facts that changed, of machines and hosts that are in both.
    pub facts: Vec<FactChange>,
    /// What changed of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanChanges>,
}

/// An assessment that is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The version of the program that wrote it.
    pub klar_version: String,
    /// The date that lifecycles were compared with.
    #[schemars(extend("format" = "date"))]
    pub as_of: String,
    /// The customer, when one is named.
    pub customer: Option<String>,
    /// The site, when one is named.
    pub site: Option<String>,
    /// How many machines it tells of.
    pub machines: u64,
}

/// How many machines became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Machines {
    /// Are there and were not.
    pub came: u64,
    /// Were there and are not.
    pub gone: u64,
    /// Are more ready on some road and less on none.
    pub better: u64,
    /// Are less ready on some road and more on none.
    pub worse: u64,
    /// Are more ready on some road and less on another.
    pub mixed: u64,
    /// Are as ready as they were.
    pub unchanged: u64,
}

/// How many findings became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Findings {
    /// Are there and were not.
    pub new: u64,
    /// Are there and weigh more.
    pub worse: u64,
    /// Were not met, and are no longer told.
    pub no_longer_told: u64,
    /// Are there and weigh less.
    pub eased: u64,
    /// Were there and are not.
    pub fixed: u64,
    /// Are as they were.
    pub unchanged: u64,
    /// Came with a machine or host that was not there.
    pub came_with_subject: u64,
    /// Went with a machine or host that is not there.
    pub gone_with_subject: u64,
}

/// What changed on a road.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Road {
    /// The target.
    pub target: String,
    /// The edition that the earlier assessment was judged against.
    pub old_edition: String,
    /// The edition that the later one was judged against.
    pub new_edition: String,
    /// Whether both are the same, byte for byte.
    pub same_edition: bool,
    /// How many machines came out how, before and after, worst first.
    pub readiness: Vec<(Word<Readiness>, u64, u64)>,
    /// Machines that are more ready.
    pub better: u64,
    /// Machines that are less ready.
    pub worse: u64,
    /// Machines that are as ready as they were.
    pub unchanged: u64,
    /// What became of the findings.
    pub findings: Findings,
}

/// A machine by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// What names it from visit to visit.
    pub key: String,
    /// Its name.
    pub vm: String,
    /// Its ID.
    pub vm_id: Option<String>,
    /// Its host.
    pub host: Option<String>,
    /// How ready it is for each target, or was.
    pub readiness: Vec<(String, Word<Readiness>)>,
}

/// A machine whose readiness changed on a road.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadinessChange {
    /// The target.
    pub target: String,
    /// What names the machine from visit to visit.
    pub key: String,
    /// Its name.
    pub vm: String,
    /// Its ID.
    pub vm_id: Option<String>,
    /// Its host.
    pub host: Option<String>,
    /// Which way it went.
    pub way: Word<Way>,
    /// How ready it was.
    pub before: Word<Readiness>,
    /// How ready it is.
    pub after: Word<Readiness>,
    /// Who made the change.
    pub cause: Word<Cause>,
}

/// A finding that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingChange {
    /// The target.
    pub target: String,
    /// What became of it.
    pub turn: Word<Turn>,
    /// Who made the change.
    pub cause: Word<Cause>,
    /// What names it from visit to visit.
    pub id: String,
    /// The requirement.
    pub requirement: String,
    /// What not met means, after where it still is required.
    pub severity: Word<Severity>,
    /// The kind of subject.
    pub subject_kind: String,
    /// Its name.
    pub subject: String,
    /// Its ID.
    pub subject_id: String,
    /// The host it runs on.
    pub host: String,
    /// How many machines inherit it, or did.
    pub holds_for: Option<u64>,
    /// How it was.
    pub before: Option<Side>,
    /// How it is.
    pub after: Option<Side>,
}

/// A finding in one of the assessments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// What became of the requirement.
    pub outcome: Word<Outcome>,
    /// Whether it is waived.
    pub waived: bool,
    /// What not met means.
    pub severity: Word<Severity>,
    /// What was seen.
    pub observed: String,
    /// What was expected.
    pub expected: String,
}

/// A fact that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactChange {
    /// The kind of subject.
    pub subject_kind: String,
    /// Its name.
    pub subject: String,
    /// Its ID.
    pub subject_id: Option<String>,
    /// The disk or network adapter of it; empty for the machine or host itself.
    pub part: String,
    /// The fact.
    pub fact: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.came.is_empty()
            && self.gone.is_empty()
            && self.readiness.is_empty()
            && self.changed.is_empty()
            && self.facts.is_empty()
            && self.plan_changes().is_empty()
    }

    /// What is otherwise of the plan; nothing where one of the two holds none.
    #[must_use]
    pub fn plan_changes(&self) -> &[PlanChange] {
        self.plan.as_ref().map_or(&[], |plan| &plan.changes)
    }

    /// Whether a machine is less ready than it was, a subject that was there has a finding that is new or weighs more, or
    /// the plan is worse: a machine has no size any longer, or a quota falls short by more.
    #[must_use]
    pub fn has_worse(&self) -> bool {
        let finding = |change: &FindingChange| {
            matches!(change.turn.0, Turn::New | Turn::Worse) && change.severity.0 != Severity::Info
        };
        self.readiness.iter().any(|change| change.way.0 == Way::Worse)
            || self.changed.iter().any(finding)
            || self.plan_changes().iter().any(PlanChange::is_worse)
    }
}

impl Findings {
    /// Counts a finding that became something.
    pub const fn count(&mut self, turn: Turn) {
        *match turn {
            Turn::New => &mut self.new,
            Turn::Worse => &mut self.worse,
            Turn::Untold => &mut self.no_longer_told,
            Turn::Eased => &mut self.eased,
            Turn::Fixed => &mut self.fixed,
        } += 1;
    }
}
