//! `assessment.json`: the whole assessment in a versioned form of its own, described by `assessment.schema.json`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use super::finding::Asked;
use super::ids::Ids;
use super::view::View;
use super::writers::{Report, Writer};
use super::{groups, json_organisation, waves, words};
use crate::catalogue::{Limit, Target};
use crate::evaluate::{Because, Finding, Run, Subject};
use crate::model::{GIB, Missing, Origin, Why};
use crate::rules;

mod finding;
mod policy;

use finding::FindingItem;
use policy::Policy;

/// The name and version of the form; a change that breaks readers raises the number.
pub const SCHEMA: &str = "klar.assessment/1";

/// The JSON Schema of the form.
pub const SCHEMA_TEXT: &str = include_str!("../../templates/report/assessment.schema.json");

/// The assessment for programs.
pub(super) const WRITER: Writer =
    Writer { name: "json", about: "assessment.json, all of it for programs", usual: true, files };

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let report = |out: &mut (dyn Write + Send)| write(view, out).map(Some);
    vec![Report { name: "assessment.json".to_owned(), write: Box::new(report) }]
}

/// Writes the assessment, and returns how many machines were written.
///
/// # Errors
/// What `out` fails with.
pub fn write(view: &View<'_>, out: &mut (dyn Write + Send)) -> io::Result<u64> {
    let head = serde_json::to_string(&Head::of(view))?;
    out.write_all(head.strip_suffix('}').expect("an object ends in a brace").as_bytes())?;
    out.write_all(b",\n\"machines\":[")?;
    let machines = write_items(view.estate.vms.len(), out, |index| Machine::of(view, index))?;
    out.write_all(b"],\n\"findings\":[")?;
    let mut first = true;
    let ids = Ids::of(view);
    for (number, run) in view.assessment.runs.iter().enumerate() {
        let findings: Vec<&Finding> = run.findings.iter().filter(|finding| !is_absence(finding)).collect();
        if !first && !findings.is_empty() {
            out.write_all(b",")?;
        }
        first &= findings.is_empty();
        let asked = Asked::of_run(run);
        write_items(findings.len(), out, |index| {
            let finding = findings[index];
            FindingItem::of(view, &ids, number, asked[usize::from(finding.requirement)], finding)
        })?;
    }
    out.write_all(b"],\n\"organisation\":[")?;
    json_organisation::write(view, out)?;
    out.write_all(b"]}\n")?;
    Ok(machines)
}

/// Whether a finding says only that no input gives a machine some fact; those stand with the machine, in short.
fn is_absence(finding: &Finding) -> bool {
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

#[derive(Serialize)]
struct Head<'a> {
    schema: &'static str,
    klar_version: &'a str,
    as_of: String,
    customer: Option<&'a str>,
    site: Option<&'a str>,
    editions: Vec<EditionItem<'a>>,
    inputs: Vec<InputItem<'a>>,
    notes: Vec<NoteItem<'a>>,
    #[serde(flatten)]
    policy: Policy<'a>,
}

#[derive(Serialize)]
struct EditionItem<'a> {
    target: &'static str,
    edition: &'a str,
    title: &'a str,
    published: String,
    retrieved: String,
    sha256: &'a str,
    readiness: Vec<(&'static str, u64)>,
    prerequisites: Vec<PrerequisiteItem<'a>>,
    requirements: Vec<RequirementItem<'a>>,
    notices: Vec<NoticeItem<'a>>,
}

#[derive(Serialize)]
struct PrerequisiteItem<'a> {
    prerequisite: &'static str,
    outcome: &'static str,
    subjects: u64,
    broken: u64,
    requirements: Vec<&'a str>,
}

#[derive(Serialize)]
struct RequirementItem<'a> {
    requirement: &'a str,
    severity: &'static str,
    when_missing: &'static str,
    scope: &'static str,
    summary: &'a str,
    remedy: &'a str,
    limits: Vec<(&'a str, String)>,
    met: u64,
    not_met: u64,
    unknown: u64,
    unverified: u64,
    not_applicable: u64,
    waived: u64,
    document: &'a str,
    section: &'a str,
    document_date: String,
    url: &'a str,
    remark: Option<&'a str>,
}

