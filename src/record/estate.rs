//! The parts of a written assessment that grow with the estate: hosts, machines, findings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;
use super::word::Word;
use crate::catalogue::Severity;
use crate::evaluate::{Outcome, Readiness};

/// A place in an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source<'a> {
    /// The file.
    pub file: Text<'a>,
    /// The sheet.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub sheet: Text<'a>,
    /// The row.
    pub row: u32,
    /// The column's heading.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub column: Text<'a>,
    /// The cell.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub cell: Text<'a>,
}

/// A host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Host<'a> {
    /// Its name.
    pub host: Text<'a>,
    /// Its ID.
    pub host_id: Option<Text<'a>>,
    /// Its operating system.
    pub os: Option<Text<'a>>,
    /// Its operating system's version.
    pub os_version: Option<Text<'a>>,
    /// Its cluster.
    pub cluster: Option<Text<'a>>,
    /// Its host group.
    pub host_group: Option<Text<'a>>,
    /// Its VMM server.
    pub vmm_server: Option<Text<'a>>,
    /// Its memory.
    pub memory_mib: Option<u64>,
    /// Its logical processors.
    pub processors: Option<u32>,
    /// The machines on it.
    pub machines: u64,
    /// What else the inputs say of it, by the key of the fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(Text<'a>, Text<'a>)>,
    /// Where it was read.
    pub source: Source<'a>,
}

/// A machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Machine<'a> {
    /// What names it from visit to visit.
    pub key: Text<'a>,
    /// Its name.
    pub vm: Text<'a>,
    /// Its ID.
    pub vm_id: Option<Text<'a>>,
    /// Its host.
    pub host: Option<Text<'a>>,
    /// Its cluster.
    pub cluster: Option<Text<'a>>,
    /// Its cloud.
    pub cloud: Option<Text<'a>>,
    /// Its guest operating system, as written.
    pub guest_os: Option<Text<'a>>,
    /// The product that is.
    pub guest_os_product: Option<Text<'a>>,
    /// Its architecture.
    pub architecture: Option<Text<'a>>,
    /// Its generation.
    pub generation: Option<u8>,
    /// Its virtual processors.
    pub vcpus: Option<u32>,
    /// Its memory.
    pub memory_mib: Option<u64>,
    /// Its disks.
    pub disk_count: Option<u32>,
    /// Their size.
    pub disk_gib: Option<u64>,
    /// Its network adapters.
    pub nic_count: Option<u32>,
    /// Its power state.
    pub power_state: Option<Text<'a>>,
    /// Its owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Text<'a>>,
    /// Its department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<Text<'a>>,
    /// Its environment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<Text<'a>>,
    /// Its application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Text<'a>>,
    /// Its cost centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_centre: Option<Text<'a>>,
    /// Its wave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wave: Option<Text<'a>>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Text<'a>>,
    /// Its site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Text<'a>>,
    /// What someone wrote about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<'a>>,
    /// What else the inputs say of it, by the key of the fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(Text<'a>, Text<'a>)>,
    /// What the columns that are carried through give, by their headings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<(Text<'a>, Text<'a>)>,
    /// The disks listed for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disks: Vec<Disk<'a>>,
    /// The adapters listed for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nics: Vec<Nic<'a>>,
    /// What each edition came to for it, in the order of the editions.
    pub results: Vec<Verdict>,
    /// Where it was read.
    pub source: Source<'a>,
}

/// A disk of a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disk<'a> {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disk: Option<Text<'a>>,
    /// Its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<Text<'a>>,
    /// Its size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
    /// The size of its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_bytes: Option<u64>,
    /// Its format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Text<'a>>,
    /// Fixed, dynamic or the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text<'a>>,
    /// Whether it holds the operating system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Text<'a>>,
    /// Its controller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller: Option<Text<'a>>,
    /// The controller's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bus: Option<u32>,
    /// The location on the controller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lun: Option<u32>,
    /// Whether it is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// Whether it is a disk of the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_through: Option<bool>,
    /// What else the inputs say of it, by the key of the fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(Text<'a>, Text<'a>)>,
}

