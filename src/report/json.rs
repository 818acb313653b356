//! `assessment.json`: the whole assessment in the form of [`crate::record`], written piece by piece.

use std::io::{self, Write};

use super::finding::Asked;
use super::ids::Ids;
use super::view::View;
use super::writer::{Report, Writer};
use crate::evaluate::Finding;
use crate::record::Recorded;

mod finding;
mod head;
mod machine;
mod parts;
mod plan;

use parts::{is_absence, write_items};

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
    let ids = Ids::of(view);
    let head = serde_json::to_string(&head::of(view))?;
    out.write_all(head.strip_suffix('}').expect("an object ends in a brace").as_bytes())?;
    let estate = view.estate;
    out.write_all(b",\n\"left_out\":[")?;
    write_items(estate.left_out.len(), out, |index| head::left_out(view, &estate.left_out[index]))?;
    out.write_all(b"],\n\"hosts\":[")?;
    write_items(estate.hosts.len(), out, |index| machine::host(view, index))?;
    out.write_all(b"],\n\"machines\":[")?;
    let machines = write_items(estate.vms.len(), out, |index| machine::machine(view, &ids, index))?;
    out.write_all(b"],\n\"findings\":[")?;
    let asked: Vec<Vec<Asked<'_>>> = view.assessment.runs.iter().map(Asked::of_run).collect();
    let findings = told(view);
    write_items(findings.len(), out, |index| {
        let (number, finding) = findings[index];
        finding::item(view, &ids, number, asked[number][usize::from(finding.requirement)], finding)
    })?;
    out.write_all(b"],\n\"organisation\":[")?;
    write_items(view.organisation.rules.len(), out, |index| {
        finding::rule(view, &ids, &view.organisation.rules[index])
    })?;
    out.write_all(b"]")?;
    if let Some(plan) = view.plan {
        out.write_all(b",\n\"plan\":")?;
        plan::write(view, plan, out)?;
    }
    out.write_all(b"}\n")?;
    Ok(machines)
}

/// The findings that are written one by one, each with the place of its edition.
fn told<'a>(view: &View<'a>) -> Vec<(usize, &'a Finding)> {
    let runs = view.assessment.runs.iter().enumerate();
    let findings = runs.flat_map(|(number, run)| run.findings.iter().map(move |finding| (number, finding)));
    findings.filter(|(_, finding)| !is_absence(finding)).collect()
}

/// The assessment as it is written, without writing it.
#[must_use]
pub fn of<'a>(view: &'a View<'a>) -> Recorded<'a> {
    let (ids, estate) = (Ids::of(view), view.estate);
    let asked: Vec<Vec<Asked<'_>>> = view.assessment.runs.iter().map(Asked::of_run).collect();
    let findings = told(view).into_iter().map(|(number, finding)| {
        finding::item(view, &ids, number, asked[number][usize::from(finding.requirement)], finding)
    });
    Recorded {
        left_out: estate.left_out.iter().map(|row| head::left_out(view, row)).collect(),
        hosts: (0..estate.hosts.len()).map(|index| machine::host(view, index)).collect(),
        machines: (0..estate.vms.len()).map(|index| machine::machine(view, &ids, index)).collect(),
        findings: findings.collect(),
        organisation: view.organisation.rules.iter().map(|answered| finding::rule(view, &ids, answered)).collect(),
        plan: view.plan.map(|plan| plan::of(view, plan)),
        ..head::of(view)
    }
}

/// The assessment as it is written, in memory.
///
/// # Panics
/// When what is written cannot be read back, which the tests rule out.
#[must_use]
pub fn recorded(view: &View<'_>) -> Recorded<'static> {
    let mut bytes = Vec::new();
    write(view, &mut bytes).expect("writing to memory does not fail");
    Recorded::read("assessment.json", &bytes).expect("what is written is read back")
}