#[derive(Serialize)]
struct NoticeItem<'a> {
    name: &'a str,
    text: &'a str,
    document: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct InputItem<'a> {
    file: &'a str,
    bytes: u64,
    sha256: &'a str,
    refused: Option<&'a str>,
    tables: Vec<TableItem<'a>>,
}

#[derive(Serialize)]
struct TableItem<'a> {
    sheet: &'a str,
    taken_for: &'a str,
    rows_read: u64,
    rows_subjects: u64,
    rows_joined: u64,
    left_out: &'a [(String, u64)],
}

#[derive(Serialize)]
struct NoteItem<'a> {
    gravity: &'static str,
    file: &'a str,
    sheet: &'a str,
    row: Option<u32>,
    text: &'a str,
}

#[derive(Serialize)]
struct Machine<'a> {
    vm: &'a str,
    vm_id: Option<&'a str>,
    host: Option<&'a str>,
    cloud: Option<&'a str>,
    guest_os: Option<&'a str>,
    guest_os_product: Option<String>,
    generation: Option<&'static str>,
    vcpus: Option<u32>,
    memory_mib: Option<u64>,
    disk_count: Option<u32>,
    disk_gib: Option<u64>,
    nic_count: Option<u32>,
    power_state: Option<&'a str>,
    results: Vec<ResultItem<'a>>,
    source: SourceItem<'a>,
}

#[derive(Serialize)]
struct ResultItem<'a> {
    target: &'static str,
    edition: &'a str,
    readiness: &'static str,
    blockers: u16,
    conditions: u16,
    warnings: u16,
    unknown: u16,
    unverified: u16,
    checked: u16,
    applicable: u16,
    waived: u16,
    /// The requirements that could not be told because no input gives a fact, each with the fact's key.
    missing: BTreeMap<&'a str, &'static str>,
}

#[derive(Serialize)]
pub(super) struct SourceItem<'a> {
    file: &'a str,
    sheet: &'a str,
    row: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    column: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    cell: String,
}

impl<'a> Head<'a> {
    fn of(view: &'a View<'_>) -> Self {
        Self {
            schema: SCHEMA,
            klar_version: &view.stamp.version,
            as_of: view.assessment.as_of.to_string(),
            customer: view.stamp.customer.as_deref(),
            site: view.stamp.site.as_deref(),
            editions: view.assessment.runs.iter().map(|run| EditionItem::of(run)).collect(),
            inputs: (0..view.estate.files.len()).map(|file| InputItem::of(view, file)).collect(),
            notes: view.estate.notes.iter().map(NoteItem::of).collect(),
            policy: Policy::of(view),
        }
    }
}

impl<'a> EditionItem<'a> {
    fn of(run: &'a Run<'_>) -> Self {
        let edition = run.edition;
        let prerequisites = run.prerequisites.iter().map(|row| PrerequisiteItem {
            prerequisite: row.prerequisite.as_str(),
            outcome: row.outcome.as_str(),
            subjects: row.subjects,
            broken: row.broken,
            requirements: row
                .lines
                .iter()
                .map(|line| edition.requirements[usize::from(line.requirement)].check.as_str())
                .collect(),
        });
        let notices = edition.notices.iter().map(|notice| {
            let document = edition.document(&notice.source);
            NoticeItem { name: &notice.name, text: &notice.text, document: &document.document, url: &document.url }
        });
        Self {
            target: edition.target.as_str(),
            edition: &edition.edition,
            title: &edition.title,
            published: edition.published.to_string(),
            retrieved: edition.retrieved.to_string(),
            sha256: &edition.digest,
            readiness: run.readiness_counts().map(|(readiness, count)| (readiness.as_str(), count)).to_vec(),
            prerequisites: prerequisites.collect(),
            requirements: (0..edition.requirements.len()).map(|index| RequirementItem::of(run, index)).collect(),
            notices: notices.collect(),
        }
    }
}