/// A network adapter of a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nic<'a> {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nic: Option<Text<'a>>,
    /// Its MAC address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mac: Option<Text<'a>>,
    /// Its addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Text<'a>>,
    /// How it gets its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Text<'a>>,
    /// Its network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<Text<'a>>,
    /// Its switch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch: Option<Text<'a>>,
    /// What else the inputs say of it, by the key of the fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(Text<'a>, Text<'a>)>,
}

/// What an edition came to for a machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The edition, by its place.
    pub edition: u16,
    /// The readiness.
    pub readiness: Word<Readiness>,
    /// Blockers not met, inherited ones among them.
    pub blockers: u16,
    /// Conditions not met, likewise.
    pub conditions: u16,
    /// Warnings not met, likewise.
    pub warnings: u16,
    /// Essential requirements that could not be told, likewise.
    pub unknown: u16,
    /// Its other requirements that could not be told.
    pub unverified: u16,
    /// Its requirements that were told.
    pub checked: u16,
    /// Its requirements that concern it.
    pub applicable: u16,
    /// Not met and waived.
    pub waived: u16,
    /// The requirements, by their place, that could not be told because no input gives a fact, each with the fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<(u16, String)>,
}

/// A requirement that is not met or could not be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding<'a> {
    /// What names it from visit to visit.
    pub id: Text<'a>,
    /// The edition, by its place.
    pub edition: u16,
    /// The requirement, by its place in the edition.
    pub requirement: u16,
    /// The kind of subject.
    pub subject_kind: Text<'a>,
    /// Its name.
    pub subject: Text<'a>,
    /// Its ID.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub subject_id: Text<'a>,
    /// The host it runs on.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub host: Text<'a>,
    /// What became of it.
    pub outcome: Word<Outcome>,
    /// What was seen.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub observed: Text<'a>,
    /// What was expected.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub expected: Text<'a>,
    /// What there is to say beside the requirement's summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Text<'a>>,
    /// How many machines inherit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds_for: Option<u64>,
    /// The cell it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source<'a>>,
    /// Who waives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived_by: Option<Text<'a>>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived_until: Option<Text<'a>>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived_reason: Option<Text<'a>>,
}

/// A rule of the organisation's own, and what it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnRule<'a> {
    /// Its name.
    pub rule: Text<'a>,
    /// The file it stands in.
    pub file: Text<'a>,
    /// SHA-256 of the file.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: Text<'a>,
    /// The file's name, which stands for an edition.
    pub edition: Text<'a>,
    /// Its line.
    pub line: u64,
    /// The table it judges.
    pub table: Text<'a>,
    /// The condition.
    pub when: Text<'a>,
    /// What not met means.
    pub severity: Word<Severity>,
    /// The defect.
    pub message: Text<'a>,
    /// What to do about it.
    pub remedy: Text<'a>,
    /// Rows that meet it.
    pub met: u64,
    /// Rows that do not.
    pub not_met: u64,
    /// Rows that cannot be told.
    pub unknown: u64,
    /// What it found.
    pub findings: Vec<Found<'a>>,
}

/// A row that breaks a rule of the organisation's own or cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Found<'a> {
    /// What names it from visit to visit.
    pub id: Text<'a>,
    /// The kind of subject.
    pub subject_kind: Text<'a>,
    /// Its name.
    pub subject: Text<'a>,
    /// Its ID, or the machine it belongs to.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub subject_id: Text<'a>,
    /// The host.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub host: Text<'a>,
    /// What became of it.
    pub outcome: Word<Outcome>,
    /// What was seen.
    pub observed: Text<'a>,
    /// What there is to say beside the rule's message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Text<'a>>,
    /// Where it was read.
    pub source: Source<'a>,
}