impl<'a> RequirementItem<'a> {
    fn of(run: &'a Run<'_>, index: usize) -> Self {
        let requirement = &run.edition.requirements[index];
        let rule = rules::find(&requirement.check);
        let tally = run.tallies[index];
        let document = run.edition.document(&requirement.source);
        Self {
            requirement: &requirement.check,
            severity: requirement.severity.as_str(),
            when_missing: requirement.when_missing.as_str(),
            scope: rule.map_or("", |rule| rule.check.scope()),
            summary: words::summary(requirement),
            remedy: words::remedy(requirement),
            limits: requirement.limits.iter().map(|(key, limit): (&str, &Limit)| (key, limit.to_string())).collect(),
            met: tally.met,
            not_met: tally.not_met,
            unknown: tally.unknown,
            unverified: tally.unverified,
            not_applicable: tally.not_applicable,
            waived: tally.waived,
            document: &document.document,
            section: &requirement.section,
            document_date: document.date.to_string(),
            url: &document.url,
            remark: requirement.remark.as_deref(),
        }
    }
}

impl<'a> InputItem<'a> {
    fn of(view: &'a View<'_>, file: usize) -> Self {
        let info = &view.estate.files[file];
        let tables = view.estate.tables.iter().filter(|table| table.file == file).map(|table| TableItem {
            sheet: &table.sheet,
            taken_for: &table.taken_for,
            rows_read: table.rows.read,
            rows_subjects: table.rows.subjects,
            rows_joined: table.rows.joined,
            left_out: &table.rows.left_out,
        });
        Self {
            file: &info.path,
            bytes: info.bytes,
            sha256: &info.sha256,
            refused: info.refused.as_deref(),
            tables: tables.collect(),
        }
    }
}

impl<'a> NoteItem<'a> {
    fn of(note: &'a crate::model::Note) -> Self {
        Self {
            gravity: note.gravity.as_str(),
            file: &note.file,
            sheet: &note.sheet,
            row: note.origin.map(|origin| origin.row),
            text: &note.text,
        }
    }
}

impl<'a> Machine<'a> {
    fn of(view: &'a View<'_>, index: usize) -> Self {
        let vm = &view.estate.vms[index];
        let product = groups::guest_product(view, index, vm);
        Self {
            vm: vm.shown_name(),
            vm_id: vm.id.value().map(|id| &**id),
            host: vm.host.value().map(|host| &**host),
            cloud: vm.cloud.value().map(|cloud| &**cloud),
            guest_os: vm.guest_os.value().map(|name| &**name),
            guest_os_product: product.map(str::to_owned),
            generation: vm.generation.value().map(|generation| generation.as_str()),
            vcpus: vm.vcpus.value().copied(),
            memory_mib: vm.memory.value().map(|memory| memory.0),
            disk_count: vm.disk_count().ok().map(|count| count.value),
            disk_gib: vm.disk_total().ok().map(|total| total.0.div_ceil(GIB)),
            nic_count: vm.nic_count().ok().map(|count| count.value),
            power_state: vm.power_state.value().map(|state| &**state),
            results: view.assessment.runs.iter().map(|run| ResultItem::of(run, index)).collect(),
            source: SourceItem::of(view, vm.seen),
        }
    }
}

impl<'a> ResultItem<'a> {
    fn of(run: &'a Run<'_>, index: usize) -> Self {
        let result = run.vms[index];
        let target: Target = run.edition.target;
        Self {
            target: target.as_str(),
            edition: &run.edition.edition,
            readiness: result.readiness.as_str(),
            blockers: result.blockers,
            conditions: result.conditions,
            warnings: result.warnings,
            unknown: result.unknown,
            unverified: result.unverified,
            checked: result.checked,
            applicable: result.applicable,
            waived: result.waived,
            missing: run
                .findings_of_machine(index)
                .iter()
                .filter(|finding| is_absence(finding))
                .filter_map(|finding| match &finding.because {
                    Because::Missing(missing) => {
                        let requirement = &run.edition.requirements[usize::from(finding.requirement)];
                        Some((requirement.check.as_str(), missing.field.key()))
                    }
                    Because::Seen(_) => None,
                })
                .collect(),
        }
    }
}

impl<'a> SourceItem<'a> {
    pub(super) fn of(view: &View<'a>, origin: Origin) -> Self {
        let place = view.estate.place(origin);
        Self { file: place.file, sheet: place.sheet, row: place.row, column: place.column, cell: place.cell }
    }
}
